// SPDX-License-Identifier: MIT
#include "base/memory.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <limits>
#include <new>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace digest {

void give_back_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

void* allocate_huge(std::size_t bytes) {
  if (bytes == 0) return nullptr;
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) throw std::bad_alloc();
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  (void)::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish
#endif
  return memory;
}

void free_huge(void* memory, std::size_t bytes) noexcept {
  if (memory != nullptr) (void)::munmap(memory, bytes);
}

}  // namespace digest
