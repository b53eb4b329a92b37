// SPDX-License-Identifier: MIT
#include "ingest/addresses.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/identity.hpp"

#include <digest/limits.hpp>

#include <algorithm>

#include "support/catch.hpp"

using namespace digest;
using namespace digest::ingest;

namespace {

const std::string kAbstract = "We count beads with a very small model and show that it counts to nine without any help from its teachers.";

Paper paper(std::string title, std::string abstract = kAbstract, std::string file = "a.txt", std::uint64_t line = 1) {
  Paper out;
  out.title = std::move(title);
  out.abstract = std::move(abstract);
  out.sources = {Source{std::move(file), line, "page"}};
  return out;
}

Paper with(Paper p, const char* kind, const char* id) {
  p.ids[kind] = id;
  return p;
}

}  // namespace

TEST_CASE("title keys see through case, accents, punctuation and LaTeX", "[identity]") {
  CHECK(title_key("Don't Stop: fine-tuning of LLMs?") == "dontstopfinetuningofllms");
  CHECK(title_key("Poincaré and Łukasz Ørsted's Straße") == title_key("Poincar\\'e and \\L ukasz \\O rsted's Strasse").replace(0, 0, ""));
  CHECK(title_key("{B}ayesian \\emph{Beads} in $R^3$") == "bayesianbeadsinr3");
  CHECK(title_key("Part I") != title_key("Part II"));
  CHECK(title_key("深度学习") == "深度学习");
  CHECK(title_key("!?").empty());
}

