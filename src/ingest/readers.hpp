// SPDX-License-Identifier: MIT
// Every format this program reads, each defined in its own file under readers/. A new one is two lines: a declaration
// here and its place in formats.cpp.
#pragma once
#include "ingest/reader.hpp"

namespace digest::ingest {

extern const Format kPageFormat;  // readers/page.cpp

}  // namespace digest::ingest
