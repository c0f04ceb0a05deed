#include "network_wrap.hpp"

#include <variant>

#include "arguments.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "run_worker.hpp"

namespace neurarchy {

Napi::Function NetworkWrap::define(Napi::Env env) {
  return DefineClass(
      env, "NativeNetwork",
      {InstanceMethod<&NetworkWrap::run>("run"), InstanceMethod<&NetworkWrap::field>("field"),
       InstanceMethod<&NetworkWrap::field_changed>("fieldChanged"),
       InstanceMethod<&NetworkWrap::synapses>("synapses"),
       InstanceMethod<&NetworkWrap::set_weights>("setWeights"),
       InstanceMethod<&NetworkWrap::count_synapses>("countSynapses"),
       InstanceMethod<&NetworkWrap::record>("record"), InstanceMethod<&NetworkWrap::take>("take"),
       InstanceMethod<&NetworkWrap::unrecord>("unrecord"),
       InstanceMethod<&NetworkWrap::reset>("reset"),
       InstanceAccessor<&NetworkWrap::current_step, &NetworkWrap::set_current_step>("currentStep"),
       InstanceAccessor<&NetworkWrap::seed, &NetworkWrap::set_seed>("seed"),
       InstanceMethod<&NetworkWrap::thread_statistics>("threadStatistics"),
       InstanceMethod<&NetworkWrap::memory>("memory"),
       InstanceMethod<&NetworkWrap::close>("close")});
}

NetworkWrap::NetworkWrap(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  guarded(info.Env(), [&] { network_ = std::make_shared<Network>(read_network_spec(info[0])); });
  // JavaScript collects objects by what it knows of their size.
  reported_bytes_ = static_cast<int64_t>(network_->bytes());
  Napi::MemoryManagement::AdjustExternalMemory(info.Env(), reported_bytes_);
}

NetworkWrap::~NetworkWrap() { forget(); }

void NetworkWrap::forget() {
  network_.reset();
  views_.clear();
  if (reported_bytes_ != 0) Napi::MemoryManagement::AdjustExternalMemory(Env(), -reported_bytes_);
  reported_bytes_ = 0;
}

Network& NetworkWrap::idle(Napi::Env env) const {
  if (network_ == nullptr) throw js_error(env, "CLOSED", "the network is closed");
  if (running_) throw js_error(env, "RUNNING", "the network is running");
  return *network_;
}

size_t NetworkWrap::population_index(const Napi::Value& value) const {
  const auto count = static_cast<int64_t>(idle(value.Env()).populations().size());
  return static_cast<size_t>(read_integer(value, 0, count - 1, "population"));
}

size_t NetworkWrap::slot_index(const Napi::Value& value, size_t population) const {
  const auto count = static_cast<int64_t>(idle(value.Env()).population(population).fields().size());
  return static_cast<size_t>(read_integer(value, 0, count - 1, "slot"));
}

Projection& NetworkWrap::projection(const Napi::Value& value) const {
  const auto projections = idle(value.Env()).projections();
  const auto count = static_cast<int64_t>(projections.size());
  return *projections[static_cast<size_t>(read_integer(value, 0, count - 1, "projection"))];
}

Napi::Value NetworkWrap::run(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  idle(env);
  const int64_t steps = read_integer(info[0], 0, INT32_MAX, "steps");
  if (!info[1].IsTypedArray() ||
      info[1].As<Napi::TypedArray>().TypedArrayType() != napi_int32_array ||
      info[1].As<Napi::TypedArray>().ElementLength() < Control::kWords) {
    bad_argument(env, "control", "an Int32Array of " + std::to_string(Control::kWords) + " words");
  }
  running_ = true;
  Ref();
  return RunWorker::start(env, network_, steps, info[1].As<Napi::Int32Array>(), [this] {
    running_ = false;
    Unref();
  });
}

Napi::Value NetworkWrap::field(const Napi::CallbackInfo& info) {
  const size_t population = population_index(info[0]);
  const size_t slot = slot_index(info[1], population);
  auto& view = views_[{population, slot}];
  if (view.IsEmpty()) {
    view = Napi::Reference<Napi::TypedArray>::New(
        view_of_field(info.Env(), network_->population(population).fields()[slot]), 1);
  }
  return view.Value();
}

void NetworkWrap::field_changed(const Napi::CallbackInfo& info) {
  const size_t population = population_index(info[0]);
  network_->population(population).fill_padding(slot_index(info[1], population));
}

Napi::Value NetworkWrap::synapses(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Projection& source = projection(info[0]);
  return guarded(env, [&]() -> Napi::Value {
    SynapseTable table = source.synapses();
    const size_t weight_count =
        source.single_weight() ? 1 : static_cast<size_t>(source.synapse_count());
    Array<double> weights(weight_count);
    source.copy_weights({weights.data(), weights.size()});
    auto post_ranks = Napi::Int32Array::New(env, table.post_ranks.size());
    std::copy(table.post_ranks.begin(), table.post_ranks.end(), post_ranks.Data());
    auto row_start = Napi::Float64Array::New(env, table.row_start.size());
    std::copy(table.row_start.begin(), table.row_start.end(), row_start.Data());
    const Napi::Object result = Napi::Object::New(env);
    result.Set("postRanks", post_ranks);
    result.Set("rowStart", row_start);
    result.Set("preRanks", adopt_array(env, std::move(table.pre_ranks)));
    result.Set("weights", adopt_array(env, std::move(weights)));
    return result;
  });
}

void NetworkWrap::set_weights(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Projection& target = projection(info[0]);
  const size_t count = target.single_weight() ? 1 : static_cast<size_t>(target.synapse_count());
  if (!info[1].IsTypedArray() ||
      info[1].As<Napi::TypedArray>().TypedArrayType() != napi_float64_array ||
      info[1].As<Napi::TypedArray>().ElementLength() != count) {
    bad_argument(env, "weights", "a Float64Array of " + std::to_string(count) + " values");
  }
  const auto weights = info[1].As<Napi::Float64Array>();
  guarded(env, [&] { target.set_weights({weights.Data(), count}); });
}

Napi::Value NetworkWrap::count_synapses(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(projection(info[0]).synapse_count()));
}

