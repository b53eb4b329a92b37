// SPDX-License-Identifier: MIT
#include "ingest/opener.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

#include <array>

#include "ingest/charset.hpp"
#include "ingest/collector.hpp"
#include "ingest/mail_input.hpp"
#include "ingest/mime.hpp"

namespace digest::ingest {
namespace {

struct Refusal {
  std::string_view magic, message;
};

constexpr auto kRefused = std::to_array<Refusal>({
    {"PK\x03\x04", "This is a zip archive (or a Word, Excel or EPUB file): unpack it first, e.g. `unzip -p FILE | digest index -`."},
    {"BZh", "This is compressed with bzip2: unpack it first, e.g. `bzip2 -dc FILE | digest index -`."},
    {"%PDF-", "This is a PDF: digests are read as text, e.g. `pdftotext -layout FILE - | digest index -`."},
    {"7z\xBC\xAF\x27\x1C", "This is a 7z archive: unpack it first, e.g. `7z x -so FILE | digest index -`."},
    {"Rar!", "This is a RAR archive: unpack it first."},
    {"SQLite format 3", "This is an SQLite database: export its table as CSV or JSON first."},
    {"\x89PNG", "This is an image: there is no text in it to read."},
    {"\xFF\xD8\xFF", "This is an image: there is no text in it to read."},
    {"GIF8", "This is an image: there is no text in it to read."},
    {"\x7F" "ELF", "This is a program: there is no digest in it to read."},
    {"PAR1", "This is a Parquet file: convert it to JSON Lines or CSV first."},
    {"\xD0\xCF\x11\xE0", "This is an Office document of the old kind: save it as text or CSV first."},
});

// Takes what is not to be read.
class Nothing final : public Stage {
  void feed(std::string_view) override {}
  void finish() override {}
};

}  // namespace

void Opener::feed(std::string_view bytes) {
  if (opened_) {
    if (next_) next_->feed(bytes);
    return;
  }
  const std::size_t room = kLookAheadBytes - head_.size();
  head_.append(bytes.substr(0, room));
  if (head_.size() < kLookAheadBytes) return;
  open();
  if (next_ && bytes.size() > room) next_->feed(bytes.substr(room));
}

void Opener::finish() {
  if (!opened_) open();
  if (next_) next_->finish();
}

void Opener::open() {
  opened_ = true;
  const std::string head = std::move(head_);
  for (const Refusal& refused : kRefused) {
    if (std::string_view(head).starts_with(refused.magic)) {
      return refuse("unreadable", std::string(refused.message));
    }
  }
  if (std::string_view(head).substr(0, 262).substr(std::min<std::size_t>(257, head.size())) == "ustar") {
    return refuse("unreadable", "This is a tar archive: unpack it first, e.g. `tar -xOf FILE | digest index -`.");
  }
  next_ = container(head);
  if (!next_) {
    if (looks_binary(head)) {
      return refuse("binary", "Most of this is not text: if it is a digest, save it as text and try again.");
    }
    text_ = std::make_unique<TextInput>(run_.options, run_.collector, run_.report);
    next_ = make_text_decoder(charset_, *text_);
  }
  next_->feed(head);
}

std::unique_ptr<Stage> Opener::container(std::string_view head) {
  const Compression compression = compression_of(head);
  const MailKind mail = compression == Compression::none ? mail_kind(head) : MailKind::none;
  if (compression == Compression::none && mail == MailKind::none) return nullptr;
  if (depth_ >= kMaxContainerDepth) {
    refuse("nested-too-deep", fmt::format("More than {} containers lie in one another here; the inner ones were left alone.",
                                          kMaxContainerDepth));
    return std::make_unique<Nothing>();
  }
  if (compression != Compression::none) return unpacked(compression);
  unwrapped(mail == MailKind::mbox ? "mbox" : "mail");
  return make_mail_input(mail, run_, depth_);
}

std::unique_ptr<Stage> Opener::unpacked(Compression compression) {
  unwrapped(name_of(compression));
  Expansion expansion;
  expansion.problem = [this](std::string code, std::string message) { refuse(std::move(code), std::move(message)); };
  expansion.allowed = [this](std::uint64_t consumed, std::uint64_t produced) {
    if (depth_ == 0) run_.consumed = consumed;
    const std::uint64_t paid = run_.consumed == 0 ? consumed : run_.consumed;
    return produced <= kFreeExpansionBytes || produced / kMaxExpansionRatio <= paid;
  };
  return make_decompressor(compression, std::make_unique<Opener>(run_, depth_ + 1), std::move(expansion));
}

void Opener::unwrapped(std::string_view what) {
  std::string& all = run_.report.containers;
  if (all.size() > 100) return;
  if (!all.empty()) all += ", ";
  all += what;
}

void Opener::refuse(std::string code, std::string message) {
  run_.collector.problem(Diagnostic{run_.options.file, 0, Severity::error, std::move(code), std::move(message), false});
}

}  // namespace digest::ingest
