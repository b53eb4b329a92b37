// SPDX-License-Identifier: MIT
#include "ingest/identifiers.hpp"

#include <algorithm>
#include <array>

#include "ingest/identity.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

bool ends_here(std::string_view text, std::size_t at) {
  return at >= text.size() || !(is_alnum(text[at]) || text[at] == '/');
}

// Past "v2", if it stands there.
std::size_t skip_version(std::string_view text, std::size_t at) {
  if (at < text.size() && (text[at] == 'v' || text[at] == 'V')) {
    const std::size_t digits = digits_at(text, at + 1);
    if (digits != 0) return at + 1 + digits;
  }
  return at;
}

// "2405.15071", "0704.0001"
std::string new_arxiv(std::string_view text) {
  if (digits_at(text, 0) != 4 || text.size() < 9 || text[4] != '.') return {};
  const std::size_t serial = digits_at(text, 5);
  if (serial != 4 && serial != 5) return {};
  const int month = (text[2] - '0') * 10 + (text[3] - '0');
  if (month < 1 || month > 12 || !ends_here(text, skip_version(text, 5 + serial))) return {};
  return std::string(text.substr(0, 5 + serial));
}

// "hep-th/9901001", "math.GT/0309136"
std::string old_arxiv(std::string_view text) {
  const std::size_t slash = text.substr(0, 24).find('/');
  if (slash == std::string_view::npos || slash < 2 || digits_at(text, slash + 1) != 7) return {};
  if (!ends_here(text, skip_version(text, slash + 8))) return {};
  std::string_view archive = text.substr(0, slash);
  if (const std::size_t dot = archive.find('.'); dot != std::string_view::npos) archive = archive.substr(0, dot);
  const std::string name = lower_case(archive);
  return is_arxiv_archive(name) ? name + std::string(text.substr(slash, 8)) : std::string();
}

std::string bare_arxiv(std::string_view text) {
  std::string found = new_arxiv(text);
  return found.empty() ? old_arxiv(text) : found;
}

// What follows `marker` in the text; empty if it is not there.
std::string_view after(std::string_view text, std::string_view marker) {
  const std::size_t at = find_ignoring_case(text, marker);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + marker.size());
}

std::string word_at(std::string_view text, std::string_view more) {
  std::size_t end = 0;
  while (end < text.size() && (is_alnum(text[end]) || more.find(text[end]) != std::string_view::npos)) ++end;
  return std::string(text.substr(0, end));
}

std::string percent_decoded(std::string_view text) {
  const auto hex = [](char c) { return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      const int byte = hex(text[at + 1]) * 16 + hex(text[at + 2]);
      if (byte >= 0x20 && byte < 0x7F) {
        out += static_cast<char>(byte), at += 2;
        continue;
      }
    }
    out += text[at];
  }
  return out;
}

void set(Paper& paper, std::string_view kind, std::string value) {
  if (!value.empty()) paper.ids.try_emplace(std::string(kind), std::move(value));
}

// A DataCite DOI of arXiv is the arXiv id once more; as a DOI it would contradict the journal's.
bool is_arxiv_doi(std::string_view doi_text) { return doi_text.substr(0, 15) == "10.48550/arxiv."; }

void set_doi(Paper& paper, std::string value) {
  if (value.empty()) return;
  if (is_arxiv_doi(value)) {
    set(paper, "arxiv", bare_arxiv(std::string_view(value).substr(15)));
  } else {
    set(paper, "doi", std::move(value));
  }
}

// What an address says behind a DOI; "v1" of a preprint server is a version of the same paper.
std::string_view without_page_name(std::string_view found, bool is_preprint) {
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view name : {"/fulltext", "/full", "/abstract", "/pdf", "/epdf", "/meta", "/html", "/summary", ".full-text", ".full", ".abstract", ".pdf", ".short"}) {
      if (found.size() > name.size() + 8 && found.ends_with(name)) found.remove_suffix(name.size()), cut = true;
    }
  }
  for (const std::string_view part : {"/figures", "/tables", "/metrics", "/references", "/suppl", "/fulltext."}) found = found.substr(0, found.find(part));
  if (!is_preprint) return found;
  const std::size_t name = std::min(found.find('/') + 1, found.size());  // "10.1101/2024.03.01.582912v1.full.pdf+html"
  return found.substr(0, std::min(found.find_first_not_of("0123456789.", name), found.size()));
}

