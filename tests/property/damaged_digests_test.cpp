// SPDX-License-Identifier: MIT
// Digests cut short and digests with a byte changed, through the whole pipeline: containers, character sets,
// recognition and readers. Whatever comes of it, nothing is thrown, every record that is lost is said, and memory stays
// bounded. DIGEST_ROUNDS says how many cuts and how many changes a file (5; 200 for the long run:
// DIGEST_ROUNDS=200 DIGEST_TEST_DATA=... test_property_damaged_digests); the files are this project's own, and the samples
// of DIGEST_TEST_DATA where it is set.
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "support/catch.hpp"
#include "support/data.hpp"
#include "unit/ingest/gather.hpp"

using namespace digest;
using namespace digest::test;

namespace {

unsigned rounds() {
  const char* text = std::getenv("DIGEST_ROUNDS");
  const unsigned long asked = text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
  return asked == 0 ? 5 : static_cast<unsigned>(std::min(asked, 100'000UL));
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && entry.path().parent_path().filename() != "schema" && name != "README.md") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void check(std::string_view bytes, const std::string& name) {
  const Gathered found = run(bytes, {name, "", {}}, 4096);
  CHECK(found.report.papers == found.papers.size());
  for (const Paper& paper : found.papers) CHECK_FALSE((paper.title.empty() && paper.abstract.empty()));
  for (const Diagnostic& problem : found.problems) CHECK_FALSE(problem.message.empty());
}

void damage(const std::string& file) {
  const std::string bytes = read_file(file);
  if (bytes.empty()) return;
  std::mt19937 random(20251125);
  for (unsigned i = 0; i < rounds(); ++i) {
    const std::size_t cut = random() % bytes.size(), at = random() % bytes.size();
    INFO(file << " cut at " << cut << ", changed at " << at);
    CHECK_NOTHROW(check(std::string_view(bytes).substr(0, cut), file));
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ (1 << (random() % 8)));
    CHECK_NOTHROW(check(changed, file));
    changed[at] = static_cast<char>(random());
    CHECK_NOTHROW(check(changed, file));
  }
}

// KiB that the process ever held. A sanitizer's own bookkeeping would count, so there it is not asked.
long peak_memory() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 0;
#else
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
#endif
}

}  // namespace

TEST_CASE("our own digests, cut and changed") {
  for (const std::string& file : files_below(DIGEST_OWN_DATA)) damage(file);
  CHECK(peak_memory() < 256 * 1024);
}

// What nests, repeats or never ends, a few megabytes of each.
TEST_CASE("digests that are nothing but brackets") {
  const std::size_t many = 4'000'000;
  const auto repeated = [&](std::string_view piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  check("@article{a,\n title={" + repeated("{", many), "braces.bib");
  check("# [T](https://arxiv.org/abs/2401.00001)\n" + repeated("[", many) + "\n## [T2](https://arxiv.org/abs/2401.00002)\n", "brackets.md");
  check("[{\"title\":\"T\",\"x\":" + repeated("[", many), "lists.json");
  check("[{\"title\":\"" + repeated("\\\\textbf{", many) + "\"}]", "groups.json");
  check("<html><body>" + repeated("<div>", many), "blocks.html");
  check("<?xml version=\"1.0\"?><rss><channel>" + repeated("<a>", many), "elements.xml");
  check("title,abstract\n\"" + repeated("a,\n", many / 100), "quote.csv");  // each line becomes a paper
  CHECK(peak_memory() < 256 * 1024);
}

TEST_CASE("samples from outside, cut and changed") {
  DIGEST_NEEDS(folder, "samples");
  for (const std::string& file : files_below(folder)) damage(file);
  CHECK(peak_memory() < 256 * 1024);
}
