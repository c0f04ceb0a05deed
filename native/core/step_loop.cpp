#include "step_loop.hpp"

#include "float_mode.hpp"

namespace neurarchy {

namespace {

/// Steps between two looks at the clock.
constexpr int64_t kWindow = 256;
constexpr std::chrono::milliseconds kAlone{250};

}  // namespace

StepLoop::StepLoop(LoopState state, int64_t steps, Control control)
    : state_(std::move(state)),
      steps_(steps),
      control_(control),
      failed_(static_cast<size_t>(state_.parts)) {
  plan();
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
    finished = verdicts_[done_ & 1].load(std::memory_order_relaxed) == Verdict::kFinish ||
               failed_step_.load(std::memory_order_relaxed) < state_.first_step + done_;
  }
  std::optional<LoopFailure> failure = first_failure();
  if (failure) end_ = End::kNotConverged;
  return {done_, end_, std::move(failure)};
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
    if (failed_step_.load(std::memory_order_relaxed) < state_.first_step + done)
      verdict = Verdict::kFinish;
  }
  if (worker.leads) done_ = done;
}

/*
 * One step, n = step, t = n dt. The order is semantics; in each phase populations and projections
 * are visited in the order in which they were made.
 *
 *    1  transmission      weighted sums to 0; for each projection: the event code of axonal events
 *                         and of the spikes of step n - delay (where both have the same code: the
 *                         other way round), in ascending presynaptic rank; then its continuous
 *                         transmission, from values of step n - delay
 *    2  target recording  fields recorded in the phase `inputs`: with what was just received,
 *                         before any decay
 *    3  random numbers    drawn inside the hooks; functions of the step, so their place
 *                         in time does not matter
 *    4  neurons           population-wide statements; then, per population: local
 *                         statements, spike test, resets, firing rates
 *    5  delay queues      present values are pushed; the spikes of step n become visible to the
 *                         others at the barrier
 *    6  global operations over all neurons of a population
 *    7  synapses          projection-wide statements; then per row, then per synapse
 *    8  post events       of the spikes of step n
 *    9  structure         rules that make synapses, in all projections; then those that remove them
 *   10  recording         all other fields, and the spikes of step n
 *   11  time              n + 1, after the barrier; then the conditions that end a run
 *
 * Phases 3 to 6 do nothing for disabled populations, phases 1, 7, 8 and 9 nothing for projections
 * towards them.
 *
 * Threads own postsynaptic neurons and the synapses that end at them, and write nothing else, but
 * for global fields, which only the first thread writes. They read what others write as follows:
 *
 *   - Lists of spikes and pushed values of earlier steps: complete since the barrier at the end of
 *     the step. Nothing else is read by static spiking projections, which makes that barrier the
 *     only one of their networks.
 *   - Phase 1 may read fields of presynaptic neurons and global fields as they are: all threads
 *     must be through with it before neurons change (after_transmission), and population-wide
 *     statements wait for that too and are waited for (globals_late).
 *   - Phase 1 may read presynaptic sums while they are being added to. The order of projections
 *     then is one of threads too (in_order).
 *   - Phase 4 reads global fields of its population: written beside phase 1 or after it, in either
 *     case before the barrier that precedes phase 4.
 *   - Phases 6, 7 and 8 may read all neurons, after phase 5 of all threads (after_neurons); phases
 *     7 and 8 read the results of phase 6 and of projection-wide statements (after_leader).
 *   - Phase 9 reads neurons as phases 7 and 8 do, and each thread arranges its own synapses anew.
 * What all threads have changed is counted by the first one, while the others wait.
 *   - The conditions that end a run read all neurons, after phase 10 of all threads.
 */
void StepLoop::run_step(const Worker& worker, int64_t index) noexcept {
  const int64_t step = state_.first_step + index;
  const int64_t tick = state_.first_tick + index;
  if (worker.leads && has_globals_ && !meetings_.globals_late) update_globals(step);
  transmit(worker, tick, step);
  for (size_t part = worker.first_part; part < worker.end_part; part++)
    record_fields(RecordPhase::kInputs, part, step);
  if (meetings_.after_transmission) meet(worker);
  if (meetings_.globals_late) {
    if (worker.leads) update_globals(step);
    meet(worker);
  }
  for (size_t part = worker.first_part; part < worker.end_part; part++)
    update_neurons(part, tick, step);
  if (meetings_.after_neurons) meet(worker);
  if (worker.leads && has_leader_work_) reduce(tick, step);
  if (meetings_.after_leader) meet(worker);
  for (size_t part = worker.first_part; part < worker.end_part; part++)
    update_synapses(part, tick, step);
  restructure(worker, step);
  for (size_t part = worker.first_part; part < worker.end_part; part++) {
    record_fields(RecordPhase::kEnd, part, step);
    record_spikes(part, tick, step);
  }
}

void StepLoop::plan() {
  bool early = false;
  bool late = false;
  bool learns = false;
  for (const auto& population : state_.populations) {
    has_globals_ = has_globals_ || population->has_globals();
    has_leader_work_ = has_leader_work_ || population->has_reductions();
  }
  for (const auto& projection : state_.projections) {
    const Access access = projection->access();
    early = early || access.early;
    late = late || access.late;
    learns = learns || access.learns;
    has_leader_work_ = has_leader_work_ || access.globals;
    for (const auto& other : state_.projections) {
      if (&other->post() != &projection->pre()) continue;
      for (const int32_t slot : other->target_slots()) {
        meetings_.in_order =
            meetings_.in_order || projection->reads_early(static_cast<size_t>(slot));
      }
    }
  }
  meetings_.after_transmission = early || has_globals_;
  meetings_.globals_late = early && has_globals_;
  meetings_.after_neurons = late || has_leader_work_;
  meetings_.after_leader = has_leader_work_ && learns;
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
