// SPDX-License-Identifier: MIT
// What libraries, archives and publishers call a work, in XML: OAI-PMH (Dublin Core, arXiv, arXivRaw), JATS (PubMed
// Central), Europe PMC, DBLP, MODS, DataCite, Zotero's RDF, Word's bibliographies, TEI (GROBID). One table of paths serves them all,
// since none uses another's. Sources: openarchives.org/OAI/2.0, jats.nlm.nih.gov, loc.gov/standards/mods, dblp.org/faq,
// grobid.readthedocs.io/TEI-encoding-of-results.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "ingest/identifiers.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/readers/xml_parts.hpp"
#include "ingest/readers/xml_reader.hpp"

namespace digest::ingest {
namespace {

enum Field : int {
  kTitle, kSubtitle, kAbstract, kDescription, kAuthor, kAuthorList, kFamily, kGiven, kSuffix, kForename, kNamePart, kYear, kMonth, kDay, kDate, kVenue, kCategory,
  kCategoryList, kId, kDoi, kPmid, kArticleId, kIdentifier, kUrl
};

const XmlGrammar& grammar() {
  static const XmlGrammar works{
      {"record", "article", "result", "inproceedings", "incollection", "phdthesis", "mastersthesis", "proceedings", "book", "www", "info", "mods", "resource",
       "Article", "Book", "BookSection", "Document", "Thesis", "Report", "Source", "teiHeader"},
      {// OAI-PMH
       {"header/identifier", kId},
       {"metadata/dc/title", kTitle}, {"metadata/dc/description", kDescription}, {"metadata/dc/creator", kAuthor}, {"metadata/dc/date", kDate},
       {"metadata/dc/subject", kCategory}, {"metadata/dc/identifier", kIdentifier}, {"metadata/dc/relation", kIdentifier},
       {"metadata/arXiv/id", kId}, {"metadata/arXiv/title", kTitle}, {"metadata/arXiv/abstract", kAbstract}, {"metadata/arXiv/created", kDate},
       {"metadata/arXiv/authors/author/keyname", kFamily}, {"metadata/arXiv/authors/author/forenames", kGiven}, {"metadata/arXiv/authors/author/suffix", kSuffix},
       {"metadata/arXiv/categories", kCategoryList}, {"metadata/arXiv/doi", kDoi}, {"metadata/arXiv/journal-ref", kVenue},
       {"metadata/arXivRaw/id", kId}, {"metadata/arXivRaw/title", kTitle}, {"metadata/arXivRaw/abstract", kAbstract},
       {"metadata/arXivRaw/version/date", kDate}, {"metadata/arXivRaw/authors", kAuthorList}, {"metadata/arXivRaw/categories", kCategoryList},
       {"metadata/arXivRaw/doi", kDoi}, {"metadata/arXivRaw/journal-ref", kVenue},
       // JATS
       {"front/article-meta/title-group/article-title", kTitle}, {"front/article-meta/title-group/subtitle", kSubtitle},
       {"front/article-meta/abstract", kAbstract}, {"front/article-meta/contrib-group/contrib/name/surname", kFamily},
       {"front/article-meta/contrib-group/contrib/name/given-names", kGiven}, {"front/article-meta/contrib-group/contrib/name/suffix", kSuffix}, {"front/article-meta/contrib-group/contrib/collab", kAuthor},
       {"front/article-meta/contrib-group/contrib/name-alternatives/name/surname", kFamily},
       {"front/article-meta/contrib-group/contrib/name-alternatives/name/given-names", kGiven},
       {"front/article-meta/article-id", kArticleId}, {"front/article-meta/pub-date/year", kYear}, {"front/article-meta/pub-date/month", kMonth},
       {"front/article-meta/pub-date/day", kDay}, {"front/journal-meta/journal-title-group/journal-title", kVenue}, {"front/journal-meta/journal-title", kVenue},
       {"front/article-meta/article-categories/subj-group/subject", kCategory},
       // Europe PMC, DBLP
       {"id", kId}, {"pmid", kPmid}, {"doi", kDoi}, {"title", kTitle}, {"abstractText", kAbstract}, {"authorString", kAuthorList},
       {"authorList/author/fullName", kAuthor}, {"firstPublicationDate", kDate}, {"pubYear", kYear}, {"journalInfo/journal/title", kVenue}, {"journalTitle", kVenue},
       {"author", kAuthor}, {"authors/author", kAuthor}, {"year", kYear}, {"journal", kVenue}, {"booktitle", kVenue}, {"venue", kVenue}, {"ee", kUrl},
       // MODS
       {"titleInfo/title", kTitle}, {"titleInfo/subTitle", kSubtitle}, {"abstract", kAbstract}, {"name/namePart", kNamePart}, {"originInfo/dateIssued", kDate},
       {"identifier", kIdentifier}, {"location/url", kUrl}, {"relatedItem/titleInfo/title", kVenue}, {"relatedItem/originInfo/dateIssued", kDate},
       // DataCite
       {"titles/title", kTitle}, {"creators/creator/creatorName", kAuthor}, {"descriptions/description", kAbstract}, {"publicationYear", kYear},
       // Zotero RDF
       {"authors/Seq/li/Person/surname", kFamily}, {"authors/Seq/li/Person/givenName", kGiven}, {"authors/Seq/li/Person/givenname", kGiven},
       {"date", kDate}, {"identifier/URI/value", kUrl}, {"isPartOf/Journal/title", kVenue},
       // TEI
       {"fileDesc/titleStmt/title", kTitle}, {"profileDesc/abstract", kAbstract}, {"fileDesc/publicationStmt/date", kDate},
       {"fileDesc/sourceDesc/biblStruct/analytic/author/persName/forename", kForename}, {"fileDesc/sourceDesc/biblStruct/analytic/author/persName/surname", kFamily},
       {"fileDesc/sourceDesc/biblStruct/monogr/title", kVenue}, {"fileDesc/sourceDesc/biblStruct/monogr/imprint/date", kDate},
       {"fileDesc/sourceDesc/biblStruct/idno", kArticleId}, {"fileDesc/sourceDesc/biblStruct/analytic/idno", kArticleId},
       // Word
       {"Title", kTitle}, {"Author/Author/NameList/Person/Last", kFamily}, {"Author/Author/NameList/Person/First", kGiven},
       {"Author/Author/Corporate", kAuthor}, {"Year", kYear}, {"JournalName", kVenue}, {"ConferenceName", kVenue}, {"DOI", kDoi}, {"URL", kUrl}, {"Tag", kId}},
      {},
      {},
      {{"contrib", "contrib-type", "editor"}, {"contrib", "contrib-type", "reviewer"}, {"tex-math", "", ""}, {"title", "type", "alternative"}, {"titleInfo", "type", "alternative"},
       {"titleInfo", "type", "translated"}, {"titleInfo", "type", "abbreviated"}, {"abstract", "abstract-type", "graphical"}, {"abstract", "abstract-type", "toc"},
       {"abstract", "abstract-type", "teaser"}, {"abstract", "abstract-type", "precis"}, {"abstract", "abstract-type", "short"}, {"abstract", "abstract-type", "summary"},
       {"abstract", "abstract-type", "editor"}, {"abstract", "abstract-type", "plain-language-summary"}, {"abstract", "abstract-type", "key-points"},
       {"abstract", "abstract-type", "web-summary"}, {"abstract", "abstract-type", "executive-summary"}, {"abstract", "abstract-type", "highlights"}, {"object-id", "", ""}, {"head", "", ""},
       {"header", "status", "deleted"}},
      {"result"}};
  return works;
}

class WorksReader final : public XmlReader {
 public:
  WorksReader(ReaderContext context, PaperSink& sink) : XmlReader(std::move(context), sink, grammar()) {}

