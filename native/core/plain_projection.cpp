#include "plain_projection.hpp"

#include <algorithm>

#include "adding.hpp"
#include "error.hpp"
#include "segments.hpp"
#include "streams.hpp"
#include "weights.hpp"

namespace neurarchy {

template <class Real>
PlainProjection<Real>::PlainProjection(const ProjectionSpec& spec, const ProjectionContext& context,
                                       Population& pre, Population& post,
                                       const Connectivity& connectivity)
    : Projection(spec, context, pre, post), single_(spec.single_weight) {
  for (const int32_t slot : spec.target_slots) {
    const Field& field = post.fields()[static_cast<size_t>(slot)];
    targets_.push_back(static_cast<Real*>(field.memory->data()));
  }
  // A part has at most as many neurons as its range; all parts of a projection are alike.
  int64_t most = 0;
  for (size_t part = 0; part < parts(); part++) most = std::max(most, post.range(part).size());
  const StorageForm form{.by_row = false, .cross = false, .narrow = most <= 65536};
  arrange(connectivity, draw_delays(spec, connectivity, context.seed, context.object), form);
  if (single_) {
    weight_ = static_cast<Real>(
        std::clamp(spec.weights.parameters[0], spec.weights.min, spec.weights.max));
    return;
  }
  const RowValues rows(spec.weights, kWeightDraw, connectivity, context.seed, context.object,
                       spec.name);
  std::vector<double> drawn;
  for (const SynapseIndex& index : index_) {
    Real* const to = weights_.emplace_back(static_cast<size_t>(index.count)).data();
    index.for_each_row(connectivity, [&](size_t row, std::span<const int32_t> pre_ranks,
                                         std::span<const uint32_t> positions) {
      drawn.resize(pre_ranks.size());
      rows.fill(row, pre_ranks, drawn.data());
      for (size_t i = 0; i < drawn.size(); i++) to[positions[i]] = static_cast<Real>(drawn[i]);
    });
  }
}

template <class Real>
void PlainProjection<Real>::place_weights(std::span<const double> weights) {
  for (size_t part = 0; part < parts(); part++) {
    const double* const from = weights.data() + first_synapse(part);
    Real* const to = weights_[part].data();
    index_[part].for_each([&](size_t user, size_t position, int32_t) {
      to[position] = static_cast<Real>(from[user]);
    });
  }
}

template <class Real>
int64_t PlainProjection<Real>::deliver(size_t part, int64_t tick, const NaStep&) noexcept {
  const SynapseIndex& index = index_[part];
  if (index.count == 0) return 0;
  const auto add = [&](auto weights) {
    int64_t events = 0;
    if (uniform()) {
      if (!remembered(tick, uniform_delay_)) return events;
      for (size_t source = 0; source < parts(); source++) {
        const std::span<const int32_t> spikes = pre_.spikes(tick, uniform_delay_, source);
        if (spikes.empty()) continue;
        for (Real* target : targets_)
          events += add_spikes(index, spikes, weights, target + index.first_post);
      }
      return events;
    }
    const auto consume = [&](std::span<const NaSegment> segments) {
      for (Real* target : targets_)
        events += add_segments(index, segments, weights, target + index.first_post);
    };
    SegmentBuffer buffer(consume);
    add_arrivals(part, tick, buffer);
    buffer.flush();
    return events;
  };
  return single_ ? add(OneWeight<Real>{weight_}) : add(EachWeight<Real>{weights_[part].data()});
}

template <class Real>
SynapticField PlainProjection<Real>::field(size_t slot) const {
  if (slot != 0) throw Error("BAD_SPEC", "static synapses have no other field than w", name());
  return {FieldType::kReal, sizeof(Real), single_ ? 1 : synapse_count()};
}

template <class Real>
void PlainProjection<Real>::copy_values(size_t slot, std::byte* to) const {
  field(slot);
  auto* const values = reinterpret_cast<Real*>(to);
  if (single_) {
    values[0] = weight_;
    return;
  }
  for (size_t part = 0; part < parts(); part++) {
    Real* const first = values + first_synapse(part);
    const Real* const from = weights_[part].data();
    index_[part].for_each(
        [&](size_t user, size_t position, int32_t) { first[user] = from[position]; });
  }
}

template <class Real>
void PlainProjection<Real>::set_values(size_t slot, std::span<const double> values) {
  check_count(values.size(), field(slot).count);
  if (single_) {
    weight_ = static_cast<Real>(values[0]);
  } else if (values.size() == 1) {
    for (Array<Real>& weights : weights_)
      std::fill_n(weights.data(), weights.size(), static_cast<Real>(values[0]));
  } else {
    place_weights(values);
  }
}

template <class Real>
void PlainProjection<Real>::move_values(const std::vector<SynapseIndex>& before,
                                        std::span<const int32_t>) {
  for (size_t part = 0; part < weights_.size(); part++) {
    Array<Real> weights(weights_[part].size());
    const std::vector<uint32_t> place = before[part].positions();
    const Real* const from = weights_[part].data();
    index_[part].for_each(
        [&](size_t user, size_t position, int32_t) { weights[position] = from[place[user]]; });
    weights_[part] = std::move(weights);
  }
}

template <class Real>
std::vector<uint32_t> PlainProjection<Real>::elements_of(size_t slot, size_t part,
                                                         std::span<const int32_t> rows) {
  field(slot);
  if (single_) return part == 0 ? std::vector<uint32_t>{0} : std::vector<uint32_t>{};
  return positions_of(part, rows);
}

template <class Real>
void PlainProjection<Real>::copy_row_values(size_t, size_t part, std::span<const uint32_t> elements,
                                            std::byte* to) noexcept {
  auto* const values = reinterpret_cast<Real*>(to);
  const Real* const from = single_ ? &weight_ : weights_[part].data();
  for (size_t i = 0; i < elements.size(); i++) values[i] = from[elements[i]];
}

template <class Real>
size_t PlainProjection<Real>::bytes() const noexcept {
  size_t total = Projection::bytes();
  for (const Array<Real>& weights : weights_) total += weights.bytes();
  return total;
}

template class PlainProjection<double>;
template class PlainProjection<float>;

}  // namespace neurarchy
