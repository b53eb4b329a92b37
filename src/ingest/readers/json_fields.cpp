// SPDX-License-Identifier: MIT
#include "ingest/readers/json_fields.hpp"

#include <algorithm>
#include <bitset>

#include "ingest/readers/record_reader.hpp"

namespace digest::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

struct Alias {
  std::string_view key;
  JsonField field;
  int rank;  // the lowest wins
};

// Sorted by key, for binary search. Sources: formats of Hugging Face daily_papers, arXiv's snapshot,
// daily-arXiv-ai-enhanced, OpenReview API 1 and 2, Semantic Scholar Graph API, OpenAlex, Crossref, CSL-JSON,
// Zotero, paperlists, JSON Feed, BEIR, Europe PMC, bioRxiv, DBLP, DataCite, Inspire, Scopus, Springer, IEEE,
// CORD-19, HAL, NASA ADS, PubMed's summaries.
constexpr std::array kAliases = {
    Alias{"ab", JsonField::abstract, 4},
    Alias{"abs", JsonField::page, 2},
    Alias{"abstract", JsonField::abstract, 0},
    Alias{"abstracten", JsonField::abstract, 2},
    Alias{"abstractinvertedindex", JsonField::abstract, 3},
    Alias{"abstractnote", JsonField::abstract, 1},
    Alias{"abstracts", JsonField::abstract, 2},
    Alias{"abstractsummary", JsonField::abstract, 3},
    Alias{"abstracttext", JsonField::abstract, 1},
    Alias{"absurl", JsonField::page, 1},
    Alias{"acl", JsonField::acl, 1},
    Alias{"aclid", JsonField::acl, 0},
    Alias{"aisummary", JsonField::summary_by_others, 2},
    Alias{"anthologyid", JsonField::acl, 2},
    Alias{"articleids", JsonField::ids, 2},
    Alias{"articletitle", JsonField::title, 2},
    Alias{"arxiv", JsonField::arxiv, 1},
    Alias{"arxivabs", JsonField::page, 1},
    Alias{"arxiveprints", JsonField::arxiv, 2},
    Alias{"arxivid", JsonField::arxiv, 0},
    Alias{"arxivids", JsonField::arxiv, 2},
    Alias{"arxivlink", JsonField::page, 1},
    Alias{"arxivpageurl", JsonField::page, 1},
    Alias{"arxivurl", JsonField::page, 1},
    Alias{"attributes", JsonField::wrapper, 1},
    Alias{"authfullnames", JsonField::authors, 2},
    Alias{"author", JsonField::authors, 2},
    Alias{"authorlist", JsonField::authors, 2},
    Alias{"authornames", JsonField::authors, 2},
    Alias{"authors", JsonField::authors, 1},
    Alias{"authorships", JsonField::authors, 1},
    Alias{"authorsparsed", JsonField::authors, 0},
    Alias{"authorsstring", JsonField::authors, 3},
    Alias{"authorstr", JsonField::authors, 3},
    Alias{"authorstring", JsonField::authors, 3},
    Alias{"booktitle", JsonField::venue, 2},
    Alias{"categories", JsonField::categories, 0},
    Alias{"category", JsonField::categories, 2},
    Alias{"cdate", JsonField::date, 8},
    Alias{"citedpaper", JsonField::wrapper, 0},
    Alias{"citingpaper", JsonField::wrapper, 0},
    Alias{"code", JsonField::code, 3},
    Alias{"codeurl", JsonField::code, 1},
    Alias{"conference", JsonField::venue, 3},
    Alias{"containertitle", JsonField::venue, 1},
    Alias{"content", JsonField::wrapper, 0},
    Alias{"contenthtml", JsonField::abstract, 8},
    Alias{"contents", JsonField::abstract, 9},
    Alias{"contenttext", JsonField::abstract, 7},
    Alias{"corpusid", JsonField::id, 6},
    Alias{"coverdate", JsonField::date, 2},
    Alias{"created", JsonField::date, 7},
    Alias{"createdat", JsonField::date, 7},
    Alias{"creator", JsonField::authors, 3},
    Alias{"creators", JsonField::authors, 1},
    Alias{"data", JsonField::wrapper, 0},
    Alias{"date", JsonField::date, 3},
    Alias{"datepublished", JsonField::date, 2},
    Alias{"dates", JsonField::date, 6},
    Alias{"datetime", JsonField::date, 4},
    Alias{"dccreator", JsonField::authors, 3},
    Alias{"dcdescription", JsonField::abstract, 4},
    Alias{"dctitle", JsonField::title, 2},
    Alias{"description", JsonField::abstract, 6},
    Alias{"descriptions", JsonField::abstract, 3},
    Alias{"details", JsonField::wrapper, 1},
    Alias{"displayname", JsonField::title, 3},
    Alias{"docid", JsonField::id, 2},
    Alias{"documenttitle", JsonField::title, 2},
    Alias{"doi", JsonField::doi, 0},
    Alias{"doiids", JsonField::doi, 2},
    Alias{"dois", JsonField::doi, 1},
    Alias{"earliestdate", JsonField::date, 5},
    Alias{"entryid", JsonField::page, 1},
    Alias{"eprint", JsonField::arxiv, 3},
    Alias{"externalids", JsonField::ids, 0},
    Alias{"fields", JsonField::wrapper, 1},
    Alias{"firstpublicationdate", JsonField::date, 1},
    Alias{"forum", JsonField::forum, 0},
    Alias{"fulljournalname", JsonField::venue, 2},
    Alias{"github", JsonField::code, 2},
    Alias{"githubrepo", JsonField::code, 0},
    Alias{"githuburl", JsonField::code, 1},
    Alias{"halids", JsonField::id, 3},
    Alias{"headline", JsonField::title, 5},
    Alias{"htmlurl", JsonField::page, 2},
    Alias{"id", JsonField::id, 0},
    Alias{"identifier", JsonField::ids, 3},
    Alias{"ids", JsonField::ids, 1},
    Alias{"info", JsonField::wrapper, 1},
    Alias{"issued", JsonField::date, 2},
    Alias{"itemtype", JsonField::kind, 0},
    Alias{"journal", JsonField::venue, 2},
    Alias{"journalname", JsonField::venue, 2},
    Alias{"journalref", JsonField::venue, 1},
    Alias{"journaltitle", JsonField::venue, 2},
    Alias{"journaltitles", JsonField::venue, 2},
    Alias{"key", JsonField::id, 5},
    Alias{"landingpageurl", JsonField::page, 2},
    Alias{"link", JsonField::page, 3},
    Alias{"mainpage", JsonField::page, 0},
    Alias{"metadata", JsonField::wrapper, 1},
    Alias{"name", JsonField::title, 4},
    Alias{"notesabstract", JsonField::abstract, 1},
    Alias{"openaccesspdf", JsonField::pdf, 2},
    Alias{"openreview", JsonField::page, 4},
    Alias{"openreviewid", JsonField::forum, 1},
    Alias{"originalabstract", JsonField::abstract, 2},
    Alias{"paper", JsonField::wrapper, 0},
    Alias{"paperabs", JsonField::page, 3},
    Alias{"paperabstract", JsonField::abstract, 1},
    Alias{"paperauthors", JsonField::authors, 2},
    Alias{"paperid", JsonField::s2, 0},
    Alias{"paperlink", JsonField::page, 1},
    Alias{"papername", JsonField::title, 3},
    Alias{"papertitle", JsonField::title, 1},
    Alias{"paperurl", JsonField::page, 1},
    Alias{"pdate", JsonField::date, 6},
    Alias{"pdf", JsonField::pdf, 0},
    Alias{"pdflink", JsonField::pdf, 1},
    Alias{"pdfurl", JsonField::pdf, 0},
    Alias{"pmid", JsonField::pmid, 0},
    Alias{"primarycategory", JsonField::categories, 1},
    Alias{"primarylocation", JsonField::page, 5},
    Alias{"primarytitle", JsonField::title, 1},
    Alias{"prismcoverdate", JsonField::date, 2},
    Alias{"prismdoi", JsonField::doi, 1},
    Alias{"prismpublicationname", JsonField::venue, 2},
    Alias{"proceeding", JsonField::venue, 3},
    Alias{"produceddates", JsonField::date, 3},
    Alias{"produceddateyi", JsonField::year, 1},
    Alias{"project", JsonField::project, 1},
    Alias{"projectpage", JsonField::project, 0},
    Alias{"pub", JsonField::venue, 4},
    Alias{"pubdate", JsonField::date, 2},
    Alias{"publicationdate", JsonField::date, 0},
    Alias{"publicationname", JsonField::venue, 2},
    Alias{"publicationtitle", JsonField::venue, 2},
    Alias{"publicationyear", JsonField::year, 1},
    Alias{"publishdate", JsonField::date, 1},
    Alias{"published", JsonField::date, 1},
    Alias{"publishedat", JsonField::date, 1},
    Alias{"publisheddate", JsonField::date, 1},
    Alias{"publishedon", JsonField::date, 1},
    Alias{"publishedonline", JsonField::date, 3},
    Alias{"publishedprint", JsonField::date, 4},
    Alias{"publishtime", JsonField::date, 1},
    Alias{"pubmedid", JsonField::pmid, 1},
    Alias{"pubyear", JsonField::year, 2},
    Alias{"repo", JsonField::code, 3},
    Alias{"scrapeddate", JsonField::date, 12},
    Alias{"site", JsonField::page, 1},
    Alias{"snippet", JsonField::summary_by_others, 3},
    Alias{"sourcetitle", JsonField::venue, 2},
    Alias{"subjects", JsonField::categories, 2},
    Alias{"submissiondate", JsonField::date, 5},
    Alias{"submitted", JsonField::date, 5},
    Alias{"submitteddate", JsonField::date, 5},
    Alias{"submittedondailyat", JsonField::date, 9},
    Alias{"subtitle", JsonField::subtitle, 0},
    Alias{"summary", JsonField::abstract, 2},
    Alias{"t1", JsonField::title, 2},
    Alias{"tcdate", JsonField::date, 8},
    Alias{"text", JsonField::abstract, 5},
    Alias{"title", JsonField::title, 0},
    Alias{"titleen", JsonField::title, 3},
    Alias{"titles", JsonField::title, 2},
    Alias{"tldr", JsonField::summary_by_others, 0},
    Alias{"uid", JsonField::id, 7},
    Alias{"updated", JsonField::date, 10},
    Alias{"updatedat", JsonField::date, 10},
    Alias{"updatedate", JsonField::date, 10},
    Alias{"uris", JsonField::page, 2},
    Alias{"url", JsonField::page, 0},
    Alias{"urlabs", JsonField::page, 1},
    Alias{"urlpdf", JsonField::pdf, 1},
    Alias{"venue", JsonField::venue, 0},
    Alias{"versions", JsonField::date, 4},
    Alias{"year", JsonField::year, 0},
    Alias{"yearpublished", JsonField::year, 2},
};