Napi::Value NetworkWrap::record(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Network& network = idle(env);
  const auto spec = read_recorder_spec(info[0]);
  const int32_t id = guarded(env, [&] {
    return std::visit([&](const auto& recorder) { return network.record(recorder); }, spec);
  });
  return Napi::Number::New(env, id);
}

Napi::Value NetworkWrap::take(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Network& network = idle(env);
  const auto id = static_cast<int32_t>(read_integer(info[0], 0, INT32_MAX, "recorder"));
  const bool keep = read_boolean(info[1], "keep");
  const Napi::Object result = Napi::Object::New(env);
  if (FieldRecorder* recorder = network.field_recorder(id)) {
    const int64_t records = recorder->records();
    const size_t bytes = recorder->data().size();
    const auto length = static_cast<size_t>(records * recorder->width());
    const Napi::ArrayBuffer buffer =
        keep ? copy(env, recorder->data()) : adopt(env, recorder->release(), bytes);
    result.Set("kind", "field");
    result.Set("data", typed_array(env, recorder->field(), buffer, length));
    result.Set("records", Napi::Number::New(env, static_cast<double>(records)));
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
  bad_argument(env, "recorder", "the number of a recorder");
}

void NetworkWrap::unrecord(const Napi::CallbackInfo& info) {
  Network& network = idle(info.Env());
  const auto id = static_cast<int32_t>(read_integer(info[0], 0, INT32_MAX, "recorder"));
  if (!network.unrecord(id)) bad_argument(info.Env(), "recorder", "the number of a recorder");
}

void NetworkWrap::reset(const Napi::CallbackInfo& info) { idle(info.Env()).reset(); }

Napi::Value NetworkWrap::current_step(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(idle(info.Env()).step()));
}

void NetworkWrap::set_current_step(const Napi::CallbackInfo& info, const Napi::Value& value) {
  idle(info.Env()).set_step(read_integer(value, 0, kMaxSafeInteger, "currentStep"));
}

Napi::Value NetworkWrap::seed(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), idle(info.Env()).seed());
}

void NetworkWrap::set_seed(const Napi::CallbackInfo& info, const Napi::Value& value) {
  idle(info.Env()).set_seed(static_cast<uint32_t>(read_integer(value, 0, UINT32_MAX, "seed")));
}

Napi::Value NetworkWrap::thread_statistics(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Napi::Array result = Napi::Array::New(env);
  for (const PartStatistics& part : idle(env).statistics()) {
    const Napi::Object entry = Napi::Object::New(env);
    entry.Set("neurons", Napi::Number::New(env, static_cast<double>(part.neurons)));
    entry.Set("rows", Napi::Number::New(env, static_cast<double>(part.rows)));
    entry.Set("events", Napi::Number::New(env, static_cast<double>(part.events)));
    result.Set(result.Length(), entry);
  }
  return result;
}

Napi::Value NetworkWrap::memory(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(idle(info.Env()).bytes()));
}

void NetworkWrap::close(const Napi::CallbackInfo& info) {
  if (network_ == nullptr) return;
  idle(info.Env());
  forget();
}

}  // namespace neurarchy
