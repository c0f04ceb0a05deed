#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connectivity.hpp"
#include "memory.hpp"
#include "spec.hpp"

namespace neurarchy {

/// One value per synapse, in the order of `connectivity`. Drawn ones: value j of the row of neuron
/// i is a function of (seed, object, draw, i, j); exponential takes its mean, as lib/random does.
/// All clamped to [min, max].
/// @throws Error BAD_VALUES, with `name`, for another number of explicit values than of synapses.
Array<double> draw_values(const ValueSpec& spec, uint32_t draw, const Connectivity& connectivity,
                          uint32_t seed, uint32_t object, const std::string& name);

/// Delays of the synapses of a projection [steps], in the order of `connectivity`: rounded, halves
/// to even, and clamped to 1 ... longest_delay. Empty where all are equal.
/// @throws Error of draw_values.
std::vector<int32_t> draw_delays(const ProjectionSpec& spec, const Connectivity& connectivity,
                                 uint32_t seed, uint32_t object);

/// @throws Error BAD_VALUES, with `name`, where a parameter is missing, too much or not a number.
void check_values(const ValueSpec& spec, const std::string& name);

}  // namespace neurarchy
