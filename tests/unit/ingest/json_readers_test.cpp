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
  const Paper paper = only(
      R"([{"paper":{"id":"2501.00001","title":"Beads","summary":"We count\nbeads.","authors":[{"name":"A B","hidden":false},{"name":"C D"}],
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
  const Paper paper = only(
      R"({"total":1,"offset":0,"data":[{"paperId":"abc","externalIds":{"ArXiv":"1706.03762","DOI":"10.1/ABC","CorpusId":13},
 "title":"T","abstract":null,"tldr":{"model":"m","text":"In short."},"year":2017,"publicationDate":"2017-06-12","authors":[{"authorId":"1","name":"A V"}]}]})");
  CHECK(paper.abstract == "In short.");
  CHECK(paper.abstract_is_partial);
  CHECK(paper.ids.at("s2") == "abc");
  CHECK(paper.ids.at("arxiv") == "1706.03762");
  CHECK(paper.date == "2017-06-12");
}

TEST_CASE("OpenReview, both versions") {
  const Paper second = only(
      R"({"notes":[{"id":"N1","forum":"F1","cdate":1700000000000,"content":{"title":{"value":"T"},"abstract":{"value":"A."},"authors":{"value":["X Y"]},"venue":{"value":"ICLR"}}}],"count":1})");
  CHECK(second.title == "T");
  CHECK(second.authors == Names{"X Y"});
  CHECK(second.ids.at("openreview") == "F1");
  CHECK(second.urls.front() == "https://openreview.net/forum?id=F1");
  CHECK(second.date == "2023-11-14");
  CHECK(second.venue == "ICLR");
  CHECK(
      only(R"([{"id":"N1","forum":"F1","content":{"title":"T","abstract":"A.","authors":["X Y"]}}])").title ==
      "T");
}

TEST_CASE("OpenAlex: the inverted abstract becomes text again") {
  const Paper paper = only(
      R"({"results":[{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1/x","display_name":"T","title":"T","publication_year":2020,
 "abstract_inverted_index":{"count":[1,3],"We":[0],"beads,":[2],"beads.":[4]},"authorships":[{"author":{"display_name":"A B"}}]}]})");
  CHECK(paper.abstract == "We count beads, count beads.");
  CHECK(paper.authors == Names{"A B"});
  CHECK(paper.ids.at("doi") == "10.1/x");
  CHECK(paper.date == "2020");
}

TEST_CASE("CSL, Crossref, Zotero, paperlists, the arXiv snapshot") {
  const Paper csl = only(
      R"([{"id":"k1","type":"book","title":"T <i>x</i>","author":[{"family":"Bachar","given":"M."}],"issued":{"date-parts":[["2013",1,5]]},"DOI":"10.1/q"}])");
  CHECK(csl.title == "T x");
  CHECK(csl.date == "2013-01-05");
  CHECK(csl.ids.at("source") == "k1");
  CHECK(csl.urls == Names{"https://doi.org/10.1/q"});
  const Paper crossref = only(
      R"({"status":"ok","message":{"items":[{"title":["First"],"abstract":"<jats:p>We <jats:italic>see</jats:italic>.</jats:p>","author":[{"given":"A","family":"B"}]}]}})");
  CHECK(crossref.abstract == "We see.");
  CHECK(
      only(
          R"([{"key":"K","version":1,"data":{"title":"T","abstractNote":"N.","creators":[{"creatorType":"editor","firstName":"E","lastName":"F"},{"creatorType":"author","firstName":"A","lastName":"B"}]}}])")
          .authors == Names{"A B"});
  CHECK(only(R"([{"id":"x","title":"T","author":"A B; C D","abstract":""}])").authors == Names{"A B", "C D"});
  const Paper snapshot = only(
      R"({"id":"0704.0001","authors":"C. Bal\\'azs","title":"Long\n  title","categories":"hep-ph cs.LG","abstract":"  Text\nhere.\n",
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
  CHECK(read(R"({"2025-01-01":[{"title":"A"}],"2025-01-02":[{"title":"B"},{"title":"C"}]})").papers.size() ==
        3);
  CHECK(read(R"([{"date":"2025-01-01","papers":[{"title":"A"},{"title":"B"}]}])").papers.size() == 2);
  CHECK(read("{\"title\":\"A\"}\n{\n\"title\":\"B\"}").papers.size() == 2);
  CHECK(read(R"({"title":"One","authors":[{"name":"X"}],"references":[{"title":"cited"}]})").papers.size() ==
        1);
}

TEST_CASE("an empty list is an empty digest") {
  CHECK(read("[]").stated == std::vector<std::uint64_t>{0});
  CHECK(read(R"({"total":0,"data":[ ]})").stated == std::vector<std::uint64_t>{0});
  CHECK(read(R"({"colour":"blue"})").stated.empty());
}

TEST_CASE("what Python and JavaScript write although JSON forbids it is mended") {
  const Gathered all =
      read("[{\"title\":\"A \\ud83d\",\"year\":NaN,},\n{\"title\":\"tab\there \\alpha\",\"doi\":None}]");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "A \xEF\xBF\xBD");
  CHECK(all.problems.empty());
  CHECK(ingest::mend_json(R"({"a":"\ud83d\ude00, NaN","b":[1,2]})") ==
        R"({"a":"\ud83d\ude00, NaN","b":[1,2]})");
}

