#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "field.hpp"
#include "kernel_abi.h"
#include "memory.hpp"
#include "state.hpp"

namespace neurarchy {

/// Mean firing rates over a sliding window.
///
/// Source: r = 1000 / window * number of spikes in steps n - W < s <= n, with W the window in steps
/// and the window in ms, written after the spikes of step n are known.
///
/// A step costs as much as it has spikes, and spikes that leave the window: each part holds the
/// spikes in the window, oldest first, and the number for each neuron.
class FiringRate {
 public:
  FiringRate(const Field& rate, const std::vector<Range>& ranges);

  bool active() const noexcept { return window_ > 0; }

  /// Spikes that are known and lie in the new window count on. 0: leave the rate alone.
  /// @throws std::bad_alloc
  void set_window(int64_t steps);

  /// Add the spikes of a step, drop those that left the window, write the rates that changed. False
  /// when there is no memory left for two more steps.
  bool update(size_t part, std::span<const int32_t> spikes, const NaStep& step) noexcept;

  /// Forget all spikes.
  void clear() noexcept;

  int64_t window() const noexcept { return window_; }
  /// The spikes in the window, oldest first; `step` is the number of the next.
  std::vector<StoredSpike> spikes(int64_t step) const;
  /// Begin with these, oldest first. @throws std::bad_alloc
  void restore(int64_t window, std::span<const StoredSpike> spikes, int64_t step);

  /// Write all rates in the next step: someone else wrote to the field.
  void refresh() noexcept;

  size_t bytes() const noexcept;

 private:
  struct StepSpikes {
    int64_t step;
    int64_t count;
  };
  /// A queue in one block: what has left it makes room before the block grows.
  template <class T>
  struct Queue {
    Array<T> items;
    size_t begin = 0;
    size_t end = 0;

    /// Make room for `more` items. @throws std::bad_alloc
    void reserve(size_t more);
  };
  struct alignas(kCacheLine) Part {
    Queue<int32_t> ranks;
    Queue<StepSpikes> steps;
    bool stale = true;  // every rate must be written
  };

  bool reserve(size_t part) noexcept;
  void write(int32_t rank, double scale) noexcept;

  const Field* rate_;
  std::vector<Range> ranges_;
  int64_t window_ = 0;           // [steps]
  std::vector<int32_t> counts_;  // (size), spikes in the window
  std::vector<Part> parts_;
};

}  // namespace neurarchy
