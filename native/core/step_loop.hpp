#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "control.hpp"
#include "error.hpp"
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

/// An equation that could not be solved, and whose it is.
struct LoopFailure {
  Divergence where;
  std::string object;
};

/// The loop over the steps of one run.
class StepLoop final : private TeamWork {
 public:
  /// kDone also where the conditions of `until` hold.
  enum class End { kDone, kStopped, kOutOfMemory, kNotConverged };
  struct Outcome {
    int64_t done;
    End end;
    std::optional<LoopFailure> failure = std::nullopt;  // of kNotConverged
  };

  StepLoop(LoopState state, int64_t steps, Control control);

  /// Run all steps, or whole steps until stopped. With several parts, call it from one thread at a
  /// time in the process.
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

  /// Where the threads meet in a step, besides its end.
  struct Meetings {
    bool in_order = false;            // before the first projection transmits, and after each
    bool after_transmission = false;  // between phases 2 and 4
    bool globals_late = false;        // population-wide statements wait for it, and then all again
    bool after_neurons = false;       // between phases 5 and 6
    bool after_leader = false;  // between the part of phases 6 and 7 that one thread does, and
                                // what the others make of it
  };

  /// The first failure of a part. Parts and not threads hold them, so that it does not depend on
  /// the number of threads which failure is reported.
  struct alignas(kCacheLine) Failed {
    NaFailure found{-1, -1, -1, 0};
    int64_t order = 0;  // of the hooks in a step
    int64_t step = 0;
    const std::string* object = nullptr;
  };

  void run(Member member) noexcept override;
  void run_step(const Worker& worker, int64_t index) noexcept;

  void plan();
  void transmit(const Worker& worker, int64_t tick, int64_t step) noexcept;
  void transmit(size_t projection, size_t part, int64_t tick, int64_t step) noexcept;
  void update_globals(int64_t step) noexcept;
  void update_neurons(size_t part, int64_t tick, int64_t step) noexcept;
  void reduce(int64_t tick, int64_t step) noexcept;
  void update_synapses(size_t part, int64_t tick, int64_t step) noexcept;
  void restructure(const Worker& worker, int64_t step) noexcept;
  void record_fields(RecordPhase phase, size_t part, int64_t step) noexcept;
  void record_spikes(size_t part, int64_t tick, int64_t step) noexcept;

  NaStep instant(uint32_t object, int64_t step, size_t part) noexcept;
  /// After a hook for an object with `size` (post) neurons: note whose failure it was, if it was
  /// one.
  void note_failure(size_t part, int64_t order, const std::string& object, int64_t size,
                    int64_t step) noexcept;
  std::optional<LoopFailure> first_failure() const;
  void meet(const Worker& worker) noexcept;
  Verdict judge(int64_t done, int32_t team) noexcept;
  bool stop_holds(int64_t done) noexcept;
  bool team_lost_a_core(int64_t done, int32_t team) noexcept;

  LoopState state_;
  int64_t steps_;
  Control control_;
  bool has_globals_ = false;      // some population has population-wide statements
  bool has_leader_work_ = false;  // phases 6 and 7 have something for one thread
  Meetings meetings_;

  int64_t done_ = 0;
  End end_ = End::kDone;
  Clock::time_point alone_until_{};
  Clock::time_point window_start_{};
  int64_t window_begin_ = 0;

  Barrier barrier_;
  // The verdict of a step is read after its barrier, while the first thread may already be writing
  // that of the next.
  std::atomic<Verdict> verdicts_[2] = {Verdict::kContinue, Verdict::kContinue};
  std::vector<Failed> failed_;  // (parts)
  // The first step that failed. Compared with the own step, so that a thread that is already in the
  // next one does not change what the others decide.
  std::atomic<int64_t> failed_step_{INT64_MAX};
  std::atomic<bool> out_of_memory_{false};
  std::atomic<int64_t> long_waits_{0};
  std::atomic<int64_t> lost_{0};  // [ns], in long waits
};

}  // namespace neurarchy
