// SPDX-License-Identifier: MIT
// A web page saved as text: titles and abstracts in turn, with whatever the page puts around them. First of all the
// trending-papers page of huggingface.co in every way people save it; also whatever else alternates titles and
// abstracts, with a warning. Blocks of lines are titles or abstracts by their length and by what follows them.
#include <fmt/format.h>

#include <optional>

#include "ingest/cleaning.hpp"
#include "ingest/links.hpp"
#include "ingest/readers.hpp"
#include "ingest/readers/block_lines.hpp"
#include "ingest/readers/markdown_parts.hpp"
#include "ingest/readers/page_lines.hpp"
#include "ingest/readers/page_recognise.hpp"
#include "ingest/readers/page_title.hpp"
#include "ingest/readers/scan.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

constexpr std::size_t kMaxBlockBytes = 64U << 10;  // an abstract of 20 times the longest known

struct Block {
  std::string text;
  std::string url;
  std::uint64_t line = 0;
  bool is_heading = false;
  // Of a title: what the page has between it and the abstract.
  std::string date, authors;
};

class PageReader final : public LineReader {
 public:
  PageReader(ReaderContext context, PaperSink& sink) : LineReader(std::move(context), sink) {}

 private:
  void line(std::string_view text, std::uint64_t number) override {
    if (done_) return;
    is_papers_page_ = is_papers_page_ || names_papers_page(text);
    has_paper_buttons_ = has_paper_buttons_ || trim(text) == "View arXiv page";
    if (in_comments_ && names_papers_page(text)) {  // a list, saved to the same file
      flush();
      in_comments_ = has_paper_buttons_ = false;
    }
    if (has_paper_buttons_ && trim(text) == "Community") {  // what others say of the paper, up to the next one's page
      close_block();
      in_comments_ = true;
    }
    const PageLine kind = page_line(text);
    if (starts_ignoring_case(trim(text), "arxiv:") && scan::find_arxiv_id(text).size() + 6 == trim(text).size()) {  // above its title
      close_block();
      in_comments_ = false;
      return arxiv_number(fmt::format("https://arxiv.org/abs/{}", scan::find_arxiv_id(text)));
    }
    if (in_comments_) return;
    if (in_submitter_ && kind.kind == PageLine::Kind::text) return;  // the name of who handed the paper in
    in_submitter_ = kind.kind == PageLine::Kind::submitter;
    switch (kind.kind) {
      case PageLine::Kind::blank: return close_block();
      case PageLine::Kind::noise: return close_block();
      case PageLine::Kind::submitter: return close_block();
      case PageLine::Kind::people: close_block(); return people();
      case PageLine::Kind::dot: close_block(); return organisation();
      case PageLine::Kind::footer: close_block(), done_ = seen_papers_ != 0 || paper_; return;
      case PageLine::Kind::date: close_block(); return date(kind.text, number);
      case PageLine::Kind::link: close_block(); return link(kind.url);
      case PageLine::Kind::heading: close_block(); break;
      case PageLine::Kind::text: break;
    }
    if ((may_list(kind.text) && is_listed_item(kind.text)) || begins_a_field(kind.text)) close_block();
    if (begins_next_part(kind.text)) close_block();
    // The indented rest of a wrapped heading; anything else under a heading is not part of it.
    if (block_ && block_->is_heading && !text.empty() && text.front() != ' ') close_block();
    if (!block_) block_ = Block{{}, {}, number, kind.kind == PageLine::Kind::heading, {}, {}};
    if (!block_->text.empty()) block_->text += '\n';
    block_->text += kind.text.substr(0, kMaxBlockBytes - std::min(kMaxBlockBytes, block_->text.size()));
    if (!kind.url.empty()) block_->url = kind.url;
    if (ends_an_entry(*block_)) close_block();
  }

