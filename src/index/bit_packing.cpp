// SPDX-License-Identifier: MIT
#include "index/bit_packing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "base/bytes.hpp"

namespace digest::index {
namespace {

// Compiles to SSE2 on x86-64 and NEON on arm64, which every such processor has.
using Lanes = std::uint32_t __attribute__((vector_size(16)));
using SignedLanes = std::int32_t __attribute__((vector_size(16)));

Lanes load_lanes(const char* from) {
  Lanes value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

constexpr std::uint32_t mask_of(unsigned width) { return width >= 32 ? ~0U : (1U << width) - 1; }

// One step of 32 for each lane; the compiler unrolls it, all shifts are constants.
template <unsigned Width, unsigned Step>
void unpack_step(const char* in, std::uint32_t* out) {
  constexpr unsigned kBit = Step * Width;
  constexpr unsigned kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  Lanes value = load_lanes(in + kWord * 16) >> kShift;
  if constexpr (kShift + Width > 32) value |= load_lanes(in + (kWord + 1) * 16) << (32 - kShift);
  if constexpr (Width < 32) value &= mask_of(Width);
  std::memcpy(out + Step * 4, &value, sizeof value);
}

template <unsigned Width, unsigned... Steps>
void unpack_steps(const char* in, std::uint32_t* out, std::integer_sequence<unsigned, Steps...>) {
  (unpack_step<Width, Steps>(in, out), ...);
}

template <unsigned Width>
void unpack_block(const char* in, std::uint32_t* out) {
  if constexpr (Width == 0) {
    std::memset(out, 0, kBlockSize * sizeof *out);
  } else {
    unpack_steps<Width>(in, out, std::make_integer_sequence<unsigned, 32>());
  }
}

using Unpacker = void (*)(const char*, std::uint32_t*);

template <unsigned... Widths>
constexpr std::array<Unpacker, sizeof...(Widths)> unpackers(std::integer_sequence<unsigned, Widths...>) {
  return {&unpack_block<Widths>...};
}
constexpr auto kUnpackers = unpackers(std::make_integer_sequence<unsigned, 33>());

// One step of 32 for each lane, the mirror of unpack_step: a word is stored when it is full.
template <unsigned Width, unsigned Step>
void pack_step(const std::uint32_t* in, char* out, Lanes& pending) {
  constexpr unsigned kBit = Step * Width;
  constexpr unsigned kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  Lanes value = load_lanes(reinterpret_cast<const char*>(in + Step * 4));
  if constexpr (Width < 32) value &= mask_of(Width);
  pending = kShift == 0 ? value : (pending | value << kShift);
  if constexpr (kShift + Width < 32) return;
  std::memcpy(out + kWord * 16, &pending, sizeof pending);
  if constexpr (kShift + Width > 32) pending = value >> (32 - kShift);
}

template <unsigned Width, unsigned... Steps>
void pack_steps(const std::uint32_t* in, char* out, std::integer_sequence<unsigned, Steps...>) {
  Lanes pending{};
  (pack_step<Width, Steps>(in, out, pending), ...);
}

template <unsigned Width>
void pack_block(const std::uint32_t* in, char* out) {
  if constexpr (Width > 0) pack_steps<Width>(in, out, std::make_integer_sequence<unsigned, 32>());
}

using Packer = void (*)(const std::uint32_t*, char*);

template <unsigned... Widths>
constexpr std::array<Packer, sizeof...(Widths)> packers(std::integer_sequence<unsigned, Widths...>) {
  return {&pack_block<Widths>...};
}
constexpr auto kPackers = packers(std::make_integer_sequence<unsigned, 33>());

// The least significant bits first. `out` has room for body_size() bytes and seven more.
void pack_run(const std::uint32_t* values, std::size_t count, unsigned width, char* out) {
  std::uint64_t pending = 0;
  unsigned bits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    pending |= std::uint64_t{values[i] & mask_of(width)} << bits;
    bits += width;
    if (bits < 32) continue;
    store(out, static_cast<std::uint32_t>(pending));
    out += 4, bits -= 32, pending >>= 32;
  }
  store(out, pending);
}

// Up to eight bytes, as far as there are so many; zeros behind them.
std::uint64_t load_up_to(const char* from, std::size_t bytes) {
  if (bytes >= 8) return load<std::uint64_t>(from);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
  return value;
}

void unpack_run(const char* in, std::size_t bytes, std::size_t count, unsigned width, std::uint32_t* out) {
  for (std::size_t i = 0, bit = 0; i < count; ++i, bit += width) {
    const std::size_t from = bit / 8;
    out[i] = static_cast<std::uint32_t>(load_up_to(in + from, bytes - from) >> (bit % 8)) & mask_of(width);
  }
}

std::size_t body_size(std::size_t count, unsigned width) { return (count * width + 7) / 8; }

std::uint32_t bits_used(const std::uint32_t* values, std::size_t count) {
  Lanes any{};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) any |= load_lanes(reinterpret_cast<const char*>(values + i));
  std::uint32_t used = any[0] | any[1] | any[2] | any[3];
  for (; i < count; ++i) used |= values[i];
  return used;
}

// How many values need more than `width` < 32 bits.
std::size_t count_wider(const std::uint32_t* values, std::size_t count, unsigned width) {
  SignedLanes fitting{};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    fitting -= (load_lanes(reinterpret_cast<const char*>(values + i)) >> width) == 0;  // -1 where it holds
  }
  std::size_t wider = i - static_cast<std::size_t>(fitting[0] + fitting[1] + fitting[2] + fitting[3]);
  for (; i < count; ++i) wider += values[i] >> width != 0 ? 1U : 0U;
  return wider;
}

