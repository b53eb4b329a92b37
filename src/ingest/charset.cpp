// SPDX-License-Identifier: MIT
#include "ingest/charset.hpp"

#include <digest/limits.hpp>
#include <iconv.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/utf8.hpp"
#include "ingest/byte_blocks.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Anything that could be a CR, a NUL or the first byte of a byte-order mark?
bool may_need_mending(std::string_view text) {
  ByteBlock found{};
  while (text.size() >= kByteBlock) {
    const ByteBlock block = load_block(text.data());
    found |= as_mask((block == '\r') | (block == '\0') | (block == 0xEF));
    text.remove_prefix(kByteBlock);
  }
  return any(found) || text.find_first_of(std::string_view("\r\0\xEF", 3)) != std::string_view::npos;
}

// The last step of every decoder: line ends, byte-order marks at the start of a line, NUL.
class LineEnds {
 public:
  explicit LineEnds(TextTarget& target) : target_(target) {}

  // Valid UTF-8, cut between characters.
  void feed(std::string_view text) {
    if (text.empty()) return;
    if (is_simple(text)) {
      pass(text);
      return;
    }
    out_.clear();
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '\r') {
        out_ += '\n';
      } else if (c == '\0') {
        ++nul_bytes_;
        continue;  // leaves `line_start_` and `after_cr_` alone
      } else if (line_start_ && text.substr(at, 3) == "\xEF\xBB\xBF") {
        at += 2;
        continue;
      } else if (c != '\n' || !after_cr_) {
        out_ += c;
      }
      after_cr_ = c == '\r';
      line_start_ = c == '\r' || c == '\n';
    }
    if (!out_.empty()) target_.text(out_);
  }

  [[nodiscard]] std::uint64_t nul_bytes() const { return nul_bytes_; }

 private:
  [[nodiscard]] bool is_simple(std::string_view text) const {
    if (after_cr_) return false;
    if (!may_need_mending(text)) return true;
    return text.find('\r') == std::string_view::npos && text.find('\0') == std::string_view::npos &&
           !(line_start_ && text.front() == '\xEF') && text.find("\n\xEF\xBB\xBF") == std::string_view::npos;
  }
  void pass(std::string_view text) {
    line_start_ = text.back() == '\n';
    target_.text(text);
  }

  TextTarget& target_;
  std::string out_;
  std::uint64_t nul_bytes_ = 0;
  bool line_start_ = true;
  bool after_cr_ = false;
};

class Decoder : public Stage {
 public:
  explicit Decoder(TextTarget& target) : target_(target), line_ends_(target) {}

 protected:
  void emit(std::string_view text) {
    line_ends_.feed(text);
    lines_ += count_lines(text);
  }
  // Only as exact as its reader needs: where the first damage is.
  void damaged(std::size_t parts) {
    if (damage_.replaced == 0 && parts != 0) damage_.first_line = lines_ + 1;
    damage_.replaced += parts;
  }
  void end() {
    damage_.nul_bytes = line_ends_.nul_bytes();
    target_.end(damage_);
  }

  TextDamage damage_;

 private:
  TextTarget& target_;
  LineEnds line_ends_;
  std::uint64_t lines_ = 0;
};

// How many bytes at the end of `text` may be the beginning of a character.
std::size_t incomplete_tail(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto c = static_cast<unsigned char>(text[text.size() - back]);
    if (c < 0x80) return 0;
    if (c >= 0xC0) {
      const std::size_t needs = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
      return back < needs ? back : 0;
    }
  }
  return 0;
}

constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

void append_windows_1252(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80U] : byte);
  }
}

enum class AfterAscii { utf8, guess };

// With `guess`, what was ASCII so far is still open: its first other character decides. The rest is then UTF-8, to be
// repaired where it is not, or Windows-1252.
class Utf8Decoder final : public Decoder {
 public:
  Utf8Decoder(TextTarget& target, AfterAscii after) : Decoder(target), open_(after == AfterAscii::guess) {}

  void feed(std::string_view bytes) override {
    if (!held_.empty()) {
      // Completes the character that the last piece cut.
      std::size_t take = 0;
      while (take < bytes.size() && take < 4 && incomplete_tail(held_) != 0) held_ += bytes[take++];
      bytes.remove_prefix(take);
      if (incomplete_tail(held_) != 0) return;
      const std::string whole = std::move(held_);
      held_.clear();
      pass(whole);
    }
    const std::size_t tail = incomplete_tail(bytes);
    held_.assign(bytes.substr(bytes.size() - tail));
    pass(bytes.substr(0, bytes.size() - tail));
  }

  void finish() override {
    if (!held_.empty()) pass(held_);
    end();
  }

