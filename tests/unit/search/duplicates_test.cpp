// SPDX-License-Identifier: MIT
#include "search/duplicates.hpp"

#include <algorithm>
#include <string>

#include "search/signature.hpp"
#include "support/catch.hpp"

using namespace digest;
using namespace digest::search;

namespace {

Paper paper(std::string title, std::string abstract, std::vector<std::string> authors = {}) {
  Paper p;
  p.title = std::move(title);
  p.abstract = std::move(abstract);
  p.authors = std::move(authors);
  return p;
}

bool share_a_key(const Paper& a, const Paper& b) {
  const Rareness by_length = [](std::string_view form) {
    return 20 - std::min<std::uint64_t>(form.size(), 20);
  };
  const auto first = signature(a, by_length), second = signature(b, by_length);
  return std::any_of(first.begin(), first.end(),
                     [&](std::uint64_t key) { return std::count(second.begin(), second.end(), key) > 0; });
}

std::string words(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += "word" + std::to_string(i * 7919 % 10007) + " ";
  return text;
}

}  // namespace

TEST_CASE("likeness counts the words that say something") {
  const Likeness found = likeness(paper("The routing of experts", words(0, 40), {"Ada Quill"}),
                                  paper("Routing the sparse experts", words(10, 40), {"Quill, A."}));
  CHECK_FALSE(found.same_title);
  CHECK(found.title == 2.0 / 3.0);  // routing, experts; sparse
  REQUIRE(found.abstract.has_value());
  CHECK(*found.abstract == 1.0);  // the shorter one is within the longer
  CHECK(found.author == "Quill");
  CHECK(found.is_near());
  CHECK_FALSE(likeness(paper("a", ""), paper("b", "")).abstract.has_value());
}

TEST_CASE("the same title is near unless it says nothing") {
  CHECK(likeness(paper("Early Routing in Experts", "x"), paper("early routing in experts!", words(0, 30)))
            .is_near());
  CHECK_FALSE(likeness(paper("Editorial", words(0, 30)), paper("Editorial", words(50, 80))).is_near());
  CHECK(likeness(paper("Editorial", words(0, 30)), paper("Editorial", words(0, 30))).is_near());
}

TEST_CASE("titles alike with other abstracts are two parts, not two copies") {
  CHECK_FALSE(likeness(paper("Noise in labels and images, part one", words(0, 40)),
                       paper("Noise in labels and images, part two", words(50, 90)))
                  .is_near());
  CHECK(likeness(paper("Noise in labels and images, part one", words(0, 40)),
                 paper("Noise in labels and images, part two", words(5, 40)))
            .is_near());
  CHECK_FALSE(likeness(paper("Noise in labels", ""), paper("Routing of experts", "")).is_near());
}

TEST_CASE("papers that are alike have a key in common, others do not") {
  const Paper original = paper("Early routing in sparse mixtures of experts", words(0, 120));
  CHECK(share_a_key(original, paper("EARLY ROUTING, in sparse mixtures of experts", "")));  // same title
  CHECK(share_a_key(original, paper("Early routing in dense mixtures of experts", "")));  // one word changed
  CHECK(share_a_key(original, paper("Something quite different", words(0, 110))));  // abstract cut short
  CHECK_FALSE(share_a_key(original, paper("Something quite different", words(200, 320))));
  CHECK(signature(paper("", ""), [](std::string_view) { return std::uint64_t{0}; }).empty());
}
