// SPDX-License-Identifier: MIT
// Flags of search and its relatives -> one request and one way to show the answer.
#pragma once
#include <digest/search.hpp>

#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"

namespace digest::cli {

enum class Format { text, json, jsonl, tsv, csv, ids, bibtex, ris, csl, md, trec };

struct View {
  Format format = Format::text;
  std::vector<std::string> fields;  // empty: the format's own
  bool null_ended = false;          // ids
  bool explain_query = false;
  std::optional<std::uint64_t> open;  // the hit whose address is opened
};

// --json, --jsonl, --format, --fields, --null, --open.
View resolve_view(const Context& context);

// All of the rest but the text of the query.
SearchRequest resolve_request(const Context& context);

// -e texts and operands, joined by spaces; `@NAME` is the caller's.
struct QueryText {
  std::string text;
  bool verbatim = false;  // from -e: an @ at its head is text
};
QueryText resolve_query(const Context& context);

}  // namespace digest::cli
