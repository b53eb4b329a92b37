// SPDX-License-Identifier: MIT
// read_ciff < FILE: decodes an export for research engines and checks that it is whole: every message, the counts of
// the header, the order of terms and documents, and that the lists add up. Prints what it holds; exit 1 and a sentence
// where something is wrong. Written from the definition of the Common Index File Format, not from our writer.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

[[noreturn]] void wrong(const std::string& what) {
  throw std::runtime_error(what);
}

std::uint64_t varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) wrong("a number is cut");
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) return value;
  }
  wrong("a number is longer than 64 bits");
}

std::string_view taken(std::string_view& bytes, std::uint64_t length) {
  if (length > bytes.size()) wrong("a message is cut");
  const std::string_view part = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return part;
}

// The fields of one message: numbers, and bytes in their order.
struct Message {
  std::map<std::uint64_t, std::uint64_t> numbers;
  std::map<std::uint64_t, std::vector<std::string_view>> texts;

  explicit Message(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::uint64_t key = varint(bytes), field = key >> 3U;
      if ((key & 7U) == 0) {
        numbers[field] = varint(bytes);
      } else if ((key & 7U) == 1) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, taken(bytes, 8).data(), 8);  // little-endian, as the machines this runs on
        numbers[field] = bits;
      } else if ((key & 7U) == 2) {
        const std::uint64_t length = varint(bytes);
        texts[field].push_back(taken(bytes, length));
      } else {
        wrong("a field has an unknown wire type");
      }
    }
  }
  std::uint64_t number(std::uint64_t field) const {
    const auto found = numbers.find(field);
    return found == numbers.end() ? 0 : found->second;
  }
  std::string text(std::uint64_t field) const {
    const auto found = texts.find(field);
    return found == texts.end() ? "" : std::string(found->second.front());
  }
};

Message next(std::string_view& bytes) {
  const std::uint64_t length = varint(bytes);
  return Message(taken(bytes, length));
}

void read(std::string_view bytes) {
  const Message header = next(bytes);
  const std::uint64_t lists = header.number(2), documents = header.number(3), words = header.number(6);
  if (header.number(1) != 1 || header.number(4) != lists || header.number(5) != documents) wrong("the header is odd");
  std::vector<std::uint64_t> lengths(documents);
  std::string before;
  std::uint64_t postings = 0;
  for (std::uint64_t i = 0; i < lists; ++i) {
    const Message list = next(bytes);
    const std::string term = list.text(1);
    if (i > 0 && !(before < term)) wrong("terms are out of order at " + term);
    before = term;
    std::uint64_t document = 0, occurrences = 0, df = 0;
    for (const std::string_view one : list.texts.at(4)) {
      const Message posting(one);
      if (df++ > 0 && posting.number(1) == 0) wrong("a document comes twice for " + term);
      document += posting.number(1);
      if (document >= documents || posting.number(2) == 0) wrong("a posting of " + term + " is odd");
      lengths[document] += posting.number(2);
      occurrences += posting.number(2);
    }
    if (df != list.number(2) || occurrences != list.number(3)) wrong("df or cf of " + term + " does not add up");
    postings += df;
    if (term == "grok") std::printf("grok: df %d, cf %d\n", static_cast<int>(df), static_cast<int>(occurrences));
  }
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < documents; ++i) {
    const Message document = next(bytes);
    if (document.number(1) != i || document.text(2).empty()) wrong("a document is out of order or has no name");
    if (document.number(3) != lengths[i]) wrong("the length of " + document.text(2) + " is not that of its postings");
    sum += lengths[i];
  }
  if (!bytes.empty()) wrong("something follows the last document");
  double average = 0;
  const std::uint64_t bits = header.number(7);
  std::memcpy(&average, &bits, sizeof average);
  if (sum != words || average * static_cast<double>(documents) - static_cast<double>(sum) > 1e-6) wrong("the collection does not add up");
  std::printf("%d lists, %d postings, %d documents, %d words\n", static_cast<int>(lists), static_cast<int>(postings),
              static_cast<int>(documents), static_cast<int>(sum));
}

}  // namespace

int main() {
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  try {
    read(bytes);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
