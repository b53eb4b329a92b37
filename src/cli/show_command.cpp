// SPDX-License-Identifier: MIT
// digest show: whole papers by id.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/fields.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "cli/pager.hpp"
#include "cli/present.hpp"
#include "render/json.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

// One JSON object a paper, whatever it is called; tables have no rank and no score.
View shown_view(const Context& context) {
  View view = resolve_view(context);
  if (view.format == Format::json) view.format = Format::jsonl;
  const bool table = view.format == Format::csv || view.format == Format::tsv;
  if (table && view.fields.empty()) view.fields = render::paper_columns();
  return view;
}

}  // namespace

Outcome run_show(Context& context) {
  const auto& ids = context.arguments.texts();
  if (ids.empty()) throw Error(ErrorKind::usage, "`digest show` needs the id of a paper, as `digest search` prints it.");
  const View view = shown_view(context);
  require_paper_fields(view.fields);
  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  const Marks marks(context.environment);
  const auto writer = writer_of(view, "1");  // null: for people
  Outcome outcome = Outcome::done;
  std::string text;
  if (writer) write_papers(context, writer->begin());
  for (const std::string& wanted : ids) {
    auto paper = opened.snapshot->find(wanted);
    if (!paper) {
      context.messages.error(fmt::format("There is no paper `{}` in {}. `digest search --format ids` prints ids.", wanted, opened.place.path));
      outcome = Outcome::failed;
      continue;
    }
    Hit hit;
    hit.id = printed_id(wanted, *paper);
    hit.tags = marks.tags_of(hit.id);
    hit.paper = std::move(*paper);
    if (writer) {
      write_papers(context, writer->paper(hit));
    } else {
      text += (text.empty() ? "" : "\n") + render::text_paper(hit.id, hit.paper, hit.tags, layout_of(context.screen));
    }
  }
  if (writer) write_papers(context, writer->end());
  if (!text.empty()) page(context, text);
  return outcome;
}

}  // namespace digest::cli