constexpr bool sorted(const decltype(kAliases)& aliases) {
  for (std::size_t i = 1; i < aliases.size(); ++i) {
    if (!(aliases[i - 1].key < aliases[i].key)) return false;
  }
  return true;
}
static_assert(sorted(kAliases));

// Longer keys are no alias of ours.
constexpr std::size_t kLongestKey = 24;

struct ShortKey {
  std::array<char, kLongestKey> letters{};
  std::size_t length = 0;
  [[nodiscard]] std::string_view view() const { return {letters.data(), length}; }
};

std::optional<ShortKey> short_key(std::string_view key) {
  ShortKey out;
  for (const char c : key) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (!capital && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) continue;
    if (out.length == kLongestKey) return std::nullopt;
    out.letters[out.length++] = capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

const Alias* alias_of(std::string_view key) {
  const auto normal = short_key(key);
  if (!normal) return nullptr;
  const auto found =
      std::lower_bound(kAliases.begin(), kAliases.end(), normal->view(),
                       [](const Alias& alias, std::string_view wanted) { return alias.key < wanted; });
  return found != kAliases.end() && found->key == normal->view() ? &*found : nullptr;
}

bool is_nothing(const element& value) {
  if (value.is_null() || value.is_bool()) return true;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return trim(text).empty();
  array list;
  if (value.get(list) == simdjson::SUCCESS) return list.size() == 0;
  object wrapped;
  if (value.get(wrapped) != simdjson::SUCCESS) return false;
  element inner;
  if (wrapped.at_key("value").get(inner) == simdjson::SUCCESS) return inner.is_null() || is_nothing(inner);
  return wrapped.size() == 0;
}

// bioRxiv: "published" is "NA" or the DOI of the journal's version; Crossref: a date of [[null]] is none.
bool is_no_date(const element& value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS)
    return text.find_first_of("0123456789") == std::string_view::npos || !doi_shape(text).empty();
  element first;
  return value.at_pointer("/date-parts/0/0").get(first) == simdjson::SUCCESS && first.is_null();
}

