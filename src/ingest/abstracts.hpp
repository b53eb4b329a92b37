// SPDX-License-Identifier: MIT
// What services leave around an abstract and is none of it: the heading "Abstract", a publisher's terms of use.
#pragma once
#include <string>

namespace digest::ingest {

// Of a cleaned abstract. What is left when only a heading stood there is the heading.
void drop_surroundings(std::string& abstract);

}  // namespace digest::ingest
