#include <algorithm>

#include "arguments.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"

namespace neurarchy {

Napi::Value NetworkWrap::synapses(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Projection& source = projection(info[0]);
  return guarded(env, [&]() -> Napi::Value {
    SynapseTable table = source.synapses();
    auto post_ranks = Napi::Int32Array::New(env, table.post_ranks.size());
    std::copy(table.post_ranks.begin(), table.post_ranks.end(), post_ranks.Data());
    auto row_start = Napi::Float64Array::New(env, table.row_start.size());
    std::copy(table.row_start.begin(), table.row_start.end(), row_start.Data());
    const Napi::Object result = Napi::Object::New(env);
    result.Set("postRanks", post_ranks);
    result.Set("rowStart", row_start);
    result.Set("preRanks", adopt_array(env, std::move(table.pre_ranks)));
    return result;
  });
}

Napi::Value NetworkWrap::count_synapses(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(projection(info[0]).synapse_count()));
}

Napi::Value NetworkWrap::synaptic_values(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Projection& source = projection(info[0]);
  const auto slot = static_cast<size_t>(read_slot({info[1], "slot"}));
  return guarded(env, [&]() -> Napi::Value {
    const SynapticField field = source.field(slot);
    const auto count = static_cast<size_t>(field.count);
    Array<std::byte> values(count * field.element_bytes);
    source.copy_values(slot, values.data());
    const size_t bytes = values.size();
    return typed_array(env, {field.type, field.element_bytes}, adopt(env, values.release(), bytes),
                       count);
  });
}

void NetworkWrap::set_synaptic_values(const Napi::CallbackInfo& info) {
  Projection& target = projection(info[0]);
  const auto slot = static_cast<size_t>(read_slot({info[1], "slot"}));
  guarded(info.Env(), [&] { target.set_values(slot, Place{info[2], "values"}.float64_array()); });
}

Napi::Value NetworkWrap::hold_synaptic_values(const Napi::CallbackInfo& info) {
  Projection& target = projection(info[0]);
  const auto slot = static_cast<size_t>(read_slot({info[1], "slot"}));
  return guarded(info.Env(), [&]() -> Napi::Value {
    const bool held = target.hold_values(slot, Place{info[2], "values"}.float64_array());
    return Napi::Boolean::New(info.Env(), held);
  });
}

void NetworkWrap::hold_by_synapse(const Napi::CallbackInfo& info) {
  Projection& target = projection(info[0]);
  guarded(info.Env(), [&] { target.hold_by_synapse(read_synapse({info[1], "spec"})); });
}

Napi::Value NetworkWrap::delays(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Projection& source = projection(info[0]);
  return guarded(env, [&]() -> Napi::Value {
    const std::vector<int32_t> delays = source.delays();
    auto result = Napi::Int32Array::New(env, delays.size());
    std::copy(delays.begin(), delays.end(), result.Data());
    return result;
  });
}

void NetworkWrap::set_delays(const Napi::CallbackInfo& info) {
  const size_t target = projection_index(info[0]);
  guarded(info.Env(),
          [&] { network_->set_delays(target, Place{info[1], "delays"}.int32_array()); });
}

void NetworkWrap::set_switches(const Napi::CallbackInfo& info) {
  projection(info[0]).set_switches(read_switches({info[1], "switches"}));
}

void NetworkWrap::rebuild(const Napi::CallbackInfo& info) {
  const size_t target = projection_index(info[0]);
  guarded(info.Env(), [&] { network_->rebuild(target, read_projection({info[1], "spec"})); });
}

void NetworkWrap::settle_synapses(const Napi::CallbackInfo& info) {
  Projection& target = projection(info[0]);
  target.settle(idle(info.Env()).tick());
}

}  // namespace neurarchy
