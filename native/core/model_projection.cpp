#include "model_projection.hpp"

#include <algorithm>

#include "error.hpp"
#include "segments.hpp"
#include "streams.hpp"
#include "weights.hpp"

namespace neurarchy {

namespace {

/// Whether synapses read a field of the pre population as old as their delays say: all attributes,
/// but global ones only where all synapses have the same delay. What is no attribute (times of
/// spikes, sums, global operations; a name with a dot) is read as it is.
bool ages(const SynapseFieldSpec& field, bool uniform) {
  return field.owner == FieldOwner::kPre && !field.name.starts_with(".") &&
         (uniform || field.scope == SynapseScope::kLocal);
}

}  // namespace

ModelProjection::ModelProjection(const ProjectionSpec& spec, const ProjectionContext& context,
                                 Population& pre, Population& post,
                                 const Connectivity& connectivity)
    : Projection(spec, context, pre, post),
      library_(*spec.synapse, context.precision, spec.name),
      fields_(spec.synapse->fields),
      weight_slot_(static_cast<size_t>(spec.synapse->weight_slot)),
      last_event_slots_(spec.synapse->last_event_slots),
      expanded_slots_(spec.synapse->expanded_slots),
      real_bytes_(context.precision == Precision::kDouble ? sizeof(double) : sizeof(float)),
      rest_{0, 0.0, context.dt, context.dt, context.seed, context.object, &failure_} {
  if (spec.synapse->delay_slot) delay_slot_ = static_cast<size_t>(*spec.synapse->delay_slot);
  check(spec);
  const std::vector<int32_t> delays = draw_delays(spec, connectivity, context.seed, context.object);
  arrange(connectivity, delays,
          {.by_row = kernel().storage == NA_BY_ROW,
           .cross = kernel().cross != 0,
           .narrow = kernel().index_size == sizeof(uint16_t)});

  for (size_t slot = 0; slot < fields_.size(); slot++) {
    const SynapseFieldSpec& field = fields_[slot];
    shared_.emplace_back();
    if (field.owner == FieldOwner::kSelf && field.scope == SynapseScope::kGlobal)
      shared_.back().emplace(NA_BLOCK * element_bytes(slot), slot);
  }
  parts_of_.resize(parts());
  for (size_t part = 0; part < parts(); part++) make_fields(part);
  find_delayed();

  if (spec.single_weight) {
    fill(weight_slot_, std::clamp(spec.weights.parameters[0], spec.weights.min, spec.weights.max));
  } else {
    const Array<double> weights = draw_values(spec.weights, kWeightDraw, connectivity, context.seed,
                                              context.object, spec.name);
    place(weight_slot_, {weights.data(), weights.size()});
  }
  if (delay_slot_) {
    const std::vector<double> steps(delays.begin(), delays.end());
    place(*delay_slot_, steps);
  }
  forget_events();
}

void ModelProjection::check(const ProjectionSpec& spec) const {
  const auto fail = [&](const std::string& what) { throw Error("BAD_SPEC", what, spec.name); };
  const auto own = [&](int32_t slot, const std::string& what) -> const SynapseFieldSpec& {
    if (slot < 0 || static_cast<size_t>(slot) >= fields_.size() ||
        fields_[static_cast<size_t>(slot)].owner != FieldOwner::kSelf) {
      fail("no such slot of the synapses: " + what);
    }
    return fields_[static_cast<size_t>(slot)];
  };
  const SynapseFieldSpec& weight = own(spec.synapse->weight_slot, "w");
  const SynapseScope scope = spec.single_weight ? SynapseScope::kGlobal : SynapseScope::kLocal;
  if (weight.type != FieldType::kReal || weight.scope != scope) fail("type or scope of w");
  if (uniform() == spec.synapse->delay_slot.has_value())
    fail("a field holds the delays where each synapse has its own, and only there");
  if (spec.synapse->delay_slot) {
    const SynapseFieldSpec& delay = own(*spec.synapse->delay_slot, "delay");
    if (delay.type != FieldType::kInt32 || delay.scope != SynapseScope::kLocal)
      fail("type or scope of the delays");
  }
  for (const int32_t slot : last_event_slots_) own(slot, "last event");
  for (const int32_t slot : expanded_slots_) {
    if (own(slot, "expanded").type != FieldType::kReal || kernel().expand == nullptr)
      fail("a field cannot be expanded");
  }
  for (const SynapseFieldSpec& field : fields_) {
    if (field.owner == FieldOwner::kSelf) continue;
    const Population& end = field.owner == FieldOwner::kPre ? pre_ : post_;
    if (field.slot < 0 || static_cast<size_t>(field.slot) >= end.fields().size())
      fail("no such field of a population: " + field.name);
    const Field& found = end.fields()[static_cast<size_t>(field.slot)];
    if (found.type != field.type || found.local() != (field.scope == SynapseScope::kLocal))
      fail("type or scope of the field " + field.name + " of a population");
  }
  const bool by_row = kernel().storage == NA_BY_ROW;
  const bool cross = kernel().cross != 0;
  if ((kernel().on_pre != nullptr || kernel().on_axon != nullptr) && by_row && !cross)
    fail("the synapse type asks for no order by column");
  if (kernel().on_post != nullptr && !by_row && !cross)
    fail("the synapse type asks for no order by row");
  if (kernel().transmit != nullptr && !by_row) fail("transmission needs storage by row");
}

size_t ModelProjection::element_bytes(size_t slot) const noexcept {
  return fields_[slot].type == FieldType::kReal ? real_bytes_ : sizeof(int32_t);
}

int64_t ModelProjection::length(size_t slot, size_t part) const noexcept {
  if (!index_[part].owns_rows()) return 0;
  switch (fields_[slot].scope) {
    case SynapseScope::kLocal:
      return index_[part].count;
    case SynapseScope::kRow:
      return index_[part].rows;
    case SynapseScope::kColumn:
      return index_[part].columns;
    case SynapseScope::kGlobal:
      break;
  }
  return 1;
}

void ModelProjection::make_fields(size_t part) {
  Part& made = parts_of_[part];
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    const SynapseFieldSpec& field = fields_[slot];
    made.own.emplace_back();
    void* address = nullptr;
    if (shared_[slot]) {
      address = shared_[slot]->data();
    } else if (field.owner == FieldOwner::kSelf) {
      const auto elements = static_cast<size_t>(length(slot, part));
      made.own.back().emplace(elements * element_bytes(slot), slot + part);
      address = made.own.back()->data();
    } else {
      address = address_of(field, part);
    }
    made.now.push_back(address);
  }
  made.delayed = made.now;
}

