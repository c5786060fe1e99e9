// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <utility>

namespace interval_test {

using evalpp::interval;
using evalpp::interval_status;

TEST(Interval, OfNothingIsUndefined) {
  const interval none;
  EXPECT_EQ(none.status, interval_status::undefined);
  EXPECT_TRUE(evalpp::detail::is_nan(none.lo));
  EXPECT_TRUE(evalpp::detail::is_nan(none.hi));
  EXPECT_FALSE(none.usable());
  EXPECT_FALSE(none.contains(0));
}

TEST(Interval, ContainsItsEndpointsAndNoNaN) {
  const interval i{.lo = -1, .hi = 2, .status = interval_status::ok};
  EXPECT_TRUE(i.contains(-1));
  EXPECT_TRUE(i.contains(2));
  EXPECT_FALSE(i.contains(2.5));
  EXPECT_FALSE(i.contains(std::numeric_limits<double>::quiet_NaN()));
}

TEST(Interval, OnlyOkAndCautionAreMarginsOfError) {
  for (const auto& [status, usable] : {std::pair{interval_status::ok, true},
                                       {interval_status::caution, true},
                                       {interval_status::degenerate, false},
                                       {interval_status::too_few, false},
                                       {interval_status::undefined, false}}) {
    EXPECT_EQ((interval{.lo = 1, .hi = 1, .status = status}.usable()), usable) << to_string(status);
  }
}

TEST(Interval, TheReasonForNoneIsKept) {
  const interval none = evalpp::no_interval(0.9, interval_status::too_few);
  EXPECT_EQ(none.level, 0.9);
  EXPECT_EQ(to_string(none.status), "too_few");
  EXPECT_FALSE(none.contains(0));
}

TEST(Interval, TheWorseStatusWins) {
  EXPECT_EQ(worse(interval_status::ok, interval_status::caution), interval_status::caution);
  EXPECT_EQ(worse(interval_status::undefined, interval_status::degenerate), interval_status::undefined);
}

}  // namespace interval_test
