#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "kernel_abi.h"
#include "population.hpp"
#include "synapse_index.hpp"

// Which synapses something happens to in a step.

namespace neurarchy {

/// Segments on their way to a consumer, which gets them by the hundred. Their number has no bound
/// that is known before a run, and a run allocates nothing.
template <class Consume>
class SegmentBuffer {
 public:
  explicit SegmentBuffer(Consume consume) : consume_(consume) {}
  SegmentBuffer(const SegmentBuffer&) = delete;
  SegmentBuffer& operator=(const SegmentBuffer&) = delete;
  ~SegmentBuffer() { flush(); }

  void add(int64_t begin, int64_t end, int64_t neuron) {
    if (begin == end) return;
    segments_[used_++] = {begin, end, neuron};
    synapses_ += end - begin;
    if (used_ == segments_.size()) flush();
  }

  void flush() {
    if (used_ > 0) consume_(std::span<const NaSegment>(segments_.data(), used_));
    used_ = 0;
  }

  /// Synapses of all segments so far.
  int64_t synapses() const noexcept { return synapses_; }

 private:
  std::array<NaSegment, 512> segments_;
  size_t used_ = 0;
  int64_t synapses_ = 0;
  Consume consume_;
};

/// The whole columns of some pre neurons.
template <class Buffer>
void add_columns(const SynapseIndex& index, std::span<const int32_t> ranks, Buffer& buffer) {
  const int64_t* start = index.column_start();
  for (const int32_t rank : ranks) {
    const auto column = static_cast<size_t>(rank);
    buffer.add(start[column], start[column + 1], rank);
  }
}

/// What stands in the columns of some pre neurons with one delay.
template <class Buffer>
void add_runs(const SynapseIndex& index, std::span<const int32_t> ranks, int32_t delay,
              Buffer& buffer) {
  const int64_t* start = index.column_start();
  for (const int32_t rank : ranks) {
    const auto column = static_cast<size_t>(rank);
    const DelayRun* const first = index.runs.data() + index.run_start[column];
    const DelayRun* const last = index.runs.data() + index.run_start[column + 1];
    const DelayRun* const run = std::lower_bound(
        first, last, delay, [](const DelayRun& one, int32_t value) { return one.delay < value; });
    if (run == last || run->delay != delay) continue;
    const int64_t before = run == first ? 0 : int64_t{(run - 1)->end};
    buffer.add(start[column] + before, start[column] + int64_t{run->end}, rank);
  }
}

/// The rows of some neurons of the part.
template <class Buffer>
void add_rows(const SynapseIndex& index, std::span<const int32_t> ranks, Buffer& buffer) {
  const int64_t* start = index.row_start();
  for (const int32_t rank : ranks) {
    const auto row = static_cast<size_t>(rank - index.first_post);
    buffer.add(start[row], start[row + 1], static_cast<int64_t>(row));
  }
}

}  // namespace neurarchy
