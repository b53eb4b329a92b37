// SPDX-License-Identifier: MIT
// Text -> terms. Two steps, so that an index can remember the second: tokenize() finds the words of a text as
// they are written, folded (NFKC, case, accents, LaTeX seen through): a *form*; stem_class() maps a form to
// its *term*, the name of all forms that one word takes. One posting list belongs to a term; which form stood
// where is kept beside the positions. Pure functions of their input and of kAnalysisVersion; safe from any
// thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace digest::text {

// Raised whenever the same text would give other terms: an index of another version says how to rebuild.
inline constexpr std::uint32_t kAnalysisVersion = 1;  // on disk

inline constexpr std::size_t kMaxFormBytes =
    255;  // longer words are cut at a character border: nobody types them

enum class TokenKind : std::uint8_t {
  word,    // counts in the length of the text, takes a position of its own
  joined,  // a compound written as one ("finetuning" for "fine-tuning"): at the position of its first part,
           // not counted
};

struct Token {
  std::uint32_t begin = 0;  // byte offsets into the original text; for a joined token: the whole compound
  std::uint32_t end = 0;
  std::uint32_t position = 0;     // of the word, from 0, without gaps
  std::uint32_t form_begin = 0;   // into TokenStream::forms
  std::uint16_t form_length = 0;  // bytes
  std::uint8_t parts = 1;         // joined: how many words it spans (their tokens follow directly)
  TokenKind kind = TokenKind::word;
};

// Reused from text to text, so that analysing allocates nothing once it is warm.
struct TokenStream {
  std::vector<Token> tokens;  // by position; a joined token before the word at the same position
  std::string forms;
  std::uint32_t length = 0;  // words, joined tokens not counted
  [[nodiscard]] std::string_view form(const Token& token) const {
    return std::string_view(forms).substr(token.form_begin, token.form_length);
  }
};

inline constexpr std::size_t kMaxTextBytes = 16U << 20;  // what lies behind is not analysed

// Any bytes at all; ill-formed UTF-8 separates words. `out` is cleared first. The rules:
// text/careful_scanner.hpp.
void tokenize(std::string_view text, TokenStream& out);

// What the analyzer makes of a text, written out for people.
struct AnalyzedTerm {
  std::string term;
  std::string form;
  TokenKind kind = TokenKind::word;
  std::uint32_t position = 0;
  std::uint32_t begin = 0;  // byte offsets into the text
  std::uint32_t end = 0;
};
std::vector<AnalyzedTerm> analyze(std::string_view text);

// The term of a form: at most kMaxFormBytes, deterministic, never empty for a non-empty form. One term for
// the forms of a word, British and American, regular and irregular: Snowball's English stemmer between tables
// of ours (text/spelling.hpp, text/families.hpp). Forms with a digit, a sign or a letter beyond a-z are their
// own terms. The term of a joined form may be that of its first word ("DALL-E": "dall"), which then stands
// twice at one position.
std::string stem_class(std::string_view form);

// Words too common to say what a text is about ("the", "of", "with"): they matter in phrases only. Takes a
// form.
bool is_stop_word(std::string_view form);

}  // namespace digest::text
