// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <zstd.h>

#include "forms.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"
#include "text/tokenizer.hpp"

using namespace digest::text;
using digest::test::broken_promise;
using digest::test::forms_of;
using digest::test::same_tokens;

namespace {

// Text made of the pieces that rules are about, so that they meet in ways nobody thought of.
std::string random_text(std::mt19937& random, std::size_t pieces) {
  static constexpr std::array kPieces = {"word",
                                                   "Word",
                                                   "s",
                                                   "x",
                                                   "9",
                                                   "42",
                                                   " ",
                                                   " ",
                                                   " ",
                                                   "  ",
                                                   "\n",
                                                   ".",
                                                   ". ",
                                                   ",",
                                                   "-",
                                                   "--",
                                                   "'",
                                                   "''",
                                                   "'s ",
                                                   "_",
                                                   "^",
                                                   "^{",
                                                   "{",
                                                   "}",
                                                   "$",
                                                   "$_",
                                                   "\\",
                                                   "\\'e",
                                                   "\\\"{u}",
                                                   "\\alpha",
                                                   "\\textbf{",
                                                   "\\cite{k, l}",
                                                   "\\o ",
                                                   "\\-",
                                                   "textbf{",
                                                   "+",
                                                   "++",
                                                   "#",
                                                   "@",
                                                   "&",
                                                   ".net",
                                                   ".NET",
                                                   "(",
                                                   ")",
                                                   "/",
                                                   ":",
                                                   "\xC3\xA9",
                                                   "e\xCC\x81",
                                                   "\xE2\x80\x99",
                                                   "\xE2\x80\x90",
                                                   "\xE2\x80\x93",
                                                   "\xE2\x80\x94",
                                                   "\xC2\xAD",
                                                   "\xE6\x9C\xBA",
                                                   "\xE5\x99\xA8",
                                                   "\xE3\x82\xAB",
                                                   "\xE3\x82\x99",
                                                   "\xED\x95\x9C",
                                                   "\xE1\x84\x92",
                                                   "\xE1\x85\xA1",
                                                   "\xCE\xB1",
                                                   "\xEF\xAC\x81",
                                                   "\xE0\xA4\xB9",
                                                   "\xE0\xA4\xBF",
                                                   "\xEF\xB7\xBA",
                                                   "\xF0\x9D\x92\xAA",
                                                   "\x80",
                                                   "\xC3",
                                                   "\xF0\x9F",
                                                   "\xFF",
                                                   "verylongwordindeedthatgoesonandonandon"};
  std::uniform_int_distribution<std::size_t> pick(0, kPieces.size() - 1);
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[pick(random)];
  return text;
}

std::string random_bytes(std::mt19937& random, std::size_t count) {
  std::uniform_int_distribution<int> pick(0, 255);
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(pick(random));
  return bytes;
}

void check_all_ways_agree(const std::string& text) {
  TokenStream fast, plain, careful;
  tokenize(text, fast);
  tokenize_with(read_block_plain, text, plain);
  tokenize_carefully(text, careful);
  INFO(text);
  REQUIRE(broken_promise(fast, text.size()) == "");
  REQUIRE(same_tokens(fast, plain));
  REQUIRE(same_tokens(fast, careful));
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return lines;
  std::string line;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    line += static_cast<char>(c);
    if (c == '\n') lines.push_back(std::exchange(line, {}));
  }
  lines.push_back(line);
  std::fclose(file);
  return lines;
}

// A zstd file in one piece; empty where there is none.
std::string unpacked(const std::string& path) {
  std::string packed;
  for (const std::string& line : lines_of(path)) packed += line;
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) return {};
  std::string text(static_cast<std::size_t>(size), '\0');
  const std::size_t written = ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  return ZSTD_isError(written) != 0 ? std::string{} : text.substr(0, written);
}

// What Python's re.findall(r"\w+") counts in ASCII text.
std::size_t count_word_runs(const std::string& text) {
  std::size_t runs = 0;
  bool inside = false;
  for (const char c : text) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    runs += word && !inside ? 1U : 0U;
    inside = word;
  }
  return runs;
}

}  // namespace

TEST_CASE("the vector kernel and the plain one see the same in every byte", "[text][property]") {
  const ReadBlock best = best_read_block();
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = random_bytes(random, kBlockBytes);
    if (round < 256) bytes.assign(kBlockBytes, static_cast<char>(round));
    std::array<char, kBlockBytes> lower_a{}, lower_b{};
    const CharBlock a = best(bytes.data(), lower_a.data());
    const CharBlock b = read_block_plain(bytes.data(), lower_b.data());
    REQUIRE(a.word == b.word);
    REQUIRE(a.blank == b.blank);
    REQUIRE(a.careful == b.careful);
    REQUIRE(lower_a == lower_b);
  }
}

TEST_CASE("fast and careful ways give the same tokens", "[text][property]") {
  std::mt19937 random(2);
  for (int round = 0; round < 4000; ++round) {
    check_all_ways_agree(random_text(random, static_cast<std::size_t>(round % 200)));
    check_all_ways_agree(random_bytes(random, static_cast<std::size_t>(round % 300)));
  }
}

