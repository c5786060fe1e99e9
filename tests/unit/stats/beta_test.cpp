// SPDX-License-Identifier: MIT
#include <evalpp/stats/beta.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace beta_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Expected values: mpmath, 40 digits.
TEST(Beta, CdfHoldsItsDigitsInTheTails) {
  EXPECT_NEAR(beta_cdf(0.05, 20, 30) / 6.567380069473391503e-14, 1, 4e-15);
  EXPECT_NEAR(beta_cdf(1e-8, 2, 2) / 2.999999980000000126e-16, 1, 1e-14);
}

TEST(Beta, ClosedForms) {
  for (const double x : {1e-12, 0.1, 0.5, 0.75, 0.999}) {
    EXPECT_NEAR(beta_cdf(x, 1, 1), x, 1e-15 * x);
    EXPECT_NEAR(beta_cdf(x, 3, 1), x * x * x, 1e-14 * x * x * x);
    EXPECT_NEAR(beta_cdf(x, 0.5, 0.5), 2 / 3.14159265358979323846 * std::asin(std::sqrt(x)), 2e-15);
    EXPECT_NEAR(beta_sf(x, 1, 1e6), std::exp(1e6 * std::log1p(-x)), 1e-14);
  }
}

TEST(Beta, TailsAddUpToOneAndMirror) {
  for (const double a : {0.01, 0.5, 1.0, 7.5, 400.0, 1e6, 3e10}) {
    for (const double b : {0.5, 2.0, 90.5, 1e5, 2e10}) {
      for (const double x : {0x1p-20, 0.125, 0.5, 0.75}) {
        EXPECT_NEAR(beta_cdf(x, a, b) + beta_sf(x, a, b), 1, 2e-15) << a << ' ' << b << ' ' << x;
        EXPECT_NEAR(beta_cdf(x, a, b), beta_sf(1 - x, b, a), 1e-12) << a << ' ' << b << ' ' << x;
      }
    }
  }
}

TEST(Beta, TheNormalFormJoinsTheFraction) {
  // One standard deviation is 1.5e-6 at the switch; 1 % of the parameters on either side differ smoothly.
  const double below = beta_cdf(0.300001, 0.3 * 3.33e10, 0.7 * 3.33e10);
  const double above = beta_cdf(0.300001, 0.3 * 3.34e10, 0.7 * 3.34e10);
  const double next = beta_cdf(0.300001, 0.3 * 3.35e10, 0.7 * 3.35e10);
  EXPECT_NEAR(above - below, next - above, 1e-6);
}

TEST(Beta, QuantileInvertsTheCdf) {
  for (const double a : {0.5, 1.0, 3.0, 80.5, 1e5}) {
    for (const double b : {0.5, 1.0, 20.0, 3000.0}) {
      for (const double p : {1e-12, 1e-3, 0.025, 0.5, 0.975, 0.9999}) {
        const double x = beta_quantile(p, a, b);
        if (x > 0.5 && p > 0.5) {
          // From the right the distance from 1 counts, of which x has only so many digits.
          EXPECT_NEAR(beta_sf(x, a, b) / (1 - p), 1, 1e-9 + 4e-16 * (b + 1) / (1 - x))
              << a << ' ' << b << ' ' << p;
        } else {
          EXPECT_NEAR(beta_cdf(x, a, b) / p, 1, 1e-11 + 4e-16 * (a + b) / (1 - x))
              << a << ' ' << b << ' ' << p;
        }
        EXPECT_NEAR(beta_upper_quantile(1 - p, a, b), x, 1e-12 + 1e-3 * (p < 1e-6))
            << a << ' ' << b << ' ' << p;
      }
    }
  }
}

TEST(Beta, QuantileBelowAllDoublesIsZero) {
  EXPECT_EQ(beta_quantile(1e-4, 0.01, 1), 0);  // 1e-400
  EXPECT_EQ(beta_upper_quantile(1e-4, 1, 0.01), 1);
}

TEST(Beta, EndsAndNonsense) {
  EXPECT_EQ(beta_cdf(0, 2, 3), 0);
  EXPECT_EQ(beta_cdf(-infinity, 2, 3), 0);
  EXPECT_EQ(beta_cdf(1, 2, 3), 1);
  EXPECT_EQ(beta_sf(7, 2, 3), 0);
  EXPECT_EQ(beta_quantile(0, 2, 3), 0);
  EXPECT_EQ(beta_quantile(1, 2, 3), 1);
  EXPECT_EQ(beta_upper_quantile(0, 2, 3), 1);
  EXPECT_EQ(beta_upper_quantile(1, 2, 3), 0);
  for (const double bad : {nan, 0.0, -1.0, 1e-300, 1e300, infinity}) {
    EXPECT_TRUE(is_nan(beta_cdf(0.5, bad, 1))) << bad;
    EXPECT_TRUE(is_nan(beta_sf(0.5, 1, bad))) << bad;
    EXPECT_TRUE(is_nan(beta_quantile(0.5, bad, 1))) << bad;
    EXPECT_TRUE(is_nan(beta_upper_quantile(0.5, 1, bad))) << bad;
  }
  EXPECT_TRUE(is_nan(beta_cdf(nan, 1, 1)));
  for (const double bad : {nan, -0.1, 1.1}) {
    EXPECT_TRUE(is_nan(beta_quantile(bad, 1, 1)));
    EXPECT_TRUE(is_nan(beta_upper_quantile(bad, 1, 1)));
  }
}

TEST(Beta, ExtremeParametersEnd) {
  for (const double a : {1e-100, 1e-10, 1.0, 1e18, 1e100}) {
    for (const double b : {1e-100, 1e-10, 1.0, 1e18, 1e100}) {
      for (const double x : {1e-300, 0.3, 1 - 1e-16}) {
        const double p = beta_cdf(x, a, b);
        EXPECT_TRUE(p >= -1e-12 && p <= 1 + 1e-12) << a << ' ' << b << ' ' << x << ' ' << p;
      }
      const double q = beta_quantile(0.3, a, b);
      EXPECT_TRUE(q >= 0 && q <= 1) << a << ' ' << b << ' ' << q;
    }
  }
}

}  // namespace beta_test
