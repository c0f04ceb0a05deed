// Delays: of all synapses or of each, of spikes and of values, and changed between runs.
#include <cmath>

#include "synapse_support.hpp"

namespace neurarchy::testing {
namespace {

using Ints = std::vector<int32_t>;
using Reals = std::vector<double>;

const Ints kThreads{1, 2, 3, 8};

NetworkSpec spiking(const std::optional<SynapseSpec>& synapse, int32_t threads) {
  ProjectionSpec spec =
      projection(0, 1, fixed_probability(0.4), drawn(ValueKind::kUniform, {1, 2}));
  delay_each(spec, drawn(ValueKind::kUniform, {0.2, 12.4}, 1, 12), 12);
  spec.synapse = synapse;
  NetworkSpec net = network({beat_population(100, "pre"), beat_population(150, "post")}, {spec});
  net.threads = threads;
  return net;
}

std::vector<std::optional<SynapseSpec>> kinds() {
  return {std::nullopt, probe_synapse("probe_delays_column", true),
          probe_synapse("probe_delays_row", true)};
}

TEST(Delays, AreDrawnRoundedAndTheSameForAnyStorageAndThreads) {
  Network reference(spiking(std::nullopt, 1));
  const Ints delays = reference.projections()[0]->delays();
  EXPECT_EQ(*std::min_element(delays.begin(), delays.end()), 1);
  EXPECT_EQ(*std::max_element(delays.begin(), delays.end()), 12);
  for (const auto& synapse : kinds()) {
    for (const int32_t threads : kThreads) {
      Network net(spiking(synapse, threads));
      EXPECT_EQ(net.projections()[0]->delays(), delays);
    }
  }
}

/// Steps at which single spikes of all pre neurons (at step 0) reach post neuron `rank`, as sums.
Reals expected_sums(const Projection& projection, int32_t rank, int32_t steps) {
  const Ints post = post_ranks(projection);
  const Ints delays = projection.delays();
  const Reals w = synaptic_values(projection);
  Reals sums(static_cast<size_t>(steps), 0.0);
  for (size_t i = 0; i < post.size(); i++) {
    const auto arrival = static_cast<size_t>(delays.size() == 1 ? delays[0] : delays[i]);
    if (post[i] == rank && arrival < sums.size()) sums[arrival] += w[i];
  }
  return sums;
}

TEST(Delays, EverySpikeArrivesAfterTheDelayOfItsSynapse) {
  for (const auto& synapse : kinds()) {
    for (const int32_t threads : kThreads) {
      Network net(spiking(synapse, threads));
      for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1000;
      const Reals sums = expected_sums(*net.projections()[0], 77, 14);
      double before = 0.0;
      for (size_t step = 0; step < sums.size(); step++) {
        run(net, 1);
        const double total = values<double>(net, 1, beat::kTotal)[77];
        EXPECT_NEAR(total - before, sums[step], 1e-12) << "step " << step;
        before = total;
      }
    }
  }
}

TEST(Delays, TheBitsDoNotDependOnThreadsOrStorage) {
  const auto totals = [](const std::optional<SynapseSpec>& synapse, int32_t threads) {
    Network net(spiking(synapse, threads));
    const std::span<int32_t> period = values<int32_t>(net, 0, beat::kPeriod);
    for (size_t i = 0; i < period.size(); i++) period[i] = 2 + static_cast<int32_t>(i % 3);
    run(net, 60);
    const std::span<double> total = values<double>(net, 1, beat::kTotal);
    return Reals(total.begin(), total.end());
  };
  const Reals reference = totals(std::nullopt, 1);
  for (const auto& synapse : kinds()) {
    for (const int32_t threads : kThreads) EXPECT_EQ(totals(synapse, threads), reference);
  }
}

TEST(Delays, EachIsChangedInTheOrderOfTheRows) {
  for (const auto& synapse : kinds()) {
    NetworkSpec spec = spiking(synapse, 2);
    spec.projections[0].connector = explicit_rows({1, 140}, {{5, 2, 9}, {8, 7}});
    spec.projections[0].weights = each({1, 2, 4, 8, 16});
    delay_each(spec.projections[0], each({3, 1, 2, 1, 3}), 3);
    Network net(spec);
    Projection& found = *net.projections()[0];
    EXPECT_EQ(found.delays(), (Ints{3, 1, 2, 1, 3}));
    const Ints longer{2, 20, 1, 5, 5};
    found.set_delays(longer);
    EXPECT_EQ(found.delays(), longer);
    EXPECT_EQ(pre_ranks(found), (Ints{5, 2, 9, 8, 7}));
    EXPECT_EQ(synaptic_values(found), (Reals{1, 2, 4, 8, 16}));
    for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1000;
    run(net, 3);
    EXPECT_EQ(values<double>(net, 1, beat::kTotal)[1], 5.0);
    run(net, 17);
    EXPECT_EQ(values<double>(net, 1, beat::kTotal)[1], 5.0);
    run(net, 1);
    EXPECT_EQ(values<double>(net, 1, beat::kTotal)[1], 7.0);
    EXPECT_EQ(values<double>(net, 1, beat::kTotal)[140], 24.0);
  }
}

TEST(Delays, TheOneOfAllIsChanged) {
  Network net(network({beat_population(5), beat_population(5)},
                      {projection(0, 1, one_to_one(), constant(1), 2)}));
  Projection& found = *net.projections()[0];
  for (int32_t& period : values<int32_t>(net, 0, beat::kPeriod)) period = 1000;
  run(net, 1);
  const Ints nine{9};
  found.set_delays(nine);
  EXPECT_EQ(found.delays(), nine);
  run(net, 8);
  EXPECT_EQ(values<double>(net, 1, beat::kTotal)[3], 0.0);
  run(net, 1);
  EXPECT_EQ(values<double>(net, 1, beat::kTotal)[3], 1.0);
}

TEST(Delays, MustBePositiveAndAsManyAsThereWere) {
  Network net(network({beat_population(5), beat_population(5)},
                      {projection(0, 1, one_to_one(), constant(1), 2)}));
  const auto refused = [&](Ints delays) {
    return refusal([&] { net.projections()[0]->set_delays(delays); });
  };
  using Refusal = std::pair<std::string, std::string>;
  EXPECT_EQ(refused({0}), Refusal("BAD_VALUES", "projection"));
  EXPECT_EQ(refused({1, 1}), Refusal("BAD_VALUES", "projection"));
  EXPECT_EQ(refused({2'000'000}), Refusal("BAD_VALUES", "projection"));
}

// ---- Values ----

NetworkSpec rates(bool each_its_own, int32_t delay, int32_t threads) {
  ProjectionSpec spec = projection(0, 1, fixed_probability(0.3), drawn(ValueKind::kUniform, {1, 2}),
                                   delay, rate::kExc);
  if (each_its_own) delay_each(spec, drawn(ValueKind::kDiscreteUniform, {1, 6}), 6);
  spec.synapse = hebb_synapse(each_its_own);
  NetworkSpec net = network({rate_population(100, "pre"), rate_population(150, "post")}, {spec});
  net.threads = threads;
  return net;
}

/// Checks that psp saw pre.r of step n - d and the update that of n - (d - 1), after `end` steps of
/// a ramp that begins at 1000 + rank.
void expect_ages(Network& net, int32_t end, double before) {
  const Projection& found = *net.projections()[0];
  const Ints pre = pre_ranks(found);
  const Ints delays = found.delays();
  const Reals seen = synaptic_values(found, hebb::kSeen);
  const Reals fresh = synaptic_values(found, hebb::kFresh);
  const auto value = [&](int32_t step, int32_t rank) {
    return (step < 0 ? before : 10.0 * step) + rank;
  };
  for (size_t i = 0; i < pre.size(); i++) {
    const int32_t delay = delays.size() == 1 ? delays[0] : delays[i];
    ASSERT_EQ(seen[i], value(end - 1 - delay, pre[i])) << "delay " << delay << " end " << end;
    ASSERT_EQ(fresh[i], value(end - delay, pre[i])) << "delay " << delay << " end " << end;
  }
}

void start_ramp(Network& net) {
  values<double>(net, 0, rate::kRamp)[0] = 10;
  const std::span<double> r = values<double>(net, 0, rate::kR);
  for (size_t i = 0; i < r.size(); i++) r[i] = 1000.0 + static_cast<double>(i);
  net.population(0).settle();
}

TEST(Delays, ValuesAreAsOldAsTheDelaySays) {
  for (const int32_t threads : kThreads) {
    for (const int32_t delay : {1, 2, 5}) {
      Network net(rates(false, delay, threads));
      start_ramp(net);
      for (int32_t end = 1; end < 12; end++) {
        run(net, 1);
        expect_ages(net, end, 1000.0);
      }
    }
    Network net(rates(true, 1, threads));
    start_ramp(net);
    for (int32_t end = 1; end < 12; end++) {
      run(net, 1);
      expect_ages(net, end, 1000.0);
    }
  }
}

TEST(Delays, ValuesNeverKeptAreZero) {
  Network net(rates(false, 2, 2));
  start_ramp(net);
  run(net, 4);
  const Ints six{6};
  net.projections()[0]->set_delays(six);
  run(net, 1);  // step 4 sees step -2, which was not kept
  EXPECT_EQ(synaptic_values(*net.projections()[0], hebb::kSeen)[0], 0.0);
  run(net, 8);
  expect_ages(net, 13, 0.0);
}

TEST(Delays, AProjectionWithoutDelayCanGetOneInTheEngine) {
  Network net(rates(false, 1, 2));
  start_ramp(net);
  run(net, 3);
  const Ints three{3};
  net.projections()[0]->set_delays(three);
  run(net, 5);
  expect_ages(net, 8, 0.0);
}

TEST(Delays, EachOfValuesIsChanged) {
  Network net(rates(true, 1, 3));
  start_ramp(net);
  run(net, 3);
  Projection& found = *net.projections()[0];
  const Reals weights = synaptic_values(found);
  Ints delays = found.delays();
  for (int32_t& delay : delays) delay = 10 - delay;
  found.set_delays(delays);
  EXPECT_EQ(found.delays(), delays);
  EXPECT_EQ(synaptic_values(found), weights);
  run(net, 20);
  expect_ages(net, 23, 0.0);
}

/// A recurrent network with noise that learns, with a delay each and without.
std::vector<Reals> lively(int32_t threads) {
  const ValueSpec weights = drawn(ValueKind::kUniform, {-0.03, 0.03});
  ProjectionSpec one = projection(0, 0, fixed_probability(0.2), weights, 3, rate::kExc);
  one.synapse = hebb_synapse();
  ProjectionSpec two = projection(0, 1, fixed_probability(0.2), weights, 1, rate::kExc);
  delay_each(two, drawn(ValueKind::kDiscreteUniform, {1, 6}), 6);
  two.synapse = hebb_synapse(true);
  ProjectionSpec three = projection(1, 0, fixed_probability(0.2), weights, 1, rate::kExc);
  three.synapse = hebb_synapse(false, true);  // reads sums while they are added up
  NetworkSpec spec =
      network({rate_population(300, "a"), rate_population(200, "b")}, {one, two, three});
  spec.threads = threads;
  Network net(spec);
  for (const size_t population : {0u, 1u}) values<double>(net, population, rate::kNoise)[0] = 0.5;
  run(net, 60);
  std::vector<Reals> all;
  for (const size_t population : {0u, 1u}) {
    const std::span<double> r = values<double>(net, population, rate::kR);
    all.emplace_back(r.begin(), r.end());
  }
  for (const auto& projection : net.projections()) all.push_back(synaptic_values(*projection));
  return all;
}

TEST(Delays, ALearningNetworkHasTheSameBitsForAnyNumberOfThreads) {
  const std::vector<Reals> reference = lively(1);
  for (const Reals& values : reference) {
    ASSERT_TRUE(std::isfinite(values[0]));
    ASSERT_NE(values[0], values[1]);
  }
  for (const int32_t threads : {2, 3, 8})
    EXPECT_TRUE(lively(threads) == reference) << threads << " threads";
}

}  // namespace
}  // namespace neurarchy::testing
