// SPDX-License-Identifier: MIT
#include "text/careful_scanner.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "text/ascii.hpp"
#include "text/folding.hpp"
#include "text/latex.hpp"

namespace digest::text {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMaxComposedBytes = 4 * kMaxFormBytes;
constexpr std::size_t kMaxGroupBytes = 64;  // "{G}aussian", "{Schr\"{o}dinger}": longer braces are structure

constexpr std::array<std::string_view, 25> kGreek = {
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};

std::string_view greek_name(std::string_view form) {
  if (form.size() != 2) return {};
  const Decoded letter = decode_utf8(form, 0);
  if (!letter.valid || letter.code_point < 0x3B1 || letter.code_point > 0x3C9) return {};
  return kGreek[letter.code_point - 0x3B1];
}

void cut(std::string& forms, std::size_t form_begin, std::size_t most) {
  if (forms.size() - form_begin <= most) return;
  std::size_t end = form_begin + most;
  while (end > form_begin && (static_cast<unsigned char>(forms[end]) & 0xC0) == 0x80) --end;
  forms.resize(end);
}

}  // namespace

std::size_t CarefulScanner::scan_chunk(std::size_t at) {
  while (at < text_.size() && !is_ascii_blank(text_[at])) at = scan_step(at);
  return at;
}

std::size_t CarefulScanner::scan_step(std::size_t at) {
  const char c = text_[at];
  if (is_ascii_word(c)) return scan_compound(at);
  if (c == '.') return scan_dot(at);
  if (c == '\\') {
    const LatexPiece piece = read_latex(text_, at);
    const bool word = piece.kind == LatexPiece::Kind::letters || piece.kind == LatexPiece::Kind::name;
    return word ? scan_compound(at) : piece.next;
  }
  if (!is_beyond_ascii(c)) return at + 1;
  const Decoded decoded = decode_utf8(text_, at);
  if (decoded.valid) {
    const CharClass kind = classify(decoded.code_point);
    if (kind == CharClass::word) return scan_compound(at);
    if (kind == CharClass::ideograph) return scan_ideographs(at);
  }
  return at + decoded.length;
}

std::size_t CarefulScanner::scan_dot(std::size_t at) {
  std::array<char, 3> name{};
  for (std::size_t i = 0; i < name.size(); ++i) name[i] = at_or_nul(at + 1 + i);
  const std::size_t end = at + 1 + name.size();
  const bool capitals = name == std::array{'N', 'E', 'T'};
  std::transform(name.begin(), name.end(), name.begin(), to_ascii_lower);
  const bool after_word = at > 0 && (is_ascii_word(text_[at - 1]) || text_[at - 1] == '.');
  if (name != std::array{'n', 'e', 't'} || is_word_at(end) || (after_word && !capitals)) return at + 1;
  const std::size_t form_begin = out_.forms.size();
  out_.forms += ".net";
  add_word(at, end, form_begin);
  return end;
}

std::size_t CarefulScanner::scan_compound(std::size_t at) {
  const std::size_t first_token = out_.tokens.size();
  Joint joint;
  for (;;) {
    const Part part = read_part(at);
    const std::size_t following = next_part(part.next, joint);
    if (following == kNowhere) {
      add_joined(first_token);
      return part.next;
    }
    at = following;
  }
}

std::size_t CarefulScanner::scan_ideographs(std::size_t at) {
  const std::size_t first_token = out_.tokens.size();
  while (at < text_.size() && is_beyond_ascii(text_[at])) {
    const Decoded decoded = decode_utf8(text_, at);
    const CharClass kind = decoded.valid ? classify(decoded.code_point) : CharClass::separator;
    std::size_t end = at + decoded.length;
    if (kind == CharClass::ideograph) {
      const std::size_t form_begin = out_.forms.size();
      append_folded(out_.forms, decoded.code_point);
      const Decoded mark = end < text_.size() ? decode_utf8(text_, end) : Decoded{};
      if (mark.valid && is_voicing_mark(mark.code_point)) {
        append_folded(out_.forms, mark.code_point);
        compose(out_.forms, form_begin);
        end += mark.length;
      }
      add_word(at, end, form_begin);
    } else if (kind != CharClass::transparent) {
      break;
    }
    at = end;
  }
  add_joined(first_token);
  return at;
}

CarefulScanner::Part CarefulScanner::read_part(std::size_t at) {
  const std::size_t form_begin = out_.forms.size();
  compose_ = false;
  Part part{at, at};
  if (text_[at] == '\\') {
    const LatexPiece piece = read_latex(text_, at);
    if (piece.kind == LatexPiece::Kind::name) {
      append(piece.letters);
      add_word(at, piece.next, form_begin);
      return {piece.next, piece.next};
    }
  }
  part = read_word(at);
  const std::string_view form = std::string_view(out_.forms).substr(form_begin);
  if (at_or_nul(part.next) == '{' && is_bare_markup(form)) {
    out_.forms.resize(form_begin);
    return {part.end, part.next};
  }
  if (const std::string_view name = greek_name(form); !name.empty()) {
    out_.forms.resize(form_begin);
    out_.forms += name;
  }
  add_word(at, part.end, form_begin);
  return part;
}

