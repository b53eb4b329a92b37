// SPDX-License-Identifier: MIT
#include "evaluate/files.hpp"

#include <digest/error.hpp>

#include "support/catch.hpp"

using namespace digest::evaluate;

namespace {

template <typename Call>
std::string message_of(const Call& call) {
  try {
    call();
  } catch (const digest::Error& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("topics: a tab between id and text, with or without a header") {
  for (const std::string_view text : {"q1\tgrokking\nq2\tlottery tickets\n",
                                      "\xEF\xBB\xBFid\ttext\r\nq1\tgrokking\r\n\r\nq2\tlottery tickets"}) {
    const auto topics = read_topics(text, "t");
    REQUIRE(topics.size() == 2);
    CHECK(topics[0].id == "q1");
    CHECK(topics[0].text == "grokking");
    CHECK(topics[1].text == "lottery tickets");
  }
}

TEST_CASE("topics: TREC, title first, description where there is no title") {
  const auto topics = read_topics(
      "<top>\n<num> Number: 301\n<title> Topic: Organized\n  crime\n<desc> Description:\nwho\n</top>\n\n"
      "<top>\n<num>302</num>\n<desc> Description:\nfound here\n</top>\n",
      "t");
  REQUIRE(topics.size() == 2);
  CHECK(topics[0].id == "301");
  CHECK(topics[0].text == "Organized crime");
  CHECK(topics[1].id == "302");
  CHECK(topics[1].text == "found here");
}

TEST_CASE("topics that are none are refused with their line") {
  CHECK(
      contains(message_of([] { read_topics("q1\ta\nno tab here\n", "topics.tsv"); }), "topics.tsv, line 2"));
  CHECK_THROWS_AS(read_topics("q1\ta\nq1\tb\n", "t"), digest::Error);
  CHECK_THROWS_AS(read_topics("<top>\n<title> x\n</top>", "t"), digest::Error);
  CHECK(read_topics("", "t").empty());
}

TEST_CASE("judgements: four columns, or three with a header") {
  const auto trec = read_qrels("1 0 a 1\n1 0 b -1\n2\t0\tc\t3\n", "q");
  REQUIRE(trec.size() == 2);
  CHECK(trec[0].grades.at("a") == 1);
  CHECK(trec[0].grades.at("b") == -1);
  CHECK(trec[1].grades.at("c") == 3);
  const auto beir = read_qrels("query-id\tcorpus-id\tscore\n7\tx\t1\n7\ty\t2.0\n", "q");
  REQUIRE(beir.size() == 1);
  CHECK(beir[0].grades.at("y") == 2);
}

TEST_CASE("judgements that are none are refused with their line") {
  CHECK(contains(message_of([] { read_qrels("1 0 a 1\n1 0 b\n1 0 c yes\n", "q.tsv"); }), "q.tsv, line 2"));
  CHECK(contains(message_of([] { read_qrels("1 0 a 1\n1 0 c yes\n", "q.tsv"); }), "line 2"));
  CHECK_THROWS_AS(read_qrels("1 0 a nan\n1 0 a nan\n", "q"), digest::Error);
  CHECK_THROWS_AS(read_qrels("one two\n", "q"), digest::Error);
}

TEST_CASE("a run is ordered by score, ties as in the file, each paper once") {
  const auto run =
      read_run("1 Q0 low 1 0.5 t\n1 Q0 high 2 2.5 t\n1 Q0 tie 3 0.5 t\n1 Q0 high 4 0.1 t\n", "r");
  REQUIRE(run.size() == 1);
  REQUIRE(run[0].papers.size() == 3);
  CHECK(run[0].papers[0].id == "high");
  CHECK(run[0].papers[1].id == "low");
  CHECK(run[0].papers[2].id == "tie");
  CHECK_THROWS_AS(read_run("1 Q0 a 1 0.5\n", "r"), digest::Error);
  CHECK_THROWS_AS(read_run("1 Q0 a 1 best t\n", "r"), digest::Error);
}

TEST_CASE("a run written is the run read") {
  Run run(2);
  run[0].id = "1";
  run[0].papers = {{"a", 2.5}, {"b", 1.25}};
  run[1].id = "2";
  run[1].papers = {{"c", 0.0}};
  const Run again = read_run(write_run(run, "digest"), "r");
  REQUIRE(again.size() == 2);
  CHECK(again[0].papers[1].id == "b");
  CHECK(again[0].papers[1].score == 1.25);
  CHECK(again[1].papers[0].id == "c");
}
