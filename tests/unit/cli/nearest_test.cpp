// SPDX-License-Identifier: MIT
#include "cli/nearest.hpp"

#include "support/catch.hpp"

using namespace digest::cli;

TEST_CASE("edits are counted, neighbours swapped count once") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "abc") == 0);
  CHECK(edit_distance("serch", "search") == 1);
  CHECK(edit_distance("jsno", "json") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word, or none") {
  CHECK(nearest("serch", {"index", "search", "show"}) == "search");
  CHECK(nearest("opt", {"search", "optimize"}) == "optimize");
  CHECK(nearest("bib", {"nbib", "bibtex"}) == "bibtex");
  CHECK(nearest("zzzz", {"search", "show"}).empty());
  CHECK(nearest("", {"search"}).empty());
  CHECK(nearest(std::string(10'000, 'a'), {"search"}).empty());
}
