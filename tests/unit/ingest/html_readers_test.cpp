// SPDX-License-Identifier: MIT
#include "ingest/readers/html_guard.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"
#include "unit/ingest/markup_test.hpp"

using namespace digest;
using namespace digest::test;

namespace {

using Names = std::vector<std::string>;

std::string page(std::string_view body) { return "<!doctype html>\n<html><head><title>x</title></head><body>\n" + std::string(body) + "\n</body></html>\n"; }

const std::string kLong = "We count beads of many colours with a very small model and report how the error falls as the number of beads grows, which it does slowly at first and then all at once, on every bowl that we tried.";

}  // namespace

TEST_CASE("a Scholar alert: target of the redirect, byline, partial abstract") {
  const std::string text = page(R"(<style>.gse_alrt_title{x:y}</style><h3><span>[PDF]</span> <a href="https://scholar.google.de/scholar_url?url=https://arxiv.org/pdf/2501.00002%3Fa%3Db&amp;hl=de&amp;sa=X" class="gse_alrt_title" style="x">Counting <b>bead</b>s</a></h3>
<div style="color:#006621">A One, B Two… - Journal of Beads, 2019</div><div class="gse_alrt_sni">We count <br>beads &amp; stop …</div>
<h3><a href="https://x.org/1" class="gse_alrt_title">Second</a></h3><div>C Three - 2020</div><div class="gse_alrt_sni">Text …</div>)");
  REQUIRE(name_of(text) == "scholar");
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 2);
  const Paper& paper = all.papers[0];
  CHECK(paper.title == "Counting beads");
  CHECK(paper.urls == Names{"https://arxiv.org/pdf/2501.00002?a=b"});
  CHECK(paper.authors == Names{"A One", "B Two"});
  CHECK(paper.venue == "Journal of Beads");
  CHECK(paper.date == "2019");
  CHECK(paper.abstract_is_partial);
  CHECK(paper.abstract.substr(0, 20) == "We count beads & sto");
  CHECK(paper.sources[0].line == 3);
  CHECK(all.papers[1].date == "2020");
  CHECK(all.papers[1].sources[0].line == 5);
  CHECK(same_in_pieces(text));
}

TEST_CASE("an arXiv list: pairs of dt and dd, the count that the page states") {
  const std::string text = page(R"(<h3>Showing new listings for Friday, 10 January 2025</h3><dl id='articles'><h3>New submissions (showing 2 of 2 entries)</h3>
<dt><a name='item1'>[1]</a> <a href ="/abs/2501.00002" title="Abstract" id="2501.00002">arXiv:2501.00002</a> [<a href="/pdf/2501.00002">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> Counting $n$ beads</div>
<div class='list-authors'><a href="/a">Mary Example</a>, <a href="/b">Paul Other</a></div>
<div class='list-subjects'><span class='descriptor'>Subjects:</span> <span class="primary-subject">Computation and Language (cs.CL)</span>; Machine Learning (cs.LG)</div>
<p class='mathjax'>We count beads.</p></div></dd>
<dt><a href="/abs/hep-th/9901001v2">arXiv:hep-th/9901001</a></dt><dd><div class='list-title'>Title: Strings</div></dd></dl>)");
  REQUIRE(name_of(text) == "arxiv-html");
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Counting $n$ beads");
  CHECK(all.papers[0].authors == Names{"Mary Example", "Paul Other"});
  CHECK(all.papers[0].categories == Names{"cs.CL", "cs.LG"});
  CHECK(all.papers[0].abstract == "We count beads.");
  CHECK(all.papers[0].ids.at("arxiv") == "2501.00002");
  CHECK(all.papers[0].date == "2025-01-10");
  CHECK(all.papers[0].sources[0].line == 4);
  CHECK(all.papers[1].title == "Strings");
  CHECK(all.papers[1].ids.at("arxiv").substr(0, 14) == "hep-th/9901001");
  CHECK(all.stated == std::vector<std::uint64_t>{2});
}

TEST_CASE("a piece of an arXiv list, without its frame") {
  const Gathered all = read("Showing new listings\n<dt><a href=\"/abs/2501.00002\">x</a></dt>\n<dd><div class='list-title'>Title: T</div></dd><dt><a href=\"/abs/2501.00003\">x</a></dt><dd><div class='list-title'>Title: U</div></dd>");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[1].ids.at("arxiv") == "2501.00003");
}

TEST_CASE("formulas of a page saved after MathJax drew them are there once, as they were written") {
  const auto drawn = [](std::string_view shown, std::string_view tex) { return "<span class=\"MathJax_Preview\" style=\"x\"></span><span class=\"MathJax\" id=\"M-1-Frame\"><nobr><span class=\"math\">" + std::string(shown) + "</span></nobr><span class=\"MJX_Assistive_MathML\"><math><mi>" + std::string(shown) + "</mi></math></span></span><script type=\"math/tex\" id=\"M-1\">" + std::string(tex) + "</script>"; };
  const Gathered all = read(page("<meta name=\"citation_arxiv_id\" content=\"2501.00002\"><h1 class=\"title mathjax\">Bounds on " + drawn("Lp", "L^p") + " norms</h1><div class=\"authors\"><a>Mary Example</a></div>"
                                 "<blockquote class=\"abstract mathjax\">We bound " + drawn("p&gt;2", "p < 2 \\& q") + " norms.</blockquote><script>var math;</script>"));
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].title == "Bounds on $L^p$ norms");
  CHECK(all.papers[0].abstract == "We bound $p < 2 \\& q$ norms.");
}

