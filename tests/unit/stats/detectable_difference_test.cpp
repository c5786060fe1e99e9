// SPDX-License-Identifier: MIT
#include <evalpp/stats/detectable_difference.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace detectable_difference_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(DetectableDifference, IsTheInverseOfItemsNeeded) {
  for (const double psi : {0.05, 0.2, 0.5, 1.0}) {
    for (const double share : {0.1, 0.4, 0.9}) {
      const double d = share * psi;
      for (const double power : {0.3, 0.8, 0.99}) {
        const stats::test_design design{.alpha = 0.05, .power = power};
        const double n = stats::mcnemar_items_needed((psi - d) / 2, (psi + d) / 2, design);
        EXPECT_NEAR(stats::mcnemar_detectable_difference(n, psi, design) / d, 1, 1e-10);
        EXPECT_NEAR(stats::mcnemar_power(n, (psi - d) / 2, (psi + d) / 2), power, 1e-10);
      }
    }
  }
}

TEST(DetectableDifference, IsTheInverseOfExamplesNeeded) {
  for (const double p : {0.1, 0.5, 0.8}) {
    for (const double d : {0.02, 0.1, 0.19}) {
      for (const double power : {0.3, 0.8, 0.99}) {
        const stats::test_design design{.alpha = 0.05, .power = power};
        const double n = stats::two_proportion_examples_needed(p, p + d, design).unpooled;
        EXPECT_NEAR(stats::two_proportion_detectable_difference(n, p, design) / d, 1, 1e-10);
        EXPECT_NEAR(stats::two_proportion_power(n, p, p + d), power, 1e-10);
      }
    }
  }
}

// R: power.prop.test(n = 50, p1 = .50, p2 = .75) has power 0.7401659, as its help page prints.
TEST(DetectableDifference, PowerIsRs) {
  EXPECT_NEAR(stats::two_proportion_power(50, 0.5, 0.75), 0.7401659, 5e-8);
}

TEST(DetectableDifference, WhatIsNeverFound) {
  EXPECT_EQ(stats::mcnemar_detectable_difference(0, 0.2), infinity);
  EXPECT_EQ(stats::mcnemar_detectable_difference(2, 0.2), infinity);
  EXPECT_EQ(stats::mcnemar_detectable_difference(20, 0.05), infinity);
  EXPECT_EQ(stats::mcnemar_detectable_difference(1000, 0), infinity);
  EXPECT_EQ(stats::two_proportion_detectable_difference(0, 0.8), infinity);
  EXPECT_EQ(stats::two_proportion_detectable_difference(10, 0.9), infinity);
  EXPECT_EQ(stats::two_proportion_detectable_difference(1000, 1), infinity);
}

TEST(DetectableDifference, PowerAtTheEnds) {
  EXPECT_EQ(stats::mcnemar_power(100, 0, 1), 1);
  EXPECT_EQ(stats::mcnemar_power(1, 0, 1), 0);
  EXPECT_EQ(stats::mcnemar_power(100, 0, 0), 0);
  EXPECT_EQ(stats::two_proportion_power(100, 0, 1), 1);
  EXPECT_EQ(stats::two_proportion_power(100, 0, 0), 0);
  EXPECT_EQ(stats::mcnemar_power(500, 0.2, 0.1), stats::mcnemar_power(500, 0.1, 0.2));
  EXPECT_EQ(stats::two_proportion_power(500, 0.2, 0.1), stats::two_proportion_power(500, 0.1, 0.2));
}

TEST(DetectableDifference, Nonsense) {
  for (const double bad : {nan, -0.1, 1.1}) {
    EXPECT_TRUE(is_nan(stats::mcnemar_power(10, bad, 0.1)));
    EXPECT_TRUE(is_nan(stats::mcnemar_power(10, 0.1, bad)));
    EXPECT_TRUE(is_nan(stats::mcnemar_power(10, 0.1, 0.2, bad)));
    EXPECT_TRUE(is_nan(stats::mcnemar_detectable_difference(10, bad)));
    EXPECT_TRUE(is_nan(stats::mcnemar_detectable_difference(10, 0.2, {.power = bad})));
    EXPECT_TRUE(is_nan(stats::two_proportion_power(10, bad, 0.5)));
    EXPECT_TRUE(is_nan(stats::two_proportion_power(10, 0.5, bad)));
    EXPECT_TRUE(is_nan(stats::two_proportion_power(10, 0.5, 0.6, bad)));
    EXPECT_TRUE(is_nan(stats::two_proportion_detectable_difference(10, bad)));
    EXPECT_TRUE(is_nan(stats::two_proportion_detectable_difference(10, 0.5, {.alpha = bad})));
  }
  for (const double bad : {nan, infinity, -1.0}) {
    EXPECT_TRUE(is_nan(stats::mcnemar_power(bad, 0.1, 0.2)));
    EXPECT_TRUE(is_nan(stats::mcnemar_detectable_difference(bad, 0.2)));
    EXPECT_TRUE(is_nan(stats::two_proportion_power(bad, 0.1, 0.2)));
    EXPECT_TRUE(is_nan(stats::two_proportion_detectable_difference(bad, 0.2)));
  }
  EXPECT_TRUE(is_nan(stats::mcnemar_power(10, 0.6, 0.6)));
}

}  // namespace detectable_difference_test
