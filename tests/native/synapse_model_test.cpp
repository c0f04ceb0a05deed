// Projections with a compiled synapse type: events, updates, switches, values and libraries.
#include "synapse_support.hpp"

namespace neurarchy::testing {
namespace {

using Ints = std::vector<int32_t>;
using Reals = std::vector<double>;

constexpr int32_t kPre = 90;
constexpr int32_t kPost = 150;

/// Pre neuron i spikes at steps k period with (k period + i) % 7 = 0, post neuron i by 5.
NetworkSpec probed(const SynapseSpec& synapse, int32_t threads = 1, int32_t delay = 1) {
  ProjectionSpec spec =
      projection(0, 1, fixed_probability(0.3), drawn(ValueKind::kUniform, {1, 2}), delay);
  spec.synapse = synapse;
  NetworkSpec net = network({beat_population(kPre, "pre"), beat_population(kPost, "post")}, {spec});
  net.threads = threads;
  return net;
}

void set_beats(Network& net) {
  for (const size_t population : {0u, 1u}) {
    const std::span<int32_t> period = values<int32_t>(net, population, beat::kPeriod);
    const std::span<int32_t> phase = values<int32_t>(net, population, beat::kPhase);
    for (size_t i = 0; i < period.size(); i++) {
      period[i] = population == 0 ? 7 : 5;
      phase[i] = static_cast<int32_t>(i);
    }
  }
}

/// Last step before `end` in which neuron `rank` with such a period spiked, or -1.
int32_t last_beat(int32_t rank, int32_t period, int32_t end) {
  for (int32_t step = end - 1; step >= 0; step--) {
    if ((step + rank) % period == 0) return step;
  }
  return -1;
}

const Ints kThreads{1, 2, 3, 8};

class Storage : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Forms, Storage,
                         ::testing::Values("probe_column", "probe_column_narrow", "probe_row",
                                           "probe_row_narrow"));

TEST_P(Storage, EventsArriveAfterTheDelayAtTheRightSynapses) {
  for (const int32_t threads : kThreads) {
    for (const int32_t delay : {1, 4}) {
      Network net(probed(probe_synapse(GetParam()), threads, delay));
      set_beats(net);
      run(net, 20);
      const Projection& found = *net.projections()[0];
      const Ints pre = pre_ranks(found);
      const Ints post = post_ranks(found);
      const Ints arrived = synaptic_values<int32_t>(found, probe::kArrived);
      const Ints place = synaptic_values<int32_t>(found, probe::kPlace);
      const Ints posted = synaptic_values<int32_t>(found, probe::kPosted);
      const Ints row_place = synaptic_values<int32_t>(found, probe::kRowPlace);
      ASSERT_GT(pre.size(), 3000u);
      for (size_t i = 0; i < pre.size(); i++) {
        ASSERT_EQ(arrived[i], last_beat(pre[i], 7, 20 - delay) + delay);
        ASSERT_EQ(posted[i], last_beat(post[i], 5, 20));
        ASSERT_EQ(place[i], 1000 * pre[i] + post[i]);
        ASSERT_EQ(row_place[i], place[i]);
      }
    }
  }
}

/// Everything that a network has of floating point.
std::vector<Reals> bits(const SynapseSpec& synapse, int32_t threads) {
  Network net(probed(synapse, threads, 2));
  set_beats(net);
  run(net, 7);
  run(net, 40);
  const Projection& found = *net.projections()[0];
  const std::span<double> total = values<double>(net, 1, beat::kTotal);
  std::vector<Reals> all{{total.begin(), total.end()}};
  for (const size_t slot : {probe::kW, probe::kTime, probe::kSent, probe::kMeans, probe::kUpdates})
    all.push_back(synaptic_values(found, slot));
  return all;
}

TEST_P(Storage, TheBitsDependNeitherOnThreadsNorOnTheStorage) {
  const std::vector<Reals> reference = bits(probe_synapse("probe_column"), 1);
  EXPECT_NE(reference[0][0], 0.0);
  for (const int32_t threads : kThreads)
    EXPECT_EQ(bits(probe_synapse(GetParam()), threads), reference) << threads << " threads";
}

TEST(SynapseModel, UpdatesFollowPeriodAndOffset) {
  Network net(probed(probe_synapse("probe_row")));
  Projection& found = *net.projections()[0];
  found.set_switches({.period = 4, .offset = 3});
  run(net, 10);  // steps 3 and 7
  EXPECT_EQ(synaptic_values(found, probe::kUpdates), (Reals{2}));
  EXPECT_EQ(synaptic_values(found, probe::kTime)[5], 0.1 * 4 + 0.1 * 4);
  found.set_switches({.period = 1, .offset = 0});
  run(net, 3);
  EXPECT_EQ(synaptic_values(found, probe::kUpdates), (Reals{5}));
}

TEST(SynapseModel, StatementsPerRowSeeEveryNeuronOfThePart) {
  ProjectionSpec spec = projection(0, 1, explicit_rows({2, 5}, {{3, 1}, {}}), each({1, 4}));
  spec.synapse = probe_synapse("probe_column");
  Network net(network({beat_population(9), beat_population(9)}, {spec}));
  run(net, 1);
  EXPECT_EQ(synaptic_values(*net.projections()[0], probe::kMeans), (Reals{2.5, -1}));
}

struct Off {
  Switches switches;
  bool arrivals, updates, posts, learns;
};

TEST(SynapseModel, SwitchesTurnOffWhatTheySay) {
  const Off table[] = {
      {{}, true, true, true, true},
      {{.transmission = false}, false, false, false, false},
      {{.update = false}, true, false, true, true},
      {{.plasticity = false}, true, true, true, false},
  };
  for (const Off& row : table) {
    Network net(probed(probe_synapse("probe_column")));
    set_beats(net);
    Projection& found = *net.projections()[0];
    const Reals before = synaptic_values(found);
    found.set_switches(row.switches);
    run(net, 10);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0] > 0, row.arrivals);
    EXPECT_EQ(synaptic_values(found, probe::kUpdates)[0] > 0, row.updates);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kPosted)[0] > 0, row.posts);
    EXPECT_EQ(synaptic_values(found) != before, row.learns);
  }
}

