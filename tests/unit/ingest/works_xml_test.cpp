// SPDX-License-Identifier: MIT
#include "support/catch.hpp"
#include "unit/ingest/markup_test.hpp"

using namespace digest;
using namespace digest::test;

namespace {

using Names = std::vector<std::string>;

Paper only(const std::string& xml) {
  const Gathered all = read(xml);
  REQUIRE(name_of(xml) == "xml");
  REQUIRE(all.papers.size() == 1);
  CHECK(same_in_pieces(xml));
  return all.papers[0];
}

std::string harvested(const std::string& records) {
  return "<?xml version=\"1.0\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords>\n" + records + "</ListRecords></OAI-PMH>\n";
}

}  // namespace

TEST_CASE("OAI-PMH in Dublin Core: remarks are no abstract, deleted records are said") {
  const std::string xml = harvested(R"(<record><header><identifier>oai:arXiv.org:2401.00001</identifier></header><metadata>
 <oai_dc:dc xmlns:oai_dc="x" xmlns:dc="y"><dc:title>Beads</dc:title><dc:creator>Example, Ann</dc:creator><dc:creator>Other, Bo</dc:creator><dc:subject>Learning</dc:subject>
 <dc:description>Comment: 4 pages</dc:description><dc:description>We count
beads.</dc:description><dc:date>2024-01-01</dc:date><dc:date>2024-02-02</dc:date><dc:identifier>http://arxiv.org/abs/2401.00001</dc:identifier><dc:identifier>doi:10.1000/x.1</dc:identifier></oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:x:2</identifier></header></record>
)");
  const Paper paper = only(xml);
  CHECK(paper.title == "Beads");
  CHECK(paper.abstract == "We count beads.");
  CHECK(paper.authors == Names{"Example, Ann", "Other, Bo"});
  CHECK(paper.date == "2024-01-01");
  CHECK(paper.ids.at("arxiv") == "2401.00001");
  CHECK(paper.ids.at("doi") == "10.1000/x.1");
  CHECK(read(xml).said("deleted"));
}

