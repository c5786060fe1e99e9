// SPDX-License-Identifier: MIT
#include <evalpp/stats/time_uniform_bounds.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace time_uniform_bounds_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(TimeUniformBounds, TheNormalMixtureIsTightestWhereAsked) {
  // In units of sqrt(v), by the formula, at v_opt = 100 and beside it.
  const auto width = [](double v_opt) { return normal_mixture_bound(100, 0.05, v_opt); };
  EXPECT_LT(width(100), width(50));
  EXPECT_LT(width(100), width(200));
  const double rho = 100 / (2 * std::log(20.0) + std::log(1 + 2 * std::log(20.0)));
  EXPECT_NEAR(width(100), std::sqrt((100 + rho) * (std::log((100 + rho) / rho) + 2 * std::log(20.0))), 1e-12);
}

TEST(TimeUniformBounds, OrderOfTheBounds) {
  const double fixed = normal_quantile(0.95) * 10;
  const double one_sided = one_sided_normal_mixture_bound(100, 0.05, 100);
  EXPECT_GT(one_sided, fixed);
  EXPECT_LT(one_sided, normal_mixture_bound(100, 0.05, 100));
  EXPECT_GT(gamma_exponential_bound(100, 0.05, 100, 1), one_sided);
  EXPECT_NEAR(gamma_exponential_bound(100, 0.05, 100, 1e-3), one_sided,
              0.01);  // a small scale is sub-Gaussian
  EXPECT_GT(stitched_bound(100, 0.05, 10, 1), stitched_bound(100, 0.05, 10));
  EXPECT_LT(stitched_bound(100, 0.05, 10), stitched_bound(200, 0.05, 10));
  EXPECT_EQ(stitched_bound(1, 0.05, 10), stitched_bound(10, 0.05, 10));
}

TEST(TimeUniformBounds, TheBetaBinomialBoundEndsAtThePossible) {
  EXPECT_EQ(beta_binomial_bound(0.25, 0.05, 25, 0.5, 0.5), 0.5);  // one value cannot be evidence
  EXPECT_LT(beta_binomial_bound(25, 0.05, 25, 0.5, 0.5), 50);
}

TEST(TimeUniformBounds, OfAProportion) {
  for (const std::int64_t n : {1, 5, 100, 5000}) {
    for (const std::int64_t k : {std::int64_t{0}, n / 3, n}) {
      const interval i = bernoulli_sequence_interval(k, n);
      const interval mirrored = bernoulli_sequence_interval(n - k, n);
      EXPECT_TRUE(i.contains(static_cast<double>(k) / static_cast<double>(n))) << k << '/' << n;
      EXPECT_NEAR(i.lo, 1 - mirrored.hi, 1e-9);
      const interval once =
          clopper_pearson_interval(k, n, 0.90);  // near an end all of alpha lies on one side
      EXPECT_LE(i.lo, once.lo + 1e-9);           // looking for ever costs width
      EXPECT_GE(i.hi, once.hi - 1e-9);
      EXPECT_EQ(i.status, interval_status::ok);
    }
  }
  EXPECT_EQ(bernoulli_sequence_interval(0, 100).lo, 0);
  EXPECT_EQ(bernoulli_sequence_interval(100, 100).hi, 1);
}

/// The chance that a walk of fair coins ever leaves the sequence, over all 2^n walks by the number of heads.
TEST(TimeUniformBounds, HoldsTheMeanAtAllTimes) {
  const std::int64_t n = 200;
  const double p = 0.3;
  std::vector<double> mass(static_cast<std::size_t>(n) + 2, 0.0);
  mass[0] = 1;
  double lost = 0;
  for (std::int64_t t = 1; t <= n; ++t) {
    for (std::int64_t k = t; k >= 0; --k) {
      const auto at = static_cast<std::size_t>(k);
      mass[at] = mass[at] * (1 - p) + (k > 0 ? mass[at - 1] * p : 0);
      if (mass[at] > 0 && !bernoulli_sequence_interval(k, t, 50, 0.9).contains(p)) {
        lost += mass[at];
        mass[at] = 0;
      }
    }
  }
  EXPECT_LE(lost, 0.1);
  EXPECT_GT(lost, 0.005);
}

TEST(TimeUniformBounds, NothingAndNonsense) {
  EXPECT_EQ(bernoulli_sequence_interval(0, 0).status, interval_status::too_few);
  EXPECT_EQ(bernoulli_sequence_interval(3, 2).status, interval_status::undefined);
  EXPECT_EQ(bernoulli_sequence_interval(1, 2, 0).status, interval_status::undefined);
  EXPECT_EQ(bernoulli_sequence_interval(1, 2, 100, 1).status, interval_status::undefined);
  for (const double bad : {nan, infinity, -1.0}) {
    EXPECT_TRUE(is_nan(normal_mixture_bound(bad, 0.05, 1)));
    EXPECT_TRUE(is_nan(one_sided_normal_mixture_bound(1, 0.05, bad)));
    EXPECT_TRUE(is_nan(gamma_exponential_bound(1, 0.05, 1, bad)));
    EXPECT_TRUE(is_nan(beta_binomial_bound(1, 0.05, 1, bad, 1)));
    EXPECT_TRUE(is_nan(stitched_bound(1, 0.05, 1, bad)));
  }
  for (const double alpha : {0.0, 1.0, nan}) {
    EXPECT_TRUE(is_nan(normal_mixture_bound(1, alpha, 1)));
    EXPECT_TRUE(is_nan(one_sided_normal_mixture_bound(1, alpha, 1)));
    EXPECT_TRUE(is_nan(stitched_bound(1, alpha, 1)));
  }
  EXPECT_TRUE(is_nan(stitched_bound(1, 0.05, 1, 0, 1)));
  EXPECT_FALSE(is_nan(normal_mixture_bound(0, 0.05, 1)));
  EXPECT_FALSE(is_nan(one_sided_normal_mixture_bound(0, 0.05, 1)));
  EXPECT_FALSE(is_nan(gamma_exponential_bound(0, 0.05, 1, 1)));
}

}  // namespace time_uniform_bounds_test
