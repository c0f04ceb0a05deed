#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "connectivity.hpp"
#include "error.hpp"
#include "kernel_abi.h"
#include "partition.hpp"
#include "population.hpp"
#include "segments.hpp"
#include "spec.hpp"
#include "state.hpp"
#include "synapse_index.hpp"

namespace neurarchy {

constexpr int32_t kLongestDelay = 1'000'000;  // [steps]
/// When the last event of a synapse was that had none. [steps]
constexpr int32_t kNoEvent = -10'000;

/// Synapses in the order of rows (postsynaptic neurons), each in the order of its connector.
struct SynapseTable {
  std::vector<int32_t> post_ranks;  // of all rows, also of those without synapses
  std::vector<int64_t> row_start;
  Array<int32_t> pre_ranks;
};

/// Values of the synapses as the user sees them.
struct SynapticField {
  FieldType type;
  size_t element_bytes;  // 8 or 4
  int64_t count;         // synapses, rows, pre neurons or 1
};

/// What a projection touches that other threads write; from it the loop knows where they must meet.
struct Access {
  bool early = false;    // phase 1 reads fields of the populations beyond the part's own neurons
  bool late = false;     // phases 7 and 8 do
  bool globals = false;  // phase 7 has projection-wide statements
  bool learns = false;   // there is something to do in phases 7 and 8
};

/// A synapse that is to be made.
struct NewSynapse {
  size_t row;  // position in `SynapseTable::post_ranks`
  int32_t pre;
  double weight;
  int32_t delay;  // [steps]
};

/// The synapses of one part as they are to be, in the order of the user.
struct NewRows {
  std::vector<int64_t> row_start;  // (rows of the part + 1)
  std::vector<int32_t> pre_ranks;
  std::vector<int32_t> delays;  // empty where all are equal
  // User position in the part that each synapse has now; -1 - i for new synapse i.
  std::vector<int64_t> source;
};

/// What projections are made with.
struct ProjectionContext {
  Precision precision;
  double dt;  // [ms]
  uint32_t seed;
  uint32_t object;
  size_t parts;
};

/// The synapses of one connection between two populations, divided among the parts by their
/// postsynaptic neurons.
///
/// Members that take a `part` are for the thread of that part, and only write what the part owns:
/// its synapses, and the target fields of its neurons. `tick` counts the steps the network ever
/// made (population.hpp).
class Projection {
 public:
  virtual ~Projection() = default;
  Projection(const Projection&) = delete;
  Projection& operator=(const Projection&) = delete;

  const std::string& name() const noexcept { return name_; }
  uint32_t object() const noexcept { return object_; }
  const Population& pre() const noexcept { return pre_; }
  const Population& post() const noexcept { return post_; }
  std::span<const int32_t> post_ranks() const noexcept { return post_ranks_; }
  std::span<const int32_t> target_slots() const noexcept { return target_slots_; }

  // ---- The phases of a step (step_loop.cpp). Nothing happens while transmission is off or the
  // post population is disabled. ----

  virtual Access access() const noexcept { return {}; }
  /// Whether phase 1 reads a field of the pre population.
  virtual bool reads_early(size_t /*pre_slot*/) const noexcept { return false; }

  /// Phase 1: the events that arrive, then the continuous transmission. Returns the number of
  /// synaptic events.
  int64_t transmit(size_t part, int64_t tick, const NaStep& step) noexcept;
  /// Phase 7: projection-wide statements. One thread.
  void update_globals(int64_t tick, const NaStep& step) noexcept;
  /// Phase 7: statements per row and per synapse.
  void update(size_t part, int64_t tick, const NaStep& step) noexcept;
  /// Phase 8: the spikes of this step of the part's own neurons.
  void post_events(size_t part, int64_t tick, const NaStep& step) noexcept;

  // ---- Phase 9. Conditions read what neither the rules nor the other parts of the phase change.
  // ----

  /// Whether a rule is applied in a step.
  bool restructures(int64_t step) const noexcept {
    return applies(structure_.creating, step) || applies(structure_.pruning, step);
  }
  /// Make the synapses of a part that the rule demands. Thread of the part. @throws std::bad_alloc
  /// before anything has changed.
  void create(size_t part, const NaStep& step);
  /// The same for those that are to go.
  void prune(size_t part, const NaStep& step);
  /// Count the synapses of all parts. One thread; to be called before anything else is.
  void join() noexcept;

  // ---- For the user, between runs ----

  SynapseTable synapses() const;
  int64_t synapse_count() const noexcept { return synapses_; }
  /// Rows that lie in a part: positions [begin, end) in `SynapseTable::post_ranks`.
  std::pair<size_t, size_t> rows(size_t part) const noexcept;

