#include "history.hpp"

#include <cstring>
#include <new>
#include <utility>

namespace neurarchy {

namespace {

size_t padded_bytes(const Field& field) {
  const auto elements = static_cast<size_t>(padded_size(field.count));
  return elements * field.element_bytes;
}

size_t total_bytes(int64_t rows, size_t row_bytes) {
  size_t total = 0;
  if (__builtin_mul_overflow(static_cast<size_t>(rows), row_bytes, &total)) throw std::bad_alloc();
  return total;
}

}  // namespace

History::History(const Field& field, size_t slot, int32_t longest_delay)
    : field_(&field),
      slot_(slot),
      count_(int64_t{longest_delay} + 1),
      row_bytes_(padded_bytes(field)),
      rows_(total_bytes(count_, row_bytes_), slot) {}

std::byte* History::row(int64_t index) const noexcept {
  const int64_t place = ((index % count_) + count_) % count_;
  return static_cast<std::byte*>(rows_.data()) + static_cast<size_t>(place) * row_bytes_;
}

void History::push(const Range& range, int64_t clock) noexcept {
  const Elements part = elements(*field_, range);
  if (part.size() == 0) return;
  const size_t begin = part.begin * field_->element_bytes;
  std::memcpy(row(clock) + begin, field_->bytes() + begin, part.size() * field_->element_bytes);
}

void History::fill() noexcept {
  const size_t used = static_cast<size_t>(field_->count) * field_->element_bytes;
  for (int64_t i = 0; i < count_; i++) std::memcpy(row(i), field_->bytes(), used);
}

void History::extend(int32_t longest_delay, int64_t pushed) {
  if (longest_delay < count_) return;
  History longer(*field_, slot_, longest_delay);
  for (int64_t age = 0; age + 1 < count_; age++) {
    std::memcpy(longer.row(pushed - 1 - age), row(pushed - 1 - age), row_bytes_);
  }
  *this = std::move(longer);
}

}  // namespace neurarchy
