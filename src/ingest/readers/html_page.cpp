// SPDX-License-Identifier: MIT
#include "ingest/readers/html_page.hpp"

#include <digest/error.hpp>

#include <algorithm>
#include <array>

#include "ingest/readers/html_guard.hpp"

namespace digest::ingest {
namespace {

constexpr std::array<std::string_view, 31> kBlocks = {"p",  "div", "li",      "ul",      "ol",         "td",    "th",    "tr",   "table",  "h1",     "h2",     "h3",   "h4",  "h5",     "h6", "dt",
                                                      "dd", "dl",  "article", "section", "blockquote", "pre",   "hr",    "main", "header", "footer", "center", "title", "nav", "figure", "form"};

std::string_view tag_name(const GumboNode* node) {
  if (node->v.element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(node->v.element.tag);
  GumboStringPiece name = node->v.element.original_tag;
  gumbo_tag_from_original_text(&name);
  return name.data == nullptr ? std::string_view() : std::string_view(name.data, name.length);
}

const GumboVector* children(const GumboNode* node) {
  if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) return &node->v.element.children;
  return node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children : nullptr;
}

void append_text(const GumboNode* node, std::string& out) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
    out += node->v.text.text;
    return;
  }
  const GumboVector* inside = children(node);
  if (inside == nullptr) return;
  const bool apart = is_element(node, "br") || is_block(node);
  if (apart) out += is_element(node, "br") ? ' ' : '\n';
  for (unsigned i = 0; i < inside->length; ++i) append_text(static_cast<const GumboNode*>(inside->data[i]), out);
  if (apart) out += ' ';
}

}  // namespace

void* Arena::take(std::size_t size) {
  constexpr std::size_t kBlock = std::size_t{256} << 10;
  constexpr std::size_t kAlignment = alignof(std::max_align_t);
  size = (size + kAlignment - 1) / kAlignment * kAlignment;
  if (used_ + size > capacity_) {
    const std::size_t capacity = std::max(size, kBlock);
    blocks_.push_back(std::unique_ptr<char[]>(new char[capacity]));
    capacity_ = capacity, used_ = 0;
  }
  void* taken = blocks_.back().get() + used_;
  used_ += size;
  return taken;
}

HtmlPage::HtmlPage(std::string html) : html_(std::move(html)) {
  GumboOptions options = kGumboDefaultOptions;
  options.userdata = &arena_;
  options.allocator = [](void* arena, std::size_t size) { return static_cast<Arena*>(arena)->take(size); };
  options.deallocator = [](void*, void*) {};
  options.max_errors = 0;
  const GumboOutput* output = gumbo_parse_with_options(&options, html_.data(), html_.size());
  root_ = output->root;
}

bool is_element(const GumboNode* node, std::string_view tag) {
  return node != nullptr && (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) && tag_name(node) == tag;
}

std::string_view attribute(const GumboNode* node, const char* name) {
  if (node == nullptr || node->type != GUMBO_NODE_ELEMENT) return {};
  const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_class(const GumboNode* node, std::string_view name) {
  const std::string_view classes = attribute(node, "class");
  for (std::size_t at = classes.find(name); at != std::string_view::npos; at = classes.find(name, at + 1)) {
    const bool begins = at == 0 || is_blank(classes[at - 1]);
    const std::size_t end = at + name.size();
    if (begins && (end == classes.size() || is_blank(classes[end]))) return true;
  }
  return false;
}

std::uint64_t line_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_ELEMENT) return node->v.element.start_pos.line;
  return node->type == GUMBO_NODE_DOCUMENT ? 1 : node->v.text.start_pos.line;
}

bool is_block(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT && std::find(kBlocks.begin(), kBlocks.end(), tag_name(node)) != kBlocks.end();
}

std::string text_of(const GumboNode* node) {
  std::string out;
  if (node != nullptr) append_text(node, out);
  return out;
}

void walk(const GumboNode* node, const std::function<bool(const GumboNode*)>& visit) {
  if (node == nullptr) return;
  const GumboVector* inside = children(node);
  if (inside == nullptr) return;
  if (node->type == GUMBO_NODE_ELEMENT && !visit(node)) return;
  for (unsigned i = 0; i < inside->length; ++i) walk(static_cast<const GumboNode*>(inside->data[i]), visit);
}

