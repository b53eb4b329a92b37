// SPDX-License-Identifier: MIT
#include "ingest/reader.hpp"

#include <digest/limits.hpp>
#include <fmt/format.h>

namespace digest::ingest {

void LineReader::feed(std::string_view text) {
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view piece = text.substr(0, newline);
    if (newline != std::string_view::npos && partial_.empty() && !cut_ && piece.size() <= kMaxLineBytes) {
      line(piece, ++number_);  // the usual case: nothing is copied
      text.remove_prefix(newline + 1);
      continue;
    }
    keep(piece);
    if (newline == std::string_view::npos) return;
    end_of_line();
    text.remove_prefix(newline + 1);
  }
}

void LineReader::finish() {
  if (!partial_.empty() || cut_) end_of_line();
  end();
}

void LineReader::keep(std::string_view piece) {
  if (partial_.size() + piece.size() <= kMaxLineBytes && !cut_) {
    partial_.append(piece);
    return;
  }
  if (!cut_) partial_.append(piece.substr(0, kMaxLineBytes - partial_.size()));
  cut_ = true;
}

void LineReader::end_of_line() {
  ++number_;
  if (cut_) {
    while (!partial_.empty() && (static_cast<unsigned char>(partial_.back()) & 0xC0U) == 0x80U) partial_.pop_back();
    if (!partial_.empty() && static_cast<unsigned char>(partial_.back()) >= 0xC0U) partial_.pop_back();
    report(number_, Severity::warning, "too-long",
           fmt::format("The line is longer than {} MiB; what is beyond was left out.", kMaxLineBytes >> 20));
  }
  line(partial_, number_);
  partial_.clear();
  if (partial_.capacity() > kLookAheadBytes) partial_.shrink_to_fit();
  cut_ = false;
}

Paper SourcedReader::new_paper(std::uint64_t line) const {
  Paper paper;
  paper.sources.push_back(Source{context_.file, line, context_.format});
  return paper;
}

void SourcedReader::report(std::uint64_t line, Severity severity, std::string_view code, std::string message) {
  sink_.problem(Diagnostic{context_.file, line, severity, std::string(code), std::move(message), false});
}

void SourcedReader::skip(std::uint64_t line, std::string_view code, std::string message) {
  sink_.problem(Diagnostic{context_.file, line, Severity::warning, std::string(code), std::move(message), true});
}

}  // namespace digest::ingest