struct Width {
  unsigned width = 0;
  std::size_t patches = 0;
};

// The width that makes packed values and patches smallest: a patch costs about two and a half bytes. The narrower, the
// more patches: once they alone cost more, no narrower width can be better.
Width best_width(const std::uint32_t* values, std::size_t count) {
  constexpr std::size_t kMostPatches = 100;
  Width best{static_cast<unsigned>(std::bit_width(bits_used(values, count))), 0};
  std::size_t best_cost = body_size(count, best.width);
  for (unsigned width = best.width; width-- > 0;) {
    const std::size_t patches = count_wider(values, count, width);
    if (patches > kMostPatches || patches * 5 / 2 >= best_cost) break;
    const std::size_t cost = body_size(count, width) + patches * 5 / 2;
    if (cost < best_cost) best = {width, patches}, best_cost = cost;
  }
  return best;
}

// Is any of a block's values so large that a sum of them might need more than 32 bits?
bool has_large(const std::uint32_t* values) {
  Lanes any{};
  for (std::size_t i = 0; i < kBlockSize; i += 4) any |= load_lanes(reinterpret_cast<const char*>(values + i));
  return ((any[0] | any[1] | any[2] | any[3]) >> 24) != 0;
}

// Four at once: each takes its left neighbour, then the one two to the left, then all that came before.
std::uint64_t prefix_sum_of_block(std::uint32_t* values, std::uint32_t before) {
  const Lanes zero{};
  Lanes sum = zero + before;
  for (std::size_t i = 0; i < kBlockSize; i += 4) {
    Lanes four = load_lanes(reinterpret_cast<const char*>(values + i)) + 1;
    four += __builtin_shufflevector(zero, four, 0, 4, 5, 6);
    four += __builtin_shufflevector(zero, four, 0, 1, 4, 5);
    four += sum;
    std::memcpy(values + i, &four, sizeof four);
    sum = __builtin_shufflevector(four, four, 3, 3, 3, 3);
  }
  const std::uint32_t first = before + 1;  // "before number 0" wraps to 0 here, as it should
  return std::uint64_t{first} + static_cast<std::uint32_t>(sum[0] - first);
}

[[noreturn]] void damaged() { throw Error(ErrorKind::corrupt, "A block of packed numbers is damaged. " + std::string(kHowToMend)); }

struct Head {
  unsigned width;
  std::size_t patches;
  std::size_t body;
};

Head read_head(std::string_view bytes, std::size_t count) {
  if (bytes.empty() || count > kBlockSize) damaged();
  const auto first = static_cast<unsigned char>(bytes[0]);
  Head head{first & 63U, 0, 1};
  if (first & 64U) {
    if (bytes.size() < 2) damaged();
    head.patches = static_cast<unsigned char>(bytes[1]);
    head.body = 2;
  }
  if (head.width > 32 || head.body + body_size(count, head.width) > bytes.size()) damaged();
  return head;
}

}  // namespace

void append_packed(std::string& out, const std::uint32_t* values, std::size_t count) {
  const auto [width, patches] = best_width(values, count);
  constexpr std::size_t kHead = 2;
  __attribute__((uninitialized)) char bytes[kHead + kBlockSize * sizeof *values + 8];
  char* const body = bytes + kHead;
  char* const head = patches > 0 ? bytes : bytes + 1;
  *head = static_cast<char>(width | (patches > 0 ? 64U : 0U));
  if (patches > 0) bytes[1] = static_cast<char>(patches);
  if (count == kBlockSize) {
    kPackers[width](values, body);
  } else {
    pack_run(values, count, width, body);
  }
  out.append(head, static_cast<std::size_t>(body - head) + body_size(count, width));
  for (std::size_t i = 0, left = patches; left > 0; ++i) {
    if (values[i] >> width == 0) continue;
    out.push_back(static_cast<char>(i));
    append_varint(out, values[i] >> width);
    --left;
  }
}

std::size_t unpack(std::string_view bytes, std::size_t count, std::uint32_t* values) {
  const Head head = read_head(bytes, count);
  const char* body = bytes.data() + head.body;
  const std::size_t size = body_size(count, head.width);
  if (count == kBlockSize) {
    kUnpackers[head.width](body, values);
  } else {
    unpack_run(body, size, count, head.width, values);
  }
  if (head.patches == 0) return head.body + size;
  ByteReader patches(bytes.substr(head.body + size), "A block of packed numbers");
  for (std::size_t p = 0; p < head.patches; ++p) {
    const auto index = patches.fixed<std::uint8_t>();
    if (index >= count || head.width >= 32) damaged();
    values[index] |= patches.varint_up_to<std::uint32_t>(~0U >> head.width) << head.width;
  }
  return bytes.size() - patches.remaining();
}

std::size_t packed_size(std::string_view bytes, std::size_t count) {
  const Head head = read_head(bytes, count);
  std::size_t at = head.body + body_size(count, head.width);
  for (std::size_t p = 0; p < head.patches; ++p) {
    ++at;
    while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0x80U) != 0) ++at;
    ++at;
  }
  if (at > bytes.size()) damaged();
  return at;
}

std::uint64_t prefix_sum(std::uint32_t* values, std::size_t count, std::uint32_t before) {
  if (count == kBlockSize && !has_large(values)) return prefix_sum_of_block(values, before);
  std::uint64_t sum = std::uint64_t{before + 1};  // of the number after the last
  for (std::size_t i = 0; i < count; ++i) {
    sum += values[i];
    values[i] = static_cast<std::uint32_t>(sum);
    ++sum;
  }
  return sum - 1;
}

}  // namespace digest::index
