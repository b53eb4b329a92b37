// SPDX-License-Identifier: MIT
#include "cli/present.hpp"

#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "cli/open_address.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

bool is_for_people(Format format) { return format == Format::text || format == Format::json || format == Format::jsonl; }

Outcome outcome_of(const SearchResult& result) { return result.total > 0 ? Outcome::done : Outcome::nothing_found; }

void present_text(Context& context, const SearchResult& result) {
  const render::Layout layout = layout_of(context.screen);
  bool first = true;
  for (const Hit& hit : result.hits) {
    if (!first) context.out.write("\n");
    first = false;
    context.out.write(render::text_hit(hit, layout));
  }
  if (!result.facets.empty()) context.out.write((first ? "" : "\n") + render::text_facets(result, layout));
}

Outcome open_hit(const Context& context, std::uint64_t wanted, const SearchResult& result) {
  if (wanted > result.hits.size()) {
    throw Error(ErrorKind::usage, fmt::format("There is no hit number {}: {} shown.", wanted,
                                              render::counted(result.hits.size(), "paper is", "papers are")));
  }
  const Paper& paper = result.hits[wanted - 1].paper;
  const std::string address = paper.urls.empty() ? "" : render::safe_address(paper.urls.front());
  if (address.empty()) {
    throw Error(ErrorKind::not_found, fmt::format("\"{}\" has no address that could be opened.", paper.title));
  }
  context.messages.line("Opening " + address);
  open_address(address);
  return Outcome::done;
}

}  // namespace

std::unique_ptr<render::PaperWriter> writer_of(const View& view, const std::string& topic) {
  switch (view.format) {
    case Format::text:
    case Format::json: return nullptr;
    case Format::jsonl: return render::jsonl_writer(view.fields);
    case Format::tsv: return render::table_writer(render::Table::tsv, view.fields);
    case Format::csv: return render::table_writer(render::Table::csv, view.fields);
    case Format::ids: return render::ids_writer(view.null_ended ? render::IdEnd::null : render::IdEnd::line);
    case Format::bibtex: return render::bibtex_writer();
    case Format::ris: return render::ris_writer();
    case Format::csl: return render::csl_writer();
    case Format::md: return render::markdown_writer();
    case Format::trec: return render::trec_writer(topic);
  }
  return nullptr;
}

void ask_for_what_is_shown(const View& view, SearchRequest& request) {
  const bool column = std::find(view.fields.begin(), view.fields.end(), "snippets") != view.fields.end();
  if (!is_for_people(view.format) && !column) request.snippet_words = 0;
  if (view.format == Format::ids || view.format == Format::trec) request.papers = view.open.has_value();
  request.source_ids = !request.papers;
}

render::Layout layout_of(const Screen& screen) { return {screen.width, screen.color}; }

void write_papers(Context& context, const std::string& bytes) {
  const bool shown = context.screen.terminal && bytes.find('\0') == std::string::npos;
  context.out.write(shown ? render::printable(bytes, render::Keep::lines) : bytes);
}

Outcome present(Context& context, const View& view, const SearchRequest& request, const SearchResult& result) {
  if (view.explain_query) context.messages.warning("Read as: " + (result.parsed.empty() ? "all papers" : result.parsed));
  if (view.open && result.total > 0) return open_hit(context, *view.open, result);
  if (view.format == Format::json) {
    context.out.write(render::json_search(result, view.fields) + "\n");
    return outcome_of(result);
  }
  if (request.count_only) {
    context.out.write(fmt::format("{}\n", result.total));
    present_notes(context, result);
    return outcome_of(result);
  }
  if (const auto writer = writer_of(view, "1")) {
    write_papers(context, writer->begin());
    for (const Hit& hit : result.hits) write_papers(context, writer->paper(hit));
    write_papers(context, writer->end());
    context.out.flush();
    present_notes(context, result);
    return outcome_of(result);
  }
  present_text(context, result);
  context.out.flush();  // so that on a terminal the last line is the last
  present_notes(context, result);
  context.messages.line(render::search_summary(result));
  return outcome_of(result);
}

void present_notes(const Context& context, const SearchResult& result) {
  const bool blank_before = !result.hits.empty() && context.screen.terminal && context.messages.screen().terminal;
  if (blank_before) context.messages.line("");
  if (result.relaxed) context.messages.line("No paper has all of these words: any of them is enough here.");
  for (const SearchNote& note : result.notes) context.messages.line("note: " + note.text);
  if (result.suggestions.empty()) return;
  // Where the query is one word, its note has named the best.
  const bool is_said = result.notes.size() == 1 &&
                       result.notes[0].text.find("\"" + result.suggestions[0] + "\"?") != std::string::npos;
  const std::string choices = fmt::format("{}", fmt::join(result.suggestions.begin() + (is_said ? 1 : 0), result.suggestions.end(), ", "));
  if (!choices.empty()) context.messages.line(fmt::format("{}: {}?", is_said ? "Or" : "Did you mean", choices));
}

}  // namespace digest::cli
