#include <algorithm>

#include "error.hpp"
#include "model_projection.hpp"

// Variables that are held once per row or column: assigning them, and giving them up for one value
// per synapse.

namespace neurarchy {

namespace {

bool contains(const std::vector<int32_t>& slots, size_t slot) noexcept {
  return std::find(slots.begin(), slots.end(), static_cast<int32_t>(slot)) != slots.end();
}

/// Visit (position in storage, row, column) of all synapses of a part.
template <class Visit>
void for_each_place(const SynapseIndex& index, Visit visit) {
  for (size_t line = 0; line + 1 < index.start.size(); line++) {
    const auto end = static_cast<size_t>(index.start[line + 1]);
    for (auto i = static_cast<size_t>(index.start[line]); i < end; i++) {
      const auto partner = size_t{index.partner(i)};
      visit(i, index.by_row ? line : partner, index.by_row ? partner : line);
    }
  }
}

template <class Real>
void take_firsts(const SynapseIndex& index, SynapseScope scope, std::span<const Real> wanted,
                 Real* held) {
  std::vector<bool> known(
      static_cast<size_t>(scope == SynapseScope::kRow ? index.rows : index.columns));
  for_each_place(index, [&](size_t position, size_t row, size_t column) {
    const size_t neuron = scope == SynapseScope::kRow ? row : column;
    if (!known[neuron]) held[neuron] = wanted[position];
    known[neuron] = true;
  });
}

}  // namespace

/*
 * Held values say the same as one value for each synapse where two things agree: what the synapses
 * see now, and what they will see after their next event. The second differs from the first where
 * a synapse had an event since the last one of its neuron, unless the value stands still by itself.
 * Both show in what `expand` makes of the values.
 */
bool ModelProjection::hold_values(size_t slot, std::span<const double> values) {
  const SynapticField shape = field(slot);
  if (!expanded(slot) || fields_[slot].scope == SynapseScope::kLocal) {
    set_values(slot, values);
    return true;
  }
  if (values.size() != 1) check_count(values.size(), shape.count);
  return real_bytes_ == sizeof(double) ? hold<double>(slot, values) : hold<float>(slot, values);
}

template <class Real>
bool ModelProjection::hold(size_t slot, std::span<const double> values) {
  std::vector<std::vector<Real>> wanted(parts());
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    wanted[part].assign(static_cast<size_t>(index.count), static_cast<Real>(values[0]));
    if (values.size() == 1) continue;
    const double* const first = values.data() + (index.count > 0 ? first_synapse(part) : 0);
    index.for_each([&](size_t user, size_t position, int32_t) {
      wanted[part][position] = static_cast<Real>(first[user]);
    });
  }
  const auto agrees = [&] {
    for (size_t part = 0; part < parts(); part++) {
      if (index_[part].count == 0) continue;
      std::vector<Real> seen(wanted[part].size());
      expand(slot, part, reinterpret_cast<std::byte*>(seen.data()));
      if (seen != wanted[part]) return false;
    }
    return true;
  };
  if (agrees()) return true;
  std::vector<std::vector<Real>> before;
  for (size_t part = 0; part < parts(); part++) {
    auto* const held = reinterpret_cast<Real*>(this->values(slot, part));
    const auto count = static_cast<size_t>(length(slot, part));
    before.emplace_back(held, held + count);
    if (values.size() == 1) std::fill_n(held, count, static_cast<Real>(values[0]));
    take_firsts<Real>(index_[part], fields_[slot].scope, wanted[part], held);
  }
  if (agrees()) return true;
  for (size_t part = 0; part < parts(); part++) {
    std::copy(before[part].begin(), before[part].end(),
              reinterpret_cast<Real*>(this->values(slot, part)));
  }
  return false;
}

