// SPDX-License-Identifier: MIT
#include "index/word_code.hpp"

#include <digest/error.hpp>

#include <random>
#include <string>
#include <vector>

#include "support/catch.hpp"

using digest::Error;
using digest::index::choose_coded_words;
using digest::index::CodedWords;
using digest::index::WordDecoder;
using digest::index::WordEncoder;

namespace {

constexpr std::size_t kMost = 1U << 20;

// Text in which words recur, so that many have codes.
std::string sample_text() {
  const std::vector<std::string> words = {"neural", "Networks", "of", "the", "DNA", "mRNA", "graph", "grokking", "deep", "learning", "a", "I", "x2", "été", "naïve"};
  const std::vector<std::string> separators = {" ", " ", " ", ", ", ". ", "-", " (", ") ", ": ", "; ", "\n\n", "\\\\", "$", "?\" "};
  std::mt19937 random(1);
  std::string out;
  while (out.size() < 200000) {
    // By Zipf's law, more or less.
    out += words[random() % (1 + random() % words.size())] + separators[random() % (1 + random() % separators.size())];
    if (random() % 50 == 0) out += "word" + std::to_string(random() % 20000) + " ";
  }
  return out;
}

struct Code {
  std::string list;
  explicit Code(const std::string& samples) : list(choose_coded_words(samples)) {}
  [[nodiscard]] std::string encode(std::string_view text) const {
    std::string out;
    WordEncoder(CodedWords(list)).append(out, text);
    return out;
  }
  [[nodiscard]] std::string decode(std::string_view codes) const {
    const WordDecoder decoder{CodedWords(list)};
    const std::size_t end = decoder.find_end(codes, 0);
    REQUIRE(end + 1 == codes.size());
    std::string out;
    decoder.decode(out, codes.substr(0, end), kMost);
    return out;
  }
};

}  // namespace

TEST_CASE("texts come back from their word codes as they were") {
  const Code code(sample_text());
  for (const char* text : {"", " ", "  ", "a", "A", " a", "a ", "neural networks", "Neural Networks of DNA", "NEURAL nEURAL Neural", "mRNA MRNA Mrna", "the the  the",
                           "unknownword the unknownword unknownword", "x. The y. the Z", "a\n\nb", "graph-graph--graph", "été Été ÉTÉ", "word1 Word2,word3;word4",
                           "averyveryverylongwordofmanyletters of averyveryverylongwordofmanyletters", "\x01\x02 the \x80\xff\xfe the \xfd", "ends in unknownword", " (the) "}) {
    CHECK(code.decode(code.encode(text)) == text);
  }
  const std::string nul("a\0 b\0\0the\0The", 13);
  CHECK(code.decode(code.encode(nul)) == nul);
}

TEST_CASE("any bytes come back from their word codes, whatever list there is") {
  const std::vector<Code> codes = {Code(""), Code("one"), Code(sample_text()), Code(std::string(100000, 'x') + " the the")};
  std::mt19937 random(7);
  const std::string known = sample_text();
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    while (random() % 12 != 0) {
      switch (random() % 4) {
        case 0: text.push_back(static_cast<char>(random())); break;
        case 1: text += known.substr(random() % (known.size() - 40), random() % 40); break;
        case 2: text += " "; break;
        default: text += std::string(1 + random() % 300, static_cast<char>(random())); break;
      }
    }
    const Code& code = codes[static_cast<std::size_t>(random()) % codes.size()];
    REQUIRE(code.decode(code.encode(text)) == text);
  }
}

TEST_CASE("words have short codes: real text shrinks to less than half before anything is compressed") {
  const std::string text = sample_text();
  CHECK(Code(text).encode(text).size() * 2 < text.size());
}

TEST_CASE("codes and lists that no encoder writes are damage, not a crash") {
  const Code good(sample_text());
  const WordDecoder decoder{CodedWords(good.list)};
  std::mt19937 random(3);
  for (int round = 0; round < 20000; ++round) {
    std::string codes(random() % 60, '\0');
    for (char& c : codes) c = static_cast<char>(random());
    try {
      std::string out;
      decoder.decode(out, codes.substr(0, decoder.find_end(codes, 0)), 1000);
      CHECK(out.size() <= 1000 + 300);
    } catch (const Error& error) {
      CHECK(error.kind() == digest::ErrorKind::corrupt);
    }
  }
  for (int round = 0; round < 20000; ++round) {
    std::string list = good.list.substr(0, random() % good.list.size());
    for (int i = 0; i < 3 && !list.empty(); ++i) list[random() % std::min<std::size_t>(list.size(), round % 2 == 0 ? 8 : list.size())] = static_cast<char>(random());
    try {
      const CodedWords words(list);
      for (std::uint32_t i = 0; i < 40; ++i) {
        const std::string_view word = words.word(i);
        CHECK(word.size() <= digest::index::kMostCodedWordBytes);
      }
    } catch (const Error& error) {
      CHECK(error.kind() == digest::ErrorKind::corrupt);
    }
  }
  CHECK_THROWS_AS(CodedWords(""), Error);
  CHECK_THROWS_AS(CodedWords(std::string_view("\xff\xff\xff\xff", 4)), Error);
}
