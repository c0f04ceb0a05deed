#pragma once

#include <cstdint>

#include "kernel_abi.h"

// Addresses of random streams (kernel_random.h): who draws, and which of its draws.

namespace neurarchy {

constexpr uint32_t population_object(int32_t index) { return 2u * static_cast<uint32_t>(index); }
constexpr uint32_t projection_object(int32_t index) {
  return 2u * static_cast<uint32_t>(index) + 1u;
}

/// Draws of a projection made by its connector. Random terms of equations count from 0 upwards.
constexpr uint32_t kDelayDraw = 253;
constexpr uint32_t kConnectionDraw = 254;
constexpr uint32_t kWeightDraw = 255;

/// Draws by which the rules of structural plasticity are left to chance (lib/solve/synapse.ts).
constexpr uint32_t kCreatingDraw = 252;
constexpr uint32_t kPruningDraw = 251;

/// First values of synapses that are made later are drawn as the random terms of an object of their
/// own, by the ranks of their neurons and the step.
constexpr uint32_t newcomers_of(uint32_t object) { return object | 0x800000u; }

/// The address for the row of a postsynaptic neuron, whose rank takes the place of the step: rows
/// are drawn independently, in any order.
constexpr NaStep row_address(uint32_t seed, uint32_t object, int32_t post_rank) {
  return NaStep{post_rank, 0.0, 0.0, 0.0, seed, object, nullptr};
}

}  // namespace neurarchy
