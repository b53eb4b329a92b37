// SPDX-License-Identifier: MIT
// A Markdown list of papers, for notes and messages.
#include <fmt/format.h>

#include <algorithm>

#include "render/layout.hpp"
#include "render/paper_writer.hpp"

namespace digest::render {
namespace {

std::string escaped(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_[]<>#|";
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// In angle brackets an address may have brackets in it, but neither < nor >.
std::string link_target(const Paper& paper) {
  const std::string address = paper.urls.empty() ? "" : safe_address(paper.urls.front());
  return address.find_first_of("<>") == std::string::npos ? address : std::string();
}

class MarkdownWriter : public PaperWriter {
 public:
  std::string paper(const Hit& hit) override {
    const Paper& paper = hit.paper;
    const std::string title = escaped(paper.title.empty() ? "(no title)" : paper.title);
    const std::string target = link_target(paper);
    std::string out = target.empty() ? fmt::format("- **{}**", title) : fmt::format("- **[{}](<{}>)**", title, target);
    std::vector<std::string> facts;
    if (!paper.authors.empty()) facts.push_back(escaped(fmt::format("{}", fmt::join(paper.authors, ", "))));
    for (const std::string& fact : {paper.venue, paper.date, hit.id}) {
      if (!fact.empty()) facts.push_back(escaped(fact));
    }
    out += fmt::format("  \n  {}\n", fmt::join(facts, " \xc2\xb7 "));
    std::string_view rest = paper.abstract;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find("\n\n"), rest.size());
      out += fmt::format("\n  {}\n", escaped(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return out + "\n";
  }
};

}  // namespace

std::unique_ptr<PaperWriter> markdown_writer() { return std::make_unique<MarkdownWriter>(); }

}  // namespace digest::render
