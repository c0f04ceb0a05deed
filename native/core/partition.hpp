#pragma once

#include <cstdint>
#include <vector>

#include "spec.hpp"

namespace neurarchy {

/// Neurons [begin, end): multiples of NA_BLOCK, up to the padded size.
struct Range {
  int64_t begin = 0;
  int64_t end = 0;

  int64_t size() const noexcept { return end - begin; }
};

/// Size rounded up to whole blocks.
int64_t padded_size(int64_t size) noexcept;

/// Who owns what: `ranges[population][part]`. The ranges of a population are contiguous and in the
/// order of the parts, so lists of neurons, joined part after part, are in the order of ranks.
struct Partition {
  int32_t parts = 1;
  std::vector<std::vector<Range>> ranges;
};

/// Divide a network among threads, by the work that its neurons and the synapses that end at them
/// are expected to make. One part where the work of a step is too small to share, unless the
/// specification forces the number.
Partition divide(const NetworkSpec& spec, int32_t available_threads);

}  // namespace neurarchy
