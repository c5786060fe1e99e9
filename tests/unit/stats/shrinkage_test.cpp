// SPDX-License-Identifier: MIT
#include <evalpp/stats/shrinkage.hpp>

#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/proportion.hpp>

#include <reference/shrinkage.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace shrinkage_test {

namespace stats = evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;
using stats::slice_estimate;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The thirteen trials of the BCG vaccine (Colditz and others 1994): cases and others, vaccinated and not. Log
// risk ratios by DerSimonian and Laird, as meta-analysis texts print them: tau^2 0.3088, Q 152.2330 on 12
// degrees of freedom, mean -0.7141 with error 0.1787.
TEST(Shrinkage, TheVaccineTrials) {
  struct trial {
    double a, b, c, d;
  };
  const std::vector<trial> trials{{4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
                                  {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
                                  {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
                                  {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
                                  {27, 16886, 29, 17825}};
  std::vector<slice_estimate> slices;
  for (const trial& t : trials)
    slices.push_back({std::log(t.a / (t.a + t.b) * (t.c + t.d) / t.c),
                      std::sqrt(1 / t.a - 1 / (t.a + t.b) + 1 / t.c - 1 / (t.c + t.d))});
  const auto found = stats::shrink(slices);
  EXPECT_NEAR(found.tau_squared, 0.3088, 5e-5);
  EXPECT_NEAR(found.q, 152.2330, 5e-5);
  EXPECT_NEAR(found.mean, -0.7141, 5e-5);
  EXPECT_NEAR(found.mean_error, 0.1787, 5e-5);
  EXPECT_LT(found.p, 1e-20);
  EXPECT_EQ(found.pooled, 13u);
}

// By hand: y = 0 and 10, errors 1. Mean 5, Q = 50, tau^2 = (50 - 1) / (2 - 1) = 49, w = 49/50: 0.1 and 9.9.
TEST(Shrinkage, TwoSlicesByHand) {
  const std::vector<slice_estimate> slices{{0, 1}, {10, 1}};
  const auto found = stats::shrink(slices);
  EXPECT_NEAR(found.tau_squared, 49, 1e-12);
  EXPECT_NEAR(found.slices[0].weight, 0.98, 1e-15);
  EXPECT_NEAR(found.slices[0].estimate, 0.1, 1e-14);
  EXPECT_NEAR(found.slices[1].estimate, 9.9, 1e-14);
  EXPECT_NEAR(found.p, 1.5374597944280e-12, 1e-20);  // 2 Phi(-sqrt 50)
}

TEST(Shrinkage, EqualsItsTwin) {
  for (const std::size_t k : {2u, 3u, 12u, 200u}) {
    for (const double spread : {0.0, 0.3, 40.0}) {
      std::vector<double> y, error;
      std::vector<slice_estimate> slices;
      for (std::size_t i = 0; i < k; ++i) {
        const auto draw = [&](std::uint64_t n) {
          return static_cast<double>(stats::mix64(1000 * k + 3 * i + n) % 10'000) / 10'000;
        };
        y.push_back(70 + spread * draw(0));
        error.push_back(0.1 + 5 * draw(1) * draw(2));
        slices.push_back({y.back(), error.back()});
      }
      const auto found = stats::shrink(slices);
      const auto expected = reference::shrink(y, error);
      EXPECT_NEAR(found.q, static_cast<double>(expected.q), 1e-9 * (1 + found.q));
      EXPECT_NEAR(found.tau_squared, static_cast<double>(expected.tau_squared),
                  1e-9 * (1 + found.tau_squared));
      EXPECT_NEAR(found.mean, static_cast<double>(expected.mean), 1e-9);
      for (std::size_t i = 0; i < k; ++i) {
        EXPECT_NEAR(found.slices[i].estimate, static_cast<double>(expected.shrunk[i]), 1e-9);
        EXPECT_NEAR(found.slices[i].weight, static_cast<double>(expected.weights[i]), 1e-9);
      }
    }
  }
}

// No difference beyond chance: all are one.
TEST(Shrinkage, SlicesThatDifferByChanceAreOne) {
  const std::vector<slice_estimate> slices{{80, 5}, {82, 5}, {81, 2}};
  const auto found = stats::shrink(slices);
  EXPECT_EQ(found.tau_squared, 0);
  for (const auto& s : found.slices) {
    EXPECT_EQ(s.weight, 0);
    EXPECT_EQ(s.estimate, found.mean);
  }
  EXPECT_NEAR(found.mean, (80. / 25 + 82. / 25 + 81. / 4) / (2. / 25 + 1. / 4), 1e-12);
  EXPECT_GT(found.p, 0.5);
}

TEST(Shrinkage, TheUnitDoesNotMatter) {
  const std::vector<slice_estimate> points{{80, 3}, {60, 4}, {90, 2}};
  for (const double unit : {0.01, 1e-170, 1e170}) {
    std::vector<slice_estimate> scaled = points;
    for (auto& s : scaled) s.estimate *= unit, s.standard_error *= unit;
    const auto a = stats::shrink(points), b = stats::shrink(scaled);
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_NEAR(b.slices[i].weight, a.slices[i].weight, 1e-12);
      EXPECT_NEAR(b.slices[i].estimate / unit, a.slices[i].estimate, 1e-9);
    }
    EXPECT_NEAR(b.p, a.p, 1e-12);
  }
}

TEST(Shrinkage, ASingleSliceStays) {
  const std::vector<slice_estimate> slices{{62.5, 4}};
  const auto found = stats::shrink(slices);
  EXPECT_EQ(found.slices[0].estimate, 62.5);
  EXPECT_EQ(found.mean, 62.5);
  EXPECT_EQ(found.mean_error, 4);
  EXPECT_EQ(found.tau_squared, 0);
  EXPECT_EQ(found.q, 0);
  EXPECT_EQ(found.p, 1);
}

TEST(Shrinkage, NothingIsMadeOfNothing) {
  const std::vector<slice_estimate> none{{nan, 1}, {infinity, 1}, {5, nan}, {5, 0}, {5, -1}, {5, infinity}};
  for (const auto& found : {stats::shrink({}), stats::shrink(none)}) {
    EXPECT_TRUE(is_nan(found.mean));
    EXPECT_TRUE(is_nan(found.mean_error));
    EXPECT_TRUE(is_nan(found.tau_squared));
    EXPECT_TRUE(is_nan(found.q));
    EXPECT_TRUE(is_nan(found.p));
    EXPECT_EQ(found.pooled, 0u);
    for (const auto& s : found.slices) EXPECT_TRUE(is_nan(s.estimate) && is_nan(s.weight));
  }
}

TEST(Shrinkage, WhatTakesNoPartChangesNothing) {
  const std::vector<slice_estimate> slices{{80, 3}, {nan, 3}, {60, 4}, {100, 0}, {90, 2}, {30, infinity}};
  const std::vector<slice_estimate> kept{{80, 3}, {60, 4}, {90, 2}};
  const auto found = stats::shrink(slices), expected = stats::shrink(kept);
  EXPECT_EQ(found.mean, expected.mean);
  EXPECT_EQ(found.tau_squared, expected.tau_squared);
  EXPECT_EQ(found.pooled, 3u);
  EXPECT_EQ(found.slices[0].estimate, expected.slices[0].estimate);
  EXPECT_EQ(found.slices[2].estimate, expected.slices[1].estimate);
  EXPECT_EQ(found.slices[4].estimate, expected.slices[2].estimate);
  EXPECT_TRUE(is_nan(found.slices[1].estimate));
  EXPECT_TRUE(is_nan(found.slices[3].estimate));
  EXPECT_EQ(found.slices[5].estimate, found.mean);
  EXPECT_EQ(found.slices[5].weight, 0);
}

// 3 of 3 and 500 of 500 are both 100 %; only one of them says much. Wilson: half of 1 - n / (n + z^2).
TEST(Shrinkage, ASliceThatIsAllRightIsKnownByItsInterval) {
  const auto few = stats::slice_estimate_of(1, stats::wilson_interval(3, 3));
  const auto many = stats::slice_estimate_of(1, stats::wilson_interval(500, 500));
  const double z = 1.959963984540054;
  EXPECT_NEAR(few.standard_error, z / 2 / (3 + z * z), 1e-12);
  EXPECT_NEAR(many.standard_error, z / 2 / (500 + z * z), 1e-12);
  const std::vector<slice_estimate> slices{few, many,
                                           stats::slice_estimate_of(0.8, stats::wilson_interval(400, 500))};
  const auto found = stats::shrink(slices);
  EXPECT_LT(found.slices[0].estimate, 0.96);
  EXPECT_GT(found.slices[1].estimate, 0.999);
}

TEST(Shrinkage, AnIntervalThatMayNotBeShownSaysNothing) {
  for (const auto why : {interval_status::degenerate, interval_status::too_few, interval_status::undefined}) {
    const interval none{.lo = 5, .hi = 5, .level = 0.95, .status = why};
    EXPECT_EQ(stats::slice_estimate_of(5, none).standard_error, infinity);
    EXPECT_TRUE(stats::is_too_wide(none));
  }
}

TEST(Shrinkage, SlicesReachingFurtherThanFifteenPointsAreGrey) {
  const auto ends = [](double lo, double hi) {
    return interval{.lo = lo, .hi = hi, .level = 0.95, .status = interval_status::ok};
  };
  EXPECT_FALSE(stats::is_too_wide(ends(50, 80)));
  EXPECT_TRUE(stats::is_too_wide(ends(50, 80.1)));
  EXPECT_FALSE(stats::is_too_wide(ends(0.5, 0.8), 0.16));
  EXPECT_TRUE(stats::is_too_wide(ends(0.5, 0.8), 0.14));
  EXPECT_TRUE(stats::is_too_wide(ends(nan, nan)));
}

}  // namespace shrinkage_test