TEST_CASE("an abstract page of arXiv from before it had meta elements") {
  std::string text = page(R"(<div id="abs"><h1 class="title"><span class="descriptor">Title:</span>
Beads on strings</h1><div class="authors"><span class="descriptor">Authors:</span> <a href="/find/hep-th/1/au:+One_A/0">Ann One</a></div>
<div class="dateline">(Submitted on 27 Nov 1997 (<a href="/abs/hep-th/9711200v1">v1</a>), last revised 22 Jan 1998 (this version, v3))</div>
<blockquote class="abstract"><span class="descriptor">Abstract:</span>
We count beads.</blockquote><table><tr><td class="label">Subjects: </td><td>High Energy Physics - Theory (hep-th)</td></tr>
<tr><td class="label">Journal&nbsp;reference: </td><td>J.Beads 2:231,1998</td></tr><tr><td class="label">DOI: </td><td><a href="/ct?url=x">10.1000/Beads.7</a></td></tr>
</table></div>)");
  text.replace(text.find("<title>x"), 8, "<title>[hep-th/9711200] Beads on strings");
  const Gathered found = read(text);
  REQUIRE(found.papers.size() == 1);
  const Paper& paper = found.papers[0];
  CHECK(paper.title == "Beads on strings");
  CHECK(paper.abstract == "We count beads.");
  CHECK(paper.authors == Names{"Ann One"});
  CHECK(paper.ids.at("arxiv") == "hep-th/9711200");
  CHECK(paper.ids.at("doi") == "10.1000/beads.7");
  CHECK(paper.venue == "J.Beads 2:231,1998");
  CHECK(paper.date == "1997-11-27");
  CHECK(paper.categories == Names{"hep-th"});
}

TEST_CASE("a search result of arXiv: its first version's day, its journal and its DOI") {
  const Gathered found = read(page(R"(<ol><li class="arxiv-result"><p class="list-title"><a href="https://arxiv.org/abs/cs/0112017">arXiv:cs/0112017</a></p>
<span class="tag is-dark">doi</span><span class="tag is-light"><a href="https://doi.org/10.1000/x.1">10.1000/x.1 <i></i></a></span>
<p class="title is-5 mathjax">Beads in libraries</p><p class="authors"><a href="/search/?x">Ann One</a></p>
<p class="is-size-7">Submitted 2 March, 2022; <span>v1</span> submitted 14 December, 2001; <span>originally announced</span> December 2001.</p>
<p class="comments is-size-7"><span>Journal ref:</span> J. Beads 13, 1 (2002)</p></li></ol>)"));
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].date == "2001-12-14");
  CHECK(found.papers[0].venue == "J. Beads 13, 1 (2002)");
  CHECK(found.papers[0].ids.at("doi") == "10.1000/x.1");
}

TEST_CASE("an arXiv abstract page and search results") {
  const Gathered abs = read(page(R"(<meta name="citation_arxiv_id" content="2501.00002"><h1 class="title mathjax"><span class="descriptor">Title:</span>Beads</h1>
<div class="authors"><a>Mary Example</a></div><div class="dateline">[Submitted on 3 Jan 2025 (v1)]</div><blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>We count.</blockquote>)"));
  REQUIRE(abs.papers.size() == 1);
  CHECK(abs.papers[0].title == "Beads");
  CHECK(abs.papers[0].abstract == "We count.");
  CHECK(abs.papers[0].date == "2025-01-03");
  const Gathered found = read(page(R"(<ol><li class="arxiv-result"><p class="list-title is-inline-block"><a href="https://arxiv.org/abs/2501.00002">arXiv:2501.00002</a></p>
<div class="tags"><span class="tag is-small">cs.CL</span></div><p class="title is-5">Beads</p><p class="authors">Authors: <a>A B</a></p>
<p class="abstract"><span class="abstract-short">We…</span><span class="abstract-full">We count. <a>△ Less</a></span></p><p class="is-size-7">Submitted 3 January, 2025; originally announced January 2025.</p></li></ol>)"));
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].abstract == "We count.");
  CHECK(found.papers[0].categories == Names{"cs.CL"});
  CHECK(found.papers[0].date == "2025-01-03");
}

TEST_CASE("Hugging Face pages: the JSON in their attributes, else the articles") {
  const Gathered all = read(page(R"(<a href="https://huggingface.co/papers">x</a><div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:[{&quot;paper&quot;:{&quot;id&quot;:&quot;2501.00002&quot;,&quot;title&quot;:&quot;Beads \\alpha&quot;,&quot;summary&quot;:&quot;We &amp;lt; count.&quot;}}],&quot;x&quot;:1}"></div>)"));
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].ids.at("arxiv") == "2501.00002");
  CHECK(all.papers[0].abstract.substr(0, 4) == "We <");
  const Gathered articles = read(page("<a href=\"https://huggingface.co/papers\">x</a><article><h3><a href=\"/papers/2501.00002\">Beads</a></h3><p>" + kLong + "</p></article>"));
  REQUIRE(articles.papers.size() == 1);
  CHECK(articles.papers[0].title == "Beads");
  CHECK(articles.papers[0].abstract == kLong);
}

