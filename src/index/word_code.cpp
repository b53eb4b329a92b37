// SPDX-License-Identifier: MIT
#include "index/word_code.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

// On disk: what each byte of coded text means. Letters, digits and " -.,()" stand for themselves.
constexpr unsigned char kEnd = 0xFF;      // of a record
constexpr unsigned char kOtherCase = 0xFE; // the next word begins with a capital where none is expected, or the reverse
constexpr unsigned char kRaw = 0xFD;       // u8 count, so many bytes as they are
constexpr std::uint32_t kNoCode = 0xFF;

constexpr bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }

// Which bytes make words; all others separate them.
constexpr std::array<bool, 256> kIsWord = [] {
  std::array<bool, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto byte = static_cast<unsigned char>(c);
    out[c] = is_upper(byte) || is_lower(byte) || (c >= '0' && c <= '9') || c >= 0x80;
  }
  return out;
}();

constexpr std::array<bool, 256> kIsLiteral = [] {
  std::array<bool, 256> out{};
  for (unsigned c = 0; c < 0x80; ++c) out[c] = kIsWord[c];
  for (const char c : {' ', '-', '.', ',', '(', ')'}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

// The place of a byte among those that are codes, or kNoCode; and the reverse.
constexpr std::array<std::uint8_t, 256> kCodeOfByte = [] {
  std::array<std::uint8_t, 256> out{};
  std::uint8_t code = 0;
  for (unsigned c = 0; c < 256; ++c) out[c] = kIsLiteral[c] || c >= kRaw ? static_cast<std::uint8_t>(kNoCode) : code++;
  return out;
}();
constexpr std::uint32_t kCodeBytes = 256 - 3 - 68;
constexpr std::array<char, kCodeBytes> kByteOfCode = [] {
  std::array<char, kCodeBytes> out{};
  for (unsigned c = 0; c < 256; ++c) {
    if (kCodeOfByte[c] != kNoCode) out[kCodeOfByte[c]] = static_cast<char>(c);
  }
  return out;
}();

constexpr std::size_t kWorthOfList = 32;  // of this part of the samples the list may be long: it must pay for itself
constexpr std::uint32_t kWordsAStart = 16;  // on disk: every so many words it is said where they begin

[[noreturn]] void damaged() {
  throw Error(ErrorKind::corrupt, "The coded words of stored papers are damaged. " + std::string(kHowToMend));
}

// What follows works with pointers: these loops see every byte of every paper.

// Of the first `count` < 16 of 16 bytes; what they add up to is below 256, or the file is damaged and the sum of no use.
std::size_t sum_of_bytes(const char* bytes, std::uint32_t count) {
  const auto sum = [](std::uint64_t eight, std::uint32_t of) { return ((of == 0 ? 0 : eight << (64 - 8 * of)) * 0x0101010101010101U) >> 56; };
  static_assert(kWordsAStart == 16);
  return count <= 8 ? sum(load<std::uint64_t>(bytes), count) : sum(load<std::uint64_t>(bytes), 8) + sum(load<std::uint64_t>(bytes + 8), count - 8);
}

bool is_word(char c) { return kIsWord[static_cast<unsigned char>(c)]; }

// A capital where a text or a sentence begins surprises nobody: `at` is where the next word begins.
bool expects_capital(const char* begin, const char* at) {
  if (at - begin < 2) return false;
  const char before = at[-2], last = at[-1];
  return last == '\0' || last == '\n' || (last == ' ' && (before == '.' || before == '?' || before == '!' || before == ':'));
}

// "Word", not "WORD": has the code of "word".
bool is_capitalised(const char* word, std::size_t length) {
  return is_upper(static_cast<unsigned char>(word[0])) && (length == 1 || !is_upper(static_cast<unsigned char>(word[1])));
}

// Bit i says whether byte i of eight makes words (kIsWord), without a branch: in each byte's low seven bits a carry into the
// eighth tells on which side of a border it lies.
std::uint64_t word_bits_of_eight(std::uint64_t bytes) {
  constexpr std::uint64_t kEach = 0x0101010101010101U, kHigh = 0x80 * kEach;
  const auto within = [](std::uint64_t low, unsigned char first, unsigned char last) {
    return (low + (0x80U - first) * kEach) & ~(low + (0x7FU - last) * kEach);
  };
  const std::uint64_t low = bytes & ~kHigh;
  const std::uint64_t marks = (bytes | within(low | 0x20 * kEach, 'a', 'z') | within(low, '0', '9')) & kHigh;
  return ((marks >> 7) * 0x0102040810204080U) >> 56;
}

// The same of up to 64 bytes.
std::uint64_t word_bits(const char* at, std::size_t count) {
  std::uint64_t bits = 0;
  std::size_t i = 0;
  for (; i + 8 <= count; i += 8) bits |= word_bits_of_eight(load<std::uint64_t>(at + i)) << i;
  for (; i < count; ++i) bits |= std::uint64_t{is_word(at[i])} << i;
  return bits;
}

// Calls use(from, to, is a word) for each token of a text, in order.
template <typename Use>
void for_each_token(std::string_view text, Use use) {
  constexpr std::size_t kBlock = 64;
  if (text.empty()) return;
  const char* token = text.data();
  bool word = is_word(*token);
  std::uint64_t last = word ? 1 : 0;  // of the byte before the block
  for (std::size_t at = 0; at < text.size(); at += kBlock) {
    const std::size_t count = std::min(kBlock, text.size() - at);
    const std::uint64_t bits = word_bits(text.data() + at, count);
    std::uint64_t borders = bits ^ (bits << 1 | last);
    if (count < kBlock) borders &= (std::uint64_t{1} << count) - 1;
    last = bits >> (kBlock - 1);
    for (; borders != 0; borders &= borders - 1, word = !word) {
      const char* const to = text.data() + at + std::countr_zero(borders);
      use(token, to, word);
      token = to;
    }
  }
  use(token, text.data() + text.size(), word);
}

// A token of at most 16 bytes as it is looked up: begun in lower case if it is a capitalised word. `end`: of what may be
// read.
FormTable::Key lookup_key(const char* token, std::size_t length, const char* end) {
  FormTable::Key key;
  if (end - token >= static_cast<std::ptrdiff_t>(kMostCodedWordBytes)) [[likely]] {
    key = FormTable::key_of_word(token, length);
  } else {
    std::array<char, kMostCodedWordBytes> rest{};
    std::copy(token, end, rest.begin());
    key = FormTable::key_of_word(rest.data(), length);
  }
  if (is_capitalised(token, length)) key.first |= 0x20;  // the first byte is the lowest
  return key;
}

}  // namespace

CodedWords::CodedWords(std::string_view bytes) {
  ByteReader in(bytes, "The list of coded words");
  size_ = in.fixed<std::uint32_t>();
  if (size_ > kMostCodedWords) in.fail();
  starts_ = in.bytes(std::uint64_t{(size_ + kWordsAStart - 1) / kWordsAStart} * sizeof(std::uint32_t));
  lengths_ = in.bytes(size_);
  text_ = in.bytes(in.remaining());
  const std::uint32_t over = size_ > kCodeBytes ? size_ - kCodeBytes : 0;
  short_codes_ = kCodeBytes - (over + 254) / 255;  // a byte that begins longer codes is worth 255 more
}

std::string_view CodedWords::word(std::uint32_t number) const {
  if (number >= size_) damaged();
  const std::uint32_t group = number / kWordsAStart;
  std::size_t at = load<std::uint32_t>(starts_.data() + group * sizeof(std::uint32_t));
  if (lengths_.size() - group * kWordsAStart >= kWordsAStart) {
    at += sum_of_bytes(lengths_.data() + group * kWordsAStart, number % kWordsAStart);
  } else {
    for (std::uint32_t i = group * kWordsAStart; i < number; ++i) at += static_cast<unsigned char>(lengths_[i]);
  }
  const std::size_t length = static_cast<unsigned char>(lengths_[number]);
  if (length == 0 || length > kMostCodedWordBytes || at > text_.size() || length > text_.size() - at) damaged();
  return text_.substr(at, length);
}

std::string choose_coded_words(std::string_view samples) {
  FormTable tokens;
  std::string lower;
  for_each_token(samples, [&](const char* at, const char* to, bool) {
    const std::string_view token(at, static_cast<std::size_t>(to - at));
    if (token.size() > kMostCodedWordBytes || (token.size() == 1 && kIsLiteral[static_cast<unsigned char>(*at)])) return;
    if (!is_capitalised(at, token.size())) {
      tokens.number_of(token);
      return;
    }
    lower.assign(token);
    lower[0] = static_cast<char>(lower[0] | 0x20);
    tokens.number_of(lower);
  });
  const std::vector<std::uint32_t> counts = tokens.counts();
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (counts[i] > 1) chosen.push_back(i);
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::uint32_t a, std::uint32_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : tokens.form(a) < tokens.form(b);
  });
  std::string starts, lengths, text;
  for (std::size_t i = 0; i < chosen.size() && i < kMostCodedWords; ++i) {
    const std::string_view word = tokens.form(chosen[i]);
    if (text.size() + word.size() + i > samples.size() / kWorthOfList) break;
    if (i % kWordsAStart == 0) append(starts, static_cast<std::uint32_t>(text.size()));
    lengths.push_back(static_cast<char>(word.size()));
    text.append(word);
  }
  std::string out;
  append(out, static_cast<std::uint32_t>(lengths.size()));
  return out + starts + lengths + text;
}

