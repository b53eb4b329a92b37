// SPDX-License-Identifier: MIT
#include "ingest/readers/page_lines.hpp"

#include <algorithm>
#include <array>

#include "ingest/readers/markdown_parts.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// What the page itself says, whatever its papers are. Lower case, blanks removed: a saved "by [AK] and" loses some.
constexpr auto kBanner = std::to_array<std::string_view>({
    // huggingface.co
    "new", "subscribe", "gettrendingpapersinyouremailinbox!", "gettrendingpapersinyouremailinboxonceaday!", "dailypapers",
    "trendingpapers", "byakandtheresearchcommunity", "by", "ak", "andtheresearchcommunity", "akandtheresearchcommunity",
    "daily", "weekly", "monthly", "huggingface", "models", "datasets", "spaces", "docs", "enterprise", "pricing", "login",
    "signup", "bucketsnew", "community", "dailypapers-huggingface", "trendingpapers-huggingface", "posts", "solutions",
    "papers", "search", "submit", "viewarxivpage", "viewpdf", "arxivpage", "huggingface'slogo", "arxivlogo",
    "skiptomaincontent", "reply", "papersubmitter", "addtocollection", "upvote", "company",
    // Other sites
    "pdf", "html", "arxiv", "paper", "link", "links", "fulltext", "pdfbib", "pdfbibabs", "pdfabs", "bib", "abs",
    "references", "bibliography", "arxiv.org", "everyone", "readers:everyone", "revisions", "bibtex", "showabstract",
    "projectpage", "readmore", "readpaper", "viewpaper", "github", "code", "abstract", "previous", "next",
    "[contenttruncated]"});
constexpr auto kFooter = std::to_array<std::string_view>({"systemtheme", "tos", "trendingpapersrankedbygithubstarsactivity"});

constexpr std::string_view kDot = "\xC2\xB7";

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c) && c != '#' && c != '*') out += to_lower(c);
  }
  return out;
}

