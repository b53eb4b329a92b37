// SPDX-License-Identifier: MIT
// digest export: all papers, or those of a query, for other programs.
#include <digest/error.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/utf8.hpp"
#include "cli/command_functions.hpp"
#include "cli/fields.hpp"
#include "cli/found_papers.hpp"
#include "cli/marks.hpp"
#include "cli/postings_export.hpp"
#include "cli/present.hpp"
#include "render/escape.hpp"
#include "render/json.hpp"
#include "render/text.hpp"

namespace digest::cli {
namespace {

std::unique_ptr<render::PaperWriter> writer_for(const std::string& format, std::vector<std::string> fields) {
  if (format == "bibtex") return render::bibtex_writer();
  if (format == "ris") return render::ris_writer();
  if (format == "csl") return render::csl_writer();
  if (format == "md") return render::markdown_writer();
  if (format == "ids") return render::ids_writer(render::IdEnd::line);
  if (format == "csv" || format == "tsv") {
    if (fields.empty()) fields = render::paper_columns();
    return render::table_writer(format == "csv" ? render::Table::csv : render::Table::tsv, std::move(fields));
  }
  return render::jsonl_writer(std::move(fields));
}

// Where the export goes: standard output, or a file that takes its name only when it is whole.
class Destination {
 public:
  explicit Destination(Context& context) : context_(context) {
    const auto path = context.arguments.value("output");
    if (!path || *path == "-") return;
    path_ = *path;
    temporary_ = path_ + ".part";
    const int descriptor = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) throw Error(ErrorKind::io, fmt::format("{} could not be made: {}.", temporary_, std::strerror(errno)));
    file_ = std::make_unique<Output>(descriptor, path_);
  }
  ~Destination() {
    if (file_ != nullptr) ::unlink(temporary_.c_str());
  }
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;

  void write(const std::string& bytes) {
    if (file_ != nullptr) {
      file_->write(bytes);
    } else {
      write_papers(context_, bytes);
    }
  }
  void write_binary(const std::string& bytes) {
    if (file_ == nullptr && context_.screen.terminal) {
      throw Error(ErrorKind::usage, "This format is not text: send it to a file with `--output FILE` or >.");
    }
    (file_ != nullptr ? *file_ : context_.out).write(bytes);
  }
  void finish() {
    if (file_ == nullptr) return;
    file_->close();
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
      throw Error(ErrorKind::io, fmt::format("{} could not be made: {}.", path_, std::strerror(errno)));
    }
    file_.reset();
  }

 private:
  Context& context_;
  std::string path_, temporary_;
  std::unique_ptr<Output> file_;
};

std::vector<std::string> resolve_export_fields(const Context& context, const std::string& format) {
  if (!context.arguments.has("fields")) return {};
  if (format != "csv" && format != "tsv" && format != "jsonl") {
    throw Error(ErrorKind::usage, "`--fields` works with `--format` jsonl, csv and tsv.");
  }
  return checked_paper_fields(*context.arguments.value("fields"));
}

}  // namespace

Outcome run_export(Context& context) {
  const std::string format = context.arguments.value("format").value_or("jsonl");
  const auto writer = writer_for(format, resolve_export_fields(context, format));
  const OpenedIndex opened = open_index(context, storage::Access::mapped);
  Destination destination(context);
  if (format == "ciff") {
    if (!context.arguments.texts().empty()) throw Error(ErrorKind::usage, "`--format ciff` exports the whole index: it takes no query.");
    export_postings(*opened.snapshot, [&destination](const std::string& bytes) { destination.write_binary(bytes); });
    destination.finish();
    return Outcome::done;
  }
  const Marks marks(context.environment);
  std::uint64_t papers = 0;
  SearchResult found;
  const auto write = [&](Hit hit) {
    hit.rank = 0;  // a paper, not a hit
    hit.tags = marks.tags_of(hit.id);
    destination.write(writer->paper(hit));
    ++papers;
  };
  destination.write(writer->begin());
  if (context.arguments.texts().empty()) {
    opened.snapshot->for_each([&](const index::Snapshot::StoredPaper& stored) {
      Hit hit;
      hit.id = stored.id;
      hit.paper = stored.paper;
      write(std::move(hit));
      return true;
    });
  } else {
    const search::Searcher searcher(*opened.snapshot, marks.for_search());
    SearchRequest request;
    request.query = marks.query_behind(resolve_query(context));
    found = find_all(searcher, request, context.environment.today);
    for (Hit& hit : found.hits) write(completed(*opened.snapshot, std::move(hit), 0));
  }
  destination.write(writer->end());
  destination.finish();
  context.out.flush();
  present_notes(context, found);
  if (context.screen.terminal || context.arguments.has("output")) {
    context.messages.line(render::counted(papers, "paper", "papers") + " exported");
  }
  return Outcome::done;
}

}  // namespace digest::cli
