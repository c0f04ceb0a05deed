#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "memory.hpp"
#include "partition.hpp"

namespace neurarchy {

/// The spikes of a population in the last steps: a ring of lists, one for each delay and one that
/// is being written.
///
/// A list has one segment per part, at the place of the part's own neurons, so threads write
/// without meeting and segments read one after the other are in the order of ranks. A list that is
/// written in a step is read by others only after the barrier that ends the step, and is written
/// again only when no delay can reach it any more.
class SpikeRing {
 public:
  /// `longest_delay` in steps, at least 1.
  SpikeRing(int64_t padded_size, const std::vector<Range>& ranges, int32_t longest_delay)
      : lists_(static_cast<size_t>(longest_delay) + 1),
        stride_(static_cast<size_t>(padded_size)),
        ranges_(ranges),
        ranks_(lists_ * stride_),
        counts_(lists_ * ranges.size()) {}

  /// Where a part writes its spikes of tick `now`: room for all its neurons.
  int32_t* segment(int64_t now, size_t part) noexcept {
    return ranks_.data() + list(now) * stride_ + static_cast<size_t>(ranges_[part].begin);
  }

  void set_count(int64_t now, size_t part, int64_t count) noexcept {
    counts_[list(now) * ranges_.size() + part].value = count;
  }

  /// Ranks of the spikes of a part at tick `then`, ascending.
  std::span<const int32_t> spikes(int64_t then, size_t part) const noexcept {
    const size_t index = list(then);
    return {ranks_.data() + index * stride_ + static_cast<size_t>(ranges_[part].begin),
            static_cast<size_t>(counts_[index * ranges_.size() + part].value)};
  }

  /// Keep lists for longer delays; those of earlier ticks than were kept are empty. `now` is the
  /// next tick.
  void extend(int32_t longest_delay, int64_t now) {
    SpikeRing longer(static_cast<int64_t>(stride_), ranges_, longest_delay);
    for (size_t age = 1; age < std::min(lists_, longer.lists_); age++) {
      const int64_t then = now - static_cast<int64_t>(age);
      for (size_t part = 0; part < ranges_.size(); part++) {
        const std::span<const int32_t> kept = spikes(then, part);
        std::copy(kept.begin(), kept.end(), longer.segment(then, part));
        longer.set_count(then, part, static_cast<int64_t>(kept.size()));
      }
    }
    *this = std::move(longer);
  }

  size_t parts() const noexcept { return ranges_.size(); }

  void clear() noexcept {
    for (Count& count : counts_) count.value = 0;
  }

  size_t bytes() const noexcept { return ranks_.bytes() + counts_.size() * sizeof(Count); }

 private:
  // Threads write their counts in every step: one cache line each.
  struct alignas(kCacheLine) Count {
    int64_t value = 0;
  };

  /// Ticks count the steps the ring has seen, whatever number the user gives to the step; at least
  /// -longest_delay.
  size_t list(int64_t tick) const noexcept {
    return static_cast<size_t>(tick + static_cast<int64_t>(lists_)) % lists_;
  }

  size_t lists_;
  size_t stride_;
  std::vector<Range> ranges_;
  Array<int32_t>
      ranks_;  // (lists, padded size), only the segments' first `count` elements are ever touched
  std::vector<Count> counts_;
};

}  // namespace neurarchy
