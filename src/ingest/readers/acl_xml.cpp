// SPDX-License-Identifier: MIT
// ACL Anthology XML: collection/volume/paper. A volume's front matter is no paper; <fixed-case> marks letters inside
// words and leaves no space. Source: acl-org/acl-anthology, data/xml and its schema.
#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/xml_reader.hpp"

namespace digest::ingest {
namespace {

enum Field : int { kTitle, kAbstract, kFirst, kLast, kWholeAuthor, kUrl, kDoi, kYear, kMonth, kPdf, kVenue };

const XmlGrammar& grammar() {
  static const XmlGrammar acl{
      {"paper"},
      {{"title", kTitle}, {"abstract", kAbstract}, {"author/first", kFirst}, {"author/last", kLast}, {"author", kWholeAuthor},
       {"url", kUrl}, {"doi", kDoi}, {"year", kYear}, {"month", kMonth}, {"booktitle", kVenue}, {"journal", kVenue}, {"pdf", kPdf}},
      {{"volume/meta/booktitle", kVenue}, {"volume/meta/year", kYear}, {"volume/meta/month", kMonth}, {"volume/meta/journal-title", kVenue}}};
  return acl;
}

class AclReader final : public XmlReader {
 public:
  AclReader(ReaderContext context, PaperSink& sink) : XmlReader(std::move(context), sink, grammar()) {}

 private:
  void record_begins(std::string_view, const XmlAttributes&) override {
    paper_ = new_paper(record_line());
    paper_.venue = venue_;
    first_.clear();
    paper_year_ = year_;
    paper_month_ = month_;
  }

  void field(int field, const XmlAttributes&, std::string_view text) override {
    switch (field) {
      case kTitle: paper_.title = clean(text, Markup::latex); break;
      case kAbstract: paper_.abstract = clean(text, Markup::latex, Paragraphs::keep); break;
      case kFirst: first_ = clean(text, Markup::plain); break;
      case kLast: author(clean(text, Markup::plain)); break;
      case kWholeAuthor: author(clean(text, Markup::plain)); break;
      case kUrl: url(trim(text)); break;
      case kDoi: paper_.ids.emplace("doi", trim(text)); break;
      case kYear: paper_year_ = trim(text); break;
      case kMonth: paper_month_ = trim(text); break;
      case kVenue: paper_.venue = clean(text, Markup::latex); break;
      default: break;
    }
  }

  void outside(int field, const XmlAttributes&, std::string_view text) override {
    if (field == kVenue) {  // the first thing a volume says of itself
      venue_ = clean(text, Markup::latex);
      year_.clear();
      month_.clear();
    }
    if (field == kYear) year_ = trim(text);
    if (field == kMonth) month_ = trim(text);
  }

  void author(const std::string& last) {
    std::string name = first_;
    if (!name.empty() && !last.empty()) name += ' ';
    name += last;
    first_.clear();
    if (!name.empty()) paper_.authors.push_back(std::move(name));
  }

  // "2020.framenet-1.2", or a whole address.
  void url(std::string_view text) {
    if (text.empty() || text.size() > 300) return;
    if (text.find("://") != std::string_view::npos) return add_url(paper_, text);
    if (text.find_first_of(" <>\"/") != std::string_view::npos) return;
    paper_.ids.emplace("acl", text);
    add_url(paper_, "https://aclanthology.org/" + std::string(text) + "/");
  }

  // The month is a word, sometimes with days: "July", "May 22-27", "June–July".
  [[nodiscard]] std::string date() const {
    const std::string_view month = std::string_view(paper_month_).substr(0, paper_month_.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"));
    const std::string date = month.empty() ? std::string() : date_of(std::string(month) + " " + paper_year_);
    return date.empty() ? date_of(paper_year_) : date;
  }

  void record_ends() override {
    paper_.date = date();
    emit(std::move(paper_));
  }

  Paper paper_;
  std::string venue_, year_, month_;
  std::string first_, paper_year_, paper_month_;
};

Recognition recognise(std::string_view head) {
  const std::string_view root = xml_root_name(head);
  if (root != "collection" && root != "volume") return {};
  const bool volume = root == "volume" || head.find("<volume ") != std::string_view::npos;
  return volume ? Recognition{97, "the root element is <collection> and holds a <volume>"} : Recognition{};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<AclReader>(std::move(context), sink); }

}  // namespace

const Format kAclXmlFormat{"acl-xml", "ACL Anthology XML", {"xml"}, recognise, make};

}  // namespace digest::ingest
