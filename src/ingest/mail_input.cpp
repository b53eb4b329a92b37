// SPDX-License-Identifier: MIT
#include "ingest/mail_input.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "ingest/collector.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// A part that is being read, or has been.
struct Part {
  Part(const PipelineOptions& options, const MimePart& about, int depth)
      : collector(harvest, report, options.file), run{options, collector, report, 0}, opener(std::make_unique<Opener>(run, depth, about.charset)), is_plain(about.type == "text/plain"), is_attachment(about.type.substr(0, 12) == "application/") {
    collector.set_lines_before(about.lines_before);
  }

  // Prose that merely looks like a title and a paragraph does not make a digest of a mail.
  [[nodiscard]] bool yields() const {
    constexpr int kThreePairs = 14;
    return report.papers != 0 && (run.options.format == report.format || score() >= kThreePairs);
  }
  [[nodiscard]] int score() const { return report.candidates.empty() ? 0 : report.candidates.front().second.score; }
  [[nodiscard]] auto rank() const {
    constexpr int kOnlyGuessed = 20;
    return std::tuple(yields(), score() > kOnlyGuessed, report.papers, report.papers - report.without_abstract, score(), is_plain);
  }

  Harvest harvest;
  PipelineReport report;
  Collector collector;
  Run run;
  std::unique_ptr<Opener> opener;
  bool is_plain, is_attachment;
};

bool is_readable(std::string_view type) {
  if (type.substr(0, 5) == "text/") return type != "text/calendar" && type != "text/vcard" && type != "text/css";
  if (type.substr(0, 8) == "message/") return type == "message/rfc822";
  if (type.substr(0, 12) != "application/") return false;
  for (const std::string_view other : {"signature", "pkcs7", "ms-tnef", "font", "javascript", "ics", "pgp"}) {
    if (type.find(other) != std::string_view::npos) return false;
  }
  return true;
}

class MailInput final : public Stage, public MimeTarget {
 public:
  MailInput(MailKind kind, Run& run, int depth) : run_(run), depth_(depth), splitter_(make_mail_splitter(kind, *this)) {}

  void feed(std::string_view bytes) override { splitter_->feed(bytes); }
  void finish() override { splitter_->finish(); }

  void begin_mail(unsigned) override {
    papers_before_ = run_.report.papers;
    run_.collector.note_text();
  }

  void end_mail(unsigned number, const std::string& subject) override {
    if (run_.report.papers != papers_before_ || number == 0) return;
    run_.collector.problem(Diagnostic{run_.options.file, 0, Severity::note, "mail-without-papers",
                                      fmt::format("Mail {} (\"{}\") holds no paper that could be recognised.", number,
                                                  printable(subject)), false});
  }

  void begin_alternatives() override { ++alternatives_; }

  void end_alternatives() override {
    if (--alternatives_ == 0 && best_) take(std::move(best_));
  }

  void begin_part(const MimePart& part) override {
    if (is_readable(part.type)) part_ = std::make_unique<Part>(run_.options, part, depth_ + 1);
  }

  void part_bytes(std::string_view bytes) override {
    if (part_ && part_->harvest.papers.size() <= kMaxHeldPapers) part_->opener->feed(bytes);
  }

  void end_part() override {
    if (!part_) return;
    part_->opener->finish();
    part_->collector.finish();
    std::unique_ptr<Part> part = std::move(part_);
    if (alternatives_ == 0) return take(std::move(part));
    if (!best_ || part->rank() > best_->rank()) best_ = std::move(part);
  }

 private:
  static std::string printable(std::string_view subject) {
    std::string out(subject.substr(0, 80));
    std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    while (!out.empty() && static_cast<unsigned char>(out.back()) >= 0x80) out.pop_back();
    return out;
  }

  // An attachment that might hold papers, but is of no kind that is read: an archive, a document.
  void tell_unread(const Part& part) {
    for (const Diagnostic& problem : part.harvest.problems) {
      if (problem.code != "unreadable" || !part.is_attachment) continue;
      run_.collector.problem(Diagnostic{run_.options.file, 0, Severity::note, "unread-attachment", "An attachment was passed over. " + problem.message, false});
    }
  }

  void take(std::unique_ptr<Part> part) {
    constexpr int kOnlyGuessed = 20;
    const bool tells_losses = part->report.papers == 0 && part->report.skipped != 0 && part->score() > kOnlyGuessed;
    if (!part->yields() && !tells_losses) return tell_unread(*part);
    if (part->report.papers > kMaxHeldPapers) {
      part->harvest.problems.push_back(Diagnostic{run_.options.file, 0, Severity::error, "too-many-papers",
                                                  fmt::format("A part of a mail holds more than {} papers; the rest of it was left out.",
                                                              kMaxHeldPapers), false});
    }
    if (run_.report.format.empty() || run_.report.papers == 0) {
      run_.report.format = part->report.format;
      run_.report.candidates = part->report.candidates;
    }
    if (!part->report.containers.empty() && run_.report.containers.size() < 100) run_.report.containers += ", " + part->report.containers;
    run_.collector.absorb(std::move(part->harvest), part->report);
  }

  Run& run_;
  int depth_;
  std::unique_ptr<Stage> splitter_;
  std::unique_ptr<Part> part_, best_;
  int alternatives_ = 0;
  std::uint64_t papers_before_ = 0;
};

}  // namespace

std::unique_ptr<Stage> make_mail_input(MailKind kind, Run& run, int depth) { return std::make_unique<MailInput>(kind, run, depth); }

}  // namespace digest::ingest