TEST_CASE("a damaged element costs itself only") {
  const std::string text =
      "[\n  {\n    \"title\": \"One\",\n    \"n\": [{\"x\": 1}]\n  },\n  {\n    \"title\": \"Broken,\n    "
      "\"abstract\": \"text\"\n  },\n  {\n    \"title\": \"Three\"\n  }\n]\n";
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
  CHECK(
      read("[{\"title\":" + std::string(200'000, '[') + std::string(200'000, ']') + "},{\"title\":\"Next\"}]")
          .papers.size() == 1);
  const Gathered all =
      read("[{\"title\":\"" + std::string(20U << 20, 'x') + "\"},{\"title\":\"Next\"}]", 65536);
  REQUIRE(all.papers.size() == 1);
  CHECK(all.said("too-long"));
  CHECK(read(R"([{"title":"T","abstract_inverted_index":{"a":[18446744073709551615,4000000000,0]}}])")
            .papers[0]
            .abstract == "a");
}

TEST_CASE("samples from outside: JSON") {
  DIGEST_NEEDS(folder, "samples/");
  const auto papers = [&](const char* name) { return read(read_file(folder + name)).papers.size(); };
  CHECK(papers("hf-api/daily_papers-a.json") == 15);
  CHECK(papers("paperlists-json/automl2022.json") == 20);
  CHECK(papers("csl-json/zotero.case0.json") == 1);
}

TEST_CASE("Crossref: titles are lists, subtitles belong to them, a date of [[null]] is none") {
  const Gathered all = read(R"({"status":"ok","message":{"total-results":2,"items":[
 {"DOI":"10.1000/x.1","title":["Beads: <i>Counting</i>"],"author":[{"given":"Ann","family":"Example"},{"name":"The Group"}],
  "abstract":"<jats:p>We count.</jats:p>","issued":{"date-parts":[[2024,3]]},"container-title":["J Beads"],"reference":[{"article-title":"Other"}]},
 {"DOI":"10.1000/x.2","title":["Cups"],"subtitle":["Small ones"],"issued":{"date-parts":[[null]]},"published-online":{"date-parts":[[2024,5,6]]}}]}})");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Beads: Counting");
  CHECK(all.papers[0].abstract == "We count.");
  CHECK(all.papers[0].authors == Names{"Ann Example", "The Group"});
  CHECK(all.papers[0].venue == "J Beads");
  CHECK(all.papers[1].title == "Cups: Small ones");
  CHECK(all.papers[1].date == "2024-05-06");
}

TEST_CASE("Europe PMC and DBLP: a list of authors lies in an object") {
  const Paper medical = only(
      R"({"hitCount":1,"resultList":{"result":[{"id":"1","pmid":"12345678","title":"Beads.","authorString":"Example A.","pubYear":"2024",
 "authorList":{"author":[{"fullName":"Example A","firstName":"Ann"}]},"abstractText":"<h4>Background</h4>We count.","firstPublicationDate":"2024-03-05"}]}})");
  CHECK(medical.authors == Names{"Example A"});
  CHECK(medical.date == "2024-03-05");
  CHECK(medical.ids.at("pmid") == "12345678");
  const Paper informatics = only(
      R"({"result":{"query":"beads","status":{"@code":"200","text":"OK"},"hits":{"@total":"1","hit":[{"@score":"1","info":
 {"authors":{"author":[{"@pid":"1","text":"Ann Example 0001"},{"@pid":"2","text":"Bo Other"}]},"title":"Beads.","venue":"CoRR","year":"2024","doi":"10.48550/ARXIV.2401.00001"}}]}}})");
  CHECK(informatics.authors == Names{"Ann Example", "Bo Other"});
  CHECK(informatics.title == "Beads.");
}

