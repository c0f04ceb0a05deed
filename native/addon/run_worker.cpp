#include "run_worker.hpp"

#include <atomic>
#include <utility>

#include "engine_threads.hpp"
#include "errors.hpp"

namespace neurarchy {

RunWorker::RunWorker(Napi::Env env, std::shared_ptr<Network> network, Order order,
                     Napi::Int32Array control, std::function<void()> finished)
    : env_(env),
      network_(std::move(network)),
      order_(std::move(order)),
      control_(Napi::Persistent(control)),
      words_(control.Data()),
      finished_(std::move(finished)),
      deferred_(env) {}

Napi::Promise RunWorker::start(Napi::Env env, std::shared_ptr<Network> network, Order order,
                               Napi::Int32Array control, std::function<void()> finished) {
  const std::shared_ptr<RunWorker> worker(
      new RunWorker(env, std::move(network), std::move(order), control, std::move(finished)));
  worker->settle_ = Napi::ThreadSafeFunction::New(
      env, Napi::Function::New(env, [](const Napi::CallbackInfo&) {}), "neurarchy run", 0, 1);
  worker->self_ = worker;
  // Added after the function's own hook, hence called before it: the engine has left when the
  // function is closed.
  napi_add_env_cleanup_hook(env, &RunWorker::environment_ends, worker.get());
  const Napi::Promise promise = worker->deferred_.Promise();
  EngineThreads& engine = EngineThreads::instance();
  const auto job = [worker] { worker->execute(); };
  try {
    if (worker->network_->parts() > 1) {
      engine.post_team(job);
    } else {
      engine.post_alone(job);
    }
  } catch (...) {
    worker->failure_ = std::current_exception();
    worker->leave();
  }
  return promise;
}

void RunWorker::execute() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (stage_ == Stage::kLeft) return;
    stage_ = Stage::kRunning;
  }
  try {
    result_ = network_->run(order_.steps, Control(words_), order_.until);
  } catch (...) {
    failure_ = std::current_exception();
  }
  leave();
}

void RunWorker::leave() noexcept {
  settle_.NonBlockingCall([this](Napi::Env env, Napi::Function) { settle(env); });
  settle_.Release();
  const std::lock_guard lock(mutex_);
  stage_ = Stage::kLeft;
  left_engine_.notify_all();
}

void RunWorker::settle(Napi::Env env) noexcept {
  const std::shared_ptr<RunWorker> last = std::move(self_);
  napi_remove_env_cleanup_hook(env, &RunWorker::environment_ends, this);
  finished_();
  if (failure_) {
    try {
      std::rethrow_exception(failure_);
    } catch (...) {
      deferred_.Reject(js_error_of_current_exception(env).Value());
    }
    return;
  }
  const Napi::Object result = Napi::Object::New(env);
  result.Set("done", Napi::Number::New(env, static_cast<double>(result_.done)));
  result.Set("stopped", Napi::Boolean::New(env, result_.stopped));
  deferred_.Resolve(result);
}

void RunWorker::environment_ends(void* data) noexcept {
  auto* const worker = static_cast<RunWorker*>(data);
  std::atomic_ref(worker->words_[0]).store(1, std::memory_order_relaxed);
  std::unique_lock lock(worker->mutex_);
  // One that still waits for its turn never begins: what is before it may have long to run.
  if (worker->stage_ == Stage::kQueued) worker->stage_ = Stage::kLeft;
  worker->left_engine_.wait(lock, [worker] { return worker->stage_ == Stage::kLeft; });
}

}  // namespace neurarchy
