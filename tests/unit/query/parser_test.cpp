// SPDX-License-Identifier: MIT
#include "query/parser.hpp"

#include <string>

#include "query/printer.hpp"
#include "support/catch.hpp"

using namespace digest::query;

namespace {

std::string printed(const std::string& text, MatchMode mode = MatchMode::natural) {
  ParseOptions options;
  options.mode = mode;
  return to_string(parse(text, options).root);
}

}  // namespace

TEST_CASE("words side by side ask for a share of the informative ones", "[query][parser]") {
  CHECK(printed("grokking transformers") == "grokking transformers");
  const Query query = parse("the grokking of large transformers", {});
  REQUIRE(query.root.kind == Node::Kind::boolean);
  CHECK(query.root.children.size() == 5);
  CHECK(query.root.min_should == 2);
  CHECK(query.root.relaxable);
}
