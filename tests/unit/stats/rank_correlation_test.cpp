// SPDX-License-Identifier: MIT
#include <evalpp/stats/rank_correlation.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace rank_correlation_test {

using evalpp::stats::kendall_tau_b;
using evalpp::stats::midranks;
using evalpp::stats::pearson_correlation;
using evalpp::stats::spearman_correlation;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct sample {
  reals x, y;
  counts weights;
};

sample draw(std::mt19937& random, std::size_t n, std::size_t values) {
  sample s;
  for (std::size_t i = 0; i < n; ++i) {
    s.x.push_back(static_cast<double>(random() % values));
    s.y.push_back(static_cast<double>(random() % values));
    s.weights.push_back(static_cast<std::uint32_t>(random() % 4));
  }
  return s;
}

TEST(rank_correlation, of_known_vectors) {
  EXPECT_DOUBLE_EQ(pearson_correlation(reals{1, 2, 3}, reals{2, 4, 6}).value(), 1.0);
  EXPECT_DOUBLE_EQ(pearson_correlation(reals{1, 2, 3, 4}, reals{2, 1, 4, 3}).value(), 0.6);
  EXPECT_DOUBLE_EQ(spearman_correlation(reals{1, 2, 3}, reals{10, 100, 1000}).value(), 1.0);
  EXPECT_DOUBLE_EQ(spearman_correlation(reals{1, 2, 3, 4}, reals{2, 1, 4, 3}).value(), 0.6);
  const auto tau = kendall_tau_b(reals{1, 2, 3, 4}, reals{2, 1, 4, 3});
  EXPECT_DOUBLE_EQ(tau->value, 1.0 / 3);
  EXPECT_EQ(tau->concordant, 4u);
  EXPECT_EQ(tau->discordant, 2u);
}

TEST(rank_correlation, midranks_share) {
  EXPECT_EQ(midranks(reals{10, 30, 10, 20}), (reals{1.5, 4, 1.5, 3}));
  EXPECT_EQ(midranks(reals{0.0, -0.0}), (reals{1.5, 1.5}));
  EXPECT_EQ(midranks(reals{5, 7}, counts{3, 1}), (reals{2, 4}));
  EXPECT_EQ(midranks({}), reals{});
}

TEST(rank_correlation, is_empty_where_nothing_varies) {
  for (const auto& [x, y] : std::vector<std::pair<reals, reals>>{{{}, {}},
                                                                 {{1}, {2}},
                                                                 {{1, 1}, {1, 2}},
                                                                 {{1, 2}, {3, 3}},
                                                                 {{0.1, 0.1, 0.1}, {1, 2, 3}},
                                                                 {{1, nan}, {1, 2}},
                                                                 {{1, 2}, {nan, 2}}}) {
    EXPECT_FALSE(pearson_correlation(x, y));
    EXPECT_FALSE(spearman_correlation(x, y));
    EXPECT_FALSE(kendall_tau_b(x, y));
  }
  EXPECT_FALSE(pearson_correlation(reals{1, 2, 3}, reals{1, 2, 3}, counts{0, 5, 0}));
  EXPECT_FALSE(kendall_tau_b(reals{1, 2, 3}, reals{1, 2, 3}, counts{0, 5, 0}));
  EXPECT_FALSE(kendall_tau_b(reals{1, 2, 3}, reals{1, 2, 3}, counts{0, 0, 0}));
  EXPECT_FALSE(pearson_correlation(reals{1, 2}, reals{1, infinity}));
  EXPECT_DOUBLE_EQ(spearman_correlation(reals{1, 2, 3}, reals{-infinity, 0, infinity}).value(), 1.0);
  EXPECT_DOUBLE_EQ(kendall_tau_b(reals{1, 2, 3}, reals{-infinity, 0, infinity})->value, 1.0);
}