TEST(SynapseModel, NothingHappensTowardsADisabledPopulation) {
  Network net(probed(probe_synapse("probe_column")));
  set_beats(net);
  net.population(1).set_enabled(false);
  run(net, 10);
  const Projection& found = *net.projections()[0];
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], 0);
  EXPECT_EQ(synaptic_values(found, probe::kUpdates)[0], 0.0);
}

TEST(SynapseModel, ADisabledPreNeuronSendsNothingAndItsSpikesWait) {
  Network net(probed(probe_synapse("probe_column"), 1, 3));
  for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1000;
  run(net, 2);  // all spike at step 0, to arrive at 3
  net.population(0).set_enabled(false);
  run(net, 10);
  const Projection& found = *net.projections()[0];
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], 0);
  net.population(0).set_enabled(true);
  run(net, 2);
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], 1);
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrived)[0], 13);
}

TEST(SynapseModel, AxonalEventsArriveInTheNextStepWhateverTheDelay) {
  for (const char* library : {"probe_axon_same", "probe_axon_own"}) {
    Network net(probed(probe_synapse(library), 2, 5));
    // All spike at step 10; the axonal event comes a step before.
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 100;
    for (int32_t& phase : values<int32_t>(net, 0, beat::kPhase)) phase = 90;
    Projection& found = *net.projections()[0];
    const int32_t counted = library == std::string("probe_axon_own") ? 1000 : 1;
    run(net, 11);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], counted);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrived)[0], 10);
    run(net, 5);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], counted + 1);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrived)[0], 15);
    found.set_switches({.axon_transmission = false});
    run(net, 100);
    EXPECT_EQ(synaptic_values<int32_t>(found, probe::kArrivals)[0], counted + 2);
  }
}

