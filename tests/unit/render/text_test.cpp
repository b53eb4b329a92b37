// SPDX-License-Identifier: MIT
#include "render/text.hpp"

#include "sample.hpp"
#include "support/catch.hpp"

using namespace digest;

TEST_CASE("a hit is a title, a line of facts and a passage") {
  Hit hit = test::sample_hit();
  hit.tags = {"later"};
  CHECK(render::text_hit(hit, {}) ==
        "1. Sums & Products: 100% of {Sets}\n"
        "   arxiv:2403.01234 \xc2\xb7 inbox/a.txt:12 \xc2\xb7 2024-03-05 \xc2\xb7 #later\n"
        "   First paragraph.\n");
}

TEST_CASE("on a terminal the title is a bold link, matches are marked") {
  const std::string out = render::text_hit(test::sample_hit(), {80, true});
  CHECK(out.find("\x1b]8;;https://arxiv.org/abs/2403.01234\x1b\\\x1b[1m") != std::string::npos);
  CHECK(out.find("\x1b[1;33mparagraph\x1b[0m") != std::string::npos);
}

TEST_CASE("hostile text drives no terminal, coloured or not") {
  Hit hit = test::sample_hit();
  hit.id = "t:\x1b[2J";
  hit.paper.title = "\x1b]52;c;aGk=\x07";
  hit.paper.sources[0].file = "a\x1b[31m.txt";
  hit.snippets[0].parts[0].text = "\xe2\x80\xae\n";
  hit.tags = {"\x9b"};
  const std::string out = render::text_hit(hit, {});
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find('\x07') == std::string::npos);
  CHECK(out.find("\xe2\x80\xae") == std::string::npos);
}

TEST_CASE("numbers and times as people write them") {
  CHECK(render::thousands(0) == "0");
  CHECK(render::thousands(999) == "999");
  CHECK(render::thousands(1000) == "1,000");
  CHECK(render::thousands(1234567) == "1,234,567");
  CHECK(render::counted(1, "paper", "papers") == "1 paper");
  CHECK(render::counted(0, "paper", "papers") == "0 papers");
  CHECK(render::duration(312) == "0.3 ms");
  CHECK(render::duration(12'300) == "12 ms");
  CHECK(render::duration(3'400'000) == "3.4 s");
}

TEST_CASE("the summary says how many of how many") {
  SearchResult result;
  result.total = 4;
  result.took_us = 300;
  result.hits.resize(4);
  CHECK(render::search_summary(result) == "4 papers \xc2\xb7 0.3 ms");
  result.total = 37;
  CHECK(render::search_summary(result) == "4 of 37 papers \xc2\xb7 0.3 ms");
  result.total = 10'000;
  result.total_is_exact = false;
  CHECK(render::search_summary(result) == "4 of more than 10,000 papers \xc2\xb7 0.3 ms");
}

TEST_CASE("a whole paper keeps its paragraphs apart") {
  const Hit hit = test::sample_hit();
  const std::string out = render::text_paper(hit.id, hit.paper, {}, {});
  CHECK(out.find("\nFirst paragraph.\n\nSecond \"paragraph\", with a comma.\n") != std::string::npos);
}
