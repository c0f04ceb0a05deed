#pragma once

#include <cstdint>
#include <span>

#include "connectivity.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Draw one value per synapse, in the order of `connectivity`: value j of the row of neuron i is a
/// function of (seed, object, i, j). Exponential takes its mean, as lib/random does. Clamped to
/// [min, max].
void draw_weights(const ValueSpec& spec, const Connectivity& connectivity, uint32_t seed,
                  uint32_t object, std::span<double> weights);

/// @throws Error BAD_VALUES, with `name`, where a parameter is missing, too much or not a number.
void check_values(const ValueSpec& spec, const std::string& name);

}  // namespace neurarchy
