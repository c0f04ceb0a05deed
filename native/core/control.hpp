#pragma once

#include <atomic>
#include <cstdint>

namespace neurarchy {

/// The words through which a run is watched and stopped from another thread (CONTROL in
/// lib/native/binding.ts).
class Control {
 public:
  static constexpr size_t kWords = 4;

  /// `words` holds kWords elements and outlives the run.
  explicit Control(int32_t* words) noexcept : words_(words) {}

  bool stop_asked() const noexcept {
    return std::atomic_ref(words_[0]).load(std::memory_order_relaxed) != 0;
  }
  /// Steps of this run; the words count on from those of earlier runs under the same block.
  void set_done(int64_t steps) const noexcept { store(1, before() + steps); }
  void set_total(int64_t steps) const noexcept { store(2, before() + steps); }

 private:
  int64_t before() const noexcept {
    return std::atomic_ref(words_[3]).load(std::memory_order_relaxed);
  }
  void store(size_t word, int64_t value) const noexcept {
    std::atomic_ref(words_[word]).store(static_cast<int32_t>(value), std::memory_order_relaxed);
  }

  int32_t* words_;
};

}  // namespace neurarchy
