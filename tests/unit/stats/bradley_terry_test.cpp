// SPDX-License-Identifier: MIT
#include <evalpp/stats/bradley_terry.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

namespace bradley_terry_test {

using evalpp::stats::bradley_terry;
using wins = std::vector<double>;
using components = std::vector<std::size_t>;

TEST(bradley_terry, of_two_is_the_logit_of_the_share) {
  const auto fit = bradley_terry(wins{0, 30, 10, 0}, 2);
  EXPECT_NEAR(fit.log_strengths[0] - fit.log_strengths[1], std::log(3.0), 1e-14);
  EXPECT_NEAR(fit.standard_error(0, 1), std::sqrt(1 / (40 * 0.75 * 0.25)), 1e-14);
  EXPECT_NEAR(fit.standard_error(0), fit.standard_error(0, 1) / 2, 1e-14);
  EXPECT_NEAR(fit.log_likelihood, 30 * std::log(0.75) + 10 * std::log(0.25), 1e-12);
}

// At the maximum every system wins as often as its strength expects (the likelihood equations).
TEST(bradley_terry, expects_the_wins_that_were) {
  std::mt19937 random(11);
  for (std::size_t trial = 0; trial < 20; ++trial) {
    const std::size_t n = 3 + trial % 6;
    wins table(n * n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (i != j) table[i * n + j] = static_cast<double>(random() % 50) + (j == (i + 1) % n ? 1 : 0);
    const auto fit = bradley_terry(table, n);
    ASSERT_EQ(fit.log_strengths.size(), n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double won = 0, expected = 0;
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        won += table[i * n + j];
        expected += (table[i * n + j] + table[j * n + i]) /
                    (1 + std::exp(fit.log_strengths[j] - fit.log_strengths[i]));
      }
      EXPECT_NEAR(won, expected, 1e-9 * (1 + won));
      sum += fit.log_strengths[i];
    }
    EXPECT_NEAR(sum, 0, 1e-12);
  }
}

TEST(bradley_terry, survives_strengths_far_apart_and_long_chains) {
  const auto lopsided = bradley_terry(wins{0, 1e9, 1e-3, 0}, 2);
  EXPECT_NEAR(lopsided.log_strengths[0] - lopsided.log_strengths[1], std::log(1e12), 1e-9);
  const std::size_t n = 40;
  wins chain(n * n);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    chain[i * n + i + 1] = 20;
    chain[(i + 1) * n + i] = 1;
  }
  const auto fit = bradley_terry(chain, n);
  ASSERT_EQ(fit.log_strengths.size(), n);
  for (std::size_t i = 0; i + 1 < n; ++i)
    EXPECT_NEAR(fit.log_strengths[i] - fit.log_strengths[i + 1], std::log(20.0), 1e-9);
}

TEST(bradley_terry, has_no_strengths_where_somebody_never_lost) {
  const auto fit = bradley_terry(wins{0, 1, 1, 0, 0, 2, 0, 1, 0}, 3);
  EXPECT_EQ(fit.components, (components{0, 1, 1}));
  EXPECT_TRUE(fit.log_strengths.empty());
  EXPECT_TRUE(fit.covariance.empty());
  // Two that never met.
  EXPECT_EQ(bradley_terry(wins{0, 0, 0, 0}, 2).components, (components{0, 1}));
  // Pseudo wins make up for it.
  const auto drawn = bradley_terry(wins{0, 1, 1, 0, 0, 2, 0, 1, 0}, 3, 0.5);
  ASSERT_EQ(drawn.log_strengths.size(), 3u);
  EXPECT_GT(drawn.log_strengths[0], drawn.log_strengths[1]);
  EXPECT_NEAR(bradley_terry(wins{0, 0, 0, 0}, 2, 0.5).log_strengths[0], 0, 1e-15);
}

TEST(bradley_terry, of_none_and_of_one) {
  EXPECT_EQ(bradley_terry({}, 0).size(), 0u);
  const auto one = bradley_terry(wins{7}, 1);
  EXPECT_EQ(one.log_strengths, (std::vector<double>{0}));
  EXPECT_EQ(one.standard_error(0), 0.0);
  EXPECT_EQ(one.log_likelihood, 0.0);
}

TEST(bradley_terry, scaling_the_games_scales_the_variance) {
  const wins table{0, 3, 5, 2, 0, 4, 1, 3, 0};
  wins doubled = table;
  for (double& w : doubled) w *= 2;
  const auto once = bradley_terry(table, 3), twice = bradley_terry(doubled, 3);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(once.log_strengths[i], twice.log_strengths[i], 1e-13);
    EXPECT_NEAR(once.standard_error(i), twice.standard_error(i) * std::sqrt(2.0), 1e-13);
  }
}

TEST(bradley_terry, rejects_what_are_no_wins) {
  EXPECT_REFUSED(bradley_terry(wins{1, 2, 3}, 2));
  EXPECT_REFUSED(bradley_terry(wins{1}, 0));
  EXPECT_REFUSED(bradley_terry(wins{0, -1, 1, 0}, 2));
  EXPECT_REFUSED(bradley_terry(wins{0, std::numeric_limits<double>::quiet_NaN(), 1, 0}, 2));
  EXPECT_REFUSED(bradley_terry(wins{0, 1, 1, 0}, 2, -0.5));
}

}  // namespace bradley_terry_test
