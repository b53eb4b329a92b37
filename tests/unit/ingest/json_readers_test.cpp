// SPDX-License-Identifier: MIT
#include "ingest/readers/json_paper.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"
#include "unit/ingest/markup_test.hpp"

using namespace digest;
using namespace digest::test;

namespace {

using Names = std::vector<std::string>;

Paper only(std::string_view json) {
  const Gathered all = read(json);
  REQUIRE(all.papers.size() == 1);
  CHECK(same_in_pieces(json));
  return all.papers[0];
}

}  // namespace

TEST_CASE("Hugging Face daily papers") {
  const Paper paper = only(R"([{"paper":{"id":"2501.00001","title":"Beads","summary":"We count\nbeads.","authors":[{"name":"A B","hidden":false},{"name":"C D"}],
 "publishedAt":"2025-01-02T00:00:00.000Z","githubRepo":"https://github.com/x/beads","upvotes":3,"ai_summary":"Short."},
 "title":"Beads","summary":null,"publishedAt":"2025-01-01T20:00:00.000Z","submittedBy":{"name":"someone"}}])");
  CHECK(paper.title == "Beads");
  CHECK(paper.abstract == "We count beads.");
  CHECK_FALSE(paper.abstract_is_partial);
  CHECK(paper.authors == Names{"A B", "C D"});
  CHECK(paper.date == "2025-01-02");
  CHECK(paper.ids.at("arxiv") == "2501.00001");
  CHECK(paper.urls == Names{"https://arxiv.org/abs/2501.00001", "https://github.com/x/beads"});
}

TEST_CASE("Semantic Scholar") {
  const Paper paper = only(R"({"total":1,"offset":0,"data":[{"paperId":"abc","externalIds":{"ArXiv":"1706.03762","DOI":"10.1/ABC","CorpusId":13},
 "title":"T","abstract":null,"tldr":{"model":"m","text":"In short."},"year":2017,"publicationDate":"2017-06-12","authors":[{"authorId":"1","name":"A V"}]}]})");
  CHECK(paper.abstract == "In short.");
  CHECK(paper.abstract_is_partial);
  CHECK(paper.ids.at("s2") == "abc");
  CHECK(paper.ids.at("arxiv") == "1706.03762");
  CHECK(paper.date == "2017-06-12");
}

TEST_CASE("OpenReview, both versions") {
  const Paper second = only(R"({"notes":[{"id":"N1","forum":"F1","cdate":1700000000000,"content":{"title":{"value":"T"},"abstract":{"value":"A."},"authors":{"value":["X Y"]},"venue":{"value":"ICLR"}}}],"count":1})");
  CHECK(second.title == "T");
  CHECK(second.authors == Names{"X Y"});
  CHECK(second.ids.at("openreview") == "F1");
  CHECK(second.urls.front() == "https://openreview.net/forum?id=F1");
  CHECK(second.date == "2023-11-14");
  CHECK(second.venue == "ICLR");
  CHECK(only(R"([{"id":"N1","forum":"F1","content":{"title":"T","abstract":"A.","authors":["X Y"]}}])").title == "T");
}

TEST_CASE("OpenAlex: the inverted abstract becomes text again") {
  const Paper paper = only(R"({"results":[{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1/x","display_name":"T","title":"T","publication_year":2020,
 "abstract_inverted_index":{"count":[1,3],"We":[0],"beads,":[2],"beads.":[4]},"authorships":[{"author":{"display_name":"A B"}}]}]})");
  CHECK(paper.abstract == "We count beads, count beads.");
  CHECK(paper.authors == Names{"A B"});
  CHECK(paper.ids.at("doi") == "10.1/x");
  CHECK(paper.date == "2020");
}

TEST_CASE("CSL, Crossref, Zotero, paperlists, the arXiv snapshot") {
  const Paper csl = only(R"([{"id":"k1","type":"book","title":"T <i>x</i>","author":[{"family":"Bachar","given":"M."}],"issued":{"date-parts":[["2013",1,5]]},"DOI":"10.1/q"}])");
  CHECK(csl.title == "T x");
  CHECK(csl.date == "2013-01-05");
  CHECK(csl.ids.at("source") == "k1");
  CHECK(csl.urls == Names{"https://doi.org/10.1/q"});
  const Paper crossref = only(R"({"status":"ok","message":{"items":[{"title":["First"],"abstract":"<jats:p>We <jats:italic>see</jats:italic>.</jats:p>","author":[{"given":"A","family":"B"}]}]}})");
  CHECK(crossref.abstract == "We see.");
  CHECK(only(R"([{"key":"K","version":1,"data":{"title":"T","abstractNote":"N.","creators":[{"creatorType":"editor","firstName":"E","lastName":"F"},{"creatorType":"author","firstName":"A","lastName":"B"}]}}])").authors == Names{"A B"});
  CHECK(only(R"([{"id":"x","title":"T","author":"A B; C D","abstract":""}])").authors == Names{"A B", "C D"});
  const Paper snapshot = only(R"({"id":"0704.0001","authors":"C. Bal\\'azs","title":"Long\n  title","categories":"hep-ph cs.LG","abstract":"  Text\nhere.\n",
 "versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"}],"update_date":"2008-11-26","authors_parsed":[["Bal\u00e1zs","C.",""],["Berger","E. L.","Jr."]]})");
  CHECK(snapshot.authors == Names{"C. Bal\xC3\xA1zs", "E. L. Berger Jr."});
  CHECK(snapshot.title == "Long title");
  CHECK(snapshot.date == "2007-04-02");
  CHECK(snapshot.categories == Names{"hep-ph", "cs.LG"});
}