 private:
  void record_begins(std::string_view, const XmlAttributes& attributes) override {
    paper_ = new_paper(record_line());
    people_ = {};
    date_ = {};
    subtitle_.clear();
    listed_.clear();
    deleted_ = false;
    of_dblp_ = attributes["key"].find('/') != std::string_view::npos;
    if (of_dblp_) paper_.ids.emplace("source", attributes["key"]);
    add_url(paper_, attributes["about"]);
  }

  void field(int field, const XmlAttributes& attributes, std::string_view text) override {
    text = trim(text);
    if (text.empty()) return;
    switch (field) {
      case kTitle: title(clean_title(text)); break;
      case kSubtitle: if (subtitle_.empty()) subtitle_ = clean_title(text); break;
      case kAbstract: if (paper_.abstract.empty()) paper_.abstract = clean_abstract(text); break;
      case kDescription: description(text); break;
      case kAuthor: people_.whole(std::string(without_person_number(clean_title(text)))); break;
      case kAuthorList: listed_ = text; break;
      case kFamily: people_.family(clean_title(text)); break;
      case kGiven: people_.given(clean_title(text)); break;
      case kSuffix: people_.suffix(clean_title(text)); break;
      case kForename: people_.forename(clean_title(text)); break;
      case kNamePart: name_part(attributes["type"], clean_title(text)); break;
      case kYear: date_.year(text); break;
      case kMonth: date_.month(text); break;
      case kDay: date_.day(text); break;
      case kDate: if (paper_.date.empty()) paper_.date = date_of(attributes["when"].empty() ? text : attributes["when"]); break;
      case kVenue: if (paper_.venue.empty()) paper_.venue = clean_title(text); break;
      case kCategory: if (paper_.categories.size() < 50) add_category(paper_, clean_title(text)); break;
      case kCategoryList: categories(text); break;
      case kId: own_id(text); break;
      case kDoi: doi(text); break;
      case kPmid: if (digits_at(text, 0) == text.size()) paper_.ids.emplace("pmid", text); break;
      case kArticleId: article_id(lower_case(attributes["pub-id-type"].empty() ? attributes["type"] : attributes["pub-id-type"]), text); break;
      case kIdentifier: identifier(text); break;
      case kUrl: identifier(text); break;
      default: break;
    }
  }

