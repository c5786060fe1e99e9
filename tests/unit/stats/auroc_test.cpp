// SPDX-License-Identifier: MIT
#include <evalpp/stats/auroc.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace auroc_test {

using evalpp::stats::auroc;
using evalpp::stats::compare_auroc;
using labels = std::vector<std::uint8_t>;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

struct sample {
  labels y;
  reals first, second;
  counts weights;
};

sample draw(std::mt19937& random, std::size_t n) {
  sample s;
  for (std::size_t i = 0; i < n; ++i) {
    s.y.push_back(static_cast<std::uint8_t>(random() % 2));
    s.first.push_back(static_cast<double>(random() % 6));
    s.second.push_back(static_cast<double>(random() % 6));
    s.weights.push_back(static_cast<std::uint32_t>(random() % 4));
  }
  return s;
}

TEST(auroc, is_the_share_of_pairs_in_order) {
  std::mt19937 random(1);
  for (int trial = 0; trial < 100; ++trial) {
    const sample s = draw(random, 2 + random() % 20);
    double right = 0, pairs = 0;
    for (std::size_t i = 0; i < s.y.size(); ++i)
      for (std::size_t j = 0; j < s.y.size(); ++j) {
        if (s.y[i] == 0 || s.y[j] != 0) continue;
        ++pairs;
        right += s.first[i] > s.first[j] ? 1 : s.first[i] == s.first[j] ? 0.5 : 0;
      }
    const auto found = auroc(s.y, s.first);
    ASSERT_EQ(found.has_value(), pairs > 0);
    if (found) {
      EXPECT_DOUBLE_EQ(found->value, right / pairs);
    }
  }
}

TEST(auroc, perfect_constant_and_reversed_scores) {
  EXPECT_EQ(auroc(labels{0, 0, 1, 1}, reals{1, 2, 3, 4})->value, 1.0);
  EXPECT_EQ(auroc(labels{0, 0, 1, 1}, reals{1, 2, 3, 4})->variance, 0.0);
  EXPECT_EQ(auroc(labels{1, 1, 0, 0}, reals{1, 2, 3, 4})->value, 0.0);
  EXPECT_EQ(auroc(labels{0, 1, 0, 7}, reals{5, 5, 5, 5})->value, 0.5);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(auroc(labels{0, 1}, reals{-infinity, infinity})->value, 1.0);
}

TEST(auroc, is_empty_without_two_classes) {
  EXPECT_FALSE(auroc({}, {}));
  EXPECT_FALSE(auroc(labels{1, 1}, reals{1, 2}));
  EXPECT_FALSE(auroc(labels{0, 0}, reals{1, 2}));
  EXPECT_FALSE(auroc(labels{0, 1}, reals{1, 2}, counts{0, 3}));
  EXPECT_FALSE(auroc(labels{0, 1}, reals{1, std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_FALSE(auroc(labels{0, 1, 1}, reals{1, 2, 3})->variance);
  EXPECT_FALSE(compare_auroc(labels{0, 1, 1}, reals{1, 2, 3}, reals{1, 2, 3}));
}

TEST(auroc, scores_that_order_alike_do_not_differ) {
  const auto same = compare_auroc(labels{0, 1, 0, 1}, reals{1, 2, 3, 4}, reals{10, 20, 30, 40});
  EXPECT_EQ(same->difference, 0.0);
  EXPECT_EQ(same->variance, 0.0);
  EXPECT_FALSE(same->z);
}

TEST(auroc, variance_of_the_difference_is_that_of_correlated_areas) {
  std::mt19937 random(4);
  for (int trial = 0; trial < 30; ++trial) {
    const sample s = draw(random, 30);
    const auto first = auroc(s.y, s.first), second = auroc(s.y, s.second);
    const auto both = compare_auroc(s.y, s.first, s.second);
    EXPECT_EQ(both->first, first->value);
    EXPECT_EQ(both->second, second->value);
    EXPECT_NEAR(both->variance, first->variance.value() + second->variance.value() - 2 * both->covariance,
                1e-14);
  }
}

TEST(auroc, a_weight_is_a_repetition) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 100; ++trial) {
    const sample s = draw(random, 1 + random() % 10);
    const labels y = reference::repeated(s.y, s.weights);
    const reals first = reference::repeated(s.first, s.weights),
                second = reference::repeated(s.second, s.weights);
    const auto weighted = auroc(s.y, s.first, s.weights), repeated = auroc(y, first);
    ASSERT_EQ(weighted.has_value(), repeated.has_value());
    if (!weighted) continue;
    EXPECT_EQ(weighted->value, repeated->value);
    ASSERT_EQ(weighted->variance.has_value(), repeated->variance.has_value());
    if (!weighted->variance) continue;
    EXPECT_NEAR(*weighted->variance, *repeated->variance, 1e-13);
    EXPECT_NEAR(compare_auroc(s.y, s.first, s.second, s.weights)->variance,
                compare_auroc(y, first, second)->variance, 1e-13);
  }
}

TEST(auroc, of_sorted_items_is_the_same) {
  std::mt19937 random(6);
  for (int trial = 0; trial < 100; ++trial) {
    const sample s = draw(random, random() % 12);
    const evalpp::stats::weighted_auroc area(s.y, s.first);
    for (const counts& weights : {counts{}, s.weights}) {
      const auto found = area(weights);
      const auto expected = auroc(s.y, s.first, weights);
      ASSERT_EQ(found.has_value(), expected.has_value());
      if (found) {
        EXPECT_EQ(*found, expected->value);
      }
    }
  }
  const evalpp::stats::weighted_auroc undefined(labels{0, 1},
                                                reals{1, std::numeric_limits<double>::quiet_NaN()});
  EXPECT_FALSE(undefined());
  EXPECT_FALSE(undefined(counts{1, 1}));
}

TEST(auroc, rejects_what_does_not_fit) {
  EXPECT_REFUSED(evalpp::stats::weighted_auroc(labels{1}, reals{1, 2}));
  EXPECT_REFUSED(evalpp::stats::weighted_auroc(labels{1, 0}, reals{1, 2})(counts{1}));
  EXPECT_REFUSED(auroc(labels{1}, reals{1, 2}));
  EXPECT_REFUSED(auroc(labels{1, 0}, reals{1, 2}, counts{1}));
  EXPECT_REFUSED(compare_auroc(labels{1, 0}, reals{1, 2}, reals{1}));
}

}  // namespace auroc_test
