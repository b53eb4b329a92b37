// SPDX-License-Identifier: MIT
// fuzz_X [-v] FILE|FOLDER...: the main of a fuzz harness where libFuzzer is not at hand. Every file is given to the
// harness as it is, then in a fixed number of damaged variants, the same on every run: so a harness also tests with
// any compiler, and a crash comes back. With -v each input is named before it is run.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::uint32_t kVariants = 64;
bool verbose = false;

std::uint64_t next(std::uint64_t& state) {  // splitmix64
  std::uint64_t z = (state += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

// Cuts, flips, repeats, swaps: one to four of them.
std::string damage(std::string bytes, std::uint64_t seed) {
  std::uint64_t state = seed;
  const auto changes = 1 + next(state) % 4;
  for (std::uint64_t i = 0; i < changes && !bytes.empty(); ++i) {
    const auto at = static_cast<std::size_t>(next(state) % bytes.size());
    const auto length = std::min<std::size_t>(1 + next(state) % 32, bytes.size() - at);
    switch (next(state) % 6) {
      case 0:
        bytes.resize(at);
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << (next(state) % 8)));
        break;
      case 2:
        bytes[at] = static_cast<char>(next(state) & 0xFF);
        break;
      case 3:
        bytes.erase(at, length);
        break;
      case 4:
        bytes.insert(at, std::string(bytes, at, length));
        break;
      default:
        bytes.insert(static_cast<std::size_t>(next(state) % bytes.size()), std::string(bytes, at, length));
    }
  }
  return bytes;
}

// The harness gets a copy of the exact size, so that a sanitizer sees the first byte read behind it.
bool run(const std::string& bytes, const std::string& name, std::uint32_t variant) {
  if (verbose) std::fprintf(stderr, "%s, variant %u\n", name.c_str(), variant);
  std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  exact.shrink_to_fit();
  try {
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    return true;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s, variant %u: an exception escaped: %s\n", name.c_str(), variant, error.what());
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "-v") == 0) {
      verbose = true;
    } else if (std::filesystem::is_directory(argv[i])) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
        if (entry.is_regular_file()) files.push_back(entry.path().string());
      }
    } else {
      files.emplace_back(argv[i]);
    }
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fprintf(stderr, "no input: a fuzz test without a corpus tests nothing.\n");
    return 2;
  }
  std::size_t failed = run("", "(nothing)", 0) ? 0 : 1;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "cannot read %s\n", path.c_str());
      return 2;
    }
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!run(bytes, path, 0)) ++failed;
    std::uint64_t seed = bytes.size();
    for (std::uint32_t variant = 1; variant <= kVariants; ++variant) {
      if (!run(damage(bytes, seed += variant), path, variant)) ++failed;
    }
  }
  std::printf("%zu files, %u variants each, %zu failed\n", files.size(), kVariants, failed);
  return failed == 0 ? 0 : 1;
}
