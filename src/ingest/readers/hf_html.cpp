// SPDX-License-Identifier: MIT
// Paper pages of huggingface.co saved as HTML. Their data, abstracts included, lie as JSON in data-props attributes;
// where a save has lost those, the articles on the page are read.
#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"

namespace digest::ingest {
namespace {

// Papers of the JSON inside an attribute; what else that JSON holds is no news.
class PropertiesSink final : public PaperSink {
 public:
  explicit PropertiesSink(PaperSink& sink) : sink_(sink) {}
  void paper(Paper&& paper) override {
    for (Source& source : paper.sources) source.line = 1;
    ++papers;
    sink_.paper(std::move(paper));
  }
  void problem(Diagnostic&&) override {}
  void stated_count(std::uint64_t) override {}
  std::size_t papers = 0;

 private:
  PaperSink& sink_;
};

bool may_hold_papers(std::string_view json) {
  for (const std::string_view key : {"\"dailyPapers\":[", "\"papers\":[", "\"paper\":{"}) {
    if (json.find(key) != std::string_view::npos) return true;
  }
  return false;
}

// ".../papers/2501.00002" -> the id
std::string_view id_in_link(std::string_view link) {
  const std::size_t at = link.find("/papers/");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = link.substr(at + 8);
  return arxiv_id_shape(rest.substr(0, rest.find_first_of("?#/")));
}

// The five references that attributes need; nothing else is touched, LaTeX above all.
std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = std::min(text.find('&'), text.size());
    out += text.substr(0, at);
    text.remove_prefix(at);
    if (text.empty()) break;
    bool known = false;
    for (const auto& [name, c] : {std::pair<std::string_view, char>{"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#39;", '\''}, {"&#x27;", '\''}}) {
      if (text.substr(0, name.size()) != name) continue;
      out += c;
      text.remove_prefix(name.size());
      known = true;
      break;
    }
    if (known) continue;
    out += '&';
    text.remove_prefix(1);
  }
  return out;
}

class HfHtmlReader final : public HtmlReader {
 public:
  HfHtmlReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage& page, const std::vector<std::string>& properties) override {
    for (const std::string& escaped : properties) {
      const std::string json = unescaped(escaped);
      if (!may_hold_papers(json)) continue;
      PropertiesSink papers(sink_);
      const auto reader = kJsonFormat.make(context_, papers);
      reader->feed(json);
      reader->finish();
      if (papers.papers > 0) return papers.papers;
    }
    return articles(page);
  }

  std::size_t articles(const HtmlPage& page) {
    std::size_t found = 0;
    walk(page.root(), [&](const GumboNode* node) {
      if (!is_element(node, "article")) return true;
      const GumboNode* link = find_first(node, [](const GumboNode* a) { return is_element(a, "a") && !id_in_link(attribute(a, "href")).empty() && !trim(text_of(a)).empty(); });
      const GumboNode* heading = find_first(node, [](const GumboNode* h) { return is_element(h, "h3") || is_element(h, "h2") || is_element(h, "h4"); });
      if (link == nullptr) return true;
      Paper paper = new_paper(line_of(node));
      paper.ids.emplace("arxiv", id_in_link(attribute(link, "href")));
      paper.title = clean(text_of(heading != nullptr ? heading : link), Markup::latex);
      add_url(paper, "https://huggingface.co/papers/" + paper.ids["arxiv"]);
      const GumboNode* abstract = find_first(node, [](const GumboNode* p) { return is_element(p, "p") && text_of(p).size() > 100; });
      paper.abstract = clean(text_of(abstract), Markup::latex);
      emit(std::move(paper));
      ++found;
      return false;
    });
    return found;
  }
};

Recognition recognise(std::string_view head) {
  if (html_score(head) == 0) return {};
  const auto has = [head](std::string_view text) { return head.find(text) != std::string_view::npos; };
  if (has("data-target=\"DailyPapers\"") || has("huggingface.co/papers") || has("Daily Papers - Hugging Face")) return {90, "a papers page of huggingface.co"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<HfHtmlReader>(std::move(context), sink); }

}  // namespace

const Format kHfHtmlFormat{"hf-html", "saved papers page of huggingface.co", {"html", "htm"}, recognise, make};

}  // namespace digest::ingest
