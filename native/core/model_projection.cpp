#include "model_projection.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "error.hpp"
#include "segments.hpp"
#include "streams.hpp"
#include "weights.hpp"

namespace neurarchy {

namespace {

/// lastEvent of a synapse that had none.
constexpr int32_t kNoEvent = -10'000;

/// Copy elements of 4 or 8 bytes: to[target(i)] = from[source(i)], for the indices that `walk`
/// gives.
template <class Walk>
void copy_elements(size_t bytes, std::byte* to, const std::byte* from, Walk walk) {
  if (bytes == 8) {
    walk([&](size_t target, size_t source) { std::memcpy(to + target * 8, from + source * 8, 8); });
  } else {
    walk([&](size_t target, size_t source) { std::memcpy(to + target * 4, from + source * 4, 4); });
  }
}

/// Writes numbers as elements of a field.
class Writer {
 public:
  Writer(FieldType type, size_t bytes, std::byte* to) noexcept
      : type_(type), bytes_(bytes), to_(to) {}

  void operator()(size_t element, double value) const noexcept {
    if (type_ == FieldType::kInt32) {
      write(element, whole(value));
    } else if (bytes_ == sizeof(double)) {
      write(element, value);
    } else {
      write(element, static_cast<float>(value));
    }
  }

 private:
  template <class Element>
  void write(size_t element, Element value) const noexcept {
    std::memcpy(to_ + element * sizeof(Element), &value, sizeof(Element));
  }

  static int32_t whole(double value) noexcept {
    if (std::isnan(value)) return 0;
    constexpr double kLowest = std::numeric_limits<int32_t>::min();
    constexpr double kHighest = std::numeric_limits<int32_t>::max();
    return static_cast<int32_t>(std::clamp(value, kLowest, kHighest));
  }

