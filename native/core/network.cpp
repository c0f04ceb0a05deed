#include "network.hpp"

#include <algorithm>

#include "error.hpp"
#include "parallel.hpp"
#include "streams.hpp"

namespace neurarchy {

namespace {

constexpr int32_t kMostThreads = 1024;

void check_spec(const NetworkSpec& spec) {
  if (!(spec.dt > 0.0)) throw Error("BAD_SPEC", "dt must be positive");
  if (spec.threads < 1 || spec.threads > kMostThreads) throw Error("BAD_SPEC", "number of threads");
  for (const PopulationSpec& population : spec.populations) {
    if (population.size < 1 || population.size > INT32_MAX - NA_BLOCK) {
      throw Error("BAD_SPEC", "size of a population", population.name);
    }
  }
  const auto count = static_cast<int32_t>(spec.populations.size());
  for (const ProjectionSpec& projection : spec.projections) {
    if (projection.pre < 0 || projection.pre >= count || projection.post < 0 ||
        projection.post >= count) {
      throw Error("BAD_SPEC", "no such population", projection.name);
    }
    if (projection.longest_delay < 1 || projection.longest_delay > kLongestDelay) {
      throw Error("BAD_SPEC", "delay out of range", projection.name);
    }
    if (projection.target_slots.empty()) throw Error("BAD_SPEC", "no target", projection.name);
  }
}

}  // namespace

Network::Network(const NetworkSpec& spec)
    : dt_(spec.dt),
      precision_(spec.precision),
      seed_(spec.seed),
      force_threads_(spec.force_threads) {
  check_spec(spec);
  partition_ = divide(spec, available_threads());
  const auto parts = static_cast<size_t>(partition_.parts);
  events_.resize(parts);

  std::vector<int32_t> longest_delay(spec.populations.size(), 1);
  for (const ProjectionSpec& projection : spec.projections) {
    int32_t& longest = longest_delay[static_cast<size_t>(projection.pre)];
    longest = std::max(longest, projection.longest_delay);
  }
  for (size_t i = 0; i < spec.populations.size(); i++) {
    const PopulationSpec& population = spec.populations[i];
    try {
      populations_.push_back(std::make_unique<Population>(
          population, spec.precision, population_object(static_cast<int32_t>(i)),
          partition_.ranges[i], longest_delay[i]));
    } catch (const std::bad_alloc&) {
      throw out_of_memory(population.name);
    }
  }
  for (size_t i = 0; i < spec.projections.size(); i++) {
    const ProjectionSpec& projection = spec.projections[i];
    const ProjectionContext context{spec.precision, spec.dt, spec.seed,
                                    projection_object(static_cast<int32_t>(i)), parts};
    projections_.push_back(make_projection(projection, context,
                                           *populations_[static_cast<size_t>(projection.pre)],
                                           *populations_[static_cast<size_t>(projection.post)]));
  }
}

void Network::check(const std::optional<Until>& until) const {
  if (!until) return;
  for (const Until::Condition& condition : until->conditions) {
    const Population& population = population_of(condition.population);
    if (!population.has_stop())
      throw Error("BAD_ARGUMENT", "the population has no stop condition", population.name());
  }
}

RunResult Network::run(int64_t steps, Control control, const std::optional<Until>& until) {
  check(until);
  control.set_total(steps);
  control.set_done(0);
  for (auto& [id, recorder] : value_recorders_) recorder->begin_run(step_, steps);
  for (auto& [id, recorder] : spike_recorders_) recorder.begin_run();
  LoopState state{dt_,   seed_, force_threads_, partition_.parts,
                  step_, tick_, populations_,   projections_,
                  {},    {},    events_,        until};
  for (auto& [id, recorder] : value_recorders_) state.value_recorders.push_back(recorder.get());
  for (auto& [id, recorder] : spike_recorders_) state.spike_recorders.push_back(&recorder);
  StepLoop loop(std::move(state), steps, control);
  const StepLoop::Outcome outcome = loop.execute();
  for (auto& [id, recorder] : value_recorders_) recorder->end_run(step_ + outcome.done);
  step_ += outcome.done;
  tick_ += outcome.done;
  for (const auto& population : populations_) population->stand_at(tick_);
  if (outcome.end == StepLoop::End::kOutOfMemory) throw out_of_memory("");
  if (outcome.failure) throw not_converged(outcome.failure->where, outcome.failure->object);
  return {outcome.done, outcome.end == StepLoop::End::kStopped};
}

const Population& Network::population_of(int32_t index) const {
  if (index < 0 || static_cast<size_t>(index) >= populations_.size())
    throw Error("BAD_ARGUMENT", "there is no population " + std::to_string(index));
  return *populations_[static_cast<size_t>(index)];
}

int32_t Network::record(const FieldRecorderSpec& spec) {
  const Population& population = population_of(spec.population);
  value_recorders_.emplace(next_recorder_, std::make_unique<FieldRecorder>(spec, population));
  return next_recorder_++;
}

int32_t Network::record(const SynapseRecorderSpec& spec) {
  if (spec.projection < 0 || static_cast<size_t>(spec.projection) >= projections_.size())
    throw Error("BAD_ARGUMENT", "there is no projection " + std::to_string(spec.projection));
  value_recorders_.emplace(
      next_recorder_,
      std::make_unique<SynapseRecorder>(spec, *projections_[static_cast<size_t>(spec.projection)],
                                        static_cast<size_t>(partition_.parts)));
  return next_recorder_++;
}

void Network::rebuild(size_t index, const ProjectionSpec& spec) {
  const Projection& old = *projections_[index];
  if (&population_of(spec.pre) != &old.pre() || &population_of(spec.post) != &old.post() ||
      spec.target_slots.empty())
    throw Error("BAD_ARGUMENT", "the projection has other ends", old.name());
  if (spec.longest_delay < 1 || spec.longest_delay > kLongestDelay)
    throw Error("BAD_SPEC", "delay out of range", old.name());
  const ProjectionContext context{precision_, dt_, seed_,
                                  projection_object(static_cast<int32_t>(index)),
                                  static_cast<size_t>(partition_.parts)};
  Population& pre = *populations_[static_cast<size_t>(spec.pre)];
  try {
    pre.extend_spikes(spec.longest_delay);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(pre.name());
  }
  std::unique_ptr<Projection> made =
      make_projection(spec, context, pre, *populations_[static_cast<size_t>(spec.post)]);
  made->set_switches(old.switches());
  const bool same_rows = std::ranges::equal(made->post_ranks(), old.post_ranks());
  for (const auto& [id, recorder] : value_recorders_) {
    if (recorder->records_of(old) && !same_rows)
      throw Error("BAD_ARGUMENT", "synapses are being recorded of which there are others",
                  old.name());
  }
  for (auto& [id, recorder] : value_recorders_) {
    if (recorder->records_of(old)) recorder->follow(*made, step_);
  }
  projections_[index] = std::move(made);
}

void Network::set_delays(size_t index, std::span<const int32_t> delays) {
  Projection& projection = *projections_[index];
  projection.set_delays(delays);
  relocate(projection);
}

void Network::create_synapses(size_t index, const Pairs& pairs, std::span<const double> weights,
                              std::span<const int32_t> delays) {
  Projection& projection = *projections_[index];
  projection.create_synapses(pairs, weights, delays, instant(projection));
  relocate(projection);
}

void Network::prune_synapses(size_t index, const Pairs& pairs) {
  Projection& projection = *projections_[index];
  projection.prune_synapses(pairs, instant(projection));
  relocate(projection);
}

NaStep Network::instant(const Projection& projection) const noexcept {
  const double t = static_cast<double>(step_) * dt_;
  return {step_, t, dt_, dt_, seed_, projection.object(), nullptr};
}

void Network::relocate(const Projection& projection) {
  for (auto& [id, recorder] : value_recorders_) recorder->relocate(projection, step_, 0);
}

int32_t Network::record(const SpikeRecorderSpec& spec) {
  spike_recorders_.emplace(next_recorder_, SpikeRecorder(spec, population_of(spec.population)));
  return next_recorder_++;
}

ValueRecorder* Network::value_recorder(int32_t id) noexcept {
  const auto found = value_recorders_.find(id);
  return found == value_recorders_.end() ? nullptr : found->second.get();
}

SpikeRecorder* Network::spike_recorder(int32_t id) noexcept {
  const auto found = spike_recorders_.find(id);
  return found == spike_recorders_.end() ? nullptr : &found->second;
}

bool Network::unrecord(int32_t id) noexcept {
  return value_recorders_.erase(id) + spike_recorders_.erase(id) > 0;
}

std::vector<PartStatistics> Network::statistics() const {
  std::vector<PartStatistics> statistics;
  for (size_t part = 0; part < static_cast<size_t>(partition_.parts); part++) {
    PartStatistics entry{0, 0, events_[part].value};
    for (const auto& population : populations_) {
      const Range& range = population->range(part);
      entry.neurons += std::max<int64_t>(0, std::min(range.end, population->size()) - range.begin);
    }
    for (const auto& projection : projections_) {
      const auto [first, end] = projection->rows(part);
      entry.rows += static_cast<int64_t>(end - first);
    }
    statistics.push_back(entry);
  }
  return statistics;
}

MemoryUse Network::memory(int64_t steps) const {
  MemoryUse use;
  for (const auto& population : populations_) use.populations.push_back(population->bytes());
  for (const auto& projection : projections_) use.projections.push_back(projection->bytes());
  for (const auto& [id, recorder] : value_recorders_)
    use.recorders.push_back({id, recorder->bytes(), recorder->needed(step_, steps)});
  for (const auto& [id, recorder] : spike_recorders_)
    use.recorders.push_back({id, recorder.bytes(), 0.0});
  return use;
}

size_t Network::bytes() const noexcept {
  size_t total = 0;
  for (const auto& population : populations_) total += population->bytes();
  for (const auto& projection : projections_) total += projection->bytes();
  for (const auto& [id, recorder] : value_recorders_) total += recorder->bytes();
  for (const auto& [id, recorder] : spike_recorders_) total += recorder.bytes();
  return total;
}

}  // namespace neurarchy
