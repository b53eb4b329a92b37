// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace digest::search {

// Facts about the user's marks that a query may ask for; given by the caller, so that search never opens a database.
struct UserMarks {
  // Ids of the papers that carry the tag.
  std::function<std::vector<std::string>(std::string_view tag)> papers_with_tag;
  // Tags of a paper, for counting by tag.
  std::function<std::vector<std::string>(std::string_view id)> tags_of;
};

}  // namespace digest::search
