// SPDX-License-Identifier: MIT
#include "ingest/readers/markdown_parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/brackets.hpp"
#include "ingest/cleaning.hpp"
#include "ingest/identifiers.hpp"
#include "ingest/readers/scan.hpp"

namespace digest::ingest {
bool is_web_address(std::string_view s) { return starts_ignoring_case(s, "http://") || starts_ignoring_case(s, "https://"); }

namespace {

constexpr std::size_t kLongestLink = 4096;  // bytes, of its text and of its address

// Where the parts of "[text](url)" at `at` end, in a line whose brackets are paired; npos for both if it is none.
struct LinkEnds {
  std::size_t text = std::string_view::npos, url = std::string_view::npos;
};

LinkEnds link_ends(std::string_view line, std::size_t at, const BracketPairs& square, const BracketPairs& round) {
  const std::size_t text = square.close_of(at, kLongestLink);
  if (text == std::string_view::npos || text + 1 >= line.size() || line[text + 1] != '(') return {};
  const std::size_t url = round.close_of(text + 1, kLongestLink);
  return url == std::string_view::npos ? LinkEnds{} : LinkEnds{text, url};
}

std::string_view first_word(std::string_view s) { return s.substr(0, s.find_first_of(" \t")); }

// Emphasis, emoji and other ornaments before the first letter or digit.
std::string_view without_ornaments(std::string_view s, bool& marked) {
  while (!s.empty()) {
    if (s.front() == '*' || s.front() == '_') {
      marked = true;
      s.remove_prefix(1);
    } else if (is_blank(s.front()) || s.front() == '>' || s.starts_with("\xF0") || s.starts_with("\xE2")) {
      s.remove_prefix(s.starts_with("\xF0") ? std::min<std::size_t>(4, s.size()) : s.starts_with("\xE2") ? std::min<std::size_t>(3, s.size()) : 1);
    } else if (s.starts_with("\xEF\xB8\x8F")) {
      s.remove_prefix(3);
    } else {
      break;
    }
  }
  return s;
}

struct Name {
  std::string_view name;
  Label label;
};

constexpr auto kLabels = std::to_array<Name>({
    {"abstract", Label::abstract}, {"original abstract", Label::abstract}, {"paper abstract", Label::abstract}, {"full abstract", Label::abstract},
    {"abstract (english)", Label::abstract}, {"english abstract", Label::abstract},
    {"summary", Label::summary}, {"tl;dr", Label::summary}, {"tldr", Label::summary}, {"tl dr", Label::summary}, {"ai summary", Label::summary},
    {"brief", Label::summary}, {"overview", Label::summary}, {"short summary", Label::summary}, {"description", Label::summary},
    {"summary (ai)", Label::summary}, {"one-line summary", Label::summary}, {"one-sentence summary", Label::summary},
    {"title", Label::title}, {"paper title", Label::title},
    {"author", Label::authors}, {"authors", Label::authors}, {"author(s)", Label::authors}, {"by", Label::authors},
    {"link", Label::link}, {"links", Label::link}, {"url", Label::link}, {"paper", Label::link}, {"pdf", Label::link}, {"arxiv", Label::link},
    {"paper link", Label::link}, {"arxiv link", Label::link}, {"arxiv id", Label::link}, {"arxiv url", Label::link}, {"paper url", Label::link},
    {"pdf link", Label::link}, {"source", Label::link}, {"abs", Label::link}, {"html", Label::link}, {"read more", Label::link},
    {"date", Label::date}, {"published", Label::date}, {"publish date", Label::date}, {"published date", Label::date}, {"submitted", Label::date},
    {"submission date", Label::date}, {"publication date", Label::date}, {"published on", Label::date}, {"date published", Label::date},
    {"submitted on", Label::date}, {"year", Label::date},
    {"category", Label::category}, {"categories", Label::category}, {"main category", Label::category}, {"primary category", Label::category},
    {"subjects", Label::category}, {"arxiv categories", Label::category}, {"subject", Label::category},
    {"venue", Label::venue}, {"journal", Label::venue}, {"conference", Label::venue}, {"published in", Label::venue}, {"doi", Label::doi},
    {"code", Label::other}, {"github", Label::other}, {"comment", Label::other}, {"comments", Label::other}, {"keywords", Label::other},
    {"tags", Label::other}, {"motivation", Label::other}, {"method", Label::other}, {"methods", Label::other}, {"result", Label::other},
    {"results", Label::other}, {"conclusion", Label::other}, {"conclusions", Label::other}, {"background", Label::other},
    {"affiliation", Label::other}, {"affiliations", Label::other}, {"institution", Label::other}, {"institutions", Label::other},
    {"organization", Label::other}, {"details", Label::other}, {"key points", Label::other}, {"contributions", Label::other},
    {"updated", Label::other}, {"last updated", Label::other}, {"project", Label::other}, {"project page", Label::other},
    {"upvotes", Label::other}, {"score", Label::other}, {"relevance", Label::other}, {"citation", Label::other}, {"bibtex", Label::other},
    {"英文摘要", Label::abstract}, {"原文摘要", Label::abstract}, {"摘要原文", Label::abstract}, {"英文原文", Label::abstract}, {"초록", Label::abstract},
    {"摘要", Label::summary}, {"简介", Label::summary}, {"总结", Label::summary}, {"概要", Label::summary}, {"要旨", Label::summary}, {"要約", Label::summary}, {"요약", Label::summary},
    {"标题", Label::title}, {"论文标题", Label::title}, {"英文标题", Label::title}, {"タイトル", Label::title}, {"제목", Label::title},
    {"作者", Label::authors}, {"论文作者", Label::authors}, {"著者", Label::authors}, {"저자", Label::authors}, {"autores", Label::authors}, {"auteurs", Label::authors}, {"autoren", Label::authors},
    {"链接", Label::link}, {"论文链接", Label::link}, {"原文链接", Label::link}, {"论文地址", Label::link}, {"论文", Label::link}, {"地址", Label::link}, {"下载链接", Label::link}, {"リンク", Label::link}, {"링크", Label::link},
    {"日期", Label::date}, {"发布日期", Label::date}, {"发布时间", Label::date}, {"发表日期", Label::date}, {"发表时间", Label::date}, {"提交日期", Label::date}, {"提交时间", Label::date}, {"公開日", Label::date}, {"날짜", Label::date},
    {"分类", Label::category}, {"类别", Label::category}, {"领域", Label::category}, {"カテゴリ", Label::category}, {"期刊", Label::venue}, {"会议", Label::venue},
    {"中文标题", Label::other}, {"中文摘要", Label::other}, {"关键词", Label::other}, {"代码", Label::other}, {"机构", Label::other}, {"单位", Label::other}, {"更新时间", Label::other}, {"备注", Label::other}, {"评论", Label::other},
    {"动机", Label::other}, {"方法", Label::other}, {"结果", Label::other}, {"结论", Label::other}, {"创新点", Label::other}, {"研究背景", Label::other},
    {"paper id", Label::link}, {"submitted date", Label::date}, {"release date", Label::date}, {"first submitted", Label::date}, {"primary subject", Label::category},
    {"translation", Label::other}, {"task", Label::other}, {"dataset", Label::other}, {"notes", Label::other}, {"rank", Label::other},
    {"publication year", Label::date}, {"addresses", Label::record}, {"document type", Label::record}, {"issn", Label::record}, {"eissn", Label::record},
    {"isbn", Label::record}, {"ids number", Label::record}, {"times cited", Label::record}, {"cited reference count", Label::record},
    {"keywords plus", Label::record}, {"author keywords", Label::record}, {"view full record", Label::record}, {"*view full record", Label::record},
});

Label find_label(std::string_view text) {
  for (const Name& each : kLabels) {
    if (equals_ignoring_case(each.name, text)) return each.label;
  }
  return Label::none;
}

}  // namespace

std::vector<MarkdownLink> markdown_links(std::string_view line) {
  std::vector<MarkdownLink> out;
  const BracketPairs square(line, '[', ']'), round(line, '(', ')');
  for (std::size_t i = 0; i < line.size() && out.size() < 200;) {
    if (line[i] == '\\') {
      i += 2;
    } else if (line[i] == '[') {
      const auto [end, last] = link_ends(line, i, square, round);
      if (last == std::string_view::npos) {
        ++i;
        continue;
      }
      const std::string_view inside = line.substr(i + 1, end - i - 1);
      std::string_view url = first_word(trim(line.substr(end + 2, last - end - 2)));  // a quoted title may follow
      if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
      const bool image = i > 0 && line[i - 1] == '!';
      const bool badge = inside.starts_with("![");
      if (!image && is_web_address(url)) out.push_back({badge ? std::string() : std::string(inside), std::string(url), i});
      i = last + 1;
    } else if (is_web_address(line.substr(i, 8))) {
      const std::string_view url = scan::find_url(line.substr(i, 4096));
      if (!url.empty()) out.push_back({{}, std::string(url), i});
      i += std::max<std::size_t>(url.size(), 4);
    } else {
      ++i;
    }
  }
  return out;
}

bool leads_to_paper(std::string_view url) {
  for (const std::string_view issue : {"/toc/", "/issue/", "tocresult", "/loi/"}) {
    if (find_ignoring_case(url, issue) != std::string_view::npos && !url.ends_with(".pdf") && find_doi(url).empty()) return false;
  }
  for (const std::string_view place :
       {"arxiv.org/abs/", "arxiv.org/pdf/", "arxiv.org/html/", "doi.org/", "huggingface.co/papers/", "hf.co/papers/", "openreview.net/", "aclanthology.org/",
        "aclweb.org/anthology", "biorxiv.org/content", "medrxiv.org/content", "biorxiv.org/cgi/content", "medrxiv.org/cgi/content", "pnas.org/content", "sciencedirect.com/science", "pubmed.ncbi", "ncbi.nlm.nih.gov/", "semanticscholar.org/paper",
        "dl.acm.org/", "ieeexplore.ieee.org/", "link.springer.com/", "nature.com/articles", "sciencedirect.com/", "proceedings.mlr.press/",
        "papers.nips.cc/", "proceedings.neurips.cc/", "thecvf.com/", "alphaxiv.org/", "papers.cool/", "paperswithcode.com/paper", "jmlr.org/", "ssrn.com/",
        "science.org/doi", "pnas.org/doi", "usenix.org/", "isca-speech.org/", "isca-archive.org/", "ojs.aaai.org/", "ecva.net/", "scholar.google", "cell.com/",
        "onlinelibrary.wiley.com/doi/", "pubs.acs.org/doi/", "pubs.rsc.org/en/content/article", "link.aps.org/doi/", "journals.aps.org/prl/abstract", "iopscience.iop.org/article/",
        "cambridge.org/core/journals/", "tandfonline.com/doi/", "journals.plos.org/", "journals.sagepub.com/doi/", "royalsocietypublishing.org/doi/", "annualreviews.org/doi/",
        "elifesciences.org/articles/", "frontiersin.org/articles/", "jamanetwork.com/journals/", "nejm.org/doi/", "scopus.com/record/", "mendeley.com/suggest/", "researchgate.net/publication/"}) {
    if (find_ignoring_case(url, place) != std::string_view::npos) return true;
  }
  return url.ends_with(".pdf");
}

bool looks_like_title(std::string_view raw) {
  bool marked = false;
  const std::string_view text = trim(without_ornaments(raw, marked));
  if (text.size() < 6 || scan::is_arxiv_id(text) || is_web_address(text)) return false;
  const std::string lowered = lower_case(text);
  for (const std::string_view place : {"github", "code", "project", "back", "arxiv:", "arxiv ", "pdf", "hugging", "read more", "homepage", "website", "paper link", "blog"}) {
    if (lowered.starts_with(place) && text.size() < place.size() + 12) return false;
  }
  if (find_label(lowered) != Label::none) return false;
  return text.find(' ') != std::string_view::npos || text.size() >= 12;
}

std::vector<std::string> untrimmed_cells(std::string_view row) {
  row = trim(row);
  if (row.starts_with('|')) row.remove_prefix(1);
  std::vector<std::string> out(1);
  bool code = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (c == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
      out.back() += '|';
      ++i;
    } else if (c == '|' && !code) {
      if (i + 1 < row.size()) out.emplace_back();
    } else {
      if (c == '`' && (code || row.find('`', i + 1) != std::string_view::npos)) code = !code;
      out.back() += c;
    }
  }
  return out;
}

