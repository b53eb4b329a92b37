// SPDX-License-Identifier: MIT
#include "storage/mapping.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

namespace digest::storage {
namespace {

constexpr std::size_t kNameBytes = 240;

// A slot is free, being filled or cleared, or in use; the handler looks at slots in use only.
enum class SlotState : int { free, busy, used };
struct Slot {
  std::atomic<SlotState> state{SlotState::free};
  std::atomic<std::uintptr_t> begin{0};
  std::atomic<std::size_t> length{0};
  std::array<char, kNameBytes> name{};
};
static_assert(std::atomic<SlotState>::is_always_lock_free);
std::array<Slot, 256> slots;

int take_slot(const char* begin, std::size_t length, std::string_view name) {
  for (std::size_t i = 0; i < slots.size(); ++i) {
    auto expected = SlotState::free;
    if (!slots[i].state.compare_exchange_strong(expected, SlotState::busy)) continue;
    slots[i].begin = reinterpret_cast<std::uintptr_t>(begin);
    slots[i].length = length;
    // Control characters of a file name stay out of the terminal.
    const auto end = std::transform(
        name.begin(), name.begin() + static_cast<std::ptrdiff_t>(std::min(name.size(), kNameBytes - 1)),
        slots[i].name.begin(), [](char c) { return c >= ' ' && c < 127 ? c : '?'; });
    *end = '\0';
    slots[i].state = SlotState::used;
    return static_cast<int>(i);
  }
  return -1;
}

void say(const char* text) {
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text, std::strlen(text));
}

void on_bus_error(int signal_number, siginfo_t* info, void*) {
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  for (const Slot& slot : slots) {
    if (slot.state != SlotState::used || address < slot.begin || address - slot.begin >= slot.length)
      continue;
    say("digest: \"");
    say(slot.name.data());
    say("\" was cut short, or its disk failed, while it was being read. Run: digest check\n");
    ::_exit(2);
  }
  // Not ours: the instruction is repeated and dies the usual death.
  ::signal(signal_number, SIG_DFL);
}

}  // namespace

Mapping::Mapping(int descriptor, std::size_t length, std::string_view name) {
  void* const at = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (at == MAP_FAILED) return;
  begin_ = static_cast<const char*>(at);
  length_ = length;
  slot_ = take_slot(begin_, length_, name);
}

Mapping::~Mapping() {
  if (begin_ == nullptr) return;
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].state = SlotState::busy;
  ::munmap(const_cast<char*>(begin_), length_);
  if (slot_ >= 0) slots[static_cast<std::size_t>(slot_)].state = SlotState::free;
}

void report_cut_mappings() {
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGBUS, &action, nullptr);
}

}  // namespace digest::storage
