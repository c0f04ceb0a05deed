#include <algorithm>

#include "arguments.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"

namespace neurarchy {

namespace {

[[noreturn]] void unsupported(Napi::Env env, const std::string& what) {
  throw js_error(env, "UNSUPPORTED", what + " is not built yet");
}

}  // namespace

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
  if (Place{info[1], "slot"}.integer32(0) != 0) unsupported(env, "reading synapses");
  return guarded(env, [&]() -> Napi::Value {
    const size_t count = source.single_weight() ? 1 : static_cast<size_t>(source.synapse_count());
    Array<double> weights(count);
    source.copy_weights({weights.data(), count});
    return adopt_array(env, std::move(weights));
  });
}

void NetworkWrap::set_synaptic_values(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Projection& target = projection(info[0]);
  if (Place{info[1], "slot"}.integer32(0) != 0) unsupported(env, "writing synapses");
  const size_t count = target.single_weight() ? 1 : static_cast<size_t>(target.synapse_count());
  const Place place{info[2], "values"};
  guarded(env, [&] {
    std::vector<double> values = place.float64_array();
    if (values.size() == 1) values.assign(count, values[0]);
    if (values.size() != count) place.refuse(std::to_string(count) + " values, or one");
    target.set_weights(values);
  });
}

Napi::Value NetworkWrap::delays(const Napi::CallbackInfo& info) {
  projection(info[0]);
  unsupported(info.Env(), "reading delays");
}

void NetworkWrap::set_delays(const Napi::CallbackInfo& info) {
  projection(info[0]);
  unsupported(info.Env(), "changing delays");
}

void NetworkWrap::set_switches(const Napi::CallbackInfo& info) {
  projection(info[0]);
  const Switches wanted = read_switches({info[1], "switches"});
  if (!wanted.transmission) unsupported(info.Env(), "switching a projection off");
}

void NetworkWrap::settle_synapses(const Napi::CallbackInfo& info) { projection(info[0]); }

}  // namespace neurarchy
