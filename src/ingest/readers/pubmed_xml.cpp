// SPDX-License-Identifier: MIT
// PubMed XML (efetch): articles and books. Structured abstracts keep their labels; OtherAbstract (another language) and
// the abstract of a cited work are not the abstract. Source: NLM's pubmed DTD, element descriptions.
#include <fmt/format.h>

#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/xml_reader.hpp"

namespace digest::ingest {
namespace {

enum Field : int {
  kPmid, kTitle, kVernacular, kBookTitle, kAbstract, kLastName, kForeName, kInitials, kSuffix, kCollective,
  kYear, kMonth, kDay, kMedlineDate, kJournal, kLocation, kArticleId, kElectronicYear, kElectronicMonth, kElectronicDay
};

const XmlGrammar& grammar() {
  static const XmlGrammar pubmed{
      {"PubmedArticle", "PubmedBookArticle", "MedlineCitation"},
      {{"PMID", kPmid},
       {"Article/ArticleTitle", kTitle}, {"ArticleTitle", kTitle}, {"Article/VernacularTitle", kVernacular}, {"VernacularTitle", kVernacular}, {"Book/BookTitle", kBookTitle},
       {"Article/Abstract/AbstractText", kAbstract}, {"Abstract/AbstractText", kAbstract},
       {"Article/AuthorList/Author/LastName", kLastName}, {"Article/AuthorList/Author/ForeName", kForeName}, {"Article/AuthorList/Author/Initials", kInitials},
       {"Article/AuthorList/Author/Suffix", kSuffix}, {"Article/AuthorList/Author/CollectiveName", kCollective},
       {"AuthorList/Author/LastName", kLastName}, {"AuthorList/Author/ForeName", kForeName}, {"AuthorList/Author/Initials", kInitials},
       {"AuthorList/Author/Suffix", kSuffix}, {"AuthorList/Author/CollectiveName", kCollective},
       {"Book/AuthorList/Author/LastName", kLastName}, {"Book/AuthorList/Author/ForeName", kForeName}, {"Book/AuthorList/Author/Initials", kInitials},
       {"Book/AuthorList/Author/Suffix", kSuffix}, {"Book/AuthorList/Author/CollectiveName", kCollective},
       {"Article/Journal/JournalIssue/PubDate/Year", kYear}, {"Article/Journal/JournalIssue/PubDate/Month", kMonth},
       {"Article/Journal/JournalIssue/PubDate/Day", kDay}, {"Article/Journal/JournalIssue/PubDate/MedlineDate", kMedlineDate},
       {"Book/PubDate/Year", kYear}, {"Book/PubDate/Month", kMonth}, {"Book/PubDate/Day", kDay},
       {"Article/ArticleDate/Year", kElectronicYear}, {"Article/ArticleDate/Month", kElectronicMonth}, {"Article/ArticleDate/Day", kElectronicDay},
       {"Article/Journal/Title", kJournal}, {"Article/ELocationID", kLocation},
       {"PubmedData/ArticleIdList/ArticleId", kArticleId}, {"PubmedBookData/ArticleIdList/ArticleId", kArticleId}},
      {},
      {"MedlineCitation", "BookDocument"}};
  return pubmed;
}

struct Name {
  std::string last, fore, initials, suffix;
};

class PubmedReader final : public XmlReader {
 public:
  PubmedReader(ReaderContext context, PaperSink& sink) : XmlReader(std::move(context), sink, grammar()) {}

 private:
  void record_begins(std::string_view, const XmlAttributes&) override {
    paper_ = new_paper(record_line());
    name_ = {};
    vernacular_.clear();
    book_.clear();
    book_people_.clear();
    year_.clear();
    month_.clear();
    day_.clear();
    medline_date_.clear();
    electronic_.clear();
  }

