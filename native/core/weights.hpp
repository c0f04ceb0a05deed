#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "connectivity.hpp"
#include "kernel_abi.h"
#include "memory.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Values of synapses, row by row. Drawn ones: value j of the row of neuron i is a function of
/// (seed, object, draw, i, j); exponential takes its mean, as lib/random does. All clamped to
/// [min, max].
class RowValues {
 public:
  /// @throws Error BAD_VALUES, with `name`, for another number of explicit values than of synapses.
  RowValues(const ValueSpec& spec, uint32_t draw, const Connectivity& connectivity, uint32_t seed,
            uint32_t object, const std::string& name);

  /// Write the values of a row with the given pre ranks, in their order.
  void fill(size_t row, std::span<const int32_t> pre_ranks, double* values) const;

 private:
  void draw(size_t row, std::span<double> values) const;

  const ValueSpec& spec_;
  uint32_t draw_;
  const Connectivity& connectivity_;
  uint32_t seed_;
  uint32_t object_;
};

/// The values of all synapses, in the order of `connectivity`. @throws Error of RowValues.
Array<double> draw_values(const ValueSpec& spec, uint32_t draw, const Connectivity& connectivity,
                          uint32_t seed, uint32_t object, const std::string& name);

/// One value for the synapse between two neurons, as a function of (seed, object, draw, step, pre,
/// post); not of an explicit ValueSpec.
double draw_pair(const ValueSpec& spec, const NaStep& step, uint32_t draw, int32_t pre,
                 int32_t post);

/// Delays of the synapses of a projection [steps], in the order of `connectivity`: rounded, halves
/// to even, and clamped to 1 ... longest_delay. Empty where all are equal.
/// @throws Error of draw_values.
std::vector<int32_t> draw_delays(const ProjectionSpec& spec, const Connectivity& connectivity,
                                 uint32_t seed, uint32_t object);

/// @throws Error BAD_VALUES, with `name`, where a parameter is missing, too much or not a number.
void check_values(const ValueSpec& spec, const std::string& name);

}  // namespace neurarchy
