#include "arguments.hpp"
#include "convert.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"

namespace neurarchy {

Napi::Value NetworkWrap::field(const Napi::CallbackInfo& info) {
  const size_t index = population_index(info[0]);
  const Population& population = network_->population(index);
  const size_t slot = slot_index(info[1], population);
  auto& view = views_[{index, slot}];
  if (view.IsEmpty()) {
    view = Napi::Reference<Napi::TypedArray>::New(
        view_of_field(info.Env(), population.fields()[slot]), 1);
  }
  return view.Value();
}

void NetworkWrap::field_changed(const Napi::CallbackInfo& info) {
  Population& target = population(info[0]);
  target.field_changed(slot_index(info[1], target));
}

void NetworkWrap::set_enabled(const Napi::CallbackInfo& info) {
  population(info[0]).set_enabled(Place{info[1], "enabled"}.boolean());
}

void NetworkWrap::set_rate_window(const Napi::CallbackInfo& info) {
  Population& target = population(info[0]);
  const int64_t steps = Place{info[1], "steps"}.integer(0, kMaxSafeInteger);
  guarded(info.Env(), [&] { target.set_rate_window(steps); });
}

void NetworkWrap::set_source(const Napi::CallbackInfo& info) {
  Population& target = population(info[0]);
  guarded(info.Env(), [&] {
    const SourceSpec source = read_source({info[1], "source"});
    target.set_source(source, Place{info[2], "restart"}.boolean());
  });
}

void NetworkWrap::clear_spikes(const Napi::CallbackInfo& info) {
  population(info[0]).clear_spikes();
}

void NetworkWrap::settle(const Napi::CallbackInfo& info) { population(info[0]).settle(); }

}  // namespace neurarchy
