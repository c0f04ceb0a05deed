#pragma once

#include <napi.h>

#include <map>
#include <memory>
#include <utility>

#include "network.hpp"

namespace neurarchy {

/// A network as JavaScript sees it (NativeNetwork in lib/native/binding.ts).
class NetworkWrap : public Napi::ObjectWrap<NetworkWrap> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NetworkWrap(const Napi::CallbackInfo& info);
  ~NetworkWrap() override;

 private:
  Napi::Value run(const Napi::CallbackInfo& info);
  Napi::Value field(const Napi::CallbackInfo& info);
  void field_changed(const Napi::CallbackInfo& info);
  Napi::Value synapses(const Napi::CallbackInfo& info);
  void set_weights(const Napi::CallbackInfo& info);
  Napi::Value count_synapses(const Napi::CallbackInfo& info);
  Napi::Value record(const Napi::CallbackInfo& info);
  Napi::Value take(const Napi::CallbackInfo& info);
  void unrecord(const Napi::CallbackInfo& info);
  void reset(const Napi::CallbackInfo& info);
  Napi::Value current_step(const Napi::CallbackInfo& info);
  void set_current_step(const Napi::CallbackInfo& info, const Napi::Value& value);
  Napi::Value seed(const Napi::CallbackInfo& info);
  void set_seed(const Napi::CallbackInfo& info, const Napi::Value& value);
  Napi::Value thread_statistics(const Napi::CallbackInfo& info);
  Napi::Value memory(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  /// The network, ready for a call. Throws CLOSED or RUNNING.
  Network& idle(Napi::Env env) const;
  size_t population_index(const Napi::Value& value) const;
  size_t slot_index(const Napi::Value& value, size_t population) const;
  Projection& projection(const Napi::Value& value) const;
  void forget();

  std::shared_ptr<Network> network_;  // shared with a run
  bool running_ = false;
  int64_t reported_bytes_ = 0;
  // One view per field, made once: no memory is given to two ArrayBuffers.
  std::map<std::pair<size_t, size_t>, Napi::Reference<Napi::TypedArray>> views_;
};

}  // namespace neurarchy
