// SPDX-License-Identifier: MIT
#include <evalpp/stats/isotonic_fit.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

namespace isotonic_fit_test {

using evalpp::stats::isotonic_fit;
using reals = std::vector<double>;

TEST(isotonic_fit, pools_what_falls) {
  EXPECT_EQ(isotonic_fit(reals{1, 2, 3}, reals{1, 2, 3}), (reals{1, 2, 3}));
  EXPECT_EQ(isotonic_fit(reals{1, 2, 3, 4}, reals{1, 3, 2, 4}), (reals{1, 2.5, 2.5, 4}));
  EXPECT_EQ(isotonic_fit(reals{3, 1, 2}, reals{5, 0, 1}), (reals{5, 0, 1}));  // in the order of the items
  EXPECT_EQ(isotonic_fit(reals{1, 1, 2}, reals{0, 1, 1}), (reals{0.5, 0.5, 1}));
  EXPECT_EQ(isotonic_fit({}, {}), reals{});
}

TEST(isotonic_fit, weights_pull) {
  EXPECT_EQ(isotonic_fit(reals{1, 2}, reals{3, 0}, reals{2, 1}), (reals{2, 2}));
  // Without weight: the value of the nearest lower x, else of the nearest higher one.
  EXPECT_EQ(isotonic_fit(reals{1, 2, 3, 4}, reals{9, 1, -9, 2}, reals{0, 1, 0, 1}), (reals{1, 1, 1, 2}));
  EXPECT_EQ(isotonic_fit(reals{1, 2}, reals{5, 6}, reals{0, 0}), (reals{0, 0}));
}

// The fit at i is the greatest over lower ends of the least over upper ends of the mean between.
TEST(isotonic_fit, agrees_with_the_minimax_formula) {
  std::mt19937 random(10);
  for (int trial = 0; trial < 50; ++trial) {
    reals x, y, w;
    for (std::size_t i = 0; i < 12; ++i) {
      x.push_back(static_cast<double>(i));
      y.push_back(static_cast<double>(random() % 10));
      w.push_back(static_cast<double>(1 + random() % 3));
    }
    const reals fit = isotonic_fit(x, y, w).value();
    for (std::size_t i = 0; i < x.size(); ++i) {
      double greatest = -1e9;
      for (std::size_t a = 0; a <= i; ++a) {
        double least = 1e9;
        for (std::size_t b = i; b < x.size(); ++b) {
          double sum = 0, weight = 0;
          for (std::size_t k = a; k <= b; ++k) {
            sum += w[k] * y[k];
            weight += w[k];
          }
          least = std::min(least, sum / weight);
        }
        greatest = std::max(greatest, least);
      }
      EXPECT_NEAR(fit[i], greatest, 1e-12);
    }
    EXPECT_TRUE(std::is_sorted(fit.begin(), fit.end()));
  }
}

TEST(isotonic_fit, is_empty_for_what_is_no_number) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(isotonic_fit(reals{nan}, reals{1}));
  EXPECT_FALSE(isotonic_fit(reals{1}, reals{std::numeric_limits<double>::infinity()}));
  EXPECT_FALSE(isotonic_fit(reals{1}, reals{1}, reals{nan}));
  EXPECT_FALSE(isotonic_fit(reals{1}, reals{1}, reals{-1}));
  EXPECT_FALSE(isotonic_fit(reals{1, 1}, reals{1.7e308, 1.7e308}));
}

TEST(isotonic_fit, rejects_what_does_not_fit) {
  EXPECT_REFUSED(isotonic_fit(reals{1}, reals{1, 2}));
  EXPECT_REFUSED(isotonic_fit(reals{1}, reals{1}, reals{1, 2}));
}

}  // namespace isotonic_fit_test
