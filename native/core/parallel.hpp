#pragma once

#include <omp.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

#include "memory.hpp"

// The only place that knows OpenMP.

namespace neurarchy {

/// Where the threads of a team meet at the end of a step.
///
/// Waiting costs a tenth of a microsecond when all threads run, and milliseconds when one has lost
/// its core to another process. So a thread first spins, then offers its core, then sleeps.
class Barrier {
 public:
  /// Wait for all `count` threads. Returns 0, or the time spent when it was so long that a thread
  /// seems to have no core. [ns]
  int64_t arrive_and_wait(int32_t count) noexcept {
    const uint32_t mine = generation_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count) {
      arrived_.store(0, std::memory_order_relaxed);
      // Sequentially consistent with the sleepers' increment: either we see the sleeper or it sees
      // the generation.
      generation_.store(mine + 1, std::memory_order_seq_cst);
      if (sleepers_.load(std::memory_order_seq_cst) > 0) generation_.notify_all();
      return 0;
    }
    return wait(mine);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::microseconds kSpin{2};
  static constexpr std::chrono::microseconds kYield{50};

  bool passed(uint32_t mine) const noexcept {
    return generation_.load(std::memory_order_acquire) != mine;
  }

  int64_t wait(uint32_t mine) noexcept {
    const Clock::time_point start = Clock::now();
    while (Clock::now() - start < kSpin) {
      for (int i = 0; i < 8; i++) {
        if (passed(mine)) return 0;
        pause();
      }
    }
    while (Clock::now() - start < kYield) {
      if (passed(mine)) return 0;
      std::this_thread::yield();
    }
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    while (!passed(mine)) generation_.wait(mine, std::memory_order_seq_cst);
    sleepers_.fetch_sub(1, std::memory_order_relaxed);
    return std::chrono::nanoseconds(Clock::now() - start).count();
  }

  static void pause() noexcept {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  alignas(kCacheLine) std::atomic<int32_t> arrived_{0};
  alignas(kCacheLine) std::atomic<uint32_t> generation_{0};
  alignas(kCacheLine) std::atomic<int32_t> sleepers_{0};
};

/// What a member of a team is told.
struct Member {
  int32_t index;
  int32_t count;  // may be less than asked for, where the system gives no more threads
};

/// Work for a team: `run(member)` is called once in each thread, and must not throw.
class TeamWork {
 public:
  virtual ~TeamWork() = default;
  virtual void run(Member member) noexcept = 0;
};

namespace detail {
// Team work reaches the threads through these words and not through the region's own variables:
// what the OpenMP runtime does in between is invisible to ThreadSanitizer, an acquire that reads a
// release is not.
inline std::atomic<TeamWork*> team_work{nullptr};
inline std::atomic<int32_t> team_size{0};
inline std::atomic<int32_t> team_done{0};
}  // namespace detail

/// Run `work` in `count` threads, of which the caller is the first, and wait for all. One caller at
/// a time: the runtime keeps a team for every thread that ever opened a region, so only one thread
/// of the engine does.
inline void run_team(int32_t count, TeamWork& work) noexcept {
  detail::team_done.store(0, std::memory_order_relaxed);
  detail::team_work.store(&work, std::memory_order_release);
#pragma omp parallel num_threads(count)
  {
    TeamWork* const mine = detail::team_work.load(std::memory_order_acquire);
    const Member member{omp_get_thread_num(), omp_get_num_threads()};
    if (member.index == 0) detail::team_size.store(member.count, std::memory_order_relaxed);
    mine->run(member);
    detail::team_done.fetch_add(1, std::memory_order_release);
  }
  const int32_t size = detail::team_size.load(std::memory_order_relaxed);
  while (detail::team_done.load(std::memory_order_acquire) < size) std::this_thread::yield();
}

/// Cores this process may use.
inline int32_t available_threads() noexcept { return omp_get_num_procs(); }

}  // namespace neurarchy
