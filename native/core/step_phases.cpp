#include <algorithm>
#include <tuple>

#include "step_loop.hpp"

// What the phases of a step do; their order, and where threads meet, stands in step_loop.cpp.

namespace neurarchy {

namespace {

/// Where in a step a hook is called: by phase, and then by object. (Population-wide statements
/// count as phase 3, projection-wide ones as phase 6.)
int64_t order_of(int64_t phase, size_t object) noexcept {
  return (phase << 32) + static_cast<int64_t>(object);
}

}  // namespace

void StepLoop::transmit(const Worker& worker, int64_t tick, int64_t step) noexcept {
  const size_t projections = state_.projections.size();
  for (size_t part = worker.first_part; part < worker.end_part; part++) {
    for (const auto& population : state_.populations) population->clear_inputs(part);
    for (size_t i = 0; i < projections && !meetings_.in_order; i++) transmit(i, part, tick, step);
  }
  if (!meetings_.in_order) return;
  meet(worker);
  for (size_t i = 0; i < projections; i++) {
    for (size_t part = worker.first_part; part < worker.end_part; part++)
      transmit(i, part, tick, step);
    meet(worker);
  }
}

void StepLoop::transmit(size_t i, size_t part, int64_t tick, int64_t step) noexcept {
  Projection& projection = *state_.projections[i];
  const NaStep now = instant(projection.object(), step, part);
  state_.events[part].value += projection.transmit(part, tick, now);
  note_failure(part, order_of(1, i), projection.name(), projection.post().size(), step);
}

void StepLoop::update_globals(int64_t step) noexcept {
  for (size_t i = 0; i < state_.populations.size(); i++) {
    const Population& population = *state_.populations[i];
    if (!population.has_globals()) continue;
    population.update_globals(instant(population.object(), step, 0));
    note_failure(0, order_of(3, i), population.name(), population.size(), step);
  }
}

void StepLoop::update_neurons(size_t part, int64_t tick, int64_t step) noexcept {
  for (size_t i = 0; i < state_.populations.size(); i++) {
    Population& population = *state_.populations[i];
    const NaStep now = instant(population.object(), step, part);
    population.update(part, now);
    if (!population.emit(part, tick, now)) out_of_memory_.store(true, std::memory_order_relaxed);
    population.push_history(part, tick);
    note_failure(part, order_of(4, i), population.name(), population.size(), step);
  }
}

void StepLoop::reduce(int64_t tick, int64_t step) noexcept {
  for (const auto& population : state_.populations) population->reduce();
  for (size_t i = 0; i < state_.projections.size(); i++) {
    Projection& projection = *state_.projections[i];
    projection.update_globals(tick, instant(projection.object(), step, 0));
    note_failure(0, order_of(6, i), projection.name(), projection.post().size(), step);
  }
}

void StepLoop::update_synapses(size_t part, int64_t tick, int64_t step) noexcept {
  for (size_t i = 0; i < state_.projections.size(); i++) {
    Projection& projection = *state_.projections[i];
    projection.update(part, tick, instant(projection.object(), step, part));
    note_failure(part, order_of(7, i), projection.name(), projection.post().size(), step);
  }
  for (size_t i = 0; i < state_.projections.size(); i++) {
    Projection& projection = *state_.projections[i];
    projection.post_events(part, tick, instant(projection.object(), step, part));
    note_failure(part, order_of(8, i), projection.name(), projection.post().size(), step);
  }
}

void StepLoop::restructure(const Worker& worker, int64_t step) noexcept {
  const auto due = [step](const auto& projection) { return projection->restructures(step); };
  if (std::none_of(state_.projections.begin(), state_.projections.end(), due)) return;
  for (size_t part = worker.first_part; part < worker.end_part; part++) {
    try {
      for (const auto& projection : state_.projections)
        projection->create(part, instant(projection->object(), step, part));
      for (const auto& projection : state_.projections)
        projection->prune(part, instant(projection->object(), step, part));
    } catch (...) {
      out_of_memory_.store(true, std::memory_order_relaxed);
    }
  }
  meet(worker);
  if (worker.leads) {
    try {
      for (const auto& projection : state_.projections) {
        if (!due(projection)) continue;
        projection->join();
        const int64_t steps = state_.first_step + steps_ - step;
        for (ValueRecorder* recorder : state_.value_recorders)
          recorder->relocate(*projection, step, steps);
      }
    } catch (...) {
      out_of_memory_.store(true, std::memory_order_relaxed);
    }
  }
  meet(worker);
}

void StepLoop::record_fields(RecordPhase phase, size_t part, int64_t step) noexcept {
  for (ValueRecorder* recorder : state_.value_recorders) recorder->record(phase, part, step);
}

void StepLoop::record_spikes(size_t part, int64_t tick, int64_t step) noexcept {
  for (SpikeRecorder* recorder : state_.spike_recorders) {
    if (!recorder->record(part, tick, step)) out_of_memory_.store(true, std::memory_order_relaxed);
  }
}

NaStep StepLoop::instant(uint32_t object, int64_t step, size_t part) noexcept {
  return NaStep{step,
                static_cast<double>(step) * state_.dt,
                state_.dt,
                state_.dt,
                state_.seed,
                object,
                &failed_[part].found};
}

void StepLoop::note_failure(size_t part, int64_t order, const std::string& object, int64_t size,
                            int64_t step) noexcept {
  Failed& mine = failed_[part];
  if (mine.found.variable < 0 || mine.object != nullptr) return;
  if (mine.found.element >= size) {
    // The padding need not converge. It ends a range, so it hides no neuron.
    mine.found.variable = -1;
    return;
  }
  mine.order = order;
  mine.step = step;
  mine.object = &object;
  int64_t earliest = failed_step_.load(std::memory_order_relaxed);
  while (step < earliest &&
         !failed_step_.compare_exchange_weak(earliest, step, std::memory_order_relaxed)) {
  }
}

std::optional<LoopFailure> StepLoop::first_failure() const {
  const auto key = [](const Failed& one) {
    return std::tuple(one.order, one.found.element, one.found.partner);
  };
  const Failed* first = nullptr;
  for (const Failed& one : failed_) {
    if (one.object != nullptr && (first == nullptr || key(one) < key(*first))) first = &one;
  }
  if (first == nullptr) return std::nullopt;
  return LoopFailure{
      {first->found.variable, first->found.element, first->found.partner, first->step},
      *first->object};
}

bool StepLoop::stop_holds(int64_t done) noexcept {
  if (!state_.until || state_.until->conditions.empty()) return false;
  const auto holds = [&](const Until::Condition& condition) {
    const auto& population = state_.populations[static_cast<size_t>(condition.population)];
    const NaStep next = instant(population->object(), state_.first_step + done, 0);
    return population->stop_holds(condition.all, next);
  };
  const std::vector<Until::Condition>& conditions = state_.until->conditions;
  return state_.until->together ? std::all_of(conditions.begin(), conditions.end(), holds)
                                : std::any_of(conditions.begin(), conditions.end(), holds);
}

}  // namespace neurarchy
