// SPDX-License-Identifier: MIT
// Any other web page or HTML mail: its <meta> tags, or its text as a page of titles and abstracts.
#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"

namespace digest::ingest {
namespace {

class AnyHtmlReader final : public HtmlReader {
 public:
  AnyHtmlReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage&, const std::vector<std::string>&) override { return 0; }
  void nothing_found() override { report(0, Severity::error, "no-papers", "No paper could be recognised in this web page."); }
};

Recognition recognise(std::string_view head) {
  const int score = html_score(head);
  if (score == 0) return {};
  return {score, score >= 60 ? "an HTML document" : "begins with an HTML tag"};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<AnyHtmlReader>(std::move(context), sink); }

}  // namespace

const Format kHtmlFormat{"html", "any web page: one paper described by <meta> tags, or titles and abstracts in turn", {"html", "htm", "xhtml"}, recognise, make};

}  // namespace digest::ingest
