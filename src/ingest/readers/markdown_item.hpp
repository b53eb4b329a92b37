// SPDX-License-Identifier: MIT
// An item of a list of papers, as people write them: "**Title**, Author et al., *Venue*. [[pdf]](..)", "[Title](..), A, B",
// "(**ACL 2022**)" and dates around it.
#pragma once
#include <string>
#include <string_view>

namespace digest::ingest {

struct MarkdownItem {
  std::string title;    // as far as one is found; not yet whether it looks like one
  std::string authors;  // as written
  std::string date;
  std::string arxiv_id; // of an item without any link
};

MarkdownItem markdown_item(std::string_view text);

}  // namespace digest::ingest