TEST_CASE("bioRxiv: where a preprint was published is no date") {
  CHECK(
      only(
          R"({"messages":[{"status":"ok"}],"collection":[{"doi":"10.1101/x","title":"T","authors":"Example, A.; Other, B.","date":"2024-01-01","published":"NA","abstract":"A."}]})")
          .date == "2024-01-01");
  CHECK(only(R"([{"title":"T","published":"10.1038/s41586","date":"2024-01-02"}])").date == "2024-01-02");
}

TEST_CASE("DataCite and Inspire: everything is a list of objects") {
  const Paper paper = only(
      R"({"data":[{"id":"10.5281/zenodo.1","type":"dois","attributes":{"doi":"10.5281/zenodo.1","titles":[{"title":"Beads"}],
 "creators":[{"name":"Example, Ann"}],"descriptions":[{"description":"We count.","descriptionType":"Abstract"}],"dates":[{"date":"2024-01-01"}]}}]})");
  CHECK(paper.title == "Beads");
  CHECK(paper.abstract == "We count.");
  CHECK(paper.authors == Names{"Example, Ann"});
  CHECK(paper.date == "2024-01-01");
  CHECK(
      only(
          R"({"hits":{"hits":[{"id":"1","metadata":{"titles":[{"title":"Beads"}],"abstracts":[{"value":"We count."}],"arxiv_eprints":[{"value":"2401.00001"}]}}],"total":1}})")
          .ids.at("arxiv") == "2401.00001");
}

TEST_CASE("Sentences of an abstract make one paragraph, paragraphs stay apart") {
  CHECK(only(R"({"doc_id":7,"title":"T","abstract":["We count.","To nine."]})").abstract ==
        "We count. To nine.");
  const std::string paragraph(500, 'x');
  CHECK(only(R"({"title":"T","abstract":[")" + paragraph + R"(",")" + paragraph + "\"]}").abstract ==
        paragraph + "\n\n" + paragraph);
}

TEST_CASE("Attachments and notes of a Zotero library are no papers") {
  const Gathered all = read(
      R"([{"key":"A","data":{"key":"A","itemType":"journalArticle","title":"Beads"}},{"key":"B","data":{"itemType":"attachment","title":"Full Text PDF"}},
 {"key":"C","data":{"itemType":"note","note":"<p>x</p>"}}])");
  CHECK(all.papers.size() == 1);
  CHECK(all.said("attachment"));
}

TEST_CASE("A Markdown archive kept in JSON: rows of a table by identifier") {
  const Gathered all = read(
      R"({"SLAM": {"2605.13741": "|**2026-05-13**|**Beads and $\\alpha$ Maps**|Ann Example et.al.|[2605.13741](http://arxiv.org/abs/2605.13741)|null|\n"},
 "Depth": {"2605.11111": "|**2026-05-12**|**Cups and Water**|Bo Other et.al.|[2605.11111](http://arxiv.org/abs/2605.11111)|null|\n"}})");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Beads and $\\alpha$ Maps");
  CHECK(all.papers[0].urls == Names{"http://arxiv.org/abs/2605.13741"});
  CHECK(all.papers[1].date == "2026-05-12");
  CHECK(all.papers[1].authors == Names{"Bo Other"});
}

TEST_CASE("A key that stands twice in a record is said, and the first counts") {
  const Gathered all = read("{\"title\":\"One\",\"title\":\"Two\"}\n{\"title\":\"Three\"}\n");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "One");
  CHECK(all.said("repeated-key"));
}

