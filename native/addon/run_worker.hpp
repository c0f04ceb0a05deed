#pragma once

#include <napi.h>

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "network.hpp"

namespace neurarchy {

/// One run on its way through a thread of the engine and back to JavaScript.
///
/// Lives until its promise is settled or its JavaScript environment is gone. When an environment
/// ends during a run, the run is stopped after the current step and waited for; one that has not
/// begun never does.
class RunWorker : public std::enable_shared_from_this<RunWorker> {
 public:
  /// What is asked for.
  struct Order {
    int64_t steps;
    std::optional<Until> until;
  };

  /// Queue a run. `finished` is called on the JavaScript thread just before the promise is settled.
  static Napi::Promise start(Napi::Env env, std::shared_ptr<Network> network, Order order,
                             Napi::Int32Array control, std::function<void()> finished);

 private:
  RunWorker(Napi::Env env, std::shared_ptr<Network> network, Order order, Napi::Int32Array control,
            std::function<void()> finished);

  enum class Stage { kQueued, kRunning, kLeft };

  void execute() noexcept;              // engine thread
  void leave() noexcept;                // engine thread; JavaScript thread when there is none
  void settle(Napi::Env env) noexcept;  // JavaScript thread
  static void environment_ends(void* worker) noexcept;

  Napi::Env env_;
  std::shared_ptr<Network> network_;
  Order order_;
  Napi::Reference<Napi::Int32Array> control_;  // keeps the words alive
  int32_t* words_;
  std::function<void()> finished_;
  Napi::Promise::Deferred deferred_;
  Napi::ThreadSafeFunction settle_;

  RunResult result_{};
  std::exception_ptr failure_;
  std::shared_ptr<RunWorker> self_;  // from start to settlement

  std::mutex mutex_;
  std::condition_variable left_engine_;
  Stage stage_ = Stage::kQueued;  // kLeft: nothing will touch the network any more
};

}  // namespace neurarchy