  /// @throws Error BAD_SPEC for a slot without values of the synapses.
  virtual SynapticField field(size_t slot) const = 0;
  /// Copy the values of a field: row by row, one per row, or one.
  virtual void copy_values(size_t slot, std::byte* to) const = 0;
  /// Write them; one value stands for all. @throws Error BAD_VALUES for another number of values.
  virtual void set_values(size_t slot, std::span<const double> values) = 0;
  /// The same for one value or one per synapse, also of a variable that is held once per neuron.
  /// Returns whether it can be held so; else nothing has changed.
  virtual bool hold_values(size_t slot, std::span<const double> values) {
    set_values(slot, values);
    return true;
  }
  /// Go on with the form of the synapse type that holds every local variable once per synapse.
  /// @throws Error of SynapseLibrary, or BAD_SPEC where it is no such form. Nothing has changed
  /// then.
  virtual void hold_by_synapse(const SynapseSpec& /*spec*/) {
    throw Error("BAD_SPEC", "the projection has no synapse type", name_);
  }

  /// Delays [steps]: (1) where all synapses have the same, else (synapses) row by row.
  std::vector<int32_t> delays() const;
  /// Change them, in the same form. @throws Error BAD_VALUES, OUT_OF_MEMORY.
  void set_delays(std::span<const int32_t> delays);
  void set_switches(const Switches& switches) noexcept { switches_ = switches; }
  /// Forget events under way and when the last ones were. `tick` is that of the next step.
  virtual void settle(int64_t tick) noexcept;

  /// All that it holds beside its attributes, weights and delays; `step` is the number of the next,
  /// `tick` its tick.
  ProjectionState state(int64_t step, int64_t tick) const;
  /// @throws Error BAD_STATE where a state is not that of such a projection with this many rows and
  /// synapses.
  void check(const ProjectionState& state, int64_t rows, int64_t synapses) const;
  /// Put it back. @throws Error BAD_STATE before anything has changed.
  void restore(const ProjectionState& state, int64_t step, int64_t tick);
  const Switches& switches() const noexcept { return switches_; }

  // ---- Structural plasticity, for the user ----

  /// @throws Error BAD_SPEC, with the projection's name, where its synapses cannot come and go.
  void set_structure(Structure structure);
  /// Make synapses between neurons that have none: with a weight, and a delay each [steps] where
  /// synapses have one. `step` is the next one.
  /// @throws Error BAD_RANKS, BAD_VALUES or BAD_SPEC before anything has changed, OUT_OF_MEMORY.
  void create_synapses(const Pairs& pairs, std::span<const double> weights,
                       std::span<const int32_t> delays, const NaStep& step);
  /// @throws Error BAD_RANKS or BAD_SPEC before anything has changed, OUT_OF_MEMORY.
  void prune_synapses(const Pairs& pairs, const NaStep& step);
  /// Whether synapses can come and go.
  virtual bool changeable() const noexcept { return false; }
  /// Whether a field has one value for each synapse. @throws Error BAD_SPEC
  virtual bool local(size_t slot) const { return field(slot).count == synapses_; }
  /// Number of synapses of a row.
  int64_t row_length(size_t row) const noexcept { return row_start_[row + 1] - row_start_[row]; }

  // ---- Recording of synapses ----

  /// Where the values of some rows of a part stand, in the order of `rows` (positions in
  /// `SynapseTable::post_ranks`). Valid until delays change.
  virtual std::vector<uint32_t> elements_of(size_t slot, size_t part,
                                            std::span<const int32_t> rows) = 0;
  /// Copy the values that stand there. Thread of the part.
  virtual void copy_row_values(size_t slot, size_t part, std::span<const uint32_t> elements,
                               std::byte* to) noexcept = 0;

  virtual size_t bytes() const noexcept;

 protected:
  Projection(const ProjectionSpec& spec, const ProjectionContext& context, Population& pre,
             Population& post);

  virtual int64_t deliver(size_t part, int64_t tick, const NaStep& step) noexcept = 0;
  virtual void learn_globals(int64_t, const NaStep&) noexcept {}
  virtual void learn(size_t, int64_t, const NaStep&) noexcept {}
  virtual void deliver_post(size_t, int64_t, const NaStep&) noexcept {}
  /// The synapses have other delays, given in the order of the user, and stand elsewhere: move all
  /// values from where `before` says to where `index_` says.
  virtual void move_values(const std::vector<SynapseIndex>& before,
                           std::span<const int32_t> delays) = 0;
  /// Delays of the synapses of a part, in the order of the user; called where each has its own.
  virtual void copy_delays(size_t part, std::span<int32_t> delays) const;
  /// Fields of the synapses that are neither attributes nor delays, or are held otherwise than the
  /// user sees them.
  virtual std::vector<StoredField> kept_fields() const { return {}; }
  /// Number of values of such a field, where there are this many rows and synapses; nothing where
  /// there is no such field.
  virtual std::optional<int64_t> kept_count(const std::string& /*name*/, int64_t /*rows*/,
                                            int64_t /*synapses*/) const {
    return std::nullopt;
  }
  /// Write them; `later`: how many steps they have moved.
  virtual void put_fields(const std::vector<StoredField>& /*fields*/, int64_t /*later*/) {}
  /// Delays reach back further than before.
  virtual void extend(int32_t /*longest_delay*/) {}

