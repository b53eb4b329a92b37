// SPDX-License-Identifier: MIT
#include "ingest/readers/html_guard.hpp"

#include <algorithm>
#include <array>

#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// Left out with all they hold.
constexpr std::array<std::string_view, 9> kSkipped = {"script", "style", "svg", "template", "iframe", "object", "textarea", "select", "noembed"};
// The tag is left out, its text stays: unclosed formatting is what makes HTML parsers copy it again and again.
constexpr std::array<std::string_view, 24> kFormatting = {"b",    "i",    "em",   "strong", "font",  "small",  "big",   "tt",   "u",     "s",  "strike", "nobr",
                                                          "code", "mark", "wbr",  "img",    "input", "source", "track", "area", "embed", "link", "picture", "noscript"};
constexpr std::array<std::string_view, 5> kVoid = {"br", "hr", "meta", "base", "col"};
// Their end tags are optional: the parser closes them by what follows.
constexpr std::array<std::string_view, 16> kOptionalEnd = {"p",  "li",    "dt",    "dd",    "tr",     "td",       "th",   "tbody",
                                                           "thead", "tfoot", "option", "html", "head", "body", "colgroup", "caption"};
constexpr std::array<std::string_view, 9> kAttributes = {"href", "class", "name", "content", "property", "id", "title", "itemprop", "data-test"};
constexpr std::size_t kMaxAttributeBytes = 16U << 10;
constexpr std::size_t kMaxPropertiesBytes = 16U << 20;

struct Tag {
  std::string name;
  bool closing = false;
  std::size_t end = 0;  // after '>'
  std::array<std::string_view, kAttributes.size()> values{};
  std::array<bool, kAttributes.size()> has{};
  std::string_view properties;
};

std::size_t skip_blanks(std::string_view page, std::size_t at) {
  while (at < page.size() && (is_blank(page[at]) || page[at] == '/')) ++at;
  return at;
}

// One attribute at `at`; returns where the next begins.
std::size_t read_attribute(std::string_view page, std::size_t at, Tag& tag) {
  const std::size_t name_begin = at;
  while (at < page.size() && !is_blank(page[at]) && page[at] != '=' && page[at] != '>' && (page[at] != '/' || at == name_begin)) ++at;
  const std::string_view name = page.substr(name_begin, at - name_begin);
  std::size_t next = at;
  while (next < page.size() && is_blank(page[next])) ++next;
  if (next >= page.size() || page[next] != '=') return std::max(at, name_begin + 1);
  ++next;
  while (next < page.size() && is_blank(page[next])) ++next;
  if (next >= page.size()) return page.size();
  std::string_view value;
  if (page[next] == '"' || page[next] == '\'') {
    const std::size_t close = page.find(page[next], next + 1);
    if (close == std::string_view::npos) return page.size();
    value = page.substr(next + 1, close - next - 1);
    next = close + 1;
  } else {
    const std::size_t begin = next;
    while (next < page.size() && !is_blank(page[next]) && page[next] != '>') ++next;
    value = page.substr(begin, next - begin);
  }
  for (std::size_t i = 0; i < kAttributes.size(); ++i) {
    if (!tag.has[i] && equals_ignoring_case(name, kAttributes[i]) && value.size() <= kMaxAttributeBytes) tag.has[i] = true, tag.values[i] = value;
  }
  if (equals_ignoring_case(name, "data-props") && tag.properties.empty()) tag.properties = value;
  return next;
}

// The tag whose '<' is at `at`; an empty name if it is none.
Tag read_tag(std::string_view page, std::size_t at) {
  Tag tag;
  std::size_t next = at + 1;
  if (next < page.size() && page[next] == '/') tag.closing = true, ++next;
  if (next >= page.size() || !is_letter(page[next])) return tag;
  const std::size_t begin = next;
  while (next < page.size() && !is_blank(page[next]) && page[next] != '>' && page[next] != '/') ++next;
  tag.name = lower_case(page.substr(begin, std::min<std::size_t>(next - begin, 32)));
  next = skip_blanks(page, next);
  while (next < page.size() && page[next] != '>') next = skip_blanks(page, read_attribute(page, next, tag));
  tag.end = std::min(next + 1, page.size());
  return tag;
}

class Guard {
 public:
  explicit Guard(std::string_view page) : page_(page) { out_.html = "<!doctype html>"; }

  GuardedHtml run() {
    std::size_t at = 0;
    while (at < page_.size()) {
      const std::size_t open = std::min(page_.find('<', at), page_.size());
      out_.html += page_.substr(at, open - at);
      if (open == page_.size()) break;
      at = markup(open);
      if (tags_ > kMaxHtmlTags) {
        out_.cut = true;
        break;
      }
    }
    return std::move(out_);
  }

