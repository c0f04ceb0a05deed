#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "control.hpp"
#include "parallel.hpp"
#include "population.hpp"
#include "projection.hpp"
#include "recorder.hpp"

namespace neurarchy {

/// Synaptic events of a part; written by its thread in every step.
struct alignas(kCacheLine) EventCount {
  int64_t value = 0;
};

/// What the loop works on. The network owns all of it and stands still while the loop runs.
struct LoopState {
  double dt;  // [ms]
  uint32_t seed;
  bool force_threads;
  int32_t parts;
  int64_t first_step;
  int64_t first_tick;
  std::span<const std::unique_ptr<Population>> populations;
  std::span<const std::unique_ptr<Projection>> projections;
  std::vector<ValueRecorder*> value_recorders;
  std::vector<SpikeRecorder*> spike_recorders;
  std::span<EventCount> events;  // (parts)
  std::optional<Until> until;
};

/// The loop over the steps of one run.
class StepLoop final : private TeamWork {
 public:
  enum class End { kDone, kStopped, kOutOfMemory };
  struct Outcome {
    int64_t done;
    End end;
  };

  StepLoop(LoopState state, int64_t steps, Control control);

  /// Run all steps, or whole steps until stopped. Call it from one thread at a time in the process.
  Outcome execute();

 private:
  using Clock = std::chrono::steady_clock;

  /// What the first thread decides at the end of a step, for all. kRegroup: leave the team, come
  /// back as another.
  enum class Verdict : int32_t { kContinue, kFinish, kRegroup };

  /// One thread of the team and the parts it works for.
  struct Worker {
    size_t first_part;
    size_t end_part;
    int32_t team;
    bool leads;
  };

  void run(Member member) noexcept override;
  void run_step(const Worker& worker, int64_t index) noexcept;

  void update_globals(int64_t step) const noexcept;
  void deliver_spikes(size_t part, int64_t tick) noexcept;
  void record_fields(RecordPhase phase, size_t part, int64_t step) noexcept;
  void update_neurons(size_t part, int64_t tick, int64_t step) noexcept;
  void record_spikes(size_t part, int64_t tick, int64_t step) noexcept;

  NaStep instant(const Population& population, int64_t step) const noexcept;
  void meet(const Worker& worker) noexcept;
  Verdict judge(int64_t done, int32_t team) noexcept;
  bool stop_holds(int64_t done) const noexcept;
  bool team_lost_a_core(int64_t done, int32_t team) noexcept;

  LoopState state_;
  int64_t steps_;
  Control control_;
  bool has_globals_ = false;

  int64_t done_ = 0;
  End end_ = End::kDone;
  Clock::time_point alone_until_{};
  Clock::time_point window_start_{};
  int64_t window_begin_ = 0;

  Barrier barrier_;
  // The verdict of a step is read after its barrier, while the first thread may already be writing
  // that of the next.
  std::atomic<Verdict> verdicts_[2] = {Verdict::kContinue, Verdict::kContinue};
  mutable NaFailure failure_{0, -1, -1, 0};
  std::atomic<bool> out_of_memory_{false};
  std::atomic<int64_t> long_waits_{0};
  std::atomic<int64_t> lost_{0};  // [ns], in long waits
};

}  // namespace neurarchy
