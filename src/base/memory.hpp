// SPDX-License-Identifier: MIT
// Memory by the megabyte: large arrays in large pages, and what the allocator keeps of freed memory goes back to the
// system, where it can be asked to. give_back_memory(): any thread; an array belongs to one owner.
#pragma once
#include <cstddef>
#include <type_traits>
#include <utility>

namespace digest {

// For the moment between two stages that both need much: costs some milliseconds.
void give_back_memory();

// Frees what a string or a vector holds. Assigning an empty one may keep its memory: `= {}` assigns a list of nothing to
// both, and a string that is moved into another as bytes leaves the other's memory as it was.
template <typename Container>
void release(Container& container) {
  Container().swap(container);
}

// Zeros. Where the system has large pages they are used, so that neither the first touch of each page nor finding it
// costs much. std::bad_alloc if there is no room.
void* allocate_huge(std::size_t bytes);
void free_huge(void* memory, std::size_t bytes) noexcept;

// An array of numbers for a stage that writes to all of it in any order.
template <typename Value>
class HugeArray {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  HugeArray() = default;
  explicit HugeArray(std::size_t size) : data_(static_cast<Value*>(allocate_huge(size * sizeof(Value)))), size_(size) {}
  ~HugeArray() { free_huge(data_, size_ * sizeof(Value)); }
  HugeArray(HugeArray&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  HugeArray& operator=(HugeArray&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  HugeArray(const HugeArray&) = delete;
  HugeArray& operator=(const HugeArray&) = delete;
  [[nodiscard]] Value* data() { return data_; }
  [[nodiscard]] const Value* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  Value* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace digest