TEST_CASE("Nesting of a record ends where kMaxJsonDepth says") {
  const auto nested = [](std::size_t depth) {
    return "{\"title\":\"T\",\"x\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  CHECK(read("[" + nested(40) + "]").papers.size() == 1);
  CHECK(read("[" + nested(200) + "]").papers.empty());
  CHECK(read("[" + nested(200) + "]").said("bad-json"));
}

TEST_CASE("JSON without papers is an error, an answer without results is not") {
  const auto all = [](std::string_view json) { return run(json); };
  CHECK(
      all(R"({"name":"settings","version":3,"messages":[{"id":"1","payload":{"headers":[{"name":"Subject","value":"x"}]}}]})")
          .said("no-papers"));
  CHECK(all(R"({"total":0,"offset":0})").report.empty);
  CHECK(all(R"({"total":0,"data":[]})").report.empty);
}

TEST_CASE("a paper of our own printing is read as it stands, others are cleaned") {
  const std::string rest =
      R"("id":"t:abc","title":"Rates of 5\\%","abstract":"A {Y_N} &amp; B.\n\nMore.","authors":["Q, A","Q, A"],"date":"2024-03","urls":["https://x.org/a","ftp:no"],"ids":{"arxiv":"2403.01234","source":"one","evil":"x"},"categories":["cs.LG"],"venue":"V")";
  const Paper own = only(R"({"schema":"digest.paper/1",)" + rest + "}");
  CHECK(own.title == "Rates of 5\\%");
  CHECK(own.abstract == "A {Y_N} &amp; B.\n\nMore.");
  CHECK(own.authors == Names{"Q, A", "Q, A"});
  CHECK(own.date == "2024-03");
  CHECK(own.urls == Names{"https://x.org/a"});
  CHECK(own.ids == std::map<std::string, std::string>{{"arxiv", "2403.01234"}, {"source", "one"}});
  CHECK(own.categories == Names{"cs.LG"});
  CHECK(own.venue == "V");
  const Paper other = only("{" + rest + "}");
  CHECK(other.title == "Rates of 5%");
  CHECK(other.abstract != own.abstract);
}

TEST_CASE("what claims to be of our own printing is checked like any record") {
  CHECK(read(R"({"schema":"digest.paper/1","title":7,"abstract":null})").papers.empty());
  const Paper odd = only(R"({"schema":"digest.paper/1","title":"A\u0000\u001b[2J  B","ids":[],"date":"soon","authors":"x","urls":null})");
  CHECK(odd.title == "A[2J B");
  CHECK(odd.date.empty());
  CHECK(odd.authors.empty());
}

TEST_CASE("json: paper_authors are authors", "[json]") {
  const auto found = run("[{\"paper_title\":\"Counting Beads\",\"paper_abstract\":\"We count.\",\"paper_authors\":\"Mary Example, Paul Other\",\"paper_url\":\"http://arxiv.org/abs/2503.00001\"}]");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
}

TEST_CASE("json: HAL, NASA ADS, PubMed's summaries", "[json]") {
  const Paper hal = only(R"({"response":{"docs":[{"halId_s":"hal-01","title_s":["Perles"],"abstract_s":["Nous comptons."],"authFullName_s":["Ann Example"],"producedDateY_i":2019,"uri_s":"https://hal.science/hal-01","arxivId_s":"2401.00001","journalTitle_s":"J Perles"}]}})");
  CHECK(hal.authors == Names{"Ann Example"});
  CHECK(hal.date == "2019");
  CHECK(hal.venue == "J Perles");
  CHECK(hal.ids.at("arxiv") == "2401.00001");
  const Paper ads = only(R"({"response":{"docs":[{"bibcode":"2020ApJ","title":["Stars"],"abstract":"They shine.","author":["Example, Ann"],"pub":"ApJ","identifier":["2020ApJ","arXiv:2001.00001","10.3847/1538-4357/abcd"]}]}})");
  CHECK(ads.ids.at("arxiv") == "2001.00001");
  CHECK(ads.ids.at("doi") == "10.3847/1538-4357/abcd");
  CHECK(ads.venue == "ApJ");
  const Paper summary = only(R"({"result":{"uids":["34567890"],"34567890":{"uid":"34567890","title":"Beads.","articleids":[{"idtype":"pubmed","value":"34567890"},{"idtype":"doi","value":"10.1038/beads"}]}}})");
  CHECK(summary.ids.at("pmid") == "34567890");
  CHECK(summary.ids.at("doi") == "10.1038/beads");
}

TEST_CASE("json: messages of a chat are no papers", "[json]") {
  CHECK(run(R"([{"type":"message","user":"U1","ts":"1.1","text":"lunch?"},{"type":"message","user":"U2","ts":"1.2","text":"Yes, in an hour, with the people from the second floor."}])").papers.empty());
}
