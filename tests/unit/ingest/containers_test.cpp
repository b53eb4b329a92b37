// SPDX-License-Identifier: MIT
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <random>

#include "gather.hpp"
#include "ingest/mime.hpp"
#include "support/catch.hpp"

using digest::test::Gathered;
using digest::test::run;

namespace {

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

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::string xz(const std::string& text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                          reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size());
  out.resize(size);
  return out;
}

std::string lines(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) {
    text += "{\"id\": " + std::to_string(i) + ", \"title\": \"Counting beads, part " + std::to_string(i) +
            " of many\", \"abstract\": \"We count beads. Caf\xC3\xA9.\"}\n";
  }
  return text;
}

std::vector<digest::Paper> papers_of(const std::string& bytes, std::size_t piece = std::string::npos) {
  return run(bytes, {"test", "", {}}, piece).papers;
}

}  // namespace

TEST_CASE("the same papers from every container", "[containers]") {
  const std::string text = lines(0, 50);
  const auto plain = papers_of(text);
  REQUIRE(plain.size() == 50);
  CHECK(plain[7].ids.at("source") == "7");
  CHECK(papers_of(gzip(text)) == plain);
  CHECK(papers_of(zstd(text)) == plain);
  CHECK(papers_of(xz(text)) == plain);
  CHECK(papers_of(xz(zstd(gzip(text)))) == plain);
  CHECK(papers_of(gzip(lines(0, 20)) + gzip(lines(20, 50)) + std::string(100, '\0')) == plain);
  const std::string skippable("\x50\x2A\x4D\x18\x04\0\0\0abcd", 12);
  CHECK(papers_of(skippable + zstd(lines(0, 20)) + zstd(lines(20, 50))) == plain);
}

TEST_CASE("what was unwrapped is said, and too much of it is refused", "[containers]") {
  const auto nested = run(gzip(zstd(lines(0, 3))));
  CHECK(nested.report.containers == "gzip, zstd");
  const auto deep = run(gzip(gzip(gzip(gzip(lines(0, 3))))));
  CHECK(deep.papers.empty());
  CHECK(deep.said("nested-too-deep"));
  CHECK_FALSE(deep.report.recognised);
}

TEST_CASE("a cut container gives what came before and says so", "[containers]") {
  for (const std::string& whole : {gzip(lines(0, 3000)), zstd(lines(0, 3000)), xz(lines(0, 3000))}) {
    const auto found = run(whole.substr(0, whole.size() - 9));
    CHECK(found.said("truncated-input"));
  }
  CHECK(run(gzip(lines(0, 5)) + "trailing garbage").said("bad-gzip"));
}

TEST_CASE("a bomb ends in a message", "[containers]") {
  std::string bomb = gzip(gzip(std::string(200U << 20, ' ')));
  const auto found = run(bomb);
  CHECK(found.said("expands-too-much"));
}

TEST_CASE("what is no text is refused with a sentence", "[containers]") {
  for (const std::string& bytes : {std::string("PK\x03\x04 and so on"), std::string("%PDF-1.7\n"), std::string("BZh91AY"), std::string(1000, '\x01')}) {
    const auto found = run(bytes);
    CHECK(found.papers.empty());
    CHECK_FALSE(found.report.recognised);
    REQUIRE_FALSE(found.problems.empty());
    CHECK(found.problems.front().severity == digest::Severity::error);
  }
}

namespace {
const std::string kMail =
    "From: Alerts <a@example.com>\nTo: b@example.com\nSubject: =?utf-8?Q?Caf=C3=A9?= =?utf-8?B?IGFuZCBtb3Jl?=\nMIME-Version: 1.0\n";
}

