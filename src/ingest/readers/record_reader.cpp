// SPDX-License-Identifier: MIT
#include "ingest/readers/record_reader.hpp"

#include <digest/limits.hpp>

#include <algorithm>

#include "ingest/identifiers.hpp"

namespace digest::ingest {
namespace {

bool is_version_or_nothing(std::string_view rest) {
  if (rest.empty()) return true;
  return rest[0] == 'v' && rest.size() > 1 && digits_at(rest, 1) == rest.size() - 1;
}

bool is_new_arxiv_id(std::string_view id) {
  if (digits_at(id, 0) != 4 || id.size() < 9 || id[4] != '.') return false;
  const std::size_t number = digits_at(id, 5);
  return (number == 4 || number == 5) && is_version_or_nothing(id.substr(5 + number));
}

bool is_old_arxiv_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash == 0 || !is_letter(id[0])) return false;
  for (const char c : id.substr(0, slash)) {
    if (!is_letter(c) && c != '-' && c != '.') return false;
  }
  return digits_at(id, slash + 1) == 7 && is_version_or_nothing(id.substr(slash + 8));
}

}  // namespace

void RecordReader::emit(Paper&& paper) {
  if (paper.title.empty() && paper.abstract.empty()) {
    skip(paper.sources.front().line, "no-title", "This record has neither a title nor an abstract; it was left out.");
    return;
  }
  add_own_page(paper);
  sink_.paper(std::move(paper));
}

std::string RecordReader::date_of(std::string_view raw) const {
  return normalise_date(raw, digest_date());
}

bool has_html_tags(std::string_view text) {
  constexpr std::size_t kLongestTag = 1000;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::size_t name = at + 1;
    if (name < text.size() && text[name] == '/') ++name;
    std::size_t end = name;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == ':' || text[end] == '-')) ++end;
    if (end == name || end == text.size()) continue;
    const bool closing = text[at + 1] == '/';
    if (text[end] == '>' && (closing || end - name <= 3 || text.substr(name, 5) == "jats:")) return true;
    if (text[end] == '/') return true;
    const std::string_view rest = text.substr(end, kLongestTag);
    if (text[end] == ' ' && rest.find('>') != std::string_view::npos && rest.find('=') < rest.find('>')) return true;
  }
  return false;
}

std::string clean_title(std::string_view raw) {
  return clean(raw, has_html_tags(raw) || raw.find('&') != std::string_view::npos ? Markup::html_and_latex : Markup::latex);
}

void add_subtitle(std::string& title, std::string_view subtitle) {
  if (title.empty() || subtitle.empty()) return;
  title.append(std::string_view(":?!.").find(title.back()) != std::string_view::npos ? " " : ": ").append(subtitle);
}

std::string clean_abstract(std::string_view raw) {
  const bool html = has_html_tags(raw) || raw.find('&') != std::string_view::npos;
  return clean(raw, html ? Markup::html_and_latex : Markup::latex, Paragraphs::keep);
}

std::string_view arxiv_id_shape(std::string_view text) {
  text = trim(text);
  for (const std::string_view prefix : {"oai:arxiv.org:", "arxiv:"}) {
    if (starts_ignoring_case(text, prefix)) text = trim(text.substr(prefix.size()));
  }
  return is_new_arxiv_id(text) || is_old_arxiv_id(text) ? text : std::string_view();
}

std::string_view without_person_number(std::string_view name) {
  const std::size_t blank = name.rfind(' ');
  const bool numbered = blank != std::string_view::npos && name.size() - blank == 5 && digits_at(name, blank + 1) == 4;
  return numbered ? name.substr(0, blank) : name;
}

std::string_view doi_shape(std::string_view text) {
  text = trim(text);
  for (const std::string_view resolver : {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/"}) {
    if (!starts_ignoring_case(text, resolver)) continue;
    const std::string_view found = find_doi(text);
    text = found.empty() ? trim(text.substr(resolver.size())) : found;
  }
  for (const std::string_view prefix : {"doi:", "info:doi/"}) {
    if (starts_ignoring_case(text, prefix)) text = trim(text.substr(prefix.size()));
  }
  const bool shape = text.size() > 5 && text.substr(0, 3) == "10." && text.find('/') != std::string_view::npos &&
                     text.find_first_of(" \n\t") == std::string_view::npos;
  return shape ? text : std::string_view();
}

void add_url(Paper& paper, std::string_view url) {
  url = trim(url);
  if (!starts_ignoring_case(url, "http://") && !starts_ignoring_case(url, "https://")) return;
  if (url.find_first_of(" \n\t<>\"") != std::string_view::npos || url.size() > 4096) return;
  if (paper.urls.size() >= kMaxListed) return;
  if (std::find(paper.urls.begin(), paper.urls.end(), url) == paper.urls.end()) paper.urls.emplace_back(url);
}

void add_category(Paper& paper, std::string_view name) {
  name = trim(name);
  if (name.empty() || name.size() > 200) return;
  if (paper.categories.size() >= kMaxListed) return;
  if (std::find(paper.categories.begin(), paper.categories.end(), name) == paper.categories.end()) paper.categories.emplace_back(name);
}

void add_keywords(Paper& paper, std::string_view text) {
  constexpr std::string_view kBetween = ",;\n";
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(kBetween);
    if (const std::string_view word = trim(text.substr(0, end)); is_arxiv_category(word)) add_category(paper, word);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

void add_own_page(Paper& paper) {
  if (!paper.urls.empty()) return;
  const auto page = [&paper](const char* kind, std::string_view site) {
    const auto found = paper.ids.find(kind);
    if (found != paper.ids.end() && paper.urls.empty()) paper.urls.push_back(std::string(site) + found->second);
  };
  page("arxiv", "https://arxiv.org/abs/");
  page("acl", "https://aclanthology.org/");
  page("openreview", "https://openreview.net/forum?id=");
  page("doi", "https://doi.org/");
  page("pmid", "https://pubmed.ncbi.nlm.nih.gov/");
}

}  // namespace digest::ingest