 private:
  // Everything up to `end` is left out, but for its line ends.
  std::size_t drop(std::size_t begin, std::size_t end) {
    end = std::min(end, page_.size());
    const auto lines = std::count(page_.begin() + static_cast<std::ptrdiff_t>(begin), page_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    out_.html.append(static_cast<std::size_t>(lines), '\n');
    return end;
  }

  std::size_t markup(std::size_t at) {
    if (page_.substr(at, 4) == "<!--") {
      const std::size_t end = page_.find("-->", at + 4);
      return drop(at, end == std::string_view::npos ? page_.size() : end + 3);
    }
    if (at + 1 < page_.size() && (page_[at + 1] == '!' || page_[at + 1] == '?')) {
      const std::size_t end = page_.find('>', at);
      return drop(at, end == std::string_view::npos ? page_.size() : end + 1);
    }
    const Tag tag = read_tag(page_, at);
    if (tag.name.empty()) {
      out_.html += "&lt;";
      return at + 1;
    }
    if (!tag.properties.empty() && tag.properties.size() <= kMaxPropertiesBytes && out_.properties.size() < 64) out_.properties.emplace_back(tag.properties);
    if (tag.name == "script" && !tag.closing && says(at, "math/tex")) return formula(at, tag);
    if (tag.name == "span" && !tag.closing && says(at, "MathJax_Preview") && is_drawing(tag.end, next_script(tag.end))) return drop(at, next_script(tag.end));
    if (contains(kSkipped, tag.name)) return tag.closing ? drop(at, tag.end) : drop(at, end_of_skipped(tag));
    if (contains(kFormatting, tag.name)) return drop(at, tag.end);
    if (keep(tag)) write(tag);
    return drop(at, tag.end);
  }

  [[nodiscard]] std::size_t end_of_skipped(const Tag& tag) const {
    const bool lone = tag.end >= 2 && page_[tag.end - 2] == '/' && tag.name == "svg";
    if (lone) return tag.end;
    const std::size_t close = find_ignoring_case(page_, "</" + tag.name, tag.end);
    const std::size_t end = close == std::string_view::npos ? close : page_.find('>', close);
    return end == std::string_view::npos ? page_.size() : end + 1;
  }

  // Pages saved after MathJax was at work have each formula drawn, in spans, and behind that as it was written.
  [[nodiscard]] bool says(std::size_t at, std::string_view word) const {
    const std::string_view tag = page_.substr(std::min(at, page_.size()), 200);
    return tag.substr(0, tag.find('>')).find(word) != std::string_view::npos;
  }

  // Between a preview and its formula there is the drawing, and no text of the page.
  [[nodiscard]] bool is_drawing(std::size_t from, std::size_t script) const {
    constexpr std::size_t kLongest = 16U << 10;
    if (script == std::string_view::npos || script - from > kLongest || !says(script, "math/tex")) return false;
    const std::string_view between = page_.substr(from, script - from);
    const std::size_t closed = between.find("</span>");
    if (closed == std::string_view::npos || between.find("MathJax_Preview") != std::string_view::npos || between.find("</p") != std::string_view::npos) return false;
    const std::string_view rest = trim(between.substr(closed + 7));
    return rest.empty() || rest.front() == '<';
  }

  std::size_t next_script(std::size_t from) {
    if (script_ < from) script_ = page_.find("<script", from);
    return script_;
  }

  std::size_t formula(std::size_t at, const Tag& tag) {
    const std::size_t end = end_of_skipped(tag);
    const std::string_view rest = page_.substr(tag.end, end - tag.end);
    out_.html += '$';
    for (const char c : rest.substr(0, rest.rfind("</"))) {
      if (c == '<') out_.html += "&lt;";
      else if (c == '&') out_.html += "&amp;";
      else if (c != '\n') out_.html += c;
    }
    out_.html += '$';
    return drop(at, end);
  }

  // Bounds what is open at once; an end tag without its beginning is left out.
  bool keep(const Tag& tag) {
    if (contains(kVoid, tag.name)) return !tag.closing || tag.name == "br";
    if (contains(kOptionalEnd, tag.name)) return tag.closing || belongs(tag.name);
    if (!tag.closing) {
      if (tag.name == "a") open_.erase(std::remove(open_.begin(), open_.end(), "a"), open_.end());
      if (open_.size() >= kMaxHtmlDepth) return false;
      open_.push_back(tag.name);
      return true;
    }
    const auto found = std::find(open_.rbegin(), open_.rend(), tag.name);
    if (found == open_.rend()) return false;
    open_.erase(found.base() - 1, open_.end());
    return true;
  }

  // <li> and <dd> in turn would nest without bound: each belongs to its own kind of list, and outside of lists the kind
  // that comes first.
  [[nodiscard]] bool belongs(std::string_view name) {
    const bool term = name == "dt" || name == "dd";
    if (!term && name != "li") return true;
    const auto list = std::find_if(open_.rbegin(), open_.rend(), [](const std::string& open) { return open == "dl" || open == "ul" || open == "ol"; });
    if (list != open_.rend()) return term == (*list == "dl");
    if (stray_ == Stray::none) stray_ = term ? Stray::term : Stray::item;
    return term == (stray_ == Stray::term);
  }

  void write(const Tag& tag) {
    ++tags_;
    out_.html += tag.closing ? "</" : "<";
    out_.html += tag.name;
    for (std::size_t i = 0; i < kAttributes.size() && !tag.closing; ++i) {
      if (!tag.has[i]) continue;
      out_.html += ' ';
      out_.html += kAttributes[i];
      out_.html += "=\"";
      for (const char c : tag.values[i]) {
        if (c == '"') out_.html += "&quot;";
        else out_.html += c == '\n' ? ' ' : c;
      }
      out_.html += '"';
    }
    out_.html += '>';
  }

  enum class Stray { none, term, item };

  std::string_view page_;
  Stray stray_ = Stray::none;
  GuardedHtml out_;
  std::vector<std::string> open_;
  std::size_t tags_ = 0, script_ = 0;
};

}  // namespace

GuardedHtml guard_html(std::string_view page) { return Guard(page).run(); }

}  // namespace digest::ingest