namespace {

class TextWalk {
 public:
  explicit TextWalk(const TextVisitor& visitor) : visitor_(visitor) {}

  void visit(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) return append(node->v.text.text);
    const GumboVector* inside = children(node);
    if (inside == nullptr || is_element(node, "head") || is_element(node, "style") || is_element(node, "script")) return;
    if (is_element(node, "br")) text_ += '\n';
    const bool apart = is_block(node);
    const bool is_wanted = is_element(node, "a") && visitor_.wanted(node);
    if (apart || is_wanted) end();
    if (is_wanted) return visitor_.link(node);
    for (unsigned i = 0; i < inside->length; ++i) visit(static_cast<const GumboNode*>(inside->data[i]));
    if (apart) end();
  }

  void end() {
    if (!trim(text_).empty()) visitor_.block(text_);
    text_.clear();
  }

 private:
  void append(std::string_view piece) {
    for (const char c : piece) text_ += is_blank(c) || c == '\n' ? ' ' : c;  // a line ends where <br> says so
  }

  const TextVisitor& visitor_;
  std::string text_;
};

}  // namespace

void walk_text(const GumboNode* root, const TextVisitor& visitor) {
  TextWalk walk(visitor);
  walk.visit(root);
  walk.end();
}

const GumboNode* find_first(const GumboNode* node, const std::function<bool(const GumboNode*)>& wanted) {
  const GumboNode* found = nullptr;
  walk(node, [&](const GumboNode* element) {
    if (found == nullptr && wanted(element)) found = element;
    return found == nullptr;
  });
  return found;
}

const GumboNode* find_class(const GumboNode* node, std::string_view name) {
  return find_first(node, [name](const GumboNode* element) { return has_class(element, name); });
}

namespace {

// Archives in Markdown like to begin with a centred <div>.
bool goes_on_as_markdown(std::string_view head) {
  for (const std::string_view mark : {"\n# ", "\n## ", "\n### "}) {
    if (head.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

namespace {
constexpr std::string_view kBookmarks = "<!doctype netscape-bookmark";
bool is_bookmarks(std::string_view html) { return starts_ignoring_case(trim(html.substr(0, 4096)), kBookmarks); }
}  // namespace

int html_score(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \n\t\r");
  if (begin == std::string_view::npos) return 0;
  const std::string_view start = head.substr(begin, 4096);
  if (starts_ignoring_case(start, "<!doctype html") || starts_ignoring_case(start, "<html") || starts_ignoring_case(start, kBookmarks)) return 60;
  if (start.front() == '<' && (find_ignoring_case(start, "<html") != std::string_view::npos || find_ignoring_case(start, "<body") != std::string_view::npos)) return 60;
  for (const std::string_view tag : {"<div", "<table", "<body", "<head", "<p>", "<p ", "<h1", "<h2", "<h3", "<center", "<dl", "<article", "<span", "<a ", "<meta", "<style", "<main", "<section", "<ul", "<ol"}) {
    if (starts_ignoring_case(start, tag)) return goes_on_as_markdown(head) ? 0 : 30;
  }
  return 0;
}

void HtmlReader::feed(std::string_view text) {
  const std::size_t room = kMaxPageBytes - page_.size();
  if (text.size() > room) too_long_ = true;
  page_ += text.substr(0, room);
}

void HtmlReader::finish() {
  if (too_long_) report(0, Severity::error, "too-long", "This page is longer than 32 MiB; what is beyond was left out.");
  bookmarks_ = is_bookmarks(page_);
  GuardedHtml guarded = guard_html(page_);
  std::string().swap(page_);
  if (guarded.cut) report(0, Severity::error, "too-long", "This page has more than 200,000 tags; what is beyond was left out.");
  const HtmlPage tree(std::move(guarded.html));
  if (page(tree, guarded.properties) == 0 && !read_meta(tree) && !read_layout(tree) && !read_references(tree) && !read_links(tree) && !read_blocks(tree)) nothing_found();
}

}  // namespace digest::ingest
