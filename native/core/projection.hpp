#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connectivity.hpp"
#include "partition.hpp"
#include "population.hpp"
#include "spec.hpp"

namespace neurarchy {

/// Synapses in the order of rows (postsynaptic neurons), for the user.
struct SynapseTable {
  std::vector<int32_t> post_ranks;
  std::vector<int64_t> row_start;
  Array<int32_t> pre_ranks;
};

/// The synapses of one connection between two populations.
///
/// Each part of the partition holds the synapses that end at its neurons, by presynaptic neuron: a
/// spike reads one contiguous row of every part. Postsynaptic neurons are counted from the start of
/// the part's range, in 16 bits where they fit. Weights stand in the order in which spikes read
/// them; a single weight is not repeated.
class Projection {
 public:
  virtual ~Projection() = default;

  /// Add the spikes of the presynaptic neurons that arrive at tick `now` to the target fields of a
  /// part. Adds in ascending order of the presynaptic rank. Returns the number of synaptic events.
  virtual int64_t deliver(size_t part, int64_t now) const = 0;

  virtual SynapseTable synapses() const = 0;

  /// Weights in the order of `synapses()`, or the one weight.
  virtual void copy_weights(std::span<double> weights) const = 0;
  virtual void set_weights(std::span<const double> weights) = 0;

  virtual int64_t rows(size_t part) const noexcept = 0;
  virtual int64_t synapse_count() const noexcept = 0;
  virtual bool single_weight() const noexcept = 0;
  virtual size_t bytes() const noexcept = 0;
};

/// Make a projection: connections, weights, and their division among the parts.
/// @throws Error BAD_RANKS, BAD_PROBABILITY, BAD_VALUES, BAD_SPEC or OUT_OF_MEMORY, with the
/// projection's name.
std::unique_ptr<Projection> make_projection(const ProjectionSpec& spec, Precision precision,
                                            uint32_t seed, uint32_t object, const Population& pre,
                                            const Population& post, size_t parts);

}  // namespace neurarchy