TEST_CASE("a stream that is used again holds nothing of its past", "[text][property]") {
  std::mt19937 random(3);
  TokenStream reused;
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_text(random, static_cast<std::size_t>((round * 37) % 150));
    TokenStream fresh;
    tokenize(text, fresh);
    tokenize(text, reused);
    REQUIRE(same_tokens(fresh, reused));
  }
}

TEST_CASE("a word alone is the word it is in a text", "[text][property]") {
  for (const std::string text :
       {"The quick GPT-4V(ision) doesn't jump; Poincar\\'e's C++ at 3.5 GHz, na\xC3\xAFve!"}) {
    TokenStream whole, part;
    tokenize(text, whole);
    for (const Token& token : whole.tokens) {
      tokenize(std::string_view(text).substr(token.begin, token.end - token.begin), part);
      REQUIRE_FALSE(part.tokens.empty());
      CHECK(part.form(part.tokens.front()) == whole.form(token));
      CHECK(part.tokens.front().kind == token.kind);
    }
  }
}

TEST_CASE("two texts with a blank between them have the tokens of both", "[text][property]") {
  const std::vector<const char*> texts = {"",   "one two", "fine-tuning!", "$x_{1}$", "Erd\xC5\x91s'", "C++",
                                          "(a", "b)"};
  for (const std::string a : texts) {
    for (const std::string b : texts) {
      const std::string left = forms_of(a), right = forms_of(b);
      const std::string both = left.empty() ? right : right.empty() ? left : left + " " + right;
      INFO(a << " | " << b);
      CHECK(forms_of(a + " " + b) == both);
    }
  }
}

TEST_CASE("composed and decomposed Unicode have the same forms", "[text][property]") {
  const std::vector<std::pair<const char*, const char*>> pairs = {
      {"\u00E9t\u00E9", "e\u0301te\u0301"},
      {"\u1EC7", "e\u0323\u0302"},
      {"\u1EC7", "e\u0302\u0323"},
      {"\u304C\u30D1", "\u304B\u3099\u30CF\u309A"},
      {"\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF"},
      {"\u0958", "\u0915\u093C"},
      {"\u0B94", "\u0B92\u0BD7"},
      {"\u0439\u0451", "\u0438\u0306\u0435\u0308"},
      {"\u1F00\u03AC", "\u03B1\u0313\u03B1\u0301"},
      {"\u0622", "\u0627\u0653"},
  };
  for (const auto& [composed, decomposed] : pairs) {
    INFO(composed);
    CHECK_FALSE(forms_of(composed).empty());
    CHECK(forms_of(composed) == forms_of(decomposed));
  }
}

TEST_CASE("folding what is folded changes nothing", "[text][property]") {
  std::mt19937 random(4);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_text(random, 20);
    TokenStream stream, again;
    tokenize(text, stream);
    for (const Token& token : stream.tokens) {
      const std::string form(stream.form(token));
      tokenize(form, again);
      INFO(text << " -> " << form);
      REQUIRE_FALSE(again.tokens.empty());
      if (token.kind == TokenKind::word && again.length == 1) CHECK(again.form(again.tokens[0]) == form);
    }
  }
}

TEST_CASE("real digests: all ways agree and lengths are those people would count", "[text][data]") {
  DIGEST_NEEDS(path, "trending-digest.txt");
  const std::vector<std::string> lines = lines_of(path);
  REQUIRE(lines.size() > 300);
  for (const std::string& line : lines) {
    check_all_ways_agree(line);
    if (line.size() < 500) continue;
    TokenStream stream;
    tokenize(line, stream);
    const double expected = static_cast<double>(count_word_runs(line));
    INFO(line);
    CHECK(stream.length == Approx(expected).epsilon(0.1));
  }
}

TEST_CASE("twenty thousand papers: all ways agree and nearly all lengths are those people would count",
          "[text][data]") {
  DIGEST_NEEDS(path, "papers-20k.jsonl.zst");
  const std::string papers = unpacked(path);
  REQUIRE(papers.size() > 20'000'000);
  std::size_t count = 0, far_off = 0;
  for (std::size_t begin = 0; begin < papers.size(); ++count) {
    const std::size_t end = std::min(papers.find('\n', begin), papers.size());
    const std::string line =
        papers.substr(begin, end - begin);  // JSON as it stands: its signs are more to chew on
    TokenStream fast, careful;
    tokenize(line, fast);
    tokenize_carefully(line, careful);
    if (!same_tokens(fast, careful) || !broken_promise(fast, line.size()).empty()) FAIL(line);
    const double words = static_cast<double>(count_word_runs(line));
    if (fast.length < 0.88 * words || fast.length > 1.12 * words) ++far_off;
    begin = end + 1;
  }
  CHECK(count == 20000);
  CHECK(far_off < count / 50);  // formulae and languages with other letters
}