TEST_CASE("mail: transfer encodings are undone", "[mime]") {
  const std::string body = "{\"title\": \"Counting b=C3=A9ads, a t=\nitle of some length\", \"abstract\": \"x =3D y\"}\n{\"title\": \"Another title\"}\n";
  const auto quoted = run(kMail + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable\n\n" + body);
  REQUIRE(quoted.papers.size() == 2);
  CHECK(quoted.papers[0].title == "Counting béads, a title of some length");
  CHECK(quoted.papers[0].abstract == "x = y");
  CHECK(quoted.report.containers == "mail");
  const auto encoded = run(kMail + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
                                   "eyJ0aXRsZSI6ICJBIn0KeyJ0aXRs\nZSI6ICJCIn0K\n");
  REQUIRE(encoded.papers.size() == 2);
  CHECK(encoded.papers[1].title == "B");
  const auto latin = run(kMail + "Content-Type: text/plain; charset=\"iso-8859-1\"\n\n{\"title\": \"Caf\xE9\"}\n{\"title\": \"x\"}\n");
  REQUIRE(latin.papers.size() == 2);
  CHECK(latin.papers[0].title == "Café");
}

TEST_CASE("mail: of alternatives, the part with more papers", "[mime]") {
  const std::string head = kMail + "Content-Type: multipart/mixed; boundary=outer\n\npreamble\n--outer\n"
                                   "Content-Type: multipart/alternative; boundary=\"in ner\"\n\n";
  const std::string few = "--in ner\nContent-Type: text/plain\n\n{\"title\": \"A\"}\n{\"title\": \"B\"}\n";
  const std::string many = "--in ner\nContent-Type: text/html\n\n{\"title\": \"A\"}\n{\"title\": \"B\"}\n{\"title\": \"C\"}\n";
  const std::string tail = "--in ner--\n--outer\nContent-Type: text/plain\n\n{\"title\": \"D\"}\n{\"title\": \"E\"}\n--outer--\n";
  CHECK(run(head + few + many + tail).papers.size() == 5);
  CHECK(run(head + many + few + tail).papers.size() == 5);
  CHECK(run(head + few + tail).papers.size() == 4);
}

TEST_CASE("mail: an mbox of several, lines counted in the file", "[mime]") {
  const std::string one = "From a@example.com Thu Jan 22 17:05:44 2026\n" + kMail + "\n{\"title\": \"A\"}\n{\"title\": \"B\"}\n\n";
  const auto found = run(one + one + "From b@example.com Thu Jan 22 17:05:44 2026\n" + kMail + "\nHello, nothing here.\n>From the start\n");
  REQUIRE(found.papers.size() == 4);
  CHECK(found.papers[0].sources[0].line == 7);
  CHECK(found.papers[2].sources[0].line == 16);
  CHECK(found.said("mail-without-papers"));
  CHECK(found.report.containers == "mbox");
}

TEST_CASE("mail: encoded words", "[mime]") {
  CHECK(digest::ingest::decode_header("=?utf-8?Q?Caf=C3=A9_x?= =?utf-8?B?IGFuZA==?= rest") == "Café x and rest");
  CHECK(digest::ingest::decode_header("=?iso-8859-1?q?=E9?=") == "é");
  CHECK(digest::ingest::decode_header("=?broken") == "=?broken");
  CHECK(digest::ingest::decode_header("raw \xBD byte") == "raw \xEF\xBF\xBD byte");
}

TEST_CASE("every way of cutting the input gives the same", "[containers][property]") {
  const std::string mail = kMail + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n"
                                   "Content-Transfer-Encoding: quoted-printable\n\n{\"title\": \"Caf=C3=\n=A9\"}\n{\"title\": \"B\"}\n--b--\n";
  std::string windows = lines(0, 5) + "{\"title\": \"Caf\xE9\"}\n{broken}\n" + lines(5, 9);
  std::string crlf;
  for (const char c : lines(0, 9)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("{\"title\": \"A\"}\n{\"title\": \"B\"}\n")) utf16 += c, utf16 += '\0';
  const std::vector<std::string> inputs = {lines(0, 30), "\xEF\xBB\xBF" + lines(0, 9), crlf, utf16, windows, mail, gzip(mail), zstd(lines(0, 30)),
                                           xz(crlf), "{\"title\": \"Broken \xE2\x82 text \xC3\xA9\"}\n" + lines(0, 3)};
  std::mt19937 random(11);
  for (const std::string& input : inputs) {
    const Gathered whole = run(input);
    CHECK(whole.papers.size() >= 2);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3 + random() % 50}}) {
      const Gathered cut = run(input, {"test", "", {}}, piece);
      REQUIRE(cut.papers == whole.papers);
      REQUIRE(cut.problems.size() == whole.problems.size());
      for (std::size_t i = 0; i < cut.problems.size(); ++i) {
        CHECK(cut.problems[i].message == whole.problems[i].message);
        CHECK(cut.problems[i].line == whole.problems[i].line);
      }
    }
  }
}

TEST_CASE("mail: an archive in it is passed over with a note", "[mime]") {
  const auto found = run(kMail + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{\"title\": \"A\"}\n{\"title\": \"B\"}\n"
                                 "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\nUEsDBAoAAAAAAA==\n--b--\n");
  CHECK(found.papers.size() == 2);
  REQUIRE(found.said("unread-attachment"));
  CHECK(found.problems.front().severity == digest::Severity::note);
  CHECK(found.problems.front().message.find("zip archive") != std::string::npos);
}
