// SPDX-License-Identifier: MIT
#include "ingest/cleaning.hpp"

#include <utf8proc.h>

#include <cstdlib>

#include "base/utf8.hpp"
#include "ingest/markup.hpp"
#include "ingest/text_tools.hpp"

namespace digest::ingest {
namespace {

// Could cleaning change anything at all? Most fields say no, so this is what most fields cost: it is written without
// branches, which lets the compiler take sixteen bytes at a time.
bool is_clean(std::string_view text) {
  if (text.empty()) return true;
  if (is_blank(text.front()) || is_blank(text.back())) return false;
  const auto* byte = reinterpret_cast<const unsigned char*>(text.data());
  unsigned odd = byte[0] >= 0x7F || byte[0] < 0x20;
  constexpr std::size_t kBlock = 256;
  const auto look = [&](std::size_t from, std::size_t to) {
    unsigned char found = 0;
    for (std::size_t i = from; i < to; ++i) {
      const unsigned char c = byte[i], before = byte[i - 1];
      const auto alone = static_cast<unsigned char>((c < 0x20) | (c >= 0x7F) | (c == '\\') | (c == '&') | (c == '<') |
                                                    (c == '~') | (c == '{') | (c == '}') | (c == '`') | (c == '*') |
                                                    (c == '[') | (c == '_'));
      const auto twice = static_cast<unsigned char>((c == before) & ((c == ' ') | (c == '\'') | (c == '-')));
      found = static_cast<unsigned char>(found | alone | twice);
    }
    return found != 0;
  };
  constexpr std::string_view kLookAtFirst = "\\&<~{}`*[_";
  if (odd != 0 || kLookAtFirst.find(text.front()) != std::string_view::npos) return false;
  for (std::size_t from = 1; from < text.size(); from += kBlock) {
    if (look(from, std::min(from + kBlock, text.size()))) return false;
  }
  return true;
}

bool is_ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

std::string compose(std::string text) {
  utf8proc_uint8_t* composed = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &composed,
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) return text;
  std::string out(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
  std::free(composed);
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

std::string collapse(std::string_view text, Paragraphs paragraphs) {
  std::string out;
  out.reserve(text.size());
  std::size_t lines = 0;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode_utf8(text, at);
    switch (space_kind(next.code_point)) {
      case Space::line: ++lines, blank = true; break;
      case Space::paragraph: lines += 2, blank = true; break;
      case Space::blank: blank = true; break;
      case Space::dropped: break;
      case Space::none:
        if (blank && !out.empty()) {
          if (lines >= 2 && paragraphs == Paragraphs::keep) {
            out += "\n\n";
          } else if (lines != 1 || !joins_without_space(out, text.substr(at))) {
            out += ' ';
          }
        }
        blank = false, lines = 0;
        if (next.valid) {
          out.append(text, at, next.length);
        } else {
          append_utf8(out, kReplacement);
        }
        break;
    }
    at += next.length;
  }
  return out;
}

bool has(Markup markup, Markup what) {
  if (markup == what) return true;
  if (what == Markup::html) return markup == Markup::html_and_latex || markup == Markup::markdown;
  return what == Markup::latex && (markup == Markup::html_and_latex || markup == Markup::markdown);
}

}  // namespace

std::string clean(std::string_view raw, Markup markup, Paragraphs paragraphs) {
  if (is_clean(raw)) return std::string(raw);
  std::string text(raw);
  if (has(markup, Markup::html)) {
    if (text.find('&') != std::string::npos) text = decode_references(text);
    if (text.find('<') != std::string::npos) text = remove_tags(text);
  }
  if (markup == Markup::markdown) text = remove_markdown(text);
  if (has(markup, Markup::latex)) text = remove_latex(text);
  text = collapse(text, paragraphs);
  return is_ascii(text) ? text : compose(std::move(text));
}

}  // namespace digest::ingest