TEST_CASE("a DOI ends where the sentence or the markup around it goes on", "[identity]") {
  CHECK(find_doi("see doi:10.1000/xyz.") == "10.1000/xyz");
  CHECK(find_doi("(https://doi.org/10.1000/x(y)z)") == "10.1000/x(y)z");
  CHECK(find_doi("10.1000/xyz<br>more") == "10.1000/xyz");
  CHECK(find_doi("10.1000/xyz<b>a::b</b>") == "10.1000/xyz");
  CHECK(find_doi("10.1002/1097(20010201)91:3<479::AID-CNCR1025>3.0.CO;2-V</a>") == "10.1002/1097(20010201)91:3<479::AID-CNCR1025>3.0.CO;2-V");
  CHECK(find_doi("version 2.10.1000/x").empty());
  CHECK(find_doi("10.1000/").empty());
  CHECK(find_doi("(see 10.1000/x(y)z])).") == "10.1000/x(y)z");
  CHECK(find_doi("10.1000/x" + std::string(200'000, ')')) == "10.1000/x");  // in linear time, as the next
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "10.1000/";
  CHECK(find_doi(many + std::string(400, 'x') + " 10.1000/y") == "10.1000/y");
}

TEST_CASE("a record that says little is known when its file is read again, and is no other's", "[identity]") {
  const auto record = [](const char* title, std::uint64_t line, const char* abstract = "") {
    Paper p = paper(title, abstract);
    p.sources = {{"a.jsonl", line, "jsonl"}};
    return p;
  };
  CHECK(same_paper(record("Editorial", 3), record("Editorial", 3)));
  CHECK_FALSE(same_paper(record("Editorial", 3), record("Editorial", 4)));
  Paper dated = record("Editorial", 3);
  dated.date = "2025";
  Paper later = dated;
  later.date = "2026";
  CHECK_FALSE(same_paper(dated, later));
  Paper by_doe = record("Editorial", 3), by_roe = by_doe;
  by_doe.authors = {"Jane Doe"}, by_roe.authors = {"Ann Roe"};
  CHECK_FALSE(same_paper(by_doe, by_roe));
  Paper here = record("Editorial", 3), there = here;
  here.urls = {"https://a.org/1"}, there.urls = {"https://a.org/2"};
  CHECK_FALSE(same_paper(here, there));
  Paper called = record("Editorial", 9), moved = record("Editorial", 12);
  called.ids["source"] = moved.ids["source"] = "e1";
  CHECK(same_paper(called, moved));
  CHECK(lookup_keys(record("", 1, "We study widgets.")) == std::vector<std::string>{"abstract:westudywidgets"});
  CHECK(paper_id(called, Namesake::of_abstract_too) == paper_id(moved, Namesake::of_abstract_too));  // the same wherever the file lies
  CHECK(paper_id(called, Namesake::of_abstract_too) != paper_id(record("Editorial", 9), Namesake::of_abstract_too));
  CHECK(paper_id(record("Editorial", 3), Namesake::of_all) != paper_id(record("Editorial", 4), Namesake::of_all));
}

TEST_CASE("identifiers are found in links and names, without their versions", "[identity]") {
  const auto ids_of = [](const char* url) {
    Paper p = paper("x");
    p.urls = {url};
    find_identifiers(p);
    return p.ids;
  };
  CHECK(ids_of("https://arxiv.org/abs/2405.15071v3").at("arxiv") == "2405.15071");
  CHECK(ids_of("http://arxiv.org/pdf/hep-th/9901001v1.pdf").at("arxiv") == "hep-th/9901001");
  CHECK(ids_of("https://huggingface.co/papers/2405.15071").at("arxiv") == "2405.15071");
  CHECK(ids_of("https://doi.org/10.48550/arXiv.2405.15071").at("arxiv") == "2405.15071");
  CHECK(ids_of("https://doi.org/10.1000/ABC.1").at("doi") == "10.1000/abc.1");
  CHECK(ids_of("https://doi.org/10.1000/xyz?af=R").at("doi") == "10.1000/xyz");
  CHECK(ids_of("https://doi.org/10.1000/xyz#abstract").at("doi") == "10.1000/xyz");
  CHECK(ids_of("https://doi.org/10.1000/a%3Fb").at("doi") == "10.1000/a?b");
  CHECK(ids_of("https://doi.org/10.1002/(SICI)1097(199704)48:4%3C310::AID-ASI3%3E3.0.CO;2-%23").at("doi") ==
        "10.1002/(sici)1097(199704)48:4<310::aid-asi3>3.0.co;2-#");
  CHECK(ids_of("https://aclanthology.org/2020.framenet-1.2.pdf").at("acl") == "2020.framenet-1.2");
  CHECK(ids_of("https://openreview.net/forum?id=abC-1_x&noteId=2").at("openreview") == "abC-1_x");
  CHECK(ids_of("https://pubmed.ncbi.nlm.nih.gov/12345678/").at("pmid") == "12345678");
  CHECK(ids_of("https://example.com/2405.15071").empty());
  CHECK(ids_of("https://onlinelibrary.wiley.com/doi/full/10.1002/jgt.23044?af=R").at("doi") == "10.1002/jgt.23044");
  CHECK(ids_of("https://www.biorxiv.org/content/10.1101/2024.03.01.582912v1.full.pdf").at("doi") == "10.1101/2024.03.01.582912");
  CHECK(ids_of("https://link.springer.com/content/pdf/10.1007/s10994-023-06401-y.pdf#page=2").at("doi") == "10.1007/s10994-023-06401-y");
  CHECK(ids_of("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0299999&x=1").at("doi") == "10.1371/journal.pone.0299999");
  CHECK(ids_of("https://www.nature.com/articles/s41586-024-07063-2.pdf").at("doi") == "10.1038/s41586-024-07063-2");
  CHECK(ids_of("https://iopscience.iop.org/article/10.1088/1361-6382/ad0001/meta").at("doi") == "10.1088/1361-6382/ad0001");
  CHECK(ids_of("https://www.biorxiv.org/content/10.1101/2024.03.01.582912v1.supplementary-material").at("doi") == "10.1101/2024.03.01.582912");
  CHECK(ids_of("https://www.biorxiv.org/content/10.1101/2024.03.01.582913v2.full.pdf+html").at("doi") == "10.1101/2024.03.01.582913");
  CHECK(ids_of("https://link.springer.com/article/10.1007/s11263-024-0001-1/figures/3").at("doi") == "10.1007/s11263-024-0001-1");
  CHECK(ids_of("https://link.springer.com/article/10.1140/epjc/s10052-024-12345-1").at("doi") == "10.1140/epjc/s10052-024-12345-1");
  CHECK(ids_of("https://www.nature.com/articles/subjects").empty());
  CHECK(ids_of("https://example.com/doi/10.1000/abc").empty());
  CHECK(ids_of("https://link.springer.com/book/10.1007/978-3-030-36808-1").empty());  // of many papers
  Paper named = paper("x");
  named.ids["source"] = "arXiv:math.GT/0309136v2";
  find_identifiers(named);
  CHECK(named.ids.at("arxiv") == "math/0309136");
  CHECK(named.ids.at("source") == "arXiv:math.GT/0309136v2");
}

TEST_CASE("an address is a key of its own where no identifier is in it", "[identity]") {
  CHECK(address_key("HTTP://www.Example.org/A/b/#c") == "url:example.org/A/b");
  CHECK(address_key("https://example.org/?id=1") == "url:example.org/?id=1");
  for (const char* none : {"", "example.org/a", "https://", "mailto:a@b.org"}) CHECK(address_key(none).empty());
  Paper linked = paper("x");
  linked.urls = {"https://arxiv.org/abs/2405.15071", "https://example.org/a"};
  CHECK(address_keys(linked) == std::vector<std::string>{"url:example.org/a"});
  CHECK(keys_of_address("https://doi.org/10.1000/abc") == std::vector<std::string>{"doi:10.1000/abc", "url:doi.org/10.1000/abc", "doi:10.1000/abc"});
  CHECK(keys_of_address("https://a.org/doi/10.1000/abc/full.pdf?x=1") ==
        std::vector<std::string>{"url:a.org/doi/10.1000/abc/full.pdf?x=1", "doi:10.1000/abc/full.pdf", "doi:10.1000/abc/full", "doi:10.1000/abc"});
  CHECK(keys_of_address("https://a.org/arxiv/2405.15071v2") == std::vector<std::string>{"url:a.org/arxiv/2405.15071v2", "arxiv:2405.15071"});
  CHECK(keys_of_address("grokking").empty());
}

TEST_CASE("ids are the strongest key, made short and stable", "[identity]") {
  CHECK(paper_id(with(with(paper("x"), "doi", "10.1/x"), "arxiv", "2405.15071")) == "arxiv:2405.15071");
  CHECK(paper_id(with(paper("x"), "doi", "10.1/x")) == "doi:10.1/x");
  const std::string id = paper_id(paper("Grokking Tickets"));
  CHECK(id.size() == 14);
  CHECK(id.substr(0, 2) == "t:");
  CHECK(id == paper_id(paper("grokking tickets!", "another abstract")));
  CHECK(id != paper_id(paper("Grokking Tickets"), Namesake::of_title));
}

TEST_CASE("what is the same paper", "[identity]") {
  const std::string title = "Counting Beads with Very Small Models";
  CHECK(same_paper(paper(title), paper("counting beads with very small models.", kAbstract + " More.", "b.txt")));
  CHECK(same_paper(paper(title), paper(title, "", "b.txt")));
  CHECK_FALSE(same_paper(paper(title), paper(title, "Something quite different about the economics of rural transport networks.", "b.txt")));
  CHECK_FALSE(same_paper(paper("Editorial", ""), paper("Editorial", "", "b.txt")));
  CHECK(same_paper(paper("Editorial"), paper("Editorial", kAbstract, "b.txt")));
  CHECK_FALSE(same_paper(with(paper(title), "arxiv", "2405.15071"), with(paper(title), "arxiv", "2405.15072")));
  CHECK_FALSE(same_paper(with(paper(title), "doi", "10.1/a"), with(paper(title), "doi", "10.1/b")));
  CHECK(same_paper(with(paper(title), "arxiv", "2405.15071"), paper(title)));
  CHECK(same_paper(with(with(paper(title), "arxiv", "1"), "doi", "10.1/a"), with(with(paper("Other"), "arxiv", "1"), "doi", "10.1/b")));
  CHECK_FALSE(same_paper(with(paper(title), "source", "17"), with(paper(title), "source", "18")));
  Paper elsewhere = with(paper(title, kAbstract, "b.txt"), "source", "18");
  CHECK(same_paper(with(paper(title), "source", "17"), elsewhere));
  Paper a = paper(title, "Quite another text about the same thing, in words of its own."), b = paper(title);
  a.authors = {"Jane Doe", "R. Roe"}, b.authors = {"Doe, J."};
  CHECK(same_paper(a, b));
}

TEST_CASE("limit: addresses and categories of a paper, however many records it is merged of", "[identity][limits]") {
  Paper known = paper("Counting Beads with Very Small Models");
  for (std::size_t i = 0; i < kMaxListed; ++i) {
    Paper other = paper("Counting Beads with Very Small Models");
    other.urls = {"https://example.org/" + std::to_string(1000 + i)};
    other.categories = {"c" + std::to_string(1000 + i)};
    CHECK(merge(known, other));
    CHECK_FALSE(merge(known, other));
  }
  CHECK(known.urls.size() == kMaxListed);
  CHECK(known.categories.size() == kMaxListed);
  Paper other = paper("Counting Beads with Very Small Models");
  other.urls = {"https://example.org/9000"};
  other.categories = {"c9000"};
  CHECK_FALSE(merge(known, other));
  CHECK(known.urls.size() == kMaxListed);
  CHECK(known.categories.size() == kMaxListed);
}

TEST_CASE("merging gives the same paper in every order of arrival", "[identity][property]") {
  Paper page = paper("Counting Beads with Very Small Models", kAbstract, "page.txt", 11);
  page.urls = {"https://github.com/beads/beads"};
  Paper arxiv = paper("COUNTING BEADS WITH VERY SMALL MODELS", kAbstract + " The error is small.", "list.txt", 5);
  arxiv.ids = {{"arxiv", "2501.00002"}};
  arxiv.urls = {"https://arxiv.org/abs/2501.00002"};
  arxiv.authors = {"M. Example", "P. Überall"};
  arxiv.date = "2025-01-03";
  arxiv.categories = {"stat.ML", "cs.LG"};
  Paper alert = paper("Counting Beads with Very Small Models", "We count beads with a very small model ...", "alert.eml", 2);
  alert.abstract_is_partial = true;
  alert.authors = {"Mary Example", "Paul Überall"};
  alert.date = "2025";
  alert.categories = {"cs.LG"};
  alert.venue = "Journal of Beads";
  std::vector<Paper> all = {page, arxiv, alert};
  std::vector<std::size_t> order = {0, 1, 2};
  std::vector<Paper> results;
  do {
    Paper merged = all[order[0]];
    CHECK(merge(merged, all[order[1]]));
    CHECK(merge(merged, all[order[2]]));
    CHECK_FALSE(merge(merged, all[order[0]]));
    CHECK_FALSE(merge(merged, all[order[2]]));
    CHECK(merged.sources.size() == 3);
    merged.sources.clear();
    results.push_back(merged);
  } while (std::next_permutation(order.begin(), order.end()));
  for (const Paper& result : results) CHECK(result == results.front());
  CHECK(results[0].title == page.title);
  CHECK(results[0].abstract == arxiv.abstract);
  CHECK_FALSE(results[0].abstract_is_partial);
  CHECK(results[0].date == "2025-01-03");
  CHECK(results[0].authors == alert.authors);
  CHECK(results[0].categories == arxiv.categories);
  CHECK(results[0].urls.front() == "https://arxiv.org/abs/2501.00002");
}

TEST_CASE("an empty or cut abstract never replaces a whole one", "[identity]") {
  Paper whole = paper("A Title of Some Length", "Whole but short.");
  CHECK_FALSE(merge(whole, paper("A Title of Some Length", "")));
  Paper cut = paper("A Title of Some Length", kAbstract + " and then it was cut ...");
  merge(whole, cut);
  CHECK(whole.abstract == "Whole but short.");
}
