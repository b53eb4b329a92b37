// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

#include "ingest/reader.hpp"

namespace digest::ingest {

// Whether a text is a page that names its papers: by its banner, by titles with addresses, or by short paragraphs and long
// ones in turn. What any other format may claim wins over the last two.
Recognition recognise_page(std::string_view head);

}  // namespace digest::ingest