  void title(std::string text) {
    if (!paper_.title.empty()) return;
    if (of_dblp_ && text.ends_with('.') && !text.ends_with("..")) text.pop_back();  // it puts one behind every title
    paper_.title = std::move(text);
  }

  // Dublin Core: the abstract, and remarks: "Comment: 4 pages".
  void description(std::string_view text) {
    if (starts_ignoring_case(text, "comment:") || starts_ignoring_case(text, "comments:")) return;
    std::string abstract = clean_abstract(text);
    if (abstract.size() > paper_.abstract.size()) paper_.abstract = std::move(abstract);
  }

  void name_part(std::string_view type, const std::string& name) {
    if (type == "family") people_.family(name);
    else if (type == "given") people_.given(name);
    else if (type.empty()) people_.whole(name);
  }

  void categories(std::string_view text) {
    for (std::size_t at = text.find_first_not_of(" \n\t"); at != std::string_view::npos;) {
      const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
      add_category(paper_, text.substr(at, end - at));
      at = text.find_first_not_of(" \n\t", end);
    }
  }

  void own_id(std::string_view text) {
    if (const std::string_view id = arxiv_id_shape(text); !id.empty()) paper_.ids.emplace("arxiv", id);
    if (text.size() < 200) paper_.ids.emplace("source", text);
  }

  void doi(std::string_view text) {
    if (const std::string_view found = find_doi(text); !found.empty()) paper_.ids.emplace("doi", found);
  }

  void article_id(std::string_view type, std::string_view text) {
    if (type == "doi") doi(text);
    if (type == "pmid" && digits_at(text, 0) == text.size()) paper_.ids.emplace("pmid", text);
    if (type == "arxiv") own_id(text);
  }

  // A DOI, an address, "arXiv:2405.15071", or an ISSN, which is of the journal.
  void identifier(std::string_view text) {
    doi(text);
    if (starts_ignoring_case(text, "arxiv:") || starts_ignoring_case(text, "oai:arxiv")) own_id(text);
    add_url(paper_, text);
  }

  // OAI-PMH tells of records that were withdrawn by their header alone.
  void skips(std::string_view name) override { deleted_ = deleted_ || name == "header"; }

  void record_ends() override {
    if (deleted_) return report(record_line(), Severity::note, "deleted", "This record was deleted by its archive; it was passed over.");
    add_subtitle(paper_.title, subtitle_);
    paper_.authors = people_.take();
    if (paper_.authors.empty()) paper_.authors = split_authors(clean_title(listed_));
    if (const std::string parts = date_.take(); parts.size() > paper_.date.size()) paper_.date = parts;
    emit(std::move(paper_));
  }

  Paper paper_;
  XmlPeople people_;
  XmlDate date_;
  std::string subtitle_, listed_;
  bool deleted_ = false, of_dblp_ = false;
};

struct Root {
  std::string_view name, inside, reason;
};

constexpr auto kRoots = std::to_array<Root>({
    {"OAI-PMH", "", "an OAI-PMH answer"}, {"ListRecords", "<record", "the records of an OAI-PMH answer"}, {"article", "article-meta", "an article in JATS"},
    {"pmc-articleset", "", "articles of PubMed Central in JATS"}, {"responseWrapper", "", "an answer of Europe PMC"}, {"dblp", "", "records of DBLP"},
    {"result", "<hits", "an answer of DBLP"}, {"modsCollection", "", "MODS records"}, {"mods", "", "a MODS record"}, {"resource", "datacite", "a DataCite record"},
    {"RDF", "zotero.org", "a library exported as RDF by Zotero"}, {"Sources", "bibliography", "a bibliography of Microsoft Word"},
    {"record", "<metadata", "a record of OAI-PMH"}, {"TEI", "<teiHeader", "a paper in TEI"}, {"teiCorpus", "<teiHeader", "papers in TEI"},
});

Recognition recognise(std::string_view head) {
  const std::string_view root = xml_root_name(head);
  for (const Root& known : kRoots) {
    if (root == known.name && head.find(known.inside) != std::string_view::npos) return {96, std::string(known.reason)};
  }
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<WorksReader>(std::move(context), sink); }

}  // namespace

const Format kWorksXmlFormat{"xml", "other XML of libraries and publishers: OAI-PMH, JATS, Europe PMC, DBLP, MODS, DataCite, Zotero RDF, Word, TEI",
                             {"xml", "nxml", "rdf", "mods", "tei"}, recognise, make};

}  // namespace digest::ingest