TEST_CASE("a PubMed mail") {
  const Gathered all = read(page("<p>PubMed results</p><table><tr><td><a href=\"https://pubmed.ncbi.nlm.nih.gov/123456/?utm=x\">Counting beads in very small bowls.</a></td></tr><tr><td>Example M, Other P.</td></tr>"
                                 "<tr><td>J Beads. 2025 Jan 5;1(1):1-9. doi: 10.1000/x.1.</td></tr><tr><td>PMID: 123456</td></tr><tr><td>" + kLong + "</td></tr></table>"));
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].ids.at("pmid") == "123456");
  CHECK(all.papers[0].ids.at("doi") == "10.1000/x.1");
  CHECK(all.papers[0].date == "2025-01-05");
  CHECK(all.papers[0].abstract == kLong);
}

TEST_CASE("any page: the publisher's meta tags, or titles and abstracts in turn") {
  const Gathered meta = read("<html><head><meta name=\"citation_title\" content=\"Beads &amp; bowls\"><meta name=\"citation_author\" content=\"Example, Mary\"><meta name='citation_doi' content='10.1000/x.1'>"
                             "<meta name=citation_publication_date content=2025/01/05></head><body><div class=\"abstract\"><h2>Abstract</h2><p>We count.</p></div></body></html>");
  REQUIRE(meta.papers.size() == 1);
  CHECK(meta.papers[0].title == "Beads & bowls");
  CHECK(meta.papers[0].ids.at("doi") == "10.1000/x.1");
  CHECK(meta.papers[0].abstract == "We count.");
  const Gathered blocks = read(page("<h2>Counting Beads With Small Models</h2>\n\n<p>" + kLong + "</p>\n<h2>Counting Bowls With Large Models</h2><p>" + kLong + " Again.</p>"));
  REQUIRE(blocks.papers.size() == 2);
  CHECK(blocks.papers[0].title == "Counting Beads With Small Models");
  CHECK(blocks.papers[0].sources[0].line == 3);
  CHECK(blocks.papers[1].sources[0].line == 6);
}

