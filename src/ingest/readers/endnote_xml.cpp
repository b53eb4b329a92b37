// SPDX-License-Identifier: MIT
// EndNote XML: xml/records/record, as EndNote, Bookends, Zotero and others export it. Most values are wrapped in <style>.
#include <memory>

#include "ingest/readers.hpp"
#include "ingest/readers/xml_reader.hpp"

namespace digest::ingest {
namespace {

enum Field : int { kTitle, kJournal, kAuthor, kEditor, kAbstract, kYear, kDate, kDoi, kUrl, kAccession };

const XmlGrammar& grammar() {
  static const XmlGrammar endnote{
      {"record", "RECORD"},
      {{"titles/title", kTitle}, {"titles/secondary-title", kJournal}, {"periodical/full-title", kJournal},
       {"contributors/authors/author", kAuthor}, {"contributors/secondary-authors/author", kEditor}, {"abstract", kAbstract},
       {"dates/year", kYear}, {"dates/pub-dates/date", kDate}, {"electronic-resource-num", kDoi},
       {"urls/related-urls/url", kUrl}, {"urls/web-urls/url", kUrl}, {"accession-num", kAccession},
       {"TITLE", kTitle}, {"SECONDARY_TITLE", kJournal}, {"AUTHORS/AUTHOR", kAuthor}, {"ABSTRACT", kAbstract}, {"YEAR", kYear},
       {"DATE", kDate}, {"URL", kUrl}}};
  return endnote;
}

class EndnoteReader final : public XmlReader {
 public:
  EndnoteReader(ReaderContext context, PaperSink& sink) : XmlReader(std::move(context), sink, grammar()) {}

 private:
  void record_begins(std::string_view, const XmlAttributes&) override {
    paper_ = new_paper(record_line());
    editors_.clear();
    year_.clear();
    date_.clear();
  }

  void field(int field, const XmlAttributes&, std::string_view text) override {
    switch (field) {
      case kTitle: if (paper_.title.empty()) paper_.title = clean_title(text); break;
      case kJournal: if (paper_.venue.empty()) paper_.venue = clean_title(text); break;
      case kAuthor: name(text, paper_.authors); break;
      case kEditor: name(text, editors_); break;
      case kAbstract: paper_.abstract = clean_abstract(text); break;
      case kYear: year_ = trim(text); break;
      case kDate: date_ = trim(text); break;
      case kDoi: if (const auto doi = doi_shape(text); !doi.empty()) paper_.ids.emplace("doi", doi); break;
      case kUrl: urls(text); break;
      default: break;
    }
  }

  static void name(std::string_view text, std::vector<std::string>& names) {
    std::string name = clean_title(text);
    while (!name.empty() && name.back() == ',') name.pop_back();
    if (!name.empty()) names.push_back(std::move(name));
  }

  // One element may hold several addresses, a line each.
  void urls(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find_first_of(" \n\r\t");
      add_url(paper_, text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
  }

  // The day stands apart from the year: "Mar 3", "2015".
  [[nodiscard]] std::string date() const {
    if (!date_.empty() && date_.find(year_) == std::string::npos) {
      if (std::string whole = date_of(date_ + ", " + year_); !whole.empty()) return whole;
    }
    std::string whole = date_.empty() ? std::string() : date_of(date_);
    if (!whole.empty() && whole.compare(0, year_.size(), year_) == 0) return whole;
    return date_of(year_);
  }

  void record_ends() override {
    if (paper_.authors.empty()) paper_.authors = editors_;
    paper_.date = date();
    emit(std::move(paper_));
  }

  Paper paper_;
  std::vector<std::string> editors_;
  std::string year_, date_;
};

Recognition recognise(std::string_view head) {
  const std::string_view root = xml_root_name(head);
  const bool records = head.find("<records>") != std::string_view::npos || head.find("<RECORDS>") != std::string_view::npos;
  if ((root == "xml" || root == "XML") && records) return {100, "the root element is <xml> and holds <records>"};
  if (root == "records" && head.find("<ref-type") != std::string_view::npos) return {95, "the root element is <records>"};
  return {};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<EndnoteReader>(std::move(context), sink); }

}  // namespace

const Format kEndnoteXmlFormat{"endnote-xml", "EndNote XML", {"xml"}, recognise, make};

}  // namespace digest::ingest