std::vector<std::string> table_cells(std::string_view row) {
  std::vector<std::string> out = untrimmed_cells(row);
  for (std::string& cell : out) cell = std::string(trim(cell));
  return out;
}

bool is_table_rule(std::string_view line) {
  line = trim(line);
  return line.find('|') != std::string_view::npos && line.find('-') != std::string_view::npos &&
         line.find_first_not_of("|-: \t") == std::string_view::npos;
}

bool ends_with_bar(std::string_view row) {
  row = scan::trim_right(row);
  return row.ends_with('|') && !row.ends_with("\\|");
}

Label label_named(std::string_view text) {
  bool marked = false;
  text = without_ornaments(trim(text), marked);
  while (!text.empty() && (text.back() == '*' || text.back() == '_' || text.back() == ':' || is_blank(text.back()))) text.remove_suffix(1);
  return find_label(text);
}

Labelled labelled_line(std::string_view line) {
  Labelled out;
  std::string_view rest = without_ornaments(trim(line), out.marked);
  const std::size_t reach = std::min<std::size_t>(rest.size(), 40);
  std::size_t end = 0;
  while (end < reach && rest[end] != ':' && rest[end] != '*' && rest[end] != '_' && !rest.substr(end).starts_with("\xEF\xBC\x9A")) ++end;
  if (end == reach && end < rest.size()) return {};
  const Label label = find_label(trim(rest.substr(0, end)));
  if (label == Label::none) return {};
  std::string_view value = rest.substr(end);
  const bool colon = value.find(':') < 6 || value.substr(0, 8).find("\xEF\xBC\x9A") != std::string_view::npos;
  if (!colon && !(out.marked && (value.starts_with('*') || value.starts_with('_')))) return {};
  while (!value.empty() && (value.front() == '*' || value.front() == '_' || is_blank(value.front()))) value.remove_prefix(1);
  if (value.starts_with(':')) {
    value.remove_prefix(1);
  } else if (value.starts_with("\xEF\xBC\x9A")) {
    value.remove_prefix(3);
  }
  if (out.marked) {
    while (!value.empty() && (value.front() == '*' || value.front() == '_')) value.remove_prefix(1);
  }
  out.label = label;
  out.value = trim(value);
  return out;
}

