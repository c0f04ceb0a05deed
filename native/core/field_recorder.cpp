#include "field_recorder.hpp"

#include <cstring>

#include "error.hpp"

namespace neurarchy {

FieldRecorder::FieldRecorder(const FieldRecorderSpec& spec, const Population& population)
    : ValueRecorder(population.name(), spec.phase, spec.period, spec.offset),
      population_(&population),
      all_(!spec.ranks),
      copies_(population.parts()) {
  if (spec.slot < 0 || static_cast<size_t>(spec.slot) >= population.fields().size())
    throw Error("BAD_SPEC", "no such field", name());
  field_ = &population.fields()[static_cast<size_t>(spec.slot)];
  if (!field_->local() && !all_) throw Error("BAD_RANKS", "a global field has no ranks", name());
  set_shape({field_->type, field_->element_bytes},
            all_ ? field_->count : static_cast<int64_t>(spec.ranks->size()));
  if (all_) return;
  for (size_t column = 0; column < spec.ranks->size(); column++) {
    const int32_t rank = (*spec.ranks)[column];
    if (rank < 0 || rank >= population.size())
      throw Error("BAD_RANKS", "rank outside the population", name());
    for (size_t part = 0; part < copies_.size(); part++) {
      const Range& range = population.range(part);
      if (rank >= range.begin && rank < range.end)
        copies_[part].push_back({column, static_cast<size_t>(rank)});
    }
  }
}

void FieldRecorder::copy(size_t part, std::byte* record) noexcept {
  const size_t bytes = field_->element_bytes;
  const std::byte* from = field_->bytes();
  if (!field_->local()) {
    if (part == 0) std::memcpy(record, from, bytes);
  } else if (all_) {
    const Elements own = elements(*field_, population_->range(part));
    if (own.size() == 0) return;
    std::memcpy(record + own.begin * bytes, from + own.begin * bytes, own.size() * bytes);
  } else {
    for (const Copy& copy : copies_[part])
      std::memcpy(record + copy.column * bytes, from + copy.element * bytes, bytes);
  }
}

}  // namespace neurarchy
