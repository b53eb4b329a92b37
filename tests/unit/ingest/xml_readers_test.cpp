// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "support/data.hpp"
#include "unit/ingest/markup_test.hpp"

using namespace digest;
using namespace digest::test;

namespace {

constexpr std::string_view kArxivFeed = R"(<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <link href="http://arxiv.org/api/query?search_query=all:beads"/>
  <opensearch:totalResults>7</opensearch:totalResults><opensearch:startIndex>5</opensearch:startIndex><opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <entry>
    <id>http://arxiv.org/abs/2501.00002v3</id>
    <title>Counting beads
  with small  models</title>
    <summary>  We count $O(n)$ beads &amp; stop.
  Then we count again.
</summary>
    <published>2025-01-03T10:00:00Z</published>
    <author><name>Mary Example</name><affiliation>Bead Lab</affiliation></author>
    <author><name>Paul \"Uberall</name></author>
    <link href="http://arxiv.org/abs/2501.00002v3" rel="alternate"/>
    <link href="http://arxiv.org/pdf/2501.00002v3" rel="related" title="pdf"/>
    <category term="cs.LG"/><category term="I.2.7"/>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/Beads</arxiv:doi>
  </entry>
  <entry><id>http://arxiv.org/abs/hep-th/9901001v1</id><title>Second</title><summary>Short.</summary></entry>
</feed>
)";

std::string rss(std::string_view items) { return "<?xml version='1.0'?>\n<rss version='2.0'><channel><title>feed</title>\n" + std::string(items) + "</channel></rss>\n"; }

}  // namespace

TEST_CASE("an arXiv API feed gives papers with ids, authors, subjects and the page's own count") {
  REQUIRE(name_of(kArxivFeed) == "arxiv-atom");
  const Gathered all = read(kArxivFeed);
  REQUIRE(all.papers.size() == 2);
  const Paper& paper = all.papers[0];
  CHECK(paper.title == "Counting beads with small models");
  CHECK(paper.abstract == "We count $O(n)$ beads & stop. Then we count again.");
  CHECK(paper.authors == std::vector<std::string>{"Mary Example", "Paul \xC3\x9C" "berall"});
  CHECK(paper.date == "2025-01-03");
  CHECK(paper.categories == std::vector<std::string>{"cs.LG"});
  CHECK(paper.ids.at("doi") == "10.1000/Beads");
  CHECK(paper.urls.front() == "http://arxiv.org/abs/2501.00002v3");
  CHECK(paper.sources.front().line == 5);
  CHECK(all.papers[1].sources.front().line == 20);
  CHECK(all.stated == std::vector<std::uint64_t>{2});
  CHECK(same_in_pieces(kArxivFeed));
}

TEST_CASE("an error feed of the arXiv API is a problem, not a paper") {
  const Gathered all = read(R"(<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://arxiv.org/api/query?id_list=abc"/>
<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title><summary>incorrect id format for abc</summary></entry></feed>)");
  CHECK(all.papers.empty());
  REQUIRE(all.said("api-error-feed"));
  CHECK(all.problems[0].message.find("incorrect id format") != std::string::npos);
}

TEST_CASE("arXiv's RSS announcements lose their prefix") {
  const std::string text = rss(R"(<item><title>Beads</title><link>https://arxiv.org/abs/2501.00002</link>
<description>arXiv:2501.00002v1 Announce Type: replace-cross 
Abstract: We count beads.</description><guid isPermaLink="false">oai:arXiv.org:2501.00002v1</guid><category>cs.CV</category><category>68T07</category>
<pubDate>Fri, 20 Jun 2025 00:00:00 -0400</pubDate><dc:creator>A. One, B. Two</dc:creator></item>
<item><title>Old style. (arXiv:1111.11111v1 [astro-ph.GA] UPDATED)</title><description>&lt;p&gt;Stars &lt;i&gt;shine&lt;/i&gt;.&lt;/p&gt;</description></item>)");
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].abstract == "We count beads.");
  CHECK(all.papers[0].authors == std::vector<std::string>{"A. One", "B. Two"});
  CHECK(all.papers[0].date == "2025-06-20");
  CHECK(all.papers[0].categories == std::vector<std::string>{"cs.CV"});
  CHECK(all.papers[0].ids.at("arxiv").substr(0, 10) == "2501.00002");
  CHECK(all.papers[1].title == "Old style");  // the feed's own full stop
  CHECK(all.papers[1].abstract == "Stars shine.");
  CHECK(all.papers[1].categories == std::vector<std::string>{"astro-ph.GA"});
  CHECK(same_in_pieces(text));
}

