// SPDX-License-Identifier: MIT
#include <evalpp/workflow/plan.hpp>

#include <evalpp/stats/poisson_weights.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>

namespace plan_test {

namespace workflow = evalpp::workflow;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double paired(double margin, double discordance) {
  return workflow::items_for_margin(margin, {.discordance = discordance}).paired;
}

// The figures of the workflow study (z approximations, two-sided 5 %, power 80 %).
TEST(Plan, PairedItemsForAMargin) {
  EXPECT_EQ(paired(0.05, 0.1), 312);
  EXPECT_EQ(paired(0.05, 0.2), 626);
  EXPECT_EQ(paired(0.05, 0.3), 940);
  EXPECT_EQ(paired(0.05, 0.4), 1254);
  EXPECT_EQ(paired(0.03, 0.1), 870);
  EXPECT_EQ(paired(0.03, 0.2), 1742);
  EXPECT_EQ(paired(0.03, 0.3), 2614);
  EXPECT_EQ(paired(0.03, 0.4), 3487);
  EXPECT_EQ(paired(0.02, 0.1), 1960);
  EXPECT_EQ(paired(0.02, 0.2), 3923);
}

TEST(Plan, UnpairedItemsForAMargin) {
  EXPECT_EQ(workflow::items_for_margin(0.05).unpaired_per_model, 906);
  EXPECT_EQ(workflow::items_for_margin(0.09, {.base = 0.9}).unpaired_per_model, 100);
  EXPECT_EQ(workflow::items_for_margin(0.27, {.base = 0.65}).unpaired_per_model, 36);
}

TEST(Plan, HalfWidths) {
  EXPECT_NEAR(workflow::what_items_show(50).half_width, 0.109, 0.0005);
  EXPECT_NEAR(workflow::what_items_show(5000).half_width, 0.011, 0.0005);
  EXPECT_EQ(workflow::items_for_half_width(0.03), 682);  // 681 have 3.0005 points
}

TEST(Plan, RatesPreferencesAndDrops) {
  EXPECT_EQ(workflow::items_for_rate(0.99), 299);
  EXPECT_EQ(workflow::items_for_rate(0.999), 2995);
  EXPECT_GT(workflow::items_for_rate(0.99, 1), 299);
  EXPECT_EQ(workflow::pairs_for_preference(0.55), 783);
  EXPECT_EQ(workflow::pairs_for_preference(0.60), 194);
  EXPECT_EQ(workflow::pairs_for_preference(0.65), 85);
  EXPECT_EQ(workflow::pairs_for_preference(0.70), 47);
  EXPECT_EQ(workflow::pairs_for_preference(0.75), 29);
  EXPECT_EQ(workflow::items_for_drop(0.09, {.base = 0.98}), 92);
  EXPECT_EQ(workflow::items_for_drop(0.02, {.base = 0.98}), 899);
}

TEST(Plan, WhatItemsShowIsWhatIsFoundWithTheirNumber) {
  for (const double n : {60.0, 200.0, 5000.0}) {
    const auto shown = workflow::what_items_show(n);
    EXPECT_EQ(workflow::items_for_margin(shown.paired_gain).paired, n);
    if (n > 100) {
      EXPECT_EQ(workflow::items_for_margin(shown.unpaired_gain).unpaired_per_model, n);
    }
    const auto chance = workflow::chance_of_margin(shown.paired_gain, n);
    EXPECT_NEAR(chance.paired, 0.8, 1e-9);
  }
}

// The stated chance is what happens: items drawn, McNemar's statistic against its normal quantile.
TEST(Plan, TheChanceIsSimulatedToo) {
  constexpr int runs = 2000, n = 300;
  int found = 0;
  for (std::uint64_t run = 0; run < runs; ++run) {
    int better = 0, worse = 0;
    for (std::uint64_t i = 0; i < n; ++i) {
      const double u =
          static_cast<double>(evalpp::stats::mix64(evalpp::stats::mix64(run + 7) + i) >> 11) * 0x1p-53;
      better += u < 0.14;
      worse += u >= 0.14 && u < 0.2;
    }
    found += (better - worse) * (better - worse) > 3.8415 * (better + worse);
  }
  EXPECT_NEAR(workflow::chance_of_margin(0.08, n).paired, static_cast<double>(found) / runs, 0.035);
}

TEST(Plan, MeansOfAnyScore) {
  // R: power.t.test(delta = 2, sd = 15, power = 0.8, type = "paired") about (1.96 + 0.8416)^2 (15 / 2)^2 + 2.
  const double n = workflow::items_for_mean_margin(2, 15);
  EXPECT_NEAR(n, 7.8489 * 56.25 + 2, 1.5);
  const auto shown = workflow::what_items_show_of_mean(n, 15);
  EXPECT_NEAR(shown.difference, 2, 0.01);
  EXPECT_NEAR(shown.half_width, 1.96 * 15 / std::sqrt(n), 0.01);
}

TEST(Plan, DiscordanceHasItsBounds) {
  const auto range = workflow::possible_discordance(0.02, 0.95);
  EXPECT_NEAR(range.least, 0.02, 1e-15);
  EXPECT_NEAR(range.most, 0.08, 1e-15);  // 5 wrong become right, 3 right become wrong
  EXPECT_NEAR(workflow::possible_discordance(0.02, 0.01).most, 0.04, 1e-15);
  EXPECT_LT(workflow::possible_discordance(0.05, 0.98).most, 0.05);
}

// Two models that fail independently at 95 and 98 % differ on .95 * .02 + .05 * .98 = 6.8 %.
TEST(Plan, DiscordanceThatIsNotKnownIsGuessed) {
  EXPECT_EQ(workflow::usual_discordance(0.05, 0.8), 0.2);
  EXPECT_EQ(workflow::usual_discordance(0.1, 0.8), 0.2);
  EXPECT_EQ(workflow::usual_discordance(0, 0.5), 0.2);
  EXPECT_NEAR(workflow::usual_discordance(0.03, 0.95), 0.06, 1e-15);
  EXPECT_NEAR(workflow::usual_discordance(0.005, 0.95), 0.7 * (0.95 * 0.045 + 0.05 * 0.955), 1e-15);
  EXPECT_NEAR(workflow::usual_discordance(0.04, 0.95), 0.95 * 0.01 + 0.05 * 0.99, 1e-15);
  for (const double base : {0.01, 0.3, 0.8, 0.97}) {
    for (const double margin : {0.001, 0.01, 0.03}) {
      const auto range = workflow::possible_discordance(margin, base);
      EXPECT_GE(workflow::usual_discordance(margin, base), range.least);
      EXPECT_LE(workflow::usual_discordance(margin, base), range.most + 1e-15);
    }
  }
}

TEST(Plan, NoDifferenceAndNoItems) {
  EXPECT_EQ(workflow::items_for_margin(0).paired, infinity);
  EXPECT_EQ(workflow::items_for_margin(0).unpaired_per_model, infinity);
  EXPECT_EQ(workflow::items_for_half_width(0), infinity);
  EXPECT_EQ(workflow::pairs_for_preference(0.5), infinity);
  EXPECT_EQ(workflow::items_for_drop(0), infinity);
  EXPECT_EQ(workflow::what_items_show(0).paired_gain, infinity);
  EXPECT_EQ(workflow::what_items_show(0).half_width, 0.5);
}

TEST(Plan, Nonsense) {
  EXPECT_TRUE(is_nan(paired(0.3, 0.2)));  // more gained than changed
  EXPECT_TRUE(is_nan(workflow::items_for_margin(0.05, {.base = 0.98}).unpaired_per_model));
  for (const double bad : {nan, -0.1, 1.0, 1.5}) {
    EXPECT_TRUE(is_nan(workflow::items_for_margin(0.05, {.power = bad}).paired));
    EXPECT_TRUE(is_nan(workflow::items_for_margin(0.05, {.alpha = bad}).paired));
    EXPECT_TRUE(is_nan(workflow::items_for_rate(0.99, 0, {.alpha = bad})));
  }
  for (const double bad : {nan, -0.1, 1.5}) {
    EXPECT_TRUE(is_nan(workflow::pairs_for_preference(bad)));
    EXPECT_TRUE(is_nan(workflow::items_for_drop(0.05, {.base = bad})));
    EXPECT_TRUE(is_nan(workflow::what_items_show(100, {.base = bad}).half_width));
  }
  for (const double bad : {nan, 0.0, -1.0}) {
    EXPECT_TRUE(is_nan(workflow::items_for_mean_margin(2, bad)));
    EXPECT_TRUE(is_nan(workflow::what_items_show_of_mean(100, bad).difference));
  }
  EXPECT_TRUE(is_nan(workflow::what_items_show_of_mean(1, 5).half_width));
}

}  // namespace plan_test
