#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "field.hpp"
#include "memory.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Recordings of values, row by row in one block that grows before a run by the number of its
/// records.
class ValueRecorder {
 public:
  virtual ~ValueRecorder() = default;
  ValueRecorder(const ValueRecorder&) = delete;
  ValueRecorder& operator=(const ValueRecorder&) = delete;

  /// Make room for a run. @throws Error OUT_OF_MEMORY, with the name of what is recorded.
  void begin_run(int64_t first_step, int64_t steps);

  /// Copy what the part owns at a step. Thread of the part.
  void record(RecordPhase phase, size_t part, int64_t step) noexcept;

  void end_run(int64_t first_step, int64_t done) noexcept { records_ += due(first_step, done); }

  int64_t records() const noexcept { return records_; }
  int64_t width() const noexcept { return width_; }
  Element element() const noexcept { return element_; }
  std::span<const std::byte> data() const noexcept;

  /// Hand over the memory and start anew; the caller frees it with std::free.
  void* release() noexcept;
  size_t bytes() const noexcept { return block_.bytes(); }

 protected:
  /// Of what `name` is recorded, when, and how values are stored. Values per record: set_width.
  /// @throws Error BAD_SPEC
  ValueRecorder(std::string name, RecordPhase phase, int64_t period, int64_t offset);
  void set_shape(Element element, int64_t width) noexcept;

  const std::string& name() const noexcept { return name_; }

  /// Copy the part's values of a record to their places.
  virtual void copy(size_t part, std::byte* record) noexcept = 0;

 private:
  bool is_due(int64_t step) const noexcept { return (step - offset_) % period_ == 0; }
  /// The first due step at or after `step`.
  int64_t next_due(int64_t step) const noexcept;
  /// Due steps among `steps` from `first_step` on.
  int64_t due(int64_t first_step, int64_t steps) const noexcept;

  std::string name_;
  RecordPhase phase_;
  int64_t period_;
  int64_t offset_;
  Element element_{FieldType::kReal, sizeof(double)};
  int64_t width_ = 0;
  Array<std::byte> block_;
  int64_t records_ = 0;
  int64_t first_due_ = 0;  // of the run
};

}  // namespace neurarchy
