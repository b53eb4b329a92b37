// SPDX-License-Identifier: MIT
// One block of lines of a list of papers in plain text: title, names, address and abstract, in the orders in which people
// write them. Pure functions, safe from any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace digest::ingest {

struct BlockPaper {
  std::string title, authors, abstract, date, venue;  // as written
  std::vector<std::string> urls;
  bool has_address = false;   // of a paper
  bool has_venue = false;     // which can be nothing else
  bool is_research = false;   // its words are
  bool has_title_label = false;  // "Title: Counting"
  bool one_name = false;      // the authors are one name only, which may be something else
};

// What the lines of a block say; nothing if they do not begin with what may be a title. The lines are trimmed.
std::optional<BlockPaper> block_paper(const std::vector<std::string_view>& lines);

// Is the line that follows an empty one still of the entry: its address, or an abstract that it lacks?
bool goes_on_below(const std::vector<std::string_view>& lines, std::string_view next);

// Does the block end where an entry without an abstract ends: title, names and the address of a paper?
bool is_short_entry(const std::vector<std::string_view>& lines);

}  // namespace digest::ingest
