#include <cmath>
#include <map>

#include "connectivity.hpp"
#include "support.hpp"

// Weights that follow from distances.

namespace neurarchy::testing {
namespace {

struct Synapses {
  std::map<std::pair<int32_t, int32_t>, double> weights;  // by (post, pre)
};

Synapses made(const ProfileSpec& spec, int64_t pre, int64_t post, bool same = false,
              bool self = true) {
  const Connectivity found = connect(profile(spec, self), {pre, post, same}, 1, 1, "projection");
  Synapses result;
  found.for_each_row(0, found.post_ranks.size(), [&](size_t row, std::span<const int32_t> ranks) {
    std::vector<double> weights(ranks.size());
    found.rule->weights(found.post_ranks[row], ranks, weights.data());
    for (size_t i = 0; i < ranks.size(); i++)
      result.weights[{found.post_ranks[row], ranks[i]}] = weights[i];
  });
  EXPECT_EQ(result.weights.size(), static_cast<size_t>(found.synapses()));
  return result;
}

TEST(Profile, FollowsTheGaussianFunctionAndItsLimit) {
  const Synapses found = made({{5}, {4}, {{1.0, 0.2}}, 0.1}, 5, 4);
  const std::map<std::pair<int32_t, int32_t>, double> golden = {
      {{0, 0}, 1.0},      {{0, 1}, 0.457833}, {{1, 0}, 0.249352}, {{1, 1}, 0.916855},
      {{1, 2}, 0.706648}, {{1, 3}, 0.114162}, {{2, 1}, 0.114162}, {{2, 2}, 0.706648},
      {{2, 3}, 0.916855}, {{2, 4}, 0.249352}, {{3, 3}, 0.457833}, {{3, 4}, 1.0}};
  ASSERT_EQ(found.weights.size(), golden.size());
  for (const auto& [pair, weight] : golden) EXPECT_NEAR(found.weights.at(pair), weight, 1e-6);
}

TEST(Profile, LeavesOutTheNeuronItself) {
  const ProfileSpec spec{{3, 3}, {3, 3}, {{2.0, 0.3}}, 0.02};
  const Synapses found = made(spec, 9, 9, true, false);
  EXPECT_EQ(found.weights.size(), 40u);
  EXPECT_NEAR(found.weights.at({4, 1}), 0.498704, 1e-6);
  EXPECT_NEAR(found.weights.at({4, 0}), 0.124353, 1e-6);
  EXPECT_EQ(made(spec, 9, 9, true, true).weights.size(), 49u);
}

TEST(Profile, IgnoresDimensionsThatPreDoesNotHave) {
  const Synapses found = made({{5}, {3, 3}, {{1.0, 0.5}}, 0.01}, 5, 9);
  const double first[] = {1.0, 0.882497, 0.606531, 0.324652, 0.135335};
  const double middle[] = {0.606531, 0.882497, 1.0, 0.882497, 0.606531};
  for (int32_t x = 0; x < 3; x++) {
    for (int32_t pre = 0; pre < 5; pre++) {
      EXPECT_NEAR(found.weights.at({x, pre}), first[pre], 1e-6);
      EXPECT_NEAR(found.weights.at({3 + x, pre}), middle[pre], 1e-6);
    }
  }
}

TEST(Profile, MayHaveTermsOfBothSigns) {
  // The difference of Gaussian functions of the specification.
  const ProfileSpec spec{{3, 3}, {2, 4}, {{1.0, 0.2}, {-0.5, 0.5}}, 0.05 * 0.5};
  const Synapses found = made(spec, 9, 8);
  EXPECT_EQ(found.weights.size(), 68u);
  EXPECT_NEAR(found.weights.at({0, 0}), 0.5, 1e-6);
  EXPECT_NEAR(found.weights.at({0, 1}), -0.259328, 1e-6);
  EXPECT_NEAR(found.weights.at({0, 7}), -0.041042, 1e-6);
  EXPECT_EQ(found.weights.count({0, 8}), 0u);
  EXPECT_NEAR(found.weights.at({1, 1}), 0.233669, 1e-6);
}

TEST(Profile, HasTheSynapsesThatLookingAtAllPairsFinds) {
  for (const double sigma : {0.01, 0.05, 0.3, 2.0}) {
    for (const double threshold : {0.0, 1e-3, 0.1, 0.6}) {
      const ProfileSpec spec{{7, 11}, {5, 6}, {{1.0, sigma}, {-0.4, 2.0 * sigma}}, threshold};
      const Synapses found = made(spec, 77, 30);
      size_t expected = 0;
      for (int32_t post = 0; post < 30; post++) {
        for (int32_t pre = 0; pre < 77; pre++) {
          const double dy = pre / 11 / 6.0 - post / 6 / 4.0;
          const double dx = pre % 11 / 10.0 - post % 6 / 5.0;
          const double square = dx * dx + dy * dy;
          const double weight = std::exp(-square / (2.0 * sigma * sigma)) -
                                0.4 * std::exp(-square / (8.0 * sigma * sigma));
          // Single precision may decide otherwise at the threshold itself, and loses tiny weights.
          if (std::abs(std::abs(weight) - threshold) < 1e-6) {
            expected += found.weights.count({post, pre});
            continue;
          }
          if (std::abs(weight) <= threshold) continue;
          expected += 1;
          ASSERT_EQ(found.weights.count({post, pre}), 1u) << sigma << " " << threshold;
          EXPECT_NEAR(found.weights.at({post, pre}), weight, 1e-5);
        }
      }
      EXPECT_EQ(found.weights.size(), expected) << sigma << " " << threshold;
    }
  }
}

TEST(Profile, TheWorkIsThatOfTheSynapses) {
  // 10^12 pairs: visiting them would take an hour.
  const ProfileSpec spec{{1000, 1000}, {1000, 1000}, {{1.0, 0.0005}}, 0.1};
  const Connectivity found =
      connect(profile(spec), {1'000'000, 1'000'000, true}, 1, 1, "projection");
  // Each neuron and its four neighbours, of which the 4000 at the borders lack one.
  EXPECT_EQ(found.synapses(), 5'000'000 - 4000);
}

TEST(Profile, NeuronsOfOneRowAreAtItsBeginning) {
  const Synapses found = made({{1}, {3}, {{1.0, 0.5}}, 0.0}, 1, 3);
  EXPECT_NEAR(found.weights.at({0, 0}), 1.0, 1e-7);
  EXPECT_NEAR(found.weights.at({2, 0}), std::exp(-2.0), 1e-7);
}

TEST(Profile, ArrivesAsWeightsOfTheProjection) {
  for (const int32_t threads : {1, 3}) {
    ProjectionSpec spec = projection(0, 1, profile({{200}, {300}, {{1.0, 0.1}}, 0.01}),
                                     {ValueKind::kProfile, {}, -kInfinity, kInfinity});
    NetworkSpec net_spec = network({beat_population(200), beat_population(300)}, {spec});
    net_spec.threads = threads;
    Network net(net_spec);
    Projection& made_one = *net.projections()[0];
    const Synapses expected = made({{200}, {300}, {{1.0, 0.1}}, 0.01}, 200, 300);
    std::vector<double> weights(static_cast<size_t>(made_one.synapse_count()));
    made_one.copy_values(0, reinterpret_cast<std::byte*>(weights.data()));
    size_t next = 0;
    for (const auto& [pair, weight] : expected.weights) ASSERT_EQ(weights[next++], weight);
    EXPECT_EQ(next, weights.size());
  }
}

TEST(Profile, RefusesWhatDoesNotFit) {
  const auto code = [](const ConnectorSpec& connector) {
    return refusal([&] { connect(connector, {9, 9, false}, 1, 1, "p"); }).first;
  };
  const std::vector<ProfileSpec::Term> terms = {{1.0, 0.5}};
  EXPECT_EQ(code(profile({{3, 3}, {3, 3}, terms, 0.1})), "none");
  EXPECT_EQ(code(profile({{3, 4}, {3, 3}, terms, 0.1})), "BAD_SPEC");
  EXPECT_EQ(code(profile({{3, 3}, {9}, terms, 0.1})), "BAD_SPEC");
  EXPECT_EQ(code(profile({{3, 3}, {3, 3}, {{1.0, 0.0}}, 0.1})), "BAD_SPEC");
  ConnectorSpec view = profile({{3, 3}, {3, 3}, terms, 0.1});
  view.pre_ranks = {1, 2};
  EXPECT_EQ(code(view), "BAD_SPEC");
  ProjectionSpec spec = projection(0, 0, all_to_all(), {ValueKind::kProfile, {}, 0.0, 1.0});
  EXPECT_EQ(refusal([&] { Network net(network({beat_population(3)}, {spec})); }).first, "BAD_SPEC");
}

}  // namespace
}  // namespace neurarchy::testing
