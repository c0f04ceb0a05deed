#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "error.hpp"
#include "network.hpp"
#include "spec.hpp"

// Networks of the hand-written neuron types in kernels/.

namespace neurarchy::testing {

inline std::string kernel_path(const std::string& name) {
  return std::string(KERNELS) + "/" + name + ".so";
}

/// Slots of kernels/beat.c.
namespace beat {
enum Slot : size_t {
  kPeriod,
  kPhase,
  kG,
  kGInh,
  kTotal,
  kSpiked,
  kRemaining,
  kResets,
  kCount,
  kLastSpike,
  kReady,
  kAxon,
  kAxonResets,
  kRate  // behind the library's own table
};
}

inline PopulationSpec beat_population(int64_t size, const std::string& name = "beat",
                                      const std::string& library = "beat") {
  constexpr auto kReal = FieldType::kReal;
  constexpr auto kInt = FieldType::kInt32;
  constexpr auto kLocal = FieldScope::kLocal;
  return {name,
          size,
          kernel_path(library),
          {{"period", kInt, kLocal},
           {"phase", kInt, kLocal},
           {"g", kReal, kLocal},
           {"g_inh", kReal, kLocal},
           {"total", kReal, kLocal},
           {"spiked", kInt, kLocal},
           {"remaining", kInt, kLocal},
           {"resets", kInt, kLocal},
           {"count", kReal, FieldScope::kGlobal},
           {"lastSpike", kInt, kLocal},
           {"ready", kInt, kLocal},
           {"axon", kInt, kLocal},
           {"axonResets", kInt, kLocal},
           {"rate", kReal, kLocal}},
          beat::kSpiked,
          beat::kRemaining,
          beat::kLastSpike,
          beat::kAxon,
          beat::kRate};
}

/// Slots of kernels/lif.c.
namespace lif {
enum Slot : size_t { kV, kGExc, kGInh, kTau, kNoise, kSpiked, kRemaining };
}

inline PopulationSpec lif_population(int64_t size, const std::string& name = "lif",
                                     const std::string& library = "lif") {
  constexpr auto kReal = FieldType::kReal;
  constexpr auto kInt = FieldType::kInt32;
  constexpr auto kLocal = FieldScope::kLocal;
  return {name,
          size,
          kernel_path(library),
          {{"v", kReal, kLocal},
           {"g_exc", kReal, kLocal},
           {"g_inh", kReal, kLocal},
           {"tau", kReal, FieldScope::kGlobal},
           {"noise", kReal, FieldScope::kGlobal},
           {"spiked", kInt, kLocal},
           {"remaining", kInt, kLocal}},
          lif::kSpiked,
          lif::kRemaining};
}

constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline ValueSpec constant(double value) {
  return {ValueKind::kConstant, {value}, -kInfinity, kInfinity};
}
inline ValueSpec drawn(ValueKind kind, std::vector<double> parameters, double min = -kInfinity,
                       double max = kInfinity) {
  return {kind, std::move(parameters), min, max};
}

inline ConnectorSpec all_to_all(bool self = true) {
  return {ConnectorKind::kAllToAll, std::nullopt, std::nullopt, self, 1.0};
}
inline ConnectorSpec one_to_one() {
  return {ConnectorKind::kOneToOne, std::nullopt, std::nullopt, true, 1.0};
}
inline ConnectorSpec fixed_probability(double probability, bool self = true) {
  return {ConnectorKind::kFixedProbability, std::nullopt, std::nullopt, self, probability};
}

inline ConnectorSpec fixed_number(ConnectorKind kind, int64_t number, bool self = true) {
  return {kind, std::nullopt, std::nullopt, self, 1.0, {}, number};
}
inline ConnectorSpec profile(ProfileSpec spec, bool self = true) {
  return {ConnectorKind::kProfile, std::nullopt, std::nullopt, self, 1.0, {}, 0, std::move(spec)};
}

inline ProjectionSpec projection(int32_t pre, int32_t post, ConnectorSpec connector,
                                 ValueSpec weights, int32_t delay = 1, int32_t slot = beat::kG) {
  return {"projection",       pre,   post, {slot}, delay, std::move(connector),
          std::move(weights), false, delay};
}

inline NetworkSpec network(std::vector<PopulationSpec> populations,
                           std::vector<ProjectionSpec> projections = {}) {
  return {0.1, 42, Precision::kDouble, 1, true, std::move(populations), std::move(projections)};
}

template <class T>
std::span<T> values(Network& network, size_t population, size_t slot) {
  const Field& field = network.population(population).fields()[slot];
  return {static_cast<T*>(field.memory->data()), static_cast<size_t>(field.count)};
}

/// Control words of a run.
struct Words {
  std::array<int32_t, Control::kWords> words{};
  Control control() { return Control(words.data()); }
};

inline RunResult run(Network& network, int64_t steps) {
  Words words;
  return network.run(steps, words.control());
}

/// Code and object of the error that `body` throws.
inline std::pair<std::string, std::string> refusal(const std::function<void()>& body) {
  try {
    body();
  } catch (const Error& error) {
    return {error.code(), error.object()};
  }
  return {"none", ""};
}

}  // namespace neurarchy::testing