 private:
  void pass(std::string_view text) {
    if (open_ && !is_ascii(text)) {
      const auto at = std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
      open_ = false;
      windows_ = !decode_utf8(text, static_cast<std::size_t>(at - text.begin())).valid;
      if (windows_) damage_.assumed = "Windows-1252";
    }
    if (windows_) {
      std::string converted;
      append_windows_1252(converted, text);
      return emit(converted);
    }
    if (simdjson::validate_utf8(text.data(), text.size())) return emit(text);
    // Line by line, so that the line of the damage is known.
    while (!text.empty()) {
      const std::size_t newline = text.find('\n');
      const std::size_t length = newline == std::string_view::npos ? text.size() : newline + 1;
      const Repaired line = repair_utf8(text.substr(0, length));
      damaged(line.replaced);
      emit(line.text);
      text.remove_prefix(length);
    }
  }

  std::string held_;
  bool open_;
  bool windows_ = false;
};

class Windows1252Decoder final : public Decoder {
 public:
  Windows1252Decoder(TextTarget& target, std::string_view assumed) : Decoder(target) { damage_.assumed = assumed; }

  void feed(std::string_view bytes) override {
    text_.clear();
    append_windows_1252(text_, bytes);
    emit(text_);
  }
  void finish() override { end(); }

 private:
  std::string text_;
};

class Utf16Decoder final : public Decoder {
 public:
  Utf16Decoder(TextTarget& target, bool big_endian) : Decoder(target), high_(big_endian ? 0 : 1) {}

  void feed(std::string_view bytes) override {
    text_.clear();
    for (const char c : bytes) {
      pair_[count_++] = static_cast<unsigned char>(c);
      if (count_ == 2) {
        count_ = 0;
        unit(static_cast<char32_t>((pair_[high_] << 8U) | pair_[1 - high_]));
      }
    }
    emit(text_);
  }

  void finish() override {
    text_.clear();
    if (lead_ != 0 || count_ != 0) replace();
    emit(text_);
    end();
  }

 private:
  void unit(char32_t unit) {
    if (lead_ != 0 && unit >= 0xDC00 && unit < 0xE000) {
      append_utf8(text_, 0x10000 + ((lead_ - 0xD800) << 10U) + (unit - 0xDC00));
      lead_ = 0;
      return;
    }
    if (lead_ != 0) replace();
    lead_ = 0;
    if (unit >= 0xD800 && unit < 0xDC00) {
      lead_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      replace();
    } else {
      append_utf8(text_, unit);
    }
  }
  void replace() {
    damaged(1);
    append_utf8(text_, kReplacement);
  }

  std::array<unsigned char, 2> pair_{};
  std::size_t count_ = 0, high_;
  char32_t lead_ = 0;
  std::string text_;
};

// Any other character set of the C library.
class IconvDecoder final : public Decoder {
 public:
  IconvDecoder(TextTarget& target, iconv_t converter) : Decoder(target), converter_(converter) {}
  ~IconvDecoder() override { iconv_close(converter_); }

  void feed(std::string_view bytes) override {
    held_.append(bytes);
    convert();
  }
  void finish() override {
    convert();
    if (!held_.empty()) replace(held_.size());
    end();
  }

 private:
  void convert() {
    while (!held_.empty()) {
      char* from = held_.data();
      std::size_t left = held_.size();
      std::array<char, 4096> out{};
      char* to = out.data();
      std::size_t room = out.size();
      const auto result = iconv(converter_, &from, &left, &to, &room);
      const int problem = result == static_cast<std::size_t>(-1) ? errno : 0;
      const std::string_view made(out.data(), out.size() - room);
      if (is_valid_utf8(made)) emit(made);
      held_.erase(0, held_.size() - left);
      if (problem == EILSEQ) replace(1);
      if (problem == EINVAL || (problem == 0 && left == 0)) return;
    }
  }
  void replace(std::size_t bytes) {
    damaged(1);
    emit("\xEF\xBF\xBD");
    held_.erase(0, bytes);
  }

  iconv_t converter_;
  std::string held_;
};

std::unique_ptr<Stage> labelled_decoder(std::string_view label, TextTarget& target) {
  std::string name;
  for (const char c : label) {
    if (is_alnum(c)) name += to_lower(c);
  }
  if (name == "utf16le") return std::make_unique<Utf16Decoder>(target, false);
  if (name == "utf16be") return std::make_unique<Utf16Decoder>(target, true);
  if (label.empty() || label.size() > 40) return nullptr;
  const iconv_t converter = iconv_open("UTF-8", std::string(label).c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) return nullptr;
  return std::make_unique<IconvDecoder>(target, converter);
}

