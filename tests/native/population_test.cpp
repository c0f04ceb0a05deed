#include <cmath>
#include <deque>
#include <random>

#include "support.hpp"

// Populations: their own clock, sources, firing rates, past values, global operations and stop
// conditions; with one part and with several.

namespace neurarchy::testing {

namespace {

constexpr size_t kParts[] = {1, 2, 3, 8};

/// Ranges of a population of `size` neurons, divided as the network does.
std::vector<Range> ranges_of(int64_t size, size_t parts) {
  NetworkSpec spec = network({beat_population(size)});
  spec.threads = static_cast<int32_t>(parts);
  return divide(spec, 1).ranges[0];
}

NaStep at(int64_t step) { return {step, 0.1 * static_cast<double>(step), 0.1, 0.1, 1, 0, nullptr}; }

/// A population alone, whose steps the test makes.
class Alone {
 public:
  Alone(const PopulationSpec& spec, size_t parts, int32_t longest_delay = 1)
      : population(spec, Precision::kDouble, 0, ranges_of(spec.size, parts), longest_delay) {}

  void run_step() {
    const NaStep step = at(tick);
    for (size_t part = 0; part < population.parts(); part++) {
      population.clear_inputs(part);
      population.update(part, step);
      population.emit(part, tick, step);
      population.push_history(part, tick);
    }
    population.reduce();
    population.stand_at(++tick);
  }

  template <class T>
  T* values(size_t slot) {
    return static_cast<T*>(population.fields()[slot].memory->data());
  }

  std::vector<int32_t> spikes(int64_t age) const {
    std::vector<int32_t> all;
    for (size_t part = 0; part < population.parts(); part++) {
      const auto some = population.spikes(tick, age, part);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }

  Population population;
  int64_t tick = 0;
};

PopulationSpec given_population(int64_t size, SourceSpec source) {
  return {.name = "given",
          .size = size,
          .library = std::nullopt,
          .fields = {{"spiked", FieldType::kInt32, FieldScope::kLocal},
                     {"lastSpike", FieldType::kInt32, FieldScope::kLocal},
                     {"r", FieldType::kReal, FieldScope::kLocal}},
          .spiked_slot = 0,
          .last_spike_slot = 1,
          .rate_slot = std::nullopt,
          .source = std::move(source)};
}

/// Each neuron spikes at random in a tenth of the steps.
struct RandomSpikes {
  RandomSpikes(int64_t size, int64_t steps, uint32_t seed) : at(static_cast<size_t>(steps)) {
    std::mt19937 numbers(seed);
    SpikeSourceSpec source;
    source.start.push_back(0);
    for (int32_t rank = 0; rank < size; rank++) {
      for (int64_t step = 0; step < steps; step++) {
        if (numbers() % 10 != 0) continue;
        source.steps.push_back(step);
        at[static_cast<size_t>(step)].push_back(rank);
      }
      source.start.push_back(static_cast<int64_t>(source.steps.size()));
    }
    spec = std::move(source);
  }

