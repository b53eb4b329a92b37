// SPDX-License-Identifier: MIT
// Real files of marked-up formats, cut and damaged at 200 places each: never a crash, and what lies before the damage is
// still found.
#include <random>

#include "support/catch.hpp"
#include "support/data.hpp"
#include "unit/ingest/markup_test.hpp"

using namespace digest;
using namespace digest::test;

namespace {

void check_damage(const std::string& text, bool keeps_what_came_before) {
  const ingest::Format& format = best_format(text);
  const Gathered whole = read_as(format, text);
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::size_t at = random() % text.size();
    const Gathered cut = read_as(format, std::string_view(text).substr(0, at), 4096);
    CHECK(cut.papers.size() <= whole.papers.size() + 1);
    const std::size_t same = std::min(cut.papers.size(), whole.papers.size());
    if (keeps_what_came_before) CHECK(std::equal(cut.papers.begin(), cut.papers.begin() + static_cast<std::ptrdiff_t>(same), whole.papers.begin()));
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random() % 7)));
    const Gathered damaged = read_as(format, flipped, 4096);
    if (!keeps_what_came_before) continue;
    for (std::size_t k = 0; k + 1 < whole.papers.size(); ++k) {  // a paper ends before the next one begins
      const std::uint64_t next = whole.papers[k + 1].sources[0].line;
      const auto line = static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) + 1;
      if (next >= line) break;
      REQUIRE(damaged.papers.size() > k);
      CHECK(damaged.papers[k] == whole.papers[k]);
    }
  }
}

}  // namespace

TEST_CASE("samples from outside, damaged") {
  DIGEST_NEEDS(folder, "samples/");
  for (const char* name : {"acl-xml/2020.framenet-part1.xml", "arxiv-atom/two-ids.xml", "arxiv-rss/cs.CV-rebuilt.xml", "pubmed/efetch2.xml", "pubmed/efetch5.xml",
                           "pubmed/jabref.MedlineImporterTestNbib.xml", "endnote/jabref.EndnoteXmlImporterTestArticle.xml", "arxiv-atom/query-testing-0-10.xml",
                           "arxiv-rss/filtered-feed-2025-10-17.xml", "hf-api/daily_papers-a.json", "paperlists-json/automl2022.json", "csl-json/zotero.case0.json"}) {
    INFO(name);
    check_damage(read_file(folder + name), true);
  }
  for (const char* name : {"scholar-alert/unread-1.html", "scholar-alert/unread-2.html"}) check_damage(read_file(folder + name), false);
}

TEST_CASE("our own samples of marked-up formats") {
  const std::string folder = DIGEST_SAMPLES "/";
  const std::vector<std::pair<const char*, const char*>> samples = {{"arxiv-feed.xml", "arxiv-atom"}, {"daily-papers.json", "json"}, {"scholar-alert.html", "scholar"}};
  for (const auto& [name, format] : samples) {
    const std::string text = read_file(folder + name);
    CHECK(name_of(text) == format);
    const Gathered all = read(text);
    REQUIRE(all.papers.size() == 2);
    CHECK(all.problems.empty());
    CHECK(all.papers[0].title == "Attention Is All You Need");
    CHECK(all.papers[1].title == "Adam: A Method for Stochastic Optimization");
    CHECK(same_in_pieces(text));
    check_damage(text, name_of(text) != "scholar");
  }
  const Gathered pubmed = read(read_file(folder + "pubmed.xml"));
  REQUIRE(pubmed.papers.size() == 1);
  CHECK(pubmed.papers[0].date == "1953-04-25");
  CHECK(pubmed.papers[0].abstract.find("CONSEQUENCE: The pairing") != std::string::npos);
}
