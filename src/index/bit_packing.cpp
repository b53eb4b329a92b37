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

// What is done with each four numbers as they are unpacked.
struct Identity {
  Lanes operator()(Lanes four) const { return four; }
};
struct PlusOne {
  Lanes any{};  // all before one was added
  Lanes operator()(Lanes four) {
    any |= four;
    return four + 1;
  }
};
// In log steps (Lemire, Boytsov and Kurz 2016, "SIMD compression and the intersection of sorted integers"): each number
// takes its left neighbour, then the one two to the left, then all that came before.
Lanes sum_on(Lanes four, Lanes& sum) {
  const Lanes zero{};
  four += __builtin_shufflevector(zero, four, 0, 4, 5, 6);
  four += __builtin_shufflevector(zero, four, 0, 1, 4, 5);
  four += sum;
  sum = __builtin_shufflevector(four, four, 3, 3, 3, 3);
  return four;
}
struct PrefixSum {
  Lanes sum;
  Lanes operator()(Lanes four) { return sum_on(four + 1, sum); }
};

// One step of 32 for each lane; the compiler unrolls it, all shifts are constants.
template <unsigned Width, unsigned Step, typename Transform>
void unpack_step(const char* in, std::uint32_t* out, Transform& transform) {
  constexpr unsigned kBit = Step * Width;
  constexpr unsigned kWord = kBit / 32;
  constexpr unsigned kShift = kBit % 32;
  Lanes value{};
  if constexpr (Width > 0) {
    value = load_lanes(in + kWord * 16) >> kShift;
    if constexpr (kShift + Width > 32) value |= load_lanes(in + (kWord + 1) * 16) << (32 - kShift);
    if constexpr (Width < 32) value &= mask_of(Width);
  }
  value = transform(value);
  std::memcpy(out + Step * 4, &value, sizeof value);
}

template <unsigned Width, typename Transform, unsigned... Steps>
void unpack_steps(const char* in, std::uint32_t* out, Transform& transform, std::integer_sequence<unsigned, Steps...>) {
  (unpack_step<Width, Steps>(in, out, transform), ...);
}

template <unsigned Width, typename Transform>
void unpack_block(const char* in, std::uint32_t* out, Transform& transform) {
  unpack_steps<Width>(in, out, transform, std::make_integer_sequence<unsigned, 32>());
}

template <typename Transform>
using Unpacker = void (*)(const char*, std::uint32_t*, Transform&);

template <typename Transform, unsigned... Widths>
constexpr std::array<Unpacker<Transform>, sizeof...(Widths)> unpackers(std::integer_sequence<unsigned, Widths...>) {
  return {&unpack_block<Widths, Transform>...};
}
template <typename Transform, unsigned MostBits>
constexpr auto kUnpackers = unpackers<Transform>(std::make_integer_sequence<unsigned, MostBits + 1>());

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

std::uint64_t prefix_sum(std::uint32_t* values, std::size_t count, std::uint32_t before) {
  std::uint64_t sum = std::uint64_t{before + 1};  // of the number after the last
  for (std::size_t i = 0; i < count; ++i) {
    sum += values[i];
    values[i] = static_cast<std::uint32_t>(sum);
    ++sum;
  }
  return sum - 1;
}

// What patches add to the numbers of a block that is summed up already: each to its own number and to all that follow.
// Patches come in ascending order, so one walk through the block is enough for all of them.
class SummedPatches {
 public:
  explicit SummedPatches(std::uint32_t* values) : values_(values) {}

  // False if the patches do not ascend.
  bool add(std::size_t index, std::uint32_t more) {
    constexpr Lanes kFrom[] = {{~0U, ~0U, ~0U, ~0U}, {0, ~0U, ~0U, ~0U}, {0, 0, ~0U, ~0U}, {0, 0, 0, ~0U}};
    const std::size_t four = index / 4;
    if (four + 1 < next_) return false;
    if (sum_[0] == 0) next_ = four;  // nothing to add up to here
    go_on_to(four + 1);
    add_to(four, (Lanes{} + more) & kFrom[index % 4]);
    sum_ += more;
    return true;
  }
  void finish() { go_on_to(kBlockSize / 4); }

 private:
  void go_on_to(std::size_t end) {
    for (; next_ < end; ++next_) add_to(next_, sum_);
  }
  void add_to(std::size_t four, Lanes more) {
    const Lanes sum = load_lanes(reinterpret_cast<const char*>(values_ + four * 4)) + more;
    std::memcpy(values_ + four * 4, &sum, sizeof sum);
  }

  std::uint32_t* values_;
  std::size_t next_ = 0;  // the first four that lack `sum_`
  Lanes sum_{};
};

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

