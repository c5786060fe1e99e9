// SPDX-License-Identifier: MIT
#include <evalpp/stats/quantile.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace quantile_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;
using rule = quantile_rule;

constexpr rule all_rules[] = {rule::inverse_cdf, rule::hazen, rule::weibull, rule::linear};

std::vector<double> one_to(std::size_t n) {
  std::vector<double> x(n);
  std::iota(x.begin(), x.end(), 1.0);
  return x;
}

TEST(Quantile, RulesByHand) {
  const std::vector<double> x = {10, 20, 40, 80};
  EXPECT_EQ(quantile(x, 0.5, rule::inverse_cdf), 20);
  EXPECT_EQ(quantile(x, 0.51, rule::inverse_cdf), 40);
  EXPECT_EQ(quantile(x, 0.5, rule::hazen), 30);
  EXPECT_EQ(quantile(x, 0.25, rule::hazen), 15);
  EXPECT_EQ(quantile(x, 0.2, rule::weibull), 10);
  EXPECT_EQ(quantile(x, 0.7, rule::weibull), 60);
  EXPECT_EQ(quantile(x, 0.25, rule::linear), 17.5);
}

TEST(Quantile, EndsAreTheExtremes) {
  const std::vector<double> x = {1, 5, 9};
  for (const rule r : all_rules) {
    EXPECT_EQ(quantile(x, 0, r), 1);
    EXPECT_EQ(quantile(x, 1, r), 9);
    EXPECT_EQ(quantile(std::vector<double>{3}, 0.3, r), 3);
  }
  EXPECT_EQ(normal_scale_quantile(x, 0), 1);
  EXPECT_EQ(normal_scale_quantile(x, 1), 9);
  EXPECT_EQ(normal_scale_quantile(x, 0.5), 5);
}

TEST(Quantile, WeightsAreCopies) {
  const std::vector<double> x = {1, 1.5, 4, 4, 9, 30};
  for (const std::vector<std::uint32_t>& weights : {std::vector<std::uint32_t>{1, 1, 1, 1, 1, 1},
                                                    {0, 3, 0, 1, 2, 0},
                                                    {2, 0, 0, 0, 0, 5},
                                                    {0, 0, 1, 0, 0, 0}}) {
    std::vector<double> copies;
    for (std::size_t i = 0; i < x.size(); ++i) copies.insert(copies.end(), weights[i], x[i]);
    for (const rule r : all_rules)
      for (int i = 0; i <= 100; ++i)
        EXPECT_EQ(weighted_quantile(x, weights, i / 100.0, r), quantile(copies, i / 100.0, r));
  }
  EXPECT_TRUE(is_nan(weighted_quantile(x, std::vector<std::uint32_t>(6), 0.5)));
  EXPECT_TRUE(is_nan(weighted_quantile({}, {}, 0.5)));
  EXPECT_TRUE(is_nan(weighted_quantile(x, std::vector<std::uint32_t>(6, 1), 1.5)));
  EXPECT_REFUSED(weighted_quantile(x, std::vector<std::uint32_t>(5, 1), 0.5));
}

TEST(Quantile, AllGrowWithP) {
  const std::vector<double> x = {1, 1.5, 4, 4, 9, 30};
  for (const rule r : all_rules) {
    double before = 1;
    for (int i = 0; i <= 1000; ++i) {
      const double now = quantile(x, i / 1000.0, r);
      EXPECT_GE(now, before);
      before = now;
    }
  }
}

TEST(Quantile, NothingAndNonsense) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const rule r : all_rules) {
    EXPECT_TRUE(is_nan(quantile({}, 0.5, r)));
    for (const double p : {nan, -0.1, 1.1}) EXPECT_TRUE(is_nan(quantile(std::vector<double>{1, 2}, p, r)));
  }
  EXPECT_TRUE(is_nan(normal_scale_quantile({}, 0.5)));
  EXPECT_TRUE(is_nan(normal_scale_quantile(std::vector<double>{1}, nan)));
}

// The sign test's table: for the median at 95 %, n = 6 needs the extremes, 10 the 2nd and 9th, 100 the 40th
// and 61st.
TEST(QuantileInterval, OfTheMedianIsThatOfTheSignTest) {
  const auto expect = [](std::size_t n, double lo, double hi) {
    const std::vector<double> x = one_to(n);
    const interval i = quantile_interval(x, 0.5);
    EXPECT_EQ(i.lo, lo) << n;
    EXPECT_EQ(i.hi, hi) << n;
    EXPECT_EQ(i.status, interval_status::ok);
  };
  expect(6, 1, 6);
  expect(10, 2, 9);
  expect(20, 6, 15);
  expect(100, 40, 61);
}

TEST(QuantileInterval, CoversAtLeastTheLevel) {
  for (const std::int64_t n : {30, 77, 500}) {
    const std::vector<double> x = one_to(static_cast<std::size_t>(n));
    for (const double p : {0.1, 0.5, 0.9}) {
      const interval i = quantile_interval(x, p, 0.9);
      if (i.status != interval_status::ok) continue;
      const auto l = static_cast<std::int64_t>(i.lo);
      const auto u = static_cast<std::int64_t>(i.hi);
      EXPECT_GE(binomial_cdf(u - 1, n, p) - binomial_cdf(l - 1, n, p), 0.9);
      EXPECT_GT(binomial_cdf(l, n, p), 0.05);  // no lower end further in would do
      EXPECT_GT(binomial_sf(u - 2, n, p), 0.05);
    }
  }
}

TEST(QuantileInterval, Statuses) {
  const interval few = quantile_interval(one_to(5), 0.5);
  EXPECT_EQ(few.status, interval_status::too_few);
  EXPECT_EQ(few.lo, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(quantile_interval(one_to(50), 0.99).status, interval_status::too_few);
  EXPECT_EQ(quantile_interval(std::vector<double>(50, 2.0), 0.5).status, interval_status::degenerate);
  EXPECT_EQ(quantile_interval({}, 0.5).status, interval_status::undefined);
  EXPECT_EQ(quantile_interval(one_to(50), 0).status, interval_status::undefined);
  EXPECT_EQ(quantile_interval(one_to(50), 0.5, 1).status, interval_status::undefined);
}

}  // namespace quantile_test
