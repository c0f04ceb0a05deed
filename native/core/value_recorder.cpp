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

void ValueRecorder::begin_run(int64_t first_step, int64_t steps) { reserve(first_step, steps); }

void ValueRecorder::reserve(int64_t step, int64_t steps) {
  first_step_ = step;
  first_due_ = next_due(step);
  const auto rows = static_cast<size_t>(due(step, steps));
  size_t needed = 0;
  if (__builtin_mul_overflow(rows, record_bytes(), &needed) ||
      __builtin_add_overflow(needed, used_, &needed))
    throw out_of_memory(name_);
  if (needed <= block_.size()) return;
  try {
    // Half as much again for many short runs, just enough for a long one.
    const size_t spare = std::min(block_.size() / 2, size_t{1} << 28);
    block_.resize(std::max(needed, block_.size() + spare));
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

void ValueRecorder::advance(int64_t step) noexcept {
  const int64_t recorded = due(first_step_, step - first_step_);
  records_ += recorded;
  used_ += static_cast<size_t>(recorded) * record_bytes();
  first_step_ = step;
  first_due_ = next_due(step);
}

void ValueRecorder::change_width(int64_t width, std::vector<int32_t> lengths, int64_t step,
                                 int64_t steps) {
  advance(step);
  // Changes without a record between them count as one.
  if (!changes_.empty() && changes_.back().record == records_) changes_.pop_back();
  changes_.push_back({records_, std::move(lengths)});
  width_ = width;
  reserve(step, steps);
}

double ValueRecorder::needed(int64_t first_step, int64_t steps) const noexcept {
  const auto rows = static_cast<double>(records_) + static_cast<double>(due(first_step, steps));
  const double row = static_cast<double>(width_) * static_cast<double>(element_.bytes);
  return std::max(0.0, rows * row - static_cast<double>(block_.size()));
}

void ValueRecorder::record(RecordPhase phase, size_t part, int64_t step) noexcept {
  if (phase != phase_ || !is_due(step)) return;
  const auto row = static_cast<size_t>((step - first_due_) / period_);
  copy(part, block_.data() + used_ + row * record_bytes());
}

std::span<const std::byte> ValueRecorder::data() const noexcept { return {block_.data(), used_}; }

void* ValueRecorder::release() noexcept {
  records_ = 0;
  used_ = 0;
  if (!changes_.empty()) {
    changes_.erase(changes_.begin(), changes_.end() - 1);
    changes_.front().record = 0;
  }
  return block_.release();
}

}  // namespace neurarchy
