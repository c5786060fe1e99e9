// SPDX-License-Identifier: MIT
#include <evalpp/stats/binomial.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>

namespace binomial_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

// Expected values: mpmath, 40 digits.
TEST(Binomial, HoldsItsDigits) {
  EXPECT_NEAR(binomial_pmf(300, 1000, 0.3) / 0.02752100382126838553, 1, 1e-15);
  EXPECT_NEAR(binomial_cdf(150, 1000, 0.25) / 8.787922650521397721e-15, 1, 1e-14);
}

TEST(Binomial, TailsAreSumsOfTheMasses) {
  for (const std::int64_t n : {1, 2, 7, 40}) {
    for (const double p : {0.001, 0.3, 0.5, 0.99}) {
      double below = 0;
      for (std::int64_t k = 0; k <= n; ++k) {
        below += binomial_pmf(k, n, p);
        EXPECT_NEAR(binomial_cdf(k, n, p), below, 1e-14) << k << ' ' << n << ' ' << p;
        EXPECT_NEAR(binomial_sf(k, n, p), 1 - below, 1e-14) << k << ' ' << n << ' ' << p;
      }
      EXPECT_NEAR(below, 1, 1e-14);
    }
  }
}

TEST(Binomial, EndsAndNonsense) {
  EXPECT_EQ(binomial_pmf(0, 0, 0.5), 1);
  EXPECT_EQ(binomial_cdf(0, 0, 0.5), 1);
  EXPECT_EQ(binomial_pmf(0, 5, 0), 1);
  EXPECT_EQ(binomial_pmf(5, 5, 1), 1);
  EXPECT_EQ(binomial_pmf(4, 5, 1), 0);
  EXPECT_EQ(binomial_cdf(4, 5, 1), 0);
  EXPECT_EQ(binomial_sf(0, 5, 0), 0);
  EXPECT_EQ(binomial_pmf(-1, 5, 0.5), 0);
  EXPECT_EQ(binomial_pmf(6, 5, 0.5), 0);
  EXPECT_EQ(binomial_sf(-1, 5, 0.5), 1);
  EXPECT_EQ(binomial_cdf(5, 5, 0.5), 1);
  EXPECT_TRUE(is_nan(binomial_pmf(0, -1, 0.5)));
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), -0.1, 1.1}) {
    EXPECT_TRUE(is_nan(binomial_cdf(1, 5, bad)));
    EXPECT_TRUE(is_nan(binomial_sf(1, 5, bad)));
  }
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  EXPECT_NEAR(binomial_cdf(huge / 2, huge, 0.5), 0.5, 1e-9);
  EXPECT_EQ(binomial_cdf(huge - 1, huge, 0.5), 1);
}

}  // namespace binomial_test
