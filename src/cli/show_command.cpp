// SPDX-License-Identifier: MIT
// digest show: whole papers by id.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/opened_index.hpp"
#include "cli/pager.hpp"
#include "cli/present.hpp"
#include "cli/marks.hpp"
#include "render/json.hpp"
#include "render/text.hpp"

namespace digest::cli {
Outcome run_show(Context& context) {
  const auto& ids = context.arguments.texts();
  if (ids.empty()) throw Error(ErrorKind::usage, "`digest show` needs the id of a paper, as `digest search` prints it.");
  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  const Marks marks(context.environment);
  const bool json = context.arguments.has("json");
  Outcome outcome = Outcome::done;
  std::string text;
  for (const std::string& wanted : ids) {
    const auto paper = opened.snapshot->find(wanted);
    if (!paper) {
      context.messages.error(fmt::format("There is no paper `{}` in {}. `digest search --format ids` prints ids.", wanted, opened.place.path));
      outcome = Outcome::failed;
      continue;
    }
    const std::string id = printed_id(wanted, *paper);
    if (json) {
      context.out.write(render::json_paper(id, *paper, marks.tags_of(id)) + "\n");
    } else {
      if (!text.empty()) text += "\n";
      text += render::text_paper(id, *paper, marks.tags_of(id), layout_of(context.screen));
    }
  }
  if (!text.empty()) page(context, text);
  return outcome;
}

}  // namespace digest::cli
