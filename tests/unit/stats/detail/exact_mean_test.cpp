// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/exact_mean.hpp>

#include <evalpp/stats/poisson_weights.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exact_mean_test {

using evalpp::stats::detail::exact_mean;

TEST(exact_mean, loses_nothing_of_the_sum) {
  EXPECT_EQ(exact_mean(std::vector<double>{1e16, 1, -1e16}), 1.0 / 3);
  EXPECT_EQ(exact_mean(std::vector<double>{1e300, 1e-300, -1e300, 3e-300}), 1e-300);
  EXPECT_EQ(exact_mean(std::vector<double>{0.1, 0.1, 0.1}), 0.1);  // the sum in doubles is above 0.3
}

// Whole numbers of units of 2^-40, whose sum and quotient 64-bit integers tell: the oracle rounds the
// remainder of an integer division.
TEST(exact_mean, is_rounded_once) {
  for (std::uint64_t trial = 0; trial < 2000; ++trial) {
    const std::size_t n = evalpp::stats::mix64(trial) % 30 + 1;
    std::vector<double> values;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const auto units = static_cast<std::int64_t>(evalpp::stats::mix64(trial * 100 + i) >> 9);  // 55 bits
      const auto held = static_cast<std::int64_t>(static_cast<double>(units));
      values.push_back(std::ldexp(static_cast<double>(held), -40));
      sum += held;
    }
    const auto divisor = static_cast<std::int64_t>(n);
    const double found = exact_mean(values);
    // Nearest: no neighbour lies closer to sum / n. Compared in integers, times 2n and in units of 2^-50.
    const auto scaled = [](double v) { return static_cast<std::int64_t>(std::ldexp(v, 40)); };
    const double rest = std::ldexp(found, 40) - static_cast<double>(scaled(found));
    const std::int64_t whole = sum - scaled(found) * divisor;
    const double off = std::abs(static_cast<double>(whole) - rest * static_cast<double>(n));
    const double ulp = std::nextafter(std::ldexp(found, 40), 1e300) - std::ldexp(found, 40);
    EXPECT_LE(off, ulp / 2 * static_cast<double>(n)) << trial;
  }
}

TEST(exact_mean, of_nothing_is_nan) { EXPECT_TRUE(evalpp::detail::is_nan(exact_mean({}))); }
TEST(exact_mean, of_one_number_is_that) { EXPECT_EQ(exact_mean(std::vector<double>{0.3}), 0.3); }

}  // namespace exact_mean_test
