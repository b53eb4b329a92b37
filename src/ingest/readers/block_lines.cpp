// SPDX-License-Identifier: MIT
#include "ingest/readers/block_lines.hpp"

#include <algorithm>
#include <array>

#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/page_title.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kLongestLine = 1000;  // of what is no abstract

template <typename List>
bool contains(const List& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

// Brackets and commas around a word: "(arXiv:2401.01234)," is the number.
std::string_view bare(std::string_view word) {
  while (!word.empty() && std::string_view("([<{\"'|,;").find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && std::string_view(")]>}\"'|,;.:").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

// "arXiv:2401.01234", "2401.01234v2", "doi:10.1000/x", "https://arxiv.org/abs/2401.01234": its address; empty for other words.
std::string address_of(std::string_view word) {
  word = bare(word);
  if (is_web_address(word)) return std::string(scan::find_url(word));
  std::string_view id = word;
  if (starts_ignoring_case(word, "arxiv:")) id.remove_prefix(6);
  if (scan::is_arxiv_id(id)) return "https://arxiv.org/abs/" + std::string(id);
  for (const std::string_view site : {"arxiv.org/abs/", "www.arxiv.org/abs/", "arxiv.org/pdf/", "doi.org/10."}) {
    if (starts_ignoring_case(word, site)) return "https://" + std::string(word);
  }
  const std::size_t mark = starts_ignoring_case(word, "doi:") ? 4 : 0;
  if (word.substr(mark).starts_with("10.") && find_doi(word.substr(mark)) == word.substr(mark)) return "https://doi.org/" + doi(word);
  return {};
}

constexpr auto kBesideAddresses = std::to_array<std::string_view>(
    {"arxiv", "doi", "link", "links", "url", "pdf", "abs", "html", "paper", "preprint", "code", "github", "available", "at", "on", "published", "submitted", "version",
     "-", "\xC2\xB7", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2", "\xE2\x86\x92", "->", "=>"});

constexpr auto kMonths = std::to_array<std::string_view>({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

bool is_date_word(std::string_view word) {
  if (!word.empty() && word.find_first_not_of("0123456789-/.") == std::string_view::npos) return word.size() <= 10;
  return word.size() >= 3 && word.size() <= 9 && contains(kMonths, lower_case(word.substr(0, 3)));
}

// Where the last word of a line begins.
std::size_t last_word(std::string_view line) {
  const std::size_t blank = line.find_last_of(" \t");
  return blank == std::string_view::npos ? 0 : blank + 1;
}

std::string_view without_end(std::string_view text) {
  for (text = trim(text); !text.empty();) {
    const std::string_view before = text;
    for (const std::string_view sign : {"-", ":", "|", ",", ";", "(", "[", "<", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x86\x92"}) {
      if (text.ends_with(sign)) text = trim(text.substr(0, text.size() - sign.size()));
    }
    if (text.size() == before.size()) break;
  }
  return text;
}

// Digits, stars and daggers behind names, and where people work.
std::string without_notes(std::string_view line) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '(' || c == '[') ++depth;
    const bool dagger = line.substr(i).starts_with("\xE2\x80\xA0") || line.substr(i).starts_with("\xE2\x80\xA1") || line.substr(i).starts_with("\xE2\x88\x97");
    if (dagger) i += 2;
    if (depth == 0 && !dagger && !is_digit(c) && c != '*' && c != '^') out += c == '|' ? ',' : c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return depth == 0 ? out : std::string(line);
}

constexpr auto kOpenings = std::to_array<std::string_view>({"also", "see", "hi", "hello", "dear", "thanks", "thank", "please", "here", "check", "read", "cheers", "best", "regards", "you", "i",
                                                            "fyi", "btw", "re", "fwd", "cc", "ps", "he", "she", "they", "it", "this", "today", "yesterday", "tomorrow", "next", "then", "and", "but", "so", "if", "my", "our", "we"});
constexpr auto kLoose = std::to_array<std::string_view>(
    {"a", "an", "the", "in", "at", "of", "to", "and", "or", "with", "by", "for", "from", "is", "are", "was", "were", "says", "which", "that", "as", "see", "read", "about"});

// "You should read this one": begins as letters do, and no word behind is written large, as they are in titles.
bool begins_like_prose(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
  if (!contains(kOpenings, lower_case(text.substr(0, end)))) return false;
  for (std::size_t at = text.find(' ', end); at != std::string_view::npos; at = text.find(' ', at + 1)) {
    const std::size_t word_end = std::min(text.find(' ', at + 1), text.size());
    if (at + 1 < text.size() && is_upper(text[at + 1]) && word_end - at > 4) return false;
  }
  return true;
}

// "nine of them. Then we": two sentences.
bool has_sentences(std::string_view text) {
  for (std::size_t dot = text.find(". "); dot != std::string_view::npos; dot = text.find(". ", dot + 1)) {
    const std::size_t word = text.substr(0, dot).find_last_of(" -(") + 1;
    const bool whole_word = dot > word + 2 && is_lower(text[dot - 1]) && text.substr(word, dot - word) != "vs";
    if (whole_word && dot + 2 < text.size() && (is_upper(text[dot + 2]) || is_digit(text[dot + 2]))) return true;
  }
  return false;
}

// "k-means", "mT5": a word that titles begin with though it is small.
bool begins_small(std::string_view text) {
  if (!is_lower(text.front())) return false;
  const std::string_view word = text.substr(0, text.find(' '));
  return std::all_of(word.begin(), word.end(), [](char c) { return is_lower(c) || c == ',' || c == '\''; });
}

// Words of research, and those that it shares with everything else.
constexpr auto kResearch = std::to_array<std::string_view>(
    {"accuracy", "algorithm", "algorithms", "analysis", "analyze", "approach", "architecture", "association", "baseline", "baselines", "benchmark", "benchmarks", "cells", "clinical", "cohort", "complexity", "computational",
     "dataset", "datasets", "demonstrate", "efficient", "empirical", "equation", "estimate", "estimation", "estimator", "evaluate", "evaluation", "evidence", "experiment", "experimental", "experiments", "findings", "framework",
     "gene", "hypothesis", "inference", "investigate", "learning", "mechanism", "method", "methods", "model", "models", "network", "networks", "neural", "novel", "numerical", "optimal", "optimization", "outperform",
     "outperforms", "parameters", "participants", "patients", "prediction", "proof", "propose", "proposed", "prove", "quantum", "representation", "research", "results", "significant", "simulations", "state-of-the-art",
     "statistical", "studied", "studies", "study", "survey", "systematic", "theorem", "theory", "trained", "training", "transformer", "transformers", "trial"});
constexpr auto kShared = std::to_array<std::string_view>(
    {"compare", "data", "find", "improve", "improves", "introduce", "language", "observed", "our", "paper", "performance", "present", "problem", "sample", "show", "shows", "task", "tasks", "we"});

}  // namespace

static_assert(std::is_sorted(kResearch.begin(), kResearch.end()) && std::is_sorted(kShared.begin(), kShared.end()));

std::size_t entry_mark(std::string_view line) {
  if (const std::size_t end = bullet(line); end > 0) return end;
  const bool bracket = line.starts_with('[');
  const std::size_t at = bracket ? 1 : 0, digits = digits_at(line, at), end = at + digits;
  if (digits == 0 || digits > 3 || end + 1 >= line.size() || !is_blank(line[end + 1])) return 0;
  if (bracket ? line[end] != ']' : line[end] != '.' && line[end] != ')') return 0;
  const std::size_t text = line.find_first_not_of(" \t", end + 1);
  return text == std::string_view::npos ? 0 : text;
}

int entry_number(std::string_view line) {
  int value = 0;
  const std::size_t at = line.starts_with('[') ? 1 : 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(digits_at(line, at), 3); ++i) value = value * 10 + (line[at + i] - '0');
  return value;
}

AddressLine address_line(std::string_view line) {
  AddressLine found;
  line = trim(line);
  if (line.size() > kLongestLine) return {};
  std::string date;
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest = trim(rest.substr(end));
    if (std::string url = address_of(word); !url.empty()) {
      found.leads_to_paper = found.leads_to_paper || leads_to_paper(url);
      found.urls.push_back(std::move(url));
    } else if (is_date_word(bare(word))) {
      date.append(date.empty() ? "" : " ").append(bare(word));
    } else if (!bare(word).empty() && !contains(kBesideAddresses, lower_case(bare(word))) && !is_arxiv_category(bare(word))) {
      return {};
    }
  }
  if (!found.urls.empty()) found.date = normalise_date(date);
  return found;
}

TitledAddress titled_address(std::string_view line) {
  line = trim(line);
  if (line.size() > kLongestLine) return {};
  TitledAddress found;
  if (line.starts_with('[') && line.find("](") != std::string_view::npos) {  // "[Title](https://arxiv.org/abs/2401.01234)"
    const std::vector<MarkdownLink> links = markdown_links(line);
    if (!links.empty() && links[0].at == 0 && leads_to_paper(links[0].url)) return {line.substr(1, links[0].text.size()), links[0].url};
  }
  const std::size_t first = std::min(line.find_first_of(" \t"), line.size());
  if (std::string url = address_of(line.substr(0, first)); !url.empty()) {  // "arXiv:2401.01234 - Title"
    std::string_view title = scan::trim_left(line.substr(first));
    for (const std::string_view sign : {"-", ":", "|", "\xE2\x80\x93", "\xE2\x80\x94"}) {
      if (title.starts_with(sign)) title = scan::trim_left(title.substr(sign.size()));
    }
    return leads_to_paper(url) ? TitledAddress{title, std::move(url)} : TitledAddress{};
  }
  std::string_view title = line;
  for (int words = 0; words < 4; ++words) {  // "Title arXiv:2401.01234 [cs.CL]", "Title https://arxiv.org/abs/2401.01234 (pdf)"
    const std::size_t at = last_word(title);
    const std::string_view word = title.substr(at);
    std::string url = at == 0 ? std::string() : address_of(word);
    const bool beside = contains(kBesideAddresses, lower_case(bare(word))) || is_arxiv_category(bare(word)) || bare(word).empty();
    if (url.empty() && (!beside || at == 0 || words == 3)) break;
    if (!url.empty() && leads_to_paper(url)) found.url = std::move(url);
    title = without_end(title.substr(0, at));
    if (!found.url.empty()) found.title = title;
  }
  return found;
}

std::string names_line(std::string_view line) {
  line = trim(line);
  if (line.size() > 16 * kLongestLine) return {};
  const bool says_by = starts_ignoring_case(line, "by ");
  if (says_by) line = trim(line.substr(3));
  std::string names = without_notes(line);
  const std::string_view shown = trim(names);
  bool more = false;
  std::string_view plain = shown;
  for (const std::string_view end : {" et al.", " et al", " and others", ", ...", " \xE2\x80\xA6"}) {
    if (!plain.ends_with(end)) continue;
    plain = trim(plain.substr(0, plain.size() - end.size()));
    if (plain.ends_with(',')) plain.remove_suffix(1);
    more = true;
  }
  if (is_author_list(plain) || ((more || says_by) && is_name(plain))) return std::string(plain);
  return {};
}

bool may_be_one_name(std::string_view line) {
  const std::string plain = without_notes(trim(line));
  return is_name(plain) && plain.find_first_of(":?!\"") == std::string::npos && std::count(plain.begin(), plain.end(), ' ') <= 3;
}

bool is_venue_line(std::string_view line) {
  line = trim(line);
  if (line.size() < 4 || line.size() > 200) return false;
  for (const std::string_view word : {"in proceedings", "proceedings of", "accepted at", "accepted to", "accepted by", "published in", "to appear in", "in: "}) {
    if (starts_ignoring_case(line, word)) return true;
  }
  if (line.size() > 120 || ends_like_a_sentence(line)) return false;
  for (std::size_t at = line.find_first_of("12"); at != std::string_view::npos; at = line.find_first_of("12", at + 1)) {
    const bool year = digits_at(line, at) == 4 && (line.substr(at, 2) == "19" || line.substr(at, 2) == "20") && (at == 0 || !is_alnum(line[at - 1]));
    if (year) return true;
  }
  return false;
}

bool names_a_venue(std::string_view line) {
  if (!is_venue_line(line) || normalise_date(line).size() > 4) return false;  // a day is none
  const std::string lowered = lower_case(line);
  for (const std::string_view word : {"proceedings", "conference", "journal", "workshop", "transactions", "symposium", "preprint", "arxiv"}) {
    if (lowered.find(word) != std::string::npos) return true;
  }
  std::size_t capitals = 0;
  for (std::size_t i = 0; i < line.size() && !is_blank(line[i]); ++i) capitals += is_upper(line[i]) ? 1U : 0U;
  return capitals >= 3;  // "ICML 2025", "NeurIPS 2025 (oral)"
}

bool may_be_title(std::string_view text) {
  text = trim(text);
  if (text.size() < 10 || text.size() > 300 || !looks_like_title(text) || text.find(' ') == std::string_view::npos) return false;
  if (std::string_view(":,;=").find(text.back()) != std::string_view::npos || std::string_view("@#/>|{}<=").find(text.front()) != std::string_view::npos) return false;
  if (begins_small(text) || begins_like_prose(text) || has_sentences(text)) return false;
  if (contains(kLoose, lower_case(text.substr(last_word(text))))) return false;
  for (const std::string_view button : {"unsubscribe", "click here", "view in browser", "view this email"}) {
    if (find_ignoring_case(text, button) != std::string_view::npos) return false;
  }
  std::size_t letters = 0;
  for (const char c : text) letters += is_letter(c) || static_cast<unsigned char>(c) >= 0x80 ? 1U : 0U;
  return letters * 2 > text.size();
}

bool begins_with_title(std::string_view text) {
  const std::size_t stop = text.find(". ");
  return may_be_title(text) || (stop != std::string_view::npos && may_be_title(text.substr(0, stop)));
}

bool speaks_of_research(std::string_view text) {
  text = text.substr(0, 4000);
  std::vector<std::string> seen;
  int weight = 0;
  for (std::size_t at = 0; at < text.size() && weight < 3;) {
    std::size_t end = at;
    while (end < text.size() && (is_letter(text[end]) || (end > at && text[end] == '-'))) ++end;
    std::string word = lower_case(text.substr(at, end - at));
    const int worth = std::binary_search(kResearch.begin(), kResearch.end(), word) ? 2 : std::binary_search(kShared.begin(), kShared.end(), word) ? 1 : 0;
    if (worth > 0 && !contains(seen, word)) {
      weight += worth;
      seen.push_back(std::move(word));
    }
    at = std::max(end, at + 1);
  }
  return weight >= 3;
}

}  // namespace digest::ingest
