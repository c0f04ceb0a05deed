#pragma once

#include <napi.h>

#include <map>
#include <memory>
#include <utility>

#include "network.hpp"
#include "place.hpp"

namespace neurarchy {

/// A network as JavaScript sees it (NativeNetwork in lib/native/binding.ts).
///
/// Every member checks its arguments, and throws CLOSED or RUNNING where the network cannot be
/// asked.
class NetworkWrap : public Napi::ObjectWrap<NetworkWrap> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NetworkWrap(const Napi::CallbackInfo& info);
  ~NetworkWrap() override;

 private:
  // network_wrap.cpp
  Napi::Value run(const Napi::CallbackInfo& info);
  Napi::Value current_step(const Napi::CallbackInfo& info);
  void set_current_step(const Napi::CallbackInfo& info, const Napi::Value& value);
  Napi::Value seed(const Napi::CallbackInfo& info);
  void set_seed(const Napi::CallbackInfo& info, const Napi::Value& value);
  Napi::Value thread_statistics(const Napi::CallbackInfo& info);
  Napi::Value memory(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  // population_members.cpp
  Napi::Value field(const Napi::CallbackInfo& info);
  void field_changed(const Napi::CallbackInfo& info);
  void set_enabled(const Napi::CallbackInfo& info);
  void set_rate_window(const Napi::CallbackInfo& info);
  void set_source(const Napi::CallbackInfo& info);
  void clear_spikes(const Napi::CallbackInfo& info);
  void settle(const Napi::CallbackInfo& info);

  // projection_members.cpp
  Napi::Value synapses(const Napi::CallbackInfo& info);
  Napi::Value count_synapses(const Napi::CallbackInfo& info);
  Napi::Value synaptic_values(const Napi::CallbackInfo& info);
  void set_synaptic_values(const Napi::CallbackInfo& info);
  Napi::Value hold_synaptic_values(const Napi::CallbackInfo& info);
  void hold_by_synapse(const Napi::CallbackInfo& info);
  Napi::Value delays(const Napi::CallbackInfo& info);
  void set_delays(const Napi::CallbackInfo& info);
  void set_switches(const Napi::CallbackInfo& info);
  void settle_synapses(const Napi::CallbackInfo& info);

  void rebuild(const Napi::CallbackInfo& info);

  // state_members.cpp
  Napi::Value export_state(const Napi::CallbackInfo& info);
  void check_state(const Napi::CallbackInfo& info);
  void import_state(const Napi::CallbackInfo& info);

  // structure_members.cpp
  void set_structure(const Napi::CallbackInfo& info);
  void create_synapses(const Napi::CallbackInfo& info);
  void prune_synapses(const Napi::CallbackInfo& info);

  // recorder_members.cpp
  Napi::Value record(const Napi::CallbackInfo& info);
  Napi::Value take(const Napi::CallbackInfo& info);
  void unrecord(const Napi::CallbackInfo& info);

  /// The network, ready for a call. Throws CLOSED or RUNNING.
  Network& idle(Napi::Env env) const;
  size_t population_index(const Napi::Value& value) const;
  Population& population(const Napi::Value& value) const;
  size_t slot_index(const Napi::Value& value, const Population& population) const;
  size_t projection_index(const Napi::Value& value) const;
  Projection& projection(const Napi::Value& value) const;
  void forget();

  std::shared_ptr<Network> network_;  // shared with a run
  bool running_ = false;
  int64_t reported_bytes_ = 0;
  // One view per field, made once: no memory is given to two ArrayBuffers.
  std::map<std::pair<size_t, size_t>, Napi::Reference<Napi::TypedArray>> views_;
};

}  // namespace neurarchy
