#include "value_recorder.hpp"

#include <algorithm>
#include <utility>

#include "error.hpp"

namespace neurarchy {

ValueRecorder::ValueRecorder(std::string name, RecordPhase phase, int64_t period, int64_t offset)
    : name_(std::move(name)), phase_(phase), period_(period), offset_(offset) {
  if (period_ < 1) throw Error("BAD_SPEC", "no such period of recording", name_);
}

void ValueRecorder::set_shape(Element element, int64_t width) noexcept {
  element_ = element;
  width_ = width;
}

int64_t ValueRecorder::next_due(int64_t step) const noexcept {
  const int64_t remainder = ((step - offset_) % period_ + period_) % period_;
  return remainder == 0 ? step : step + period_ - remainder;
}

int64_t ValueRecorder::due(int64_t first_step, int64_t steps) const noexcept {
  const int64_t first = next_due(first_step);
  const int64_t end = first_step + steps;
  return first >= end ? 0 : (end - 1 - first) / period_ + 1;
}

void ValueRecorder::begin_run(int64_t first_step, int64_t steps) {
  first_due_ = next_due(first_step);
  const auto row = static_cast<size_t>(width_) * element_.bytes;
  const auto rows = static_cast<size_t>(records_ + due(first_step, steps));
  size_t needed = 0;
  if (__builtin_mul_overflow(rows, row, &needed)) throw out_of_memory(name_);
  if (needed <= block_.size()) return;
  try {
    // Half as much again for many short runs, just enough for a long one.
    const size_t spare = std::min(block_.size() / 2, size_t{1} << 28);
    block_.resize(std::max(needed, block_.size() + spare));
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

void ValueRecorder::record(RecordPhase phase, size_t part, int64_t step) noexcept {
  if (phase != phase_ || !is_due(step)) return;
  const auto row = static_cast<size_t>(records_ + (step - first_due_) / period_);
  copy(part, block_.data() + row * static_cast<size_t>(width_) * element_.bytes);
}

std::span<const std::byte> ValueRecorder::data() const noexcept {
  return {block_.data(), static_cast<size_t>(records_ * width_) * element_.bytes};
}

void* ValueRecorder::release() noexcept {
  records_ = 0;
  return block_.release();
}

}  // namespace neurarchy
