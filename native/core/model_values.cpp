#include <algorithm>
#include <cstring>

#include "element_writer.hpp"
#include "error.hpp"
#include "model_projection.hpp"

// Values of the synapses: reading, writing, moving and recording them.

namespace neurarchy {

namespace {

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

bool contains(const std::vector<int32_t>& slots, size_t slot) noexcept {
  return std::find(slots.begin(), slots.end(), static_cast<int32_t>(slot)) != slots.end();
}

}  // namespace

bool ModelProjection::expanded(size_t slot) const noexcept {
  return contains(expanded_slots_, slot);
}

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
  const size_t bytes = field(slot).element_bytes;
  if (!expanded(slot)) return copy_held(slot, to);
  Array<std::byte> work;
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    if (index.count == 0) continue;
    work.resize(static_cast<size_t>(index.count) * bytes);
    expand(slot, part, work.data());
    copy_elements(bytes, to + first_synapse(part) * bytes, work.data(), [&](auto copy) {
      index.for_each([&](size_t user, size_t position, int32_t) { copy(user, position); });
    });
  }
}

void ModelProjection::copy_held(size_t slot, std::byte* to) const {
  const size_t bytes = element_bytes(slot);
  const SynapseScope scope = fields_[slot].scope;
  if (scope == SynapseScope::kGlobal) {
    std::memcpy(to, shared_[slot]->data(), bytes);
    return;
  }
  bool begun = false;
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    if (!index.owns_rows()) continue;
    const std::byte* from = values(slot, part);
    if (scope == SynapseScope::kColumn) {
      // A part follows the columns in which it has synapses; they have the same in all such parts.
      const int64_t* start = index.count > 0 ? index.column_start() : nullptr;
      copy_elements(bytes, to, from, [&](auto copy) {
        for (size_t column = 0; column < static_cast<size_t>(index.columns); column++) {
          if (!begun || (start != nullptr && start[column] < start[column + 1]))
            copy(column, column);
        }
      });
      begun = true;
      continue;
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
    ElementWriter(fields_[slot].type, bytes, static_cast<std::byte*>(shared_[slot]->data()))(0,
                                                                                             value);
    return;
  }
  for (size_t part = 0; part < parts(); part++) {
    const ElementWriter write(fields_[slot].type, bytes, values(slot, part));
    const auto count = static_cast<size_t>(length(slot, part));
    for (size_t i = 0; i < count; i++) write(i, value);
  }
}

void ModelProjection::place(size_t slot, std::span<const double> given) noexcept {
  for (size_t part = 0; part < parts(); part++) {
    const SynapseIndex& index = index_[part];
    const ElementWriter write(fields_[slot].type, element_bytes(slot), values(slot, part));
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
  for (const std::optional<Memory>& shared : shared_) total += shared ? shared->bytes() : 0;
  for (const Part& part : parts_of_) {
    for (const std::optional<Memory>& own : part.own) total += own ? own->bytes() : 0;
    total += part.expanded.bytes();
  }
  return total;
}

}  // namespace neurarchy