WordEncoder::WordEncoder(const CodedWords& words) : short_codes_(words.short_codes()) {
  static_assert(kMostCodedWords < 1U << 16);
  std::size_t slots = 256;
  while (slots < std::size_t{words.size()} * 4) slots *= 2;
  slots_.resize(slots);
  for (std::uint32_t number = 0; number < words.size(); ++number) {
    const std::string_view word = words.word(number);
    const FormTable::Key key = lookup_key(word.data(), word.size(), word.data() + word.size());
    const std::uint64_t hash = FormTable::hash_of(key);
    std::size_t at = hash & (slots - 1);
    while (slots_[at].number != 0) at = (at + 1) & (slots - 1);
    slots_[at] = {static_cast<std::uint16_t>(number + 1), static_cast<std::uint16_t>(hash >> 48)};
    words_.push_back({key, static_cast<std::uint32_t>(word.size())});
  }
}

std::uint32_t WordEncoder::find(FormTable::Key key, std::size_t length) const {
  const std::uint64_t hash = FormTable::hash_of(key);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot slot = slots_[at];
    if (slot.number == 0) return kNone;
    if (slot.tag != hash >> 48) continue;
    const Word& word = words_[slot.number - 1U];
    if (word.key.first == key.first && word.key.second == key.second && word.length == length) return slot.number - 1U;
  }
}

