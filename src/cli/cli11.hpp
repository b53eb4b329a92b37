// SPDX-License-Identifier: MIT
// CLI11 without <iostream>. Its headers name std::cout and std::cerr in functions that are never called here, and the
// mere inclusion of <iostream> sets up eight streams and their locale at every start: some thirty page faults before
// main. With libstdc++ its guard is set beforehand and the two names are declared instead; any other library's header
// is included as it is.
#pragma once
#include <istream>
#include <ostream>

#if defined(__GLIBCXX__) && !defined(_GLIBCXX_IOSTREAM)
#define _GLIBCXX_IOSTREAM 1  // NOLINT: the guard of libstdc++
namespace std {               // NOLINT: as <iostream> itself declares them
extern ostream cout;
extern ostream cerr;
}  // namespace std
#endif

#include <CLI/CLI.hpp>
