#include "projection.hpp"

#include <algorithm>

#include "error.hpp"
#include "model_projection.hpp"
#include "plain_projection.hpp"
#include "weights.hpp"

namespace neurarchy {

namespace {

void check(const ProjectionSpec& spec, const Population& pre, const Population& post) {
  if (!spec.synapse && !pre.spiking())
    throw Error("BAD_SPEC", "the presynaptic population does not spike", spec.name);
  for (const int32_t slot : spec.target_slots) {
    if (slot < 0 || static_cast<size_t>(slot) >= post.fields().size()) {
      throw Error("BAD_SPEC", "no such target slot", spec.name);
    }
    const Field& field = post.fields()[static_cast<size_t>(slot)];
    if (field.type != FieldType::kReal || field.scope != FieldScope::kLocal) {
      throw Error("BAD_SPEC", "the target " + field.name + " is not a local real field", spec.name);
    }
  }
  if (spec.weights.kind == ValueKind::kProfile && spec.connector.kind != ConnectorKind::kProfile)
    throw Error("BAD_SPEC", "weights of a profile that there is not", spec.name);
  if (spec.single_weight && spec.weights.kind != ValueKind::kConstant) {
    throw Error("BAD_SPEC", "a single weight must be a constant", spec.name);
  }
  const auto* uniform = std::get_if<int32_t>(&spec.delay);
  if (spec.longest_delay < 1 || spec.longest_delay > kLongestDelay ||
      (uniform != nullptr && (*uniform < 1 || *uniform > spec.longest_delay))) {
    throw Error("BAD_SPEC", "delay out of range", spec.name);
  }
  check_values(spec.weights, spec.name);
  if (uniform == nullptr) check_values(std::get<ValueSpec>(spec.delay), spec.name);
}

}  // namespace

Projection::Projection(const ProjectionSpec& spec, const ProjectionContext& context,
                       Population& pre, Population& post)
    : pre_(pre),
      post_(post),
      uniform_delay_(std::holds_alternative<int32_t>(spec.delay) ? std::get<int32_t>(spec.delay)
                                                                 : 0),
      longest_delay_(spec.longest_delay),
      name_(spec.name),
      object_(context.object),
      parts_(context.parts),
      target_slots_(spec.target_slots),
      fresh_starts_(context.parts) {}

int64_t Projection::transmit(size_t part, int64_t tick, const NaStep& step) noexcept {
  return transmits() && index_[part].owns_rows() ? deliver(part, tick, step) : 0;
}

/// Whether synaptic equations are executed in a step: (step - offset) mod period = 0.
bool Projection::due(int64_t step) const noexcept {
  return transmits() && switches_.update && (step - switches_.offset) % switches_.period == 0;
}

void Projection::update_globals(int64_t tick, const NaStep& step) noexcept {
  if (!due(step.step)) return;
  NaStep longer = step;
  longer.dt = step.resolution * static_cast<double>(switches_.period);
  learn_globals(tick, longer);
}

void Projection::update(size_t part, int64_t tick, const NaStep& step) noexcept {
  if (!due(step.step) || !index_[part].owns_rows()) return;
  NaStep longer = step;
  longer.dt = step.resolution * static_cast<double>(switches_.period);
  learn(part, tick, longer);
}

void Projection::post_events(size_t part, int64_t tick, const NaStep& step) noexcept {
  if (transmits() && index_[part].count > 0) deliver_post(part, tick, step);
}

void Projection::arrange(const Connectivity& connectivity, std::span<const int32_t> delays,
                         StorageForm form) {
  form_ = form;
  ascending_ = connectivity.ascending;
  synapses_ = connectivity.synapses();
  std::vector<SynapseIndex> index;
  for (size_t part = 0; part < parts_; part++) {
    index.push_back(make_index(connectivity, delays, pre_.size(), post_.size(), post_.range(part),
                               form, name_));
  }
  index_ = std::move(index);
  post_ranks_ = connectivity.post_ranks;
  row_start_ = connectivity.row_start;
}

void Projection::check_count(size_t values, int64_t wanted) const {
  if (values == 1 || values == static_cast<size_t>(wanted)) return;
  throw Error("BAD_VALUES", std::to_string(values) + " values instead of " + std::to_string(wanted),
              name_);
}

std::vector<uint32_t> Projection::positions_of(size_t part, std::span<const int32_t> rows) const {
  const std::vector<uint32_t> all = index_[part].positions();
  std::vector<uint32_t> chosen;
  for (const int32_t row : rows) {
    const size_t before = first_synapse(part);
    const size_t begin = static_cast<size_t>(row_start_[static_cast<size_t>(row)]) - before;
    const size_t end = static_cast<size_t>(row_start_[static_cast<size_t>(row) + 1]) - before;
    chosen.insert(chosen.end(), all.data() + begin, all.data() + end);
  }
  return chosen;
}

SynapseTable Projection::synapses() const {
  SynapseTable table{post_ranks_, row_start_, Array<int32_t>(static_cast<size_t>(synapses_))};
  for (size_t part = 0; part < parts_; part++) {
    int32_t* const first = table.pre_ranks.data() + first_synapse(part);
    index_[part].for_each([&](size_t user, size_t, int32_t pre) { first[user] = pre; });
  }
  return table;
}

std::pair<size_t, size_t> Projection::rows(size_t part) const noexcept {
  return {index_[part].first_row, index_[part].end_row};
}

std::vector<int32_t> Projection::delays() const {
  if (uniform()) return {uniform_delay_};
  std::vector<int32_t> delays(static_cast<size_t>(synapses_));
  for (size_t part = 0; part < parts_; part++) {
    copy_delays(part, std::span(delays).subspan(first_synapse(part),
                                                static_cast<size_t>(index_[part].count)));
  }
  return delays;
}

void Projection::copy_delays(size_t part, std::span<int32_t> delays) const {
  const SynapseIndex& index = index_[part];
  if (index.count == 0) return;
  std::vector<int32_t> by_column(delays.size());
  index.for_each_delay([&](size_t position, int32_t delay) { by_column[position] = delay; });
  index.for_each(
      [&](size_t user, size_t position, int32_t) { delays[user] = by_column[position]; });
}

void Projection::reach(int32_t longest) {
  if (longest <= longest_delay_) return;
  pre_.extend_spikes(longest);
  extend(longest);
  longest_delay_ = longest;
}

void Projection::set_delays(std::span<const int32_t> delays) {
  const size_t wanted = uniform() ? 1 : static_cast<size_t>(synapses_);
  if (delays.size() != wanted) {
    throw Error("BAD_VALUES",
                std::to_string(delays.size()) + " delays instead of " + std::to_string(wanted),
                name_);
  }
  int32_t longest = longest_delay_;
  for (const int32_t delay : delays) {
    if (delay < 1 || delay > kLongestDelay) throw Error("BAD_VALUES", "delay out of range", name_);
    longest = std::max(longest, delay);
  }
  try {
    reach(longest);
    if (uniform()) {
      uniform_delay_ = delays[0];
      return;
    }
    SynapseTable table = synapses();
    const Connectivity connectivity{std::move(table.post_ranks), std::move(table.row_start),
                                    std::move(table.pre_ranks), ascending_};
    const std::vector<SynapseIndex> before = std::exchange(index_, {});
    arrange(connectivity, delays, form_);
    move_values(before, delays);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(name_);
  }
}

void Projection::settle(int64_t tick) noexcept { forgotten_ = pre_.clock_tick(tick); }

size_t Projection::bytes() const noexcept {
  size_t total = post_ranks_.size() * sizeof(int32_t) + row_start_.size() * sizeof(int64_t);
  for (const SynapseIndex& index : index_) total += index.bytes();
  return total;
}

std::unique_ptr<Projection> make_projection(const ProjectionSpec& spec,
                                            const ProjectionContext& context, Population& pre,
                                            Population& post) {
  check(spec, pre, post);
  try {
    const ProjectionEnds ends{pre.size(), post.size(), &pre == &post};
    const Connectivity connectivity =
        connect(spec.connector, ends, context.seed, context.object, spec.name);
    if (spec.synapse)
      return std::make_unique<ModelProjection>(spec, context, pre, post, connectivity);
    if (context.precision == Precision::kDouble)
      return std::make_unique<PlainProjection<double>>(spec, context, pre, post, connectivity);
    return std::make_unique<PlainProjection<float>>(spec, context, pre, post, connectivity);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(spec.name);
  }
}

}  // namespace neurarchy
