#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "memory.hpp"
#include "population.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Recordings of a field, row by row in one block that grows before a run by the number of its
/// records.
class FieldRecorder {
 public:
  /// @throws Error BAD_SPEC or BAD_RANKS, with the population's name.
  FieldRecorder(const FieldRecorderSpec& spec, const Population& population, size_t parts);

  /// Make room for a run. @throws Error OUT_OF_MEMORY, with the population's name.
  void begin_run(int64_t first_step, int64_t steps);

  /// Copy what the part owns at a step. Thread of the part.
  void record(RecordPhase phase, size_t part, int64_t step) noexcept;

  void end_run(int64_t first_step, int64_t done) noexcept { records_ += due(first_step, done); }

  int64_t records() const noexcept { return records_; }
  int64_t width() const noexcept { return width_; }
  const Field& field() const noexcept { return population_->fields()[slot_]; }
  std::span<const std::byte> data() const noexcept;

  /// Hand over the memory and start anew; the caller frees it with std::free.
  void* release() noexcept;
  void clear() noexcept { records_ = 0; }
  size_t bytes() const noexcept { return block_.bytes(); }

 private:
  struct Copy {
    size_t column;
    size_t element;
  };

  bool is_due(int64_t step) const noexcept { return (step - offset_) % period_ == 0; }
  /// The first due step at or after `step`.
  int64_t next_due(int64_t step) const noexcept;
  /// Due steps among `steps` from `first_step` on.
  int64_t due(int64_t first_step, int64_t steps) const noexcept;

  const Population* population_;
  size_t slot_;
  RecordPhase phase_;
  int64_t period_;
  int64_t offset_;
  int64_t width_;
  bool all_;
  std::vector<std::vector<Copy>> copies_;  // by part; for chosen ranks
  Array<std::byte> block_;
  int64_t records_ = 0;
  int64_t first_due_ = 0;  // of the run
};

/// Recordings of spikes, or of axonal events. Each part keeps its own; they are joined when they
/// are taken.
class SpikeRecorder {
 public:
  /// @throws Error BAD_RANKS, with the population's name.
  SpikeRecorder(const SpikeRecorderSpec& spec, const Population& population, size_t parts);

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
