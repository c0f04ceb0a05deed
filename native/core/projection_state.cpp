#include <algorithm>

#include "error.hpp"
#include "model_projection.hpp"

// The state of a projection: taking it out, and putting it back.

namespace neurarchy {

namespace {

bool contains(const std::vector<int32_t>& slots, size_t slot) noexcept {
  return std::find(slots.begin(), slots.end(), static_cast<int32_t>(slot)) != slots.end();
}

}  // namespace

ProjectionState Projection::state(int64_t step, int64_t tick) const {
  ProjectionState state;
  state.rows = static_cast<int64_t>(post_ranks_.size());
  state.synapses = synapses_;
  state.columns = pre_.size();
  state.step = step;
  const int64_t since = pre_.clock_tick(tick) - forgotten_;
  state.remembered = since >= 0 && since <= longest_delay_ ? since : -1;
  state.fields = kept_fields();
  return state;
}

void Projection::check(const ProjectionState& state, int64_t rows, int64_t synapses) const {
  const auto fail = [&](const std::string& what) { throw Error("BAD_STATE", what, name_); };
  if (state.rows != rows || state.synapses != synapses)
    fail("the state is that of " + std::to_string(state.synapses) + " synapses in " +
         std::to_string(state.rows) + " rows");
  if (state.columns != pre_.size())
    fail("the state is that of " + std::to_string(state.columns) + " presynaptic neurons");
  for (const StoredField& field : state.fields) {
    const std::optional<int64_t> count = kept_count(field.name, rows, synapses);
    if (count && field.values.size() != static_cast<size_t>(*count))
      fail("the state has " + std::to_string(field.values.size()) + " values of " + field.name);
  }
}

void Projection::restore(const ProjectionState& state, int64_t step, int64_t tick) {
  check(state, static_cast<int64_t>(post_ranks_.size()), synapses_);
  settle(tick);
  forgotten_ = state.remembered < 0 ? INT64_MIN / 2 : pre_.clock_tick(tick) - state.remembered;
  put_fields(state.fields, step - state.step);
}

bool ModelProjection::kept(size_t slot) const noexcept {
  const SynapseFieldSpec& field = fields_[slot];
  if (field.owner != FieldOwner::kSelf || slot == delay_slot_) return false;
  return is_kept(field.name) || (expanded(slot) && field.scope != SynapseScope::kLocal);
}

std::optional<int64_t> ModelProjection::kept_count(const std::string& name, int64_t rows,
                                                   int64_t synapses) const {
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (!kept(slot) || fields_[slot].name != name) continue;
    switch (fields_[slot].scope) {
      case SynapseScope::kLocal:
        return synapses;
      case SynapseScope::kRow:
        return rows;
      case SynapseScope::kColumn:
        return pre_.size();
      case SynapseScope::kGlobal:
        return 1;
    }
  }
  return std::nullopt;
}

std::vector<StoredField> ModelProjection::kept_fields() const {
  const auto rows = static_cast<int64_t>(post_ranks_.size());
  std::vector<StoredField> fields;
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (!kept(slot)) continue;
    const size_t bytes = element_bytes(slot);
    const auto count = static_cast<size_t>(*kept_count(fields_[slot].name, rows, synapse_count()));
    std::vector<std::byte> held(count * bytes);
    copy_held(slot, held.data());
    StoredField& stored = fields.emplace_back(StoredField{fields_[slot].name, {}});
    const auto convert = [&]<class Element>(const Element* from) {
      stored.values.assign(from, from + count);
    };
    if (fields_[slot].type == FieldType::kInt32) {
      convert(reinterpret_cast<const int32_t*>(held.data()));
    } else if (bytes == sizeof(double)) {
      convert(reinterpret_cast<const double*>(held.data()));
    } else {
      convert(reinterpret_cast<const float*>(held.data()));
    }
  }
  return fields;
}

void ModelProjection::put_fields(const std::vector<StoredField>& fields, int64_t later) {
  for (size_t slot = 0; slot < fields_.size(); slot++) {
    if (!kept(slot)) continue;
    for (const StoredField& stored : fields) {
      if (stored.name != fields_[slot].name) continue;
      std::vector<double> values = stored.values;
      if (contains(last_event_slots_, slot)) {
        for (double& value : values) {
          if (value != kNoEvent) value += static_cast<double>(later);
        }
      }
      if (fields_[slot].scope == SynapseScope::kGlobal) {
        fill(slot, values[0]);
      } else {
        place(slot, values);
      }
    }
  }
}

}  // namespace neurarchy
