#include "step_loop.hpp"

#include <algorithm>

#include "float_mode.hpp"

namespace neurarchy {

namespace {

/// Steps between two looks at the clock.
constexpr int64_t kWindow = 256;
constexpr std::chrono::milliseconds kAlone{250};

}  // namespace

StepLoop::StepLoop(LoopState state, int64_t steps, Control control)
    : state_(std::move(state)), steps_(steps), control_(control) {
  for (const auto& population : state_.populations)
    has_globals_ = has_globals_ || population->has_globals();
}

StepLoop::Outcome StepLoop::execute() {
  if (steps_ == 0) return {0, End::kDone};
  if (control_.stop_asked()) return {0, End::kStopped};
  bool finished = false;
  while (!finished) {
    window_start_ = Clock::now();
    window_begin_ = done_;
    long_waits_.store(0, std::memory_order_relaxed);
    lost_.store(0, std::memory_order_relaxed);
    if (state_.parts == 1 || window_start_ < alone_until_) {
      run({0, 1});
    } else {
      run_team(state_.parts, *this);
    }
    finished = verdicts_[done_ & 1].load(std::memory_order_relaxed) == Verdict::kFinish;
  }
  return {done_, end_};
}

void StepLoop::run(Member member) noexcept {
  const FlushToZero flush;
  const auto parts = static_cast<int64_t>(state_.parts);
  const Worker worker{static_cast<size_t>(parts * member.index / member.count),
                      static_cast<size_t>(parts * (member.index + 1) / member.count), member.count,
                      member.index == 0};
  int64_t done = done_;
  Verdict verdict = Verdict::kContinue;
  while (verdict == Verdict::kContinue) {
    run_step(worker, done);
    done += 1;
    std::atomic<Verdict>& place = verdicts_[done & 1];
    if (state_.until) meet(worker);
    if (worker.leads) place.store(judge(done, worker.team), std::memory_order_relaxed);
    meet(worker);
    verdict = place.load(std::memory_order_relaxed);
  }
  if (worker.leads) done_ = done;
}

/*
 * One step, n = step, t = n dt. The order is semantics; populations and projections are visited in
 * the order in which they were made.
 *
 *    1  transmission      spikes of step n - delay are added to the target fields,
 *                         in ascending presynaptic rank
 *    2  target recording  fields recorded in the phase `inputs`: with the spikes just
 *                         received, before any decay
 *    3  random numbers    drawn inside the hooks; functions of the step, so their place
 *                         in time does not matter
 *    4  neurons           population-wide statements; then, per population: local
 *                         statements, spike test, resets
 *    5  delay queues      the spikes of step n become visible to the others at the barrier
 *   10  recording         all other fields, and the spikes of step n
 *   11  time              n + 1, after the barrier
 *
 * (Phases 6 to 9 belong to global operations and to plastic synapses.)
 *
 * Threads own postsynaptic neurons. Phases 1 to 10 read and write what the thread's own parts hold,
 * but for two things: spike lists of earlier steps, complete since an earlier barrier, and global
 * fields, which only the first thread writes and which the others may read after `meet`.
 */
void StepLoop::run_step(const Worker& worker, int64_t index) noexcept {
  const int64_t step = state_.first_step + index;
  const int64_t tick = state_.first_tick + index;
  if (worker.leads && has_globals_) update_globals(step);
  for (size_t part = worker.first_part; part < worker.end_part; part++) {
    for (const auto& population : state_.populations) population->clear_inputs(part);
    deliver_spikes(part, tick);
    record_fields(RecordPhase::kInputs, part, step);
  }
  if (has_globals_) meet(worker);
  for (size_t part = worker.first_part; part < worker.end_part; part++) {
    update_neurons(part, tick, step);
    record_fields(RecordPhase::kEnd, part, step);
    record_spikes(part, tick, step);
  }
}

void StepLoop::update_globals(int64_t step) const noexcept {
  for (const auto& population : state_.populations) {
    if (population->has_globals()) population->update_globals(instant(*population, step));
  }
}

void StepLoop::deliver_spikes(size_t part, int64_t tick) noexcept {
  int64_t events = 0;
  for (const auto& projection : state_.projections) events += projection->deliver(part, tick);
  state_.events[part].value += events;
}

void StepLoop::record_fields(RecordPhase phase, size_t part, int64_t step) noexcept {
  for (ValueRecorder* recorder : state_.value_recorders) recorder->record(phase, part, step);
}

void StepLoop::update_neurons(size_t part, int64_t tick, int64_t step) noexcept {
  for (const auto& population : state_.populations) {
    const NaStep now = instant(*population, step);
    population->update(part, now);
    if (!population->emit(part, tick, now)) out_of_memory_.store(true, std::memory_order_relaxed);
    population->push_history(part, tick);
  }
}

void StepLoop::record_spikes(size_t part, int64_t tick, int64_t step) noexcept {
  for (SpikeRecorder* recorder : state_.spike_recorders) {
    if (!recorder->record(part, tick, step)) out_of_memory_.store(true, std::memory_order_relaxed);
  }
}

NaStep StepLoop::instant(const Population& population, int64_t step) const noexcept {
  return NaStep{step,        static_cast<double>(step) * state_.dt, state_.dt, state_.dt,
                state_.seed, population.object(),                    &failure_};
}

void StepLoop::meet(const Worker& worker) noexcept {
  if (worker.team == 1) return;
  const int64_t waited = barrier_.arrive_and_wait(worker.team);
  if (waited == 0) return;
  long_waits_.fetch_add(1, std::memory_order_relaxed);
  lost_.fetch_add(waited, std::memory_order_relaxed);
}

StepLoop::Verdict StepLoop::judge(int64_t done, int32_t team) noexcept {
  control_.set_done(done);
  if (out_of_memory_.load(std::memory_order_relaxed)) {
    end_ = End::kOutOfMemory;
    return Verdict::kFinish;
  }
  if (done == steps_ || stop_holds(done)) return Verdict::kFinish;
  if (control_.stop_asked()) {
    end_ = End::kStopped;
    return Verdict::kFinish;
  }
  if (state_.parts == 1 || state_.force_threads || done - window_begin_ < kWindow)
    return Verdict::kContinue;
  if (team > 1) return team_lost_a_core(done, team) ? Verdict::kRegroup : Verdict::kContinue;
  window_begin_ = done;
  return Clock::now() < alone_until_ ? Verdict::kContinue : Verdict::kRegroup;
}

/// Whether the stop conditions hold after `done` steps.
bool StepLoop::stop_holds(int64_t done) const noexcept {
  if (!state_.until) return false;
  const auto holds = [&](const Until::Condition& condition) {
    const Population& population = *state_.populations[static_cast<size_t>(condition.population)];
    return population.stop_holds(condition.all, instant(population, state_.first_step + done));
  };
  const auto& conditions = state_.until->conditions;
  if (conditions.empty()) return false;
  return state_.until->together ? std::all_of(conditions.begin(), conditions.end(), holds)
                                : std::any_of(conditions.begin(), conditions.end(), holds);
}

/*
 * Another process may take a core for milliseconds, in which all others wait. If one of c threads
 * is without a core for the time x of a window w, the others wait (c - 1) x in all, and the team
 * does the work of c (w - x). One thread alone is faster when that is less than w: when the waits
 * exceed (c - 1)^2 / c of w.
 */
bool StepLoop::team_lost_a_core(int64_t done, int32_t team) noexcept {
  const Clock::time_point now = Clock::now();
  const auto window = std::chrono::duration<double, std::nano>(now - window_start_).count();
  const auto others = static_cast<double>(team - 1);
  const bool often =
      long_waits_.exchange(0, std::memory_order_relaxed) * 100 > done - window_begin_;
  const auto lost = static_cast<double>(lost_.exchange(0, std::memory_order_relaxed));
  window_start_ = now;
  window_begin_ = done;
  if (!often || lost * static_cast<double>(team) < others * others * window) return false;
  alone_until_ = now + kAlone;
  return true;
}

}  // namespace neurarchy
