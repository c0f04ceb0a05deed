#pragma once

#include <algorithm>
#include <vector>

#include "support.hpp"

// Networks of the hand-written synapse types in kernels/, and reading them.

namespace neurarchy::testing {

constexpr auto kReal = FieldType::kReal;
constexpr auto kInt = FieldType::kInt32;

/// Slots of kernels/probe.c.
namespace probe {
enum Slot : size_t {
  kW,
  kArrived,
  kArrivals,
  kPosted,
  kPlace,
  kRowPlace,
  kTime,
  kLastEvent,
  kSent,
  kMeans,
  kUpdates,
  kTarget,
  kPreTotal,
  kDelay
};
}

/// `library` is one of the probes; those with a delay each are told by `delays`.
inline SynapseSpec probe_synapse(const std::string& library, bool delays = false) {
  constexpr auto kSelf = FieldOwner::kSelf;
  constexpr auto kLocal = SynapseScope::kLocal;
  SynapseSpec spec{kernel_path(library),
                   {{kSelf, "w", kReal, kLocal, -1},
                    {kSelf, "arrived", kInt, kLocal, -1},
                    {kSelf, "arrivals", kInt, kLocal, -1},
                    {kSelf, "posted", kInt, kLocal, -1},
                    {kSelf, "place", kInt, kLocal, -1},
                    {kSelf, "rowPlace", kInt, kLocal, -1},
                    {kSelf, "time", kReal, kLocal, -1},
                    {kSelf, ".lastEvent", kInt, kLocal, -1},
                    {kSelf, "sent", kReal, SynapseScope::kColumn, -1},
                    {kSelf, "means", kReal, SynapseScope::kRow, -1},
                    {kSelf, "updates", kReal, SynapseScope::kGlobal, -1},
                    {FieldOwner::kPost, "g", kReal, kLocal, beat::kG},
                    {FieldOwner::kPre, "total", kReal, kLocal, beat::kTotal}},
                   probe::kW,
                   std::nullopt,
                   {probe::kLastEvent},
                   {probe::kSent}};
  if (delays) {
    spec.fields.push_back({kSelf, ".delay", kInt, kLocal, -1});
    spec.delay_slot = probe::kDelay;
  }
  return spec;
}

/// Slots of kernels/rate.c.
namespace rate {
enum Slot : size_t { kR, kExc, kRamp, kNoise };
}

inline PopulationSpec rate_population(int64_t size, const std::string& name = "rate") {
  constexpr auto kLocal = FieldScope::kLocal;
  constexpr auto kGlobal = FieldScope::kGlobal;
  PopulationSpec spec{name,
                      size,
                      kernel_path("rate"),
                      {{"r", kReal, kLocal},
                       {".sum(exc)", kReal, kLocal},
                       {"ramp", kReal, kGlobal},
                       {"noise", kReal, kGlobal}}};
  spec.input_slots = {rate::kExc};
  return spec;
}

/// Slots of kernels/hebb.c.
namespace hebb {
enum Slot : size_t { kW, kSeen, kFresh, kDrift, kNorm, kPreR, kPostR, kTarget, kDelay };
}

inline SynapseSpec hebb_synapse(bool delays = false, bool partial = false) {
  constexpr auto kSelf = FieldOwner::kSelf;
  constexpr auto kLocal = SynapseScope::kLocal;
  const std::string library = delays ? "hebb_delays" : partial ? "hebb_partial" : "hebb";
  SynapseSpec spec{kernel_path(library),
                   {{kSelf, "w", kReal, kLocal, -1},
                    {kSelf, "seen", kReal, kLocal, -1},
                    {kSelf, "fresh", kReal, kLocal, -1},
                    {kSelf, "drift", kReal, SynapseScope::kGlobal, -1},
                    {kSelf, "norm", kReal, SynapseScope::kRow, -1},
                    {FieldOwner::kPre, partial ? ".sum(exc)" : "r", kReal, kLocal,
                     static_cast<int32_t>(partial ? rate::kExc : rate::kR)},
                    {FieldOwner::kPost, "r", kReal, kLocal, rate::kR},
                    {FieldOwner::kPost, ".sum(exc)", kReal, kLocal, rate::kExc}},
                   hebb::kW,
                   std::nullopt,
                   {},
                   {}};
  if (delays) {
    spec.fields.push_back({kSelf, ".delay", kInt, kLocal, -1});
    spec.delay_slot = hebb::kDelay;
  }
  return spec;
}

/// Given synapses: the presynaptic ranks of each row.
inline ConnectorSpec explicit_rows(std::vector<int32_t> posts,
                                   const std::vector<std::vector<int32_t>>& rows) {
  ConnectorSpec spec{
      ConnectorKind::kExplicit, std::vector<int32_t>{}, std::move(posts), true, 1.0, {0}};
  for (const std::vector<int32_t>& row : rows) {
    spec.pre_ranks->insert(spec.pre_ranks->end(), row.begin(), row.end());
    spec.row_start.push_back(static_cast<int64_t>(spec.pre_ranks->size()));
  }
  return spec;
}

/// One value per synapse, in the order of the rows.
inline ValueSpec each(std::vector<double> values) {
  return {ValueKind::kExplicit, std::move(values), -kInfinity, kInfinity};
}

/// Give a projection a delay for each synapse, of at most `longest` steps.
inline void delay_each(ProjectionSpec& spec, ValueSpec delays, int32_t longest) {
  spec.delay = std::move(delays);
  spec.longest_delay = longest;
}

/// Values of a field of synapses, as the user gets them.
template <class T = double>
std::vector<T> synaptic_values(const Projection& projection, size_t slot = 0) {
  std::vector<T> values(static_cast<size_t>(projection.field(slot).count));
  EXPECT_EQ(projection.field(slot).element_bytes, sizeof(T));
  projection.copy_values(slot, reinterpret_cast<std::byte*>(values.data()));
  return values;
}

inline std::vector<int32_t> pre_ranks(const Projection& projection) {
  const SynapseTable table = projection.synapses();
  return {table.pre_ranks.data(), table.pre_ranks.data() + table.pre_ranks.size()};
}

/// Rank of the post neuron of every synapse.
inline std::vector<int32_t> post_ranks(const Projection& projection) {
  const SynapseTable table = projection.synapses();
  std::vector<int32_t> ranks;
  for (size_t row = 0; row < table.post_ranks.size(); row++) {
    const auto count = static_cast<size_t>(table.row_start[row + 1] - table.row_start[row]);
    ranks.insert(ranks.end(), count, table.post_ranks[row]);
  }
  return ranks;
}

}  // namespace neurarchy::testing
