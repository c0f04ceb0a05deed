#pragma once

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace neurarchy {

constexpr size_t kCacheLine = 64;

/// Zeroed memory that starts at a cache line, shared by the engine and the views handed out on it.
///
/// Arrays that all start at the same offset in their page get in each other's way: a load 4 KiB
/// behind a store waits for it. `stagger` moves the start by an odd number of cache lines,
/// differently for each number.
class Memory {
 public:
  Memory(size_t bytes, size_t stagger) : bytes_(bytes) {
    const size_t shift = (stagger * 5 % 64) * kCacheLine;
    if (bytes > std::numeric_limits<size_t>::max() / 2) throw std::bad_alloc();
    const size_t whole = (bytes + shift + 2 * kCacheLine) / kCacheLine * kCacheLine;
    block_.reset(std::calloc(whole, 1));
    if (block_ == nullptr) throw std::bad_alloc();
    size_t space = whole;
    void* aligned = block_.get();
    if (std::align(kCacheLine, bytes, aligned, space) == nullptr) throw std::bad_alloc();
    data_ = static_cast<std::byte*>(aligned) + shift;
  }

  void* data() const noexcept { return data_; }
  size_t bytes() const noexcept { return bytes_; }

 private:
  struct Free {
    void operator()(void* block) const noexcept { std::free(block); }
  };
  std::unique_ptr<void, Free> block_;
  std::byte* data_ = nullptr;
  size_t bytes_;
};

/// A plain array that grows in place where the system can (large ones are remapped, not copied) and
/// leaves new elements as the system gives them: memory that is never written is never taken.
template <class T>
class Array {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Array() = default;
  explicit Array(size_t size) { resize(size); }
  Array(Array&& other) noexcept { swap(other); }
  Array& operator=(Array&& other) noexcept {
    swap(other);
    return *this;
  }
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;
  ~Array() { std::free(data_); }

  void resize(size_t size) {
    if (size > std::numeric_limits<size_t>::max() / 2 / sizeof(T)) throw std::bad_alloc();
    if (size == 0) {
      std::free(release());
      return;
    }
    void* grown = std::realloc(data_, size * sizeof(T));
    if (grown == nullptr) throw std::bad_alloc();
    data_ = static_cast<T*>(grown);
    size_ = size;
  }

  /// Give the memory away; it is freed with std::free.
  T* release() noexcept {
    size_ = 0;
    return std::exchange(data_, nullptr);
  }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  size_t size() const noexcept { return size_; }
  size_t bytes() const noexcept { return size_ * sizeof(T); }
  T& operator[](size_t i) noexcept { return data_[i]; }
  const T& operator[](size_t i) const noexcept { return data_[i]; }

 private:
  void swap(Array& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }

  T* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace neurarchy
