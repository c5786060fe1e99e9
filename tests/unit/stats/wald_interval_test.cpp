// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/wald_interval.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <optional>

namespace {

using evalpp::interval_status;
using evalpp::stats::wald_interval;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(wald_interval, is_value_plus_and_minus_the_quantile) {
  const auto normal = wald_interval(1, 0.5);
  EXPECT_NEAR(normal.lo, 1 - 0.5 * 1.959963984540054, 1e-15);
  EXPECT_NEAR(normal.hi, 1 + 0.5 * 1.959963984540054, 1e-15);
  EXPECT_EQ(normal.status, interval_status::ok);
  const auto t = wald_interval(0, 1, 0.95, 9);
  EXPECT_NEAR(t.hi, 2.2621571627982049, 1e-13);
  EXPECT_EQ(t.level, 0.95);
  EXPECT_NEAR(wald_interval(0, 1, 0.9).hi, 1.6448536269514722, 1e-14);
}

TEST(wald_interval, is_degenerate_where_nothing_varies) {
  const auto point = wald_interval(0.5, 0.0);
  EXPECT_EQ(point.status, interval_status::degenerate);
  EXPECT_EQ(point.lo, 0.5);
  EXPECT_FALSE(point.usable());
}

TEST(wald_interval, is_undefined_where_something_is_missing) {
  for (const auto& one :
       {wald_interval(1, std::nullopt), wald_interval(1, nan), wald_interval(nan, 1), wald_interval(1, -1),
        wald_interval(1, 1, 0), wald_interval(1, 1, 1), wald_interval(1, 1, nan),
        wald_interval(1, 1, 0.95, 0), wald_interval(1, std::numeric_limits<double>::infinity())}) {
    EXPECT_EQ(one.status, interval_status::undefined);
    EXPECT_TRUE(evalpp::detail::is_nan(one.lo));
  }
}

}  // namespace
