// SPDX-License-Identifier: MIT
// Google Scholar alert mails: a heading that is a link through a redirect, a line of authors, venue and year, and a
// snippet cut with an ellipsis. Unchanged between mails of 2019 and 2026; those forwarded by other programs have lost or
// renamed their classes, those before 2017 had none.
#include <memory>
#include <optional>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"
#include "ingest/readers/scholar_parts.hpp"

namespace digest::ingest {
namespace {

// Gmail forwards "gse_alrt_title" as "m_-123gse_alrt_title".
bool class_holds(const GumboNode* node, std::string_view name) { return attribute(node, "class").find(name) != std::string_view::npos; }

// The heading around a link; other programs put a <span> or two between. Null if there is none.
const GumboNode* heading_of(const GumboNode* link) {
  const GumboNode* node = link->parent;
  for (int i = 0; i < 3 && is_element(node, "span"); ++i) node = node->parent;
  return is_element(node, "h3") ? node : nullptr;
}

bool is_title(const GumboNode* node) {
  if (class_holds(node, "gse_alrt_title")) return true;
  return is_element(node, "a") && heading_of(node) != nullptr && attribute(node, "href").find("scholar_url?") != std::string_view::npos;
}

// What stands after the heading, up to the next heading or block, a line of its own where <br> says so.
std::string text_after(const GumboNode* title) {
  const GumboNode* around = heading_of(title);
  const GumboNode* heading = around != nullptr ? around : title;
  if (heading->parent == nullptr || heading->parent->type != GUMBO_NODE_ELEMENT) return {};
  const GumboVector& siblings = heading->parent->v.element.children;
  std::string text;
  for (std::size_t i = heading->index_within_parent + 1; i < siblings.length; ++i) {
    const auto* node = static_cast<const GumboNode*>(siblings.data[i]);
    if (is_block(node)) break;
    text += is_element(node, "br") ? "\n" : text_of(node);
  }
  return text;
}

class ScholarReader final : public HtmlReader {
 public:
  ScholarReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage& page, const std::vector<std::string>&) override {
    walk(page.root(), [&](const GumboNode* node) {
      if (is_title(node)) {
        begin(node);
        return false;
      }
      if (!paper_ || !is_element(node, "div")) return true;
      return division(node);
    });
    flush();
    return found_;
  }

  void begin(const GumboNode* node) {
    flush();
    paper_ = new_paper(line_of(node));
    paper_->title = clean(text_of(node), Markup::latex);
    add_url(*paper_, scholar_target(attribute(node, "href")));
    byline_seen_ = false;
    std::string_view rest = text_after_.assign(text_after(node));
    const std::string byline = clean(take_line(rest), Markup::plain);
    if (byline.find(" - ") == std::string::npos) return;
    byline_seen_ = true;
    read_scholar_byline(byline, *paper_);
    snippet(clean(rest, Markup::plain));
  }

  // The first one names the authors, the next is the snippet; what follows are buttons.
  bool division(const GumboNode* node) {
    const std::string text = clean(text_of(node), Markup::plain);
    if (class_holds(node, "gse_alrt_sni") || (byline_seen_ && paper_->abstract.empty() && text.size() >= 40 && find_first(node, [node](const GumboNode* inside) { return inside != node && is_block(inside); }) == nullptr)) {
      snippet(text);
      return false;
    }
    if (!byline_seen_ && !text.empty()) {
      byline_seen_ = true;
      read_scholar_byline(text, *paper_);
    }
    return true;
  }

  void snippet(std::string text) {
    if (text.starts_with("Abstract: ")) text.erase(0, 10);
    paper_->abstract = std::move(text);
    paper_->abstract_is_partial = !paper_->abstract.empty();
  }

  void flush() {
    if (!paper_) return;
    ++found_;
    emit(std::move(*paper_));
    paper_.reset();
  }

  std::optional<Paper> paper_;
  std::string text_after_;
  bool byline_seen_ = false;
  std::size_t found_ = 0;
};

Recognition recognise(std::string_view head) {
  const auto has = [head](std::string_view text) { return head.find(text) != std::string_view::npos; };
  if (!has("<")) return {};
  if (has("gse_alrt_title")) return {98, "links of class gse_alrt_title"};
  if (has("scholar_url?") && has("<h3")) return {96, "headings that are links through Google Scholar"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<ScholarReader>(std::move(context), sink); }

}  // namespace

const Format kScholarFormat{"scholar", "Google Scholar alert (HTML mail)", {"html", "htm"}, recognise, make};

}  // namespace digest::ingest