CarefulScanner::Part CarefulScanner::read_word(std::size_t at) {
  const bool in_group = at > 0 && text_[at - 1] == '{' && is_letter_group(at - 1);
  Reading word{at, at, at, out_.forms.size(), in_group ? 1U : 0U};
  while (word.at < text_.size()) {
    const char c = text_[word.at];
    bool goes_on = false;
    if (is_ascii_word(c)) {
      out_.forms += to_ascii_lower(c);
      word.end = ++word.at;
      goes_on = true;
    } else if (is_beyond_ascii(c)) {
      goes_on = read_beyond_ascii(word);
    } else if (c == '\\') {
      goes_on = read_command(word);
    } else {
      goes_on = read_sign(word);
    }
    if (!goes_on) break;
  }
  if (word.at == word.end) word.end = read_suffix(word.end, word.form_begin);
  return {word.end, std::max(word.end, word.next)};
}

bool CarefulScanner::read_sign(Reading& word) {
  const std::size_t at = word.at;
  switch (text_[at]) {
    case '\'':
      return read_apostrophe(word, at + 1);
    case '.':
      if (at == 0 || !is_ascii_digit(text_[at - 1]) || !is_ascii_digit(at_or_nul(at + 1))) return false;
      out_.forms += '.';
      break;
    case '{':
      if (!is_letter_group(at) || is_bare_markup(std::string_view(out_.forms).substr(word.form_begin)))
        return false;
      ++word.groups;
      break;
    case '}':
      if (word.groups == 0 || !is_word_at(at + 1)) return false;
      --word.groups;
      break;
    default:
      return false;
  }
  ++word.at;
  return true;
}

bool CarefulScanner::read_command(Reading& word) {
  const LatexPiece piece = read_latex(text_, word.at);
  if (piece.kind == LatexPiece::Kind::letters) {
    append(piece.letters);
    word.end = word.at = piece.next;
    return true;
  }
  const bool joint = piece.kind == LatexPiece::Kind::joint && is_word_at(piece.next);
  const bool markup =
      piece.kind == LatexPiece::Kind::markup && at_or_nul(piece.next) == '{' && is_letter_group(piece.next);
  if (!joint && !markup) return false;
  word.at = piece.next;
  return true;
}

bool CarefulScanner::read_beyond_ascii(Reading& word) {
  const Decoded decoded = decode_utf8(text_, word.at);
  if (!decoded.valid) return false;
  const std::size_t after = word.at + decoded.length;
  switch (classify(decoded.code_point)) {
    case CharClass::word:
      append_folded(out_.forms, decoded.code_point);
      compose_ = compose_ || needs_compose(decoded.code_point);
      break;
    case CharClass::transparent:
      break;
    case CharClass::apostrophe:
      return read_apostrophe(word, after);
    default:
      return false;
  }
  word.end = word.at = after;
  return true;
}

// `after` is behind the apostrophe. Between letters it is nothing; with a last s it ends the word before it.
bool CarefulScanner::read_apostrophe(Reading& word, std::size_t after) {
  if (out_.forms.size() == word.form_begin) return false;
  const char next = at_or_nul(after);
  if ((next == 's' || next == 'S') && !is_word_at(after + 1)) {
    word.next = after + 1;
    return false;
  }
  if (is_ascii_digit(out_.forms.back()) || is_ascii_digit(next) || !is_word_at(after)) return false;
  word.at = after;
  return true;
}

std::size_t CarefulScanner::read_suffix(std::size_t at, std::size_t form_begin) {
  const std::size_t length = out_.forms.size() - form_begin;
  if (length == 0) return at;
  if (at_or_nul(at) == '+' && at_or_nul(at + 1) == '+' && at_or_nul(at + 2) != '+' &&
      !is_ascii_letter(at_or_nul(at + 2))) {
    out_.forms += "++";
    return at + 2;
  }
  const std::size_t sharp = at_or_nul(at) == '\\' ? at + 1 : at;
  if (length == 1 && is_ascii_letter(out_.forms.back()) && at_or_nul(sharp) == '#' &&
      !is_word_at(sharp + 1)) {
    out_.forms += '#';
    return sharp + 1;
  }
  return at;
}

// Where the next word of the compound starts, if what stands at `at` joins it to the last one.
std::size_t CarefulScanner::next_part(std::size_t at, Joint& joint) const {
  const std::size_t begin = at;
  bool closes_math = false;
  while ((at_or_nul(at) == '}' || (at_or_nul(at) == '$' && !closes_math)) && at - begin < 4) {
    const char following = at_or_nul(at + 1);
    if (text_[at] == '$' && (following == '_' || following == '^')) break;
    closes_math = closes_math || text_[at] == '$';
    ++at;
  }
  if (closes_math && joint.math_open && text_[at - 1] == '$') {
    joint.math_open = false;
    if (const std::size_t start = word_start(at); start != kNowhere) return start;
  }
  if (at_or_nul(at) == '$') {  // "$_", "$^"
    joint.math_open = true;
    ++at;
  }
  if (const char c = at_or_nul(at); c == '_' || c == '^') {
    ++at;
    while (at_or_nul(at) == '{' && at - begin < 8) ++at;
    return word_start(at);
  }
  if (const std::size_t end = hyphen_end(at); end != kNowhere) {
    return word_start(at_or_nul(end) == '$' ? end + 1 : end);
  }
  return kNowhere;
}