TEST_CASE("a holiday's feed has no papers and says so") {
  const Gathered all = read(rss(""));
  CHECK(all.papers.empty());
  CHECK(all.problems.empty());
  CHECK(all.stated == std::vector<std::uint64_t>{0});
}

TEST_CASE("feeds of PubMed, of Nature and of bioRxiv") {
  const Gathered pubmed = read(rss(R"(<item><title>Beads in bowls</title><guid isPermaLink="false">pubmed:123</guid><description>CONCLUSIONS: Nine.</description>
<content:encoded><![CDATA[<div><p style="x">J Beads. 2025 Jan 5. doi: 10.1/x.</p><p><b>ABSTRACT</b></p><p xmlns:xlink="y"><b>AIM:</b> To count.</p><p><b>CONCLUSIONS:</b> Nine.</p><p style="x">PMID:<a href="z">123</a></p></div>]]></content:encoded>
<dc:creator>Mary Example</dc:creator><dc:creator>Paul Other</dc:creator><dc:identifier>pmid:123</dc:identifier><dc:identifier>doi:10.1/x.y</dc:identifier></item>)"));
  REQUIRE(pubmed.papers.size() == 1);
  CHECK(pubmed.papers[0].ids.at("pmid") == "123");
  CHECK(pubmed.papers[0].ids.at("doi") == "10.1/x.y");
  CHECK(pubmed.papers[0].authors.size() == 2);
  CHECK(pubmed.papers[0].abstract.find("AIM: To count.") != std::string::npos);
  CHECK(pubmed.papers[0].abstract.find("PMID") == std::string::npos);
  CHECK(pubmed.papers[0].abstract.find("J Beads") == std::string::npos);
  const Gathered nature = read(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Nature</title></channel>
<item rdf:about="https://www.nature.com/articles/1"><title><![CDATA[Beads]]></title><content:encoded><![CDATA[<p>Nature, Published online: 05 January 2025; <a href="q">doi:10.1038/1</a></p>A summary.]]></content:encoded>
<dc:title><![CDATA[Beads]]></dc:title><prism:doi>10.1038/s1</prism:doi><dc:date>2025-01-05</dc:date></item></rdf:RDF>)");
  REQUIRE(nature.papers.size() == 1);
  CHECK(nature.papers[0].abstract == "A summary.");
  CHECK(nature.papers[0].abstract_is_partial);
  CHECK(nature.papers[0].ids.at("doi") == "10.1038/s1");
  CHECK(nature.papers[0].urls == std::vector<std::string>{"https://www.nature.com/articles/1"});
  const Gathered biorxiv = read(rss("<item><title>Beads</title><description><![CDATA[<p>We count.</p>]]></description><dc:creator><![CDATA[Example, M., Other, P. Q.]]></dc:creator></item>"));
  CHECK(biorxiv.papers[0].abstract == "We count.");
  CHECK(biorxiv.papers[0].authors.size() == 2);
}

TEST_CASE("a structured abstract keeps all its parts, inline tags vanish without a space") {
  const std::string text = R"(<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">123</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2024</Year><Month>03</Month><Day>7</Day></PubDate></JournalIssue><Title>J Beads</Title></Journal>
<ArticleTitle>H<sub>2</sub>O in <i>Haliaeetus leucocephalus</i>.</ArticleTitle><ELocationID EIdType="doi">10.1/x.y</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Bald eagle (<i>H. l.</i>) data.</AbstractText><AbstractText Label="RESULTS">P &lt; 0.01.</AbstractText>
<CopyrightInformation>Copyright</CopyrightInformation></Abstract>
<AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName><Initials>J</Initials></Author><Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>
</Article><OtherAbstract><AbstractText>Autre.</AbstractText></OtherAbstract></MedlineCitation>
<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9/cited</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>456</PMID><Book><BookTitle>The Book</BookTitle><PubDate><Year>2009</Year></PubDate></Book></BookDocument></PubmedBookArticle></PubmedArticleSet>)";
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 2);
  CHECK(all.papers[0].title == "H2O in Haliaeetus leucocephalus.");
  CHECK(all.papers[0].abstract == "BACKGROUND: Bald eagle (H. l.) data.\n\nRESULTS: P < 0.01.");
  CHECK(all.papers[0].authors == std::vector<std::string>{"Jane Doe", "The Group"});
  CHECK(all.papers[0].date == "2024-03-07");
  CHECK(all.papers[0].ids == std::map<std::string, std::string>{{"doi", "10.1/x.y"}, {"pmid", "123"}});
  CHECK(all.papers[1].title == "The Book");
  CHECK(same_in_pieces(text));
}