// ASCII says nothing yet; the first kVote bytes from the first other byte on do.
class GuessingDecoder final : public Stage {
 public:
  GuessingDecoder(std::string_view label, TextTarget& target) : label_(label), target_(target) {}

  void feed(std::string_view bytes) override {
    if (chosen_) return chosen_->feed(bytes);
    held_.append(bytes);
    if (held_.size() >= kVote) choose();
  }
  void finish() override {
    if (!chosen_) choose();
    chosen_->finish();
  }

 private:
  static constexpr std::size_t kVote = kLookAheadBytes;

  void choose() {
    std::string held;
    held.swap(held_);
    chosen_ = make(std::string_view(held).substr(0, kVote));
    chosen_->feed(held);
  }

  std::unique_ptr<Stage> make(std::string_view head) {
    if (head.substr(0, 3) == "\xEF\xBB\xBF") return std::make_unique<Utf8Decoder>(target_, AfterAscii::utf8);
    if (head.substr(0, 2) == "\xFF\xFE") return std::make_unique<Utf16Decoder>(target_, false);
    if (head.substr(0, 2) == "\xFE\xFF") return std::make_unique<Utf16Decoder>(target_, true);
    if (label_.empty()) label_ = declared(head);
    const bool is_unicode = looks_utf8(head);
    // A label of Latin-1 over bytes that are valid UTF-8 is a mistake that mailers make; the other way round too.
    std::string name = lower_case(label_);
    const bool says_utf8 = name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
    const bool says_latin = name == "iso-8859-1" || name == "latin1" || name == "windows-1252" || name == "cp1252";
    if (says_utf8 || says_latin) {
      if (is_unicode) return std::make_unique<Utf8Decoder>(target_, has_characters(head) ? AfterAscii::utf8 : AfterAscii::guess);
      return std::make_unique<Windows1252Decoder>(target_, says_latin ? "" : "Windows-1252");
    }
    if (auto stage = labelled_decoder(label_, target_)) return stage;
    return is_unicode ? std::unique_ptr<Stage>(std::make_unique<Utf8Decoder>(target_, AfterAscii::guess))
                      : std::make_unique<Windows1252Decoder>(target_, "Windows-1252");
  }

  // <?xml version="1.0" encoding="ISO-8859-1"?>
  static std::string declared(std::string_view head) {
    head = trim(head.substr(0, 256));
    if (head.substr(0, 5) != "<?xml") return {};
    head = head.substr(0, head.find("?>"));
    std::size_t at = head.find("encoding");
    if (at == std::string_view::npos) return {};
    at = head.find_first_of("\"'", at);
    if (at == std::string_view::npos) return {};
    const std::size_t end = head.find(head[at], at + 1);
    if (end == std::string_view::npos) return {};
    const std::string label = lower_case(head.substr(at + 1, end - at - 1));
    return label.substr(0, 6) == "utf-16" ? std::string() : label;  // it would not have been readable
  }

  static bool has_characters(std::string_view head) {
    for (std::size_t at = 0; at < head.size();) {
      const Decoded next = decode_utf8(head, at);
      if (next.valid && next.length > 1) return true;
      at += next.length;
    }
    return false;
  }

  // More well-formed characters than ill-formed parts: damaged UTF-8 is repaired rather than misread.
  static bool looks_utf8(std::string_view head) {
    if (simdjson::validate_utf8(head.data(), head.size())) return true;
    std::size_t good = 0, bad = 0;
    for (std::size_t at = 0; at < head.size();) {
      const Decoded next = decode_utf8(head, at);
      if (!next.valid && at + 4 > head.size() && head.size() >= kVote) break;  // cut by the look-ahead
      if (next.length > 1 && next.valid) ++good;
      if (!next.valid) ++bad;
      at += next.length;
    }
    return bad == 0 || good > bad;
  }

  std::string label_;
  TextTarget& target_;
  std::string held_;
  std::unique_ptr<Stage> chosen_;
};

}  // namespace

bool looks_binary(std::string_view head) {
  if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF") return false;
  std::size_t control = 0;
  for (const char c : head) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && !is_blank(c) && byte != 0x1B && byte != 0x1A) || byte == 0x7F) ++control;
  }
  return control * 20 > head.size();
}

std::unique_ptr<Stage> make_text_decoder(std::string_view label, TextTarget& target) {
  return std::make_unique<GuessingDecoder>(label, target);
}

std::string decode_text(std::string_view bytes, std::string_view label) {
  struct Gather final : TextTarget {
    void text(std::string_view utf8) override { all += utf8; }
    void end(const TextDamage&) override {}
    std::string all;
  } gather;
  const auto decoder = make_text_decoder(label, gather);
  decoder->feed(bytes);
  decoder->finish();
  return gather.all;
}

}  // namespace digest::ingest
