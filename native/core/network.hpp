#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "control.hpp"
#include "partition.hpp"
#include "population.hpp"
#include "projection.hpp"
#include "recorder.hpp"
#include "spec.hpp"
#include "step_loop.hpp"

namespace neurarchy {

struct RunResult {
  int64_t done;
  bool stopped;
};

/// Memory of the objects of a network, in their order. [bytes]
struct MemoryUse {
  struct Recorder {
    int32_t id;
    size_t bytes;
    double needed;  // more, for a run
  };
  std::vector<size_t> populations;
  std::vector<size_t> projections;
  std::vector<Recorder> recorders;
};

/// What a part of the partition owns and has done.
struct PartStatistics {
  int64_t neurons;
  int64_t rows;
  int64_t events;
};

/// A network of populations and projections, and the loop over its steps.
///
/// Calls come from one thread at a time; a run may be watched and stopped through its Control.
class Network {
 public:
  /// @throws Error with a code and the name of the object at fault.
  explicit Network(const NetworkSpec& spec);

  /// Check that the populations of `until` have stop conditions.
  /// @throws Error BAD_ARGUMENT, with the population's name.
  void check(const std::optional<Until>& until) const;

  /// Run `steps` steps, or until stop conditions hold. Results do not depend on the number of
  /// threads.
  /// @throws Error OUT_OF_MEMORY when recordings do not fit, NOT_CONVERGED when an equation could
  /// not be solved; the state is then that after whole steps.
  RunResult run(int64_t steps, Control control, const std::optional<Until>& until = std::nullopt);

  std::span<const std::unique_ptr<Population>> populations() const noexcept { return populations_; }
  Population& population(size_t index) noexcept { return *populations_[index]; }
  std::span<const std::unique_ptr<Projection>> projections() const noexcept { return projections_; }

  /// Make a projection anew, with other synapses; switches stay. What it held is lost.
  /// @throws Error of make_projection; BAD_ARGUMENT while its synapses are recorded, or where it
  /// would begin or end elsewhere. Nothing has changed then.
  void rebuild(size_t projection, const ProjectionSpec& spec);

  /// Change the delays of a projection. @throws Error of Projection::set_delays.
  void set_delays(size_t projection, std::span<const int32_t> delays);

  /// @throws Error of Projection::set_structure, create_synapses, prune_synapses.
  void set_structure(size_t projection, Structure structure) {
    projections_[projection]->set_structure(std::move(structure));
  }
  void create_synapses(size_t projection, const Pairs& pairs, std::span<const double> weights,
                       std::span<const int32_t> delays);
  void prune_synapses(size_t projection, const Pairs& pairs);

  /// @throws Error BAD_ARGUMENT, BAD_SPEC or BAD_RANKS.
  int32_t record(const FieldRecorderSpec& spec);
  int32_t record(const SynapseRecorderSpec& spec);
  int32_t record(const SpikeRecorderSpec& spec);
  /// nullptr where there is none of this kind.
  ValueRecorder* value_recorder(int32_t id) noexcept;
  SpikeRecorder* spike_recorder(int32_t id) noexcept;
  bool unrecord(int32_t id) noexcept;

  /// Parts that the network is divided into; runs of more than one open parallel regions.
  int32_t parts() const noexcept { return partition_.parts; }
  /// Steps ever run.
  int64_t tick() const noexcept { return tick_; }
  int64_t step() const noexcept { return step_; }
  void set_step(int64_t step) noexcept { step_ = step; }
  uint32_t seed() const noexcept { return seed_; }
  void set_seed(uint32_t seed) noexcept { seed_ = seed; }

  std::vector<PartStatistics> statistics() const;
  size_t bytes() const noexcept;
  /// The same by objects, and what recorders would need for a run of `steps` steps.
  MemoryUse memory(int64_t steps) const;

 private:
  const Population& population_of(int32_t index) const;
  /// The next step, for a projection.
  NaStep instant(const Projection& projection) const noexcept;
  /// The synapses of a projection stand elsewhere, or are others.
  void relocate(const Projection& projection);

  double dt_;
  Precision precision_;
  uint32_t seed_;
  bool force_threads_;
  Partition partition_;
  // Before what refers to populations, and so destroyed after it.
  std::vector<std::unique_ptr<Population>> populations_;
  std::vector<std::unique_ptr<Projection>> projections_;
  std::map<int32_t, std::unique_ptr<ValueRecorder>> value_recorders_;
  std::map<int32_t, SpikeRecorder> spike_recorders_;
  int32_t next_recorder_ = 0;
  int64_t step_ = 0;
  // Steps ever run: the time of the spike rings, which `set_step` does not change.
  int64_t tick_ = 0;
  std::vector<EventCount> events_;  // (parts)
};

}  // namespace neurarchy
