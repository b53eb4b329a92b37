// SPDX-License-Identifier: MIT
// Google Scholar alert mails: a link of class gse_alrt_title that goes through a redirect, a line of authors, venue and
// year, and a snippet cut with an ellipsis. Unchanged between mails of 2019 and 2026.
#include <memory>
#include <optional>

#include "ingest/readers.hpp"
#include "ingest/readers/html_page.hpp"

namespace digest::ingest {
namespace {

int hex(char c) { return is_digit(c) ? c - '0' : to_lower(c) >= 'a' && to_lower(c) <= 'f' ? to_lower(c) - 'a' + 10 : -1; }

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : -1;
    const int low = high >= 0 ? hex(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// "https://scholar.google.com/scholar_url?url=TARGET&hl=en": the target. Not decoded it may hold '&' itself, but Scholar's
// own parameters begin with "&hl=".
std::string target_of(std::string_view link) {
  if (link.find("scholar_url?") == std::string_view::npos) return std::string(link);
  std::size_t begin = link.find("?url=");
  if (begin == std::string_view::npos) begin = link.find("&url=");
  if (begin == std::string_view::npos) return std::string(link);
  const std::string_view rest = link.substr(begin + 5);
  const std::size_t own = rest.find("&hl=");
  return percent_decoded(rest.substr(0, own == std::string_view::npos ? rest.find('&') : own));
}

// "A One, B Two… - Venue, 2019"
void read_byline(std::string_view line, Paper& paper) {
  const std::size_t dash = line.find(" - ");
  std::string names(trim(line.substr(0, dash)));
  for (const std::string_view cut : {"\xE2\x80\xA6", "..."}) {
    if (names.size() >= cut.size() && names.compare(names.size() - cut.size(), cut.size(), cut) == 0) names.resize(names.size() - cut.size());
  }
  paper.authors = split_authors(trim(names));
  if (dash == std::string_view::npos) return;
  std::string_view venue = trim(line.substr(dash + 3));
  const std::size_t comma = venue.rfind(", ");
  const std::string_view last = comma == std::string_view::npos ? venue : trim(venue.substr(comma + 2));
  if (last.size() == 4 && digits_at(last, 0) == 4) {
    paper.date = last;
    venue = comma == std::string_view::npos ? std::string_view() : venue.substr(0, comma);
  }
  paper.venue = venue;
}

class ScholarReader final : public HtmlReader {
 public:
  ScholarReader(ReaderContext context, PaperSink& sink) : HtmlReader(std::move(context), sink) {}

 private:
  std::size_t page(const HtmlPage& page, const std::vector<std::string>&) override {
    std::size_t found = 0;
    std::optional<Paper> paper;
    bool byline_seen = false;
    const auto flush = [&] {
      if (paper) emit(std::move(*paper)), ++found;
      paper.reset();
    };
    walk(page.root(), [&](const GumboNode* node) {
      if (has_class(node, "gse_alrt_title")) {
        flush();
        paper = new_paper(line_of(node));
        paper->title = clean(text_of(node), Markup::latex);
        add_url(*paper, target_of(attribute(node, "href")));
        byline_seen = false;
        return false;
      }
      if (!paper || !is_element(node, "div")) return true;
      if (has_class(node, "gse_alrt_sni")) {
        paper->abstract = clean(text_of(node), Markup::plain);
        paper->abstract_is_partial = true;
        flush();
        return false;
      }
      if (!byline_seen) {
        byline_seen = true;
        read_byline(clean(text_of(node), Markup::plain), *paper);
      }
      return true;
    });
    flush();
    return found;
  }
};

Recognition recognise(std::string_view head) {
  if (head.find("gse_alrt_title") == std::string_view::npos || head.find('<') == std::string_view::npos) return {};
  return {98, "links of class gse_alrt_title"};
}

std::unique_ptr<Reader> make(ReaderContext context, PaperSink& sink) { return std::make_unique<ScholarReader>(std::move(context), sink); }

}  // namespace

const Format kScholarFormat{"scholar", "Google Scholar alert (HTML mail)", {"html", "htm"}, recognise, make};

}  // namespace digest::ingest
