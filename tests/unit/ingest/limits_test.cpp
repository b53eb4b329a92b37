// SPDX-License-Identifier: MIT
// Every bound of limits.hpp from both sides: what just fits is read as if there were no bound, what is one more is not,
// and a message says so.
#include <digest/limits.hpp>
#include <lzma.h>
#include <zlib.h>

#include "gather.hpp"
#include "support/catch.hpp"

using namespace digest;
using digest::test::Gathered;
using digest::test::run;

namespace {

const std::string kTwoPapers = "{\"title\": \"Counting beads\"}\n{\"title\": \"Counting more beads\"}\n";

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// A JSON array of one record of `size` bytes.
std::string record_of(std::size_t size) {
  const std::string head = "{\"title\":\"Counting beads\",\"x\":\"", tail = "\"}";
  return "[" + head + std::string(size - head.size() - tail.size(), 'y') + tail + "]";
}

// A frame that wants a window of 2^log bytes: header, window, one raw block that is the last.
std::string zstd_frame(int log, const std::string& text) {
  std::string frame("\x28\xB5\x2F\xFD\x00", 5);
  frame += static_cast<char>((log - 10) << 3);
  const auto block = static_cast<std::uint32_t>(text.size() << 3 | 1);
  for (int i = 0; i < 3; ++i) frame += static_cast<char>(block >> 8 * i & 0xFF);
  return frame + text;
}

// A stream whose dictionary is said to have 2^30 >> halvings bytes (xz format 1.1.0, section 5.3.1).
std::string xz_stream(int halvings, const std::string& text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  constexpr std::size_t kBlockHeader = 12;
  const std::size_t length = (static_cast<std::size_t>(out[kBlockHeader]) + 1) * 4 - 4;
  const std::size_t filter = out.find("\x21\x01", kBlockHeader);
  out[filter + 2] = static_cast<char>(2 * (30 - halvings) - 24);
  const std::uint32_t check = lzma_crc32(reinterpret_cast<const std::uint8_t*>(out.data()) + kBlockHeader, length, 0);
  for (std::size_t i = 0; i < 4; ++i) out[kBlockHeader + length + i] = static_cast<char>(check >> 8 * i & 0xFF);
  return out;
}

}  // namespace

TEST_CASE("limit: recognition looks so far ahead and no further", "[limits]") {
  const auto remarks_before = [](std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += std::string(std::min<std::size_t>(bytes - text.size(), 60) - 1, '.') + "\n";
    return text + "@article{a, title = {Counting Beads}, author = {Bo Other}}\n@article{b, title = {Counting More Beads}}\n";
  };
  CHECK(run(remarks_before(kLookAheadBytes - 1000)).report.format == "bibtex");
  CHECK(run(remarks_before(kLookAheadBytes + 1)).report.format != "bibtex");
}

TEST_CASE("limit: a field", "[limits]") {
  for (const char* name : {"title", "abstract"}) {
    for (const std::size_t size : {kMaxFieldBytes - 1, kMaxFieldBytes, kMaxFieldBytes + 1}) {
      const Gathered all = run("{\"id\": \"1\", \"" + std::string(name) + "\": \"" + std::string(size, 'y') + "\"}\n" + kTwoPapers);
      REQUIRE(all.papers.size() == 3);
      CHECK(std::max(all.papers[0].title.size(), all.papers[0].abstract.size()) == std::min(size, kMaxFieldBytes));
      CHECK(all.said("too-long") == (size > kMaxFieldBytes));
    }
  }
}

TEST_CASE("limit: a field that is cut between characters stays text", "[limits]") {
  std::string title;
  while (title.size() <= kMaxFieldBytes) title += "\xE2\x82\xAC";
  const Gathered all = run("{\"title\": \"" + title + "\"}\n" + kTwoPapers);
  REQUIRE(all.papers.size() == 3);
  CHECK(all.papers[0].title.size() == kMaxFieldBytes / 3 * 3);
}

TEST_CASE("limit: a record", "[limits]") {
  for (const std::size_t size : {kMaxRecordBytes - 1, kMaxRecordBytes, kMaxRecordBytes + 1}) {
    const Gathered all = run(record_of(size));
    CHECK(all.papers.size() == (size > kMaxRecordBytes ? 0 : 1));
    CHECK(all.said("too-long") == (size > kMaxRecordBytes));
  }
}

TEST_CASE("limit: a line, whose rest costs no other", "[limits]") {
  for (const std::size_t size : {kMaxLineBytes - 1, kMaxLineBytes, kMaxLineBytes + 1}) {
    const std::string record = record_of(size);
    const Gathered all = run(kTwoPapers + record.substr(1, size) + "\n" + kTwoPapers);
    CHECK(all.papers.size() == (size > kMaxLineBytes ? 4 : 5));
    CHECK(all.said("too-long") == (size > kMaxLineBytes));
    CHECK(all.papers.back().sources.front().line == 5);
  }
}

TEST_CASE("limit: containers in one another", "[limits]") {
  std::string bytes = kTwoPapers;
  for (int depth = 1; depth <= kMaxContainerDepth + 1; ++depth) {
    bytes = gzip(bytes);
    const Gathered all = run(bytes);
    CHECK(all.papers.size() == (depth > kMaxContainerDepth ? 0 : 2));
    CHECK(all.said("nested-too-deep") == (depth > kMaxContainerDepth));
  }
}