void* ModelProjection::address_of(const SynapseFieldSpec& field, size_t part) const noexcept {
  const Population& end = field.owner == FieldOwner::kPre ? pre_ : post_;
  const Field& remote = end.fields()[static_cast<size_t>(field.slot)];
  const bool from_row = field.owner == FieldOwner::kPost && remote.local();
  const auto first = from_row ? static_cast<size_t>(index_[part].first_post) : size_t{0};
  return remote.bytes() + first * remote.element_bytes;
}

void ModelProjection::find_delayed() {
  if (kernel().transmit == nullptr && kernel().update == nullptr) return;
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (ages(fields_[slot], uniform())) delayed_slots_.push_back(slot);
  }
  extend(longest_delay_);
}

void ModelProjection::extend(int32_t longest_delay) {
  for (const size_t slot : delayed_slots_)
    pre_.keep_history(static_cast<size_t>(fields_[slot].slot), longest_delay);
  if (uniform()) return;
  for (Part& part : parts_of_) {
    part.by_delay.resize(fields_.size());
    for (const size_t slot : delayed_slots_) {
      part.by_delay[slot].resize(static_cast<size_t>(longest_delay) + 1);
      part.delayed[slot] = part.by_delay[slot].data();
    }
  }
}

NaSynapses ModelProjection::view(size_t part, const std::vector<void*>& fields) const noexcept {
  const SynapseIndex& index = index_[part];
  NaSynapses view{};
  view.fields = fields.data();
  view.count = index.count;
  view.rows = index.rows;
  view.columns = index.columns;
  view.first_post = index.first_post;
  view.start = index.start.data();
  view.partner = index.partners();
  view.cross_start = index.cross_start.data();
  view.cross = index.cross.data();
  view.plasticity = switches_.plasticity ? 1 : 0;
  return view;
}

