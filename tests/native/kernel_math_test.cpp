// kernel_math.h against long double libm; compiled twice, for double and for float (NA_FLOAT32).
#include "kernel_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>

#ifdef NA_FLOAT32
#define SUITE KernelMathFloat
#else
#define SUITE KernelMathDouble
#endif

namespace {

using Limits = std::numeric_limits<na_real>;

/// Distance of `value` from the exact result, in units of the last place of the exact result.
double ulps(na_real value, long double exact) {
  if (std::isnan(exact)) return std::isnan(value) ? 0.0 : 1e9;
  const na_real rounded = static_cast<na_real>(exact);
  if (std::isinf(rounded) || std::isinf(value)) return rounded == value ? 0.0 : 1e9;
  const na_real away = std::nextafter(std::abs(rounded), Limits::infinity());
  const long double unit = static_cast<long double>(away) - std::abs(rounded);
  return static_cast<double>(std::abs(static_cast<long double>(value) - exact) / unit);
}

struct Range {
  double low;
  double high;
};

/// Largest error over random arguments of the ranges, half of them spaced evenly, half by
/// magnitude.
double worst(const std::function<na_real(na_real)>& ours,
             const std::function<long double(long double)>& exact,
             std::initializer_list<Range> ranges) {
  std::mt19937_64 generator(12345);
  double largest = 0.0;
  for (const Range range : ranges) {
    std::uniform_real_distribution<double> even(range.low, range.high);
    for (int i = 0; i < 200'000; i++) {
      double x = even(generator);
      if (i % 2 == 0) x *= std::ldexp(1.0, -static_cast<int>(generator() % 40));
      const na_real argument = static_cast<na_real>(x);
      largest = std::max(largest, ulps(ours(argument), exact(static_cast<long double>(argument))));
    }
  }
  return largest;
}

TEST(SUITE, ExpIsRightToOneUlp) {
  const double edge = sizeof(na_real) == 8 ? 708.0 : 87.0;
  const double error =
      worst([](na_real x) { return na_exp(x); }, [](long double x) { return expl(x); },
            {{-1.0, 1.0}, {-edge, edge}, {-0.4, 0.4}});
  RecordProperty("ulps", std::to_string(error));
  EXPECT_LE(error, 1.0);
}

TEST(SUITE, ExpReachesTheEndsOfTheRange) {
  EXPECT_EQ(na_exp(na_real{0}), na_real{1});
  EXPECT_EQ(na_exp(Limits::infinity()), Limits::infinity());
  EXPECT_EQ(na_exp(-Limits::infinity()), na_real{0});
  EXPECT_EQ(na_exp(na_real{1e4}), Limits::infinity());
  EXPECT_EQ(na_exp(na_real{-1e4}), na_real{0});
  EXPECT_TRUE(std::isnan(na_exp(Limits::quiet_NaN())));
  const na_real last = std::log(Limits::max());
  EXPECT_TRUE(std::isfinite(na_exp(last * na_real{0x1.fff0p-1})));
  // Below the normal range results lose bits, but round correctly.
  const na_real small = std::log(Limits::min()) - na_real{5};
  EXPECT_LE(ulps(na_exp(small), expl(static_cast<long double>(small))), 1.0);
}

TEST(SUITE, LogIsRightToOneUlp) {
  const double error =
      worst([](na_real x) { return na_log(x); }, [](long double x) { return logl(x); },
            {{0.5, 2.0}, {0.0, 1.0}, {0.9, 1.1}, {0.0, 1e30}});
  RecordProperty("ulps", std::to_string(error));
  EXPECT_LE(error, 1.0);
}

TEST(SUITE, LogHasTheValuesOfAnnexF) {
  EXPECT_EQ(na_log(na_real{1}), na_real{0});
  EXPECT_EQ(na_log(na_real{0}), -Limits::infinity());
  EXPECT_EQ(na_log(-na_real{0}), -Limits::infinity());
  EXPECT_EQ(na_log(Limits::infinity()), Limits::infinity());
  EXPECT_TRUE(std::isnan(na_log(na_real{-1})));
  EXPECT_TRUE(std::isnan(na_log(Limits::quiet_NaN())));
  EXPECT_LE(
      ulps(na_log(Limits::denorm_min()), logl(static_cast<long double>(Limits::denorm_min()))),
      1.0);
  EXPECT_LE(ulps(na_log(Limits::max()), logl(static_cast<long double>(Limits::max()))), 1.0);
}

TEST(SUITE, TanhIsRightToTwoUlps) {
  const double error =
      worst([](na_real x) { return na_tanh(x); }, [](long double x) { return tanhl(x); },
            {{-1.0, 1.0}, {-25.0, 25.0}, {-0.2, 0.2}, {0.3, 0.7}});
  RecordProperty("ulps", std::to_string(error));
  EXPECT_LE(error, 2.0);
  EXPECT_EQ(na_tanh(Limits::infinity()), na_real{1});
  EXPECT_EQ(na_tanh(-Limits::infinity()), na_real{-1});
  EXPECT_TRUE(std::signbit(na_tanh(-na_real{0})));
  EXPECT_TRUE(std::isnan(na_tanh(Limits::quiet_NaN())));
}

TEST(SUITE, SineAndCosineAreRightToOneUlp) {
  const std::initializer_list<Range> ranges = {
      {-1.0, 1.0}, {-10.0, 10.0}, {-1e5, 1e5}, {-1e18, 1e18}, {-1e38, 1e38}};
  const double sine =
      worst([](na_real x) { return na_sin(x); }, [](long double x) { return sinl(x); }, ranges);
  const double cosine =
      worst([](na_real x) { return na_cos(x); }, [](long double x) { return cosl(x); }, ranges);
  RecordProperty("sin_ulps", std::to_string(sine));
  RecordProperty("cos_ulps", std::to_string(cosine));
  EXPECT_LE(sine, 1.0);
  EXPECT_LE(cosine, 1.0);
}

TEST(SUITE, SineAndCosineAreRightNextToTheirZeros) {
  for (int k = 1; k < 60'000; k = k * 5 / 4 + 1) {
    const na_real zero =
        static_cast<na_real>(static_cast<long double>(k) * 1.57079632679489661923132169163975144L);
    const auto x = static_cast<long double>(zero);
    // sinl loses bits next to the zeros of long double's own reduction only far beyond this range.
    EXPECT_LE(ulps(na_sin(zero), sinl(x)), 1.0) << k;
    EXPECT_LE(ulps(na_cos(zero), cosl(x)), 1.0) << k;
  }
}

TEST(SUITE, SineAndCosineHaveTheValuesOfAnnexF) {
  EXPECT_TRUE(std::signbit(na_sin(-na_real{0})));
  EXPECT_EQ(na_cos(na_real{0}), na_real{1});
  EXPECT_TRUE(std::isnan(na_sin(Limits::infinity())));
  EXPECT_TRUE(std::isnan(na_cos(-Limits::infinity())));
  EXPECT_TRUE(std::isnan(na_sin(Limits::quiet_NaN())));
  EXPECT_LE(ulps(na_sin(Limits::max()), sinl(static_cast<long double>(Limits::max()))), 1.0);
  EXPECT_EQ(na_sin(Limits::min()), Limits::min());
}

TEST(SUITE, PowIsRightToTwoUlps) {
  std::mt19937_64 generator(6789);
  double largest = 0.0;
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  const double span = std::log(static_cast<double>(Limits::max())) * 0.999;
  for (int i = 0; i < 400'000; i++) {
    const double magnitude = (unit(generator) * 2.0 - 1.0) * (i % 2 == 0 ? 2.0 : 80.0);
    const auto x = static_cast<na_real>(std::exp(magnitude));
    const double bound = std::min(1e6, span / std::max(std::abs(magnitude), 1e-9));
    const auto y = static_cast<na_real>((unit(generator) * 2.0 - 1.0) * bound);
    const long double exact = powl(static_cast<long double>(x), static_cast<long double>(y));
    if (exact < static_cast<long double>(Limits::min())) continue;
    largest = std::max(largest, ulps(na_pow(x, y), exact));
  }
  RecordProperty("ulps", std::to_string(largest));
  EXPECT_LE(largest, 2.0);
}

TEST(SUITE, PowHasTheValuesOfAnnexF) {
  const na_real infinity = Limits::infinity();
  const na_real nan = Limits::quiet_NaN();
  const na_real values[] = {
      0,  -na_real{0}, 1,   -1,    2,         -2,  na_real{0.5}, na_real{-0.5}, 3,
      -3, 10,          -10, 1e30f, -infinity, nan, infinity,     na_real{2.5},  na_real{0x1p-100}};
  for (const na_real x : values) {
    for (const na_real y : values) {
      const na_real expected =
          static_cast<na_real>(powl(static_cast<long double>(x), static_cast<long double>(y)));
      const na_real value = na_pow(x, y);
      if (std::isnan(expected)) {
        EXPECT_TRUE(std::isnan(value)) << x << " ^ " << y;
      } else {
        EXPECT_LE(ulps(value, static_cast<long double>(expected)), 2.0)
            << x << " ^ " << y << " gave " << value;
        EXPECT_EQ(std::signbit(value), std::signbit(expected)) << x << " ^ " << y;
      }
    }
  }
}

}  // namespace
