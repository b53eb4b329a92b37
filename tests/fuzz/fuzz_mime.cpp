// SPDX-License-Identifier: MIT
// Any bytes as a mail and as an mbox: parts begin and end in turn, and cutting the input changes nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.hpp"
#include "ingest/mime.hpp"

namespace {

struct Record final : digest::ingest::MimeTarget {
  void begin_mail(unsigned) override { all += "<mail>"; }
  void end_mail(unsigned, const std::string& subject) override {
    if (in_part || !digest::is_valid_utf8(subject)) std::abort();
    all += subject + "</mail>";
  }
  void begin_alternatives() override { ++depth; }
  void end_alternatives() override {
    if (--depth < 0 || in_part) std::abort();
  }
  void begin_part(const digest::ingest::MimePart& part) override {
    if (in_part) std::abort();
    in_part = true;
    all += "<" + part.type + part.charset + std::to_string(part.lines_before) + ">";
  }
  void part_bytes(std::string_view bytes) override {
    if (!in_part) std::abort();
    all += bytes;
  }
  void end_part() override {
    if (!in_part) std::abort();
    in_part = false;
  }
  std::string all;
  int depth = 0;
  bool in_part = false;
};

std::string split(std::string_view bytes, digest::ingest::MailKind kind, std::size_t piece) {
  Record record;
  const auto splitter = digest::ingest::make_mail_splitter(kind, record);
  while (!bytes.empty()) {
    splitter->feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  splitter->finish();
  if (record.depth != 0 || record.in_part) std::abort();
  return record.all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using digest::ingest::MailKind;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  digest::ingest::mail_kind(bytes);
  for (const MailKind kind : {MailKind::message, MailKind::mbox}) {
    if (split(bytes, kind, 7) != split(bytes, kind, std::string_view::npos)) std::abort();
  }
  return 0;
}
