// SPDX-License-Identifier: MIT
#include <evalpp/stats/precision.hpp>

#include <evalpp/stats/proportion.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>

namespace precision_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The workflow study's table of half-widths at 0.8, in points.
TEST(Precision, HalfWidthsAtFourOfFive) {
  const struct {
    double n, points;
  } rows[] = {{50, 10.9}, {100, 7.8}, {200, 5.5}, {500, 3.5}, {1000, 2.5}, {5000, 1.1}};
  for (const auto& row : rows) EXPECT_NEAR(100 * stats::wilson_half_width(0.8, row.n), row.points, 0.05);
}

TEST(Precision, HalfWidthIsThatOfTheInterval) {
  for (const std::int64_t n : {1, 2, 17, 400}) {
    for (std::int64_t k = 0; k <= n; ++k) {
      const auto ends = stats::wilson_interval(k, n, 0.9);
      EXPECT_NEAR(stats::wilson_half_width(static_cast<double>(k) / static_cast<double>(n),
                                           static_cast<double>(n), 0.9),
                  (ends.hi - ends.lo) / 2, 1e-14);
    }
  }
}

// 681 examples still have 3.0005 points, 682 have 2.9983.
TEST(Precision, ThreePointsAtFourOfFive) {
  EXPECT_EQ(std::ceil(stats::wilson_examples_needed(0.03, 0.8)), 682);
  EXPECT_GT(stats::wilson_half_width(0.8, 681), 0.03);
  EXPECT_LT(stats::wilson_half_width(0.8, 682), 0.03);
}

TEST(Precision, NeededIsTheInverseOfHalfWidth) {
  for (const double p : {0.0, 0.01, 0.3, 0.5, 1.0})
    for (const double h : {1e-5, 0.01, 0.2, 0.49})
      EXPECT_NEAR(stats::wilson_half_width(p, stats::wilson_examples_needed(h, p)) / h, 1, 1e-12);
  EXPECT_EQ(stats::wilson_examples_needed(0.5, 0.5), 0);
  EXPECT_EQ(stats::wilson_examples_needed(0, 0.5), infinity);
  EXPECT_EQ(stats::wilson_half_width(0.3, 0), 0.5);
  EXPECT_EQ(stats::wilson_half_width(0.3, infinity), 0);
}

// Zero failures: the smallest n with rate^n <= 0.05.
TEST(Precision, PassesThatShowARate) {
  EXPECT_EQ(stats::passes_needed(0.99), 299);
  EXPECT_EQ(stats::passes_needed(0.999), 2995);
  EXPECT_EQ(stats::passes_needed(0.95), 59);
  EXPECT_EQ(stats::passes_needed(0.5), 5);
  EXPECT_EQ(stats::passes_needed(0.01), 1);
  EXPECT_EQ(stats::passes_needed(0.99, 0, 0.99), 459);
}

// By the two-sided interval at 90 %, whose lower end is the one-sided one at 95 %.
TEST(Precision, PassesWithFailuresAreClopperPearsons) {
  for (const double rate : {0.6, 0.9, 0.99}) {
    for (const std::int64_t failures : {0, 1, 2, 7}) {
      const auto n = static_cast<std::int64_t>(stats::passes_needed(rate, failures));
      EXPECT_GE(stats::clopper_pearson_interval(n - failures, n, 0.9).lo, rate);
      EXPECT_LT(stats::clopper_pearson_interval(n - 1 - failures, n - 1, 0.9).lo, rate);
    }
  }
}

TEST(Precision, WhatNobodyCanShow) {
  EXPECT_EQ(stats::passes_needed(1), infinity);
  EXPECT_EQ(stats::passes_needed(1 - 1e-16), infinity);
  EXPECT_EQ(stats::passes_needed(0.5, std::int64_t{1} << 60), infinity);
}

TEST(Precision, Nonsense) {
  for (const double bad : {nan, -0.1, 1.1}) {
    EXPECT_TRUE(is_nan(stats::wilson_half_width(bad, 10)));
    EXPECT_TRUE(is_nan(stats::wilson_half_width(0.5, 10, bad)));
    EXPECT_TRUE(is_nan(stats::wilson_examples_needed(0.1, bad)));
    EXPECT_TRUE(is_nan(stats::wilson_examples_needed(0.1, 0.5, bad)));
    EXPECT_TRUE(is_nan(stats::passes_needed(bad)));
    EXPECT_TRUE(is_nan(stats::passes_needed(0.9, 0, bad)));
  }
  EXPECT_TRUE(is_nan(stats::wilson_half_width(0.5, -1)));
  EXPECT_TRUE(is_nan(stats::wilson_half_width(0.5, nan)));
  EXPECT_TRUE(is_nan(stats::wilson_examples_needed(-1, 0.5)));
  EXPECT_TRUE(is_nan(stats::wilson_examples_needed(nan, 0.5)));
  EXPECT_TRUE(is_nan(stats::passes_needed(0)));
  EXPECT_TRUE(is_nan(stats::passes_needed(0.9, -1)));
}

}  // namespace precision_test
