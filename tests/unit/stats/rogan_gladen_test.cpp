// SPDX-License-Identifier: MIT
#include <evalpp/stats/rogan_gladen.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>

namespace rogan_gladen_test {

using evalpp::stats::rogan_gladen;

TEST(rogan_gladen, of_a_perfect_judge_is_what_it_said) {
  const auto found = rogan_gladen({70, 100, 50, 50, 50, 50});
  EXPECT_DOUBLE_EQ(found->value, 0.7);
  EXPECT_DOUBLE_EQ(found->standard_error, std::sqrt(0.7 * 0.3 / 100));
}

TEST(rogan_gladen, corrects_by_sensitivity_and_specificity) {
  const auto found = rogan_gladen({700, 1000, 90, 100, 80, 100});
  EXPECT_DOUBLE_EQ(found->value, 0.5 / 0.7);
  EXPECT_EQ(found->sensitivity, 0.9);
  EXPECT_EQ(found->specificity, 0.8);
}

TEST(rogan_gladen, clips_the_value_and_keeps_what_was_before) {
  const auto low = rogan_gladen({0, 100, 90, 100, 80, 100});
  EXPECT_EQ(low->value, 0.0);
  EXPECT_LT(low->unclipped, 0.0);
  const auto high = rogan_gladen({100, 100, 90, 100, 80, 100});
  EXPECT_EQ(high->value, 1.0);
  EXPECT_GT(high->unclipped, 1.0);
}

TEST(rogan_gladen, refuses_a_judge_that_guesses) {
  EXPECT_FALSE(rogan_gladen({50, 100, 60, 100, 60, 100}));
  EXPECT_TRUE(rogan_gladen({50, 100, 61, 100, 60, 100}));
  EXPECT_FALSE(rogan_gladen({0, 0, 60, 100, 90, 100}));
  EXPECT_FALSE(rogan_gladen({5, 10, 0, 0, 90, 100}));
  EXPECT_FALSE(rogan_gladen({5, 10, 90, 100, 0, 0}));
}

TEST(rogan_gladen, rejects_counts_above_their_totals) {
  EXPECT_REFUSED(rogan_gladen({2, 1, 1, 1, 1, 1}));
  EXPECT_REFUSED(rogan_gladen({1, 1, 2, 1, 1, 1}));
  EXPECT_REFUSED(rogan_gladen({1, 1, 1, 1, 2, 1}));
}

}  // namespace rogan_gladen_test
