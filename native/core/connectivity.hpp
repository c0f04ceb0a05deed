#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "memory.hpp"
#include "row_rule.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Which neurons are connected, by postsynaptic neuron. Row i holds the synapses of post_ranks[i].
///
/// Where a rule makes the rows, they are not held: whoever visits them has them made once more,
/// which takes less time than memory of that size would.
struct Connectivity {
  // (rows), ascending. Patterns leave out neurons without synapses; where synapses are given, the
  // neurons that have a row are given too.
  std::vector<int32_t> post_ranks;
  std::vector<int64_t> row_start;           // (rows + 1)
  Array<int32_t> pre_ranks;                 // (synapses), no rank twice in a row; empty with a rule
  bool ascending = true;                    // whether the ranks in each row ascend
  std::unique_ptr<RowRule> rule = nullptr;  // makes the rows, or none: they are held

  int64_t synapses() const noexcept { return row_start.back(); }

  /// Visit (row, its pre ranks) of the rows [first, end), in this order.
  template <class Visit>
  void for_each_row(size_t first, size_t end, Visit visit) const {
    int64_t longest = 0;
    for (size_t row = first; row < end; row++)
      longest = std::max(longest, row_start[row + 1] - row_start[row]);
    Array<int32_t> made(rule ? static_cast<size_t>(longest) : 0);
    for (size_t row = first; row < end; row++) {
      const auto begin = static_cast<size_t>(row_start[row]);
      const size_t count = static_cast<size_t>(row_start[row + 1]) - begin;
      if (rule) rule->make(post_ranks[row], made.data());
      visit(row, std::span<const int32_t>(rule ? made.data() : pre_ranks.data() + begin, count));
    }
  }
};

/// Make the connections of a projection. The rows depend on (seed, object, post rank) alone, those
/// of fixedNumberPost on (seed, object, pre ranks).
/// @throws Error BAD_RANKS, BAD_PROBABILITY, BAD_SPEC or OUT_OF_MEMORY, with `name`.
Connectivity connect(const ConnectorSpec& connector, const ProjectionEnds& ends, uint32_t seed,
                     uint32_t object, const std::string& name);

/// Synapses each connected postsynaptic neuron will have on average; known before they are made.
double expected_row(const ConnectorSpec& connector, const ProjectionEnds& ends);

/// Sorted copy of ranks, or 0 ... size - 1.
/// @throws Error BAD_RANKS for a rank outside the population or given twice.
std::vector<int32_t> sorted_ranks(const Ranks& ranks, int64_t size, const std::string& name);

}  // namespace neurarchy
