// SPDX-License-Identifier: MIT
// Text as codes of whole words, before zstd sees it (FORMAT.md, "Words as codes"): the commonest words and separators of
// a segment have codes of one or two bytes, the space between two words is implied, what has no code stands for itself.
// zstd then finds three times as much text in its dictionary, and has a third as many bytes to look at. The idea is that
// of word replacing transforms and of dense codes (Farina, Navarro, Parama 2012).
// Any bytes come back as they were. CodedWords are a view of bytes that outlive them; all of this is safe from several
// threads once it is made.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/form_table.hpp"

namespace digest::index {

inline constexpr std::size_t kMostCodedWords = 16384;
inline constexpr std::size_t kMostCodedWordBytes = FormTable::kShortBytes;

// The words and separators that have codes, by number, the commonest first: as they lie in the file, read in place.
class CodedWords {
 public:
  CodedWords() = default;
  explicit CodedWords(std::string_view bytes);  // Error(corrupt)
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] std::string_view word(std::uint32_t number) const;  // Error(corrupt), also for a number that is none
  // Of the bytes that are codes, so many stand for a word alone; the others begin a code of two bytes.
  [[nodiscard]] std::uint32_t short_codes() const { return short_codes_; }

 private:
  std::uint32_t size_ = 0, short_codes_ = 0;
  std::string_view starts_, lengths_, text_;
};

// The bytes of the words that are worth a code in these samples.
std::string choose_coded_words(std::string_view samples);

class WordEncoder {
 public:
  explicit WordEncoder(const CodedWords& words);
  // Appends the codes of a text, and their end.
  void append(std::string& out, std::string_view text) const;

 private:
  struct Word {
    FormTable::Key key;
    std::uint32_t length = 0;
  };
  struct Slot {
    std::uint16_t number = 0;  // + 1; 0 is free
    std::uint16_t tag = 0;     // of the hash: most words that are not here are told by it
  };
  struct State;
  static constexpr std::uint32_t kNone = ~0U;
  [[nodiscard]] std::uint32_t find(FormTable::Key key, std::size_t length) const;
  void put_code(State& state, std::uint32_t number) const;
  void put_word(State& state, const char* at, const char* to) const;
  void put_separator(State& state, const char* at, const char* to) const;
  void spell(State& state, const char* at, const char* to) const;

  // Words by number, so that the commonest lie together; and where a hash finds them, small enough for the second cache.
  std::uint32_t short_codes_;
  std::vector<Word> words_;
  std::vector<Slot> slots_;
};

class WordDecoder {
 public:
  explicit WordDecoder(CodedWords words) : words_(words) {}
  // Where the codes that begin at `from` end: the place of their end mark. Error(corrupt).
  [[nodiscard]] std::size_t find_end(std::string_view codes, std::size_t from) const;
  // The text of codes without their end mark, to `out`, which is empty. Error(corrupt), also if it is longer than `most`.
  void decode(std::string& out, std::string_view codes, std::size_t most) const;

 private:
  CodedWords words_;
};

}  // namespace digest::index