// A title or an abstract may be a list or an object; what else is called so holds papers, not one.
bool is_title_list(std::string_view key) {
  return key == "title" || key == "titles";
}

// What lies in "paper" or "content" is closer to the paper than what lies around it; what lies in "metadata"
// is farther.
void collect(const object& record, int closeness, int depth, JsonFields& fields) {
  std::bitset<kAliases.size()> seen;
  for (const auto member : record) {
    const Alias* alias = alias_of(member.key);
    if (alias == nullptr) continue;
    if (alias->field == JsonField::wrapper) {
      object inner;
      if (depth < 2 && member.value.get(inner) == simdjson::SUCCESS)
        collect(inner, closeness + (alias->rank == 0 ? 1 : -1), depth + 1, fields);
      else if (member.value.is_string() && alias->key == "content" && !is_nothing(member.value))
        fields.offer(JsonField::abstract, 8, closeness, member.value);
      continue;
    }
    if (is_nothing(member.value)) continue;
    if (alias->field == JsonField::date && is_no_date(member.value)) continue;
    const bool text_only = alias->field == JsonField::title || alias->field == JsonField::id;
    if (text_only && !is_title_list(alias->key) && (member.value.is_object() || member.value.is_array()))
      continue;
    const auto index = static_cast<std::size_t>(alias - kAliases.data());
    if (seen.test(index) && fields.repeated().empty()) fields.repeats(member.key);
    seen.set(index);
    fields.offer(alias->field, alias->rank, closeness, member.value);
  }
}

}  // namespace

std::string json_key(std::string_view key) {
  const auto normal = short_key(key);
  return normal ? std::string(normal->view()) : std::string();
}

JsonFields json_fields_of(const object& record) {
  JsonFields fields;
  collect(record, 0, 0, fields);
  return fields;
}

}  // namespace digest::ingest