TEST_CASE("hostile HTML costs neither stack nor time nor memory") {
  for (const std::string_view tag : {"<div>", "<b x=1>", "<li><dd>", "<a href=x>", "<table><tr><td>", "<p><button>", "<span/", "<x y=\"", "<!--", "<svg>", "<i><p>"}) {
    std::string text = "<html><body>";
    for (int i = 0; i < 100'000; ++i) text += tag;
    CHECK(read(text).papers.empty());
  }
  std::string attributes = "<html><body><div ";
  for (int i = 0; i < 100'000; ++i) attributes += "a" + std::to_string(i) + "=1 href=" + std::to_string(i) + " ";
  CHECK(read(attributes + ">x</div>").papers.empty());
  CHECK(read(page(std::string(40U << 20, 'x')), 65536).said("too-long"));
  std::string many = "<html><body>";
  for (int i = 0; i < 300'000; ++i) many += "<br>";
  CHECK(read(many).said("too-long"));
}

TEST_CASE("the guard keeps text, structure and line ends") {
  const auto guarded = ingest::guard_html("a<script>\nif (a<b) \"</div>\"\n</script>b<!--\n<p>-->c<div class=\"x\" style='y' onclick=z>d</div></div><b>e</b> 1 < 2<p hidden>f");
  CHECK(guarded.html == "<!doctype html>a\n\nb\nc<div class=\"x\">d</div>e 1 &lt; 2<p>f");
  CHECK_FALSE(guarded.cut);
}

TEST_CASE("samples from outside: HTML") {
  DIGEST_NEEDS(folder, "samples/");
  for (const char* name : {"scholar-alert/unread-1.html", "scholar-alert/unread-2.html"}) {
    const Gathered all = read(read_file(folder + name));
    CHECK(all.papers.size() == 3);
    for (const Paper& paper : all.papers) CHECK((!paper.abstract.empty() && !paper.authors.empty() && paper.urls.size() == 1));
  }
}

TEST_CASE("a web page without papers is said to be one") {
  const Gathered all = run("<html><body><p>Hello.</p></body></html>");
  CHECK(all.papers.empty());
  CHECK(all.said("no-papers"));
  CHECK_FALSE(all.report.recognised);
}

TEST_CASE("a table of contents in HTML: links that are titles, and the names below them") {
  std::string mail = "<html><body><a href=\"https://links.example.org/0\">View this mail in your own browser</a><h2>Nature Beads</h2>";
  const std::vector<std::string> titles = {"Beads: counting with small models", "Pouring water with robots that see", "Strings and beads together form a knot", "The long history of counting by hand"};
  for (const std::string& title : titles) mail += "<p><a href=\"https://links.example.org/" + title.substr(0, 3) + "\"><span>" + title + "</span></a></p><div>Ann Example, Bo Other &amp; Cy Third</div>";
  const Gathered all = run(mail + "<a href=\"https://links.example.org/9\">Unsubscribe</a></body></html>");
  REQUIRE(all.papers.size() == 4);
  CHECK(all.papers[0].title == titles[0]);
  CHECK(all.papers[3].authors == std::vector<std::string>{"Ann Example", "Bo Other", "Cy Third"});
  CHECK(all.papers[1].urls == std::vector<std::string>{"https://links.example.org/Pou"});
  CHECK(all.said("no-abstract"));
}

TEST_CASE("a mail of tables: title, authors, a score, and a summary with its label") {
  const auto table = [](const std::string& title, const std::string& id) {
    return "<table><tr><td style=\"font-weight: bold\">" + title + "</td></tr><tr><td>Ann Example, Bo Other, ..., Cy Third<br><i>University of Beads</i></td></tr><tr><td><strong>Relevance:</strong> 4</td></tr>"
           "<tr><td><strong>TLDR:</strong> We study the counting of beads by small models trained on little data, and beyond nine they guess; a change of the loss repairs it.</td></tr>"
           "<tr><td><a href=\"https://arxiv.org/pdf/" + id + "\">PDF</a></td></tr></table><br>";
  };
  const Gathered all = run("<!DOCTYPE HTML><html><body>" + table("Beads: Counting with Small Models", "2503.00001") + table("Pouring Water with Robots", "2503.00002") + "<div>To unsubscribe, see the settings.</div></body></html>");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Beads: Counting with Small Models");
  CHECK(all.papers[0].authors == std::vector<std::string>{"Ann Example", "Bo Other", "Cy Third"});
  CHECK(all.papers[0].abstract.starts_with("We study"));
  CHECK(all.papers[1].ids.at("arxiv") == "2503.00002");
  CHECK(all.report.skipped == 0);
}

TEST_CASE("Scholar alerts as other programs forward them, and as they were before 2017") {
  const std::string item = R"(<h3><a href="https://scholar.google.de/scholar_url?url=https://arxiv.org/pdf/2503.00001&amp;hl=de" class="m_-12gse_alrt_title">Beads: <b>Counting</b></a></h3>
<div style="color:#006621">A Example, B Other… - arXiv preprint, 2025</div><div class="m_-12gse_alrt_sni">We study the counting of beads by <br>small models …</div><div><table><tr><td><a href="x">save</a></td></tr></table></div>)";
  const std::string bare = R"(<h3><a href="https://scholar.google.de/scholar_url?url=https://x.org/2&amp;hl=de">Pouring Water</a></h3><div>C Third - Nature, 2025</div><div>Water between cups is a hard task for robots that see …</div>)";
  const Gathered all = run("<div>Forwarded message</div>" + item + bare);
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Beads: Counting");
  CHECK(all.papers[0].abstract == "We study the counting of beads by small models …");
  CHECK(all.papers[1].authors == std::vector<std::string>{"C Third"});
  CHECK(all.papers[1].abstract_is_partial);
  CHECK(all.papers[1].urls == std::vector<std::string>{"https://x.org/2"});
  const Gathered old = run(R"(<html><body><h3><a href="http://scholar.google.com/scholar_url?hl=en&amp;q=http://arxiv.org/pdf/1403.0001&amp;sa=X">Beads: Counting</a></h3><font size="-1"><font color="#006621">A Example - Journal, 2014</font><br>Abstract: We study beads ...</font><br>
<h3><a href="http://scholar.google.com/scholar_url?hl=en&amp;q=http://x.org/2&amp;sa=X">Pouring Water</a></h3><font>C Third - Nature, 2014<br>Water ...</font></body></html>)");
  REQUIRE(old.papers.size() == 2);
  CHECK(old.papers[0].venue == "Journal");
  CHECK(old.papers[0].date == "2014");
  CHECK(old.papers[0].abstract == "We study beads ...");
  CHECK(old.papers[0].ids.at("arxiv") == "1403.0001");
}

TEST_CASE("Scholar alerts as plain text") {
  const std::string mail = "\"Beads: Counting\nof Small Things\"\nA Example, B Other… - arXiv preprint, 2025\nWe study the counting\nof beads …\n<https://scholar.google.com/scholar_url?url=https://arxiv.org/pdf/2503.00001&hl=en>\n\n"
                           "[PDF] Pouring Water\nC Third - Nature, 2025\nWater …\n<https://scholar.google.com/scholar_url?url=https://x.org/2&hl=en>\n\nThis message was sent by Google Scholar.\n";
  const Gathered all = run(mail);
  CHECK(all.report.format == "scholar-text");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Beads: Counting of Small Things");
  CHECK(all.papers[0].abstract == "We study the counting of beads …");
  CHECK(all.papers[0].ids.at("arxiv") == "2503.00001");
  CHECK(all.papers[1].title == "Pouring Water");
}

// Result pages and lists of sites that have a class for everything.
TEST_CASE("a list of a known site: titles, names and abstracts go where they belong", "[html]") {
  struct Site {
    std::string name, first, second;
    std::size_t authors;
    std::string abstract, date, id;
  };
  const std::vector<Site> sites = {
      {"ACL",
       "<p class=d-flex><span class='d-block list-button-row'><a class='badge align-middle' href='/2024.beads-1.0.pdf'>pdf</a></span><span class=d-block><strong><a class=align-middle href=/2024.beads-1.0/>Proceedings of Beads</a></strong><br><a href=/people/e/>Ed Itor</a></span></p>"
       "<p class=d-flex><span class='d-block list-button-row'><a class='badge align-middle' href='/2024.beads-1.1.pdf'>pdf</a><a class=badge href='#a1'>abs</a></span><span class=d-block><strong><a class=align-middle href=/2024.beads-1.1/>Counting Beads with Small Models</a></strong><br><a href=/people/m/>Mary Example</a> | <a href=/people/p/>Paul Other</a></span></p><div class='card abstract-collapse' id=a1><div>We count beads.</div></div>",
       "<p class=d-flex><span class=d-block><strong><a class=align-middle href=/2024.beads-1.2/>Beads Without Strings</a></strong><br><a href=/people/s/>Solo Author</a></span></p><div class='card abstract-collapse' id=a2><div>There are none.</div></div>",
       2, "We count beads.", "", "acl"},
      {"Scholar",
       "<div class='gs_r'><div class=gs_ri><h3 class='gs_rt'><span class=gs_ctc>[PDF]</span> <a href='https://arxiv.org/abs/2503.00001'>Counting Beads with Small Models</a></h3><div class=gs_a>M Example, P Other - J. Beads, 2025 - beads.org</div><div class=gs_rs>We count beads.</div><div class=gs_fl><a>Cited by 17</a></div></div></div>",
       "<div class='gs_r'><div class=gs_ri><h3 class='gs_rt'><a href='https://arxiv.org/abs/2503.00002'>Beads Without Strings</a></h3><div class=gs_a>S Author - 2024 - beads.org</div></div></div>", 2, "We count beads.", "2025", "arxiv"},
      {"PubMed",
       "<article class=full-docsum><a class=docsum-title href='/34265844/'>Counting Beads with Small Models.</a><div><span class='docsum-authors full-authors'>Example M, Other P.</span><span class='docsum-journal-citation full-journal-citation'>J Beads. 2025 Mar 4;1(1):1-9. doi: 10.1000/beads.1. Epub 2025.</span><span>PMID: <span class=docsum-pmid>34265844</span></span></div><div class=full-view-snippet>We count beads.</div><div class=short-view-snippet>We ...</div></article>",
       "<article class=full-docsum><a class=docsum-title href='/34265845/'>Beads Without Strings.</a></article>", 2, "We count beads.", "2025-03-04", "pmid"},
      {"NeurIPS", "<ul><li class=conference><a title='paper title' href='/paper/1'>Counting Beads with Small Models</a> <i>Mary Example, Paul Other</i></li>",
       "<li class=conference><a title='paper title' href='/paper/2'>Beads Without Strings</a> <i>Solo Author</i></li></ul>", 2, "", "", ""},
      {"PMLR", "<div class=paper><p class=title>Counting Beads with Small Models</p><p class=details><span class=authors>Mary Example,&nbsp;Paul Other</span>; <span class=info>PMLR 1:1-9</span></p><p class=links>[<a href='https://proceedings.mlr.press/v1/a.html'>abs</a>]</p></div>",
       "<div class=paper><p class=title>Beads Without Strings</p><p class=details><span class=authors>Solo Author</span></p></div>", 2, "", "", ""},
      {"DBLP", "<ul><li class='entry informal'><cite><span itemprop=author><a>Mary Example</a></span>, <span itemprop=author><a>Paul Other</a></span>:<br><span class=title itemprop=name>Counting Beads with Small Models.</span></cite></li>",
       "<li class='entry article'><cite><span itemprop=author>Solo Author</span>: <span class=title>Beads Without Strings.</span></cite></li></ul>", 2, "", "", ""},
      {"papers.cool", "<div class=paper><h2 class=title><a id=t1 class=title-link href='/arxiv/2503.00001'>Counting Beads with Small Models</a> <a class=title-pdf>[PDF<sup>12</sup>]</a></h2><p class=authors><a class=author>Mary Example</a>, <a class=author>Paul Other</a></p><p class=summary>We count beads.</p><p class='metainfo date'>Publish: 2025-03-04 17:59:59 UTC</p></div>",
       "<div class=paper><h2 class=title><a class=title-link href='/arxiv/2503.00002'>Beads Without Strings</a></h2><p><a class=author>Solo Author</a></p></div>", 2, "We count beads.", "2025-03-04", "arxiv"},
  };
  for (const Site& site : sites) {
    INFO(site.name);
    const auto found = run("<!DOCTYPE html><html><head><title>Results</title></head><body><h1>Results</h1>" + site.first + site.second + "<p>About us, and what else we say.</p></body></html>");
    REQUIRE(found.papers.size() == 2);
    const auto words = [](std::string title) { return title.ends_with('.') ? title.substr(0, title.size() - 1) : title; };
    CHECK(words(found.papers[0].title) == "Counting Beads with Small Models");
    CHECK(found.papers[0].authors.size() == site.authors);
    CHECK(found.papers[0].authors.back().find("Other") != std::string::npos);
    CHECK(found.papers[0].authors.back().find('.') == std::string::npos);
    CHECK(found.papers[0].abstract == site.abstract);
    CHECK(found.papers[0].date == site.date);
    if (!site.id.empty()) CHECK(found.papers[0].ids.count(site.id) == 1);
    CHECK(words(found.papers[1].title) == "Beads Without Strings");
  }
}

TEST_CASE("an alert of a publisher: names, days and DOIs in the lines below a title, buttons and front matter are no papers") {
  const Gathered all = run("<html><body><table><tr><td>Journal of Beads, Volume 1, Issue 3</td></tr>"
                           "<tr><td><a href=\"https://publisher.example/doi/10.1000/b.0?campaign=toc\">Issue Information</a></td></tr><tr><td>Pages: 1-2</td></tr>"
                           "<tr><td><a href=\"https://publisher.example/doi/10.1000/b.1?campaign=toc\">Counting beads</a><br>Ann Example*, +3 authors, Bo Other<br>Pages: 3-4 | First Published: 11 October 2023<br>"
                           "<a href=\"https://publisher.example/doi/10.1000/b.1\">Abstract</a> <a href=\"https://publisher.example/doi/pdf/10.1000/b.1\">Download PDF</a></td></tr>"
                           "<tr><td><a href=\"https://publisher.example/doi/10.1000/b.2?campaign=toc\">Strings without beads</a></td></tr><tr><td>Cy Third</td></tr><tr><td>Open Access</td></tr>"
                           "<tr><td>You have been sent this table of contents because you asked for it. You can change your alerts at any time by saying so on the page where all of your alerts are listed.</td></tr></table></body></html>");
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "Counting beads");
  CHECK(all.papers[0].authors == Names{"Ann Example", "Bo Other"});
  CHECK(all.papers[0].date == "2023-10-11");
  CHECK(all.papers[0].ids.at("doi") == "10.1000/b.1");
  CHECK(all.papers[1].title == "Strings without beads");
  CHECK(all.papers[1].authors == Names{"Cy Third"});
  CHECK(all.papers[1].ids.at("doi") == "10.1000/b.2");
}

TEST_CASE("a Scholar alert forwarded by a program that drops classes and puts spans around links") {
  const Gathered all = read(page(R"(<h3 style="margin:0"><span style="font-size:11pt"><a href="https://scholar.google.de/scholar_url?url=https://x.org/1&amp;hl=de"><span>Counting beads</span></a></span></h3>
<div><p class="MsoNormal"><span style="color:#006621">A One, B Two - Journal of Beads, 2019</span></p></div><div><p class="MsoNormal">We count beads of many colours and stop ...</p></div>)"));
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].title == "Counting beads");
  CHECK(all.papers[0].authors == Names{"A One", "B Two"});
  CHECK(all.papers[0].urls == Names{"https://x.org/1"});
}

