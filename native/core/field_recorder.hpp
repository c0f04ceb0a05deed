#pragma once

#include <vector>

#include "population.hpp"
#include "value_recorder.hpp"

namespace neurarchy {

/// Recordings of a field of a population.
class FieldRecorder final : public ValueRecorder {
 public:
  /// @throws Error BAD_SPEC or BAD_RANKS, with the population's name.
  FieldRecorder(const FieldRecorderSpec& spec, const Population& population);

 private:
  struct Copy {
    size_t column;
    size_t element;
  };

  void copy(size_t part, std::byte* record) noexcept override;

  const Population* population_;
  const Field* field_;
  bool all_;
  std::vector<std::vector<Copy>> copies_;  // by part; for chosen ranks
};

}  // namespace neurarchy
