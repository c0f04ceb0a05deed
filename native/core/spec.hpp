#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// The description of a network: the C++ side of lib/native/spec.ts, with the same names.

namespace neurarchy {

enum class Precision { kDouble, kFloat };
enum class FieldType { kReal, kInt32 };
enum class FieldScope { kLocal, kGlobal };

using Slot = std::optional<int32_t>;

struct FieldSpec {
  std::string name;
  FieldType type;
  FieldScope scope;
};

enum class ReductionKind { kMin, kMax, kMean, kNorm1, kNorm2 };

/// A global operation, worked out once per step after all neurons were updated.
struct ReductionSpec {
  ReductionKind operation;
  int32_t source;  // local field
  int32_t slot;    // global real field
};

/// Spikes at given steps of the population's own clock.
struct SpikeSourceSpec {
  std::vector<int64_t> start;  // (size + 1)
  std::vector<int64_t> steps;  // ascending for each neuron
};

/// Values of a local real field that change block by block.
struct BlockSourceSpec {
  int32_t slot;
  std::vector<double> values;     // (blocks, size), row-major
  std::vector<int64_t> schedule;  // step at which each block begins
  int64_t period;                 // [steps], -1: never begin anew
};

using SourceSpec = std::variant<SpikeSourceSpec, BlockSourceSpec>;

struct PopulationSpec {
  std::string name;
  int64_t size;
  std::optional<std::string>
      library;                    // path of the compiled neuron type; none: nothing is computed
  std::vector<FieldSpec> fields;  // the library's own table first
  Slot spiked_slot = std::nullopt;
  Slot remaining_slot = std::nullopt;
  Slot last_spike_slot = std::nullopt;
  Slot axon_slot = std::nullopt;
  Slot rate_slot = std::nullopt;
  std::vector<int32_t> input_slots = {};
  std::vector<ReductionSpec> reductions = {};
  std::optional<SourceSpec> source = std::nullopt;
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
  kExplicit,
  kProfile,  // weights that follow from distances: of the connector kProfile alone
};

struct ValueSpec {
  ValueKind kind;
  /// Of the distribution, by position; the value itself for a constant; one value per synapse, in
  /// the order of the rows of an explicit connector, for explicit ones.
  std::vector<double> parameters;
  double min;
  double max;
};

enum class ConnectorKind {
  kAllToAll,
  kOneToOne,
  kFixedProbability,
  kFixedNumberPre,
  kFixedNumberPost,
  kProfile,
  kExplicit,
};

/// Population ranks; nullopt stands for all.
using Ranks = std::optional<std::vector<int32_t>>;

/// Weights that follow from the distance d between neurons, whose coordinates are brought to [0, 1]
/// along each dimension: the sum of amplitude * exp(-d^2 / (2 sigma^2)) over the terms. Those that
/// do not exceed the threshold in magnitude are no synapses.
struct ProfileSpec {
  struct Term {
    double amplitude;
    double sigma;  // above 0
  };
  std::vector<int64_t> pre_geometry;   // its dimensions are compared
  std::vector<int64_t> post_geometry;  // may have more dimensions
  std::vector<Term> terms;
  double threshold;
};

/// An explicit connector has `row_start` too: row i holds the synapses of (*post_ranks)[i], which
/// ascend, from the neurons (*pre_ranks)[row_start[i] ... row_start[i + 1] - 1], in this order.
struct ConnectorSpec {
  ConnectorKind kind;
  Ranks pre_ranks;
  Ranks post_ranks;
  bool self_connections;
  double probability;
  std::vector<int64_t> row_start = {};
  int64_t number = 0;  // partners of each neuron: of fixedNumberPre and fixedNumberPost
  std::optional<ProfileSpec> profile = std::nullopt;
};

enum class SynapseScope { kLocal, kGlobal, kRow, kColumn };
enum class FieldOwner { kSelf, kPre, kPost };

struct SynapseFieldSpec {
  FieldOwner owner;
  std::string name;
  FieldType type;
  SynapseScope scope;
  int32_t slot;  // in the population at that end; -1 for a field of the synapses themselves
};

struct SynapseSpec {
  std::string library;
  std::vector<SynapseFieldSpec> fields;
  int32_t weight_slot;
  Slot delay_slot;
  std::vector<int32_t> last_event_slots;
  std::vector<int32_t> expanded_slots;
};

struct ProjectionSpec {
  std::string name;
  int32_t pre;
  int32_t post;
  std::vector<int32_t> target_slots;
  std::variant<int32_t, ValueSpec> delay;  // [steps], at least 1: for all synapses, or one for each
  ConnectorSpec connector;
  ValueSpec weights;
  bool single_weight;
  int32_t longest_delay = 1;  // [steps]
  std::optional<SynapseSpec> synapse = std::nullopt;
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

struct SynapseRecorderSpec {
  int32_t projection;
  int32_t slot;
  Ranks rows;      // positions in the list of rows; nullopt: all
  int64_t period;  // [steps]
  int64_t offset;  // [steps]
};

enum class EventKind { kSpike, kAxon };

struct SpikeRecorderSpec {
  int32_t population;
  Ranks ranks;
  EventKind events = EventKind::kSpike;
};

/// What a projection does in a run, and when (lib/native/binding.ts).
struct Switches {
  bool transmission = true;
  bool axon_transmission = true;
  bool update = true;
  bool plasticity = true;
  int64_t period = 1;  // [steps]
  int64_t offset = 0;  // [steps]
};

/// When a rule of structural plasticity is applied (lib/native/binding.ts).
struct RuleTiming {
  int64_t period;  // [steps]
  int64_t offset;  // [steps]
};

/// What a local field of the synapses starts with.
struct FirstValue {
  int32_t slot;
  uint32_t draw;  // number of its draw
  /// Explicit: one value per row. None: the weight.
  std::optional<ValueSpec> values;
};

/// How synapses come and go (lib/native/binding.ts).
struct Structure {
  std::optional<RuleTiming> creating = std::nullopt;
  std::optional<RuleTiming> pruning = std::nullopt;
  double weight = 0.0;  // of synapses that a rule makes
  int32_t delay = 1;    // [steps], of those, where each has its own
  std::vector<FirstValue> first_values = {};
};

/// Synapses by the ranks of their neurons.
struct Pairs {
  std::vector<int32_t> post;
  std::vector<int32_t> pre;
};

/// Populations whose stop conditions end a run (lib/native/binding.ts).
struct Until {
  struct Condition {
    int32_t population;
    bool all;  // every neuron must fulfil it, else one is enough
  };
  std::vector<Condition> conditions;
  bool together;  // all conditions must hold in the same step, else one is enough
};

}  // namespace neurarchy