// "https://onlinelibrary.wiley.com/doi/full/10.1002/jgt.23044?x": publishers whose addresses hold the paper's DOI.
std::string doi_in_address(std::string_view url) {
  constexpr std::string_view kNature = "nature.com/articles/";
  if (const std::size_t at = url.find(kNature); at != std::string_view::npos) {
    const std::string name = word_at(url.substr(at + kNature.size()), "-");
    return name.size() > 8 && (name[0] == 's' || name[0] == 'd') && digits_at(name, 1) == 5 ? "10.1038/" + name : std::string();
  }
  if (url.find("10.") == std::string_view::npos || url.find("/book") != std::string_view::npos || url.find("/proceedings/") != std::string_view::npos || url.find("/figure?") != std::string_view::npos) return {};
  for (const std::string_view place :
       {"onlinelibrary.wiley.com/doi/", "pubs.acs.org/doi/", "dl.acm.org/doi/", "tandfonline.com/doi/", "science.org/doi/", "pnas.org/doi/", "journals.sagepub.com/doi/", "royalsocietypublishing.org/doi/",
        "annualreviews.org/doi/", "nejm.org/doi/", "link.aps.org/doi/", "epubs.siam.org/doi/", "journals.asm.org/doi/", "worldscientific.com/doi/", "pubsonline.informs.org/doi/", "link.springer.com/",
        "rxiv.org/content/10.", "journals.plos.org/", "iopscience.iop.org/article/", "journals.aps.org/", "frontiersin.org/articles/"}) {
    const std::size_t at = url.find(place);
    if (at == std::string_view::npos) continue;
    std::string_view rest = url.substr(at, url.find_first_of("#&", at) - at);
    if (place != "journals.plos.org/") rest = rest.substr(0, rest.find('?'));
    return lower_case(without_page_name(find_doi(rest), place.starts_with("rxiv")));
  }
  return {};
}

void from_link(Paper& paper, std::string_view raw) {
  if (raw.find("://") == std::string_view::npos && raw.find("doi.org/") == std::string_view::npos) return;
  const std::string decoded = raw.find('%') == std::string_view::npos ? std::string() : percent_decoded(raw);
  const std::string_view url = decoded.empty() ? raw : std::string_view(decoded);
  if (paper.ids.count("arxiv") == 0) set(paper, "arxiv", arxiv_id(url));
  if (paper.ids.count("doi") == 0 && url.find("doi.org/10.") != std::string_view::npos) {
    const std::string found = percent_decoded(find_doi(raw));  // decoded last: an encoded '?' is of the DOI
    set_doi(paper, lower_case(found.empty() ? find_doi(url) : std::string_view(found)));
  }
  if (paper.ids.count("doi") == 0) set_doi(paper, doi_in_address(url));
  if (paper.ids.count("acl") == 0 && url.find("acl") != std::string_view::npos) {
    std::string acl = word_at(after(url, "aclanthology.org/"), "-.");
    if (acl.empty()) acl = word_at(after(url, "aclweb.org/anthology/"), "-.");
    for (const std::string_view ending : {".pdf", ".bib", "."}) {
      if (acl.size() > ending.size() && acl.substr(acl.size() - ending.size()) == ending) acl.resize(acl.size() - ending.size());
    }
    if (std::any_of(acl.begin(), acl.end(), is_digit)) set(paper, "acl", std::move(acl));
  }
  if (paper.ids.count("openreview") == 0 && url.find("openreview.net/") != std::string_view::npos) {
    std::string forum = word_at(after(url, "forum?id="), "-_");
    set(paper, "openreview", forum.empty() ? word_at(after(url, "pdf?id="), "-_") : std::move(forum));
  }
  if (paper.ids.count("pmid") == 0 && url.find("pubmed") != std::string_view::npos) {
    std::string_view number = after(url, "pubmed.ncbi.nlm.nih.gov/");
    if (number.empty()) number = after(url, "ncbi.nlm.nih.gov/pubmed/");
    if (const std::size_t digits = digits_at(number, 0); digits > 0 && digits <= 9) set(paper, "pmid", std::string(number.substr(0, digits)));
  }
}