TEST_CASE("a PubMed mail whose lines are parted by line breaks") {
  const Gathered all = read(page("<p>PubMed results</p><table><tr><td>1.</td><td><a href=\"https://pubmed.ncbi.nlm.nih.gov/123456/?utm=x\">Counting beads in very small bowls.</a><br>Example M, Other P.<br>"
                                 "J Beads. 2025 Jan 5;1(1):1-9. doi: 10.1000/x.1.<br>PMID: 123456<br><b>Abstract</b><br>" + kLong + "<br>RESULTS: None.</td></tr></table>"));
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].authors == Names{"Example M", "Other P"});
  CHECK(all.papers[0].date == "2025-01-05");
  CHECK(all.papers[0].ids.at("doi") == "10.1000/x.1");
  CHECK(all.papers[0].abstract == kLong + " RESULTS: None.");
}

TEST_CASE("a table of contents: few titles are enough if each has its DOI, and the DOI is kept", "[html]") {
  const std::string item = "<tr><td><h3><a href='https://click.example.org/a'>Counting Beads with Small Models</a></h3><p>Mary Example, Paul Other</p><p>doi:10.1000/beads.1</p></td></tr>";
  const std::string other = "<tr><td><h3><a href='https://click.example.org/b'>Beads Without Strings or Any Model</a></h3><p>doi:10.1000/beads.2</p></td></tr>";
  const auto found = run("<html><body><table><tr><td><h2>Journal of Beads</h2></td></tr>" + item + other + "</table></body></html>");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Mary Example", "Paul Other"});
  CHECK(found.papers[1].ids.at("doi") == "10.1000/beads.2");
}