Label column_named(std::string_view header) {
  const std::string name = lower_case(clean(header, Markup::markdown));
  for (const std::string_view title : {"title", "paper title", "paper", "papers", "name", "paper name", "article", "publication"}) {
    if (name == title) return Label::title;
  }
  for (const std::string_view title : {"标题", "论文", "论文标题", "タイトル", "제목", "title & authors", "title and authors", "title / authors", "title/authors"}) {
    if (name == title) return Label::title;
  }
  if (name == "description" || name == "summary" || name == "tl;dr") return Label::summary;
  if (name.starts_with("author")) return Label::authors;
  if (name.starts_with("abstract")) return Label::abstract;
  if (name.find("date") != std::string::npos) return Label::date;
  return find_label(name);
}

std::string without_layout_tags(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const bool tag = line[i] == '<' && i + 1 < line.size() && (is_letter(line[i + 1]) || line[i + 1] == '/' || line[i + 1] == '!');
    const std::size_t end = tag ? line.substr(0, std::min(line.size(), i + 512)).find('>', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += line[i++];
      continue;
    }
    const std::string_view inside = line.substr(i + 1, end - i - 1);
    bool known = inside.starts_with("http") || inside.starts_with("!--");
    if (inside.starts_with("http")) {
      out += inside;
    }
    for (const std::string_view name : {"details", "summary", "br", "b", "i", "p", "div", "span", "a", "strong", "em", "font", "sub", "sup", "ul", "li", "ol", "img"}) {
      const std::string_view bare = inside.starts_with('/') ? inside.substr(1) : inside;
      known = known || (starts_ignoring_case(bare, name) && (bare.size() == name.size() || !is_alnum(bare[name.size()])));
    }
    if (!known) {
      out += line[i++];
      continue;
    }
    i = end + 1;
  }
  return out;
}

