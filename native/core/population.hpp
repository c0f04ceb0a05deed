#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel_library.hpp"
#include "memory.hpp"
#include "partition.hpp"
#include "spec.hpp"
#include "spike_ring.hpp"

namespace neurarchy {

/// An attribute of a population.
struct Field {
  std::string name;
  FieldType type;
  FieldScope scope;
  int64_t count;         // values the user sees: size, or 1
  size_t element_bytes;  // 8 or 4
  std::shared_ptr<Memory> memory;

  std::byte* bytes() const noexcept { return static_cast<std::byte*>(memory->data()); }
};

/// Neurons of one type: their fields, their compiled equations and their recent spikes.
class Population {
 public:
  /// @throws Error of KernelLibrary, BAD_SPEC or OUT_OF_MEMORY, with the population's name.
  Population(const PopulationSpec& spec, Precision precision, uint32_t object,
             const std::vector<Range>& ranges, int32_t longest_delay);

  const std::string& name() const noexcept { return name_; }
  int64_t size() const noexcept { return size_; }
  uint32_t object() const noexcept { return object_; }
  const std::vector<Field>& fields() const noexcept { return fields_; }
  const Range& range(size_t part) const noexcept { return ranges_[part]; }
  const SpikeRing& spikes() const noexcept { return ring_; }
  bool spiking() const noexcept { return spiked_ != nullptr; }
  bool has_globals() const noexcept { return library_.kernel().globals != nullptr; }

  /// Population-wide statements of a step. One thread.
  void update_globals(const NaStep& step) const { library_.kernel().globals(table_.data(), &step); }

  /// Local statements of a part's neurons.
  void update(size_t part, const NaStep& step) const;

  /// List the part's neurons that spiked at tick `now`, run their reset.
  void emit(size_t part, int64_t now, const NaStep& step);

  /// No spikes under way, no neuron refractory.
  void clear() noexcept;

  /// Give the padding of a field the value of the last neuron: what equations make of it is
  /// harmless.
  void fill_padding(size_t slot) noexcept;

  size_t bytes() const noexcept;

 private:
  std::string name_;
  int64_t size_;
  uint32_t object_;
  std::vector<Range> ranges_;
  KernelLibrary library_;
  std::vector<Field> fields_;
  std::vector<void*> table_;  // addresses of the fields, as the hooks get them
  int32_t* spiked_ = nullptr;
  int32_t* remaining_ = nullptr;
  SpikeRing ring_;
};

/// Write the positions of the non-zero flags of [begin, end) to `ranks`, ascending; return their
/// number.
int64_t list_flags(const int32_t* flags, int64_t begin, int64_t end, int32_t* ranks) noexcept;

}  // namespace neurarchy