void ModelProjection::hold_by_synapse(const SynapseSpec& spec) {
  const auto fail = [&](const std::string& what) { throw Error("BAD_SPEC", what, name()); };
  const Precision precision =
      real_bytes_ == sizeof(double) ? Precision::kDouble : Precision::kFloat;
  SynapseLibrary library(spec, precision, name());
  const NaSynapseKernel& other = library.kernel();
  if (other.storage != kernel().storage || other.cross != kernel().cross ||
      other.index_size != kernel().index_size ||
      spec.weight_slot != static_cast<int32_t>(weight_slot_))
    fail("another form of a synapse type stores its synapses alike");

  const size_t none = fields_.size();
  std::vector<size_t> sources;  // slot of the same field in the present form
  for (const SynapseFieldSpec& made : spec.fields) {
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) {
      return field.name == made.name && field.owner == made.owner;
    });
    const auto source = static_cast<size_t>(found - fields_.begin());
    sources.push_back(source);
    if (made.owner != FieldOwner::kSelf) continue;
    const size_t slot = sources.size() - 1;
    const bool spreads =
        made.scope == SynapseScope::kLocal &&
        (source == none ? contains(spec.last_event_slots, slot) : expanded(source));
    if (!spreads && (source == none || fields_[source].scope != made.scope))
      fail("no values for the field " + made.name);
  }

  std::vector<Part> parts_made(parts());
  for (size_t part = 0; part < parts(); part++) {
    Part& made = parts_made[part];
    made.own.resize(spec.fields.size());
    for (size_t slot = 0; slot < spec.fields.size(); slot++) {
      const SynapseFieldSpec& field = spec.fields[slot];
      const size_t source = sources[slot];
      if (field.owner != FieldOwner::kSelf) {
        made.now.push_back(address_of(field, part));
        continue;
      }
      if (source != none && fields_[source].scope == field.scope) {
        made.now.push_back(parts_of_[part].now[source]);
        continue;
      }
      const auto count = static_cast<size_t>(index_[part].count);
      const size_t bytes = field.type == FieldType::kReal ? real_bytes_ : sizeof(int32_t);
      auto& memory = made.own[slot].emplace(count * bytes, slot + part);
      made.now.push_back(memory.data());
      if (count == 0) continue;
      if (source != none) {
        expand(source, part, static_cast<std::byte*>(memory.data()));
      } else {
        latest_events(part, static_cast<int32_t*>(memory.data()));
      }
    }
    made.delayed = made.now;
  }
  std::vector<std::optional<Memory>> shared(spec.fields.size());
  std::vector<SynapseFieldSpec> fields = spec.fields;
  std::vector<int32_t> last_events = spec.last_event_slots;
  std::vector<int32_t> expanded_ones = spec.expanded_slots;

  // Nothing fails from here on but a history that the form before it did not need.
  for (size_t slot = 0; slot < fields.size(); slot++) {
    const size_t source = sources[slot];
    if (source == none || fields_[source].scope != fields[slot].scope) continue;
    if (shared_[source]) shared[slot] = std::move(shared_[source]);
    for (size_t part = 0; part < parts(); part++) {
      if (parts_of_[part].own[source])
        parts_made[part].own[slot] = std::move(parts_of_[part].own[source]);
    }
  }
  std::swap(library_, library);
  fields_ = std::move(fields);
  shared_ = std::move(shared);
  last_event_slots_ = std::move(last_events);
  expanded_slots_ = std::move(expanded_ones);
  delay_slot_.reset();
  if (spec.delay_slot) delay_slot_ = static_cast<size_t>(*spec.delay_slot);
  parts_of_ = std::move(parts_made);
  delayed_slots_.clear();
  find_delayed();
}

void ModelProjection::latest_events(size_t part, int32_t* latest) const {
  std::fill_n(latest, static_cast<size_t>(index_[part].count), kNoEvent);
  for (const int32_t number : last_event_slots_) {
    const auto slot = static_cast<size_t>(number);
    const SynapseScope scope = fields_[slot].scope;
    const auto* const events = reinterpret_cast<const int32_t*>(values(slot, part));
    for_each_place(index_[part], [&](size_t position, size_t row, size_t column) {
      const size_t element = scope == SynapseScope::kRow      ? row
                             : scope == SynapseScope::kColumn ? column
                                                              : position;
      latest[position] = std::max(latest[position], events[element]);
    });
  }
}

}  // namespace neurarchy
