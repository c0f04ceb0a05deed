#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "spec.hpp"

namespace neurarchy {

/// Sizes and identity of the two ends.
struct ProjectionEnds {
  int64_t pre_size;
  int64_t post_size;
  bool same_population;
};

/// Makes the rows of a pattern, any number of times and in any order: a row follows from (seed,
/// object, post rank) alone. Synapses are so counted and placed without being held in between.
class RowRule {
 public:
  virtual ~RowRule() = default;

  /// Most synapses that a row can have.
  virtual size_t longest() const noexcept = 0;
  /// Number of synapses of the row of a postsynaptic neuron.
  virtual size_t count(int32_t post_rank) = 0;
  /// Write the ranks of its presynaptic neurons, ascending; `row` has room for the longest. Returns
  /// their number.
  virtual size_t make(int32_t post_rank, int32_t* row) = 0;
  /// Write the weights of a row, for patterns that say them.
  virtual void weights(int32_t post_rank, std::span<const int32_t> row, double* values) const;
};

/// The rule of allToAll, fixedProbability, fixedNumberPre or a profile, among ascending ranks.
/// @throws Error BAD_SPEC, with `name`, for a number or a geometry that does not fit.
std::unique_ptr<RowRule> make_rule(const ConnectorSpec& connector, const ProjectionEnds& ends,
                                   std::vector<int32_t> pre, uint32_t seed, uint32_t object,
                                   const std::string& name);

}  // namespace neurarchy
