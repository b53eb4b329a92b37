// SPDX-License-Identifier: MIT
// digest delete, digest optimize: the two changes of an index that read no digest.
#include <digest/error.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "base/utf8.hpp"
#include "cli/command_functions.hpp"
#include "cli/found_papers.hpp"
#include "cli/marks.hpp"
#include "cli/present.hpp"
#include "index/index_writer.hpp"
#include "render/escape.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

struct Doomed {
  std::string id;
  std::string title;
};

bool is_from(const Source& source, const std::string& given) {
  const std::string file = repair_utf8(given).text;  // as the index has it
  if (source.file == file) return true;
  return source.file.size() > file.size() && source.file.substr(source.file.size() - file.size() - 1) == "/" + file;
}

// A paper that was read elsewhere too is still news there: it stays.
std::vector<Doomed> of_source(const index::Snapshot& snapshot, const std::string& file, std::uint64_t& kept) {
  std::vector<Doomed> doomed;
  snapshot.for_each([&](const index::Snapshot::StoredPaper& stored) {
    const auto& sources = stored.paper.sources;
    const auto matching = std::count_if(sources.begin(), sources.end(), [&](const Source& source) { return is_from(source, file); });
    if (matching == 0) return true;
    if (static_cast<std::size_t>(matching) == sources.size()) {
      doomed.push_back({stored.id, stored.paper.title});
    } else {
      ++kept;
    }
    return true;
  });
  return doomed;
}

std::vector<Doomed> of_query(const Context& context, const index::Snapshot& snapshot, const std::string& query) {
  const Marks marks(context.environment);
  const search::Searcher searcher(snapshot, marks.for_search());
  SearchRequest request = resolve_request(context);
  request.words = Words::all;  // a query that loosened itself would delete what nobody named
  request.query = marks.query_behind({query, false});
  SearchRequest reading = request;
  reading.limit = 0;
  if (searcher.search(reading, context.environment.today).parsed == "*") {  // an unset variable of a script
    throw Error(ErrorKind::usage, fmt::format("`--query {}` says nothing, which all papers match: nothing was deleted. "
                                              "`digest index --rebuild FILE` starts an index anew.", query.empty() ? "''" : query));
  }
  const SearchResult found = find_all(searcher, request, context.environment.today);
  std::vector<Doomed> doomed;
  if (found.relaxed || found.hits.empty()) present_notes(context, found);
  if (found.relaxed) return doomed;
  for (const Hit& hit : found.hits) doomed.push_back({hit.id, completed(snapshot, hit, 0).paper.title});
  return doomed;
}

class Deletion {
 public:
  explicit Deletion(Context& context) : context_(context), opened_(open_index(context, storage::Access::small_reads)) {}

  Outcome run() {
    collect();
    const bool dry_run = context_.arguments.has("dry-run");
    IndexSummary summary = opened_.snapshot->summary();
    if (!dry_run && !doomed_.empty()) summary = remove();
    report(summary, dry_run);
    if (failed_) return Outcome::failed;
    return doomed_.empty() ? Outcome::nothing_found : Outcome::done;
  }

 private:
  void collect() {
    for (const std::string& wanted : context_.arguments.texts()) {
      if (const auto paper = opened_.snapshot->find(wanted)) {
        add({printed_id(wanted, *paper), paper->title});
      } else {
        context_.messages.error(fmt::format("There is no paper `{}` in {}. `digest search --format ids` prints ids.", wanted, opened_.place.path));
        failed_ = true;
      }
    }
    if (const auto query = context_.arguments.value("query")) {
      for (Doomed& one : of_query(context_, *opened_.snapshot, *query)) add(std::move(one));
    }
    if (const auto file = context_.arguments.value("source")) {
      std::uint64_t kept = 0;
      for (Doomed& one : of_source(*opened_.snapshot, *file, kept)) add(std::move(one));
      if (kept > 0) context_.messages.line(fmt::format("{} read from other files too: kept.", render::counted(kept, "paper was", "papers were")));
    }
  }

  void add(Doomed one) {
    if (ids_.insert(one.id).second) doomed_.push_back(std::move(one));
  }

  IndexSummary remove() {
    index::WriterOptions options;
    options.today = context_.environment.today;
    index::IndexWriter writer(*opened_.directory, options);
    for (const Doomed& one : doomed_) writer.remove(one.id);
    return writer.commit();
  }

  void report(const IndexSummary& summary, bool dry_run) {
    if (context_.arguments.has("json")) {
      render::Json papers = render::Json::array();
      for (const Doomed& one : doomed_) papers.push_back({{"id", one.id}, {"title", one.title}});
      context_.out.write(render::dump({{"schema", "digest.delete/1"},
                                       {"index", {{"path", opened_.place.path}, {"papers", summary.papers}, {"generation", summary.generation}}},
                                       {"dry_run", dry_run},
                                       {"deleted", std::move(papers)}}) +
                         "\n");
      return;
    }
    if (dry_run) {
      for (const Doomed& one : doomed_) context_.out.write(render::printable(fmt::format("{}  {}", one.id, one.title.empty() ? "(no title)" : one.title)) + "\n");
    }
    context_.out.flush();
    context_.messages.line(fmt::format("{} {}. Index: {}.", render::counted(doomed_.size(), "paper", "papers"),
                                       dry_run ? "would be deleted" : "deleted", render::counted(summary.papers, "paper", "papers")));
  }

  Context& context_;
  OpenedIndex opened_;
  std::vector<Doomed> doomed_;
  std::set<std::string> ids_;
  bool failed_ = false;
};

}  // namespace

Outcome run_delete(Context& context) {
  const Arguments& arguments = context.arguments;
  if (arguments.texts().empty() && !arguments.has("query") && !arguments.has("source")) {
    throw Error(ErrorKind::usage, "`digest delete` needs ids of papers, `--query QUERY` or `--source FILE`.");
  }
  // `--query grok tickets` means one query, and papers are not deleted on a guess.
  if (!arguments.texts().empty() && (arguments.has("query") || arguments.has("source"))) {
    throw Error(ErrorKind::usage, fmt::format("`{}` stands beside `--{}`: nothing was deleted. Give ids alone, or put the words of a query or of a name between quotation marks.",
                                              arguments.texts()[0], arguments.has("query") ? "query" : "source"));
  }
  return Deletion(context).run();
}

Outcome run_optimize(Context& context) {
  const auto start = std::chrono::steady_clock::now();
  OpenedIndex opened = open_index(context, storage::Access::small_reads);
  const std::uint64_t before = opened.snapshot->statistics().bytes;
  index::WriterOptions options;
  options.today = context.environment.today;
  {
    index::IndexWriter writer(*opened.directory, options);
    writer.optimize();
    writer.commit();
  }
  const auto after = index::Snapshot::open(*opened.directory, storage::Access::small_reads)->statistics();
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start).count();
  context.messages.line(fmt::format("{} in {}: {} bytes, were {}. {}", render::counted(after.papers, "paper", "papers"),
                                    render::counted(after.segments, "segment", "segments"), render::thousands(after.bytes),
                                    render::thousands(before), render::duration(static_cast<std::uint64_t>(took))));
  return Outcome::done;
}

}  // namespace digest::cli
