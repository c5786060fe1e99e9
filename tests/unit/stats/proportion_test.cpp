// SPDX-License-Identifier: MIT
#include <evalpp/stats/proportion.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>

namespace proportion_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;

using method = interval (*)(std::int64_t, std::int64_t, double);
interval jeffreys(std::int64_t k, std::int64_t n, double level) { return jeffreys_interval(k, n, level); }
constexpr method all_methods[] = {wilson_interval, wilson_cc_interval,     clopper_pearson_interval,
                                  jeffreys,        agresti_coull_interval, mid_p_interval};

// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20.
TEST(Proportion, PublishedIntervals) {
  const auto expect = [](const interval& i, double lo, double hi) {
    EXPECT_NEAR(i.lo, lo, 5e-5);
    EXPECT_NEAR(i.hi, hi, 5e-5);
  };
  expect(wilson_interval(81, 263), 0.2553, 0.3662);
  expect(wilson_cc_interval(81, 263), 0.2535, 0.3682);
  expect(clopper_pearson_interval(81, 263), 0.2527, 0.3676);
  expect(mid_p_interval(81, 263), 0.2544, 0.3658);
  expect(wilson_interval(15, 148), 0.0624, 0.1605);
  expect(clopper_pearson_interval(15, 148), 0.0578, 0.1617);
  expect(wilson_interval(0, 20), 0, 0.1611);
  expect(clopper_pearson_interval(0, 20), 0, 0.1684);
  expect(mid_p_interval(0, 20), 0, 0.1391);
}

TEST(Proportion, ClopperPearsonGivesTheRuleOfThree) {
  EXPECT_NEAR(clopper_pearson_interval(0, 100'000, 0.90).hi * 100'000, 3, 0.005);
}

TEST(Proportion, AllContainTheProportionAndMirror) {
  for (const method f : all_methods) {
    for (const std::int64_t n : {1, 2, 3, 10, 57, 1000}) {
      for (const std::int64_t k : {std::int64_t{0}, n / 3, n / 2, n - 1, n}) {
        for (const double level : {0.5, 0.95, 0.999}) {
          const interval i = f(k, n, level);
          const interval mirrored = f(n - k, n, level);
          EXPECT_TRUE(i.contains(static_cast<double>(k) / static_cast<double>(n))) << k << '/' << n;
          EXPECT_TRUE(i.lo >= 0 && i.hi <= 1) << k << '/' << n;
          EXPECT_NEAR(i.lo, 1 - mirrored.hi, 1e-12) << k << '/' << n;
          EXPECT_EQ(i.status, mirrored.status);
          EXPECT_EQ(i.level, level);
        }
      }
    }
  }
}

TEST(Proportion, AllWrongAndAllRightTouchTheEnds) {
  for (const method f : {method{wilson_interval}, method{wilson_cc_interval},
                         method{clopper_pearson_interval}, method{jeffreys}, method{mid_p_interval}}) {
    EXPECT_EQ(f(0, 30, 0.95).lo, 0);
    EXPECT_GT(f(0, 30, 0.95).hi, 0.05);
    EXPECT_EQ(f(30, 30, 0.95).hi, 1);
    EXPECT_LT(f(30, 30, 0.95).lo, 0.95);
  }
}

TEST(Proportion, FewEventsAreACautionWhereTheMethodApproximates) {
  EXPECT_EQ(wilson_interval(4, 100).status, interval_status::caution);
  EXPECT_EQ(wilson_interval(96, 100).status, interval_status::caution);
  EXPECT_EQ(wilson_interval(5, 100).status, interval_status::ok);
  EXPECT_EQ(clopper_pearson_interval(0, 100).status, interval_status::ok);
}

TEST(Proportion, NothingAndNonsense) {
  for (const method f : all_methods) {
    const interval none = f(0, 0, 0.95);
    EXPECT_EQ(none.lo, 0);
    EXPECT_EQ(none.hi, 1);
    EXPECT_EQ(none.status, interval_status::too_few);
    EXPECT_EQ(f(-1, 5, 0.95).status, interval_status::undefined);
    EXPECT_EQ(f(6, 5, 0.95).status, interval_status::undefined);
    EXPECT_EQ(f(0, -1, 0.95).status, interval_status::undefined);
    for (const double level : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
      EXPECT_EQ(f(2, 5, level).status, interval_status::undefined);
      EXPECT_TRUE(is_nan(f(2, 5, level).lo));
    }
    const std::int64_t huge = std::int64_t{1} << 62;
    EXPECT_TRUE(f(huge / 2, huge, 0.95).contains(0.5));
  }
}

TEST(Proportion, ClustersWidenWilson) {
  const interval plain = wilson_interval(70, 100);
  const interval no_effect = clustered_wilson_interval(70, 100, 0.5, 1'000'000'000);
  EXPECT_NEAR(no_effect.lo, plain.lo, 1e-8);
  EXPECT_NEAR(no_effect.hi, plain.hi, 1e-8);
  // A design effect of 2 leaves 50 trials.
  const interval half = wilson_interval(35, 50);
  const interval effect = clustered_wilson_interval(70, 100, 2, 1'000'000'000);
  EXPECT_NEAR(effect.lo, half.lo, 1e-8);
  EXPECT_NEAR(effect.hi, half.hi, 1e-8);
  EXPECT_LT(clustered_wilson_interval(70, 100, 2, 20).lo, effect.lo);

  EXPECT_EQ(clustered_wilson_interval(70, 100, 2, 20).status, interval_status::ok);
  EXPECT_EQ(clustered_wilson_interval(70, 100, 2, 9).status, interval_status::caution);
  EXPECT_EQ(clustered_wilson_interval(70, 100, 2, 4).status, interval_status::too_few);
  EXPECT_EQ(clustered_wilson_interval(70, 100, 2, 1).status, interval_status::undefined);
  EXPECT_EQ(clustered_wilson_interval(70, 100, std::numeric_limits<double>::quiet_NaN(), 20).status,
            interval_status::undefined);
}

}  // namespace proportion_test