TEST(rank_correlation, of_extreme_values_neither_overflows_nor_vanishes) {
  EXPECT_NEAR(pearson_correlation(reals{1e300, 2e300, 3e300}, reals{1, 2, 3}).value(), 1.0, 1e-15);
  EXPECT_NEAR(pearson_correlation(reals{1e-300, 2e-300, 3e-300}, reals{3, 2, 1}).value(), -1.0, 1e-15);
  EXPECT_NEAR(pearson_correlation(reals{1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4}, reals{2, 1, 4, 3}).value(), 0.6,
              1e-9);
}

TEST(rank_correlation, kendall_counts_every_pair) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 200; ++trial) {
    const sample s = draw(random, 1 + random() % 40, 2 + random() % 12);
    std::uint64_t concordant = 0, discordant = 0, x_only = 0, y_only = 0, both = 0;
    for (std::size_t i = 0; i < s.x.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const double dx = s.x[i] - s.x[j], dy = s.y[i] - s.y[j];
        if (dx == 0 && dy == 0)
          ++both;
        else if (dx == 0)
          ++x_only;
        else if (dy == 0)
          ++y_only;
        else
          ++(dx * dy > 0 ? concordant : discordant);
      }
    const auto tau = kendall_tau_b(s.x, s.y);
    const bool defined = concordant + discordant + y_only > 0 && concordant + discordant + x_only > 0;
    ASSERT_EQ(tau.has_value(), defined);
    if (!tau) continue;
    EXPECT_EQ(tau->concordant, concordant);
    EXPECT_EQ(tau->discordant, discordant);
    EXPECT_EQ(tau->ties_x_only, x_only);
    EXPECT_EQ(tau->ties_y_only, y_only);
    EXPECT_EQ(tau->ties_both, both);
  }
}

TEST(rank_correlation, a_weight_is_a_repetition) {
  std::mt19937 random(2);
  for (int trial = 0; trial < 100; ++trial) {
    const sample s = draw(random, 1 + random() % 12, 5);
    const reals x = reference::repeated(s.x, s.weights), y = reference::repeated(s.y, s.weights);
    const auto expect_same = [](auto weighted, auto repeated) {
      ASSERT_EQ(weighted.has_value(), repeated.has_value());
      if (weighted) {
        EXPECT_NEAR(*weighted, *repeated, 1e-12);
      }
    };
    expect_same(pearson_correlation(s.x, s.y, s.weights), pearson_correlation(x, y));
    expect_same(spearman_correlation(s.x, s.y, s.weights), spearman_correlation(x, y));
    const auto weighted = kendall_tau_b(s.x, s.y, s.weights), repeated = kendall_tau_b(x, y);
    ASSERT_EQ(weighted.has_value(), repeated.has_value());
    if (!weighted) continue;
    EXPECT_EQ(weighted->value, repeated->value);
    EXPECT_EQ(weighted->discordant, repeated->discordant);
    EXPECT_EQ(weighted->ties_both, repeated->ties_both);
  }
}

TEST(rank_correlation, weights_of_one_change_no_bit) {
  std::mt19937 random(3);
  const sample s = draw(random, 50, 9);
  const counts ones(50, 1);
  EXPECT_EQ(pearson_correlation(s.x, s.y), pearson_correlation(s.x, s.y, ones));
  EXPECT_EQ(spearman_correlation(s.x, s.y), spearman_correlation(s.x, s.y, ones));
  EXPECT_EQ(kendall_tau_b(s.x, s.y)->value, kendall_tau_b(s.x, s.y, ones)->value);
}

TEST(rank_correlation, rejects_what_does_not_fit) {
  EXPECT_REFUSED(pearson_correlation(reals{1}, reals{1, 2}));
  EXPECT_REFUSED(spearman_correlation(reals{1}, reals{1, 2}));
  EXPECT_REFUSED(kendall_tau_b(reals{1}, reals{1, 2}));
  EXPECT_REFUSED(kendall_tau_b(reals{1, 2}, reals{1, 2}, counts{1}));
}

}  // namespace rank_correlation_test
