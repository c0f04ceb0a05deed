#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace neurarchy {

/// The threads of the process that run simulations. They live until the process ends and are never
/// joined: at exit they may still be in a step.
class EngineThreads {
 public:
  using Job = std::function<void()>;

  /// The threads, of which the first starts with the first job.
  static EngineThreads& instance();

  /// Queue a job that opens parallel regions; jobs must not throw. These run one after the other in
  /// one thread: the OpenMP runtime keeps a team of threads for every thread that ever opens a
  /// region.
  /// @throws std::system_error when the system gives no thread; the job is dropped then.
  void post_team(Job job) { post(team_, std::move(job)); }

  /// Queue a job that opens none. It runs beside all others: a thread is started when none waits
  /// for work. The operating system shares the cores out, so that a short run does not wait for the
  /// end of long ones.
  /// @throws std::system_error as post_team.
  void post_alone(Job job) { post(alone_, std::move(job)); }

 private:
  /// Jobs, and the threads that do them.
  struct Pool {
    const size_t most_threads;
    std::deque<Job> jobs{};
    size_t threads = 0;
    size_t waiting = 0;  // threads without a job, or woken for one of `jobs`
    std::condition_variable ready{};
  };

  static constexpr size_t kMostAlone = 256;

  EngineThreads() = default;
  void post(Pool& pool, Job job);
  [[noreturn]] void work(Pool& pool);

  std::mutex mutex_;
  Pool team_{1};
  Pool alone_{kMostAlone};
};

}  // namespace neurarchy