TEST(SynapseModel, LastEventsBeginLongAgoAndAreForgotten) {
  Network net(probed(probe_synapse("probe_row")));
  set_beats(net);
  Projection& found = *net.projections()[0];
  const Ints never(static_cast<size_t>(found.synapse_count()), -10'000);
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kLastEvent), never);
  run(net, 10);
  EXPECT_GT(synaptic_values<int32_t>(found, probe::kLastEvent)[0], 0);
  found.settle(net.tick());
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kLastEvent), never);
}

TEST(SynapseModel, SettlingForgetsTheEventsUnderWay) {
  for (const char* library : {"probe_column", ""}) {
    NetworkSpec spec = probed(probe_synapse("probe_column"), 2, 6);
    if (library == std::string()) spec.projections[0].synapse.reset();
    Network net(spec);
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 4;  // 0, 4, 8, ...
    run(net, 5);
    net.projections()[0]->settle(net.tick());
    run(net, 8);  // to step 12: of 0 and 4 nothing arrives
    EXPECT_EQ(values<double>(net, 1, beat::kTotal)[0], 0.0) << library;
    run(net, 2);  // of 8, at 14
    run(net, 1);
    EXPECT_GT(values<double>(net, 1, beat::kTotal)[0], 0.0) << library;
  }
}

TEST(SynapseModel, FieldsOfOneSideAreReadForEverySynapse) {
  for (const char* library : {"probe_column", "probe_row"}) {
    Network net(probed(probe_synapse(library), 3));
    set_beats(net);
    Projection& found = *net.projections()[0];
    const std::vector<double> half{0.5};
    found.set_values(probe::kSent, half);
    run(net, 8);
    const Ints pre = pre_ranks(found);
    const Reals sent = synaptic_values(found, probe::kSent);
    ASSERT_EQ(sent.size(), pre.size());
    for (size_t i = 0; i < pre.size(); i++) {
      int32_t beats = 0;
      for (int32_t step = 0; step < 7; step++) beats += (step + pre[i]) % 7 == 0;
      ASSERT_EQ(sent[i], 0.5 + beats);
    }
    EXPECT_EQ(refusal([&] { found.set_values(probe::kSent, sent); }).first, "BAD_VALUES");
  }
}

TEST(SynapseModel, ValuesOfRowsAndOfAllAreWrittenAndRead) {
  Network net(probed(probe_synapse("probe_column"), 3));
  Projection& found = *net.projections()[0];
  Reals means(static_cast<size_t>(found.field(probe::kMeans).count));
  for (size_t i = 0; i < means.size(); i++) means[i] = static_cast<double>(i);
  found.set_values(probe::kMeans, means);
  EXPECT_EQ(synaptic_values(found, probe::kMeans), means);
  const std::vector<double> seven{7};
  found.set_values(probe::kUpdates, seven);
  EXPECT_EQ(synaptic_values(found, probe::kUpdates), seven);
  found.set_values(probe::kPosted, seven);
  EXPECT_EQ(synaptic_values<int32_t>(found, probe::kPosted)[3], 7);
  EXPECT_EQ(refusal([&] { found.field(probe::kTarget); }).first, "BAD_SPEC");
}

