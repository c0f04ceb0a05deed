#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "memory.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Which neurons are connected, by postsynaptic neuron. Row i holds the synapses of post_ranks[i].
struct Connectivity {
  // (rows), ascending. Patterns leave out neurons without synapses; where synapses are given, the
  // neurons that have a row are given too.
  std::vector<int32_t> post_ranks;
  std::vector<int64_t> row_start;  // (rows + 1)
  Array<int32_t> pre_ranks;        // (synapses), no rank twice in a row
  bool ascending = true;           // whether the ranks in each row ascend

  int64_t synapses() const noexcept { return row_start.back(); }
};

/// Sizes and identity of the two ends.
struct ProjectionEnds {
  int64_t pre_size;
  int64_t post_size;
  bool same_population;
};

/// Make the connections of a projection.
///
/// `fixedProbability` jumps from synapse to synapse by geometric steps, so that the work is
/// proportional to the number of synapses and not to the number of pairs. The rows depend on (seed,
/// object, post rank) alone.
/// @throws Error BAD_RANKS, BAD_PROBABILITY or OUT_OF_MEMORY, with `name`.
Connectivity connect(const ConnectorSpec& connector, const ProjectionEnds& ends, uint32_t seed,
                     uint32_t object, const std::string& name);

/// Synapses each connected postsynaptic neuron will have on average; known before they are made.
double expected_row(const ConnectorSpec& connector, const ProjectionEnds& ends);

/// Sorted copy of ranks, or 0 ... size - 1.
/// @throws Error BAD_RANKS for a rank outside the population or given twice.
std::vector<int32_t> sorted_ranks(const Ranks& ranks, int64_t size, const std::string& name);

}  // namespace neurarchy
