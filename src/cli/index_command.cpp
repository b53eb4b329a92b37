// SPDX-License-Identifier: MIT
// digest index: digests to papers to one commit, and the balance of it.
#include <digest/error.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "cli/command_functions.hpp"
#include "cli/environment.hpp"
#include "cli/progress.hpp"
#include "cli/reading.hpp"
#include "index/index_writer.hpp"
#include "index/snapshot.hpp"
#include "library/marks_store.hpp"
#include "render/json_value.hpp"
#include "render/text.hpp"
#include "storage/directory.hpp"

namespace digest::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Balance {
  std::uint64_t read = 0, added = 0, updated = 0, unchanged = 0, merged = 0, skipped = 0, without_abstract = 0;

  void count(index::AddOutcome outcome) {
    ++read;
    switch (outcome) {
      case index::AddOutcome::added: ++added; break;
      case index::AddOutcome::updated: ++updated; break;
      case index::AddOutcome::unchanged: ++unchanged; break;
      case index::AddOutcome::merged: ++merged; break;
    }
  }
};

index::WriterOptions resolve_writer(const Context& context) {
  index::WriterOptions options;
  const auto pages = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PHYS_PAGES)));
  const auto page = static_cast<std::uint64_t>(std::max(0L, ::sysconf(_SC_PAGESIZE)));
  const std::uint64_t quarter = pages * page / 4;
  if (quarter > 0) options.memory_bytes = std::min(options.memory_bytes, quarter);
  constexpr std::uint64_t kLeast = 16ULL << 20;
  options.memory_bytes = std::max(kLeast, size(context.arguments, "memory").value_or(options.memory_bytes));
  constexpr std::uint64_t kMostThreads = 256;
  options.threads = static_cast<unsigned>(std::min(whole_number(context.arguments, "threads").value_or(0), kMostThreads));
  options.rebuild = context.arguments.has("rebuild");
  options.today = context.environment.today;
  return options;
}

// The folder of the index; for a dry run where there is none, an empty one in memory.
std::unique_ptr<storage::Directory> writable_directory(const std::string& path, bool dry_run) {
  if (dry_run && !std::filesystem::exists(path)) return storage::make_memory_directory();
  if (!dry_run) {
    std::error_code reason;
    std::filesystem::create_directories(path, reason);
    if (reason) throw Error(ErrorKind::io, fmt::format("The folder {} for the index could not be made: {}.", path, reason.message()));
  }
  return storage::open_fs_directory(path, dry_run ? storage::Create::no : storage::Create::yes);
}

// One call of `digest index`: the writer is there from the first input that can be opened.
class Indexing {
 public:
  Indexing(Context& context, IndexPlace place)
      : context_(context), place_(std::move(place)), reading_(resolve_reading(context)), writer_options_(resolve_writer(context)) {}

  Outcome run() {
    const InputList list = input_list(context_.arguments.texts(), place_.path);
    for (const std::string& problem : list.problems) context_.messages.error(problem);
    failed_ = !list.problems.empty();
    for (const std::string& folder : list.empty) context_.messages.line(folder + kNoFile);
    read_all(list);
    const bool strict_stop = context_.arguments.has("strict") && balance_.skipped > 0;
    if (strict_stop) {
      context_.messages.error("Records were skipped and --strict was given: nothing was committed.");
      failed_ = true;
    }
    finish(strict_stop);
    report();
    return failed_ ? Outcome::failed : Outcome::done;
  }

 private:
  [[nodiscard]] bool dry_run() const { return context_.arguments.has("dry-run"); }

  // Made when first needed: inputs that cannot be read leave no trace.
  index::IndexWriter& writer() {
    if (writer_ == nullptr) {
      directory_ = writable_directory(place_.path, dry_run());
      writer_ = std::make_unique<index::IndexWriter>(*directory_, writer_options_);
    }
    return *writer_;
  }

  void read_all(const InputList& list) {
    Progress& progress = progress_.emplace(context_.messages, total_bytes(list));
    std::uint64_t done = 0;
    for (const std::string& path : list.paths) {
      std::uint64_t in_file = 0;
      ReadFile read = read_digest(path, reading_, [this](Paper&& paper) { balance_.count(writer().add(std::move(paper))); },
                                  [&](std::uint64_t bytes) {
                                    in_file = bytes;
                                    progress.update(balance_.read, done + bytes);
                                  });
      done += in_file;
      balance_.skipped += read.report.skipped;
      balance_.without_abstract += read.report.without_abstract;
      failed_ = failed_ || read.failed;
      progress.erase();
      say(context_.messages, read.diagnostics);
      if (read.report.empty) context_.messages.line(fmt::format("{}: nothing in it", read.file));
      if (!read.failed) ++files_read_;
      files_.push_back(std::move(read));
    }
  }