TEST_CASE("papers under ids or days, and lists inside a list") {
  const Gathered ids = read(R"({"2501.00001":{"title":"A"},"2501.00002":{"title":"B"}})");
  REQUIRE(ids.papers.size() == 2);
  CHECK(ids.papers[1].ids.at("arxiv") == "2501.00002");
  CHECK(read(R"({"2025-01-01":[{"title":"A"}],"2025-01-02":[{"title":"B"},{"title":"C"}]})").papers.size() == 3);
  CHECK(read(R"([{"date":"2025-01-01","papers":[{"title":"A"},{"title":"B"}]}])").papers.size() == 2);
  CHECK(read("{\"title\":\"A\"}\n{\n\"title\":\"B\"}").papers.size() == 2);
  CHECK(read(R"({"title":"One","authors":[{"name":"X"}],"references":[{"title":"cited"}]})").papers.size() == 1);
}

TEST_CASE("an empty list is an empty digest") {
  CHECK(read("[]").stated == std::vector<std::uint64_t>{0});
  CHECK(read(R"({"total":0,"data":[ ]})").stated == std::vector<std::uint64_t>{0});
  CHECK(read(R"({"colour":"blue"})").stated.empty());
}

TEST_CASE("what Python and JavaScript write although JSON forbids it is mended") {
  const Gathered all = read("[{\"title\":\"A \\ud83d\",\"year\":NaN,},\n{\"title\":\"tab\there \\alpha\",\"doi\":None}]");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "A \xEF\xBF\xBD");
  CHECK(all.problems.empty());
  CHECK(ingest::mend_json(R"({"a":"\ud83d\ude00, NaN","b":[1,2]})") == R"({"a":"\ud83d\ude00, NaN","b":[1,2]})");
}

TEST_CASE("a damaged element costs itself only") {
  const std::string text = "[\n  {\n    \"title\": \"One\",\n    \"n\": [{\"x\": 1}]\n  },\n  {\n    \"title\": \"Broken,\n    \"abstract\": \"text\"\n  },\n  {\n    \"title\": \"Three\"\n  }\n]\n";
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[1].title == "Three");
  CHECK(all.papers[1].sources[0].line == 10);
  REQUIRE(all.problems.size() == 1);
  CHECK(all.problems[0].line == 6);
  CHECK(same_in_pieces(text));
  const Gathered wrong = read(R"([{"title":"A"},{"title":tru},{"abstract":"B"},{"x":1}])");
  CHECK(wrong.papers.size() == 2);
  CHECK(wrong.said("bad-json"));
  CHECK(wrong.said("no-title"));
}

TEST_CASE("a JSON document cut short keeps what came before") {
  const Gathered all = read("[{\"title\":\"A\"},\n{\"title\":\"B");
  REQUIRE(all.papers.size() == 1);
  REQUIRE(all.said("truncated-input"));
  CHECK(all.problems[0].line == 2);
  CHECK(all.problems[0].skipped_record);
}

TEST_CASE("hostile JSON costs neither stack nor memory") {
  CHECK(read(std::string(200'000, '[')).papers.empty());
  CHECK(read("[{\"title\":" + std::string(200'000, '[') + std::string(200'000, ']') + "},{\"title\":\"Next\"}]").papers.size() == 1);
  const Gathered all = read("[{\"title\":\"" + std::string(20U << 20, 'x') + "\"},{\"title\":\"Next\"}]", 65536);
  REQUIRE(all.papers.size() == 1);
  CHECK(all.said("too-long"));
  CHECK(read(R"([{"title":"T","abstract_inverted_index":{"a":[18446744073709551615,4000000000,0]}}])").papers[0].abstract == "a");
}

TEST_CASE("samples from outside: JSON") {
  DIGEST_NEEDS(folder, "samples/");
  const auto papers = [&](const char* name) { return read(read_file(folder + name)).papers.size(); };
  CHECK(papers("hf-api/daily_papers-a.json") == 15);
  CHECK(papers("paperlists-json/automl2022.json") == 20);
  CHECK(papers("csl-json/zotero.case0.json") == 1);
}