  SpikeSourceSpec spec;
  std::vector<std::vector<int32_t>> at;  // ranks by step
};

TEST(PopulationTest, SourcesSpikeInEveryPartAtTheStepsGiven) {
  const RandomSpikes random(300, 50, 1);
  for (const size_t parts : kParts) {
    Alone alone(given_population(300, random.spec), parts);
    std::vector<int32_t> last(300, kNeverSpiked);
    for (int64_t step = 0; step < 50; step++) {
      alone.run_step();
      const auto& expected = random.at[static_cast<size_t>(step)];
      EXPECT_EQ(alone.spikes(1), expected);
      std::vector<int32_t> flags(300, 0);
      for (const int32_t rank : expected) {
        flags[static_cast<size_t>(rank)] = 1;
        last[static_cast<size_t>(rank)] = static_cast<int32_t>(step);
      }
      EXPECT_TRUE(std::equal(flags.begin(), flags.end(), alone.values<int32_t>(0)));
      EXPECT_TRUE(std::equal(last.begin(), last.end(), alone.values<int32_t>(1)));
    }
  }
}

TEST(PopulationTest, FiringRatesAreThoseOfACountOverTheWindow) {
  constexpr int64_t kSteps = 300;
  const RandomSpikes random(200, kSteps, 2);
  PopulationSpec spec = given_population(200, random.spec);
  spec.rate_slot = 2;
  // Windows from steps on; the history begins with the first one.
  const std::vector<std::pair<int64_t, int64_t>> windows = {{20, 30}, {90, 7}, {150, 60}, {260, 1}};
  for (const size_t parts : kParts) {
    Alone alone(spec, parts);
    std::vector<std::deque<int64_t>> history(200);
    int64_t window = 0;
    for (int64_t step = 0; step < kSteps; step++) {
      for (const auto& [from, steps] : windows) {
        if (from != step) continue;
        window = steps;
        alone.population.set_rate_window(steps);
      }
      alone.run_step();
      if (window == 0) continue;
      for (const int32_t rank : random.at[static_cast<size_t>(step)])
        history[static_cast<size_t>(rank)].push_back(step);
      for (size_t rank = 0; rank < 200; rank++) {
        std::deque<int64_t>& spikes = history[rank];
        while (!spikes.empty() && spikes.front() <= step - window) spikes.pop_front();
        const double expected =
            static_cast<double>(spikes.size()) * (1000.0 / (static_cast<double>(window) * 0.1));
        ASSERT_EQ(alone.values<double>(2)[rank], expected) << "step " << step << " of " << rank;
      }
    }
  }
}

TEST(PopulationTest, FiringRatesForgetWhatWasWhenTheyAreSwitchedOff) {
  PopulationSpec spec = beat_population(1);
  Alone alone(spec, 1);
  alone.values<int32_t>(beat::kPeriod)[0] = 1;
  alone.population.set_rate_window(10);
  for (int i = 0; i < 5; i++) alone.run_step();
  EXPECT_EQ(alone.values<double>(beat::kRate)[0], 5000.0);
  alone.population.set_rate_window(0);
  alone.population.set_rate_window(10);
  alone.run_step();
  EXPECT_EQ(alone.values<double>(beat::kRate)[0], 1000.0);
}

TEST(PopulationTest, ADisabledPopulationKeepsItsSpikesForLater) {
  const RandomSpikes random(100, 40, 3);
  for (const size_t parts : kParts) {
    Alone alone(given_population(100, random.spec), parts, 4);
    for (int i = 0; i < 10; i++) alone.run_step();
    alone.population.set_enabled(false);
    for (int i = 0; i < 7; i++) alone.run_step();
    EXPECT_TRUE(alone.spikes(1).empty());
    EXPECT_EQ(alone.population.clock_tick(alone.tick), 10);
    alone.population.set_enabled(true);
    for (size_t age = 1; age <= 4; age++)
      EXPECT_EQ(alone.spikes(static_cast<int64_t>(age)), random.at[10 - age]);
    alone.run_step();
    EXPECT_EQ(alone.spikes(1), random.at[10]);
    EXPECT_EQ(alone.spikes(4), random.at[7]);
  }
}

TEST(PopulationTest, SpikesOfLongerDelaysThanWereKeptAreNone) {
  const RandomSpikes random(100, 40, 4);
  for (const size_t parts : kParts) {
    Alone alone(given_population(100, random.spec), parts, 3);
    for (int i = 0; i < 10; i++) alone.run_step();
    alone.population.extend_spikes(6);
    for (size_t age = 1; age <= 3; age++)
      EXPECT_EQ(alone.spikes(static_cast<int64_t>(age)), random.at[10 - age]);
    for (int64_t age = 4; age <= 6; age++) EXPECT_TRUE(alone.spikes(age).empty());
    for (int i = 0; i < 5; i++) alone.run_step();
    for (size_t age = 1; age <= 5; age++)
      EXPECT_EQ(alone.spikes(static_cast<int64_t>(age)), random.at[15 - age]);
  }
}

class HistoryTest : public ::testing::TestWithParam<size_t> {
 protected:
  /// Values that tell the step they were made in.
  static double value(int64_t step, size_t rank) {
    return static_cast<double>(1000 * (step + 1)) + static_cast<double>(rank);
  }

