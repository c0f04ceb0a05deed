#pragma once

#include <cstdint>
#include <vector>

#include "projection.hpp"
#include "value_recorder.hpp"

namespace neurarchy {

/// Recordings of a field of synapses, row by row.
class SynapseRecorder final : public ValueRecorder {
 public:
  /// @throws Error BAD_SPEC or BAD_RANKS, with the projection's name.
  SynapseRecorder(const SynapseRecorderSpec& spec, Projection& projection, size_t parts);

  bool records_of(const Projection& projection) const noexcept override {
    return &projection == projection_;
  }
  void follow(Projection& projection, int64_t step) override;
  void relocate(const Projection& projection, int64_t step, int64_t steps) override;

 private:
  /// What a part holds of the rows.
  struct Part {
    std::vector<int32_t> rows;
    std::vector<uint32_t> elements;
    size_t offset = 0;  // of its values in a record [bytes]
  };

  void copy(size_t part, std::byte* record) noexcept override;
  /// Find the synapses; returns their number.
  int64_t locate();
  /// Numbers of synapses of the rows; empty unless the field has one value for each.
  std::vector<int32_t> lengths() const;

  Projection* projection_;
  size_t slot_;
  std::vector<Part> parts_;
};

}  // namespace neurarchy
