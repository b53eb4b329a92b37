// SPDX-License-Identifier: MIT
// Words that Snowball throws together though papers mean different things by them ("object" and "objective",
// "transform" and "transformer"), told apart. Pure functions, safe from any thread.
#pragma once
#include <string_view>

namespace digest::text {

// The term of a form that has a family of its own; empty for all others. The form is in American spelling.
std::string_view family_of(std::string_view form);

}  // namespace digest::text
