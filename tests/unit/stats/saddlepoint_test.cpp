// SPDX-License-Identifier: MIT
#include <evalpp/stats/saddlepoint.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>
#include "reference/saddlepoint.hpp"

namespace saddlepoint_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

const std::vector<double> skewed = {0.1, 0.9, 0.2, 0.05, 3.1, 0.4, 0.7, 1.9, 0.02, 0.3};
const std::vector<double> weights = {1, 2, 1, 3, 5, 1, 2, 2, 4, 1};

TEST(Saddlepoint, CdfAgreesWithTheNaiveTwin) {
  const std::vector<double> ones(skewed.size(), 1.0);
  for (const double r : {0.1, 0.3, 0.6, 0.75, 0.76, 0.77, 0.9, 1.5, 2.4}) {
    EXPECT_NEAR(bootstrap_ratio_cdf(skewed, {}, r),
                static_cast<double>(reference::saddlepoint_cdf(skewed, ones, reference::real(r))), 1e-12);
    const double s = r / 4;
    EXPECT_NEAR(bootstrap_ratio_cdf(skewed, weights, s),
                static_cast<double>(reference::saddlepoint_cdf(skewed, weights, reference::real(s))), 1e-12);
  }
}

TEST(Saddlepoint, CdfIsNearTheBootstrapItself) {
  const std::vector<double> u = {0.11, 0.93, 0.27, 0.58, 3.1, 0.44, 0.71};
  const std::vector<double> v = {1, 2, 1, 1.5, 3, 1, 2};
  const std::vector<double> ones(u.size(), 1.0);
  for (const double r : {0.4, 0.6, 0.9, 1.3, 1.8}) {
    EXPECT_NEAR(bootstrap_ratio_cdf(u, {}, r), reference::enumerated_cdf(u, ones, r), 0.05) << r;
    EXPECT_NEAR(bootstrap_ratio_cdf(u, v, r / 2), reference::enumerated_cdf(u, v, r / 2), 0.05) << r;
  }
}

TEST(Saddlepoint, CdfGrowsAndEndsAtTheHull) {
  double before = 0;
  for (double r = 0.03; r < 3; r += 0.01) {
    const double now = bootstrap_ratio_cdf(skewed, {}, r);
    EXPECT_GE(now, before) << r;
    before = now;
  }
  EXPECT_LT(bootstrap_ratio_cdf(skewed, {}, 0.01), 1e-300);
  EXPECT_EQ(bootstrap_ratio_cdf(skewed, {}, 3.2), 1);
}

TEST(Saddlepoint, EndpointsAgreeWithTheNaiveTwin) {
  const std::vector<double> ones(skewed.size(), 1.0);
  for (const double level : {0.8, 0.95, 0.99}) {
    const double wide = std::sqrt(10.0 / 9) * student_t_two_sided(level, 9);
    const interval mean = saddlepoint_mean_interval(skewed, level);
    const auto [lo, hi] = reference::saddlepoint_interval(skewed, ones, reference::real(wide), 0.021L, 3.09L);
    EXPECT_NEAR(mean.lo, lo, 1e-9);
    EXPECT_NEAR(mean.hi, hi, 1e-9);
    const interval ratio = saddlepoint_ratio_interval(skewed, weights, level);
    const auto [low, high] =
        reference::saddlepoint_interval(skewed, weights, reference::real(wide), 0.006L, 0.94L);
    EXPECT_NEAR(ratio.lo, low, 1e-9);
    EXPECT_NEAR(ratio.hi, high, 1e-9);
  }
}

// Equal terms are seen once, and counted: 50 units of 10 kinds, where up to 12 are worth it.
TEST(Saddlepoint, EqualTermsCountAsOftenAsTheyOccur) {
  std::vector<double> u, v;
  for (std::size_t i = 0; i < 50; ++i) {
    u.push_back(skewed[i * 7 % 10]);
    v.push_back(weights[i * 7 % 10]);
  }
  const std::vector<double> ones(u.size(), 1.0);
  const double wide = std::sqrt(50.0 / 49) * student_t_two_sided(0.95, 49);
  const interval mean = saddlepoint_mean_interval(u);
  const auto [lo, hi] = reference::saddlepoint_interval(u, ones, reference::real(wide), 0.021L, 3.09L);
  EXPECT_NEAR(mean.lo, lo, 1e-9);
  EXPECT_NEAR(mean.hi, hi, 1e-9);
  const interval ratio = saddlepoint_ratio_interval(u, v);
  const auto [low, high] = reference::saddlepoint_interval(u, v, reference::real(wide), 0.006L, 0.94L);
  EXPECT_NEAR(ratio.lo, low, 1e-9);
  EXPECT_NEAR(ratio.hi, high, 1e-9);
}