  // "3. Title", its names and its abstract without an empty line between them.
  bool begins_next_part(std::string_view text) {
    const bool is_names = std::exchange(block_is_names_, false);
    if (!block_) return false;
    if (is_numbered_title(block_->text)) {
      block_is_names_ = is_numbered_title_ = is_author_list(text) || (names_below_ && is_name(text));
      return block_is_names_ || is_long(text);
    }
    const bool wraps = block_->text.ends_with(',') || block_->text.ends_with(" and") || is_author_list(text);
    block_is_names_ = is_names && wraps;
    return is_names && !wraps;
  }

  // "Abstract: We count" below a title, without an empty line.
  [[nodiscard]] bool begins_a_field(std::string_view text) const {
    if (!block_ || is_long(block_->text)) return false;
    const Label label = labelled_line(text.substr(0, 200)).label;
    return label == Label::abstract || label == Label::summary || label == Label::authors;
  }

  // "- " is also a dash, and what abstracts have before their points: a list in which it begins titles begins with it.
  [[nodiscard]] bool may_list(std::string_view text) const {
    const bool is_dash = !text.empty() && static_cast<unsigned char>(text.front()) < 0x80;
    return !is_dash || !block_ || bullet(block_->text) > 0;
  }

  // "• Title - https://arxiv.org/abs/2503.01234" in a list without empty lines.
  static bool is_listed_item(std::string_view text) {
    const std::size_t end = bullet(text) == 0 ? std::string::npos : ending_address(text);
    return end != std::string::npos && leads_to_paper(text.substr(end));
  }

  // "Title - https://arxiv.org/abs/2503.01234" is all that a list says of a paper.
  static bool ends_an_entry(const Block& block) {
    const std::size_t end = is_long(block.text) || block.text.find('\n') != std::string::npos ? std::string::npos : ending_address(block.text);
    return end != std::string::npos && leads_to_paper(std::string_view(block.text).substr(end));
  }

  void end() override {
    close_block();
    drop_title();
    flush();
    if (date_line_ != 0 && !context_.digest_date) {
      report(date_line_, Severity::note, "date-without-year",
             fmt::format("The page is dated \"{}\", without a year; --date says which.", date_));
    }
  }

  // The daily page has no abstracts: a title is followed by who wrote it.
  void people() {
    if (title_ && is_papers_page_) {
      begin_paper(Block{});
    }
    after_paper_ = true;
  }

  // A short line after a paper and before the dot named those who wrote it, and is no title.
  void organisation() {
    if (!title_ || !paper_ || paper_->abstract.empty()) return;
    title_.reset();
    after_paper_ = true;
  }

  void date(std::string_view text, std::uint64_t number) {
    if (title_) {
      title_->date = normalise_date(text, digest_date());
    } else if (paper_) {
      paper_->date = normalise_date(text, digest_date());
      after_paper_ = true;
    } else if (seen_papers_ == 0 && date_line_ == 0) {
      date_ = text;
      date_line_ = digits_at(text, text.size() < 4 ? 0 : text.size() - 4) == 4 ? 0 : number;
    }
  }

  void link(std::string_view url) {
    if (url.empty()) return;
    if (title_) {
      if (title_->url.empty()) title_->url = url;
    } else if (paper_) {
      if (is_paper_link(url) && !paper_->urls.empty() && is_paper_link(paper_->urls.front())) return;
      paper_->urls.push_back(absolute(url));
    }
  }

  static std::string absolute(std::string_view url) { return (url.starts_with('/') ? "https://huggingface.co" : "") + std::string(url); }

  void close_block() {
    if (!block_) return;
    Block block = std::move(*block_);
    block_.reset();
    if (title_ && repeats_title(block)) return;
    if (title_ && !block.is_heading && is_detail(block)) return;
    if (block.is_heading || !is_abstract(block)) return take_title(std::move(block));
    if (title_) {
      begin_paper(block);
    } else if (paper_ && !after_paper_ && labelled_line(block.text.substr(0, block.text.find('\n'))).label == Label::abstract) {
      paper_->abstract = clean(without_label(block.text), Markup::html_and_latex, Paragraphs::keep);  // what came before it was a summary
    } else if (paper_ && !after_paper_) {
      paper_->abstract += "\n\n" + clean(block.text, Markup::html_and_latex, Paragraphs::keep);
    } else {
      skip(block.line, "no-title", "A long paragraph without a title before it; it was left out.");
    }
  }

