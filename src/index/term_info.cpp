// SPDX-License-Identifier: MIT
// What the dictionary says of a term (postings.hpp; bytes: FORMAT.md).
#include "base/bytes.hpp"
#include "index/postings.hpp"

namespace digest::index {
namespace {

// One form, spelled like the term: true of most rare terms, so the head of an entry says it.
bool is_plain(std::span<const FormView> forms, std::string_view term) {
  return forms.empty() || (forms.size() == 1 && forms[0].form == term && forms[0].part_ends.empty());
}

void append_forms(std::string& out, std::span<const FormView> forms, std::string_view term) {
  append_varint(out, forms.size());
  for (const FormView& entry : forms) {
    std::size_t shared = 0;
    while (shared < term.size() && shared < entry.form.size() && term[shared] == entry.form[shared]) ++shared;
    append_varint(out, shared << 1 | (entry.part_ends.empty() ? 0U : 1U));
    append_text(out, entry.form.substr(shared));
    if (entry.part_ends.empty()) continue;
    append_varint(out, entry.part_ends.size());
    for (const std::uint8_t end : entry.part_ends) append(out, end);
  }
}

std::vector<FormEntry> read_forms(ByteReader& in, std::string_view term) {
  const auto count = in.varint_up_to<std::size_t>(kMaxForms);
  if (count == 0) in.fail();
  std::vector<FormEntry> forms(count);
  for (FormEntry& entry : forms) {
    const std::uint64_t head = in.varint();
    if (head >> 1 > term.size()) in.fail();
    entry.form.assign(term.substr(0, head >> 1));
    entry.form.append(in.text());
    if ((head & 1) == 0) continue;
    for (auto ends = in.varint_up_to<std::size_t>(16); ends > 0; --ends) {
      entry.part_ends.push_back(in.fixed<std::uint8_t>());
      if (entry.part_ends.back() >= entry.form.size()) in.fail();
    }
  }
  return forms;
}

}  // namespace

void append_term_info(std::string& out, const TermInfo& info, std::span<const FormView> forms, std::string_view term) {
  const bool plain = is_plain(forms, term);
  append_varint(out, std::uint64_t{info.papers} << 3 | (plain ? 4U : 0U) | (info.several_forms ? 2U : 0U) | (info.is_inline ? 1U : 0U));
  append_varint(out, info.occurrences - info.papers);
  if (info.is_inline) {
    if (!plain) append_varint(out, info.inline_postings.size());
    out.append(info.inline_postings);
  } else {
    append_varint(out, info.postings_offset);
    append_varint(out, info.postings_length);
    append_varint(out, info.positions_offset);
    append_varint(out, info.positions_length);
  }
  if (!plain) append_forms(out, forms, term);
}

std::string encode_term_info(const TermInfo& info, std::string_view term) {
  std::string out;
  append_term_info(out, info, std::vector<FormView>(info.forms.begin(), info.forms.end()), term);
  return out;
}

TermInfo decode_term_info(std::string_view value, std::string_view term, Forms forms) {
  ByteReader in(value, "A dictionary entry");
  TermInfo info;
  const std::uint64_t head = in.varint();
  if (head >> 35 != 0) in.fail();
  info.papers = static_cast<std::uint32_t>(head >> 3);
  const bool plain = (head & 4) != 0;
  info.several_forms = (head & 2) != 0;
  info.is_inline = (head & 1) != 0;
  info.occurrences = in.varint_up_to<std::uint64_t>(1ULL << 48) + info.papers;
  if (info.is_inline) {
    info.inline_postings = plain ? in.bytes(in.remaining()) : in.text();
    if (info.papers > kMaxInlinePapers || (info.papers == 0) != info.inline_postings.empty()) in.fail();
  } else {
    if (info.papers == 0) in.fail();
    info.postings_offset = in.varint();
    info.postings_length = in.varint();
    info.positions_offset = in.varint();
    info.positions_length = in.varint();
  }
  if (forms == Forms::read) info.forms = plain ? std::vector<FormEntry>{{std::string(term), {}}} : read_forms(in, term);
  return info;
}

}  // namespace digest::index
