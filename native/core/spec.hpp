#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The description of a network: the C++ side of lib/native/spec.ts, with the same names.

namespace neurarchy {

enum class Precision { kDouble, kFloat };
enum class FieldType { kReal, kInt32 };
enum class FieldScope { kLocal, kGlobal };

struct FieldSpec {
  std::string name;
  FieldType type;
  FieldScope scope;
};

struct PopulationSpec {
  std::string name;
  int64_t size;
  std::string library;  // path of the compiled neuron type
  std::vector<FieldSpec> fields;
  std::optional<int32_t> spiked_slot;
  std::optional<int32_t> remaining_slot;
};

enum class ValueKind {
  kConstant,
  kUniform,
  kDiscreteUniform,
  kNormal,
  kLogNormal,
  kExponential,
  kGamma,
  kBinomial,
};

struct ValueSpec {
  ValueKind kind;
  std::vector<double>
      parameters;  // of the distribution, by position; the value itself for a constant
  double min;
  double max;
};

enum class ConnectorKind { kAllToAll, kOneToOne, kFixedProbability };

/// Population ranks; nullopt stands for all.
using Ranks = std::optional<std::vector<int32_t>>;

struct ConnectorSpec {
  ConnectorKind kind;
  Ranks pre_ranks;
  Ranks post_ranks;
  bool self_connections;
  double probability;
};

struct ProjectionSpec {
  std::string name;
  int32_t pre;
  int32_t post;
  std::vector<int32_t> target_slots;
  int32_t delay;  // [steps], at least 1
  ConnectorSpec connector;
  ValueSpec weights;
  bool single_weight;
};

struct NetworkSpec {
  double dt;  // [ms]
  uint32_t seed;
  Precision precision;
  int32_t threads;
  bool force_threads;
  std::vector<PopulationSpec> populations;
  std::vector<ProjectionSpec> projections;
};

enum class RecordPhase { kInputs, kEnd };

struct FieldRecorderSpec {
  int32_t population;
  int32_t slot;
  RecordPhase phase;
  Ranks ranks;
  int64_t period;  // [steps]
  int64_t offset;  // [steps]
};

struct SpikeRecorderSpec {
  int32_t population;
  Ranks ranks;
};

}  // namespace neurarchy