// "arXiv:1234.56789", "10.1000/x" as a record calls itself.
void from_own_name(Paper& paper, const std::string& name) {
  if (std::string found = arxiv_id(name); !found.empty()) return set(paper, "arxiv", std::move(found));
  if (name.find("10.") != std::string::npos) {
    std::string found = doi(name);
    if (!found.empty() && (found.size() == name.size() || starts_ignoring_case(name, "doi:") || starts_ignoring_case(name, "http"))) set_doi(paper, std::move(found));
  }
}

void normalise(Paper& paper) {
  if (const auto found = paper.ids.find("arxiv"); found != paper.ids.end()) {
    std::string id = arxiv_id(found->second);
    if (id.empty()) {
      paper.ids.erase(found);
    } else {
      found->second = std::move(id);
    }
  }
  if (const auto found = paper.ids.find("doi"); found != paper.ids.end()) {
    const bool is_link = found->second.find("doi.org/") != std::string::npos;
    std::string value = is_link ? lower_case(percent_decoded(find_doi(found->second))) : doi(found->second);
    paper.ids.erase(found);
    set_doi(paper, std::move(value));
  }
}

}  // namespace

bool is_arxiv_archive(std::string_view name) {
  constexpr auto kArchives = std::to_array<std::string_view>(
      {"acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg", "comp-gas",
       "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th",
       "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con"});
  return std::find(kArchives.begin(), kArchives.end(), name) != kArchives.end();
}

bool is_arxiv_category(std::string_view name) {
  constexpr auto kWhole = std::to_array<std::string_view>({"gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"});
  constexpr auto kParted = std::to_array<std::string_view>(
      {"astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin", "stat"});
  if (std::find(kWhole.begin(), kWhole.end(), name) != kWhole.end()) return true;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || std::find(kParted.begin(), kParted.end(), name.substr(0, dot)) == kParted.end()) return false;
  const std::string_view part = name.substr(dot + 1);
  return part.size() >= 2 && part.size() <= 10 && std::all_of(part.begin(), part.end(), [](char c) { return is_letter(c) || c == '-'; });
}

void order_urls(Paper& paper) {
  if (paper.urls.size() < 2) return;
  const auto rank = [&](const std::string& url) {
    if (url.size() > 4 && (url.find("/pdf") != std::string::npos || url.compare(url.size() - 4, 4, ".pdf") == 0)) return 3;
    for (const auto& [kind, value] : paper.ids) {
      if (kind != "source" && !value.empty() && find_ignoring_case(url, value) != std::string_view::npos) return 0;
    }
    const bool is_code = url.find("//github.com/") != std::string::npos || url.find(".github.io") != std::string::npos;
    return is_code || paper.abstract.find(url) != std::string::npos ? 2 : 1;
  };
  std::vector<std::pair<int, std::string>> ranked;
  ranked.reserve(paper.urls.size());
  for (std::string& url : paper.urls) {
    const int order = rank(url);
    ranked.emplace_back(order, std::move(url));
  }
  std::sort(ranked.begin(), ranked.end());
  for (std::size_t i = 0; i < ranked.size(); ++i) paper.urls[i] = std::move(ranked[i].second);
}

std::string arxiv_id(std::string_view text) {
  text = trim(text);
  if (std::string found = bare_arxiv(text); !found.empty()) return found;
  if (find_ignoring_case(text, "arxiv") == std::string_view::npos && text.find("papers/") == std::string_view::npos &&
      text.find("ar5iv") == std::string_view::npos) {
    return {};
  }
  constexpr auto kBefore = std::to_array<std::string_view>({"arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "huggingface.co/papers/",
      "alphaxiv.org/abs/", "alphaxiv.org/overview/", "papers.cool/arxiv/", "10.48550/arxiv.", "oai:arxiv.org:", "arxiv:", "arxiv preprint arxiv:", "ar5iv.org/abs/"});
  for (const std::string_view marker : kBefore) {
    const std::string_view rest = after(text, marker);
    if (rest.empty()) continue;
    if (std::string found = bare_arxiv(trim(rest)); !found.empty()) return found;
  }
  return {};
}