std::size_t CarefulScanner::hyphen_end(std::size_t at) const {
  const char c = at_or_nul(at);
  if (c == '-') return at_or_nul(at + 1) == '-' ? kNowhere : at + 1;
  if (c == '@' || c == '&') return at + 1;
  if (c == '\\' && (at_or_nul(at + 1) == '_' || at_or_nul(at + 1) == '&')) return at + 2;
  if (!is_beyond_ascii(c) || at >= text_.size()) return kNowhere;
  const Decoded decoded = decode_utf8(text_, at);
  const bool hyphen = decoded.valid && classify(decoded.code_point) == CharClass::hyphen;
  return hyphen ? at + decoded.length : kNowhere;
}

// `at`, or what is behind font commands and the brace of a group that stand there, if a word starts there.
std::size_t CarefulScanner::word_start(std::size_t at) const {
  for (;;) {
    const char c = at_or_nul(at);
    if (c == '{') {
      if (!is_letter_group(at)) return kNowhere;
      ++at;
    } else if (c == '\\') {
      const LatexPiece piece = read_latex(text_, at);
      if (piece.kind == LatexPiece::Kind::letters || piece.kind == LatexPiece::Kind::name) return at;
      if (piece.kind != LatexPiece::Kind::markup) return kNowhere;
      at = piece.next;
    } else {
      return is_word_at(at) ? at : kNowhere;
    }
  }
}

bool CarefulScanner::is_word_at(std::size_t at) const {
  if (at >= text_.size()) return false;
  const char c = text_[at];
  if (is_ascii_word(c)) return true;
  if (c == '\\') return read_latex(text_, at).kind == LatexPiece::Kind::letters;
  if (!is_beyond_ascii(c)) return false;
  const Decoded decoded = decode_utf8(text_, at);
  return decoded.valid && classify(decoded.code_point) == CharClass::word;
}

// "{G}", "{\"o}": nothing but letters and digits between the braces.
bool CarefulScanner::is_letter_group(std::size_t at) const {
  const std::size_t limit = std::min(text_.size(), at + kMaxGroupBytes);
  std::size_t i = at + 1;
  while (i < limit && text_[i] != '}') {
    if (!is_word_at(i)) return false;
    if (text_[i] == '\\') {
      i = read_latex(text_, i).next;
    } else {
      i += is_beyond_ascii(text_[i]) ? decode_utf8(text_, i).length : 1;
    }
  }
  return i < limit && i > at + 1;
}

void CarefulScanner::append(std::string_view letters) {
  for (std::size_t i = 0; i < letters.size();) {
    const Decoded decoded = decode_utf8(letters, i);
    if (decoded.code_point < 0x80) {
      out_.forms += to_ascii_lower(letters[i]);
    } else if (decoded.valid && classify(decoded.code_point) == CharClass::word) {
      append_folded(out_.forms, decoded.code_point);
    }
    i += decoded.length;
  }
}

bool CarefulScanner::add_word(std::size_t begin, std::size_t end, std::size_t form_begin) {
  if (compose_) {
    cut(out_.forms, form_begin, kMaxComposedBytes);
    compose(out_.forms, form_begin);
    compose_ = false;
  }
  cut(out_.forms, form_begin, kMaxFormBytes);
  const std::size_t length = out_.forms.size() - form_begin;
  if (length == 0) return false;
  Token token;
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(end);
  token.position = out_.length++;
  token.form_begin = static_cast<std::uint32_t>(form_begin);
  token.form_length = static_cast<std::uint16_t>(length);
  out_.tokens.push_back(token);
  return true;
}

// The words from `first_token` on are one compound: puts its joined form before them.
void CarefulScanner::add_joined(std::size_t first_token) {
  const std::size_t parts = out_.tokens.size() - first_token;
  if (parts < 2 || parts > kMaxParts) return;
  const std::size_t form_begin = out_.forms.size();
  for (std::size_t i = first_token; i < out_.tokens.size(); ++i) {
    const Token& part = out_.tokens[i];
    out_.forms.append(out_.forms, part.form_begin, part.form_length);
  }
  const std::size_t length = out_.forms.size() - form_begin;
  if (length > kMaxFormBytes) {
    out_.forms.resize(form_begin);
    return;
  }
  Token joined = out_.tokens[first_token];
  joined.end = out_.tokens.back().end;
  joined.form_begin = static_cast<std::uint32_t>(form_begin);
  joined.form_length = static_cast<std::uint16_t>(length);
  joined.parts = static_cast<std::uint8_t>(parts);
  joined.kind = TokenKind::joined;
  out_.tokens.insert(out_.tokens.begin() + static_cast<std::ptrdiff_t>(first_token), joined);
}

}  // namespace digest::text
