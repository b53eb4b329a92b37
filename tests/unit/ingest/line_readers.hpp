// SPDX-License-Identifier: MIT
// What the tests of the line-oriented readers share: this project's own sample digests, and a reader fed in pieces.
#pragma once
#include <string>
#include <string_view>

#include "gather.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

namespace digest::test {

inline std::string own_sample(const std::string& name) {
  std::string text = read_file(std::string(DIGEST_OWN_SAMPLES) + "/" + name);
  REQUIRE(!text.empty());
  return text;
}

inline Gathered read_as(std::string_view format, std::string_view text, std::size_t piece = std::string_view::npos) {
  return run(text, {"test", std::string(format), {}}, piece);
}

// Cut anywhere, the text gives the same papers and says the same; with CRLF it gives the same papers.
inline void check_pieces(std::string_view format, const std::string& text) {
  const Gathered whole = read_as(format, text);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64}}) {
    const Gathered cut = read_as(format, text, piece);
    CHECK(cut.papers == whole.papers);
    CHECK(cut.problems.size() == whole.problems.size());
  }
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(read_as(format, crlf).papers == whole.papers);
}

// Cut short or damaged, a digest is read as far as it goes, and nothing is thrown. Records before a cut stay.
inline void check_damage(std::string_view format, const std::string& text, std::string_view damage) {
  const Gathered whole = read_as(format, text);
  const std::size_t steps = 60;
  for (std::size_t i = 1; i < steps; ++i) {
    const std::size_t at = text.size() * i / steps;
    const Gathered cut = read_as(format, std::string_view(text).substr(0, at));
    CHECK(cut.papers.size() <= whole.papers.size() + 1);
    for (std::size_t k = 0; k + 1 < cut.papers.size() && k < whole.papers.size(); ++k) CHECK(cut.papers[k].title == whole.papers[k].title);
    std::string hurt = text;
    hurt[at] = damage[i % damage.size()];
    CHECK_NOTHROW(read_as(format, hurt));
  }
}

// A sample of other people's files: how many records, and with an abstract.
inline void check_outside(std::string_view format, const std::string& name, std::size_t papers, std::size_t abstracts) {
  DIGEST_NEEDS(path, "samples/" + name);
  const Gathered found = run(read_file(path), {name, "", {}});
  INFO(name);
  CHECK(found.report.format == format);
  CHECK(found.papers.size() == papers);
  CHECK(static_cast<std::size_t>(std::count_if(found.papers.begin(), found.papers.end(), [](const Paper& p) { return !p.abstract.empty(); })) == abstracts);
}

}  // namespace digest::test