TEST_CASE("a list of links: titles that begin like buttons, corrections of one title, a journal below a title", "[html]") {
  const auto found = run("<html><body><a href=\"https://doi.org/10.1000/a.1\">Supplementary motor area in speech</a><br><a href=\"https://doi.org/10.1000/a.2\">HTML generation with models</a><br>"
                         "<a href=\"https://doi.org/10.1000/a.2\">Supplementary material</a><br><a href=\"https://doi.org/10.1000/a.2\">PDF (2 MB)</a><br>"
                         "<a href=\"https://doi.org/10.1000/a.3\">Correction to: Beads on a string in modern time</a><br><a href=\"https://doi.org/10.1000/a.4\">Correction to: Beads on a string in modern time</a><br>"
                         "<a href=\"https://doi.org/10.1000/a.5\">Beads and strings in ordinary time</a><br>Nature Chemistry<br>Jane Doe, John Roe<br></body></html>");
  REQUIRE(found.papers.size() == 5);
  CHECK(found.papers[1].title == "HTML generation with models");
  CHECK(found.papers[4].authors == std::vector<std::string>{"Jane Doe", "John Roe"});
}

TEST_CASE("a preview of a formula takes no words of the page with it", "[html]") {
  const Gathered all = read(page("<a href=\"https://arxiv.org/abs/2401.00001\">Beads of <span class=\"MathJax_Preview\">x</span> and words <span class=\"MathJax\">y</span><script type=\"math/tex\">x</script> in bowls</a><p>" + kLong + "</p>"
                                 "<a href=\"https://arxiv.org/abs/2401.00002\">Pots of beads and other things</a><p>" + kLong + "</p>"));
  REQUIRE_FALSE(all.papers.empty());
  CHECK(all.papers[0].title.find("and words") != std::string::npos);
}

