// SPDX-License-Identifier: MIT
#pragma once
#include <digest/search.hpp>

namespace digest::test {

inline Hit sample_hit() {
  Hit hit;
  hit.rank = 1;
  hit.id = "arxiv:2403.01234";
  hit.score = 6.12044;
  hit.paper.title = "Sums & Products: 100% of {Sets}";
  hit.paper.abstract = "First paragraph.\n\nSecond \"paragraph\", with a comma.";
  hit.paper.authors = {"Doe, Jane", "Max Power"};
  hit.paper.date = "2024-03-05";
  hit.paper.urls = {"https://arxiv.org/abs/2403.01234"};
  hit.paper.ids = {{"arxiv", "2403.01234"}, {"doi", "10.1000/a_b"}};
  hit.paper.categories = {"cs.LG", "math.CO"};
  hit.paper.sources = {{"inbox/a.txt", 12, "page"}};
  hit.snippets = {{"abstract", {{"First ", false}, {"paragraph", true}, {".", false}}}};
  return hit;
}

}  // namespace digest::test
