#include "engine_thread.hpp"

#include <thread>
#include <utility>

namespace neurarchy {

EngineThread& EngineThread::instance() {
  static auto* const engine = new EngineThread();
  return *engine;
}

EngineThread::EngineThread() {
  std::thread([this] { work(); }).detach();
}

void EngineThread::post(Job job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  ready_.notify_one();
}

void EngineThread::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return !jobs_.empty(); });
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job();
  }
}

}  // namespace neurarchy
