#include "recorder.hpp"

#include "support.hpp"

namespace neurarchy::testing {
namespace {

std::vector<double> recorded(Network& net, int32_t id) {
  const std::span<const std::byte> bytes = net.value_recorder(id)->data();
  std::vector<double> found(bytes.size() / sizeof(double));
  std::memcpy(found.data(), bytes.data(), bytes.size());
  return found;
}

FieldRecorderSpec count_every(int64_t period, int64_t offset = 0) {
  return {0, beat::kCount, RecordPhase::kEnd, std::nullopt, period, offset};
}

TEST(Recorder, RecordsAtTheEndOfEveryStep) {
  Network net(network({beat_population(3)}));
  const int32_t id = net.record(count_every(1));
  run(net, 4);
  EXPECT_EQ(recorded(net, id), (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(net.value_recorder(id)->width(), 1);
}

TEST(Recorder, RecordsByPeriodAndOffsetAcrossRuns) {
  Network net(network({beat_population(3)}));
  const int32_t id = net.record(count_every(3, 1));
  for (const int64_t steps : {1, 1, 5, 2, 3}) run(net, steps);
  // Steps 1, 4, 7 and 10; the count of a step is its number + 1.
  EXPECT_EQ(recorded(net, id), (std::vector<double>{2, 5, 8, 11}));
}

TEST(Recorder, KeepsTheOrderOfTheRanks) {
  for (const int32_t threads : {1, 3}) {
    NetworkSpec spec = network({beat_population(300)});
    spec.threads = threads;
    Network net(spec);
    const std::span<double> g = values<double>(net, 0, beat::kG);
    for (size_t i = 0; i < g.size(); i++) g[i] = static_cast<double>(i);
    const int32_t id = net.record(FieldRecorderSpec{0, beat::kG, RecordPhase::kInputs,
                                                    std::vector<int32_t>{299, 0, 64, 5}, 1, 0});
    const int32_t all =
        net.record(FieldRecorderSpec{0, beat::kTotal, RecordPhase::kEnd, std::nullopt, 1, 0});
    run(net, 2);
    EXPECT_EQ(recorded(net, id), (std::vector<double>{299, 0, 64, 5, 0, 0, 0, 0}));
    const std::vector<double> totals = recorded(net, all);
    ASSERT_EQ(totals.size(), 600u);
    for (size_t i = 0; i < 600; i++) EXPECT_EQ(totals[i], static_cast<double>(i % 300));
  }
}

TEST(Recorder, AStoppedRunLeavesWholeRecords) {
  Network net(network({beat_population(3)}));
  const int32_t id = net.record(count_every(1));
  Words words;
  words.words[0] = 1;
  net.run(100, words.control());
  EXPECT_EQ(net.value_recorder(id)->records(), 0);
  run(net, 2);
  EXPECT_EQ(recorded(net, id), (std::vector<double>{1, 2}));
}

TEST(Recorder, SpikesComeByStepAndThenByRank) {
  for (const int32_t threads : {1, 4}) {
    NetworkSpec spec = network({beat_population(300)});
    spec.threads = threads;
    Network net(spec);
    const std::span<int32_t> period = values<int32_t>(net, 0, beat::kPeriod);
    for (const size_t rank : {2u, 65u, 299u}) period[rank] = 2;
    period[130] = 3;
    const int32_t id = net.record(SpikeRecorderSpec{0, std::nullopt});
    const int32_t chosen = net.record(SpikeRecorderSpec{0, std::vector<int32_t>{130, 65}});
    run(net, 4);
    const SpikeRecorder::Spikes spikes = net.spike_recorder(id)->collect();
    EXPECT_EQ(std::vector<int32_t>(spikes.ranks.data(), spikes.ranks.data() + spikes.ranks.size()),
              (std::vector<int32_t>{2, 65, 130, 299, 2, 65, 299, 130}));
    EXPECT_EQ(std::vector<double>(spikes.steps.data(), spikes.steps.data() + spikes.steps.size()),
              (std::vector<double>{0, 0, 0, 0, 2, 2, 2, 3}));
    const SpikeRecorder::Spikes few = net.spike_recorder(chosen)->collect();
    EXPECT_EQ(std::vector<int32_t>(few.ranks.data(), few.ranks.data() + few.ranks.size()),
              (std::vector<int32_t>{65, 130, 65, 130}));
  }
}

TEST(Recorder, SpikesStayInTheOrderInWhichTheyWereRunWhenTimeIsSetBack) {
  NetworkSpec spec = network({beat_population(128)});
  spec.threads = 2;
  Network net(spec);
  const std::span<int32_t> period = values<int32_t>(net, 0, beat::kPeriod);
  period[0] = 10;
  period[127] = 10;
  const int32_t id = net.record(SpikeRecorderSpec{0, std::nullopt});
  net.set_step(20);
  run(net, 1);
  net.set_step(10);
  run(net, 1);
  const SpikeRecorder::Spikes spikes = net.spike_recorder(id)->collect();
  EXPECT_EQ(std::vector<double>(spikes.steps.data(), spikes.steps.data() + spikes.steps.size()),
            (std::vector<double>{20, 20, 10, 10}));
}

TEST(Recorder, MoreThanThereIsMemoryForIsAnErrorBeforeTheRun) {
  Network net(network({beat_population(1'000'000, "big")}));
  net.record(FieldRecorderSpec{0, beat::kTotal, RecordPhase::kEnd, std::nullopt, 1, 0});
  const std::pair<std::string, std::string> expected("OUT_OF_MEMORY", "big");
  EXPECT_EQ(refusal([&] { run(net, INT32_MAX); }), expected);
  EXPECT_EQ(net.step(), 0);
  EXPECT_EQ(run(net, 1).done, 1);
}

TEST(Recorder, RecordsSynapsesRowByRowForAnyNumberOfParts) {
  for (const int32_t threads : {1, 2, 5}) {
    NetworkSpec spec =
        network({beat_population(200), beat_population(300)},
                {projection(0, 1, fixed_probability(0.1), drawn(ValueKind::kUniform, {0, 1}))});
    spec.threads = threads;
    Network net(spec);
    const SynapseTable table = net.projections()[0]->synapses();
    std::vector<double> weights(static_cast<size_t>(table.row_start.back()));
    net.projections()[0]->copy_values(0, reinterpret_cast<std::byte*>(weights.data()));
    const int32_t all = net.record(SynapseRecorderSpec{0, 0, std::nullopt, 2, 0});
    const std::vector<int32_t> rows = {3, 120, 121, 290};
    const int32_t some = net.record(SynapseRecorderSpec{0, 0, rows, 1, 0});
    run(net, 3);
    std::vector<double> expected = weights;
    expected.insert(expected.end(), weights.begin(), weights.end());
    EXPECT_EQ(recorded(net, all), expected);
    std::vector<double> chosen;
    for (const int32_t row : rows) {
      const auto begin = weights.begin() + table.row_start[static_cast<size_t>(row)];
      const auto end = weights.begin() + table.row_start[static_cast<size_t>(row) + 1];
      chosen.insert(chosen.end(), begin, end);
    }
    EXPECT_EQ(net.value_recorder(some)->records(), 3);
    std::vector<double> found = recorded(net, some);
    found.resize(chosen.size());
    EXPECT_EQ(found, chosen);
  }
}

TEST(Recorder, RefusesRowsThatDoNotExistOrDoNotAscend) {
  Network net(network({beat_population(10)}, {projection(0, 0, one_to_one(), constant(1))}));
  const auto refused = [&](const SynapseRecorderSpec& spec) {
    return refusal([&] { net.record(spec); });
  };
  using Refusal = std::pair<std::string, std::string>;
  const Refusal bad_rows{"BAD_RANKS", "projection"};
  EXPECT_EQ(refused({0, 0, std::vector<int32_t>{10}, 1, 0}), bad_rows);
  EXPECT_EQ(refused({0, 0, std::vector<int32_t>{-1}, 1, 0}), bad_rows);
  EXPECT_EQ(refused({0, 0, std::vector<int32_t>{2, 1}, 1, 0}), bad_rows);
  EXPECT_EQ(refused({0, 7, std::nullopt, 1, 0}), Refusal("BAD_SPEC", "projection"));
  EXPECT_EQ(refused({1, 0, std::nullopt, 1, 0}).first, "BAD_ARGUMENT");
}

TEST(Recorder, RecordsAxonalEventsAsSpikes) {
  for (const int32_t threads : {1, 3}) {
    NetworkSpec spec = network({beat_population(300)});
    spec.threads = threads;
    Network net(spec);
    values<int32_t>(net, 0, beat::kPeriod)[280] = 4;
    values<int32_t>(net, 0, beat::kPeriod)[20] = 4;
    const int32_t id = net.record(SpikeRecorderSpec{0, std::nullopt, EventKind::kAxon});
    run(net, 8);
    const SpikeRecorder::Spikes events = net.spike_recorder(id)->collect();
    ASSERT_EQ(events.ranks.size(), 4u);
    EXPECT_EQ(std::vector<int32_t>(events.ranks.data(), events.ranks.data() + 4),
              (std::vector<int32_t>{20, 280, 20, 280}));
    EXPECT_EQ(std::vector<double>(events.steps.data(), events.steps.data() + 4),
              (std::vector<double>{3, 3, 7, 7}));
  }
}

TEST(Recorder, RefusesFieldsAndRanksThatDoNotExist) {
  Network net(network({beat_population(10)}));
  const auto refused = [&](const FieldRecorderSpec& spec) {
    return refusal([&] { net.record(spec); }).first;
  };
  EXPECT_EQ(refused({1, 0, RecordPhase::kEnd, std::nullopt, 1, 0}), "BAD_ARGUMENT");
  EXPECT_EQ(refused({0, 99, RecordPhase::kEnd, std::nullopt, 1, 0}), "BAD_SPEC");
  EXPECT_EQ(refused({0, beat::kG, RecordPhase::kEnd, std::nullopt, 0, 0}), "BAD_SPEC");
  EXPECT_EQ(refused({0, beat::kG, RecordPhase::kEnd, std::vector<int32_t>{10}, 1, 0}), "BAD_RANKS");
  EXPECT_EQ(refused({0, beat::kCount, RecordPhase::kEnd, std::vector<int32_t>{0}, 1, 0}),
            "BAD_RANKS");
}

TEST(Recorder, CanBeTakenAway) {
  Network net(network({beat_population(10)}));
  const int32_t id = net.record(count_every(1));
  EXPECT_TRUE(net.unrecord(id));
  EXPECT_FALSE(net.unrecord(id));
  EXPECT_EQ(net.value_recorder(id), nullptr);
  run(net, 3);
}

}  // namespace
}  // namespace neurarchy::testing
