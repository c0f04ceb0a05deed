#pragma once

#include <optional>
#include <vector>

#include "memory.hpp"
#include "projection.hpp"
#include "synapse_library.hpp"

namespace neurarchy {

/// Synapses of a compiled type: the engine keeps their fields and calls their hooks (kernel_abi.h).
class ModelProjection final : public Projection {
 public:
  /// @throws Error of SynapseLibrary, BAD_SPEC or std::bad_alloc.
  ModelProjection(const ProjectionSpec& spec, const ProjectionContext& context, Population& pre,
                  Population& post, const Connectivity& connectivity);

  Access access() const noexcept override;
  bool reads_early(size_t pre_slot) const noexcept override;

  SynapticField field(size_t slot) const override;
  void copy_values(size_t slot, std::byte* to) const override;
  void set_values(size_t slot, std::span<const double> values) override;
  bool hold_values(size_t slot, std::span<const double> values) override;
  void hold_by_synapse(const SynapseSpec& spec) override;
  void settle(int64_t tick) noexcept override;
  std::vector<uint32_t> elements_of(size_t slot, size_t part,
                                    std::span<const int32_t> rows) override;
  void copy_row_values(size_t slot, size_t part, std::span<const uint32_t> elements,
                       std::byte* to) noexcept override;
  size_t bytes() const noexcept override;
  bool changeable() const noexcept override;
  bool local(size_t slot) const override;

 private:
  /// Fields of one part, and their addresses as hooks get them.
  struct Part {
    std::vector<std::optional<Memory>> own;  // by slot; none for fields kept elsewhere
    std::vector<void*> now;                  // for event hooks
    std::vector<void*> delayed;              // for `transmit` and `update`
    // By slot, with a delay each: the address of the values for every delay.
    std::vector<std::vector<const std::byte*>> by_delay;
    // A field that is worked out by the hook `expand`, where one is recorded.
    Array<std::byte> expanded;
  };

  const NaSynapseKernel& kernel() const noexcept { return library_.kernel(); }
  void check(const ProjectionSpec& spec) const;
  void make_fields(size_t part);
  /// Where a field of a population stands, for a part.
  void* address_of(const SynapseFieldSpec& field, size_t part) const noexcept;
  void find_delayed();

  int64_t deliver(size_t part, int64_t tick, const NaStep& step) noexcept override;
  void learn_globals(int64_t tick, const NaStep& step) noexcept override;
  void learn(size_t part, int64_t tick, const NaStep& step) noexcept override;
  void deliver_post(size_t part, int64_t tick, const NaStep& step) noexcept override;
  void move_values(const std::vector<SynapseIndex>& before,
                   std::span<const int32_t> delays) override;
  void copy_delays(size_t part, std::span<int32_t> delays) const override;
  void extend(int32_t longest_delay) override;
  bool has_rule(bool creating) const noexcept override;
  void candidates(size_t part, size_t row, std::span<uint8_t> flags,
                  const NaStep& step) const override;
  void doomed(size_t part, std::span<uint8_t> flags, const NaStep& step) const override;
  void replace(size_t part, SynapseIndex fresh, const NewRows& rows,
               std::span<const NewSynapse> added, const NaStep& step) override;
  /// What a field of a new synapse starts with.
  double first_value(size_t slot, const NewSynapse& synapse, const NaStep& step) const;
  std::vector<StoredField> kept_fields() const override;
  std::optional<int64_t> kept_count(const std::string& name, int64_t rows,
                                    int64_t synapses) const override;
  void put_fields(const std::vector<StoredField>& fields, int64_t later) override;

  /// A part as hooks see it.
  NaSynapses view(size_t part, const std::vector<void*>& fields) const noexcept;
  /// The part with values of pre neurons as old as the delays say; `pushed` as in
  /// Population::past.
  NaSynapses delayed_view(size_t part, int64_t pushed) noexcept;

  /// Whether a field is part of the state that users do not see: no attribute and not the delay, or
  /// held once per neuron.
  bool kept(size_t slot) const noexcept;
  size_t element_bytes(size_t slot) const noexcept;
  bool expanded(size_t slot) const noexcept;
  void expand(size_t slot, size_t part, std::byte* to) const noexcept;
  /// Copy the values of a field as they are held: row by row, one per row or pre neuron, or one.
  void copy_held(size_t slot, std::byte* to) const;
  int64_t length(size_t slot, size_t part) const noexcept;
  std::byte* values(size_t slot, size_t part) const noexcept;
  void fill(size_t slot, double value) noexcept;
  /// Write values given in the order of the user, as `field(slot).count` says.
  void place(size_t slot, std::span<const double> values) noexcept;
  void forget_events() noexcept;
  template <class Real>
  bool hold(size_t slot, std::span<const double> values);
  /// Number of the step of the last event of every synapse, in storage order.
  void latest_events(size_t part, int32_t* latest) const;

  SynapseLibrary library_;
  std::vector<SynapseFieldSpec> fields_;
  size_t weight_slot_;
  std::optional<size_t> delay_slot_;
  std::vector<int32_t> last_event_slots_;
  std::vector<int32_t> expanded_slots_;
  size_t real_bytes_;
  std::vector<std::optional<Memory>> shared_;  // by slot; global fields
  std::vector<size_t> delayed_slots_;          // fields of the pre population that arrive delayed
  std::vector<Part> parts_of_;                 // (parts)
  // For `expand`, which no step belongs to.
  mutable NaFailure failure_{-1, -1, -1, 0};
  NaStep rest_;
};

}  // namespace neurarchy