TEST_CASE("limit: what is unpacked, freely and by the ratio", "[limits]") {
  const auto blank_to = [](std::string text, std::uint64_t size) {
    text.resize(static_cast<std::size_t>(size), ' ');
    return text;
  };
  CHECK_FALSE(run(gzip(blank_to(kTwoPapers, kFreeExpansionBytes))).said("expands-too-much"));
  CHECK(run(gzip(blank_to(kTwoPapers, kFreeExpansionBytes + (1U << 20)))).said("expands-too-much"));
  // Now and then some noise: a byte of it is a byte of the archive, and blanks are a thousandth.
  std::uint32_t state = 7;
  const auto noisy = [&](std::uint64_t a_byte_in) {
    std::string text = blank_to(kTwoPapers, kFreeExpansionBytes + (4U << 20));
    for (std::size_t i = kTwoPapers.size(); i + 32 < text.size(); i += 32 * a_byte_in) {
      for (std::size_t j = 0; j < 32; ++j) text[i + j] = static_cast<char>('!' + (state = state * 1664525 + 1013904223) / 65536 % 90);
    }
    return gzip(text);
  };
  const std::string more = noisy(kMaxExpansionRatio / 2), less = noisy(kMaxExpansionRatio * 4);
  REQUIRE((kFreeExpansionBytes >> 1) / more.size() < kMaxExpansionRatio);
  REQUIRE(kFreeExpansionBytes / less.size() > kMaxExpansionRatio);
  CHECK_FALSE(run(more).said("expands-too-much"));
  CHECK(run(less).said("expands-too-much"));
}

TEST_CASE("limit: memory that a decompressor may take", "[limits]") {
  CHECK(run(zstd_frame(kMaxZstdWindowLog, kTwoPapers)).papers.size() == 2);
  CHECK(run(zstd_frame(kMaxZstdWindowLog + 1, kTwoPapers)).said("bad-zstd"));
  static_assert(kMaxXzMemoryBytes > 1U << 27 && kMaxXzMemoryBytes < 1U << 28);
  CHECK(run(xz_stream(3, kTwoPapers)).papers.size() == 2);
  CHECK(run(xz_stream(2, kTwoPapers)).said("bad-xz"));
}

// Its last line says how to read the body: beyond the bound it is a line of the body, and nobody decodes.
TEST_CASE("limit: the header of a mail", "[limits]") {
  const auto with_header_of = [](std::size_t size) {
    const std::string begin = "From: a@example.com\nSubject: beads\nMIME-Version: 1.0\n", end = "Content-Transfer-Encoding: quoted-printable\n";
    std::string fill;
    for (std::size_t left = size - (begin.size() - 3) - (end.size() - 1); left > 0;) {  // line ends are not counted
      const std::size_t line = left < 1000 ? left : 500;
      fill += "X-Fill: " + std::string(line - 8, 'z') + "\n";
      left -= line;
    }
    return begin + fill + end + "\n{=22title=22: =22Counting beads=22}\n{=22title=22: =22Counting more beads=22}\n";
  };
  CHECK(run(with_header_of(kMaxMailHeaderBytes - 1)).papers.size() == 2);
  CHECK(run(with_header_of(kMaxMailHeaderBytes)).papers.size() == 2);
  CHECK(run(with_header_of(kMaxMailHeaderBytes + 1)).papers.empty());
}

TEST_CASE("limit: mails with parts in parts", "[limits]") {
  const auto nested = [](int depth) {
    std::string text = "From: a@example.com\nSubject: beads\nMIME-Version: 1.0\n", end;
    for (int i = 0; i < depth; ++i) {
      const std::string mark = "part" + std::to_string(i);
      text += "Content-Type: multipart/mixed; boundary=" + mark + "\n\n--" + mark + "\n";
      end.insert(0, "--" + mark + "--\n");
    }
    return text + "Content-Type: text/plain\n\n" + kTwoPapers + end;
  };
  CHECK(run(nested(kMaxMultipartDepth)).papers.size() == 2);
  CHECK(run(nested(kMaxMultipartDepth + 1)).papers.empty());
}

TEST_CASE("limit: papers held of a part of a mail", "[limits]") {
  for (const std::size_t count : {kMaxHeldPapers, kMaxHeldPapers + 1}) {
    std::string text = "From: a@example.com\nSubject: beads\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
                       "Content-Type: text/plain\n\n";
    for (std::size_t i = 0; i < count; ++i) text += "{\"id\":\"" + std::to_string(i) + "\",\"title\":\"B" + std::to_string(i) + "\"}\n";
    const Gathered all = run(text + "--b--\n");
    CHECK(all.papers.size() >= kMaxHeldPapers);
    CHECK(all.said("too-many-papers") == (count > kMaxHeldPapers));
  }
}

TEST_CASE("limit: nesting in JSON", "[limits]") {
  const auto nested = [](int depth) {  // the record is one level
    const auto inner = static_cast<std::size_t>(depth - 1);
    return "[{\"title\":\"T\",\"x\":" + std::string(inner, '[') + std::string(inner, ']') + "}]";
  };
  CHECK(run(nested(kMaxJsonDepth)).papers.size() == 1);
  CHECK(run(nested(kMaxJsonDepth + 1)).papers.empty());
  CHECK(run(nested(kMaxJsonDepth + 1)).said("bad-json"));
}

TEST_CASE("limit: problems of one kind that are shown", "[limits]") {
  for (const std::uint64_t count : {kShownProblems, kShownProblems + 1}) {
    std::string text = kTwoPapers;
    for (std::uint64_t i = 0; i < count; ++i) text += "{broken}\n";
    CHECK(run(text).problems.size() == (count > kShownProblems ? kShownProblems + 1 : kShownProblems));
  }
}
