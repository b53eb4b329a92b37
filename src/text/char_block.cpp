// SPDX-License-Identifier: MIT
#include "text/char_block.hpp"

#include <array>
#include <string_view>

#include "text/ascii.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace digest::text {
namespace {

constexpr std::string_view kCarefulSigns = "#$&'+-@\\^_{}";

enum CharBit : std::uint8_t { kWordBit = 1, kBlankBit = 2, kCarefulBit = 4, kStopBit = 8 };

constexpr std::array<std::uint8_t, 256> make_bits() {
  std::array<std::uint8_t, 256> bits{};
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const char c = static_cast<char>(static_cast<unsigned char>(i));
    if (is_ascii_word(c)) bits[i] = kWordBit;
    if (is_ascii_blank(c)) bits[i] = kBlankBit;
    if (is_beyond_ascii(c) || kCarefulSigns.find(c) != std::string_view::npos) bits[i] = kCarefulBit;
    if (c == '.') bits[i] = kStopBit;
  }
  return bits;
}
constexpr std::array<std::uint8_t, 256> kBits = make_bits();

CharBlock finish(std::uint64_t word, std::uint64_t blank, std::uint64_t careful, std::uint64_t stop) {
  return {word, blank, careful | (stop & (word >> 1))};
}

#if defined(__x86_64__)

// A byte's class is the conjunction of what its two halves allow: each bit below is a set of high halves
// times a set of low halves.
enum HalfBit : std::uint8_t {
  kDigits = 1,       // 3 x 0-9
  kLettersLow = 2,   // 4, 6 x 1-F
  kLettersHigh = 4,  // 5, 7 x 0-A
  kSigns2 = 8,       // # $ & ' + -
  kSigns4 = 16,      // @
  kSigns5 = 32,      // \ ^ _
  kSigns7 = 64,      // { }
  kStop = 128,       // .
};
constexpr char kWordHalves = kDigits | kLettersLow | kLettersHigh;
constexpr char kCarefulHalves = kSigns2 | kSigns4 | kSigns5 | kSigns7;

struct Halves {
  std::array<std::uint8_t, 16> high{}, low{};
};

constexpr std::uint8_t half_bit(unsigned char c) {
  const unsigned high = c >> 4;
  if (c == '.') return kStop;
  if (high == 3 && is_ascii_digit(static_cast<char>(c))) return kDigits;
  if (is_ascii_letter(static_cast<char>(c))) return high % 2 == 0 ? kLettersLow : kLettersHigh;
  if (kCarefulSigns.find(static_cast<char>(c)) == std::string_view::npos) return 0;
  return high == 2 ? kSigns2 : high == 4 ? kSigns4 : high == 5 ? kSigns5 : kSigns7;
}

constexpr Halves make_halves() {
  Halves halves;
  for (unsigned c = 0; c < 0x80; ++c) {
    const std::uint8_t bit = half_bit(static_cast<unsigned char>(c));
    halves.high[c >> 4] = static_cast<std::uint8_t>(halves.high[c >> 4] | bit);
    halves.low[c & 15] = static_cast<std::uint8_t>(halves.low[c & 15] | bit);
  }
  return halves;
}
constexpr Halves kHalves = make_halves();

struct HalfBlock {
  std::uint32_t word, blank, careful, stop;
};

__attribute__((target("avx2"))) std::uint32_t mask_of(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

__attribute__((target("avx2"))) __m256i twice(const std::array<std::uint8_t, 16>& half) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(half.data())));
}

__attribute__((target("avx2"))) HalfBlock read_half(const char* bytes, char* lower) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i c = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(c, 4), _mm256_set1_epi8(15));
  const __m256i halves = _mm256_and_si256(_mm256_shuffle_epi8(twice(kHalves.low), c),  // 0 beyond ASCII
                                          _mm256_shuffle_epi8(twice(kHalves.high), high));
  const __m256i word = _mm256_and_si256(halves, _mm256_set1_epi8(kWordHalves));
  const __m256i sign = _mm256_and_si256(halves, _mm256_set1_epi8(kCarefulHalves));
  const __m256i blank = _mm256_cmpeq_epi8(_mm256_min_epu8(c, _mm256_set1_epi8(' ')), c);
  const __m256i above = _mm256_cmpgt_epi8(c, _mm256_set1_epi8('A' - 1));
  const __m256i capital = _mm256_andnot_si256(_mm256_cmpgt_epi8(c, _mm256_set1_epi8('Z')), above);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(lower),
                      _mm256_add_epi8(c, _mm256_and_si256(capital, _mm256_set1_epi8('a' - 'A'))));
  return {~mask_of(_mm256_cmpeq_epi8(word, zero)), mask_of(blank),
          ~mask_of(_mm256_cmpeq_epi8(sign, zero)) | mask_of(c), mask_of(halves)};
}

__attribute__((target("avx2"))) CharBlock read_block_avx2(const char* bytes, char* lower) {
  const HalfBlock a = read_half(bytes, lower);
  const HalfBlock b = read_half(bytes + 32, lower + 32);
  const auto whole = [](std::uint32_t first, std::uint32_t second) {
    return std::uint64_t{first} | (std::uint64_t{second} << 32);
  };
  return finish(whole(a.word, b.word), whole(a.blank, b.blank), whole(a.careful, b.careful),
                whole(a.stop, b.stop));
}

#endif

}  // namespace

CharBlock read_block_plain(const char* bytes, char* lower) {
  std::uint64_t word = 0, blank = 0, careful = 0, stop = 0;
  for (std::size_t i = 0; i < kBlockBytes; ++i) {
    const std::uint64_t bits = kBits[static_cast<unsigned char>(bytes[i])];
    word |= (bits & 1) << i;
    blank |= ((bits >> 1) & 1) << i;
    careful |= ((bits >> 2) & 1) << i;
    stop |= ((bits >> 3) & 1) << i;
    lower[i] = to_ascii_lower(bytes[i]);
  }
  return finish(word, blank, careful, stop);
}

ReadBlock best_read_block() {
#if defined(__x86_64__)
  static const ReadBlock best = __builtin_cpu_supports("avx2") ? read_block_avx2 : read_block_plain;
  return best;
#else
  return read_block_plain;
#endif
}

}  // namespace digest::text
