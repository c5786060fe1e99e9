// SPDX-License-Identifier: MIT
#include <evalpp/stats/kolmogorov_smirnov.hpp>

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

namespace kolmogorov_smirnov_test {

using namespace evalpp::stats;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

TEST(kolmogorov_smirnov, of_known_samples) {
  EXPECT_EQ(kolmogorov_smirnov(reals{1, 2}, reals{3, 4, 5})->value, 1.0);
  EXPECT_EQ(kolmogorov_smirnov(reals{1, 2}, reals{1, 2, 1, 2})->value, 0.0);
  EXPECT_EQ(kolmogorov_smirnov(reals{1, 3}, reals{2, 4})->value, 0.5);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(kolmogorov_smirnov(reals{-infinity}, reals{infinity})->value, 1.0);
}

TEST(kolmogorov_smirnov, exact_p_is_the_share_of_all_orders) {
  for (std::size_t n = 1; n <= 5; ++n)
    for (std::size_t m = 1; m <= 5; ++m) {
      std::vector<ks_statistic> all;
      std::vector<int> side(n + m);  // which sample the k-th smallest value is of
      std::fill(side.begin() + static_cast<std::ptrdiff_t>(n), side.end(), 1);
      do {
        reals x, y;
        for (std::size_t k = 0; k < side.size(); ++k)
          (side[k] == 0 ? x : y).push_back(static_cast<double>(k));
        all.push_back(*kolmogorov_smirnov(x, y));
      } while (std::next_permutation(side.begin(), side.end()));
      for (const ks_statistic& one : all) {
        const auto far = std::count_if(all.begin(), all.end(),
                                       [&](const auto& other) { return other.steps >= one.steps; });
        EXPECT_NEAR(ks_exact_p(one), static_cast<double>(far) / static_cast<double>(all.size()), 1e-13);
      }
    }
}

TEST(kolmogorov_smirnov, exact_p_keeps_small_chances) {
  // Samples apart altogether: two orders of C(60, 30).
  ks_statistic apart{1, 900, 30, 30};
  EXPECT_NEAR(ks_exact_p(apart) / (2 / 118264581564861424.0), 1, 1e-12);
}

TEST(kolmogorov_smirnov, limit_p_approaches_the_exact_one) {
  const ks_statistic wide{0.06, 60000, 1000, 1000};
  EXPECT_NEAR(ks_limit_p(wide), ks_exact_p(wide), 0.005);
  EXPECT_EQ(ks_limit_p({0, 0, 10, 10}), 1.0);
  EXPECT_EQ(ks_exact_p({0, 0, 10, 10}), 1.0);
  EXPECT_EQ(ks_exact_p({}), 1.0);
  EXPECT_EQ(ks_limit_p({}), 1.0);
  // The series against its other form, where it is slowest.
  const double t = 0.3, pi = 3.14159265358979323846;
  double other = 0;
  for (int k = 1; k < 40; k += 2) other += std::exp(-k * k * pi * pi / (8 * t * t));
  EXPECT_NEAR(ks_limit_p({t, 0, 2, 2}), 1 - std::sqrt(2 * pi) / t * other, 1e-13);
}

TEST(kolmogorov_smirnov, a_weight_is_a_repetition) {
  std::mt19937 random(15);
  for (int trial = 0; trial < 50; ++trial) {
    reals x, y;
    counts xs, ys;
    for (int i = 0; i < 7; ++i) {
      x.push_back(static_cast<double>(random() % 6));
      y.push_back(static_cast<double>(random() % 6));
      xs.push_back(static_cast<std::uint32_t>(1 + random() % 2));
      ys.push_back(static_cast<std::uint32_t>(i == 0 ? 1 : random() % 3));
    }
    const auto weighted = kolmogorov_smirnov(x, y, xs, ys);
    const auto repeated = kolmogorov_smirnov(reference::repeated(x, xs), reference::repeated(y, ys));
    EXPECT_EQ(weighted->steps, repeated->steps);
    EXPECT_EQ(weighted->value, repeated->value);
  }
}

TEST(kolmogorov_smirnov, is_empty_without_numbers_on_both_sides) {
  EXPECT_FALSE(kolmogorov_smirnov({}, reals{1}));
  EXPECT_FALSE(kolmogorov_smirnov(reals{1}, {}));
  EXPECT_FALSE(kolmogorov_smirnov(reals{1}, reals{1}, counts{0}));
  EXPECT_FALSE(kolmogorov_smirnov(reals{1}, reals{std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_REFUSED(kolmogorov_smirnov(reals{1}, reals{1}, counts{1, 1}));
}

}  // namespace kolmogorov_smirnov_test
