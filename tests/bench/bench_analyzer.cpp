// SPDX-License-Identifier: MIT
// How fast is text made into terms? Bytes a second of: the whole tokenizer, its plain kernel, its careful
// way, and the stemming of every distinct form. The text: the file that DIGEST_BENCH_TEXT names, a paper a
// line.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "text/tokenizer.hpp"

namespace {

using namespace digest::text;

std::vector<std::string> read_lines() {
  std::vector<std::string> lines(1);
  const char* path = std::getenv("DIGEST_BENCH_TEXT");
  std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "rb");
  if (file == nullptr) {
    std::fputs("Set DIGEST_BENCH_TEXT to a text file with a paper a line.\n", stderr);
    std::exit(2);
  }
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(c);
    }
  }
  std::fclose(file);
  return lines;
}

const std::vector<std::string>& papers() {
  static const std::vector<std::string> lines = read_lines();
  return lines;
}

template <typename Tokenize>
void measure(benchmark::State& state, Tokenize tokenize_paper) {
  TokenStream out;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& paper : papers()) {
      tokenize_paper(paper, out);
      benchmark::DoNotOptimize(out.tokens.data());
      bytes += static_cast<std::int64_t>(paper.size());
    }
  }
  state.SetBytesProcessed(bytes);
}

void tokenize_fast(benchmark::State& state) {
  measure(state, tokenize);
}
void tokenize_plain(benchmark::State& state) {
  measure(state, [](std::string_view text, TokenStream& out) { tokenize_with(read_block_plain, text, out); });
}
void tokenize_careful(benchmark::State& state) {
  measure(state, tokenize_carefully);
}

void stem_forms(benchmark::State& state) {
  std::set<std::string> forms;
  TokenStream out;
  for (const std::string& paper : papers()) {
    tokenize(paper, out);
    for (const Token& token : out.tokens) forms.emplace(out.form(token));
  }
  for (auto _ : state) {
    for (const std::string& form : forms) benchmark::DoNotOptimize(stem_class(form));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(forms.size()) * state.iterations());
}

BENCHMARK(tokenize_fast)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenize_plain)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenize_careful)->Unit(benchmark::kMillisecond);
BENCHMARK(stem_forms)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