TEST(SynapseModel, RowsAreCopiedForRecordings) {
  for (const char* library : {"probe_column", "probe_row", ""}) {
    NetworkSpec spec = probed(probe_synapse("probe_column"), 3);
    spec.projections[0].connector = explicit_rows({1, 2, 70, 140}, {{5, 2}, {8}, {}, {9, 3, 4}});
    spec.projections[0].weights = each({1, 2, 3, 4, 5, 6});
    if (library != std::string()) {
      spec.projections[0].synapse = probe_synapse(library);
    } else {
      spec.projections[0].synapse.reset();
    }
    Network net(spec);
    Projection& found = *net.projections()[0];
    Reals all;
    Ints rows;
    for (size_t part = 0; part < 3; part++) {
      const auto [first, end] = found.rows(part);
      Ints mine;
      for (size_t row = end; row > first; row--) mine.push_back(static_cast<int32_t>(row - 1));
      const std::vector<uint32_t> elements = found.elements_of(0, part, mine);
      Reals values(elements.size());
      found.copy_row_values(0, part, elements, reinterpret_cast<std::byte*>(values.data()));
      all.insert(all.end(), values.begin(), values.end());
      rows.insert(rows.end(), mine.begin(), mine.end());
    }
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(rows, (Ints{0, 1, 2, 3}));
    EXPECT_EQ(all, (Reals{3, 1, 2, 4, 5, 6})) << library;
  }
}

TEST(SynapseModel, SinglePrecisionToo) {
  NetworkSpec spec = probed(probe_synapse("probe_float"), 2);
  spec.precision = Precision::kFloat;
  for (PopulationSpec& population : spec.populations)
    population.library = kernel_path("beat_float");
  Network net(spec);
  set_beats(net);
  run(net, 10);
  const Projection& found = *net.projections()[0];
  const std::vector<float> weights = synaptic_values<float>(found);
  EXPECT_GT(weights[0], 1.0f);
  EXPECT_EQ(synaptic_values<float>(found, probe::kUpdates)[0], 10.0f);
}

TEST(SynapseModel, RefusesLibrariesThatDoNotFit) {
  const auto refused = [](const SynapseSpec& synapse) {
    return refusal([&] { Network net(probed(synapse)); });
  };
  using Refusal = std::pair<std::string, std::string>;
  EXPECT_EQ(refused(probe_synapse("missing")), Refusal("LIBRARY_NOT_LOADED", "projection"));
  EXPECT_EQ(refused(probe_synapse("beat")), Refusal("LIBRARY_NOT_LOADED", "projection"));
  EXPECT_EQ(refused(probe_synapse("probe_other_index")),
            Refusal("LIBRARY_NOT_LOADED", "projection"));
  EXPECT_EQ(refused(probe_synapse("probe_float")), Refusal("PRECISION_MISMATCH", "projection"));
  EXPECT_EQ(refused(probe_synapse("probe_other_name")), Refusal("FIELD_MISMATCH", "projection"));
  EXPECT_EQ(refused(probe_synapse("probe_other_owner")), Refusal("FIELD_MISMATCH", "projection"));
  SynapseSpec scope = probe_synapse("probe_column");
  scope.fields[probe::kMeans].scope = SynapseScope::kLocal;
  EXPECT_EQ(refused(scope), Refusal("FIELD_MISMATCH", "projection"));
  SynapseSpec slot = probe_synapse("probe_column");
  slot.fields[probe::kTarget].slot = beat::kSpiked;
  EXPECT_EQ(refused(slot), Refusal("BAD_SPEC", "projection"));
  SynapseSpec weight = probe_synapse("probe_column");
  weight.weight_slot = probe::kMeans;
  EXPECT_EQ(refused(weight), Refusal("BAD_SPEC", "projection"));
}

TEST(SynapseModel, NarrowIndicesMustReachAllNeurons) {
  ProjectionSpec spec = projection(0, 1, one_to_one(), constant(1));
  spec.connector.pre_ranks = {3};
  spec.connector.post_ranks = {65'999};
  const auto refused = [&](const char* library) {
    spec.synapse = probe_synapse(library);
    return refusal([&] {
             Network net(network({beat_population(66'000), beat_population(66'000)}, {spec}));
           })
        .first;
  };
  EXPECT_EQ(refused("probe_column"), "none");
  EXPECT_EQ(refused("probe_column_narrow"), "BAD_SPEC");
  EXPECT_EQ(refused("probe_row_narrow"), "BAD_SPEC");
}

}  // namespace
}  // namespace neurarchy::testing
