#include <cmath>
#include <map>
#include <set>

#include "connectivity.hpp"
#include "row_numbers.hpp"
#include "support.hpp"

// Connectors that draw a fixed number of partners.

namespace neurarchy::testing {
namespace {

constexpr auto kPre = ConnectorKind::kFixedNumberPre;
constexpr auto kPost = ConnectorKind::kFixedNumberPost;

using Rows = std::map<int32_t, std::vector<int32_t>>;

Rows rows(const ConnectorSpec& connector, int64_t pre, int64_t post, bool same = false,
          uint32_t seed = 1) {
  const Connectivity made = connect(connector, {pre, post, same}, seed, 1, "projection");
  Rows result;
  made.for_each_row(0, made.post_ranks.size(), [&](size_t row, std::span<const int32_t> ranks) {
    EXPECT_FALSE(ranks.empty());
    for (size_t i = 1; i < ranks.size(); i++) EXPECT_LT(ranks[i - 1], ranks[i]);
    result[made.post_ranks[row]].assign(ranks.begin(), ranks.end());
  });
  return result;
}

/// How often each neuron is a partner.
std::vector<double> partners(const Rows& rows, size_t size) {
  std::vector<double> count(size, 0.0);
  for (const auto& [post, pre] : rows)
    for (const int32_t rank : pre) count[static_cast<size_t>(rank)] += 1;
  return count;
}

/// Where each of `count` is binomial (draws, p), this is about chi-square distributed.
double chi_square(const std::vector<double>& count, double draws, double p) {
  double sum = 0.0;
  for (const double found : count)
    sum += (found - draws * p) * (found - draws * p) / (draws * p * (1.0 - p));
  return sum;
}

TEST(Partners, EveryPostsynapticNeuronHasTheNumberOfPartners) {
  for (const int64_t number : {1, 7, 50, 99, 100}) {
    const Rows found = rows(fixed_number(kPre, number), 100, 30);
    EXPECT_EQ(found.size(), 30u);
    for (const auto& [post, pre] : found) EXPECT_EQ(pre.size(), static_cast<size_t>(number));
  }
}

TEST(Partners, EveryPresynapticNeuronHasTheNumberOfPartners) {
  for (const int64_t number : {1, 7, 29, 30}) {
    const Rows found = rows(fixed_number(kPost, number), 100, 30);
    for (const double count : partners(found, 100)) EXPECT_EQ(count, static_cast<double>(number));
  }
}

TEST(Partners, AllAreEquallyLikely) {
  // 299 degrees of freedom less: mean 300 (1 - 1/300), deviation 24; five deviations.
  for (const int64_t number : {3, 40, 250}) {
    const double p = static_cast<double>(number) / 300.0;
    const std::vector<double> pre = partners(rows(fixed_number(kPre, number), 300, 2000), 300);
    EXPECT_NEAR(chi_square(pre, 2000.0, p), 300.0, 122.0) << number;
    std::vector<double> post;
    for (const auto& [rank, row] : rows(fixed_number(kPost, number), 2000, 300))
      post.push_back(static_cast<double>(row.size()));
    EXPECT_NEAR(chi_square(post, 2000.0, p), 300.0, 122.0) << number;
  }
}

TEST(Partners, AllPairsOfPartnersAreEquallyLikely) {
  std::map<std::vector<int32_t>, double> pairs;
  for (const auto& [post, pre] : rows(fixed_number(kPre, 2), 6, 30'000)) pairs[pre] += 1;
  ASSERT_EQ(pairs.size(), 15u);
  double sum = 0.0;
  for (const auto& [pair, count] : pairs) sum += (count - 2000.0) * (count - 2000.0) / 2000.0;
  // 14 degrees of freedom: below 42.6 with the probability 0.9999.
  EXPECT_LT(sum, 42.6);
}

TEST(Partners, NeuronsAreNotTheirOwnPartnersUnlessAllowed) {
  for (const auto& [post, pre] : rows(fixed_number(kPre, 9, false), 10, 10, true)) {
    EXPECT_EQ(pre.size(), 9u);
    EXPECT_FALSE(std::set(pre.begin(), pre.end()).contains(post));
  }
  for (const auto& [post, pre] : rows(fixed_number(kPost, 9, false), 10, 10, true))
    EXPECT_FALSE(std::set(pre.begin(), pre.end()).contains(post));
  const auto selves = [](const Rows& found) {
    int64_t count = 0;
    for (const auto& [post, pre] : found) count += std::count(pre.begin(), pre.end(), post);
    return count;
  };
  EXPECT_GT(selves(rows(fixed_number(kPre, 9), 10, 10, true)), 0);
  EXPECT_GT(selves(rows(fixed_number(kPost, 9), 10, 10, true)), 0);
  EXPECT_GT(selves(rows(fixed_number(kPre, 9, false), 10, 10, false)), 0);
}

TEST(Partners, WhoeverIsConnectedToAllIsConnectedToItself) {
  const Rows all = rows(fixed_number(kPost, 10, false), 10, 10, true);
  for (int32_t rank = 0; rank < 10; rank++) EXPECT_EQ(all.at(rank).size(), 10u);
}

TEST(Partners, ComeFromTheViews) {
  for (const auto kind : {kPre, kPost}) {
    ConnectorSpec connector = fixed_number(kind, 2);
    connector.pre_ranks = {90, 10, 20};
    connector.post_ranks = {7, 3};
    for (const auto& [post, pre] : rows(connector, 100, 100)) {
      EXPECT_TRUE(post == 3 || post == 7);
      for (const int32_t rank : pre) EXPECT_TRUE((std::set{10, 20, 90}.contains(rank)));
    }
  }
}

TEST(Partners, DependOnTheSeedAndTheNeuronAlone) {
  const Rows whole = rows(fixed_number(kPre, 5), 50, 50);
  ConnectorSpec part = fixed_number(kPre, 5);
  part.post_ranks = {17};
  EXPECT_EQ(rows(part, 50, 50).at(17), whole.at(17));
  EXPECT_NE(rows(fixed_number(kPre, 5), 50, 50, false, 2), whole);

  const auto targets = [](const Rows& found, int32_t pre) {
    std::set<int32_t> posts;
    for (const auto& [post, row] : found)
      if (std::count(row.begin(), row.end(), pre) > 0) posts.insert(post);
    return posts;
  };
  ConnectorSpec one = fixed_number(kPost, 5);
  one.pre_ranks = {17};
  EXPECT_EQ(targets(rows(one, 50, 50), 17), targets(rows(fixed_number(kPost, 5), 50, 50), 17));
}

TEST(Partners, TheWorkIsThatOfTheSynapses) {
  // 10^11 pairs: visiting them would take minutes.
  EXPECT_EQ(rows(fixed_number(kPre, 10), 5'000'000, 20'000).size(), 20'000u);
}

TEST(Partners, RefusesMoreThanThereAre) {
  for (const auto kind : {kPre, kPost}) {
    EXPECT_EQ(refusal([&] { rows(fixed_number(kind, 11), 10, 10); }).first, "BAD_SPEC");
    EXPECT_EQ(refusal([&] { rows(fixed_number(kind, -1), 10, 10); }).first, "BAD_SPEC");
  }
}

}  // namespace
}  // namespace neurarchy::testing
