// SPDX-License-Identifier: MIT
#include <evalpp/stats/mcnemar.hpp>

#include <gtest/gtest.h>

namespace mcnemar_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

// Exact fractions by hand: 12 discordant items, 2 of them for the second: 2 (1 + 12 + 66) / 4096.
TEST(McNemar, ExactAndMidP) {
  const mcnemar_result r = mcnemar({.both = 5, .first_only = 10, .second_only = 2, .neither = 7});
  EXPECT_EQ(r.n_discordant, 12);
  EXPECT_DOUBLE_EQ(r.p_exact, 158.0 / 4096);
  EXPECT_DOUBLE_EQ(r.p, (158.0 - 66) / 4096);
  EXPECT_DOUBLE_EQ(r.chi2, 64.0 / 12);
  EXPECT_DOUBLE_EQ(r.chi2_cc, 49.0 / 12);
  EXPECT_DOUBLE_EQ(r.difference, 8.0 / 24);
}

TEST(McNemar, EvenSplitIsNoEvidence) {
  const mcnemar_result r = mcnemar({.both = 5, .first_only = 4, .second_only = 4});
  EXPECT_EQ(r.p, 1);
  EXPECT_EQ(r.p_exact, 1);
  EXPECT_EQ(r.chi2_cc, 0);
  EXPECT_EQ(r.p_chi2_cc, 1);
}

TEST(McNemar, TheSidesAreAlike) {
  const mcnemar_result r = mcnemar({7, 3, 9, 1});
  const mcnemar_result s = mcnemar({7, 9, 3, 1});
  EXPECT_EQ(r.p, s.p);
  EXPECT_EQ(r.p_exact, s.p_exact);
  EXPECT_EQ(r.difference, -s.difference);
  EXPECT_EQ(r.se, s.se);
}

TEST(McNemar, WithoutDiscordantItemsAndWithoutAny) {
  const mcnemar_result same = mcnemar({.both = 3, .neither = 2});
  EXPECT_EQ(same.p, 1);
  EXPECT_EQ(same.p_exact, 1);
  EXPECT_EQ(same.p_chi2, 1);
  EXPECT_EQ(same.difference, 0);
  EXPECT_EQ(same.se, 0);
  const mcnemar_result none = mcnemar({});
  EXPECT_EQ(none.p, 1);
  EXPECT_TRUE(is_nan(none.difference));
  EXPECT_TRUE(is_nan(none.se));
  EXPECT_TRUE(is_nan(mcnemar({.both = -1}).p));
  const mcnemar_result one = mcnemar({.first_only = 1});
  EXPECT_EQ(one.p_exact, 1);
  EXPECT_EQ(one.p, 0.5);
  EXPECT_EQ(one.se, 0);
}

TEST(McNemar, LargeCountsStayFast) {
  const mcnemar_result r = mcnemar({.both = 0, .first_only = 500'000'000, .second_only = 500'100'000});
  EXPECT_NEAR(r.p, r.p_chi2, 1e-5);
}

}  // namespace mcnemar_test
