#include "synapse_recorder.hpp"

#include <algorithm>
#include <numeric>

#include "error.hpp"

namespace neurarchy {

SynapseRecorder::SynapseRecorder(const SynapseRecorderSpec& spec, Projection& projection,
                                 size_t parts)
    : ValueRecorder(projection.name(), RecordPhase::kEnd, spec.period, spec.offset),
      projection_(&projection),
      slot_(static_cast<size_t>(spec.slot)),
      parts_(parts) {
  if (spec.slot < 0) throw Error("BAD_SPEC", "no such field", name());
  // Parts hold the rows one after the other, so that ascending rows are recorded in their order.
  if (spec.rows && std::adjacent_find(spec.rows->begin(), spec.rows->end(),
                                      std::greater_equal<>()) != spec.rows->end()) {
    throw Error("BAD_RANKS", "the rows to record do not ascend", name());
  }
  size_t found = 0;
  for (size_t index = 0; index < parts; index++) {
    const auto [begin, end] = projection.rows(index);
    std::vector<int32_t>& rows = parts_[index].rows;
    if (!spec.rows) {
      rows.resize(end - begin);
      std::iota(rows.begin(), rows.end(), static_cast<int32_t>(begin));
      continue;
    }
    for (const int32_t row : *spec.rows) {
      if (row >= static_cast<int32_t>(begin) && row < static_cast<int32_t>(end))
        rows.push_back(row);
    }
    found += rows.size();
  }
  if (spec.rows && found != spec.rows->size())
    throw Error("BAD_RANKS", "no such row of the projection", name());
  const SynapticField field = projection.field(slot_);
  set_shape({field.type, field.element_bytes}, locate());
  if (std::vector<int32_t> found = lengths(); !found.empty()) begin_lengths(std::move(found));
}

int64_t SynapseRecorder::locate() {
  const SynapticField field = projection_->field(slot_);
  size_t width = 0;
  for (size_t index = 0; index < parts_.size(); index++) {
    Part& part = parts_[index];
    part.elements = projection_->elements_of(slot_, index, part.rows);
    part.offset = width * field.element_bytes;
    width += part.elements.size();
  }
  return static_cast<int64_t>(width);
}

std::vector<int32_t> SynapseRecorder::lengths() const {
  std::vector<int32_t> lengths;
  if (!projection_->changeable() || !projection_->local(slot_)) return lengths;
  for (const Part& part : parts_) {
    for (const int32_t row : part.rows)
      lengths.push_back(static_cast<int32_t>(projection_->row_length(static_cast<size_t>(row))));
  }
  return lengths;
}

void SynapseRecorder::follow(Projection& projection, int64_t step) {
  projection_ = &projection;
  relocate(projection, step, 0);
}

void SynapseRecorder::relocate(const Projection& projection, int64_t step, int64_t steps) {
  if (&projection != projection_) return;
  const int64_t width = locate();
  std::vector<int32_t> found = lengths();
  if (!found.empty() && found != changes().back().lengths)
    change_width(width, std::move(found), step, steps);
}

void SynapseRecorder::copy(size_t index, std::byte* record) noexcept {
  const Part& part = parts_[index];
  projection_->copy_row_values(slot_, index, part.elements, record + part.offset);
}

}  // namespace neurarchy
