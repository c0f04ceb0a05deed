#include "network.hpp"

#include <thread>

#include "parallel.hpp"
#include "synapse_support.hpp"

namespace neurarchy::testing {
namespace {

using Refusal = std::pair<std::string, std::string>;

/// What arrives at neuron 0 of population 1 in each step, recorded before the neurons are updated.
std::vector<double> arrivals(Network& net, int64_t steps) {
  const int32_t id = net.record(
      FieldRecorderSpec{1, beat::kG, RecordPhase::kInputs, std::vector<int32_t>{0}, 1, 0});
  run(net, steps);
  const std::span<const std::byte> bytes = net.value_recorder(id)->data();
  std::vector<double> found(bytes.size() / sizeof(double));
  std::memcpy(found.data(), bytes.data(), bytes.size());
  return found;
}

TEST(Network, SpikesArriveAfterTheirDelay) {
  for (const int32_t delay : {1, 2, 5}) {
    Network net(network({beat_population(1), beat_population(1)},
                        {projection(0, 1, one_to_one(), constant(2.5), delay)}));
    values<int32_t>(net, 0, beat::kPeriod)[0] = 3;
    std::vector<double> expected(12, 0.0);
    for (size_t n = 0; n + static_cast<size_t>(delay) < 12; n += 3)
      expected[n + static_cast<size_t>(delay)] = 2.5;
    EXPECT_EQ(arrivals(net, 12), expected) << "delay " << delay;
  }
}

TEST(Network, DelaysDifferBetweenProjectionsOfOnePopulation) {
  Network net(network({beat_population(1), beat_population(1)},
                      {projection(0, 1, one_to_one(), constant(1), 4),
                       projection(0, 1, one_to_one(), constant(10), 1)}));
  values<int32_t>(net, 0, beat::kPeriod)[0] = 100;
  EXPECT_EQ(arrivals(net, 6), (std::vector<double>{0, 10, 0, 0, 1, 0}));
}

TEST(Network, SpikesUnderWayArriveInALaterRun) {
  Network net(network({beat_population(1), beat_population(1)},
                      {projection(0, 1, one_to_one(), constant(1), 5)}));
  values<int32_t>(net, 0, beat::kPeriod)[0] = 100;
  run(net, 3);
  run(net, 1);
  net.set_step(50);
  EXPECT_EQ(arrivals(net, 3), (std::vector<double>{0, 1, 0}));
}

TEST(Network, EverySpikeAddsOneWeightToEveryTarget) {
  ProjectionSpec both = projection(0, 1, all_to_all(), constant(0.5));
  both.target_slots = {beat::kG, beat::kGInh};
  ProjectionSpec more = projection(0, 1, all_to_all(), constant(3));
  more.single_weight = true;
  Network net(network({beat_population(70), beat_population(130)}, {both, more}));
  for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1;
  run(net, 4);
  // 70 spikes in each of 3 steps: 0.5 to g and to g_inh, which cancel in the total, and 3 to g.
  for (const double total : values<double>(net, 1, beat::kTotal))
    EXPECT_EQ(total, 70.0 * 3.0 * 3.0);
  EXPECT_EQ(net.statistics()[0].events, 70 * 130 * 3 * 3);
}

TEST(Network, SinglePrecisionDoesTheSame) {
  NetworkSpec spec = network(
      {beat_population(70, "pre", "beat_float"), beat_population(130, "post", "beat_float")},
      {projection(0, 1, all_to_all(), constant(0.5))});
  spec.precision = Precision::kFloat;
  Network net(spec);
  for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1;
  run(net, 4);
  for (const float total : values<float>(net, 1, beat::kTotal))
    EXPECT_EQ(total, 70.0f * 3.0f * 0.5f);
}

TEST(Network, ResetsRunOncePerSpikeAndNeverForThePadding) {
  Network net(network({beat_population(67)}));
  // The whole allocation spikes, the padding too.
  auto* period = static_cast<int32_t*>(net.population(0).fields()[beat::kPeriod].memory->data());
  std::fill_n(period, 128, 2);
  const int32_t id = net.record(SpikeRecorderSpec{0, std::nullopt});
  run(net, 5);
  const auto* resets =
      static_cast<const int32_t*>(net.population(0).fields()[beat::kResets].memory->data());
  for (size_t i = 0; i < 128; i++) EXPECT_EQ(resets[i], i < 67 ? 3 : 0);
  EXPECT_EQ(net.spike_recorder(id)->collect().ranks.size(), 67u * 3u);
}

TEST(Network, PopulationWideStatementsRunOncePerStep) {
  NetworkSpec spec = network({beat_population(500), beat_population(500)});
  spec.threads = 3;
  Network net(spec);
  run(net, 17);
  EXPECT_EQ(values<double>(net, 0, beat::kCount)[0], 17.0);
  EXPECT_EQ(values<double>(net, 1, beat::kCount)[0], 17.0);
}

TEST(Network, StopsAfterWholeStepsAndReportsProgress) {
  Network net(network({beat_population(100)}));
  Words words;
  const std::atomic_ref done(words.words[1]);
  const std::atomic_ref stop(words.words[0]);
  RunResult result{};
  std::thread runner([&] { result = net.run(INT32_MAX, words.control()); });
  while (done.load() < 1000) std::this_thread::yield();
  stop.store(1);
  runner.join();
  EXPECT_TRUE(result.stopped);
  EXPECT_GE(result.done, 1000);
  EXPECT_EQ(words.words[1], result.done);
  EXPECT_EQ(words.words[2], INT32_MAX);
  EXPECT_EQ(net.step(), result.done);
  EXPECT_EQ(values<double>(net, 0, beat::kCount)[0], static_cast<double>(result.done));
}

TEST(Network, AStopAskedBeforehandRunsNothing) {
  Network net(network({beat_population(1)}));
  Words words;
  words.words[0] = 1;
  const RunResult result = net.run(10, words.control());
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.done, 0);
}

TEST(Network, SettledPopulationsForgetSpikesUnderWayAndRefractoryPeriods) {
  Network net(network({beat_population(1), beat_population(1)},
                      {projection(0, 1, one_to_one(), constant(1), 3)}));
  values<int32_t>(net, 0, beat::kPeriod)[0] = 100;
  values<int32_t>(net, 1, beat::kRemaining)[0] = 1000;
  run(net, 2);
  net.population(0).settle();
  net.population(1).settle();
  EXPECT_EQ(net.step(), 2);
  EXPECT_EQ(values<int32_t>(net, 1, beat::kRemaining)[0], 0);
  values<int32_t>(net, 0, beat::kPeriod)[0] = 0;
  EXPECT_EQ(arrivals(net, 6), std::vector<double>(6, 0.0));
}

TEST(Network, RefractoryNeuronsCountDownAndDoNotSpike) {
  Network net(network({beat_population(1)}));
  values<int32_t>(net, 0, beat::kPeriod)[0] = 1;
  values<int32_t>(net, 0, beat::kRemaining)[0] = 3;
  run(net, 5);
  EXPECT_EQ(values<int32_t>(net, 0, beat::kResets)[0], 2);
}

TEST(Network, GivesSynapsesByPostsynapticNeuronAndTakesWeightsBack) {
  for (const int32_t threads : {1, 3}) {
    NetworkSpec spec =
        network({beat_population(200), beat_population(300)},
                {projection(0, 1, fixed_probability(0.1), drawn(ValueKind::kUniform, {0, 1}))});
    spec.threads = threads;
    Network net(spec);
    Projection& source = *net.projections()[0];
    const Connectivity expected =
        connect(spec.projections[0].connector, {200, 300, false}, spec.seed, 1, "projection");
    const SynapseTable table = source.synapses();
    EXPECT_EQ(table.post_ranks, expected.post_ranks);
    EXPECT_EQ(table.row_start, expected.row_start);
    const int32_t* next = table.pre_ranks.data();
    expected.for_each_row(0, expected.post_ranks.size(),
                          [&](size_t, std::span<const int32_t> ranks) {
                            EXPECT_TRUE(std::equal(ranks.begin(), ranks.end(), next));
                            next += ranks.size();
                          });
    EXPECT_EQ(next, table.pre_ranks.data() + table.pre_ranks.size());
    std::vector<double> weights(static_cast<size_t>(source.synapse_count()));
    for (size_t i = 0; i < weights.size(); i++) weights[i] = static_cast<double>(i);
    source.set_values(0, weights);
    EXPECT_EQ(synaptic_values(source), weights);
    // They arrive where they belong: every presynaptic neuron spikes once, every row is added up.
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 100;
    run(net, 2);
    for (size_t i = 0; i < table.post_ranks.size(); i++) {
      double sum = 0.0;
      for (auto j = static_cast<size_t>(table.row_start[i]);
           j < static_cast<size_t>(table.row_start[i + 1]); j++) {
        sum += weights[j];
      }
      EXPECT_EQ(values<double>(net, 1, beat::kTotal)[static_cast<size_t>(table.post_ranks[i])],
                sum);
    }
  }
}

TEST(Network, UsesWideIndicesForLargePopulations) {
  Network net(network({beat_population(2), beat_population(70'000)},
                      {projection(0, 1, all_to_all(), constant(1))}));
  values<int32_t>(net, 0, beat::kPeriod)[1] = 100;
  run(net, 2);
  for (const double total : values<double>(net, 1, beat::kTotal)) ASSERT_EQ(total, 1.0);
}

TEST(Network, RefusesSpecificationsThatCannotBe) {
  const auto refused = [](const NetworkSpec& spec) {
    return refusal([&] { const Network net(spec); });
  };
  EXPECT_EQ(refused(network({beat_population(0, "p")})), Refusal("BAD_SPEC", "p"));
  EXPECT_EQ(refused(network({beat_population(1)}, {projection(0, 1, all_to_all(), constant(1))})),
            Refusal("BAD_SPEC", "projection"));
  EXPECT_EQ(refused(network({beat_population(1)}, {projection(0, 0, all_to_all(), constant(1), 0)}))
                .first,
            "BAD_SPEC");
  EXPECT_EQ(
      refused(network({beat_population(1)}, {projection(0, 0, all_to_all(), constant(1), 1, 99)}))
          .first,
      "BAD_SPEC");
  EXPECT_EQ(refused(network({beat_population(1)},
                            {projection(0, 0, all_to_all(), constant(1), 1, beat::kPeriod)}))
                .first,
            "BAD_SPEC");
  PopulationSpec silent = beat_population(1);
  silent.spiked_slot = std::nullopt;
  EXPECT_EQ(refused(network({silent}, {projection(0, 0, all_to_all(), constant(1))})).first,
            "BAD_SPEC");
  PopulationSpec wrong = beat_population(1);
  wrong.spiked_slot = beat::kG;
  EXPECT_EQ(refused(network({wrong})).first, "BAD_SPEC");
  NetworkSpec still = network({beat_population(1)});
  still.dt = 0.0;
  EXPECT_EQ(refused(still).first, "BAD_SPEC");
  ProjectionSpec random_single = projection(0, 0, all_to_all(), drawn(ValueKind::kUniform, {0, 1}));
  random_single.single_weight = true;
  EXPECT_EQ(refused(network({beat_population(1)}, {random_single})).first, "BAD_SPEC");
}

TEST(Network, APopulationThatDoesNotSpikeRuns) {
  PopulationSpec silent = beat_population(10);
  silent.spiked_slot = std::nullopt;
  Network net(network({silent}));
  EXPECT_EQ(run(net, 3).done, 3);
  EXPECT_EQ(refusal([&] { net.record(SpikeRecorderSpec{0, std::nullopt}); }).first, "BAD_SPEC");
}

}  // namespace
}  // namespace neurarchy::testing