namespace {

// Calls back with each patch: which number it belongs to, and what is to be added. Returns how many bytes were taken.
template <typename Patch>
std::size_t for_each_patch(std::string_view bytes, const Head& head, std::size_t count, Patch patch) {
  const std::size_t body_end = head.body + body_size(count, head.width);
  if (head.patches == 0) return body_end;
  if (head.width >= 32) damaged();
  ByteReader patches(bytes.substr(body_end), "A block of packed numbers");
  for (std::size_t p = 0; p < head.patches; ++p) {
    const auto index = patches.fixed<std::uint8_t>();
    if (index >= count) damaged();
    patch(index, patches.varint_up_to<std::uint32_t>(~0U >> head.width) << head.width);
  }
  return bytes.size() - patches.remaining();
}

// Numbers are patched once they are transformed: what is added to a number is the same before and after.
template <typename Transform>
std::size_t unpack_transformed(std::string_view bytes, std::size_t count, std::uint32_t* values, Transform& transform) {
  const Head head = read_head(bytes, count);
  const char* body = bytes.data() + head.body;
  if (count == kBlockSize) {
    kUnpackers<Transform, 32>[head.width](body, values, transform);
  } else {
    unpack_run(body, body_size(count, head.width), count, head.width, values);
    for (std::size_t i = 0; i < count; ++i) values[i] = transform(Lanes{} + values[i])[0];
  }
  return for_each_patch(bytes, head, count, [values](std::size_t index, std::uint32_t more) { values[index] += more; });
}

}  // namespace

PackedNumbers::PackedNumbers(std::string_view bytes, std::size_t count) : bytes_(bytes), count_(count) {
  const Head head = read_head(bytes, count);
  patches_ = head.patches, body_ = head.body, width_ = head.width;
}

std::uint32_t PackedNumbers::at_least(std::size_t index) const {
  const std::string_view body = bytes_.substr(body_, body_size(count_, width_));
  if (count_ < kBlockSize) {
    const std::size_t bit = index * width_;
    return static_cast<std::uint32_t>(load_up_to(body.data() + bit / 8, body.size() - bit / 8) >> (bit % 8)) & mask_of(width_);
  }
  if (width_ == 0) return 0;
  const std::size_t bit = index / 4 * width_, word = bit / 32 * 16 + index % 4 * 4;
  std::uint64_t both = load<std::uint32_t>(body.data() + word);
  if (bit % 32 + width_ > 32) both |= std::uint64_t{load<std::uint32_t>(body.data() + word + 16)} << 32;
  return static_cast<std::uint32_t>(both >> (bit % 32)) & mask_of(width_);
}

std::uint32_t PackedNumbers::at(std::size_t index) const {
  std::uint32_t value = at_least(index);
  for_each_patch(bytes_, {width_, patches_, body_}, count_, [&](std::size_t which, std::uint32_t more) { value += which == index ? more : 0; });
  return value;
}

std::size_t unpack(std::string_view bytes, std::size_t count, std::uint32_t* values) {
  Identity identity;
  return unpack_transformed(bytes, count, values, identity);
}

std::uint32_t unpack_plus_one(std::string_view bytes, std::size_t count, std::uint32_t* values) {
  PlusOne plus_one;
  const Head head = read_head(bytes, count);
  unpack_transformed(bytes, count, values, plus_one);
  std::uint32_t any = plus_one.any[0] | plus_one.any[1] | plus_one.any[2] | plus_one.any[3];
  if (head.patches > 0) {
    for (std::size_t i = 0; i < count; ++i) any |= values[i] - 1;
  }
  return any;
}

// A whole block is summed up as it is unpacked; what a patch adds to one number, it adds to all that follow.
Ascending unpack_ascending(std::string_view bytes, std::size_t count, std::uint32_t* values, std::uint32_t before) {
  constexpr unsigned kFused = 16;  // bits: wider gaps are rare; so narrow ones sum up to less than 32 bits
  const Head head = read_head(bytes, count);
  if (count != kBlockSize || head.width > kFused) {
    const std::size_t size = unpack(bytes, count, values);
    return {size, prefix_sum(values, count, before)};
  }
  PrefixSum summed{Lanes{} + before};
  kUnpackers<PrefixSum, kFused>[head.width](bytes.data() + head.body, values, summed);
  const std::uint32_t first = before + 1;  // "before number 0" wraps to 0 here, as it should
  Ascending out{0, std::uint64_t{first} + (values[kBlockSize - 1] - first)};
  SummedPatches patches(values);
  out.size = for_each_patch(bytes, head, count, [&](std::size_t index, std::uint32_t more) {
    if (!patches.add(index, more)) damaged();
    out.last += more;
  });
  if (head.patches > 0) patches.finish();
  return out;
}

void running_sums(const std::uint32_t* values, std::size_t count, std::uint32_t* sums) {
  Lanes sum{};
  std::size_t i = 0;
  sums[0] = 0;
  for (; i + 4 <= count; i += 4) {
    const Lanes four = sum_on(load_lanes(reinterpret_cast<const char*>(values + i)), sum);
    std::memcpy(sums + i + 1, &four, sizeof four);
  }
  for (; i < count; ++i) sums[i + 1] = sums[i] + values[i];
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

}  // namespace digest::index