bool is_link_row(std::string_view line) {
  constexpr std::size_t kLongestRow = 4096;
  if (line.size() > kLongestRow) return false;
  if (line.size() < 300 && find_ignoring_case(line, "upvote") != std::string_view::npos) return true;
  const BracketPairs square(line, '[', ']'), round(line, '(', ')');
  std::size_t links = 0, letters = 0;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t end = line[i] == '[' ? link_ends(line, i, square, round).url : std::string_view::npos;
    if (end != std::string_view::npos) {
      ++links;
      i = end + 1;
    } else {
      letters += is_letter(line[i]) ? 1 : 0;
      ++i;
    }
  }
  return links > 0 && letters < 3;
}

// "[2023/ICML] ", "(NeurIPS 2022) ": how long the mark before a title is that says where and when it appeared.
std::size_t venue_mark(std::string_view title) {
  constexpr std::size_t kLongestMark = 32;
  if (title.empty() || (title.front() != '[' && title.front() != '(')) return 0;
  const std::size_t close = title.substr(0, kLongestMark).find(title.front() == '[' ? ']' : ')');
  if (close == std::string_view::npos || close + 2 >= title.size() || title[close + 1] != ' ') return 0;
  for (std::size_t at = 1; at < close; ++at) {
    const bool year = digits_at(title, at) == 4 && (title.substr(at, 2) == "19" || title.substr(at, 2) == "20");
    if (year && !is_digit(title[at - 1])) return close + 2;
  }
  return 0;
}