TEST_CASE("OAI-PMH in arXiv's own two schemas") {
  const Paper parsed = only(harvested(R"(<record><header><identifier>oai:arXiv.org:0704.0002</identifier></header><metadata><arXiv xmlns="a"><id>0704.0002</id><created>2007-03-30</created>
 <authors><author><keyname>Example</keyname><forenames>Ann</forenames></author><author><keyname>Group</keyname></author></authors><title>Beads</title><categories>math.CO cs.CG</categories><abstract>We count.</abstract></arXiv></metadata></record>)"));
  CHECK(parsed.authors == Names{"Ann Example", "Group"});
  CHECK(parsed.categories == Names{"math.CO", "cs.CG"});
  CHECK(parsed.date == "2007-03-30");
  const Paper raw = only(harvested(R"(<record><header><identifier>oai:arXiv.org:0704.0001</identifier></header><metadata><arXivRaw xmlns="a"><id>0704.0001</id><version version="v1"><date>Mon, 02 Apr 2007 19:18:42 GMT</date></version>
 <version version="v2"><date>Tue, 24 Jul 2007 20:10:27 GMT</date></version><title>Beads</title><authors>A. Example, B. Other</authors><abstract>We count.</abstract></arXivRaw></metadata></record>)"));
  CHECK(raw.authors == Names{"A. Example", "B. Other"});
  CHECK(raw.date == "2007-04-02");
}

TEST_CASE("JATS: the abstract proper, authors without editors, the most exact date") {
  const Paper paper = only(R"(<?xml version="1.0"?><!DOCTYPE article PUBLIC "x" "JATS.dtd"><article><front><journal-meta><journal-title-group><journal-title>J Beads</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">12345678</article-id><article-id pub-id-type="doi">10.1000/x.1</article-id><title-group><article-title>Beads in <italic>E. coli</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Example</surname><given-names>Ann</given-names></name></contrib><contrib contrib-type="author"><collab>The Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Chief</surname><given-names>E</given-names></name></contrib></contrib-group>
<pub-date pub-type="collection"><year>2011</year></pub-date><pub-date pub-type="epub"><day>2</day><month>8</month><year>2011</year></pub-date>
<abstract abstract-type="graphical"><p>A picture.</p></abstract><abstract><sec><title>Background</title><p>We <bold>count</bold>.</p></sec><sec><title>Results</title><p>Nine.</p></sec></abstract>
</article-meta></front><body><sec><title>Introduction</title><p>Long ago.</p></sec></body><back><ref-list><ref><element-citation><article-title>Other</article-title></element-citation></ref></ref-list></back></article>)");
  CHECK(paper.title == "Beads in E. coli");
  CHECK(paper.abstract == "Background We count. Results Nine.");
  CHECK(paper.authors == Names{"Ann Example", "The Group"});
  CHECK(paper.date == "2011-08-02");
  CHECK(paper.venue == "J Beads");
  CHECK(paper.ids.at("pmid") == "12345678");
}

TEST_CASE("Europe PMC, DBLP, MODS, DataCite, Zotero's RDF") {
  CHECK(only(R"(<responseWrapper><hitCount>1</hitCount><resultList><result><id>1</id><pmid>12345678</pmid><title>Beads.</title><authorString>Example A, Other B.</authorString><pubYear>2024</pubYear><abstractText>We count.</abstractText></result></resultList></responseWrapper>)").abstract == "We count.");
  const Paper dblp = only(R"(<dblp><article key="journals/corr/abs-1"><author>Ann Example</author><title>Beads.</title><journal>CoRR</journal><year>2024</year><ee>https://arxiv.org/abs/2401.00001</ee></article></dblp>)");
  CHECK(dblp.ids.at("source") == "journals/corr/abs-1");
  CHECK(dblp.venue == "CoRR");
  const Paper numbered = only(R"(<dblp><inproceedings key="conf/x/1"><author>Wei Example 0001</author><author>Agent 007</author><title>Why count beads?</title></inproceedings></dblp>)");
  CHECK(numbered.authors == Names{"Wei Example", "Agent 007"});
  CHECK(numbered.title == "Why count beads?");
  CHECK(dblp.title == "Beads");
  CHECK(only(R"(<result><hits total="1"><hit><info><authors><author>Ann Example</author></authors><title>Beads.</title><year>2023</year></info></hit></hits></result>)").authors == Names{"Ann Example"});
  const Paper mods = only(R"(<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>Beads</title><subTitle>Counting</subTitle></titleInfo><titleInfo type="alternative"><title>Alt</title></titleInfo>
 <name><namePart type="family">Example</namePart><namePart type="given">Ann</namePart></name><relatedItem type="host"><titleInfo><title>Proc</title></titleInfo></relatedItem><abstract>We count.</abstract></mods></modsCollection>)");
  CHECK(mods.title == "Beads: Counting");
  CHECK(mods.authors == Names{"Ann Example"});
  CHECK(mods.venue == "Proc");
  CHECK(only(R"(<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">10.5281/zenodo.1</identifier><creators><creator><creatorName>Example, Ann</creatorName></creator></creators><titles><title>Beads</title></titles><publicationYear>2020</publicationYear></resource>)").date == "2020");
  CHECK(only(R"(<rdf:RDF xmlns:rdf="r" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="d" xmlns:bib="b" xmlns:foaf="f"><bib:Article rdf:about="http://x.org/a"><bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Example</foaf:surname><foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors><dc:title>Beads</dc:title></bib:Article><bib:Journal rdf:about="j"><dc:title>J</dc:title></bib:Journal></rdf:RDF>)").authors == Names{"Ann Example"});
}

TEST_CASE("TEI: a paper's header, not its body") {
  const Paper tei = only(R"(<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title level="a" type="main">Beads</title></titleStmt>
 <publicationStmt><publisher>P</publisher><date type="published" when="2017-12-06">6 Dec 2017</date></publicationStmt>
 <sourceDesc><biblStruct><analytic><author><persName><forename type="first">Ann</forename><forename type="middle">B</forename><surname>Example</surname></persName></author>
 <author><persName><forename type="first">Paul</forename><surname>Other</surname></persName></author><title>Beads</title></analytic>
 <monogr><title level="j">J Beads</title></monogr><idno type="DOI">10.1000/beads.1</idno><idno type="arXiv">arXiv:2401.00001v2[cs.LG]</idno></biblStruct></sourceDesc></fileDesc>
 <profileDesc><abstract><div><head>Abstract</head><p>We count.</p></div></abstract></profileDesc></teiHeader><text><body><div><head>Introduction</head><p>Counting is old.</p></div>
 <listBibl><biblStruct><analytic><title>Old</title></analytic></biblStruct></listBibl></body></text></TEI>)");
  CHECK(tei.title == "Beads");
  CHECK(tei.abstract == "We count.");
  CHECK(tei.authors == Names{"Ann B Example", "Paul Other"});
  CHECK(tei.date == "2017-12-06");
  CHECK(tei.venue == "J Beads");
  CHECK(tei.ids.at("doi") == "10.1000/beads.1");
}

TEST_CASE("OAI-PMH and JATS: what stands behind a name is part of it") {
  CHECK(only(harvested("<record><metadata><arXiv><id>2503.01234</id><authors><author><keyname>Doe</keyname><forenames>John</forenames><suffix>III</suffix></author>"
                       "<author><keyname>Roe</keyname><forenames>R.</forenames></author></authors><title>Strings</title></arXiv></metadata></record>"))
            .authors == Names{"John Doe III", "R. Roe"});
  CHECK(only("<article><front><article-meta><title-group><article-title>Beads</article-title></title-group><contrib-group><contrib><name><surname>Example</surname><given-names>Maria</given-names>"
             "<suffix>Jr.</suffix></name></contrib><contrib><name><surname>Other</surname><given-names>Peter</given-names></name></contrib></contrib-group></article-meta></front></article>")
            .authors == Names{"Maria Example Jr.", "Peter Other"});
}
