#include "engine_threads.hpp"

#include <system_error>
#include <thread>
#include <utility>

namespace neurarchy {

EngineThreads& EngineThreads::instance() {
  static auto* const engine = new EngineThreads();
  return *engine;
}

void EngineThreads::post(Pool& pool, Job job) {
  const std::lock_guard lock(mutex_);
  pool.jobs.push_back(std::move(job));
  if (pool.jobs.size() > pool.waiting && pool.threads < pool.most_threads) {
    try {
      std::thread([this, &pool] { work(pool); }).detach();
      pool.threads++;
    } catch (const std::system_error&) {
      // The job waits for a thread that there is already.
      if (pool.threads == 0) {
        pool.jobs.pop_back();
        throw;
      }
    }
  }
  pool.ready.notify_one();
}

void EngineThreads::work(Pool& pool) {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      pool.waiting++;
      pool.ready.wait(lock, [&] { return !pool.jobs.empty(); });
      pool.waiting--;
      job = std::move(pool.jobs.front());
      pool.jobs.pop_front();
    }
    job();
  }
}

}  // namespace neurarchy
