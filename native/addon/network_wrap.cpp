#include "network_wrap.hpp"

#include "arguments.hpp"
#include "errors.hpp"
#include "run_worker.hpp"

namespace neurarchy {

Napi::Function NetworkWrap::define(Napi::Env env) {
  using Wrap = NetworkWrap;
  return DefineClass(env, "NativeNetwork",
                     {InstanceMethod<&Wrap::run>("run"),
                      InstanceMethod<&Wrap::field>("field"),
                      InstanceMethod<&Wrap::field_changed>("fieldChanged"),
                      InstanceMethod<&Wrap::set_enabled>("setEnabled"),
                      InstanceMethod<&Wrap::set_rate_window>("setRateWindow"),
                      InstanceMethod<&Wrap::set_source>("setSource"),
                      InstanceMethod<&Wrap::clear_spikes>("clearSpikes"),
                      InstanceMethod<&Wrap::settle>("settle"),
                      InstanceMethod<&Wrap::synapses>("synapses"),
                      InstanceMethod<&Wrap::count_synapses>("countSynapses"),
                      InstanceMethod<&Wrap::synaptic_values>("synapticValues"),
                      InstanceMethod<&Wrap::set_synaptic_values>("setSynapticValues"),
                      InstanceMethod<&Wrap::hold_synaptic_values>("holdSynapticValues"),
                      InstanceMethod<&Wrap::hold_by_synapse>("holdBySynapse"),
                      InstanceMethod<&Wrap::delays>("delays"),
                      InstanceMethod<&Wrap::set_delays>("setDelays"),
                      InstanceMethod<&Wrap::set_switches>("setSwitches"),
                      InstanceMethod<&Wrap::settle_synapses>("settleSynapses"),
                      InstanceMethod<&Wrap::rebuild>("rebuild"),
                      InstanceMethod<&Wrap::export_state>("exportState"),
                      InstanceMethod<&Wrap::check_state>("checkState"),
                      InstanceMethod<&Wrap::import_state>("importState"),
                      InstanceMethod<&Wrap::set_structure>("setStructure"),
                      InstanceMethod<&Wrap::create_synapses>("createSynapses"),
                      InstanceMethod<&Wrap::prune_synapses>("pruneSynapses"),
                      InstanceMethod<&Wrap::record>("record"),
                      InstanceMethod<&Wrap::take>("take"),
                      InstanceMethod<&Wrap::unrecord>("unrecord"),
                      InstanceAccessor<&Wrap::current_step, &Wrap::set_current_step>("currentStep"),
                      InstanceAccessor<&Wrap::seed, &Wrap::set_seed>("seed"),
                      InstanceMethod<&Wrap::thread_statistics>("threadStatistics"),
                      InstanceMethod<&Wrap::memory>("memory"),
                      InstanceMethod<&Wrap::close>("close")});
}

NetworkWrap::NetworkWrap(const Napi::CallbackInfo& info) : ObjectWrap(info) {
  guarded(info.Env(),
          [&] { network_ = std::make_shared<Network>(read_network_spec({info[0], "spec"})); });
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
  return static_cast<size_t>(Place{value, "population"}.integer(0, count - 1));
}

Population& NetworkWrap::population(const Napi::Value& value) const {
  return network_->population(population_index(value));
}

size_t NetworkWrap::slot_index(const Napi::Value& value, const Population& population) const {
  const auto count = static_cast<int64_t>(population.fields().size());
  return static_cast<size_t>(Place{value, "slot"}.integer(0, count - 1));
}

size_t NetworkWrap::projection_index(const Napi::Value& value) const {
  const auto count = static_cast<int64_t>(idle(value.Env()).projections().size());
  return static_cast<size_t>(Place{value, "projection"}.integer(0, count - 1));
}

Projection& NetworkWrap::projection(const Napi::Value& value) const {
  return *network_->projections()[projection_index(value)];
}

Napi::Value NetworkWrap::run(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Network& network = idle(env);
  const int64_t steps = Place{info[0], "steps"}.integer(0, INT32_MAX);
  const Place control{info[1], "control"};
  if (!info[1].IsTypedArray() ||
      info[1].As<Napi::TypedArray>().TypedArrayType() != napi_int32_array ||
      info[1].As<Napi::TypedArray>().ElementLength() < Control::kWords) {
    control.refuse("an Int32Array of " + std::to_string(Control::kWords) + " words");
  }
  std::optional<Until> until = read_until({info[2], "until"});
  guarded(env, [&] { network.check(until); });
  running_ = true;
  Ref();
  return RunWorker::start(env, network_, {steps, std::move(until)}, info[1].As<Napi::Int32Array>(),
                          [this] {
                            running_ = false;
                            Unref();
                          });
}

Napi::Value NetworkWrap::current_step(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(idle(info.Env()).step()));
}

void NetworkWrap::set_current_step(const Napi::CallbackInfo& info, const Napi::Value& value) {
  idle(info.Env()).set_step(Place{value, "currentStep"}.integer(0, kMaxSafeInteger));
}

Napi::Value NetworkWrap::seed(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), idle(info.Env()).seed());
}

void NetworkWrap::set_seed(const Napi::CallbackInfo& info, const Napi::Value& value) {
  idle(info.Env()).set_seed(static_cast<uint32_t>(Place{value, "seed"}.integer(0, UINT32_MAX)));
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
  const Napi::Env env = info.Env();
  const MemoryUse use = idle(env).memory(Place{info[0], "steps"}.integer(0, kMaxSafeInteger));
  const auto numbers = [env](const std::vector<size_t>& bytes) {
    const Napi::Array array = Napi::Array::New(env);
    for (const size_t count : bytes)
      array.Set(array.Length(), Napi::Number::New(env, static_cast<double>(count)));
    return array;
  };
  const Napi::Array recorders = Napi::Array::New(env);
  for (const auto& [id, bytes, needed] : use.recorders) {
    const Napi::Object entry = Napi::Object::New(env);
    entry.Set("recorder", Napi::Number::New(env, id));
    entry.Set("bytes", Napi::Number::New(env, static_cast<double>(bytes)));
    entry.Set("needed", Napi::Number::New(env, needed));
    recorders.Set(recorders.Length(), entry);
  }
  const Napi::Object result = Napi::Object::New(env);
  result.Set("populations", numbers(use.populations));
  result.Set("projections", numbers(use.projections));
  result.Set("recorders", recorders);
  return result;
}

void NetworkWrap::close(const Napi::CallbackInfo& info) {
  if (network_ == nullptr) return;
  idle(info.Env());
  forget();
}

}  // namespace neurarchy