TEST_CASE("front matter is no paper and fixed case leaves no gap") {
  const Gathered all = read(R"(<collection id="2019.test"><volume id="1"><meta><booktitle>Proceedings</booktitle><month>July</month><year>2019</year></meta>
<frontmatter><title>Front</title><url>2019.test-1.0</url></frontmatter>
<paper id="1"><title><fixed-case>F</fixed-case>rame<fixed-case>N</fixed-case>et at work</title><author><first>A</first><last>B</last></author><url>2019.test-1.1</url></paper></volume></collection>)");
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].title == "FrameNet at work");
  CHECK(all.papers[0].authors == std::vector<std::string>{"A B"});
  CHECK(all.papers[0].date == "2019-07");
  CHECK(all.papers[0].venue == "Proceedings");
  CHECK(all.papers[0].ids.at("acl") == "2019.test-1.1");
}

TEST_CASE("EndNote XML") {
  const Gathered all = read(R"(<xml><records><record><titles><title><style face="normal">Beads and </style><style face="italic">glass</style></title></titles>
<contributors><authors><author><style>Doe, J</style></author></authors></contributors><dates><year><style>2015</style></year></dates>
<abstract><style>Text.</style></abstract><electronic-resource-num><style>https://doi.org/10.1/z</style></electronic-resource-num></record></records></xml>)");
  REQUIRE(all.papers.size() == 1);
  CHECK(all.papers[0].title == "Beads and glass");
  CHECK(all.papers[0].date == "2015");
  CHECK(all.papers[0].ids.at("doi") == "10.1/z");
}

TEST_CASE("papers before a cut are kept and the cut is told") {
  const std::string text = rss("<item><title>One</title></item>\n<item><title>Two</title></item>\n<item><title>Three</title></item>");
  const std::size_t third = text.find("<item><title>Three");
  const Gathered all = read(text.substr(0, third + 15));
  CHECK(all.papers.size() == 2);
  REQUIRE(all.problems.size() == 1);
  CHECK(all.problems[0].code == "truncated-input");
  CHECK(all.problems[0].severity == Severity::error);
  CHECK(all.problems[0].skipped_record);
  CHECK(all.problems[0].line == 5);
}

TEST_CASE("a damaged record costs itself only") {
  const std::string text = rss("<item><title>One</title></item>\n<item><title>A < B && C</title></item>\n<item><title>Three</title></item>\n<item></title></item><item><title>Five</title></item>");
  const Gathered all = read(text);
  REQUIRE(all.papers.size() == 3);
  CHECK(all.papers[1].title == "Three");
  CHECK(all.papers[1].sources[0].line == 5);
  CHECK(all.papers[2].title == "Five");
  REQUIRE(all.problems.size() == 2);
  CHECK(all.problems[0].code == "bad-xml");
  CHECK(all.problems[0].line == 4);
  CHECK(same_in_pieces(text));
}

TEST_CASE("records without a common root, documents one after another, control characters and unknown entities") {
  CHECK(read("<PubmedArticle><ArticleTitle>A</ArticleTitle></PubmedArticle>\n<PubmedArticle><ArticleTitle>B</ArticleTitle></PubmedArticle>").papers.size() == 2);
  const Gathered twice = read(rss("<item><title>One</title></item>") + rss("<item><title>Two</title></item>"));
  CHECK(twice.papers.size() == 2);
  CHECK(twice.problems.empty());
  const Gathered odd = read("\n\n" + rss("<item><title>Caf&eacute;\x01 &nbsp;au&foo;lait</title></item>"));
  REQUIRE(odd.papers.size() == 1);
  CHECK(odd.papers[0].title.substr(0, 8) == "Caf\xC3\xA9 au");
}

TEST_CASE("entities are never expanded and nothing outside the document is read") {
  std::string bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'm'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]>" + std::string("<rss><channel><item><title>&l;</title></item></channel></rss>");
  const Gathered all = read(bomb);
  CHECK(all.said("bad-xml"));
  for (const Paper& paper : all.papers) CHECK(paper.title.size() < 100);
  const Gathered outside = read("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>T&x;</title></item></channel></rss>");
  REQUIRE(outside.papers.size() == 1);
  CHECK(outside.papers[0].title.find("root") == std::string::npos);
  const Gathered repeated = read("<!DOCTYPE rss [<!ENTITY x \"" + std::string(1000, 'x') + "\">]><rss><channel><item><title>T&x;&x;</title></item></channel></rss>");
  REQUIRE(repeated.papers.size() == 1);
  CHECK(repeated.papers[0].title.size() < 20);
}

