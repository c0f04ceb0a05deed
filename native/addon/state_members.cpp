#include <span>

#include "convert.hpp"
#include "errors.hpp"
#include "network_wrap.hpp"
#include "state.hpp"

namespace neurarchy {

namespace {

enum class Owner { kPopulation, kProjection };

Owner read_owner(const Place& place) {
  return place.choice<Owner>(
      {{"population", Owner::kPopulation}, {"projection", Owner::kProjection}});
}

std::span<const std::byte> read_bytes(const Place& place) {
  if (!place.value.IsTypedArray() ||
      place.value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    place.refuse("a Uint8Array");
  }
  const auto bytes = place.value.As<Napi::Uint8Array>();
  return std::as_bytes(std::span<const uint8_t>(bytes.Data(), bytes.ElementLength()));
}

Napi::Value bytes_of(Napi::Env env, Array<std::byte> state) {
  const size_t size = state.size();
  return Napi::Uint8Array::New(env, size, adopt(env, state.release(), size), 0);
}

}  // namespace

Napi::Value NetworkWrap::export_state(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Network& network = idle(env);
  const bool of_population = read_owner({info[0], "owner"}) == Owner::kPopulation;
  return guarded(env, [&]() -> Napi::Value {
    return bytes_of(env, of_population
                             ? pack(population(info[1]).state(network.step()))
                             : pack(projection(info[1]).state(network.step(), network.tick())));
  });
}

void NetworkWrap::check_state(const Napi::CallbackInfo& info) {
  const Owner owner = read_owner({info[0], "owner"});
  const std::span<const std::byte> bytes = read_bytes({info[2], "state"});
  guarded(info.Env(), [&] {
    if (owner == Owner::kPopulation) {
      const Population& target = population(info[1]);
      target.check(unpack_population(bytes, target.name()));
      return;
    }
    const Projection& target = projection(info[1]);
    const int64_t rows = Place{info[3], "rows"}.integer(0, kMaxSafeInteger);
    const int64_t synapses = Place{info[4], "synapses"}.integer(0, kMaxSafeInteger);
    target.check(unpack_projection(bytes, target.name()), rows, synapses);
  });
}

void NetworkWrap::import_state(const Napi::CallbackInfo& info) {
  const Network& network = idle(info.Env());
  const Owner owner = read_owner({info[0], "owner"});
  const std::span<const std::byte> bytes = read_bytes({info[2], "state"});
  guarded(info.Env(), [&] {
    if (owner == Owner::kPopulation) {
      Population& target = population(info[1]);
      target.restore(unpack_population(bytes, target.name()), network.step());
    } else {
      Projection& target = projection(info[1]);
      target.restore(unpack_projection(bytes, target.name()), network.step(), network.tick());
    }
  });
}

}  // namespace neurarchy