std::string plain_title(std::string_view raw) {
  std::string text(raw);
  if (const std::size_t more = find_ignoring_case(text, "(read more on"); more != std::string::npos) text.erase(more);
  std::string_view rest = trim(text);
  bool marked = false;
  const auto number = [](std::string_view s) {  // "[1] ", "1. ", "12) ", "#3 "
    const bool bracket = s.starts_with('[') || s.starts_with('#') || s.starts_with('(');
    const std::size_t n = digits_at(s, bracket ? 1 : 0);
    const std::size_t end = n + (bracket ? 1 : 0);
    if (n == 0 || n > 3 || end + 1 >= s.size()) return std::size_t{0};
    if (s.front() == '#') return s[end] == ' ' ? end + 1 : std::size_t{0};
    if (std::string_view("].)").find(s[end]) == std::string_view::npos || s[end + 1] != ' ') return std::size_t{0};
    return end + 2;
  };
  rest.remove_prefix(venue_mark(rest));
  if (rest.starts_with("**") && rest.ends_with("**") && rest.size() > 4) rest = trim(rest.substr(2, rest.size() - 4));
  const std::string_view bare = without_ornaments(rest, marked);
  if (!marked) rest = bare;
  rest.remove_prefix(number(rest));
  std::string out = clean(rest, Markup::markdown);
  while (!out.empty() && (out.back() == ' ' || out.back() == '*' || out.back() == '|')) out.pop_back();
  return out;
}

}  // namespace digest::ingest
