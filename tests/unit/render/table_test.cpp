// SPDX-License-Identifier: MIT
#include "render/paper_writer.hpp"
#include "sample.hpp"
#include "support/catch.hpp"

using namespace digest;

TEST_CASE("CSV quotes what needs it") {
  const auto writer = render::table_writer(render::Table::csv, {"id", "authors", "abstract", "sources"});
  CHECK(writer->begin() == "id,authors,abstract,sources\r\n");
  CHECK(writer->paper(test::sample_hit()) ==
        "arxiv:2403.01234,\"Doe, Jane; Max Power\",\"First paragraph.\n\nSecond \"\"paragraph\"\", with a comma.\",1\r\n");
}

TEST_CASE("TSV keeps one line a paper") {
  const auto writer = render::table_writer(render::Table::tsv, {"title", "abstract"});
  Hit hit = test::sample_hit();
  hit.paper.title = "a\tb\\c";
  CHECK(writer->paper(hit) == "a b\\c\tFirst paragraph. Second \"paragraph\", with a comma.\n");
}

TEST_CASE("an empty first cell still counts as a column") {
  const auto writer = render::table_writer(render::Table::csv, {"venue", "id"});
  CHECK(writer->paper(test::sample_hit()) == ",arxiv:2403.01234\r\n");
}

TEST_CASE("ids end as asked") {
  CHECK(render::ids_writer(render::IdEnd::line)->paper(test::sample_hit()) == "arxiv:2403.01234\n");
  Hit forged = test::sample_hit();
  forged.id = "t:a\nt:b";
  CHECK(render::ids_writer(render::IdEnd::line)->paper(forged) == "t:a_t:b\n");
  CHECK(render::ids_writer(render::IdEnd::null)->paper(test::sample_hit()) == std::string("arxiv:2403.01234\0", 17));
}

TEST_CASE("a TREC run has six columns whatever the ids look like") {
  Hit hit = test::sample_hit();
  CHECK(render::trec_writer("7")->paper(hit) == "7 Q0 arxiv:2403.01234 1 6.1204 digest\n");
  hit.paper.ids["source"] = "my own id";
  CHECK(render::trec_writer("a b")->paper(hit) == "a_b Q0 my_own_id 1 6.1204 digest\n");
}
