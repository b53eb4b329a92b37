// SPDX-License-Identifier: MIT
// BibTeX entries (Patashnik, "BibTeXing", 1988; field names of biblatex for eprints and whole dates).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "render/citation.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// BibTeX counts braces behind a backslash too: those without a partner would end or swallow the entry.
bool is_balanced(std::string_view text) {
  int open = 0;
  for (const char c : text) {
    open += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (open < 0) return false;
  }
  return open == 0;
}

// Every character stands for itself when LaTeX has read it.
std::string latex(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  const bool balanced = is_balanced(text);
  char before = 0;
  for (const char c : text) {
    // Two of these are one sign to TeX: a quotation mark, a dash.
    if (c == before && (c == '\'' || c == '`' || c == '-')) out += "{}";
    before = c;
    switch (c) {
      case '&': case '%': case '$': case '#': case '_':
        out += '\\';
        out += c;
        break;
      case '{': out += balanced ? "\\{" : "\\textbraceleft{}"; break;
      case '}': out += balanced ? "\\}" : "\\textbraceright{}"; break;
      case '\\': out += "\\textbackslash{}"; break;
      case '~': out += "\\textasciitilde{}"; break;
      case '^': out += "\\textasciicircum{}"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') out += c;
    }
  }
  return out;
}

// Inside a url field only what would unbalance the entry is touched.
std::string address_text(std::string_view address) {
  std::string out;
  for (const char c : address) {
    if (c == '{' || c == '}' || c == '\\' || static_cast<unsigned char>(c) <= 0x20) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

// Braces keep a name together that BibTeX would take apart: one with its separator in it, with more commas than
// "von Last, Jr, First" has, or with one where nothing stands before or behind it.
bool is_plain_name(const std::string& name) {
  std::string lower;
  for (const char c : name) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower.find(" and ") != std::string::npos || lower == "others") return false;
  const auto commas = std::count(name.begin(), name.end(), ',');
  return !name.empty() && commas <= 2 && name.front() != ',' && name.back() != ',' && name.find(", ,") == std::string::npos &&
         name.find(",,") == std::string::npos;
}

std::string names(const std::vector<std::string>& authors) {
  std::string out;
  for (const std::string& author : authors) {
    if (!out.empty()) out += " and ";
    out += is_plain_name(author) ? latex(author) : "{" + latex(author) + "}";
  }
  return out;
}

// BibTeX wants author, title, journal and year of an article; of the other kind it wants nothing.
bool is_article(const Paper& paper) {
  return !paper.venue.empty() && !paper.authors.empty() && !paper.title.empty() && !paper.date.empty();
}

class BibtexWriter : public PaperWriter {
 public:
  std::string paper(const Hit& hit) override {
    const Paper& paper = hit.paper;
    const std::string key = keys_.key_of(paper);
    std::string out = fmt::format("@{}{{{},\n", is_article(paper) ? "article" : "misc", key);
    const auto field = [&out](std::string_view name, const std::string& value) {
      if (!value.empty()) out += fmt::format("  {} = {{{}}},\n", name, value);
    };
    // Double braces: the case of a title is the author's.
    if (!paper.title.empty()) field("title", "{" + latex(paper.title) + "}");
    field("author", names(paper.authors));
    if (paper.authors.empty()) field("key", key);  // what bibliographies are sorted by
    field("journal", latex(paper.venue));
    add_date(out, paper.date);
    field("doi", address_text(identifier(paper, "doi")));
    if (const std::string arxiv = identifier(paper, "arxiv"); !arxiv.empty()) {
      field("eprint", address_text(arxiv));
      field("archiveprefix", "arXiv");
    }
    field("pmid", address_text(identifier(paper, "pmid")));
    const auto urls = addresses(paper);
    if (!urls.empty()) field("url", address_text(urls.front()));
    field("keywords", latex(fmt::format("{}", fmt::join(paper.categories, ", "))));
    field("abstract", latex(paper.abstract));
    return out + "}\n\n";
  }

 private:
  static void add_date(std::string& out, const std::string& date) {
    const auto parts = date_parts(date);
    if (parts.empty()) return;
    out += fmt::format("  year = {{{}}},\n", parts[0]);
    if (parts.size() > 1) {
      unsigned month = 0;
      for (const char c : parts[1]) month = month * 10 + static_cast<unsigned>(c - '0');
      if (month >= 1 && month <= kMonths.size()) out += fmt::format("  month = {},\n", kMonths[month - 1]);
      out += fmt::format("  date = {{{}}},\n", date);
    }
  }

  KeyMaker keys_;
};

}  // namespace

std::unique_ptr<PaperWriter> bibtex_writer() { return std::make_unique<BibtexWriter>(); }

}  // namespace digest::render
