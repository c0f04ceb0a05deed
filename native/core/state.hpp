#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "memory.hpp"

// What a population or a projection holds beside its attributes: all that a later network of the
// same objects needs to go on with the same bits. Times are counted from the next step and lists go
// by rank, so that neither the number of threads nor the steps made so far matter.

namespace neurarchy {

/// A field that is no attribute, by its name.
struct StoredField {
  std::string name;
  std::vector<double> values;
};

/// Past values of a field, youngest first; (steps, count).
struct StoredHistory {
  std::string name;
  std::vector<std::vector<double>> steps;
};

/// A spike within the window of the firing rates.
struct StoredSpike {
  int64_t age;  // [steps], 1: in the last one
  int32_t rank;
};

struct PopulationState {
  int64_t size = 0;
  int64_t step = 0;  // number of the next
  std::vector<StoredField> fields;
  std::vector<std::vector<int32_t>> spikes;  // ranks, ascending; of the last step first
  std::vector<int32_t> axon_spikes;          // of the last step
  std::vector<StoredHistory> histories;
  int64_t rate_window = 0;               // [steps]
  std::vector<StoredSpike> rate_spikes;  // oldest first
  int64_t source_clock = 0;              // [steps]
  int64_t source_block = 0;
};

struct ProjectionState {
  int64_t rows = 0;
  int64_t synapses = 0;
  int64_t columns = 0;
  int64_t step = 0;  // number of the next
  /// Events emitted more steps ago than that never arrive; -1: all arrive.
  int64_t remembered = -1;
  std::vector<StoredField> fields;
};

/// Write a state as bytes, behind a mark, a version and the kind of object. @throws std::bad_alloc
Array<std::byte> pack(const PopulationState& state);
Array<std::byte> pack(const ProjectionState& state);

/// Read it again. Ranks are within the size, and no list is longer than its bytes.
/// @throws Error BAD_STATE, with `name`, for anything else than such bytes, whole.
PopulationState unpack_population(std::span<const std::byte> bytes, const std::string& name);
ProjectionState unpack_projection(std::span<const std::byte> bytes, const std::string& name);

/// Whether a number is one that an int32 holds.
inline bool is_int32(double value) noexcept {
  return value >= INT32_MIN && value <= INT32_MAX &&
         value == static_cast<double>(static_cast<int32_t>(value));
}

/// Whether a field is kept as state: its name begins with a dot, as no attribute's does.
inline bool is_kept(const std::string& name) noexcept { return name.starts_with('.'); }

}  // namespace neurarchy
