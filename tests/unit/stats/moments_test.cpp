// SPDX-License-Identifier: MIT
#include <evalpp/stats/moments.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace moments_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

TEST(Moments, OfFourValues) {
  const moments m = moments_of(std::vector<double>{1, 2, 3, 10});
  EXPECT_EQ(m.n, 4u);
  EXPECT_DOUBLE_EQ(m.mean, 4);
  EXPECT_DOUBLE_EQ(m.sd * m.sd, 50.0 / 3);
  EXPECT_DOUBLE_EQ(m.se * m.se, 50.0 / 12);
  EXPECT_DOUBLE_EQ(m.skew * m.skew, 45.0 * 45 / (12.5 * 12.5 * 12.5));  // third moment (216-27-8-1)/4 = 45
  EXPECT_DOUBLE_EQ(m.n_eff, 2500.0 / (81 + 16 + 1 + 1296));
}

TEST(Moments, HoldTheirDigitsFarFromZero) {
  const moments m = moments_of(std::vector<double>{1e9 + 1, 1e9 + 2, 1e9 + 3});
  EXPECT_EQ(m.mean, 1e9 + 2);
  EXPECT_EQ(m.sd, 1);
}

TEST(Moments, EqualValuesDoNotVary) {
  for (const double v : {0.1, 0.7, 1e300, -3.3}) {
    const moments m = moments_of(std::vector<double>(7, v));
    EXPECT_EQ(m.mean, v);
    EXPECT_EQ(m.sd, 0);
    EXPECT_TRUE(is_nan(m.skew));
  }
}

TEST(Moments, WhatNDoesNotAllowIsNaN) {
  EXPECT_TRUE(is_nan(moments_of({}).mean));
  const moments one = moments_of(std::vector<double>{3});
  EXPECT_EQ(one.mean, 3);
  EXPECT_TRUE(is_nan(one.se));
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const moments m = moments_of(std::vector<double>{1, bad, 2});
    EXPECT_EQ(m.n, 3u);
    EXPECT_TRUE(is_nan(m.mean));
    EXPECT_TRUE(is_nan(m.sd));
  }
}

}  // namespace moments_test