  // A link that unfolds shows the title again: taken off the block. True if nothing is left.
  bool repeats_title(Block& block) const {
    if (!block.text.starts_with(title_->text) || title_->is_heading || (block.text.size() > title_->text.size() && block.text[title_->text.size()] != '\n')) return false;
    block.text.erase(0, title_->text.size() + 1);
    return trim(block.text).empty();
  }

  // Below a title: its authors, or a line that says what it is ("Subjects: cs.LG"). It goes to the title.
  bool is_detail(const Block& block) {
    const std::string_view first = trim(block.text).substr(0, trim(block.text).find('\n'));
    const bool wraps = first.ends_with(',') || first.ends_with(" and");
    for (const std::string_view names : {wraps ? std::string_view(block.text) : first, std::string_view(block.text)}) {  // institutions may follow
      const bool linked = context_.format != "page" && leads_to_paper(title_->url);  // in text, a list may give nothing but titles
      const bool is_one = names_below_ && (is_numbered_title_ || linked) && is_name(names);
      const std::string_view first_of = linked && names.ends_with(" et al.") ? names.substr(0, names.size() - 7) : std::string_view();
      if (!title_->authors.empty() || !(is_one || is_name(first_of) || is_author_list(names))) continue;
      title_->authors = first_of.empty() ? names : first_of;
      names_below_ = names_below_ || is_numbered_title_ || linked;
      return true;
    }
    if (is_long(block.text)) return false;
    const Labelled found = labelled_line(block.text);
    switch (found.label) {
      case Label::none: case Label::title: case Label::abstract: return false;
      case Label::summary: return !is_abstract(block);
      case Label::authors: title_->authors = found.value.empty() ? trim(std::string_view(block.text).substr(std::min(block.text.find('\n'), block.text.size()))) : found.value; return true;
      case Label::date: title_->date = normalise_date(found.value, digest_date()); return true;
      case Label::link:
        if (title_->url.empty()) title_->url = scan::find_url(found.value);
        return true;
      default: return true;
    }
  }

  // A line of its own: the page has such numbers above its titles, or below them, as the first one says.
  void arxiv_number(std::string url) {
    const bool below_title = title_ && title_->text.size() >= 15 && looks_like_title(title_->text);
    if (!numbers_above_) numbers_above_ = !below_title && !paper_;
    if (*numbers_above_) {
      above_url_ = std::move(url);
    } else if (title_ && title_->url.empty()) {
      title_->url = std::move(url);
    } else if (!title_ && paper_ && paper_->urls.empty()) {
      paper_->urls.push_back(std::move(url));
    }
  }

  // "Abstract: We count", "TL;DR: We count"
  static std::string_view without_label(std::string_view text) {
    const Labelled found = labelled_line(text.substr(0, text.find('\n')));
    if (found.label != Label::abstract && found.label != Label::summary) return text;
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? text : trim(text.substr(colon + 1));
  }

  [[nodiscard]] bool is_abstract(const Block& block) const {
    const std::string_view text = trim(block.text);
    if (is_long(text)) return true;
    // Below a title, a sentence is enough: summaries of one line.
    return title_ && ends_like_a_sentence(text) && (text.size() >= 80 || (title_->is_heading && text.size() >= 40));
  }

  void take_title(Block block) {
    drop_title();
    title_ = std::move(block);
    if (title_->url.empty()) title_->url = std::exchange(above_url_, {});
    if (title_->is_heading) return;
    TitleLines lines = title_lines(title_->text);
    if (lines.title.empty()) return;
    title_->text = std::move(lines.title);
    title_->authors = std::move(lines.authors);
    if (title_->url.empty()) title_->url = std::move(lines.url);
    one_name_below();
  }