  virtual bool has_rule(bool /*creating*/) const noexcept { return false; }
  /// Which neurons are to get a synapse to that of a row, by pre rank; `flags` (pre neurons).
  virtual void candidates(size_t, size_t /*row*/, std::span<uint8_t> /*flags*/,
                          const NaStep&) const {}
  /// Which synapses are to go, by user position; `flags` (synapses of the part).
  virtual void doomed(size_t, std::span<uint8_t> /*flags*/, const NaStep&) const {}
  /// Let `fresh` take the place of the index of a part, and its synapses get their values: from
  /// where they stood, or from `added`. @throws std::bad_alloc before anything has changed.
  virtual void replace(size_t /*part*/, SynapseIndex /*fresh*/, const NewRows&,
                       std::span<const NewSynapse> /*added*/, const NaStep&) {}

  /// Store the synapses; `delays` as in make_index.
  void arrange(const Connectivity& connectivity, std::span<const int32_t> delays, StorageForm form);
  /// @throws Error BAD_VALUES unless there is one value, or as many as wanted.
  void check_count(size_t values, int64_t wanted) const;
  /// Positions in storage of the synapses of some rows of a part, row by row.
  std::vector<uint32_t> positions_of(size_t part, std::span<const int32_t> rows) const;
  /// Add the segments whose events arrive in the step `tick` to a SegmentBuffer: by column, or,
  /// with a delay each, from the longest delay on and then by column.
  template <class Buffer>
  void add_arrivals(size_t part, int64_t tick, Buffer& buffer) const;

  size_t parts() const noexcept { return parts_; }
  bool uniform() const noexcept { return uniform_delay_ > 0; }
  /// Whether an event emitted `age` steps before `tick` still is to arrive.
  bool remembered(int64_t tick, int64_t age) const noexcept {
    return pre_.clock_tick(tick) - age >= forgotten_;
  }
  /// User position of the first synapse of a part.
  size_t first_synapse(size_t part) const noexcept {
    return static_cast<size_t>(row_start_[index_[part].first_row]);
  }

  Population& pre_;
  Population& post_;
  std::vector<int32_t> post_ranks_;  // (rows)
  std::vector<int64_t> row_start_;   // (rows + 1)
  std::vector<SynapseIndex> index_;  // (parts)
  int32_t uniform_delay_;            // [steps], 0: one for each synapse
  int32_t longest_delay_;            // [steps]
  Switches switches_;
  Structure structure_;

 private:
  bool applies(const std::optional<RuleTiming>& rule, int64_t step) const noexcept {
    return rule && transmits() && (step - rule->offset) % rule->period == 0;
  }
  NewRows rows_of(size_t part) const;
  void grow(size_t part, std::span<const NewSynapse> added, const NaStep& step);
  void shrink(size_t part, std::span<const uint8_t> doomed, const NaStep& step);
  void rebuild(size_t part, NewRows rows, std::span<const NewSynapse> added, const NaStep& step);
  template <class Change>
  void change_parts(Change change);
  /// Delays reach back this far from now on. @throws std::bad_alloc
  void reach(int32_t longest);
  size_t row_of(int32_t post_rank) const;
  void require_changeable() const;

  bool transmits() const noexcept { return switches_.transmission && post_.enabled(); }
  bool due(int64_t step) const noexcept;

  std::string name_;
  uint32_t object_;
  size_t parts_;
  std::vector<int32_t> target_slots_;
  StorageForm form_{};
  int64_t synapses_ = 0;
  // Events emitted before this tick of the pre population's clock never arrive.
  int64_t forgotten_ = INT64_MIN / 2;
  bool ascending_ = true;  // of the connectivity
  // (parts): where the rows of a part begin that has changed since `join`; else empty.
  std::vector<std::vector<int64_t>> fresh_starts_;
};

template <class Buffer>
void Projection::add_arrivals(size_t part, int64_t tick, Buffer& buffer) const {
  const SynapseIndex& index = index_[part];
  if (uniform()) {
    if (!remembered(tick, uniform_delay_)) return;
    for (size_t source = 0; source < parts_; source++)
      add_columns(index, pre_.spikes(tick, uniform_delay_, source), buffer);
    return;
  }
  // A row gets what was emitted first first, as if every event waited in a queue.
  for (size_t i = index.run_delays.size(); i-- > 0;) {
    const int32_t delay = index.run_delays[i];
    if (!remembered(tick, delay)) continue;
    for (size_t source = 0; source < parts_; source++)
      add_runs(index, pre_.spikes(tick, delay, source), delay, buffer);
  }
}

/// Make a projection: connections, weights, delays, and their division among the parts.
/// @throws Error of SynapseLibrary, BAD_RANKS, BAD_PROBABILITY, BAD_VALUES, BAD_SPEC or
/// OUT_OF_MEMORY, with the projection's name.
std::unique_ptr<Projection> make_projection(const ProjectionSpec& spec,
                                            const ProjectionContext& context, Population& pre,
                                            Population& post);

}  // namespace neurarchy