template <typename List>
bool contains(const List& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

bool is_url(std::string_view text) {
  return (text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://") && text.find(' ') == std::string_view::npos;
}

// "14", "-", "[-] 5", "[", "·", "1.2k", "[151]", "---", "![](...)": fewer than three letters.
bool is_sign(std::string_view text) {
  if (text.substr(0, 2) == "![") return true;
  std::size_t letters = 0;
  for (const char c : text) letters += is_letter(c) || static_cast<unsigned char>(c) >= 0xC3 ? 1U : 0U;
  return letters < 3;
}

// "GitHub 1.2k", "Upvote 14", "GitHub245": a counter's name and its number.
bool is_counter(std::string_view plain) {
  for (const std::string_view name : {"github", "upvote", "upvotes", "comments"}) {
    if (!plain.starts_with(name) || plain.size() == name.size()) continue;
    if (plain.find_first_not_of("0123456789.,k", name.size()) == std::string_view::npos) return true;
  }
  return false;
}

// "bot — Today at 9:00 AM": who wrote a message, and when.
bool is_message_head(std::string_view text) {
  const std::size_t dash = text.size() < 120 ? text.rfind(" \xE2\x80\x94 ") : std::string_view::npos;
  if (dash == std::string_view::npos || (!text.ends_with(" AM") && !text.ends_with(" PM"))) return false;
  const std::string_view time = trim(text.substr(dash + 5));
  return time.starts_with("Today at ") || time.starts_with("Yesterday at ") || digits_at(time, 0) > 0;
}

// What forms and their pages say of a submission: "Supplementary Material: zip", "ICLR 2025 Oral", "CC BY 4.0".
bool is_form_line(std::string_view text) {
  for (const std::string_view name : {"Supplementary Material:", "Primary Area:", "Code Of Ethics:", "Submission Number:", "Submission Guidelines:", "Anonymous Url:", "No Acknowledgement Section:",
                                      "Reciprocal Reviewing:", "CC BY", "Published: ", "Go to "}) {
    if (!text.starts_with(name) || text.size() >= 300) continue;
    const std::string_view rest = text.substr(name.size());  // "CC BY as a Norm" is a title
    if (name == "CC BY") return rest.empty() || rest.front() == '-' || (rest.size() < 12 && digits_at(rest, 1) > 0);
    if (name == "Published: ") return rest.size() < 60 && digits_at(rest, rest.find_first_of("0123456789")) > 0;
    return name != "Go to " || text.ends_with(" homepage");
  }
  std::size_t capitals = 0;
  while (capitals < text.size() && is_upper(text[capitals])) ++capitals;
  if (capitals < 3 || capitals > 8 || text.substr(capitals, 3) != " 20" || digits_at(text, capitals + 1) != 4) return false;
  for (const std::string_view kind : {" Oral", " Poster", " Spotlight", " oral", " poster", " spotlight", " notable top 5%", " notable top 25%"}) {
    if (text.substr(capitals + 5) == kind) return true;
  }
  return false;
}

// "3 authors", "- 13 authors", "3 authors](https://...)", "[Company](...)" is left to the links.
bool is_people(std::string_view text) {
  while (!text.empty() && (text.front() == '-' || text.front() == '[' || text.front() == ' ' || text.front() == '*' || text.starts_with(kDot))) {
    text.remove_prefix(text.starts_with(kDot) ? kDot.size() : 1);
  }
  const std::size_t digits = digits_at(text, 0);
  if (digits == 0 || digits > 5) return false;
  const std::string_view rest = trim(text.substr(digits));
  return rest.substr(0, 6) == "author" && (rest.size() <= 7 || rest.substr(0, 8) == "authors]" || rest.substr(0, 7) == "author]");
}

constexpr auto kMonths = std::to_array<std::string_view>(
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});

// "Mar 11", "Aug 28, 2024", "Published on Aug 28, 2024"; also with a community link behind it. Gives the date alone.
std::string_view date_in(std::string_view text) {
  if (text.starts_with(kDot)) text = trim(text.substr(kDot.size()));
  if (text.substr(0, 13) == "Published on ") text.remove_prefix(13);
  if (text.size() < 5 || !contains(kMonths, text.substr(0, 3))) return {};
  std::size_t at = 3;
  while (at < text.size() && is_lower(text[at])) ++at;
  if (at >= text.size() || text[at] != ' ') return {};
  const std::size_t day = digits_at(text, ++at);
  if (day == 0 || day > 2) return {};
  at += day;
  if (text.substr(at, 2) == ", " && digits_at(text, at + 2) == 4) at += 6;
  const std::string_view rest = trim(text.substr(at));
  return rest.empty() || rest.front() == '[' || rest.front() == '\xC2' ? text.substr(0, at) : std::string_view();
}

// "9 authors · Published on Mar 8, 2025", "[Lab](...) · Published on Mar 8, 2025": the date.
std::string_view published_in(std::string_view text) {
  const std::size_t at = text.size() < 300 ? text.find("Published on ") : std::string_view::npos;
  const bool apart = at != std::string_view::npos && text.substr(0, at).find(kDot) != std::string_view::npos;
  return apart ? date_in(text.substr(at)) : std::string_view();
}

struct WholeLink {
  std::string_view text, url;
};

// "[text](url)" or "[text][12]" that is the whole line; also its two halves when the line was cut at the brackets.
WholeLink whole_link(std::string_view text) {
  if (text.empty() || (text.back() != ')' && text.back() != ']')) return {text, {}};
  const char open = text.back() == ')' ? '(' : '[';
  const std::size_t border = text.rfind(open == '(' ? "](" : "][");
  if (border == std::string_view::npos) return {text, {}};
  const std::string_view target = text.substr(border + 2, text.size() - border - 3);
  if (open == '(' ? !is_url(target) && !target.starts_with("/papers/") : target.empty() || digits_at(target, 0) != target.size()) return {text, {}};
  const std::string_view shown = text.substr(0, border);
  // The brackets of the link must be those of the line, or of none.
  const bool opens = !shown.empty() && shown.front() == '[';
  if (shown.find('[', opens ? 1 : 0) != std::string_view::npos && !opens) return {text, {}};
  return {trim(opens ? shown.substr(1) : shown), open == '(' ? target : std::string_view()};
}

}  // namespace

bool is_paper_link(std::string_view url) { return url.find("huggingface.co/papers/") != std::string_view::npos || url.starts_with("/papers/"); }

bool names_papers_page(std::string_view line) {
  if (line.size() > 300) return false;
  for (const std::string_view words : {"and the research community", "Get trending papers in your email", "Submitted by", "Daily Papers - Hugging Face", "Trending Papers - Hugging Face"}) {
    if (line.find(words) != std::string_view::npos) return true;
  }
  return false;
}

