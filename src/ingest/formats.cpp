// SPDX-License-Identifier: MIT
#include "ingest/readers.hpp"

namespace digest::ingest {

// Made at the first call: the formats are constants of other files, which must have been initialised before.
const std::vector<Format>& formats() {
  static const std::vector<Format> all = {
      kArxivAtomFormat,
      kRssFormat,
      kPubmedXmlFormat,
      kAclXmlFormat,
      kEndnoteXmlFormat,
      kWorksXmlFormat,
      kJsonFormat,
      kJsonLinesFormat,
      kScholarFormat,
      kScholarTextFormat,
      kArxivHtmlFormat,
      kHfHtmlFormat,
      kPubmedHtmlFormat,
      kHtmlFormat,
      kArxivPageFormat,
      kScholarPageFormat,
      kPubmedPageFormat,
      kArxivFormat,
      kRisFormat,
      kNbibFormat,
      kPubmedTextFormat,
      kEndnoteFormat,
      kWosFormat,
      kAlertRecordsFormat,
      kOvidFormat,
      kBibtexFormat,
      kMarkdownFormat,
      kOrgFormat,
      kCsvFormat,
      kJournalAlertFormat,
      kReferenceListFormat,
      kTabListFormat,
      kBlockListFormat,
      kPageFormat,
  };
  return all;
}

}  // namespace digest::ingest