TEST_CASE("bookmarks: pages of papers by what the browser called them, no others", "[html]") {
  const auto found = run("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3>Papers</H3>\n<DL><p>\n"
                         "<DT><A HREF=\"https://arxiv.org/abs/2401.00001\" ADD_DATE=\"1700000001\">[2401.00001] Counting Beads with Small Models</A>\n"
                         "<DT><A HREF=\"https://www.nature.com/articles/s41586-021-00001-2\">Beads on a string, counted by hand | Nature Methods | Nature</A>\n"
                         "<DT><A HREF=\"https://news.example.org/\">Bead News</A>\n<DT><A HREF=\"https://cooks.example.org/pasta\">How to cook perfect pasta every single time</A>\n"
                         "<DT><A HREF=\"https://openreview.net/forum?id=AbCdEf\">Bowls of Beads and Other Vessels | OpenReview</A>\n</DL><p>\n</DL><p>\n");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].title == "Counting Beads with Small Models");
  CHECK(found.papers[1].title == "Beads on a string, counted by hand");
  CHECK(found.papers[1].authors.empty());
  CHECK(found.papers[2].title == "Bowls of Beads and Other Vessels");
}

TEST_CASE("lists of publishers and of a person's papers", "[html]") {
  struct Sample {
    const char *html, *title, *author, *date, *url;
  };
  const std::vector<Sample> samples = {
      {"<table><tr class='gsc_a_tr'><td class='gsc_a_t'><a href='/citations?view_op=view_citation&amp;citation_for_view=x:y' class='gsc_a_at'>Counting beads in bowls</a><div class='gs_gray'>A Doe, B Roe</div>"
       "<div class='gs_gray'>J Beads 3, 6-7<span class='gs_oph'>, 2018</span></div></td><td class='gsc_a_y'><span class='gsc_a_h gsc_a_hc gs_ibl'>2018</span></td></tr></table>",
       "Counting beads in bowls", "A Doe", "2018", "https://scholar.google.com/citations?view_op=view_citation&citation_for_view=x:y"},
      {"<ol><li class='app-card-open'><h3 class='app-card-open__heading'><a class='app-card-open__link' href='/article/10.1007/s10000-024-00001-1'><span>Counting beads in bowls</span></a></h3>"
       "<div class='app-card-open__description'><p>We count...</p></div><span data-test='authors'>A. Doe, B. Roe</span><span data-test='published'>03 March 2024</span></li></ol>",
       "Counting beads in bowls", "A. Doe", "2024-03-03", "https://link.springer.com/article/10.1007/s10000-024-00001-1"},
      {"<ol><li><h2><a class='anchor result-list-title-link' href='/science/article/pii/S0000000024000011'><span>Counting beads in bowls</span></a></h2><span class='srctitle-date-fields'>March 2024</span>"
       "<ol class='Authors'><li><span class='author'>A. Doe</span></li><li><span class='author'>B. Roe</span></li></ol></li></ol>",
       "Counting beads in bowls", "A. Doe", "2024-03", "https://www.sciencedirect.com/science/article/pii/S0000000024000011"},
      {"<ul><li class='search__item'><div class='item__body'><h2 class='meta__title'><span class='hlFld-Title'><a href='/doi/10.1002/bead.1' class='publication_title visitable'>Counting beads in bowls</a></span></h2>"
       "<ul class='meta__authors'><li><a class='publication_contrib_author'>A. Doe</a>, </li><li><a class='publication_contrib_author'>B. Roe</a></li></ul><span class='meta__epubDate'>First published: 03 March 2024</span></div></li></ul>",
       "Counting beads in bowls", "A. Doe", "2024-03-03", "https://onlinelibrary.wiley.com/doi/10.1002/bead.1"},
      {"<div class='article-content'><a class='title-link' href='/2076-3417/1/1/1'>Counting beads in bowls</a><div class='authors'>by <span class='inlineblock'><strong>A. Doe</strong></span> and <span><strong>B. Roe</strong></span></div>"
       "<div class='abstract-full'>We count beads.</div></div>",
       "Counting beads in bowls", "A. Doe", "", "https://www.mdpi.com/2076-3417/1/1/1"},
  };
  for (const Sample& sample : samples) {
    CAPTURE(sample.html);
    const auto found = run(std::string("<html><body>") + sample.html + "</body></html>");
    REQUIRE(found.papers.size() == 1);
    CHECK(found.papers[0].title == sample.title);
    REQUIRE(found.papers[0].authors.size() == 2);
    CHECK(found.papers[0].authors[0] == sample.author);
    CHECK(found.papers[0].date == sample.date);
    CHECK(found.papers[0].urls.front() == sample.url);
  }
}

