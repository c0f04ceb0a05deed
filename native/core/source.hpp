#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "field.hpp"
#include "memory.hpp"
#include "spec.hpp"

// Neurons whose output is given. Each part has a clock of its own, which counts the steps in which
// the population was enabled: all parts count the same, and none waits for another.

namespace neurarchy {

/// Spikes at given steps.
class SpikeSource {
 public:
  /// @throws Error BAD_SPEC, with `name`.
  SpikeSource(const SpikeSourceSpec& spec, const std::vector<Range>& ranges, int64_t size,
              const std::string& name);

  /// Take the place of `other`: with its clock, or at the beginning.
  void replace(SpikeSource other, bool restart) noexcept;

  void restart() noexcept;

  int64_t clock() const noexcept { return parts_.front().clock; }
  void set_clock(int64_t clock) noexcept;

  /// Write the part's neurons that spike now to `ranks`, ascending; return their number. Advances
  /// the part's clock.
  int64_t next(size_t part, int32_t* ranks) noexcept;

  size_t bytes() const noexcept;

 private:
  struct Spike {
    int64_t step;
    int32_t rank;
  };
  struct alignas(kCacheLine) Part {
    std::vector<Spike> spikes;  // by step, then by rank
    size_t next = 0;
    int64_t clock = 0;  // [steps]
  };
  std::vector<Part> parts_;
};

/// Values of a local field that change block by block.
///
/// Source: the scheduling of a timed array. In every step with the counter c and the block k
///
///   if c = schedule[k]:  values <- block k;  k <- (k + 1) mod length of the schedule
///   if c = period - 1:   k <- 0;  c <- -1
///   c <- c + 1
class BlockSource {
 public:
  /// @throws Error BAD_SPEC, with `name`.
  BlockSource(const BlockSourceSpec& spec, const std::vector<Field>& fields,
              const std::vector<Range>& ranges, const std::string& name);

  /// Take the place of `other`: keeping the counters and taking the block that is selected, or at
  /// the beginning and taking the first.
  void replace(BlockSource other, bool restart) noexcept;

  /// Counters and values 0.
  void restart() noexcept;

  int64_t counter() const noexcept { return parts_.front().counter; }
  int64_t block() const noexcept { return static_cast<int64_t>(parts_.front().block); }
  /// The values are left as they are. A block beyond the schedule is the first.
  void set_clock(int64_t counter, int64_t block) noexcept;

  /// Advance a part by a step.
  void next(size_t part) noexcept;

  size_t bytes() const noexcept { return values_.size() * sizeof(double); }

 private:
  struct alignas(kCacheLine) Part {
    int64_t counter = 0;
    size_t block = 0;
  };

  void take_block(const Range& range, size_t block) noexcept;

  const Field* field_ = nullptr;
  std::vector<Range> ranges_;
  std::vector<double> values_;  // (blocks, size)
  std::vector<int64_t> schedule_;
  int64_t period_;
  std::vector<Part> parts_;
};

}  // namespace neurarchy
