#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "field.hpp"
#include "memory.hpp"
#include "spec.hpp"

namespace neurarchy {

class Projection;

/// Recordings of values, row by row in one block that grows before a run by the number of its
/// records.
class ValueRecorder {
 public:
  virtual ~ValueRecorder() = default;
  ValueRecorder(const ValueRecorder&) = delete;
  ValueRecorder& operator=(const ValueRecorder&) = delete;

  /// Make room for a run. @throws Error OUT_OF_MEMORY, with the name of what is recorded.
  void begin_run(int64_t first_step, int64_t steps);

  /// What `begin_run` would have to add at least. [bytes]
  double needed(int64_t first_step, int64_t steps) const noexcept;

  /// Copy what the part owns at a step. Thread of the part.
  void record(RecordPhase phase, size_t part, int64_t step) noexcept;

  /// `end_step`: the first step after the run.
  void end_run(int64_t end_step) noexcept { advance(end_step); }

  /// Whether it records the synapses of a projection.
  virtual bool records_of(const Projection& /*projection*/) const noexcept { return false; }
  /// Record those of another projection, with as many rows, from now on: of `step`.
  virtual void follow(Projection& /*projection*/, int64_t /*step*/) {}
  /// The synapses of a projection stand elsewhere, or are others; also between runs. Records from
  /// `step` on, of which there may be `steps` more in this run, can be of another width.
  /// @throws Error OUT_OF_MEMORY, with the name of what is recorded.
  virtual void relocate(const Projection& /*projection*/, int64_t /*step*/, int64_t /*steps*/) {}

  int64_t records() const noexcept { return records_; }
  int64_t width() const noexcept { return width_; }
  Element element() const noexcept { return element_; }
  std::span<const std::byte> data() const noexcept;

  /// Hand over the memory and start anew; the caller frees it with std::free.
  void* release() noexcept;
  size_t bytes() const noexcept { return block_.bytes(); }

  /// Records that have other numbers of synapses in their rows than those before.
  struct Change {
    int64_t record;                // the first one
    std::vector<int32_t> lengths;  // of the rows recorded
  };
  /// In order, from record 0 on; empty where the width of records is always the same.
  std::span<const Change> changes() const noexcept { return changes_; }

 protected:
  /// Of what `name` is recorded, when, and how values are stored. Values per record: set_width.
  /// @throws Error BAD_SPEC
  ValueRecorder(std::string name, RecordPhase phase, int64_t period, int64_t offset);
  void set_shape(Element element, int64_t width) noexcept;

  const std::string& name() const noexcept { return name_; }

  /// Go on with records of another width, as of `step`, before which nothing is recorded any more.
  /// @throws Error OUT_OF_MEMORY.
  void change_width(int64_t width, std::vector<int32_t> lengths, int64_t step, int64_t steps);
  /// Rows of records from the first one on. @throws std::bad_alloc
  void begin_lengths(std::vector<int32_t> lengths) { changes_.assign(1, {0, std::move(lengths)}); }

  /// Copy the part's values of a record to their places.
  virtual void copy(size_t part, std::byte* record) noexcept = 0;

 private:
  bool is_due(int64_t step) const noexcept { return (step - offset_) % period_ == 0; }
  /// The first due step at or after `step`.
  int64_t next_due(int64_t step) const noexcept;
  /// Count what was recorded before `step`.
  void advance(int64_t step) noexcept;
  /// Make room for the records due in `steps` steps from `step` on.
  void reserve(int64_t step, int64_t steps);
  size_t record_bytes() const noexcept { return static_cast<size_t>(width_) * element_.bytes; }
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
  size_t used_ = 0;         // bytes of the records
  int64_t first_step_ = 0;  // of what is not counted yet
  int64_t first_due_ = 0;   // the same, if it is recorded
  std::vector<Change> changes_;
};

}  // namespace neurarchy
