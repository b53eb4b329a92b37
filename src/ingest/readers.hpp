// SPDX-License-Identifier: MIT
// Every format this program reads, each defined in its own file under readers/. A new one is two lines: a declaration
// here and its place in formats.cpp.
#pragma once
#include "ingest/reader.hpp"

namespace digest::ingest {

extern const Format kAclXmlFormat;     // readers/acl_xml.cpp
extern const Format kArxivAtomFormat;  // readers/feed.cpp
extern const Format kEndnoteXmlFormat; // readers/endnote_xml.cpp
extern const Format kJsonFormat;       // readers/json_reader.cpp
extern const Format kJsonLinesFormat;  // readers/jsonl.cpp
extern const Format kPubmedXmlFormat;  // readers/pubmed_xml.cpp
extern const Format kRssFormat;        // readers/feed.cpp
extern const Format kWorksXmlFormat;   // readers/works_xml.cpp
extern const Format kScholarFormat;    // readers/scholar_html.cpp
extern const Format kScholarTextFormat; // readers/scholar_text.cpp
extern const Format kArxivHtmlFormat;  // readers/arxiv_html.cpp
extern const Format kHfHtmlFormat;     // readers/hf_html.cpp
extern const Format kPubmedHtmlFormat; // readers/pubmed_html.cpp
extern const Format kHtmlFormat;       // readers/html_reader.cpp
extern const Format kArxivPageFormat;     // readers/arxiv_page.cpp
extern const Format kArxivFormat;         // readers/arxiv.cpp
extern const Format kScholarPageFormat;   // readers/results_page.cpp
extern const Format kPubmedPageFormat;    // readers/results_page.cpp
extern const Format kRisFormat;           // readers/ris.cpp
extern const Format kNbibFormat;          // readers/nbib.cpp
extern const Format kPubmedTextFormat;    // readers/pubmed_text.cpp
extern const Format kEndnoteFormat;       // readers/endnote.cpp
extern const Format kWosFormat;           // readers/wos.cpp
extern const Format kAlertRecordsFormat;  // readers/alert_records.cpp
extern const Format kOvidFormat;          // readers/ovid.cpp
extern const Format kBibtexFormat;        // readers/bibtex.cpp
extern const Format kMarkdownFormat;      // readers/markdown.cpp
extern const Format kOrgFormat;           // readers/org.cpp
extern const Format kCsvFormat;           // readers/csv.cpp
extern const Format kJournalAlertFormat;  // readers/journal_alert.cpp
extern const Format kReferenceListFormat; // readers/reference_list.cpp
extern const Format kTabListFormat;       // readers/tab_list.cpp
extern const Format kBlockListFormat;     // readers/block_list.cpp
extern const Format kPageFormat;       // readers/page.cpp; recognises what nothing else does, so it comes last

}  // namespace digest::ingest