bool ends_like_a_sentence(std::string_view text) {
  text = trim(text);
  while (!text.empty() && std::string_view("\"')]").find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return !text.empty() && (text.back() == '.' || text.back() == '!');
}

// "Mary Example", "P. Other", "Jan van der Third", "Example M1,2": two to five words, capitals but for particles.
bool is_name(std::string_view text) {
  constexpr auto kParticles = std::to_array<std::string_view>({"van", "von", "de", "der", "den", "di", "da", "dos", "del", "la", "le", "el", "al", "bin", "ten", "ter", "y"});
  std::size_t words = 0;
  for (std::size_t at = text.find_first_not_of(" \n\t"); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    const bool letter = is_upper(word.front()) || static_cast<unsigned char>(word.front()) >= 0xC3;
    if (!letter && !contains(kParticles, word)) return false;
    ++words;
    at = text.find_first_not_of(" \n\t", end);
  }
  return words >= 2 && words <= 5 && text.size() <= 60;
}

bool is_author_list(std::string_view text) {
  text = trim(text);
  if (text.find_first_of(":?!\"") != std::string_view::npos) return false;
  std::size_t names = 0;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find_first_of(",;"), text.size());
    const std::string_view before = text.substr(0, comma);  // no farther: a long list would be searched for each of its names
    const std::size_t both = std::min({before.find(" and "), before.find(" & "), text.size()});
    const std::size_t end = std::min(comma, both);
    std::string_view name = trim(text.substr(0, end));
    text = trim(text.substr(std::min(text.size(), end + (both < comma ? text.find(' ', both + 1) - both + 1 : 1))));
    if (name.empty()) continue;
    if (name.starts_with("and ")) name.remove_prefix(4);
    const bool rest = name == "..." || name == "\xE2\x80\xA6" || (text.empty() && (name == "et al." || name == "et al" || name == "others"));
    if (!rest && !is_name(name)) return false;
    ++names;
  }
  return names >= 2;
}

bool is_long(std::string_view text) { return text.size() >= 240 || (text.size() >= 120 && ends_like_a_sentence(text)); }

bool is_numbered_title(std::string_view text) {
  const bool bracket = text.starts_with('[');
  const std::size_t at = bracket ? 1 : 0, digits = digits_at(text, at), end = at + digits;
  if (digits == 0 || digits > 3 || text.size() < end + 17 || text.find('\n') != std::string_view::npos || is_long(text)) return false;
  return text[end + 1] == ' ' && (bracket ? text[end] == ']' : text[end] == '.' || text[end] == ')') && is_alnum(text[end + 2]);
}

PageLine page_line(std::string_view line) {
  using Kind = PageLine::Kind;
  std::string_view text = trim(line);
  while (text.size() >= 2 && text.substr(text.size() - 2) == "\\\\") text = trim(text.substr(0, text.size() - 2));
  if (text.empty()) return {Kind::blank, {}, {}};
  if (text.size() < 60) {
    const std::string plain = squeezed(text);
    if (contains(kFooter, plain)) return {Kind::footer, {}, {}};
    if (contains(kBanner, plain) || is_counter(plain)) return {Kind::noise, {}, {}};
  }
  if (text.size() < 200 && find_ignoring_case(text, "unsubscribe") != std::string_view::npos) return {Kind::noise, {}, {}};
  if (text == kDot) return {Kind::dot, {}, {}};
  if (text.starts_with("Submitted by")) return {Kind::submitter, {}, {}};
  if (is_message_head(text) || is_form_line(text)) return {Kind::noise, {}, {}};
  if (is_people(text)) return {Kind::people, {}, {}};
  if (const std::string_view date = date_in(text); !date.empty()) return {Kind::date, date, {}};
  if (const std::string_view date = published_in(text); !date.empty()) return {Kind::date, date, {}};
  const bool may_be_links = text.front() == '[' || text.starts_with("* ") || text.starts_with("- ");
  if (may_be_links && text.find("](") != text.rfind("](") && is_link_row(text)) {  // "[Upvote 14](...)[arXiv Page](...)"
    for (const MarkdownLink& each : markdown_links(text)) {
      const std::size_t at = text.find(each.url);
      if (leads_to_paper(each.url) && at != std::string_view::npos) return {Kind::link, {}, text.substr(at, each.url.size())};
    }
    return {Kind::noise, {}, {}};
  }
  if (text.size() > 2 && text.front() == '<' && text.back() == '>' && is_url(text.substr(1, text.size() - 2))) text = text.substr(1, text.size() - 2);
  if (is_url(text)) {
    const bool is_page = text.find("huggingface.co/") != std::string_view::npos && !is_paper_link(text);
    const bool is_part = text.find("/papers/date/") != std::string_view::npos || text.find("/papers/trending") != std::string_view::npos ||
                         text.find('#') != std::string_view::npos;
    return {Kind::link, {}, is_page || is_part ? std::string_view() : text};
  }
  std::size_t marks = 0;
  while (marks < text.size() && text[marks] == '#') ++marks;
  const bool is_heading = marks >= 1 && marks <= 4 && marks < text.size() && text[marks] == ' ';
  if (is_heading) text = trim(text.substr(marks));
  const WholeLink link = whole_link(text);
  if (!link.url.empty() && (link.text.empty() || link.text.substr(0, 5) == "LINK:" || is_sign(link.text))) {
    return {Kind::link, {}, link.url.find('#') == std::string_view::npos ? link.url : std::string_view()};
  }
  if (is_sign(link.text)) return {Kind::noise, {}, {}};
  return {is_heading ? Kind::heading : Kind::text, link.text, link.url};
}

}  // namespace digest::ingest