// What the decoder will know when it comes here: before a word that is spelled, a space is implied after a coded word
// only, since a spelled word has no end of its own.
struct WordEncoder::State {
  const char* begin;
  const char* end;
  char* out;  // with room for three bytes for each of the text
  bool after_spelled = false, single_space = false;
  void put(char c) { *out++ = c; }
};

void WordEncoder::put_code(State& state, std::uint32_t number) const {
  if (number < short_codes_) return state.put(kByteOfCode[number]);
  const std::uint32_t beyond = number - short_codes_;
  state.put(kByteOfCode[short_codes_ + beyond / 256]);
  state.put(static_cast<char>(beyond % 256));
}

void WordEncoder::spell(State& state, const char* at, const char* to) const {
  while (at != to) {
    const auto byte = static_cast<unsigned char>(*at);
    if (kIsLiteral[byte]) {
      state.put(*at++);
      continue;
    }
    if (const std::uint32_t number = kIsWord[byte] ? kNone : find(lookup_key(at, 1, to), 1); number != kNone) {
      put_code(state, number);
      ++at;
      continue;
    }
    const char* raw = at + 1;
    while (raw != to && raw - at < 255 && !kIsLiteral[static_cast<unsigned char>(*raw)]) ++raw;
    state.put(static_cast<char>(kRaw));
    state.put(static_cast<char>(raw - at));
    state.out = std::copy(at, raw, state.out);
    at = raw;
  }
}

