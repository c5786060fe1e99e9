// SPDX-License-Identifier: MIT
#include <evalpp/stats/wasserstein.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace wasserstein_test {

using evalpp::stats::energy_distance;
using evalpp::stats::wasserstein_distance;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

TEST(wasserstein, is_how_far_the_values_have_to_move) {
  EXPECT_DOUBLE_EQ(wasserstein_distance(reals{0, 1, 3}, reals{5, 6, 8}).value(), 5);
  EXPECT_DOUBLE_EQ(wasserstein_distance(reals{0}, reals{0, 1}).value(), 0.5);
  EXPECT_EQ(wasserstein_distance(reals{2, 1, 1}, reals{1, 2, 1}), 0.0);
  EXPECT_EQ(energy_distance(reals{2, 1, 1}, reals{1, 2, 1}), 0.0);
  EXPECT_DOUBLE_EQ(energy_distance(reals{0}, reals{3}).value(), std::sqrt(6.0));
}

TEST(wasserstein, of_samples_of_one_size_pairs_them_in_order) {
  std::mt19937 random(13);
  for (int trial = 0; trial < 50; ++trial) {
    reals x, y;
    for (int i = 0; i < 9; ++i) {
      x.push_back(static_cast<double>(random() % 100) / 7);
      y.push_back(static_cast<double>(random() % 100) / 9);
    }
    const auto found = wasserstein_distance(x, y);
    std::sort(x.begin(), x.end());
    std::sort(y.begin(), y.end());
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += std::abs(x[i] - y[i]);
    EXPECT_NEAR(found.value(), sum / 9, 1e-12);
  }
}

// Twice the mean distance between samples, less those within.
TEST(wasserstein, energy_is_its_definition) {
  std::mt19937 random(14);
  for (int trial = 0; trial < 30; ++trial) {
    reals x(5), y(8);
    for (double& v : x) v = static_cast<double>(random() % 50) / 3;
    for (double& v : y) v = static_cast<double>(random() % 50) / 4;
    const auto mean_distance = [](const reals& a, const reals& b) {
      double sum = 0;
      for (const double u : a)
        for (const double v : b) sum += std::abs(u - v);
      return sum / static_cast<double>(a.size() * b.size());
    };
    const double squared = 2 * mean_distance(x, y) - mean_distance(x, x) - mean_distance(y, y);
    EXPECT_NEAR(std::pow(energy_distance(x, y).value(), 2), squared, 1e-12);
  }
}

TEST(wasserstein, a_weight_is_a_repetition) {
  const reals x{3, 1, 2}, y{5, 1, 1, 4};
  const counts xs{2, 0, 3}, ys{1, 4, 0, 2};
  EXPECT_DOUBLE_EQ(wasserstein_distance(x, y, xs, ys).value(),
                   wasserstein_distance(reference::repeated(x, xs), reference::repeated(y, ys)).value());
  EXPECT_DOUBLE_EQ(energy_distance(x, y, xs, ys).value(),
                   energy_distance(reference::repeated(x, xs), reference::repeated(y, ys)).value());
}

TEST(wasserstein, is_empty_without_numbers_on_both_sides) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(wasserstein_distance({}, reals{1}));
  EXPECT_FALSE(wasserstein_distance(reals{1}, {}));
  EXPECT_FALSE(wasserstein_distance(reals{1}, reals{1}, counts{0}));
  EXPECT_FALSE(wasserstein_distance(reals{nan}, reals{1}));
  EXPECT_FALSE(energy_distance(reals{1}, reals{std::numeric_limits<double>::infinity()}));
  EXPECT_FALSE(wasserstein_distance(reals{-1.7e308}, reals{1.7e308}));
}

TEST(wasserstein, rejects_weights_that_do_not_fit) {
  EXPECT_REFUSED(wasserstein_distance(reals{1}, reals{1}, counts{1, 1}));
}

}  // namespace wasserstein_test
