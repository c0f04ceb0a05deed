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
  void set_done(int64_t steps) const noexcept { store(1, steps); }
  void set_total(int64_t steps) const noexcept { store(2, steps); }

 private:
  void store(size_t word, int64_t value) const noexcept {
    std::atomic_ref(words_[word]).store(static_cast<int32_t>(value), std::memory_order_relaxed);
  }

  int32_t* words_;
};

}  // namespace neurarchy
