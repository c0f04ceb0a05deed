#pragma once

#include <cstdint>
#include <vector>

#include "memory.hpp"
#include "population.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Recordings of spikes, or of axonal events. Each part keeps its own; they are joined when they
/// are taken.
class SpikeRecorder {
 public:
  /// @throws Error BAD_SPEC or BAD_RANKS, with the population's name.
  SpikeRecorder(const SpikeRecorderSpec& spec, const Population& population);

  /// @throws Error OUT_OF_MEMORY, with the population's name.
  void begin_run();

  /// Copy the part's spikes of tick `now`. Thread of the part. False when there is no memory left
  /// for two more steps: so much is always in reserve, since the other threads learn of it only
  /// after the next step.
  bool record(size_t part, int64_t now, int64_t step) noexcept;

  struct Spikes {
    Array<int32_t> ranks;
    Array<double> steps;
  };
  /// All spikes, by step and then by rank.
  Spikes collect() const;
  void clear() noexcept;
  size_t bytes() const noexcept;

 private:
  struct StepSpikes {
    int64_t tick;  // orders the entries; the user may set the step back between runs
    int64_t step;
    int64_t count;
  };
  struct alignas(kCacheLine) Part {
    Array<int32_t> ranks;
    Array<StepSpikes> steps;
    size_t spikes = 0;
    size_t used_steps = 0;
  };

  bool reserve(size_t part) noexcept;

  const Population* population_;
  bool axon_;
  std::vector<uint8_t> chosen_;  // (size), or empty for all
  std::vector<Part> parts_;
};

}  // namespace neurarchy