  void run_step() {
    for (size_t rank = 0; rank < 150; rank++) alone.values<double>(2)[rank] = value(made, rank);
    alone.run_step();
    made += 1;
  }

  double past(int64_t age, size_t rank) const {
    return reinterpret_cast<const double*>(alone.population.past(2, age, alone.tick))[rank];
  }

  Alone alone{given_population(150, SpikeSourceSpec{std::vector<int64_t>(151, 0), {}}), GetParam()};
  int64_t made = 0;
};

TEST_P(HistoryTest, GivesTheValuesOfEarlierSteps) {
  alone.population.keep_history(2, 5);
  for (int i = 0; i < 12; i++) {
    run_step();
    for (int64_t age = 0; age < std::min<int64_t>(made, 5); age++) {
      for (const size_t rank : {size_t{0}, size_t{63}, size_t{64}, size_t{149}})
        ASSERT_EQ(past(age, rank), value(made - 1 - age, rank));
    }
  }
}

TEST_P(HistoryTest, IsFullOfThePresentValuesAfterSettling) {
  alone.population.keep_history(2, 5);
  for (int i = 0; i < 7; i++) run_step();
  alone.population.settle();
  for (int64_t age = 0; age < 5; age++) EXPECT_EQ(past(age, 149), value(6, 149));
}

TEST_P(HistoryTest, StandsStillInADisabledPopulation) {
  alone.population.keep_history(2, 4);
  for (int i = 0; i < 6; i++) run_step();
  alone.population.set_enabled(false);
  for (int i = 0; i < 9; i++) alone.run_step();
  for (int64_t age = 0; age < 4; age++) EXPECT_EQ(past(age, 70), value(5 - age, 70));
  alone.population.set_enabled(true);
  run_step();
  EXPECT_EQ(past(3, 70), value(3, 70));
}

TEST_P(HistoryTest, IsZeroWhereALongerDelayReachesFurtherBack) {
  alone.population.keep_history(2, 3);
  for (int i = 0; i < 10; i++) run_step();
  alone.population.keep_history(2, 6);
  for (int64_t age = 0; age < 3; age++) EXPECT_EQ(past(age, 100), value(9 - age, 100));
  for (int64_t age = 3; age < 6; age++) EXPECT_EQ(past(age, 100), 0.0);
  for (int i = 0; i < 4; i++) run_step();
  EXPECT_EQ(past(5, 100), value(8, 100));
}

INSTANTIATE_TEST_SUITE_P(Parts, HistoryTest, ::testing::ValuesIn(kParts));

TEST(PopulationTest, GlobalOperationsAreTheSameForAnyNumberOfParts) {
  constexpr int64_t kSize = 3333;
  constexpr ReductionKind kKinds[] = {ReductionKind::kMin, ReductionKind::kMax,
                                      ReductionKind::kMean, ReductionKind::kNorm1,
                                      ReductionKind::kNorm2};
  PopulationSpec spec = given_population(
      kSize, SpikeSourceSpec{std::vector<int64_t>(static_cast<size_t>(kSize) + 1, 0), {}});
  for (const ReductionKind kind : kKinds) {
    spec.reductions.push_back({kind, 2, static_cast<int32_t>(spec.fields.size())});
    spec.fields.push_back({"result", FieldType::kReal, FieldScope::kGlobal});
  }
  std::vector<std::vector<double>> results;
  double exact[] = {0, 0, 0, 0, 0};
  for (const size_t parts : kParts) {
    Alone alone(spec, parts);
    std::mt19937 numbers(5);
    long double total = 0, absolute = 0, squares = 0;
    double least = kInfinity, most = -kInfinity;
    for (size_t i = 0; i < static_cast<size_t>(kSize); i++) {
      const double value = static_cast<double>(numbers()) / 1e9 - 1.0;
      alone.values<double>(2)[i] = value;
      total += value;
      absolute += std::fabs(value);
      squares += static_cast<long double>(value) * value;
      least = std::min(least, value);
      most = std::max(most, value);
    }
    // What stands in the padding must not count.
    for (auto i = static_cast<size_t>(kSize); i < static_cast<size_t>(padded_size(kSize)); i++)
      alone.values<double>(2)[i] = 1e9;
    alone.run_step();
    std::vector<double> found;
    for (size_t slot = 3; slot < 8; slot++) found.push_back(*alone.values<double>(slot));
    results.push_back(found);
    exact[0] = least;
    exact[1] = most;
    exact[2] = static_cast<double>(total / kSize);
    exact[3] = static_cast<double>(absolute);
    exact[4] = static_cast<double>(std::sqrt(squares));
  }
  for (size_t i = 0; i < 5; i++) EXPECT_NEAR(results[0][i], exact[i], 1e-12 * std::fabs(exact[i]));
  for (const std::vector<double>& found : results) EXPECT_EQ(found, results[0]);
}

TEST(PopulationTest, BlocksChangeInAllPartsAtOnce) {
  BlockSourceSpec blocks{2, {}, {0, 3, 5}, 8};
  for (int value = 0; value < 600; value++) blocks.values.push_back(value);
  for (const size_t parts : kParts) {
    Alone alone(given_population(200, blocks), parts);
    for (int64_t step = 0; step < 20; step++) {
      alone.run_step();
      const int64_t phase = step % 8;
      const size_t block = phase < 3 ? 0 : phase < 5 ? 1 : 2;
      for (size_t rank = 0; rank < 200; rank++)
        ASSERT_EQ(alone.values<double>(2)[rank], blocks.values[block * 200 + rank]);
    }
  }
}

TEST(PopulationTest, StopConditionsLookAtAllNeuronsAndNotAtThePadding) {
  for (const size_t parts : kParts) {
    Alone alone(beat_population(100), parts);
    alone.values<int32_t>(beat::kPhase)[99] = 3;
    const NaStep next = at(1);
    EXPECT_FALSE(alone.population.stop_holds(false, next));
    alone.values<int32_t>(beat::kResets)[99] = 3;
    EXPECT_TRUE(alone.population.stop_holds(false, next));
    EXPECT_FALSE(alone.population.stop_holds(true, next));
    std::fill_n(alone.values<int32_t>(beat::kPhase), 100, 3);
    std::fill_n(alone.values<int32_t>(beat::kResets), 100, 3);
    EXPECT_TRUE(alone.population.stop_holds(true, next));
  }
}

TEST(PopulationTest, AxonalEventsArriveInTheNextStep) {
  for (const size_t parts : kParts) {
    Alone alone(beat_population(200), parts);
    std::fill_n(alone.values<int32_t>(beat::kPeriod), 200, 3);
    std::fill_n(alone.values<int32_t>(beat::kPhase) + 100, 100, 1);
    size_t events = 0;
    for (int64_t step = 0; step < 6; step++) {
      alone.run_step();
      std::vector<int32_t> ranks;
      for (size_t part = 0; part < parts; part++) {
        const auto some = alone.population.axon_spikes(alone.tick, part);
        ranks.insert(ranks.end(), some.begin(), some.end());
      }
      const bool first = step % 3 == 2;
      const bool second = step % 3 == 1;
      ASSERT_EQ(ranks.size(), first || second ? 100u : 0u);
      EXPECT_TRUE(ranks.empty() || ranks[0] == (first ? 0 : 100));
      events += ranks.size();
    }
    EXPECT_EQ(events, 400u);
    EXPECT_EQ(alone.values<int32_t>(beat::kAxonResets)[150], 2);
  }
}

TEST(PopulationTest, SettlingForgetsThePast) {
  Alone alone(beat_population(70), 2, 3);
  std::fill_n(alone.values<int32_t>(beat::kPeriod), 70, 1);
  alone.population.set_rate_window(10);
  for (int i = 0; i < 4; i++) alone.run_step();
  alone.values<int32_t>(beat::kRemaining)[69] = 5;
  alone.population.settle();
  for (int64_t age = 1; age <= 3; age++) EXPECT_TRUE(alone.spikes(age).empty());
  EXPECT_EQ(alone.values<int32_t>(beat::kRemaining)[69], 0);
  EXPECT_EQ(alone.values<int32_t>(beat::kLastSpike)[69], kNeverSpiked);
  EXPECT_EQ(alone.values<double>(beat::kRate)[69], 0.0);
  alone.run_step();
  EXPECT_EQ(alone.values<double>(beat::kRate)[69], 1000.0);
}

TEST(PopulationTest, RefusesSlotsThatMakeNoSense) {
  const auto refused = [](auto change) {
    PopulationSpec spec = beat_population(10, "pop");
    change(spec);
    return refusal([&] { Network(network({spec})); });
  };
  const std::pair<std::string, std::string> bad{"BAD_SPEC", "pop"};
  EXPECT_EQ(refused([](PopulationSpec& spec) { spec.axon_slot = 99; }), bad);
  EXPECT_EQ(refused([](PopulationSpec& spec) { spec.last_spike_slot = beat::kG; }), bad);
  EXPECT_EQ(refused([](PopulationSpec& spec) { spec.rate_slot = beat::kSpiked; }), bad);
  EXPECT_EQ(refused([](PopulationSpec& spec) { spec.input_slots = {beat::kCount}; }), bad);
  EXPECT_EQ(refused([](PopulationSpec& spec) {
              spec.reductions = {{ReductionKind::kMean, beat::kCount, beat::kCount}};
            }),
            bad);
  EXPECT_EQ(refused([](PopulationSpec& spec) {
              spec.source = SpikeSourceSpec{std::vector<int64_t>(11, 0), {}};
            }),
            bad);
}

TEST(PopulationTest, TheEngineMayHaveFieldsBehindThoseOfTheLibrary) {
  PopulationSpec spec = beat_population(10, "pop");
  spec.fields.push_back({"more", FieldType::kReal, FieldScope::kLocal});
  EXPECT_EQ(refusal([&] { Network(network({spec})); }).first, "none");
  spec.fields.resize(4);
  EXPECT_EQ(refusal([&] { Network(network({spec})); }).first, "FIELD_MISMATCH");
}

TEST(NetworkUntilTest, EndsARunInTheSameStepForAnyNumberOfParts) {
  for (const size_t parts : kParts) {
    NetworkSpec spec = network({beat_population(500), beat_population(300)});
    spec.threads = static_cast<int32_t>(parts);
    Network net(spec);
    for (const size_t population : {size_t{0}, size_t{1}}) {
      std::ranges::fill(values<int32_t>(net, population, beat::kPeriod), 1);
      values<int32_t>(net, population, beat::kPhase).back() = population == 0 ? 6 : 9;
    }
    Words words;
    const Until either{{{0, false}, {1, false}}, false};
    EXPECT_EQ(net.run(100, words.control(), either).done, 6);
    const Until both{{{0, false}, {1, false}}, true};
    EXPECT_EQ(net.run(100, words.control(), both).done, 3);
    EXPECT_EQ(net.step(), 9);
  }
}

}  // namespace

}  // namespace neurarchy::testing
