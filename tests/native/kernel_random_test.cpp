// kernel_random.h: published vectors of Philox, the map from elements to words, and moments of the
// distributions.
#include "kernel_random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

namespace {

using Words = std::array<uint64_t, 4>;

Words philox(Words counter, uint64_t key0, uint64_t key1) {
  na_philox(counter.data(), key0, key1);
  return counter;
}

TEST(KernelRandom, PhiloxGivesThePublishedVectors) {
  // Known answers of philox4x32-10 from the authors' test suite (Random123, kat_vectors).
  EXPECT_EQ(philox({0, 0, 0, 0}, 0, 0), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, 0xffffffff, 0xffffffff),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

NaStep step_at(int64_t number, uint32_t object = 4) {
  return NaStep{number, 0.0, 0.1, 0.1, 42, object, nullptr};
}

TEST(KernelRandom, ElementsOfABlockTakeTheWordsOfSixteenCounters) {
  const NaStep step = step_at((int64_t{7} << 32) + 9);
  std::array<uint64_t, NA_BLOCK> words{};
  na_words(words.data(), &step, 3, 5);
  for (uint64_t i = 0; i < NA_BLOCK; i++) {
    const Words counter = philox({16 * 5 + i % 16, 9, 7, 0}, 42, (4u << 8) | 3u);
    EXPECT_EQ(words[i], counter[i / 16]);
    EXPECT_EQ(words[i], na_word(&step, 3, 5 * NA_BLOCK + static_cast<int64_t>(i), 0));
  }
}

TEST(KernelRandom, EveryPartOfTheAddressChangesTheNumbers) {
  std::set<uint64_t> seen;
  for (const uint32_t seed : {1u, 2u}) {
    for (const uint32_t object : {0u, 1u}) {
      for (const uint32_t draw : {0u, 1u}) {
        for (const int64_t number : {int64_t{0}, int64_t{1}, int64_t{1} << 32}) {
          for (const int64_t element : {int64_t{0}, int64_t{1}, int64_t{64}}) {
            const NaStep step{number, 0.0, 0.1, 0.1, seed, object, nullptr};
            seen.insert(na_word(&step, draw, element, 0));
          }
        }
      }
    }
  }
  EXPECT_EQ(seen.size(), 2u * 2u * 2u * 3u * 3u);
}

struct Moments {
  double mean;
  double deviation;
  double least;
  double most;
};

using Draw = std::function<void(na_real*, const NaStep*, int64_t)>;

constexpr int kBlocks = 4000;

Moments moments(const Draw& draw) {
  std::vector<na_real> values(kBlocks * NA_BLOCK);
  const NaStep step = step_at(11);
  for (int64_t block = 0; block < kBlocks; block++)
    draw(values.data() + block * NA_BLOCK, &step, block);
  double sum = 0.0;
  double least = values[0];
  double most = values[0];
  for (const double value : values) {
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  const double mean = sum / static_cast<double>(values.size());
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / static_cast<double>(values.size())), least, most};
}

struct Case {
  const char* name;
  Draw draw;
  double mean;
  double deviation;
};

TEST(KernelRandom, DistributionsHaveTheirMeanAndDeviation) {
  const std::vector<Case> cases = {
      {"uniform(-1, 3)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_uniform(o, -1, 3, s, 0, b); }, 1.0,
       4.0 / std::sqrt(12.0)},
      {"normal(2, 5)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_normal(o, 2, 5, s, 0, b); }, 2.0, 5.0},
      {"lognormal(0.1, 0.4)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_lognormal(o, 0.1, 0.4, s, 0, b); },
       std::exp(0.18), std::exp(0.18) * std::sqrt(std::exp(0.16) - 1.0)},
      {"exponential(4)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_exponential(o, 4, s, 0, b); }, 0.25,
       0.25},
      {"discrete(3, 9)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_discrete_uniform(o, 3, 9, s, 0, b); },
       6.0, 2.0},
      {"gamma(2.5, 3)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_gamma(o, 2.5, 3, s, 0, b); }, 7.5,
       3.0 * std::sqrt(2.5)},
      {"gamma(0.3, 2)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_gamma(o, 0.3, 2, s, 0, b); }, 0.6,
       2.0 * std::sqrt(0.3)},
      {"binomial(8, 0.3)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_binomial(o, 8, 0.3, s, 0, b); }, 2.4,
       std::sqrt(1.68)},
      {"binomial(400, 0.7)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_binomial(o, 400, 0.7, s, 0, b); },
       280.0, std::sqrt(84.0)},
      {"binomial(60, 0.5)",
       [](na_real* o, const NaStep* s, int64_t b) { na_draw_binomial(o, 60, 0.5, s, 0, b); }, 30.0,
       std::sqrt(15.0)},
  };
  for (const Case& c : cases) {
    const Moments found = moments(c.draw);
    const double error = c.deviation / std::sqrt(static_cast<double>(kBlocks * NA_BLOCK));
    EXPECT_NEAR(found.mean, c.mean, 5.0 * error) << c.name;
    EXPECT_NEAR(found.deviation / c.deviation, 1.0, 0.02) << c.name;
  }
}

TEST(KernelRandom, BoundsOfUniformNumbersAreLowerInclusiveAndUpperExclusive) {
  const Moments real =
      moments([](na_real* o, const NaStep* s, int64_t b) { na_draw_uniform(o, 1, 2, s, 0, b); });
  EXPECT_GE(real.least, 1.0);
  EXPECT_LT(real.most, 2.0);
  const Moments whole = moments(
      [](na_real* o, const NaStep* s, int64_t b) { na_draw_discrete_uniform(o, -2, 1, s, 0, b); });
  EXPECT_EQ(whole.least, -2.0);
  EXPECT_EQ(whole.most, 1.0);
}

TEST(KernelRandom, NormalNumbersAreIndependentWithinAPairAndHaveTheirTails) {
  const NaStep step = step_at(3);
  std::array<na_real, NA_BLOCK> block{};
  double product = 0.0;
  int beyond = 0;
  int beyond_far = 0;
  for (int64_t b = 0; b < kBlocks; b++) {
    na_draw_normal(block.data(), 0, 1, &step, 0, b);
    for (size_t i = 0; i < NA_BLOCK; i++) {
      if (i % 32 < 16) product += block[i] * block[i + 16];
      beyond += std::abs(block[i]) > 1.959964;
      beyond_far += std::abs(block[i]) > 3.290527;
    }
  }
  const double count = kBlocks * NA_BLOCK;
  EXPECT_NEAR(product / (count / 2), 0.0, 5.0 / std::sqrt(count / 2));
  EXPECT_NEAR(beyond / count, 0.05, 0.0025);
  EXPECT_NEAR(beyond_far / count, 0.001, 0.0004);
}

TEST(KernelRandom, UniformNumbersFillTheirRangeEvenly) {
  const NaStep step = step_at(8);
  std::array<na_real, NA_BLOCK> block{};
  std::array<double, 64> bins{};
  for (int64_t b = 0; b < kBlocks; b++) {
    na_draw_uniform(block.data(), 0, 1, &step, 0, b);
    for (const na_real value : block) bins[static_cast<size_t>(value * 64)] += 1;
  }
  double chi = 0.0;
  for (const double bin : bins) chi += (bin - kBlocks) * (bin - kBlocks) / kBlocks;
  // 63 degrees of freedom: mean 63, deviation 11.2.
  EXPECT_GT(chi, 25.0);
  EXPECT_LT(chi, 120.0);
}

TEST(KernelRandom, ParametersWithoutMeaningGiveNotANumber) {
  const NaStep step = step_at(0);
  std::array<na_real, NA_BLOCK> block{};
  na_draw_gamma(block.data(), -1, 1, &step, 0, 0);
  EXPECT_TRUE(std::isnan(block[0]));
  na_draw_binomial(block.data(), 10, 1.5, &step, 0, 0);
  EXPECT_TRUE(std::isnan(block[0]));
  na_draw_binomial(block.data(), 10, 0, &step, 0, 0);
  EXPECT_EQ(block[0], na_real{0});
  na_draw_binomial(block.data(), 10, 1, &step, 0, 0);
  EXPECT_EQ(block[0], na_real{10});
}

}  // namespace
