// SPDX-License-Identifier: MIT
// The messages of a CIFF file: header, posting lists, documents, each behind its length (github.com/osirrc/ciff, version 1;
// Protocol Buffers wire format). Pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace digest::render {

struct CiffPosting {
  std::int32_t document = 0;  // from 0, ascending in a list
  std::int32_t count = 0;
};

std::string ciff_header(std::uint64_t lists, std::uint64_t documents, std::int64_t total_words, std::string_view description);
std::string ciff_postings(std::string_view term, const std::vector<CiffPosting>& postings);
std::string ciff_document(std::uint64_t number, std::string_view name, std::int32_t length);

}  // namespace digest::render
