// SPDX-License-Identifier: MIT
// digest similar: papers like these, or like a text.
#include <digest/error.hpp>
#include <fmt/format.h>

#include <chrono>

#include "base/utf8.hpp"
#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/present.hpp"
#include "cli/whole_input.hpp"
#include "search/searcher.hpp"

namespace digest::cli {

Outcome run_similar(Context& context) {
  const auto& texts = context.arguments.texts();
  if (texts.empty()) throw Error(ErrorKind::usage, "`digest similar` needs the ids of papers, or - for a text on standard input.");
  const View view = resolve_view(context);
  SearchRequest request = resolve_request(context);
  ask_for_what_is_shown(view, request);

  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  std::vector<std::string> ids;
  std::string text;
  for (const std::string& wanted : texts) {
    if (wanted == "-") {
      text = repair_utf8(whole_input("-")).text;
    } else if (const auto paper = opened.snapshot->find(wanted)) {
      ids.push_back(printed_id(wanted, *paper));
    } else {
      throw Error(ErrorKind::not_found, fmt::format("There is no paper `{}` in {}. `digest search --format ids` prints ids.", wanted, opened.place.path));
    }
  }
  const Marks marks(context.environment);
  const search::Searcher searcher(*opened.snapshot, marks.for_search());
  const auto start = std::chrono::steady_clock::now();
  SearchResult result = searcher.similar(ids, text, request);
  const auto took = std::chrono::steady_clock::now() - start;
  result.took_us = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  marks.add_tags(result);
  return present(context, view, request, result);
}

}  // namespace digest::cli