TEST(Saddlepoint, ScalesAndMirrors) {
  const interval one = saddlepoint_mean_interval(skewed);
  std::vector<double> turned = skewed;
  for (double& x : turned) x *= -1e6;
  const interval back = saddlepoint_mean_interval(turned);
  EXPECT_NEAR(back.lo / -1e6, one.hi, 1e-10);
  EXPECT_NEAR(back.hi / -1e6, one.lo, 1e-10);
  const interval ratio = saddlepoint_ratio_interval(skewed, std::vector<double>(skewed.size(), 2.0));
  EXPECT_NEAR(ratio.lo * 2, one.lo, 1e-10);
}

TEST(Saddlepoint, ManyNormalValuesGiveStudents) {
  std::vector<double> x;
  for (int i = 1; i < 2000; ++i) x.push_back(normal_quantile(i / 2000.0));
  const interval saddle = saddlepoint_mean_interval(x);
  const interval t = mean_interval(x);
  EXPECT_NEAR(saddle.lo, t.lo, 1e-3 * t.hi);
  EXPECT_NEAR(saddle.hi, t.hi, 1e-3 * t.hi);
  EXPECT_EQ(saddle.status, interval_status::ok);
}

TEST(Saddlepoint, DegenerateInput) {
  EXPECT_EQ(saddlepoint_mean_interval({}).status, interval_status::undefined);
  EXPECT_EQ(saddlepoint_mean_interval(std::vector<double>{1}).status, interval_status::too_few);
  EXPECT_EQ(saddlepoint_mean_interval(std::vector<double>{1, nan, 2}).status, interval_status::undefined);
  EXPECT_EQ(saddlepoint_mean_interval(std::vector<double>{1, infinity, 2}).status,
            interval_status::undefined);
  EXPECT_EQ(saddlepoint_mean_interval(skewed, 0).status, interval_status::undefined);
  for (const double c : {0.0, 0.1, 0.7, 1.0}) {
    const interval same = saddlepoint_mean_interval(std::vector<double>(21, c));
    EXPECT_EQ(same.status, interval_status::degenerate) << c;
    EXPECT_EQ(same.lo, c);
    EXPECT_EQ(same.hi, c);
  }
  // A ratio that is the same in every row.
  const interval proportional =
      saddlepoint_ratio_interval(std::vector<double>{0.1, 0.2, 0.7}, std::vector<double>{1, 2, 7});
  EXPECT_EQ(proportional.status, interval_status::degenerate);
  EXPECT_EQ(saddlepoint_ratio_interval(skewed, {}).status, interval_status::undefined);
  EXPECT_EQ(saddlepoint_ratio_interval(skewed, std::vector<double>(3, 1.0)).status,
            interval_status::undefined);
  EXPECT_EQ(saddlepoint_ratio_interval(skewed, std::vector<double>(10, 0.0)).status,
            interval_status::undefined);
  EXPECT_EQ(saddlepoint_ratio_interval(skewed, std::vector<double>(10, -1.0)).status,
            interval_status::undefined);
  EXPECT_TRUE(is_nan(bootstrap_ratio_cdf({}, {}, 1)));
  EXPECT_TRUE(is_nan(bootstrap_ratio_cdf(skewed, {}, nan)));
}

TEST(Saddlepoint, HardSamplesEndWithinTheHull) {
  std::vector<double> rare(100, 0.0);
  rare[7] = 1;
  for (const std::vector<double>& x : {std::vector<double>{0, 1},
                                       {0, 0, 0, 1},
                                       rare,
                                       {1e-300, 2e-300},
                                       {-1e150, 1e150},
                                       {0, 0, 0, 0, 0, 0, 0, 1e6}}) {
    for (const double level : {0.5, 0.95, 0.9999}) {
      const interval i = saddlepoint_mean_interval(x, level);
      const auto [least, most] = std::minmax_element(x.begin(), x.end());
      if (!i.usable()) continue;
      EXPECT_GE(i.lo, *least - 1e-9 * (*most - *least));
      EXPECT_LE(i.hi, *most + 1e-9 * (*most - *least));
      EXPECT_LT(i.lo, i.hi);
      EXPECT_EQ(i.status, interval_status::caution);
    }
  }
}

}  // namespace saddlepoint_test
