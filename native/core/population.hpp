#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "field.hpp"
#include "firing_rate.hpp"
#include "history.hpp"
#include "kernel_library.hpp"
#include "partition.hpp"
#include "reductions.hpp"
#include "source.hpp"
#include "spec.hpp"
#include "spike_ring.hpp"
#include "state.hpp"

namespace neurarchy {

/// lastSpike of a neuron that never did.
constexpr int32_t kNeverSpiked = -10'000;

/// Neurons of one type: their fields, their compiled equations, their recent spikes and past
/// values.
///
/// Members that take a `part` are for the thread of that part, and only touch what the part owns.
///
/// Time. `tick` counts the steps the network ever made. A disabled population stands still: its
/// lists of spikes, delayed values and source go by its own clock, the steps in which it was
/// enabled. The tick comes with every call, and nothing counts it: threads of a team may be a
/// barrier apart.
class Population {
 public:
  /// `longest_delay`: of any synapse that starts here [steps], at least 1.
  /// @throws Error of KernelLibrary, BAD_SPEC or OUT_OF_MEMORY, with the population's name.
  Population(const PopulationSpec& spec, Precision precision, uint32_t object,
             const std::vector<Range>& ranges, int32_t longest_delay);
  Population(const Population&) = delete;  // its members refer to its fields
  Population& operator=(const Population&) = delete;

  const std::string& name() const noexcept { return name_; }
  int64_t size() const noexcept { return size_; }
  uint32_t object() const noexcept { return object_; }
  const std::vector<Field>& fields() const noexcept { return fields_; }
  size_t parts() const noexcept { return ranges_.size(); }
  const Range& range(size_t part) const noexcept { return ranges_[part]; }
  bool spiking() const noexcept { return spiked_ != nullptr; }
  bool has_axon_events() const noexcept { return axon_ != nullptr; }
  bool has_globals() const noexcept;
  bool has_reductions() const noexcept { return !reductions_.empty(); }
  bool has_stop() const noexcept;
  bool has_history() const noexcept { return !histories_.empty(); }

  bool enabled() const noexcept { return enabled_; }
  void set_enabled(bool enabled) noexcept;  // between runs
  /// The population's own clock: steps it was enabled in before the step `tick`.
  int64_t clock_tick(int64_t tick) const noexcept { return enabled_ ? tick - missed_ : stopped_; }

  // ---- The phases of a step (step_loop.cpp). All do nothing while the population is disabled.
  // ----

  /// Phase 1: weighted sums of the part to 0.
  void clear_inputs(size_t part) noexcept;
  /// Phase 4: population-wide statements. One thread.
  void update_globals(const NaStep& step) const;
  /// Phase 4: local statements of a part's neurons, or its source.
  void update(size_t part, const NaStep& step);
  /// Phase 4: list the part's neurons that spiked, run their reset; the same for axonal events;
  /// firing rates. False when there is no memory left for two more steps of firing rates: so much
  /// is always in reserve.
  bool emit(size_t part, int64_t tick, const NaStep& step);
  /// Phase 5: keep the part's present values of fields that synapses read delayed.
  void push_history(size_t part, int64_t tick) noexcept;
  /// Phase 6: global operations. One thread, when all parts are through with phase 4.
  void reduce() noexcept;
  /// After phase 11: whether one neuron, or each, fulfils the stop condition. One thread, when all
  /// parts are through with the step; `step` is the next.
  bool stop_holds(bool all, const NaStep& step) const;

  // ---- What projections read ----

  /// Ranks of a part's neurons that spiked `age` active steps before the step `tick`, ascending;
  /// age 1 is the last step. None while the population is disabled.
  std::span<const int32_t> spikes(int64_t tick, int64_t age, size_t part) const noexcept;
  /// The same for the axonal events of the last step.
  std::span<const int32_t> axon_spikes(int64_t tick, size_t part) const noexcept;
  /// Spikes (axonal events) of the step `tick` itself, once the part's `emit` is through.
  std::span<const int32_t> spikes_now(int64_t tick, size_t part) const noexcept {
    return spikes(tick, 0, part);
  }
  std::span<const int32_t> axon_spikes_now(int64_t tick, size_t part) const noexcept;