NaSynapses ModelProjection::delayed_view(size_t part, int64_t pushed) noexcept {
  Part& mine = parts_of_[part];
  // With delays all values come from the queue, also those of a delay of one step.
  const auto values = [&](size_t source, int64_t age) {
    return longest_delay_ > 1 ? pre_.past(source, age, pushed) : pre_.fields()[source].bytes();
  };
  for (const size_t slot : delayed_slots_) {
    const auto source = static_cast<size_t>(fields_[slot].slot);
    if (uniform()) {
      mine.delayed[slot] = const_cast<std::byte*>(values(source, uniform_delay_ - 1));
    } else {
      std::vector<const std::byte*>& table = mine.by_delay[slot];
      for (size_t delay = 1; delay < table.size(); delay++)
        table[delay] = values(source, static_cast<int64_t>(delay) - 1);
    }
  }
  return view(part, mine.delayed);
}

int64_t ModelProjection::deliver(size_t part, int64_t tick, const NaStep& step) noexcept {
  const NaSynapseKernel& hooks = kernel();
  int64_t events = 0;
  if (index_[part].count > 0 && (hooks.on_pre != nullptr || hooks.on_axon != nullptr)) {
    const NaSynapses synapses = view(part, parts_of_[part].now);
    const auto give = [&](NaEventsHook hook, auto add) {
      if (hook == nullptr) return;
      SegmentBuffer buffer([&](std::span<const NaSegment> segments) {
        hook(&synapses, segments.data(), static_cast<int64_t>(segments.size()), &step);
      });
      add(buffer);
      buffer.flush();
      events += buffer.synapses();
    };
    // Delays do not apply to axonal events: they arrive in the next step.
    const auto axon_events = [&](auto& buffer) {
      if (!switches_.axon_transmission || !remembered(tick, 1)) return;
      for (size_t source = 0; source < parts(); source++)
        add_columns(index_[part], pre_.axon_spikes(tick, source), buffer);
    };
    const bool same = hooks.on_axon == hooks.on_pre;
    if (!same) give(hooks.on_axon, axon_events);
    give(hooks.on_pre, [&](auto& buffer) { add_arrivals(part, tick, buffer); });
    if (same) give(hooks.on_axon, axon_events);
  }
  if (hooks.transmit != nullptr) {
    const NaSynapses synapses = delayed_view(part, tick);
    hooks.transmit(&synapses, &step);
  }
  return events;
}

void ModelProjection::learn_globals(int64_t tick, const NaStep& step) noexcept {
  if (kernel().globals == nullptr) return;
  const NaSynapses synapses = delayed_view(0, tick + 1);
  kernel().globals(&synapses, &step);
}

void ModelProjection::learn(size_t part, int64_t tick, const NaStep& step) noexcept {
  if (kernel().update == nullptr) return;
  const NaSynapses synapses = delayed_view(part, tick + 1);
  kernel().update(&synapses, &step);
}

void ModelProjection::deliver_post(size_t part, int64_t tick, const NaStep& step) noexcept {
  if (kernel().on_post == nullptr) return;
  const NaSynapses synapses = view(part, parts_of_[part].now);
  SegmentBuffer buffer([&](std::span<const NaSegment> segments) {
    kernel().on_post(&synapses, segments.data(), static_cast<int64_t>(segments.size()), &step);
  });
  add_rows(index_[part], post_.spikes_now(tick, part), buffer);
}

Access ModelProjection::access() const noexcept {
  const NaSynapseKernel& hooks = kernel();
  bool beyond = false;
  for (const SynapseFieldSpec& field : fields_) {
    beyond = beyond || field.owner == FieldOwner::kPre ||
             (field.owner == FieldOwner::kPost && field.scope == SynapseScope::kGlobal);
  }
  const bool early =
      hooks.transmit != nullptr || hooks.on_pre != nullptr || hooks.on_axon != nullptr;
  const bool learns = hooks.update != nullptr || hooks.on_post != nullptr ||
                      hooks.creating != nullptr || hooks.pruning != nullptr;
  return {.early = early && beyond,
          .late = learns && beyond,
          .globals = hooks.globals != nullptr,
          .learns = learns};
}

bool ModelProjection::reads_early(size_t pre_slot) const noexcept {
  if (!access().early) return false;
  return std::any_of(fields_.begin(), fields_.end(), [&](const SynapseFieldSpec& field) {
    return field.owner == FieldOwner::kPre && static_cast<size_t>(field.slot) == pre_slot;
  });
}

}  // namespace neurarchy
