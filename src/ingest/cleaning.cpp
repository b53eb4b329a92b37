// SPDX-License-Identifier: MIT
#include "ingest/cleaning.hpp"

#include <digest/limits.hpp>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "base/utf8.hpp"
#include "ingest/byte_blocks.hpp"
#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Could cleaning change a character, alone or after the same one? For bytes and for blocks of them.
template <typename Bytes>
auto is_odd(const Bytes& c, const Bytes& before) {
  return (c < 0x20) | (c >= 0x7F) | (c == '\\') | (c == '&') | (c == '<') | (c == '~') | (c == '{') | (c == '}') | (c == '`') |
         (c == '*') | (c == '[') | (c == '_') | ((c == before) & ((c == ' ') | (c == '\'') | (c == '-')));
}

// Could cleaning change anything at all? Most fields say no, so this is what most fields cost.
bool is_clean(std::string_view text) {
  if (text.empty()) return true;
  if (is_blank(text.front()) || is_blank(text.back())) return false;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (is_odd<unsigned char>(byte(0), 0) != 0) return false;
  std::size_t at = 1;
  for (; at + kByteBlock <= text.size(); at += kByteBlock) {
    if (any(as_mask(is_odd(load_block(&text[at]), load_block(&text[at - 1]))))) return false;
  }
  for (; at < text.size(); ++at) {
    if (is_odd(byte(at), byte(at - 1)) != 0) return false;
  }
  return true;
}

// Could composing change it? Not if all its characters are of blocks without combining marks and singletons.
bool is_composed(std::string_view text) {
  if (is_ascii(text)) return true;
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned c = byte(i), second = byte(i + 1);
    if (c < 0xC0) continue;
    const bool letters = c <= 0xCB || (c >= 0xCE && c <= 0xD1) || (c >= 0xE4 && c <= 0xE9);
    const bool signs = c == 0xE2 && second != 0xAB && !(second == 0x84 && byte(i + 2) >= 0xA6);
    const bool wide = c == 0xEF && second >= 0xBC;                        // full-width forms, U+FFFD
    const bool mathematical = c == 0xF0 && second == 0x9D && byte(i + 2) >= 0x90;
    if (!letters && !signs && !wide && !mathematical) return false;
  }
  return true;
}

struct Free {
  void operator()(void* memory) const { std::free(memory); }
};

void append_composed(std::string& out, std::string_view text) {
  utf8proc_uint8_t* composed = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &composed,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(composed);
  if (size >= 0) {
    out.append(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
  } else {
    out.append(text);
  }
}

// Normalisation form C. No ASCII character combines with what stands before it, so each is a border: only what lies
// between, with the character before it, is looked at (UAX #15, "Stable code points").
std::string compose(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  const auto is_beyond = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) >= 0x80; };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t from = at;  // of what is not ASCII
    while (from < text.size() && !is_beyond(from)) ++from;
    std::size_t end = from;
    while (end < text.size() && is_beyond(end)) ++end;
    const std::size_t base = from > at && from < end ? from - 1 : from;
    out.append(text, at, base - at);
    if (base < end) append_composed(out, std::string_view(text).substr(base, end - base));
    at = end;
  }
  return out;
}

enum class Space { none, blank, line, paragraph, dropped };

Space space_kind(char32_t c) {
  if (c == '\n' || c == 0x2028) return Space::line;
  if (c == 0x2029) return Space::paragraph;
  if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
      c == 0x202F || c == 0x205F || c == 0x3000) {
    return Space::blank;
  }
  if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0xAD || c == 0x200B || c == 0x2060) return Space::dropped;
  return Space::none;
}

// "open-\nand closed-set" is a suspended hyphen, "low-\nrank" a compound: the hyphen stays in both.
bool joins_without_space(std::string_view before, std::string_view after) {
  if (before.size() < 2 || before.back() != '-' || !is_letter(before[before.size() - 2])) return false;
  if (after.empty() || !is_letter(after.front())) return false;
  for (const std::string_view word : {"and", "or", "to"}) {
    if (after.substr(0, word.size()) == word && (after.size() == word.size() || !is_alnum(after[word.size()]))) return false;
  }
  return true;
}

class Collapser {
 public:
  Collapser(std::string_view text, Paragraphs paragraphs) : text_(text), paragraphs_(paragraphs) { out_.reserve(text.size()); }

  std::string run() {
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = at;
      const auto is_sign = [&](std::size_t i) { return i < text_.size() && text_[i] > ' ' && text_[i] < '\x7F'; };
      while (is_sign(end) || (end > at && end < text_.size() && text_[end] == ' ' && is_sign(end + 1))) ++end;
      if (end > at) {
        put(at, end - at);
        at = end;
        continue;
      }
      if (text_[at] == ' ') {
        blank_ = true, ++at;
        continue;
      }
      const Decoded next = decode_utf8(text_, at);
      switch (space_kind(next.code_point)) {
        case Space::line: ++lines_, blank_ = true; break;
        case Space::paragraph: lines_ += 2, blank_ = true; break;
        case Space::blank: blank_ = true; break;
        case Space::dropped: break;
        case Space::none:
          if (next.valid) {
            put(at, next.length);
          } else {
            put(at, 0);
            append_utf8(out_, kReplacement);
          }
          break;
      }
      at += next.length;
    }
    return std::move(out_);
  }

 private:
  void put(std::size_t at, std::size_t length) {
    if (blank_ && !out_.empty()) {
      if (lines_ >= 2 && paragraphs_ == Paragraphs::keep) {
        out_ += "\n\n";
      } else if (lines_ != 1 || !joins_without_space(out_, text_.substr(at))) {
        out_ += ' ';
      }
    }
    blank_ = false, lines_ = 0;
    out_.append(text_, at, length);
  }

  std::string_view text_;
  Paragraphs paragraphs_;
  std::string out_;
  std::size_t lines_ = 0;
  bool blank_ = false;
};

bool has(Markup markup, Markup what) {
  if (markup == what) return true;
  if (what == Markup::html) return markup == Markup::html_and_latex || markup == Markup::markdown;
  return what == Markup::latex && (markup == Markup::html_and_latex || markup == Markup::markdown);
}

}  // namespace

std::string clean(std::string_view raw, Markup markup, Paragraphs paragraphs) {
  raw = raw.substr(0, kMaxFieldBytes + 1);  // what is longer is reported as too long
  if (is_clean(raw)) return std::string(raw);
  std::string text(raw);
  if (has(markup, Markup::html)) {
    if (text.find('&') != std::string::npos) text = decode_references(text);
    if (text.find('<') != std::string::npos) text = remove_tags(text);
  }
  if (markup == Markup::markdown) text = remove_markdown(text);
  if (has(markup, Markup::latex)) text = remove_latex(text);
  text = Collapser(text, paragraphs).run();
  return is_composed(text) ? text : compose(text);
}

}  // namespace digest::ingest