  // Where the papers before had their authors below the title, one name there is the author too.
  void one_name_below() {
    const std::size_t cut = title_->text.rfind('\n');
    if (title_->authors.empty() && names_below_ && cut != std::string::npos && is_name(std::string_view(title_->text).substr(cut + 1))) {
      title_->authors = title_->text.substr(cut + 1);
      title_->text.resize(cut);
    }
    names_below_ = names_below_ || !title_->authors.empty();
  }

  // In plain text, a title with the address of a paper is one, whatever follows. In web pages, it may be a reference.
  [[nodiscard]] bool is_listed_paper() const {
    return context_.format == "page" && !is_papers_page_ && title_->text.size() >= 15 && leads_to_paper(title_->url) && begins_with_title(title_->text);
  }

  // A title that no abstract follows: before the first paper it is the page's own head.
  void drop_title() {
    if (!title_) return;
    if (is_listed_paper()) return begin_paper(Block{});
    const std::string_view text = trim(title_->text);
    const bool counts = (seen_papers_ != 0 || paper_) && text.size() >= 25;
    const std::string message = fmt::format("\"{}\" is a heading, or a paper without an abstract; it was left out.",
                                            clean(text.substr(0, 200), Markup::plain));
    if (counts) {
      skip(title_->line, "no-abstract", message);
    } else {
      report(title_->line, Severity::note, "heading", message);
    }
    title_.reset();
  }

  void begin_paper(const Block& abstract) {
    flush();
    paper_ = new_paper(title_->line);
    const bool wraps = title_->text.find('\n') != std::string::npos;
    if (wraps && title_->text.starts_with('[') && title_->text.find(']') == std::string::npos) title_->text.erase(0, 1);  // a link's text
    // A title is taken as it is written, unless it plainly is TeX.
    const bool is_tex = title_->text.find_first_of("\\{") != std::string::npos;
    paper_->title = clean(title_->text, is_tex ? Markup::html_and_latex : Markup::html);
    paper_->abstract = clean(without_label(abstract.text), Markup::html_and_latex, Paragraphs::keep);
    paper_->authors = split_authors(clean(title_->authors, Markup::html));
    if (!title_->url.empty()) paper_->urls.push_back(absolute(title_->url));
    paper_->date = title_->date;
    unnumber(paper_->title);
    title_.reset();
    after_paper_ = false;
  }

  // "3. Title", "[3] Title": the number of a list that counts its papers.
  void unnumber(std::string& title) const {
    const std::string number = fmt::format("{}", seen_papers_ + 1);
    for (const std::string& mark : {number + ". ", number + ") ", "[" + number + "] ", "(" + number + ") ", "#" + number + " "}) {
      if (title.starts_with(mark) && title.size() > mark.size()) {
        title.erase(0, mark.size());
        return;
      }
    }
  }

  void flush() {
    if (!paper_) return;
    if (paper_->date.empty() && !date_.empty()) paper_->date = normalise_date(date_, digest_date());
    ++seen_papers_;
    sink_.paper(std::move(*paper_));
    paper_.reset();
  }

  std::optional<Block> block_;
  std::optional<Block> title_;
  std::optional<Paper> paper_;
  bool after_paper_ = false;  // the page has gone on to who wrote it and when: the next long text is no paragraph of it
  bool is_papers_page_ = false;
  bool in_submitter_ = false;
  bool names_below_ = false;  // a title had its authors on the next line
  bool has_paper_buttons_ = false;  // the page of one paper
  bool in_comments_ = false;
  bool block_is_names_ = false;     // below a numbered title
  bool is_numbered_title_ = false;  // the title has names right below it
  bool done_ = false;         // the foot of the page
  std::uint64_t seen_papers_ = 0;
  std::optional<bool> numbers_above_;  // unknown before the first
  std::string above_url_;
  std::string date_;
  std::uint64_t date_line_ = 0;
};

std::unique_ptr<Reader> make_page(ReaderContext context, PaperSink& sink) {
  return std::make_unique<PageReader>(std::move(context), sink);
}

}  // namespace

const Format kPageFormat = {"page", "web page saved as text, titles and abstracts in turn", {"txt", "md"}, recognise_page, make_page};

}  // namespace digest::ingest
