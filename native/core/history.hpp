#pragma once

#include <cstddef>
#include <cstdint>

#include "field.hpp"

namespace neurarchy {

/// Past values of a field: a ring of rows, one pushed in each step.
///
/// One row more than delays reach back to, so that a thread may push while another still reads the
/// oldest values of the step before.
class History {
 public:
  /// All values are 0. @throws std::bad_alloc
  History(const Field& field, size_t slot, int32_t longest_delay);

  size_t slot() const noexcept { return slot_; }

  /// Copy the present values of a part, as those of the step `clock`.
  void push(const Range& range, int64_t clock) noexcept;

  /// Values `age` pushes before the last one, where `pushed` is the number of pushes so far. age in
  /// 0 ... longest_delay - 1.
  const std::byte* past(int64_t age, int64_t pushed) const noexcept {
    return row(pushed - 1 - age);
  }

  /// The same, to be written between runs.
  std::byte* kept(int64_t age, int64_t pushed) noexcept { return row(pushed - 1 - age); }

  /// Make the present values those of all steps.
  void fill() noexcept;

  /// Reach further back; what was never kept is 0. @throws std::bad_alloc
  void extend(int32_t longest_delay, int64_t pushed);

  size_t bytes() const noexcept { return rows_.bytes(); }

 private:
  std::byte* row(int64_t index) const noexcept;

  const Field* field_;
  size_t slot_;
  int64_t count_;     // of rows
  size_t row_bytes_;  // of a row: whole cache lines
  Memory rows_;
};

}  // namespace neurarchy
