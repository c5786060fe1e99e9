// SPDX-License-Identifier: MIT
#include <evalpp/stats/normal.hpp>

#include <gtest/gtest.h>
#include <limits>

namespace normal_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Expected values: mpmath, 40 digits.
TEST(Normal, CdfHoldsItsDigitsInBothTails) {
  EXPECT_DOUBLE_EQ(normal_cdf(-2.25), 0.01222447265504470315);
  EXPECT_DOUBLE_EQ(normal_cdf(-20.5) * 1e90, 1.076467325879096034e-3);
  EXPECT_DOUBLE_EQ(normal_sf(20.5) * 1e90, 1.076467325879096034e-3);
  EXPECT_EQ(normal_cdf(0), 0.5);
  EXPECT_EQ(normal_sf(-50), 1);
}

TEST(Normal, DensityAtTheCentreAndBeyondAllDoubles) {
  EXPECT_DOUBLE_EQ(normal_pdf(0), 0.39894228040143267794);
  EXPECT_EQ(normal_pdf(100), 0);
  EXPECT_EQ(normal_pdf(infinity), 0);
}

TEST(Normal, QuantileInvertsTheCdf) {
  for (const double p :
       {1e-300, 1e-20, 1e-3, 0.2, 0.29, 0.31, 0.45, 0.4999999, 0.6, 0.7, 0.71, 0.975, 0.999999}) {
    EXPECT_NEAR(normal_cdf(normal_quantile(p)) / p, 1, 2e-13) << p;
  }
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_DOUBLE_EQ(normal_quantile(0.975), 1.9599639845400542355);
  EXPECT_DOUBLE_EQ(normal_two_sided(0.95), 1.9599639845400542355);
}

TEST(Normal, QuantileGrowsAcrossTheJoinOfItsTwoForms) {
  double before = normal_quantile(0.2995);
  for (int step = 1; step <= 1000; ++step) {
    const double now = normal_quantile(0.2995 + step * 1e-6);
    EXPECT_GT(now, before);
    EXPECT_NEAR(now - before, 2.88e-6, 1e-8);
    before = now;
  }
}

TEST(Normal, EndsAndNonsense) {
  EXPECT_EQ(normal_cdf(-infinity), 0);
  EXPECT_EQ(normal_cdf(infinity), 1);
  EXPECT_EQ(normal_quantile(0), -infinity);
  EXPECT_EQ(normal_quantile(1), infinity);
  EXPECT_LT(normal_quantile(5e-324), -37);
  for (const double bad : {nan, -0.1, 1.1, infinity, -infinity}) {
    EXPECT_TRUE(is_nan(normal_quantile(bad))) << bad;
    EXPECT_TRUE(is_nan(normal_two_sided(bad))) << bad;
  }
  EXPECT_TRUE(is_nan(normal_two_sided(0)));
  EXPECT_TRUE(is_nan(normal_two_sided(1)));
  EXPECT_TRUE(is_nan(normal_cdf(nan)));
  EXPECT_TRUE(is_nan(normal_pdf(nan)));
}

}  // namespace normal_test