  static std::uint64_t total_bytes(const InputList& list) {
    std::uint64_t total = 0;
    for (const std::string& path : list.paths) {
      std::error_code unknown;
      const auto bytes = path == "-" ? static_cast<std::uintmax_t>(-1) : std::filesystem::file_size(path, unknown);
      if (bytes == static_cast<std::uintmax_t>(-1)) return 0;
      total += bytes;
    }
    return total;
  }

  void finish(bool strict_stop) {
    const bool nothing_read = failed_ && balance_.read == 0;  // then --rebuild empties nothing either
    if (dry_run() || strict_stop || nothing_read) {
      writer_.reset();
      try {
        directory_ = storage::open_fs_directory(place_.path, storage::Create::no);
        summary_ = index::Snapshot::open(*directory_, storage::Access::small_reads)->summary();
      } catch (const Error& error) {
        if (error.kind() != ErrorKind::not_found) throw;
      }
      return;
    }
    keep_marks();
    progress_->say(fmt::format("{}, writing the index ...", render::counted(balance_.read, "paper", "papers")));
    summary_ = writer().commit();
    progress_->erase();
  }

  // Tags and what was seen follow papers to their new ids; before the commit, so that nothing can come between.
  void keep_marks() {
    if (writer().renamed().empty() || context_.environment.data_home.empty()) return;
    const std::string path = marks_path(context_.environment);
    try {
      if (library::MarksStore::open(path, library::Mode::read) == nullptr) return;  // nothing is marked
      library::MarksStore::open(path, library::Mode::write)->also_mark(writer().renamed());
    } catch (const Error& error) {  // no reason to lose the papers
      context_.messages.warning(fmt::format("{} papers got an identifier, but their tags could not follow: {}", writer().renamed().size(), error.what()));
    }
  }

  void report() {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start_).count();
    if (context_.arguments.has("json")) {
      context_.out.write(as_json(static_cast<std::uint64_t>(took) / 1000));
      return;
    }
    std::string text = fmt::format("{} read from {}: {} new, {} updated, {} unchanged, {} merged; {} skipped. ",
                                   render::counted(balance_.read, "paper", "papers"), render::counted(files_read_, "file", "files"),
                                   render::thousands(balance_.added), render::thousands(balance_.updated),
                                   render::thousands(balance_.unchanged), render::thousands(balance_.merged),
                                   render::thousands(balance_.skipped));
    if (dry_run()) text += "Nothing was changed (--dry-run). ";
    text += fmt::format("Index: {}. {}", render::counted(summary_.papers, "paper", "papers"), render::duration(static_cast<std::uint64_t>(took)));
    context_.messages.line(text);
  }

  [[nodiscard]] std::string as_json(std::uint64_t milliseconds) const {
    render::Json files = render::Json::array();
    for (const ReadFile& read : files_) {
      render::Json diagnostics = render::Json::array();
      for (const Diagnostic& one : read.diagnostics) {
        const char* severity = one.severity == Severity::error ? "error" : one.severity == Severity::warning ? "warning" : "note";
        const render::Json line = one.line == 0 ? render::Json(nullptr) : render::Json(one.line);  // of the file as a whole
        diagnostics.push_back({{"line", line}, {"severity", severity}, {"code", one.code}, {"message", one.message}});
      }
      files.push_back({{"file", read.file},
                       {"format", read.report.format.empty() ? render::Json(nullptr) : render::Json(read.report.format)},
                       {"read", read.report.papers},
                       {"skipped", read.report.skipped},
                       {"diagnostics", std::move(diagnostics)}});
    }
    return render::dump({{"schema", "digest.index/1"},
                         {"index", {{"path", place_.path}, {"papers", summary_.papers}, {"generation", summary_.generation}}},
                         {"read", balance_.read}, {"new", balance_.added}, {"updated", balance_.updated},
                         {"unchanged", balance_.unchanged}, {"merged", balance_.merged}, {"skipped", balance_.skipped},
                         {"without_abstract", balance_.without_abstract}, {"took_ms", milliseconds}, {"files", std::move(files)}}) +
           "\n";
  }

  Context& context_;
  IndexPlace place_;
  ReadingOptions reading_;
  index::WriterOptions writer_options_;
  Clock::time_point start_ = Clock::now();
  std::unique_ptr<storage::Directory> directory_;
  std::unique_ptr<index::IndexWriter> writer_;
  std::optional<Progress> progress_;
  std::vector<ReadFile> files_;
  std::uint64_t files_read_ = 0;
  Balance balance_;
  IndexSummary summary_;
  bool failed_ = false;
};

}  // namespace

Outcome run_index(Context& context) {
  if (context.arguments.texts().empty()) {
    throw Error(ErrorKind::usage, "`digest index` needs a file, a folder, or - for standard input: `digest index inbox/`.");
  }
  return Indexing(context, index_place(context.environment, context.arguments)).run();
}

}  // namespace digest::cli