namespace {

// "48:4<310::AID-ASI3>3.0.CO;2-#", as publishers made DOIs of SICIs (ANSI/NISO Z39.56) until 2001: where `at` is the '<',
// the place behind its '>'; else `at`, for markup ends a DOI.
std::size_t skip_item(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 60;
  const std::size_t end = text.substr(0, at + kLongest).find_first_of(" \t\n>", at);
  const bool is_item = end != std::string_view::npos && text[end] == '>' && text.substr(at, end - at).find("::") != std::string_view::npos;
  return is_item ? end + 1 : at;
}

constexpr std::size_t kLongestDoi = 300;

// Where the suffix that begins at `suffix` ends; no farther away than a DOI is long.
std::size_t doi_end(std::string_view text, std::size_t suffix) {
  text = text.substr(0, suffix + kLongestDoi);
  std::size_t end = suffix;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > 0x20) {
    const bool markup = std::string_view("\"<>{}\\|").find(text[end]) != std::string_view::npos;
    const std::size_t behind = !markup ? end + 1 : text[end] == '<' ? skip_item(text, end) : end;
    if (behind == end) break;
    end = behind;
  }
  const auto count = [&](char c) { return std::count(text.begin() + static_cast<std::ptrdiff_t>(suffix), text.begin() + static_cast<std::ptrdiff_t>(end), c); };
  std::ptrdiff_t unopened_round = count(')') - count('('), unopened_square = count(']') - count('[');
  for (; end > suffix; --end) {
    const char last = text[end - 1];
    const bool of_sentence = std::string_view(".,;:'").find(last) != std::string_view::npos;
    const bool unopened = (last == ')' && unopened_round-- > 0) || (last == ']' && unopened_square-- > 0);
    if (!of_sentence && !unopened) break;
  }
  return end;
}

// Of a link, what follows the path is the page's: "?af=R", "#abstract". A final '#' is of the DOI: old ones end so, and
// are written unescaped.
std::string_view without_query(std::string_view link) {
  link = link.substr(0, link.find('?'));
  const std::size_t fragment = link.find('#');
  return fragment + 1 < link.size() ? link.substr(0, fragment) : link;
}

}  // namespace

std::string_view find_doi(std::string_view text) {
  for (std::size_t at = text.find("10."); at != std::string_view::npos; at = text.find("10.", at + 1)) {
    if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.')) continue;
    const std::size_t registrant = digits_at(text, at + 3);
    if (registrant < 3 || registrant > 9) continue;
    std::size_t slash = at + 3 + registrant;
    while (slash < text.size() && text[slash] == '.' && digits_at(text, slash + 1) > 0) slash += 1 + digits_at(text, slash + 1);
    if (slash >= text.size() || text[slash] != '/') continue;
    const std::size_t end = doi_end(text, slash + 1);
    if (end == slash + 1 || end - at > kLongestDoi) continue;
    const std::string_view found = text.substr(at, end - at);
    constexpr std::string_view kResolver = "doi.org/";
    return text.substr(0, at).ends_with(kResolver) ? without_query(found) : found;
  }
  return {};
}

std::string doi(std::string_view text) { return lower_case(find_doi(text)); }

void find_identifiers(Paper& paper) {
  if (!paper.ids.empty()) {
    normalise(paper);
    if (const auto own = paper.ids.find("source"); own != paper.ids.end()) from_own_name(paper, own->second);
  }
  // Only the paper's own page says who it is; a link in its abstract may be to another paper.
  constexpr std::size_t kOwn = 3;
  for (std::size_t i = 0; i < std::min(paper.urls.size(), kOwn); ++i) from_link(paper, paper.urls[i]);
}

}  // namespace digest::ingest
