// SPDX-License-Identifier: MIT
#include <evalpp/stats/two_proportions.hpp>

#include <gtest/gtest.h>

namespace two_proportions_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;

TEST(TwoProportions, PublishedIndependentExample) {
  const interval i = newcombe_interval(56, 70, 48, 80);  // Newcombe 1998, example (a), method 10
  EXPECT_NEAR(i.lo, 0.0524, 5e-5);
  EXPECT_NEAR(i.hi, 0.3339, 5e-5);
  EXPECT_EQ(i.status, interval_status::ok);
}

TEST(TwoProportions, PublishedPairedExample) {
  const interval i = newcombe_paired_interval({.both = 36, .first_only = 12, .second_only = 2, .neither = 0});
  EXPECT_NEAR(i.lo, 0.0569, 5e-5);
  EXPECT_NEAR(i.hi, 0.3404, 5e-5);
}

// By the formula in Python, where the correlation is positive and corrected.
TEST(TwoProportions, PositiveCorrelationNarrowsThePairedInterval) {
  const interval i =
      newcombe_paired_interval({.both = 700, .first_only = 60, .second_only = 40, .neither = 200});
  EXPECT_NEAR(i.lo, 0.00031818894077141613, 1e-12);
  EXPECT_NEAR(i.hi, 0.039745598122502786, 1e-12);
  const interval independent = newcombe_interval(760, 1000, 740, 1000);
  EXPECT_LT(i.hi - i.lo, independent.hi - independent.lo);
}

TEST(TwoProportions, SwappingTurnsTheSign) {
  const interval a = newcombe_interval(9, 10, 3, 40);
  const interval b = newcombe_interval(3, 40, 9, 10);
  EXPECT_NEAR(a.lo, -b.hi, 1e-15);
  EXPECT_NEAR(a.hi, -b.lo, 1e-15);
  const interval c = newcombe_paired_interval({30, 9, 4, 12});
  const interval d = newcombe_paired_interval({30, 4, 9, 12});
  EXPECT_NEAR(c.lo, -d.hi, 1e-15);
  EXPECT_NEAR(c.hi, -d.lo, 1e-15);
}

TEST(TwoProportions, DegenerateTables) {
  // The same answers throughout: no discordant item, and still a width.
  const interval same = newcombe_paired_interval({.both = 20, .neither = 10});
  EXPECT_LT(same.lo, 0);
  EXPECT_GT(same.hi, 0);
  EXPECT_EQ(same.status, interval_status::caution);
  for (const paired_table t : {paired_table{.both = 30}, {.neither = 30}}) {
    const interval all = newcombe_paired_interval(t);
    EXPECT_TRUE(all.contains(0));
    EXPECT_LT(all.lo, 0);
  }
  const interval opposite = newcombe_paired_interval({.first_only = 30});
  EXPECT_EQ(opposite.hi, 1);
  EXPECT_GT(opposite.lo, 0.5);
}

TEST(TwoProportions, NothingAndNonsense) {
  EXPECT_EQ(newcombe_interval(0, 0, 3, 10).status, interval_status::too_few);
  EXPECT_EQ(newcombe_interval(0, 0, 3, 10).lo, -1);
  EXPECT_EQ(newcombe_interval(3, 10, 0, 0).hi, 1);
  EXPECT_EQ(newcombe_interval(4, 3, 3, 10).status, interval_status::undefined);
  EXPECT_EQ(newcombe_interval(1, 3, 3, 10, 1).status, interval_status::undefined);
  EXPECT_EQ(newcombe_paired_interval({}).status, interval_status::too_few);
  EXPECT_EQ(newcombe_paired_interval({.both = -1}).status, interval_status::undefined);
  EXPECT_EQ(newcombe_paired_interval({.both = 5}, 0).status, interval_status::undefined);
}

}  // namespace two_proportions_test
