#pragma once

#include <vector>

#include "projection.hpp"

namespace neurarchy {

/// Static synapses without equations: every spike adds `w` to the targets. The one field, slot 0,
/// is `w`.
///
/// Stored by column, so that a spike reads one contiguous list of every part. Weights stand in the
/// order in which spikes read them; a single weight is not repeated.
template <class Real>
class PlainProjection final : public Projection {
 public:
  PlainProjection(const ProjectionSpec& spec, const ProjectionContext& context, Population& pre,
                  Population& post, const Connectivity& connectivity);

  SynapticField field(size_t slot) const override;
  void copy_values(size_t slot, std::byte* to) const override;
  void set_values(size_t slot, std::span<const double> values) override;
  std::vector<uint32_t> elements_of(size_t slot, size_t part,
                                    std::span<const int32_t> rows) override;
  void copy_row_values(size_t slot, size_t part, std::span<const uint32_t> elements,
                       std::byte* to) noexcept override;
  size_t bytes() const noexcept override;

 private:
  int64_t deliver(size_t part, int64_t tick, const NaStep& step) noexcept override;
  void move_values(const std::vector<SynapseIndex>& before,
                   std::span<const int32_t> delays) override;
  /// Copy weights given in the user's order of all synapses.
  void place_weights(std::span<const double> weights);

  std::vector<Real*> targets_;
  bool single_;
  Real weight_ = 0;
  std::vector<Array<Real>> weights_;  // (parts), empty for a single weight
};

}  // namespace neurarchy
