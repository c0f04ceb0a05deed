#include <algorithm>
#include <variant>

#include "arguments.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"

namespace neurarchy {

namespace {

/// How many synapses the rows of records have, where that can change.
Napi::Value changes_of(Napi::Env env, const ValueRecorder& recorder) {
  const Napi::Array changes = Napi::Array::New(env);
  for (const ValueRecorder::Change& change : recorder.changes()) {
    auto lengths = Napi::Int32Array::New(env, change.lengths.size());
    std::copy(change.lengths.begin(), change.lengths.end(), lengths.Data());
    const Napi::Object entry = Napi::Object::New(env);
    entry.Set("record", Napi::Number::New(env, static_cast<double>(change.record)));
    entry.Set("lengths", lengths);
    changes.Set(changes.Length(), entry);
  }
  return changes;
}

int32_t recorder_id(const Napi::Value& value) { return Place{value, "recorder"}.integer32(0); }

}  // namespace

Napi::Value NetworkWrap::record(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Network& network = idle(env);
  const int32_t id = guarded(env, [&] {
    const RecorderSpec spec = read_recorder_spec({info[0], "spec"});
    return std::visit([&](const auto& recorder) { return network.record(recorder); }, spec);
  });
  return Napi::Number::New(env, id);
}

Napi::Value NetworkWrap::take(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Network& network = idle(env);
  const int32_t id = recorder_id(info[0]);
  const bool keep = Place{info[1], "keep"}.boolean();
  const Napi::Object result = Napi::Object::New(env);
  if (ValueRecorder* recorder = network.value_recorder(id)) {
    const int64_t records = recorder->records();
    const size_t bytes = recorder->data().size();
    const size_t length = bytes / recorder->element().bytes;
    const Napi::Value changes = changes_of(env, *recorder);
    const Napi::ArrayBuffer buffer =
        keep ? copy(env, recorder->data()) : adopt(env, recorder->release(), bytes);
    result.Set("kind", "field");
    result.Set("data", typed_array(env, recorder->element(), buffer, length));
    result.Set("records", Napi::Number::New(env, static_cast<double>(records)));
    result.Set("changes", changes);
    return result;
  }
  if (SpikeRecorder* recorder = network.spike_recorder(id)) {
    guarded(env, [&] {
      SpikeRecorder::Spikes spikes = recorder->collect();
      result.Set("kind", "spikes");
      result.Set("ranks", adopt_array(env, std::move(spikes.ranks)));
      result.Set("steps", adopt_array(env, std::move(spikes.steps)));
      if (!keep) recorder->clear();
    });
    return result;
  }
  Place{info[0], "recorder"}.refuse("the number of a recorder");
}

void NetworkWrap::unrecord(const Napi::CallbackInfo& info) {
  Network& network = idle(info.Env());
  if (!network.unrecord(recorder_id(info[0])))
    Place{info[0], "recorder"}.refuse("the number of a recorder");
}

}  // namespace neurarchy