void WordEncoder::put_word(State& state, const char* at, const char* to) const {
  const auto length = static_cast<std::size_t>(to - at);
  const std::uint32_t number = length <= kMostCodedWordBytes ? find(lookup_key(at, length, state.end), length) : kNone;
  if (number == kNone) {
    if (state.single_space && state.after_spelled) state.put(' ');
    spell(state, at, to);
  } else {
    const bool capital = is_capitalised(at, length);
    const bool has_case = capital || is_lower(static_cast<unsigned char>(*at));
    if (has_case && capital != expects_capital(state.begin, at)) state.put(static_cast<char>(kOtherCase));
    put_code(state, number);
  }
  state.after_spelled = number == kNone;
  state.single_space = false;
}

void WordEncoder::put_separator(State& state, const char* at, const char* to) const {
  const auto length = static_cast<std::size_t>(to - at);
  state.single_space = length == 1 && *at == ' ' && at != state.begin && to != state.end;
  if (state.single_space) return;
  const std::uint32_t number = length <= kMostCodedWordBytes ? find(lookup_key(at, length, state.end), length) : kNone;
  if (number == kNone) return spell(state, at, to);
  put_code(state, number);
}

void WordEncoder::append(std::string& out, std::string_view text) const {
  const std::size_t before = out.size();
  out.resize(before + 3 * text.size() + 1);
  State state{text.data(), text.data() + text.size(), out.data() + before};
  for_each_token(text, [&](const char* at, const char* to, bool word) {
    if (word) {
      put_word(state, at, to);
    } else {
      put_separator(state, at, to);
    }
  });
  state.put(static_cast<char>(kEnd));
  out.resize(static_cast<std::size_t>(state.out - out.data()));
}

std::size_t WordDecoder::find_end(std::string_view codes, std::size_t from) const {
  for (std::size_t at = from; at < codes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(codes[at]);
    if (kIsLiteral[byte] || byte == kOtherCase) continue;
    if (byte == kEnd) return at;
    if (byte != kRaw) {
      at += kCodeOfByte[byte] >= words_.short_codes() ? 1 : 0;
    } else if (++at < codes.size()) {
      at += static_cast<unsigned char>(codes[at]);
    }
  }
  damaged();
}

void WordDecoder::decode(std::string& out, std::string_view codes, std::size_t most) const {
  constexpr std::size_t kLongestStep = 1 + 255;  // a space and what is raw
  enum class After { separator, spelled, coded } after = After::separator;
  bool other_case = false;
  out.resize(std::min(4 * codes.size(), most) + kLongestStep);
  char* to = out.data();
  for (std::size_t at = 0; at < codes.size();) {
    const auto size = static_cast<std::size_t>(to - out.data());
    if (size > most) damaged();
    if (out.size() - size < kLongestStep) out.resize(2 * out.size()), to = out.data() + size;
    const auto byte = static_cast<unsigned char>(codes[at++]);
    if (kIsLiteral[byte]) {
      if (kIsWord[byte] && after == After::coded) *to++ = ' ';
      *to++ = static_cast<char>(byte);
      after = kIsWord[byte] ? After::spelled : After::separator;
      continue;
    }
    if (byte == kOtherCase) {
      other_case = true;
      continue;
    }
    if (byte == kRaw) {
      const std::size_t count = at < codes.size() ? static_cast<unsigned char>(codes[at++]) : 0;
      if (count == 0 || count > codes.size() - at) damaged();
      if (is_word(codes[at]) && after == After::coded) *to++ = ' ';
      std::memcpy(to, codes.data() + at, count);
      to += count, at += count;
      after = is_word(to[-1]) ? After::spelled : After::separator;
      continue;
    }
    if (byte == kEnd) damaged();
    std::uint32_t number = kCodeOfByte[byte];
    if (number >= words_.short_codes()) {
      if (at == codes.size()) damaged();
      number = words_.short_codes() + (number - words_.short_codes()) * 256 + static_cast<unsigned char>(codes[at++]);
    }
    const std::string_view word = words_.word(number);
    const bool is_separator = !is_word(word.front());
    if (!is_separator && after != After::separator) *to++ = ' ';
    const bool capital = is_lower(static_cast<unsigned char>(word[0])) && other_case != expects_capital(out.data(), to);
    std::memcpy(to, word.data(), word.size());
    if (capital) *to = static_cast<char>(word[0] - 0x20);
    to += word.size();
    after = is_separator ? After::separator : After::coded;
    other_case = false;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace digest::index