TEST_CASE("a page of references: publications, an encyclopedia's", "[html]") {
  const auto own = run("<html><body><h1>Publications</h1><ol><li>Doe, J., Roe, B., &amp; Poe, C. (2017). Counting beads in bowls. <i>Advances in Beads</i>, 30. <a href='https://arxiv.org/abs/1706.00001'>arXiv</a></li>"
                       "<li>Roe, B., &amp; Doe, J. (2022). Strings: why beads are strung on them. <i>Journal of Strings</i>, 596, 583-589.</li></ol><p>Last changed in 2024.</p></body></html>");
  REQUIRE(own.papers.size() == 2);
  CHECK(own.papers[0].title == "Counting beads in bowls");
  CHECK(own.papers[0].authors == std::vector<std::string>{"Doe, J.", "Roe, B.", "Poe, C."});
  CHECK(own.papers[0].ids.at("arxiv") == "1706.00001");
  CHECK(own.papers[1].venue == "Journal of Strings");
  const std::string cite = "<li><span class='backlink'><a href='#r'>^</a></span> <cite>Doe, Jane; Roe, Bob (2021). <a href='https://doi.org/10.1000/beads.1'>\"Highly accurate counting of beads\"</a>. <i>Nature</i>. <b>596</b>: 583-589.</cite></li>";
  const auto wiki = run("<html><body><ol class='references'>" + cite + "<li>Poe, Carl (2020). \"Beads and the people who count them\". <i>Beads</i>. 1: 2-3. doi:10.1000/beads.2.</li></ol></body></html>");
  REQUIRE(wiki.papers.size() == 2);
  CHECK(wiki.papers[0].title == "Highly accurate counting of beads");
  CHECK(wiki.papers[0].authors == std::vector<std::string>{"Doe, Jane", "Roe, Bob"});
  CHECK(wiki.papers[0].ids.at("doi") == "10.1000/beads.1");
  CHECK(wiki.papers[1].date == "2020");
}

TEST_CASE("html: an alert's own addresses carry the DOI", "[html]") {
  std::string page = "<html><body>";
  for (const char* item : {"1\">Counting Beads on Long Strings", "2\">A Survey of Strings for Jewellers", "3\">Deep Learning for Necklaces"}) {
    page += std::string("<p><a href=\"https://www.mendeley.com/suggest/doc?doi=10.1016%2Fj.beads.2025.") + item + "</a><br>Example M, Other P</p>";
  }
  const auto found = run(page + "</body></html>");
  REQUIRE(found.papers.size() == 3);
  CHECK(found.papers[0].ids.at("doi") == "10.1016/j.beads.2025.1");
  CHECK(found.papers[0].urls == std::vector<std::string>{"https://doi.org/10.1016/j.beads.2025.1"});
  CHECK(found.papers[2].ids.at("doi") == "10.1016/j.beads.2025.3");
}

TEST_CASE("html: a list whose items are title, names and abstract between line breaks", "[html]") {
  const std::string abstract = "We count beads on long strings with small transformers and show that counting is hard, that strings are long, and that transformers are small.";
  const auto found = run("<html><body><h1>Papers this week</h1><ul><li><b>Counting Beads on Long Strings</b><br>Maria Example, Peter Other<br>" + abstract +
                         "</li><li><b>A Survey of Strings</b><br>John Doe<br>" + abstract + "</li></ul></body></html>");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads on Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example", "Peter Other"});
  CHECK(found.papers[0].abstract == abstract);
  CHECK(found.papers[1].title == "A Survey of Strings");
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe"});
  CHECK(found.papers[1].abstract == abstract);
}

TEST_CASE("html: below a linked title, a name and those it stands for are its authors", "[html]") {
  const std::string about = "The authors count beads on long strings and find that it is hard; we liked the part about small transformers, which is new and may be useful.";
  const auto found = run("<html><body><h3><a href=\"https://arxiv.org/abs/2503.01234\">Counting Beads on Long Strings</a></h3><p>Maria Example et al.</p><p>" + about +
                         "</p><h3><a href=\"https://arxiv.org/abs/2503.01235\">A Survey of Strings</a></h3><p>John Doe</p><p>" + about + "</p></body></html>");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads on Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example"});
  CHECK(found.papers[1].title == "A Survey of Strings");
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe"});
}

TEST_CASE("html: ResearchGate's mails have dots between names", "[html]") {
  const std::string at = "<table><tr><td><a href=\"https://www.researchgate.net/publication/38900000";
  const auto found = run("<html><body>" + at + "1_Counting\">Counting Beads on Long Strings</a></td></tr><tr><td>Article \xC2\xB7 Mar 2025</td></tr><tr><td>Maria Example \xC2\xB7 Peter Other</td></tr></table>" + at +
                         "2_Survey\">A Survey of Strings for Jewellers</a></td></tr><tr><td>Preprint \xC2\xB7 Feb 2025</td></tr><tr><td>John Doe \xC2\xB7 Richard Roe</td></tr></table></body></html>");
  REQUIRE(found.papers.size() == 2);
  CHECK(found.papers[0].title == "Counting Beads on Long Strings");
  CHECK(found.papers[0].authors == std::vector<std::string>{"Maria Example", "Peter Other"});
  CHECK(found.papers[0].date == "2025-03");
  CHECK(found.papers[1].authors == std::vector<std::string>{"John Doe", "Richard Roe"});
}
