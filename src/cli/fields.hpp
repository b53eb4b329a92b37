// SPDX-License-Identifier: MIT
// What --fields names: the members of a hit or a paper that are to be printed.
#pragma once
#include <string>
#include <vector>

namespace digest::cli {

// "title,url" -> the names, each checked; Error(usage) names the nearest right one.
std::vector<std::string> checked_fields(const std::string& list);
// The same where there is no search: Error(usage) for what only a hit has, as its rank.
std::vector<std::string> checked_paper_fields(const std::string& list);
void require_paper_fields(const std::vector<std::string>& fields);

}  // namespace digest::cli