  FieldType type_;
  size_t bytes_;
  std::byte* to_;
};

bool contains(const std::vector<int32_t>& slots, size_t slot) noexcept {
  return std::find(slots.begin(), slots.end(), static_cast<int32_t>(slot)) != slots.end();
}

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

bool ModelProjection::expanded(size_t slot) const noexcept {
  return contains(expanded_slots_, slot);
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
      const Population& end = field.owner == FieldOwner::kPre ? pre_ : post_;
      const Field& remote = end.fields()[static_cast<size_t>(field.slot)];
      const bool from_row = field.owner == FieldOwner::kPost && remote.local();
      const auto first = from_row ? static_cast<size_t>(index_[part].first_post) : size_t{0};
      address = remote.bytes() + first * remote.element_bytes;
    }
    made.now.push_back(address);
  }
  made.delayed = made.now;
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
  for (const size_t slot : delayed_slots_) {
    const auto source = static_cast<size_t>(fields_[slot].slot);
    if (uniform()) {
      mine.delayed[slot] = const_cast<std::byte*>(pre_.past(source, uniform_delay_ - 1, pushed));
    } else {
      std::vector<const std::byte*>& table = mine.by_delay[slot];
      for (size_t delay = 1; delay < table.size(); delay++)
        table[delay] = pre_.past(source, static_cast<int64_t>(delay) - 1, pushed);
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
  const bool learns = hooks.update != nullptr || hooks.on_post != nullptr;
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

// ---- Values ----------------------------------------------------------------------------------

std::byte* ModelProjection::values(size_t slot, size_t part) const noexcept {
  return static_cast<std::byte*>(parts_of_[part].now[slot]);
}

SynapticField ModelProjection::field(size_t slot) const {
  if (slot >= fields_.size() || fields_[slot].owner != FieldOwner::kSelf)
    throw Error("BAD_SPEC", "no such field of the synapses", name());
  const SynapseFieldSpec& field = fields_[slot];
  int64_t count = 1;
  if (expanded(slot) || field.scope == SynapseScope::kLocal) {
    count = synapse_count();
  } else if (field.scope == SynapseScope::kRow) {
    count = static_cast<int64_t>(post_ranks_.size());
  } else if (field.scope == SynapseScope::kColumn) {
    count = pre_.size();
  }
  return {field.type, element_bytes(slot), count};
}

void ModelProjection::copy_values(size_t slot, std::byte* to) const {
  const SynapticField shape = field(slot);
  const size_t bytes = shape.element_bytes;
  const SynapseScope scope = fields_[slot].scope;
  if (scope == SynapseScope::kGlobal) {
    std::memcpy(to, shared_[slot]->data(), bytes);
    return;
  }
  Array<std::byte> work;
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    if (!index.owns_rows()) continue;
    const std::byte* from = values(slot, part);
    if (expanded(slot)) {
      if (index.count == 0) continue;
      work.resize(static_cast<size_t>(index.count) * bytes);
      expand(slot, part, work.data());
      from = work.data();
    } else if (scope == SynapseScope::kColumn) {
      // All parts have the same.
      std::memcpy(to, from, static_cast<size_t>(index.columns) * bytes);
      return;
    } else if (scope == SynapseScope::kRow) {
      copy_elements(bytes, to, from, [&](auto copy) {
        for (size_t row = index.first_row; row < index.end_row; row++)
          copy(row, static_cast<size_t>(post_ranks_[row] - index.first_post));
      });
      continue;
    }
    copy_elements(bytes, to + first_synapse(part) * bytes, from, [&](auto copy) {
      index.for_each([&](size_t user, size_t position, int32_t) { copy(user, position); });
    });
  }
}

void ModelProjection::set_values(size_t slot, std::span<const double> values) {
  const SynapticField shape = field(slot);
  if (expanded(slot) && fields_[slot].scope != SynapseScope::kLocal) {
    // Held once per row or column: it cannot differ from synapse to synapse.
    check_count(values.size(), 1);
  } else {
    check_count(values.size(), shape.count);
  }
  if (values.size() == 1) {
    fill(slot, values[0]);
  } else {
    place(slot, values);
  }
}

void ModelProjection::fill(size_t slot, double value) noexcept {
  const size_t bytes = element_bytes(slot);
  if (shared_[slot]) {
    Writer(fields_[slot].type, bytes, static_cast<std::byte*>(shared_[slot]->data()))(0, value);
    return;
  }
  for (size_t part = 0; part < parts(); part++) {
    const Writer write(fields_[slot].type, bytes, values(slot, part));
    const auto count = static_cast<size_t>(length(slot, part));
    for (size_t i = 0; i < count; i++) write(i, value);
  }
}

void ModelProjection::place(size_t slot, std::span<const double> given) noexcept {
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    const Writer write(fields_[slot].type, element_bytes(slot), values(slot, part));
    if (!index.owns_rows()) continue;
    if (fields_[slot].scope == SynapseScope::kColumn) {
      for (size_t i = 0; i < given.size(); i++) write(i, given[i]);
    } else if (fields_[slot].scope == SynapseScope::kRow) {
      for (size_t row = index.first_row; row < index.end_row; row++)
        write(static_cast<size_t>(post_ranks_[row] - index.first_post), given[row]);
    } else {
      const double* const first = given.data() + first_synapse(part);
      index.for_each([&](size_t user, size_t position, int32_t) { write(position, first[user]); });
    }
  }
}

void ModelProjection::forget_events() noexcept {
  for (const int32_t slot : last_event_slots_) fill(static_cast<size_t>(slot), kNoEvent);
}

void ModelProjection::settle(int64_t tick) noexcept {
  Projection::settle(tick);
  forget_events();
}

void ModelProjection::copy_delays(size_t part, std::span<int32_t> delays) const {
  const auto* const from = reinterpret_cast<const int32_t*>(values(*delay_slot_, part));
  index_[part].for_each(
      [&](size_t user, size_t position, int32_t) { delays[user] = from[position]; });
}

void ModelProjection::move_values(const std::vector<SynapseIndex>& before,
                                  std::span<const int32_t> delays) {
  for (size_t part = 0; part < parts(); part++) {
    const std::vector<uint32_t> place = before[part].positions();
    for (size_t slot = 0; slot < fields_.size(); slot++) {
      std::optional<Memory>& own = parts_of_[part].own[slot];
      if (!own || fields_[slot].scope != SynapseScope::kLocal) continue;
      const size_t bytes = element_bytes(slot);
      Array<std::byte> old(own->bytes());
      if (old.size() == 0) continue;
      auto* const to = static_cast<std::byte*>(own->data());
      std::memcpy(old.data(), to, old.size());
      copy_elements(bytes, to, old.data(), [&](auto copy) {
        index_[part].for_each(
            [&](size_t user, size_t position, int32_t) { copy(position, place[user]); });
      });
    }
  }
  const std::vector<double> steps(delays.begin(), delays.end());
  place(*delay_slot_, steps);
}

// ---- Recording -------------------------------------------------------------------------------

void ModelProjection::expand(size_t slot, size_t part, std::byte* to) const noexcept {
  const NaSynapses synapses = view(part, parts_of_[part].now);
  kernel().expand(&synapses, static_cast<int32_t>(slot), reinterpret_cast<na_real*>(to), &rest_);
}

std::vector<uint32_t> ModelProjection::elements_of(size_t slot, size_t part,
                                                   std::span<const int32_t> rows) {
  field(slot);
  const SynapseScope scope = fields_[slot].scope;
  if (scope == SynapseScope::kGlobal)
    return part == 0 ? std::vector<uint32_t>{0} : std::vector<uint32_t>{};
  if (expanded(slot)) {
    const size_t bytes = static_cast<size_t>(index_[part].count) * element_bytes(slot);
    if (parts_of_[part].expanded.size() < bytes) parts_of_[part].expanded.resize(bytes);
    return positions_of(part, rows);
  }
  if (scope == SynapseScope::kLocal) return positions_of(part, rows);
  if (scope == SynapseScope::kColumn)
    throw Error("BAD_SPEC", "a field of the pre neurons is not recorded by rows", name());
  std::vector<uint32_t> elements;
  for (const int32_t row : rows) {
    elements.push_back(
        static_cast<uint32_t>(post_ranks_[static_cast<size_t>(row)] - index_[part].first_post));
  }
  return elements;
}

void ModelProjection::copy_row_values(size_t slot, size_t part, std::span<const uint32_t> elements,
                                      std::byte* to) noexcept {
  if (elements.empty()) return;
  const std::byte* from = values(slot, part);
  if (expanded(slot)) {
    std::byte* const work = parts_of_[part].expanded.data();
    expand(slot, part, work);
    from = work;
  }
  copy_elements(element_bytes(slot), to, from, [&](auto copy) {
    for (size_t i = 0; i < elements.size(); i++) copy(i, elements[i]);
  });
}

size_t ModelProjection::bytes() const noexcept {
  size_t total = Projection::bytes();
  for (const Part& part : parts_of_) {
    for (const std::optional<Memory>& own : part.own) total += own ? own->bytes() : 0;
    total += part.expanded.bytes();
  }
  return total;
}

}  // namespace neurarchy