TEST_CASE("hostile XML costs neither stack nor memory") {
  std::string deep = "<rss><channel><item><title>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  CHECK(read(deep).papers.empty());
  const std::string wide = "<rss><channel><item><title x=\"" + std::string(20U << 20, '>') + "\">T</title></item></channel></rss>";
  CHECK(read(wide, 65536).said("bad-xml"));
  const std::string fat = rss("<item><title>" + std::string(12U << 20, 'x') + "</title></item><item><title>Next</title></item>");
  const Gathered all = read(fat, 65536);
  CHECK(all.papers.back().title == "Next");
  std::string roots;
  for (int i = 0; i < 20'000; ++i) roots += "<PubmedArticle><<";
  CHECK(read(roots).papers.empty());
}

TEST_CASE("damaged XML is told in the same lines however it was cut") {
  const std::string good = "\n<item>\n<title>Good</title>\n</item>";
  for (const char* damage : {"<item\n x='>'\n\n x='2'><title>Twice</title></item>",  // the tag began in an earlier piece
                             "<item><title>Mixed</item\n\n>", "<item><title a='>\n\n'\n b=<>Sign</title></item>", "<item\1><title>Control</tle></item>",
                             "<?xml version='1.0' ?><!-- > \n -- >", "\n\n<item><title>End</title>\n<<"}) {
    INFO(damage);
    CHECK(same_in_pieces("<rss><channel>" + good + damage + good + "</channel></rss>"));
    CHECK(same_in_pieces("<rss><channel>" + good + damage));
    CHECK(read("<rss><channel>" + good + damage + good + "</channel></rss>", 7).papers.back().title == "Good");
  }
}

TEST_CASE("samples from outside: XML") {
  DIGEST_NEEDS(folder, "samples/");
  const auto papers = [&](const char* name) { return read(read_file(folder + name)).papers.size(); };
  CHECK(papers("acl-xml/2020.framenet-part1.xml") == 3);
  CHECK(papers("arxiv-atom/query-testing-0-10.xml") == 10);
  CHECK(papers("arxiv-rss/filtered-feed-2025-10-17.xml") == 31);
  CHECK(papers("arxiv-rss/cs.CV-rebuilt.xml") == 10);
  CHECK(papers("arxiv-rss/physics-empty-holiday.xml") == 0);
  CHECK(papers("pubmed/jabref.MedlineImporterTestNbib.xml") == 2);
  CHECK(papers("endnote/jabref.EndnoteXmlImporterTestArticle.xml") == 1);
}

TEST_CASE("pubmed-xml: a chapter's authors are not those who edited the book", "[pubmed-xml]") {
  const std::string people = "<AuthorList><Author><LastName>Itor</LastName><ForeName>Ed</ForeName></Author></AuthorList>";
  const std::string own = "<AuthorList><Author><LastName>Example</LastName><ForeName>Mary</ForeName></Author></AuthorList>";
  const auto book = [&](const std::string& authors) { return "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>1</PMID><Book><BookTitle>Beads</BookTitle>" + people + "</Book><ArticleTitle>Counting</ArticleTitle>" + authors + "</BookDocument></PubmedBookArticle></PubmedArticleSet>"; };
  CHECK(run(book(own)).papers.at(0).authors == std::vector<std::string>{"Mary Example"});
  CHECK(run(book("")).papers.at(0).authors == std::vector<std::string>{"Ed Itor"});
}

TEST_CASE("rss: a mirror whose ids lead to the papers", "[rss]") {
  const auto found = run("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title><item><title>Counting Beads</title><link>https://mirror.example.org/p/1</link><guid>https://huggingface.co/papers/2503.00001</guid><description>We count.</description></item></channel></rss>");
  REQUIRE(found.papers.size() == 1);
  CHECK(found.papers[0].ids.at("arxiv") == "2503.00001");
}

TEST_CASE("feeds of publishers: names, journal, day and DOI of a description are no abstract") {
  const auto item = [](std::string_view inside) { return read("<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>x</title><item><title>[ASAP] Beads</title><link>https://publisher.example/1</link>" + std::string(inside) + "</item></channel></rss>"); };
  struct Case {
    std::string publisher, inside, abstract;
    std::vector<std::string> authors;
    std::string venue, doi, date;
  };
  const std::vector<Case> cases = {
      {"ACS", "<description>&lt;p&gt;&lt;img src=\"x.gif\"/&gt;&lt;/p&gt;&lt;div&gt;&lt;cite&gt;Journal of Beads&lt;/cite&gt;&lt;/div&gt;&lt;div&gt;DOI: 10.1000/x.1&lt;/div&gt;</description>", "", {}, "Journal of Beads", "10.1000/x.1", ""},
      {"APS", "<description>&lt;p&gt;Author(s): Ann One, Bo Two, and Cy Three&lt;/p&gt;&lt;p&gt;We count beads.&lt;/p&gt;&lt;img src=\"x\" /&gt;&lt;br /&gt;[J. Beads 132, 090601] Published Tue Feb 27, 2024</description>", "We count beads.", {"Ann One", "Bo Two", "Cy Three"}, "", "", ""},
      {"OUP", "<description>&lt;span class=\"x\"&gt;&lt;div class=\"boxTitle\"&gt;Abstract&lt;/div&gt;We count beads.&lt;/span&gt;</description>", "We count beads.", {}, "", "", ""},
      {"PLOS", "<description>&lt;p&gt;by Ann One, Bo Two&lt;/p&gt;\n\nWe count beads. By hand.</description>", "We count beads. By hand.", {"Ann One", "Bo Two"}, "", "", ""},
      {"RSC", "<description>&lt;div&gt;&lt;i&gt;J. Beads&lt;/i&gt;, 2024, &lt;b&gt;60&lt;/b&gt;,2000-2003&lt;br/&gt;&lt;b&gt;DOI&lt;/b&gt;: 10.1000/x.2, Communication&lt;/div&gt;&lt;div&gt;Ann One, Bo Two&lt;br/&gt;We count beads.&lt;/div&gt;&lt;div&gt;The content of this RSS Feed (c) A Society&lt;/div&gt;</description>", "We count beads.", {"Ann One", "Bo Two"}, "J. Beads", "10.1000/x.2", ""},
      {"ScienceDirect", "<description>&lt;p&gt;Publication date: Available online 20 May 2026&lt;/p&gt;&lt;p&gt;&lt;b&gt;Source:&lt;/b&gt; Beads, Volume 328&lt;/p&gt;&lt;p&gt;Author(s): Ann One, Bo Two&lt;/p&gt;</description>", "", {"Ann One", "Bo Two"}, "Beads", "", "2026-05-20"},
      {"Taylor & Francis", "<description>Volume 11, Issue 1, December 2024&lt;br/&gt;. &lt;br/&gt;</description><author>Ann One a Department of Beads, University of X, Y</author>", "", {"Ann One"}, "", "", ""},
      {"Wiley", "<description>Journal of Beads, Volume 105, Issue 3, Page 323-340, March 2024. </description><content:encoded>&lt;h2&gt;Abstract&lt;/h2&gt;\n&lt;p&gt;We count beads.&lt;/p&gt;</content:encoded>", "We count beads.", {}, "Journal of Beads", "", ""},
      {"names", "<description>We count beads.</description><author>Jane Doe, Jos\xC3\xA9 Ortega y Gasset, John Roe</author>", "We count beads.", {"Jane Doe", "Jos\xC3\xA9 Ortega y Gasset", "John Roe"}, "", "", ""},
      {"headings", "<description>&lt;p&gt;Source: Beads Today, Volume 3&lt;/p&gt;&lt;p&gt;Deep Learning&lt;/p&gt;&lt;p&gt;We count beads.&lt;/p&gt;</description>", "Deep Learning\n\nWe count beads.", {}, "Beads Today", "", ""},
      {"sentences", "<description>&lt;p&gt;Available online tools are many.&lt;/p&gt;&lt;p&gt;We count beads.&lt;/p&gt;</description>", "Available online tools are many.\n\nWe count beads.", {}, "", "", ""},
      {"others", "<description>We count, since Volume 11, all beads of 2019, 2020, 2021</description>", "We count, since Volume 11, all beads of 2019, 2020, 2021", {}, "", "", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.publisher);
    const auto found = item(each.inside);
    REQUIRE(found.papers.size() == 1);
    const Paper& paper = found.papers[0];
    CHECK(paper.title == "Beads");
    CHECK(paper.abstract == each.abstract);
    CHECK(paper.authors == each.authors);
    CHECK(paper.venue == each.venue);
    CHECK((paper.ids.count("doi") == 0 ? std::string() : paper.ids.at("doi")) == each.doi);
    CHECK(paper.date == each.date);
  }
}