  void field(int field, const XmlAttributes& attributes, std::string_view text) override {
    const std::string value = clean(text, Markup::plain);
    if (value.empty()) return;
    switch (field) {
      case kPmid: paper_.ids.emplace("pmid", value); break;
      case kTitle: paper_.title = value; people_so_far_are_the_books(); break;
      case kVernacular: vernacular_ = value; break;
      case kBookTitle: book_ = value; break;
      case kAbstract: abstract_part(attributes["Label"], value); break;
      case kLastName: end_name(); name_.last = value; break;
      case kForeName: name_.fore = value; break;
      case kInitials: name_.initials = value; break;
      case kSuffix: name_.suffix = value; break;
      case kCollective: end_name(); paper_.authors.push_back(value); break;
      case kYear: year_ = value; break;
      case kMonth: month_ = value; break;
      case kDay: day_ = value; break;
      case kMedlineDate: medline_date_ = value; break;
      case kJournal: paper_.venue = value; break;
      case kLocation: if (attributes["EIdType"] == "doi" && attributes["ValidYN"] != "N") paper_.ids["doi"] = value; break;
      case kArticleId: article_id(attributes["IdType"], value); break;
      case kElectronicYear: electronic_ = value; break;
      case kElectronicMonth: case kElectronicDay: electronic_ += " " + value; break;
      default: break;
    }
  }

  // A chapter names its own authors behind its title; those before it edited the book.
  void people_so_far_are_the_books() {
    end_name();
    if (!book_.empty()) book_people_ = std::exchange(paper_.authors, {});
  }

  void abstract_part(std::string_view label, const std::string& text) {
    if (!paper_.abstract.empty()) paper_.abstract += "\n\n";
    if (!label.empty() && label != "UNLABELLED" && label != "UNLABELED") paper_.abstract += std::string(label) + ": ";
    paper_.abstract += text;
  }

  void end_name() {
    if (name_.last.empty()) return;
    std::string name = name_.fore.empty() ? name_.initials : name_.fore;
    if (!name.empty()) name += ' ';
    name += name_.last;
    if (!name_.suffix.empty()) name += ' ' + name_.suffix;
    paper_.authors.push_back(std::move(name));
    name_ = {};
  }

  void article_id(std::string_view type, const std::string& value) {
    if (type == "doi") paper_.ids.emplace("doi", value);
    if (type == "pubmed") paper_.ids.emplace("pmid", value);
  }

  // "2013" "Apr" "30", "04" for the month too, or "2000 Spring-Summer", "1998 Dec-1999 Jan".
  [[nodiscard]] std::string date() const {
    if (year_.empty()) return medline_date_.empty() ? date_of(electronic_) : date_of(medline_date_.substr(0, 4));
    const bool digits = !month_.empty() && is_digit(month_[0]);
    const auto two = [](const std::string& part) { return part.size() == 1 ? "0" + part : part; };
    std::string written = year_;
    if (digits) written += "-" + two(month_) + (day_.empty() ? "" : "-" + two(day_));
    else if (!month_.empty()) written = (day_.empty() ? "" : day_ + " ") + month_ + " " + year_;
    const std::string date = date_of(written);
    return date.empty() ? date_of(year_) : date;
  }

  void record_ends() override {
    end_name();
    if (paper_.authors.empty()) paper_.authors = std::move(book_people_);
    if (paper_.title.empty() || paper_.title == "[Not Available].") paper_.title = !vernacular_.empty() ? vernacular_ : !book_.empty() ? book_ : paper_.title;
    if (paper_.venue.empty() && book_ != paper_.title) paper_.venue = book_;
    paper_.date = date();
    if (const auto pmid = paper_.ids.find("pmid"); pmid != paper_.ids.end()) add_url(paper_, "https://pubmed.ncbi.nlm.nih.gov/" + pmid->second + "/");
    emit(std::move(paper_));
  }

  Paper paper_;
  Name name_;
  std::vector<std::string> book_people_;
  std::string vernacular_, book_, year_, month_, day_, medline_date_, electronic_;
};

Recognition recognise(std::string_view head) {
  const std::string_view root = xml_root_name(head);
  for (const std::string_view known : {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", "PubmedBookArticleSet", "MedlineCitationSet", "MedlineCitation"}) {
    if (root == known) return {100, fmt::format("the root element is <{}>", known)};
  }
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<PubmedReader>(std::move(context), sink); }

}  // namespace

const Format kPubmedXmlFormat{"pubmed-xml", "PubMed XML (efetch)", {"xml"}, recognise, make};

}  // namespace digest::ingest
