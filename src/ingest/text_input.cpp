// SPDX-License-Identifier: MIT
#include "ingest/text_input.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

#include "ingest/recognise.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {

void TextInput::text(std::string_view utf8) {
  if (chosen_) {
    if (reader_) reader_->feed(utf8);
    return;
  }
  const std::size_t room = kLookAheadBytes - head_.size();
  head_.append(utf8.substr(0, room));
  if (head_.size() < kLookAheadBytes) return;
  choose();
  if (reader_ && utf8.size() > room) reader_->feed(utf8.substr(room));
}

void TextInput::choose() {
  chosen_ = true;
  const std::string head = std::move(head_);
  has_text_ = !trim(head).empty();
  if (!has_text_ && head.size() < kLookAheadBytes) return;
  sink_.note_text();
  const auto candidates = recognise(head, options_.file);
  const Format* format = options_.format.empty() ? nullptr : &format_named(options_.format);
  if (format == nullptr && !candidates.empty()) format = candidates.front().format;
  if (report_.candidates.empty()) {
    for (const Candidate& candidate : candidates) {
      report_.candidates.emplace_back(std::string(candidate.format->name), candidate.recognition);
    }
  }
  if (format == nullptr) return tell_unrecognised();
  if (report_.format.empty()) report_.format = format->name;
  constexpr int kOnlyGuessed = 20;
  if (options_.format.empty() && candidates.front().recognition.score <= kOnlyGuessed) {
    problem(0, Severity::warning, "guessed-format",
            fmt::format("Nothing says what this is; it is read as \"{}\" ({}).", format->name,
                        candidates.front().recognition.reason));
  }
  reader_ = format->make(ReaderContext{options_.file, std::string(format->name), options_.digest_date}, sink_);
  reader_->feed(head);
}

void TextInput::tell_unrecognised() {
  problem(0, Severity::error, "unrecognised",
          "No paper could be recognised: this is none of the formats that are read, and titles and abstracts do not "
          "alternate in it. If you know what it is, say so with --format.");
}

void TextInput::end(const TextDamage& damage) {
  if (!chosen_) choose();
  if (reader_) reader_->finish();
  if (damage.replaced != 0) {
    problem(damage.first_line, Severity::warning, "bad-utf8",
            fmt::format("{} ill-formed byte {} replaced by U+FFFD; the first is on this line.", damage.replaced,
                        damage.replaced == 1 ? "sequence was" : "sequences were"));
  }
  if (!damage.assumed.empty()) {
    problem(0, Severity::note, "charset", fmt::format("The text is not UTF-8; it was read as {}.", damage.assumed));
  }
  if (damage.nul_bytes != 0) {
    problem(0, Severity::note, "nul-bytes", fmt::format("{} NUL bytes were left out.", damage.nul_bytes));
  }
}

void TextInput::problem(std::uint64_t line, Severity severity, std::string code, std::string message) {
  sink_.problem(Diagnostic{options_.file, line, severity, std::move(code), std::move(message), false});
}

}  // namespace digest::ingest
