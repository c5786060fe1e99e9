// SPDX-License-Identifier: MIT
#include <evalpp/stats/average_precision.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace average_precision_test {

using evalpp::stats::average_precision;
using labels = std::vector<std::uint8_t>;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

TEST(average_precision, of_known_orders) {
  EXPECT_DOUBLE_EQ(average_precision(labels{0, 0, 1, 1}, reals{0.1, 0.4, 0.35, 0.8}).value(), 5.0 / 6);
  EXPECT_EQ(average_precision(labels{0, 1}, reals{1, 2}), 1.0);
  EXPECT_EQ(average_precision(labels{1, 0}, reals{1, 2}), 0.5);
  EXPECT_EQ(average_precision(labels{1, 1, 1}, reals{1, 2, 3}), 1.0);
  EXPECT_EQ(average_precision(labels{1, 0, 0, 0}, reals{5, 5, 5, 5}), 0.25);  // one threshold
}

TEST(average_precision, is_empty_without_a_positive_item) {
  EXPECT_FALSE(average_precision({}, {}));
  EXPECT_FALSE(average_precision(labels{0, 0}, reals{1, 2}));
  EXPECT_FALSE(average_precision(labels{1, 0}, reals{1, 2}, counts{0, 1}));
  EXPECT_FALSE(average_precision(labels{1, 0}, reals{std::numeric_limits<double>::quiet_NaN(), 2}));
}

TEST(average_precision, a_weight_is_a_repetition) {
  std::mt19937 random(6);
  for (int trial = 0; trial < 100; ++trial) {
    labels y;
    reals score;
    counts weights;
    for (std::size_t i = 0; i < 10; ++i) {
      y.push_back(static_cast<std::uint8_t>(random() % 2));
      score.push_back(static_cast<double>(random() % 5));
      weights.push_back(static_cast<std::uint32_t>(random() % 3));
    }
    const auto weighted = average_precision(y, score, weights);
    const auto repeated =
        average_precision(reference::repeated(y, weights), reference::repeated(score, weights));
    EXPECT_EQ(weighted, repeated);
  }
}

TEST(average_precision, rejects_what_does_not_fit) {
  EXPECT_REFUSED(average_precision(labels{1}, reals{1, 2}));
  EXPECT_REFUSED(average_precision(labels{1}, reals{1}, counts{1, 1}));
}

}  // namespace average_precision_test
