#include "partition.hpp"

#include <algorithm>

#include "connectivity.hpp"
#include "kernel_abi.h"

namespace neurarchy {

namespace {

// The cost model: orders of magnitude, good enough to balance and to decide whether to share at
// all.
constexpr double kNeuronCost = 1.0;   // [ns] per neuron and step
constexpr double kEventCost = 0.7;    // [ns] per spike and synapse
constexpr double kAssumedRate = 20.;  // [Hz]
constexpr double kShareAbove =
    4000;  // [ns] per step; below it, meeting costs more than sharing saves

/// Work of each block of a population in a step. [ns]
std::vector<double> block_costs(const NetworkSpec& spec, size_t population) {
  const int64_t size = spec.populations[population].size;
  std::vector<double> costs(static_cast<size_t>(padded_size(size) / NA_BLOCK),
                            NA_BLOCK * kNeuronCost);
  const double spikes = kAssumedRate * spec.dt * 1e-3;
  for (const ProjectionSpec& projection : spec.projections) {
    if (static_cast<size_t>(projection.post) != population) continue;
    const ProjectionEnds ends{spec.populations[static_cast<size_t>(projection.pre)].size, size,
                              projection.pre == projection.post};
    const double row = expected_row(projection.connector, ends) * spikes * kEventCost *
                       static_cast<double>(projection.target_slots.size());
    for (const int32_t rank :
         sorted_ranks(projection.connector.post_ranks, size, projection.name)) {
      costs[static_cast<size_t>(rank / NA_BLOCK)] += row;
    }
  }
  return costs;
}

/// Cut a sequence of blocks into contiguous ranges of about equal cost.
std::vector<Range> cut(const std::vector<double>& costs, int32_t parts) {
  double total = 0.0;
  for (const double cost : costs) total += cost;
  std::vector<Range> ranges(static_cast<size_t>(parts));
  double sum = 0.0;
  size_t block = 0;
  for (int32_t part = 0; part < parts; part++) {
    Range& range = ranges[static_cast<size_t>(part)];
    range.begin = static_cast<int64_t>(block) * NA_BLOCK;
    const double target = total * (part + 1) / parts;
    // A block goes to the part in which its middle lies.
    while (block < costs.size() && (part == parts - 1 || sum + 0.5 * costs[block] < target))
      sum += costs[block++];
    range.end = static_cast<int64_t>(block) * NA_BLOCK;
  }
  return ranges;
}

}  // namespace

int64_t padded_size(int64_t size) noexcept { return (size + NA_BLOCK - 1) / NA_BLOCK * NA_BLOCK; }

Partition divide(const NetworkSpec& spec, int32_t available_threads) {
  std::vector<std::vector<double>> costs;
  double total = 0.0;
  size_t most_blocks = 1;
  for (size_t population = 0; population < spec.populations.size(); population++) {
    costs.push_back(block_costs(spec, population));
    for (const double cost : costs.back()) total += cost;
    most_blocks = std::max(most_blocks, costs.back().size());
  }
  Partition partition;
  if (spec.force_threads) {
    partition.parts = spec.threads;
  } else if (total > kShareAbove) {
    const auto blocks = static_cast<int32_t>(std::min<size_t>(most_blocks, INT32_MAX));
    partition.parts = std::max(1, std::min({spec.threads, available_threads, blocks}));
  }
  for (const std::vector<double>& cost : costs)
    partition.ranges.push_back(cut(cost, partition.parts));
  return partition;
}

}  // namespace neurarchy
