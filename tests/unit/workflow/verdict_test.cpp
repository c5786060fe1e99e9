// SPDX-License-Identifier: MIT
#include <evalpp/workflow/verdict.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <optional>

namespace verdict_test {

using evalpp::workflow::gain_interval;
using evalpp::workflow::gain_of;
using evalpp::workflow::items_needed;
using evalpp::workflow::verdict;
using evalpp::workflow::verdict_on;

TEST(verdict, follows_the_table_with_a_margin) {
  EXPECT_EQ(verdict_on({5, 9}, 5), verdict::worth_it);
  EXPECT_EQ(verdict_on({3.3, 9.1}, 5), verdict::real_size_open);
  EXPECT_EQ(verdict_on({0.1, 5}, 5), verdict::real_size_open);
  EXPECT_EQ(verdict_on({0.5, 4.9}, 5), verdict::real_but_small);
  EXPECT_EQ(verdict_on({0, 4.9}, 5), verdict::no_worthwhile_gain);
  EXPECT_EQ(verdict_on({-3, 0}, 5), verdict::no_worthwhile_gain);
  EXPECT_EQ(verdict_on({0, 0}, 5), verdict::no_worthwhile_gain);
  EXPECT_EQ(verdict_on({-0.8, 8.6}, 5), verdict::undecided);
  EXPECT_EQ(verdict_on({-5, -0.1}, 5), verdict::worse);
}

TEST(verdict, follows_the_table_without_a_margin) {
  EXPECT_EQ(verdict_on({0.1, 5}), verdict::better);
  EXPECT_EQ(verdict_on({-5, -0.1}), verdict::worse);
  EXPECT_EQ(verdict_on({0, 0}), verdict::no_difference);
  EXPECT_EQ(verdict_on({-0.0, 0.0}), verdict::no_difference);
  EXPECT_EQ(verdict_on({0, 1}), verdict::undecided);
  EXPECT_EQ(verdict_on({-1, 0}), verdict::undecided);
  EXPECT_EQ(verdict_on({-1, 1}), verdict::undecided);
}

TEST(verdict, asks_for_equivalence_first) {
  EXPECT_EQ(verdict_on({-1, -0.5}, 0, 1), verdict::equivalent);  // worse, and by nothing that matters
  EXPECT_EQ(verdict_on({0.2, 0.9}, 0.1, 1), verdict::equivalent);
  EXPECT_EQ(verdict_on({-1.1, -0.5}, 0, 1), verdict::worse);
  EXPECT_EQ(verdict_on({-0.5, 1.1}, 0, 1), verdict::undecided);
}

TEST(verdict, of_no_interval_is_open) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(verdict_on({nan, nan}), verdict::undecided);
  EXPECT_EQ(verdict_on({nan, nan}, 5, 1), verdict::undecided);
}

TEST(verdict, turns_the_interval_where_lower_is_better) {
  const gain_interval gain = gain_of(-3, 1, false);
  EXPECT_EQ(gain.lo, -1);
  EXPECT_EQ(gain.hi, 3);
  EXPECT_EQ(gain_of(-3, 1, true).lo, -3);
}

// 812 items, 99 wins and 49 losses: sd = 42.27 points, a gain of 6.158; (1.96 * 42.27 / 1.158)^2 - 812 =
// 4310.
TEST(items_needed, excludes_the_margin_of_a_gain_that_is_real) {
  EXPECT_EQ(items_needed(verdict::real_size_open, 6.1576, {3.26, 9.06}, 42.27 / 28.4956, 812, 5), 4300);
}

// sd 40 points, n = 100, a gain of 1, a margin of 5: the margin is 4 away, 0 only 1:
// (1.959964 * 40 / 4)^2 - 100 = 284.1.
TEST(items_needed, excludes_the_farther_boundary_of_what_is_undecided) {
  EXPECT_EQ(items_needed(verdict::undecided, 1, {-6.8, 8.8}, 4, 100, 5), 280);
  EXPECT_EQ(items_needed(verdict::undecided, 4, {-3.8, 11.8}, 4, 100, 5), 280);
  EXPECT_EQ(items_needed(verdict::undecided, 4, {-3.8, 11.8}, 4, 100), 280);
  EXPECT_EQ(items_needed(verdict::undecided, -4, {-11.8, 3.8}, 4, 100), 280);
}

// The interval reaches 10 below a gain of 9, farther than 7.84: 100 (10 / 9)^2 - 100 = 23.5.
TEST(items_needed, goes_by_the_interval_where_it_reaches_farther_than_its_error) {
  EXPECT_EQ(items_needed(verdict::undecided, 9, {-1, 14}, 4, 100), 23);
  EXPECT_EQ(items_needed(verdict::undecided, 9, {-0.01, 14}, 4, 100), 1);
}

TEST(items_needed, says_nothing_where_nothing_is_open_or_the_estimate_sits_on_the_boundary) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(items_needed(verdict::better, 4, {1, 7}, 4, 100), std::nullopt);
  EXPECT_EQ(items_needed(verdict::undecided, 1, {-6.8, 8.8}, 4, 100),
            std::nullopt);  // 6,047: 60 times as many
  EXPECT_EQ(items_needed(verdict::undecided, 0, {-8, 8}, 4, 100), std::nullopt);
  EXPECT_EQ(items_needed(verdict::undecided, 4, {nan, nan}, 4, 100), std::nullopt);
  EXPECT_EQ(items_needed(verdict::undecided, 4, {nan, nan}, 0, 0), std::nullopt);
  EXPECT_EQ(items_needed(verdict::undecided, nan, {-4, 12}, 4, 10), std::nullopt);
}

}  // namespace verdict_test
