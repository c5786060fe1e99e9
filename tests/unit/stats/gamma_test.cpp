// SPDX-License-Identifier: MIT
#include <evalpp/stats/gamma.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace gamma_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Expected values: mpmath, 40 digits.
TEST(LogGamma, HoldsItsDigitsAtTheZerosToo) {
  EXPECT_EQ(log_gamma(1), 0);
  EXPECT_EQ(log_gamma(2), 0);
  EXPECT_DOUBLE_EQ(log_gamma(0.001953125), 6.237200385175331419);
  EXPECT_DOUBLE_EQ(log_gamma(1.0009765625), -0.0005629031799912046317);
  EXPECT_DOUBLE_EQ(log_gamma(1.9990234375), -0.0004125677359714894017);
  EXPECT_DOUBLE_EQ(log_gamma(3.5), 1.200973602347074225);
  EXPECT_DOUBLE_EQ(log_gamma(100), 359.1342053695753988);
  EXPECT_DOUBLE_EQ(log_gamma(1e15), 33538776394910668.91);
}

TEST(LogGamma, ObeysItsRecursionAcrossItsForms) {
  for (double x = 0.03; x < 40; x += 0.07) {
    EXPECT_NEAR(log_gamma(x + 1), log_gamma(x) + std::log(x), 4e-15 * (1 + std::fabs(log_gamma(x + 1)))) << x;
  }
}

TEST(LogGamma, EndsAndNonsense) {
  EXPECT_EQ(log_gamma(0), infinity);
  EXPECT_EQ(log_gamma(infinity), infinity);
  EXPECT_TRUE(is_nan(log_gamma(-1.5)));
  EXPECT_TRUE(is_nan(log_gamma(nan)));
}

TEST(ChiSquare, HoldsItsDigitsInTheTail) {
  EXPECT_NEAR(chi_square_sf(400, 100) / 1.692797995885708767e-37, 1, 2e-14);
  EXPECT_DOUBLE_EQ(chi_square_sf(4, 10), 0.9473469826562888433);
  EXPECT_DOUBLE_EQ(chi_square_cdf(4, 2), 1 - std::exp(-2.0));
}

TEST(ChiSquare, TheNormalFormJoinsTheOthers) {
  // At the switch, one standard deviation above the mean.
  const auto at = [](double df) { return chi_square_sf(df + std::sqrt(2 * df), df); };
  EXPECT_NEAR(at(1.9999e10), at(2.0001e10), 1e-9);
  EXPECT_NEAR(at(2.0001e10), 0.158655253931457, 1e-5);
}

TEST(ChiSquare, EndsAndNonsense) {
  EXPECT_EQ(chi_square_sf(0, 3), 1);
  EXPECT_EQ(chi_square_sf(-1, 3), 1);
  EXPECT_EQ(chi_square_sf(infinity, 3), 0);
  EXPECT_EQ(chi_square_cdf(infinity, 3), 1);
  for (const double bad : {nan, 0.0, -1.0, 1e-300, infinity})
    EXPECT_TRUE(is_nan(chi_square_sf(1, bad))) << bad;
  EXPECT_TRUE(is_nan(chi_square_cdf(nan, 1)));
}

TEST(ChiSquare, ExtremeArgumentsEnd) {
  for (const double df : {1e-100, 1e-5, 3.0, 1e9, 1e18, 1e100}) {
    for (const double x : {1e-300, 1e-3, 1.0, 1e9, 1e300}) {
      const double p = chi_square_sf(x, df);
      EXPECT_TRUE(p >= -1e-12 && p <= 1 + 1e-12) << df << ' ' << x << ' ' << p;
    }
  }
}

}  // namespace gamma_test
