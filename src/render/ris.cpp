// SPDX-License-Identifier: MIT
// RIS, the tagged lines of reference managers.
#include <fmt/format.h>

#include <algorithm>

#include "render/citation.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

// A value is one line: a line break would begin a new tag.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

class RisWriter : public PaperWriter {
 public:
  std::string paper(const Hit& hit) override {
    const Paper& paper = hit.paper;
    std::string out = fmt::format("TY  - {}\n", paper.venue.empty() ? "GEN" : "JOUR");
    const auto line = [&out](std::string_view tag, const std::string& value) {
      if (!value.empty()) out += fmt::format("{}  - {}\n", tag, one_line(value));
    };
    line("ID", hit.id);
    line("TI", paper.title);
    for (const std::string& author : paper.authors) line("AU", author);
    const auto parts = date_parts(paper.date);
    if (!parts.empty()) line("PY", std::string(parts[0]));
    if (parts.size() > 1) line("DA", fmt::format("{}/{}/{}/", parts[0], parts[1], parts.size() > 2 ? parts[2] : ""));
    line("JO", paper.venue);
    line("DO", identifier(paper, "doi"));
    for (const std::string& address : addresses(paper)) line("UR", address);
    for (const std::string& category : paper.categories) line("KW", category);
    // A paragraph a line: readers join them.
    std::string_view rest = paper.abstract;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find("\n\n"), rest.size());
      line("AB", std::string(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return out + "ER  - \n\n";
  }
};

}  // namespace

std::unique_ptr<PaperWriter> ris_writer() { return std::make_unique<RisWriter>(); }

}  // namespace digest::render
