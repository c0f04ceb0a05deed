#include "connectivity.hpp"

#include <cmath>
#include <set>

#include "streams.hpp"
#include "support.hpp"
#include "weights.hpp"

namespace neurarchy::testing {
namespace {

Connectivity make(const ConnectorSpec& connector, int64_t pre, int64_t post, bool same = false,
                  uint32_t seed = 1) {
  return connect(connector, {pre, post, same}, seed, 1, "projection");
}

std::vector<int32_t> row(const Connectivity& connectivity, size_t index) {
  std::vector<int32_t> found;
  connectivity.for_each_row(index, index + 1, [&](size_t, std::span<const int32_t> ranks) {
    found.assign(ranks.begin(), ranks.end());
  });
  return found;
}

TEST(Connectivity, AllToAllConnectsEveryPair) {
  const Connectivity all = make(all_to_all(), 3, 2);
  EXPECT_EQ(all.post_ranks, (std::vector<int32_t>{0, 1}));
  EXPECT_EQ(row(all, 0), (std::vector<int32_t>{0, 1, 2}));
  EXPECT_EQ(row(all, 1), (std::vector<int32_t>{0, 1, 2}));
}

TEST(Connectivity, LeavesOutConnectionsToItselfOnlyWithinAPopulation) {
  const Connectivity within = make(all_to_all(false), 3, 3, true);
  EXPECT_EQ(row(within, 1), (std::vector<int32_t>{0, 2}));
  EXPECT_EQ(make(all_to_all(false), 3, 3, false).synapses(), 9);
}

TEST(Connectivity, ANeuronWithoutSynapsesHasNoRow) {
  EXPECT_EQ(make(all_to_all(false), 1, 1, true).post_ranks.size(), 0u);
  EXPECT_EQ(make(fixed_probability(0.0), 100, 100).post_ranks.size(), 0u);
  const Connectivity sparse = make(fixed_probability(0.01), 20, 1000);
  EXPECT_LT(sparse.post_ranks.size(), 500u);
  for (size_t i = 0; i < sparse.post_ranks.size(); i++) EXPECT_GT(row(sparse, i).size(), 0u);
}

TEST(Connectivity, OneToOneJoinsNeuronsInTheOrderOfTheViews) {
  ConnectorSpec connector = one_to_one();
  connector.pre_ranks = {5, 3, 8};
  connector.post_ranks = {2, 9, 0};
  const Connectivity pairs = make(connector, 10, 10);
  EXPECT_EQ(pairs.post_ranks, (std::vector<int32_t>{0, 2, 9}));
  EXPECT_EQ(row(pairs, 0), std::vector<int32_t>{8});
  EXPECT_EQ(row(pairs, 1), std::vector<int32_t>{5});
  EXPECT_EQ(row(pairs, 2), std::vector<int32_t>{3});
}

TEST(Connectivity, ViewsLimitBothEnds) {
  ConnectorSpec connector = fixed_probability(0.5);
  connector.pre_ranks = {90, 10, 20, 30};
  connector.post_ranks = {7, 3};
  const Connectivity found = make(connector, 100, 100);
  for (size_t i = 0; i < found.post_ranks.size(); i++) {
    EXPECT_TRUE(found.post_ranks[i] == 3 || found.post_ranks[i] == 7);
    for (const int32_t pre : row(found, i)) EXPECT_TRUE((std::set{10, 20, 30, 90}.contains(pre)));
  }
}

TEST(Connectivity, FixedProbabilityHasTheRightNumberOfSynapses) {
  for (const double probability : {0.001, 0.02, 0.3, 0.9}) {
    const Connectivity found = make(fixed_probability(probability), 2000, 1500);
    const double pairs = 2000.0 * 1500.0;
    const double deviation = std::sqrt(pairs * probability * (1.0 - probability));
    EXPECT_NEAR(static_cast<double>(found.synapses()), pairs * probability, 5.0 * deviation)
        << probability;
    for (size_t i = 0; i < found.post_ranks.size(); i++) {
      const std::vector<int32_t> ranks = row(found, i);
      for (size_t j = 1; j < ranks.size(); j++) ASSERT_LT(ranks[j - 1], ranks[j]);
    }
  }
}

TEST(Connectivity, FixedProbabilityReachesAllPartnersEvenly) {
  const Connectivity found = make(fixed_probability(0.1, false), 400, 400, true);
  std::vector<double> count(400, 0.0);
  for (size_t i = 0; i < found.post_ranks.size(); i++) {
    for (const int32_t pre : row(found, i)) {
      EXPECT_NE(pre, found.post_ranks[i]);
      count[static_cast<size_t>(pre)] += 1;
    }
  }
  double chi = 0.0;
  for (const double found_count : count)
    chi += (found_count - 39.9) * (found_count - 39.9) / (39.9 * 0.9);
  // 400 degrees of freedom: mean 400, deviation 28.
  EXPECT_GT(chi, 280.0);
  EXPECT_LT(chi, 540.0);
}

TEST(Connectivity, TheWorkOfFixedProbabilityIsThatOfItsSynapses) {
  // 10^12 pairs: visiting them would take an hour.
  const Connectivity found = make(fixed_probability(1e-6), 50'000'000, 20'000);
  EXPECT_NEAR(static_cast<double>(found.synapses()), 1e6, 5e3);
}

TEST(Connectivity, RowsDependOnSeedAndPostsynapticNeuronAlone) {
  const Connectivity whole = make(fixed_probability(0.2), 50, 50);
  ConnectorSpec part = fixed_probability(0.2);
  part.post_ranks = {17};
  EXPECT_EQ(row(make(part, 50, 50), 0), row(whole, 17));
  EXPECT_NE(row(make(fixed_probability(0.2), 50, 50, false, 2), 17), row(whole, 17));
}

TEST(Connectivity, RefusesRanksThatAreNotOfThePopulation) {
  using Refusal = std::pair<std::string, std::string>;
  for (const std::vector<int32_t>& ranks : {std::vector<int32_t>{0, 10}, {-1}, {3, 3}}) {
    ConnectorSpec connector = all_to_all();
    connector.post_ranks = ranks;
    EXPECT_EQ(refusal([&] { make(connector, 10, 10); }), Refusal("BAD_RANKS", "projection"));
  }
  EXPECT_EQ(refusal([&] { make(one_to_one(), 3, 4); }), Refusal("BAD_RANKS", "projection"));
  EXPECT_EQ(refusal([&] { make(fixed_probability(-0.1), 3, 4); }).first, "BAD_PROBABILITY");
  EXPECT_EQ(refusal([&] { make(fixed_probability(std::nan("")), 3, 4); }).first, "BAD_PROBABILITY");
}

TEST(Connectivity, TooManySynapsesAreAnError) {
  EXPECT_EQ(refusal([&] { make(all_to_all(), 2'000'000, 2'000'000); }).first, "OUT_OF_MEMORY");
}

std::vector<double> draw(const ValueSpec& spec, const Connectivity& connectivity) {
  const Array<double> values = draw_values(spec, kWeightDraw, connectivity, 7, 1, "projection");
  return {values.data(), values.data() + values.size()};
}

TEST(Weights, AreFunctionsOfTheirPlace) {
  const Connectivity whole = make(all_to_all(), 100, 30);
  const std::vector<double> all = draw(drawn(ValueKind::kNormal, {0, 1}), whole);
  ConnectorSpec part = all_to_all();
  part.post_ranks = {21};
  const Connectivity single = make(part, 100, 30);
  const std::vector<double> row_weights = draw(drawn(ValueKind::kNormal, {0, 1}), single);
  EXPECT_TRUE(std::equal(row_weights.begin(), row_weights.end(), all.begin() + 2100));
}

TEST(Weights, AreClamped) {
  const Connectivity whole = make(all_to_all(), 100, 30);
  const std::vector<double> weights = draw(drawn(ValueKind::kNormal, {0, 1}, -0.5, 0.25), whole);
  EXPECT_EQ(*std::min_element(weights.begin(), weights.end()), -0.5);
  EXPECT_EQ(*std::max_element(weights.begin(), weights.end()), 0.25);
}

TEST(Weights, ExponentialTakesItsMean) {
  const Connectivity whole = make(all_to_all(), 1000, 100);
  const std::vector<double> weights = draw(drawn(ValueKind::kExponential, {4}), whole);
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  EXPECT_NEAR(sum / 100'000.0, 4.0, 0.07);
}

TEST(Weights, RefusesParametersWithoutMeaning) {
  const auto check = [](const ValueSpec& spec) {
    return refusal([&] { check_values(spec, "p"); }).first;
  };
  EXPECT_EQ(check(drawn(ValueKind::kNormal, {1})), "BAD_VALUES");
  EXPECT_EQ(check(drawn(ValueKind::kUniform, {0, std::nan("")})), "BAD_VALUES");
  EXPECT_EQ(check(drawn(ValueKind::kUniform, {0, 1}, 2, 1)), "BAD_VALUES");
  EXPECT_EQ(check(drawn(ValueKind::kUniform, {0, 1})), "none");
}

}  // namespace
}  // namespace neurarchy::testing
