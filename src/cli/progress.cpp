// SPDX-License-Identifier: MIT
#include "cli/progress.hpp"

#include <fmt/format.h>

#include "render/text.hpp"

namespace digest::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500), kBetween = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(const Messages& messages, std::uint64_t total_bytes)
    : messages_(messages), total_bytes_(total_bytes), next_(start_ + kPatience), wanted_(messages.screen().terminal && !messages.quiet()) {}

Progress::~Progress() { erase(); }

void Progress::update(std::uint64_t papers, std::uint64_t bytes) {
  if (!wanted_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kBetween;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(bytes) / seconds;
  std::string text = fmt::format("{}, {:.1f} MB/s", render::counted(papers, "paper", "papers"), rate / 1e6);
  if (total_bytes_ > bytes && rate > 0) text += fmt::format(", {:.0f} s left", static_cast<double>(total_bytes_ - bytes) / rate);
  messages_.raw("\r\x1b[K" + text);
  shown_ = true;
}

void Progress::say(std::string_view what) {
  if (!wanted_ || Clock::now() < next_) return;
  messages_.raw(fmt::format("\r\x1b[K{}", what));
  shown_ = true;
}

void Progress::erase() {
  if (shown_) messages_.raw("\r\x1b[K");
  shown_ = false;
}

}  // namespace digest::cli
