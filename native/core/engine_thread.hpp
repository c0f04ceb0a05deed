#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace neurarchy {

/// The one thread of the process that runs simulations, one after the other. It opens all parallel
/// regions: the OpenMP runtime keeps a team of threads for every thread that does.
class EngineThread {
 public:
  using Job = std::function<void()>;

  /// The thread, started at the first call. It lives until the process ends and is never destroyed:
  /// at exit it may still be in a step.
  static EngineThread& instance();

  /// Queue a job; jobs must not throw.
  void post(Job job);

 private:
  EngineThread();
  [[noreturn]] void work();

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
};

}  // namespace neurarchy