  /// Keep the values of a field for synapses with delays of up to `longest_delay` steps. Between
  /// runs, as `extend_spikes`. @throws std::bad_alloc
  void keep_history(size_t slot, int32_t longest_delay);
  /// Keep spikes and values for delays of up to `longest_delay` steps. Of steps before the ones
  /// that were kept so far there are no spikes, and the values are 0. @throws std::bad_alloc
  void extend_spikes(int32_t longest_delay);
  /// Values of a kept field as it was pushed `age` times before the last, age 0 being the last:
  /// what a user assigns between runs reaches synapses with delays through the queue. `pushed` is
  /// the tick in the phases before 5, the tick plus 1 after it. A field that is not kept: as it is
  /// now.
  const std::byte* past(size_t slot, int64_t age, int64_t pushed) const noexcept;

  // ---- Between runs ----

  /// Tell the tick of the next step.
  void stand_at(int64_t tick) noexcept { next_tick_ = tick; }
  /// No spikes under way; the clock of a source begins anew.
  void clear_spikes() noexcept;
  /// Begin anew: no spikes under way or in the past, no neuron refractory, no firing rate, sums and
  /// reductions 0, the source at its beginning; delayed values are those of now.
  void settle() noexcept;
  /// Window of the mean firing rate [steps]; 0: the rate is left alone.
  /// @throws Error BAD_ARGUMENT for a population without firing rate, OUT_OF_MEMORY.
  void set_rate_window(int64_t steps);
  /// @throws Error BAD_ARGUMENT for a population without such a source, BAD_SPEC, OUT_OF_MEMORY.
  void set_source(const SourceSpec& spec, bool restart);

  /// All that it holds beside its attributes; `step` is the number of the next.
  PopulationState state(int64_t step) const;
  /// @throws Error BAD_STATE where a state is not that of such a population.
  void check(const PopulationState& state) const;
  /// Put it back. Fields that this population lacks are passed over, and what the state lacks
  /// begins anew. @throws Error BAD_STATE before anything has changed, OUT_OF_MEMORY.
  void restore(const PopulationState& state, int64_t step);

  /// Someone else wrote to a field: give its padding the value of the last neuron, so that what
  /// equations make of it is harmless.
  void field_changed(size_t slot) noexcept;

  size_t bytes() const noexcept;

 private:
  const NaKernel* kernel() const noexcept { return library_ ? &library_->kernel() : nullptr; }
  void add_source(const SourceSpec& spec);
  void emit_spikes(size_t part, int64_t now, const NaStep& step);
  void emit_axon_events(size_t part, int64_t now, const NaStep& step);
  void emit_given(size_t part, int64_t now, const NaStep& step);

  std::string name_;
  int64_t size_;
  uint32_t object_;
  std::vector<Range> ranges_;
  std::optional<KernelLibrary> library_;
  std::vector<Field> fields_;
  std::vector<void*> table_;  // addresses of the fields, as the hooks get them
  int32_t* spiked_ = nullptr;
  int32_t* remaining_ = nullptr;
  int32_t* last_spike_ = nullptr;
  int32_t* axon_ = nullptr;
  std::vector<size_t> inputs_;  // slots
  std::vector<Reduction> reductions_;
  size_t rate_slot_ = 0;
  std::optional<FiringRate> rate_;
  std::optional<SpikeSource> spike_source_;
  std::optional<BlockSource> block_source_;
  SpikeRing ring_;
  SpikeRing axon_ring_;
  int32_t longest_delay_;
  std::vector<History> histories_;

  bool enabled_ = true;
  int64_t next_tick_ = 0;
  int64_t missed_ = 0;   // ticks it was disabled in
  int64_t stopped_ = 0;  // its clock while it is disabled
};

}  // namespace neurarchy
