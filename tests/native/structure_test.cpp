// Synapses that come and go: by rules, in a run, and by calls between runs.
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "synapse_support.hpp"

namespace neurarchy::testing {
namespace {

constexpr int32_t kPre = 90;
constexpr int32_t kPost = 150;
constexpr int32_t kDelays = 3;

/// What is known of the synapses of each row, by pre rank.
using Rows = std::vector<std::map<int32_t, double>>;

bool delays_each(const std::string& library) { return library.find("delays") != std::string::npos; }

/// Every third post neuron has a row; each has synapses from every fourth pre neuron, or none.
NetworkSpec changing(const std::string& library, int32_t threads) {
  std::vector<int32_t> posts;
  std::vector<std::vector<int32_t>> rows;
  std::vector<double> weights;
  std::vector<double> delays;
  for (int32_t post = 0; post < kPost; post += 3) {
    posts.push_back(post);
    rows.emplace_back();
    for (int32_t pre = post % 4; pre < kPre && post % 5 != 0; pre += 4) {
      rows.back().push_back(pre);
      weights.push_back(1000 * pre + post);
      delays.push_back(1 + (pre + post) % kDelays);
    }
  }
  ProjectionSpec spec = projection(0, 1, explicit_rows(posts, rows), each(weights), 1);
  if (delays_each(library)) delay_each(spec, each(delays), kDelays);
  spec.synapse = probe_synapse(library, delays_each(library));
  NetworkSpec net = network({beat_population(kPre, "pre"), beat_population(kPost, "post")}, {spec});
  net.threads = threads;
  return net;
}

/// Pre neurons spike in every other step; post neurons never, since that would change the weights.
void set_beats(Network& net) {
  const std::span<int32_t> period = values<int32_t>(net, 0, beat::kPeriod);
  const std::span<int32_t> phase = values<int32_t>(net, 0, beat::kPhase);
  for (size_t i = 0; i < period.size(); i++) {
    period[i] = 2;
    phase[i] = static_cast<int32_t>(i);
  }
  std::ranges::fill(values<int32_t>(net, 1, beat::kPeriod), 1'000'000);
  std::ranges::fill(values<int32_t>(net, 1, beat::kPhase), 1);
}

Rows weights_of(const Projection& projection) {
  const SynapseTable table = projection.synapses();
  const std::vector<double> weights = synaptic_values(projection, probe::kW);
  Rows rows(table.post_ranks.size());
  for (size_t row = 0; row < rows.size(); row++) {
    for (auto i = static_cast<size_t>(table.row_start[row]);
         i < static_cast<size_t>(table.row_start[row + 1]); i++)
      rows[row][table.pre_ranks[i]] = weights[i];
  }
  return rows;
}

std::string code_of(const std::function<void()>& body) { return refusal(body).first; }

class Rules : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Forms, Rules,
                         ::testing::Values("probe_rules_column", "probe_rules_row",
                                           "probe_rules_delays_column", "probe_rules_delays_row"));

TEST_P(Rules, MakeAndThenRemoveWhatTheySayOnAnyNumberOfThreads) {
  for (const int32_t threads : {1, 2, 3, 8}) {
    Network net(changing(GetParam(), threads));
    set_beats(net);
    const Projection& projection = *net.projections()[0];
    Rows expected = weights_of(projection);
    Structure structure{.creating = RuleTiming{2, 1}, .pruning = RuleTiming{3, 1}, .weight = -1.0};
    structure.first_values.push_back(
        {probe::kTime, 7, ValueSpec{ValueKind::kConstant, {2.5}, -kInfinity, kInfinity}});
    net.set_structure(0, structure);
    for (int32_t step = 0; step < 12; step++) {
      run(net, 1);
      for (size_t row = 0; row < expected.size(); row++) {
        const int32_t post = projection.post_ranks()[row];
        for (int32_t pre = 0; step % 2 == 1 && pre < kPre; pre++) {
          if ((pre + post + step) % 5 == 0) expected[row].try_emplace(pre, -1.0);
        }
        if (step % 3 != 1) continue;
        std::erase_if(expected[row],
                      [&](const auto& one) { return (2 * one.first + post + step) % 7 == 0; });
      }
      ASSERT_TRUE(weights_of(projection) == expected) << threads << " threads, step " << step;
    }
    // Events find the synapses where they stand now.
    const std::vector<int32_t> places = synaptic_values<int32_t>(projection, probe::kPlace);
    const std::vector<int32_t> arrivals = synaptic_values<int32_t>(projection, probe::kArrivals);
    const SynapseTable table = projection.synapses();
    int64_t reached = 0;
    for (size_t row = 0; row < expected.size(); row++) {
      for (auto i = static_cast<size_t>(table.row_start[row]);
           i < static_cast<size_t>(table.row_start[row + 1]); i++) {
        if (arrivals[i] == 0) continue;
        reached += 1;
        ASSERT_EQ(places[i], 1000 * table.pre_ranks[i] + table.post_ranks[row]);
      }
    }
    EXPECT_GT(reached, 100);
  }
}

TEST_P(Rules, AreAppliedInTheirStepsOnly) {
  Network net(changing(GetParam(), 2));
  const Projection& projection = *net.projections()[0];
  const Rows before = weights_of(projection);
  run(net, 5);
  EXPECT_TRUE(weights_of(projection) == before);
  net.set_structure(0, {.creating = RuleTiming{4, 1}});
  run(net, 4);
  const Rows after = weights_of(projection);
  EXPECT_FALSE(after == before);
  run(net, 0);
  net.set_structure(0, {});
  run(net, 8);
  EXPECT_TRUE(weights_of(projection) == after);
}

TEST_P(Rules, LeaveSynapsesThatAreMadeAndRemovedByHand) {
  Network net(changing(GetParam(), 3));
  const Projection& projection = *net.projections()[0];
  Rows expected = weights_of(projection);
  const bool each = delays_each(GetParam());
  const std::vector<double> weights{0.5, 0.25, 0.125};
  const std::vector<int32_t> delays = each ? std::vector<int32_t>{1, 3, 7} : std::vector<int32_t>{};
  net.create_synapses(0, {.post = {0, 147, 0}, .pre = {89, 5, 0}}, weights, delays);
  expected.front()[89] = 0.5;
  expected.back()[5] = 0.25;
  expected.front()[0] = 0.125;
  EXPECT_TRUE(weights_of(projection) == expected);
  if (each) {
    EXPECT_EQ(projection.delays().front(), 7);
    EXPECT_EQ(projection.delays()[1], 1);
  }
  run(net, 10);
  net.prune_synapses(0, {.post = {147, 0}, .pre = {5, 89}});
  expected.front().erase(89);
  expected.back().erase(5);
  EXPECT_TRUE(weights_of(projection) == expected);
  run(net, 10);
}

TEST_P(Rules, RefuseWhatIsThereOrIsNot) {
  Network net(changing(GetParam(), 2));
  const Rows before = weights_of(*net.projections()[0]);
  const std::vector<double> weight{1.0};
  const std::vector<int32_t> delay =
      delays_each(GetParam()) ? std::vector<int32_t>{1} : std::vector<int32_t>{};
  const auto create = [&](int32_t post, int32_t pre) {
    return code_of([&] { net.create_synapses(0, {{post}, {pre}}, weight, delay); });
  };
  EXPECT_EQ(create(3, 3), "BAD_RANKS");   // there already
  EXPECT_EQ(create(1, 3), "BAD_RANKS");   // no such row
  EXPECT_EQ(create(3, 90), "BAD_RANKS");  // no such neuron
  EXPECT_EQ(code_of([&] { net.prune_synapses(0, {{3}, {4}}); }), "BAD_RANKS");
  EXPECT_EQ(code_of([&] { net.set_structure(0, {.delay = 1'000}); }), "BAD_SPEC");
  EXPECT_TRUE(weights_of(*net.projections()[0]) == before);
}

TEST(Rows, AreRecordedWithTheSynapsesTheyHave) {
  Network net(changing("probe_rules_row", 2));
  const int32_t id =
      net.record(SynapseRecorderSpec{0, probe::kW, std::vector<int32_t>{1, 2}, 2, 0});
  net.set_structure(0, {.creating = RuleTiming{100, 3}});
  run(net, 6);
  const ValueRecorder& recorder = *net.value_recorder(id);
  ASSERT_EQ(recorder.records(), 3);
  ASSERT_EQ(recorder.changes().size(), 2u);
  EXPECT_EQ(recorder.changes()[1].record, 2);
  size_t synapses = 0;
  for (size_t i = 0; i < 2; i++) {
    const auto& lengths = recorder.changes()[i].lengths;
    synapses += (i == 0 ? 2u : 1u) * static_cast<size_t>(lengths[0] + lengths[1]);
  }
  EXPECT_EQ(recorder.data().size(), synapses * sizeof(double));
}

TEST(Rows, OfStaticSynapsesStay) {
  NetworkSpec spec = changing("probe_rules_row", 1);
  spec.projections[0].synapse.reset();
  spec.projections[0].target_slots = {beat::kG};
  Network net(spec);
  EXPECT_EQ(code_of([&] { net.prune_synapses(0, {{3}, {3}}); }), "BAD_SPEC");
}

}  // namespace
}  // namespace neurarchy::testing
