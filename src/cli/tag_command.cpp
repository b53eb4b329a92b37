// SPDX-License-Identifier: MIT
// digest tag: tags on papers, off them, or listed.
#include <digest/error.hpp>
#include <fmt/format.h>

#include "cli/command_functions.hpp"
#include "cli/marks.hpp"
#include "cli/opened_index.hpp"
#include "render/escape.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

struct TagChange {
  std::vector<std::string> put_on, take_off, papers;
};

TagChange resolve(const Arguments& arguments) {
  TagChange change;
  for (const std::string& text : arguments.texts()) {
    const bool on = text[0] == '+', off = text[0] == '-';
    if (!on && !off) {
      change.papers.push_back(text);
      continue;
    }
    require_mark_name(text.substr(1), "a tag");
    (on ? change.put_on : change.take_off).push_back(text.substr(1));
  }
  return change;
}

Outcome list_all(Context& context, const Marks& marks) {
  std::vector<library::TagCount> tags;
  if (library::MarksStore* store = marks.readable()) tags = store->tags();
  if (tags.empty()) context.messages.line("There are no tags yet: `digest tag +TAG ID...` makes one.");
  for (const library::TagCount& tag : tags) {
    context.out.write(fmt::format("{:>6}  {}\n", tag.papers, render::printable(tag.tag)));
  }
  return Outcome::done;
}

}  // namespace

Outcome run_tag(Context& context) {
  const TagChange change = resolve(context.arguments);
  const bool changes = !change.put_on.empty() || !change.take_off.empty();
  const Marks marks(context.environment);
  if (change.papers.empty() && !changes) return list_all(context, marks);
  if (change.papers.empty()) throw Error(ErrorKind::usage, "`digest tag` needs the ids of papers, as `digest search --format ids` prints them.");

  const OpenedIndex opened = open_index(context, storage::Access::small_reads);
  Outcome outcome = Outcome::done;
  std::vector<std::string> known;
  for (const std::string& wanted : change.papers) {
    if (const auto paper = opened.snapshot->find(wanted)) {
      known.push_back(printed_id(wanted, *paper));
    } else {
      context.messages.error(fmt::format("There is no paper `{}` in {}. `digest search --format ids` prints ids.", wanted, opened.place.path));
      outcome = Outcome::failed;
    }
  }
  if (changes && !known.empty()) {
    marks.writable().change_tags(known, change.put_on, change.take_off);
    const std::string papers = render::counted(known.size(), "paper", "papers");
    context.messages.line(change.put_on.empty() ? fmt::format("Tags taken off {}.", papers) : papers + " tagged.");
  }
  if (!changes) {
    for (const std::string& id : known) {
      context.out.write(render::printable(fmt::format("{}  {}", id, fmt::join(marks.tags_of(id), " "))) + "\n");
    }
  }
  return outcome;
}

}  // namespace digest::cli
