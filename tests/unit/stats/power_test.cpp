// SPDX-License-Identifier: MIT
#include <evalpp/stats/power.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace power_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Miller 2024: a difference of 3 points, omega^2 = 1/9, power 0.8; then with one answer and sigma^2 = 1/6
// each.
TEST(Power, MillersExample) {
  EXPECT_EQ(std::ceil(questions_needed(0.03, {.between = 1.0 / 9})), 969);
  const variance_components one_answer{.between = 1.0 / 9, .within_a = 1.0 / 6, .within_b = 1.0 / 6};
  EXPECT_NEAR(questions_needed(0.03, one_answer), 3876, 1);
  const double n = questions_needed(0.03, one_answer, {.alpha = 0.01, .power = 0.9});
  EXPECT_NEAR(detectable_difference(n, one_answer, {.alpha = 0.01, .power = 0.9}), 0.03, 1e-15);
}

TEST(Power, MoreAnswersHelpUpToTheQuestions) {
  const variance_components many{
      .between = 0.1, .within_a = 0.2, .within_b = 0.2, .samples_a = 1e9, .samples_b = 1e9};
  EXPECT_NEAR(questions_needed(0.05, many), questions_needed(0.05, {.between = 0.1}), 1e-4);
}

TEST(Power, McNemarGrowsWithTheDiscordantShare) {
  EXPECT_LT(mcnemar_items_needed(0.06, 0.01), mcnemar_items_needed(0.10, 0.05));
  EXPECT_EQ(mcnemar_items_needed(0.06, 0.01), mcnemar_items_needed(0.01, 0.06));
  EXPECT_EQ(mcnemar_items_needed(0.05, 0.05), infinity);
  EXPECT_GT(mcnemar_items_needed(1, 0), 0);
}

// R's help of power.t.test: n = 20, delta = 1, sd = 1 has power 0.8689528; power 0.90 at delta 1 needs n
// = 22.02110.
TEST(Power, TTestAsInR) {
  EXPECT_NEAR(t_test_power(20, 1, t_test_kind::two_sample), 0.8689528, 5e-8);
  EXPECT_NEAR(t_test_examples_needed(1, t_test_kind::two_sample, {.power = 0.9}), 22.02110, 5e-6);
}

TEST(Power, NeededIsTheInverseOfPower) {
  for (const double delta : {0.05, -0.3, 1.5}) {
    for (const auto kind : {t_test_kind::paired, t_test_kind::two_sample}) {
      const double n = t_test_examples_needed(delta, kind, {.alpha = 0.01, .power = 0.7});
      EXPECT_NEAR(t_test_power(n, delta, kind, 0.01), 0.7, 1e-10);
    }
  }
  EXPECT_EQ(t_test_examples_needed(30, t_test_kind::two_sample), 2);
  EXPECT_EQ(t_test_power(1000, 100, t_test_kind::paired), 1);
}

TEST(Power, NothingToFindNeedsInfinitelyMany) {
  EXPECT_EQ(questions_needed(0, {.between = 1}), infinity);
  EXPECT_EQ(detectable_difference(0, {.between = 1}), infinity);
  EXPECT_EQ(t_test_examples_needed(0, t_test_kind::paired), infinity);
  EXPECT_EQ(two_proportion_examples_needed(0.3, 0.3).arcsine, infinity);
  EXPECT_EQ(two_proportion_examples_needed(0.3, 0.3).unpooled, infinity);
}

TEST(Power, Nonsense) {
  for (const double bad : {nan, 0.0, 1.0, -0.1}) {
    EXPECT_TRUE(is_nan(questions_needed(0.1, {.between = 1}, {.alpha = bad})));
    EXPECT_TRUE(is_nan(detectable_difference(100, {.between = 1}, {.power = bad})));
    EXPECT_TRUE(is_nan(mcnemar_items_needed(0.1, 0.2, {.alpha = bad})));
    EXPECT_TRUE(is_nan(two_proportion_examples_needed(0.1, 0.2, {.alpha = bad}).arcsine));
    EXPECT_TRUE(is_nan(t_test_examples_needed(0.5, t_test_kind::paired, {.power = bad})));
    EXPECT_TRUE(is_nan(t_test_power(10, 0.5, t_test_kind::paired, bad)));
  }
  EXPECT_TRUE(is_nan(questions_needed(0.1, {.between = -1})));
  EXPECT_TRUE(is_nan(questions_needed(0.1, {.between = 1, .samples_a = 0})));
  EXPECT_TRUE(is_nan(questions_needed(nan, {.between = 1})));
  EXPECT_TRUE(is_nan(mcnemar_items_needed(0.7, 0.7)));
  EXPECT_TRUE(is_nan(mcnemar_items_needed(nan, 0.1)));
  EXPECT_TRUE(is_nan(two_proportion_examples_needed(-0.1, 0.5).unpooled));
  EXPECT_TRUE(is_nan(t_test_power(1, 0.5, t_test_kind::paired)));
}

}  // namespace power_test
