// SPDX-License-Identifier: MIT
#include "render/ciff.hpp"

#include "support/catch.hpp"

using namespace digest::render;

TEST_CASE("CIFF messages are those of the Protocol Buffers wire format") {
  // PostingsList{term "a", df 2, cf 3, postings {docid 0, tf 1}, {docid 300 as a gap, tf 2}}
  const std::string list = ciff_postings("a", {{0, 1}, {300, 2}});
  CHECK(list == std::string("\x12" "\x0a\x01" "a" "\x10\x02" "\x18\x03" "\x22\x02\x10\x01" "\x22\x05\x08\xac\x02\x10\x02", 19));
  CHECK(ciff_document(1, "x", 7) == std::string("\x07\x08\x01\x12\x01x\x18\x07", 8));
}

TEST_CASE("a CIFF header counts lists and documents and has the mean length") {
  const std::string header = ciff_header(2, 4, 10, "d");
  CHECK(header == std::string("\x18\x08\x01\x10\x02\x18\x04\x20\x02\x28\x04\x30\x0a\x39\x00\x00\x00\x00\x00\x00\x04\x40\x42\x01"
                              "d",
                              25));
}
