// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/numpy_mean.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace numpy_mean_test {

using evalpp::stats::detail::numpy_mean;
using evalpp::stats::detail::numpy_sum;

TEST(numpy_mean, of_whole_numbers_is_exact_for_any_length) {
  for (std::size_t n = 1; n < 700; ++n) {
    std::vector<double> values;
    for (std::size_t i = 1; i <= n; ++i) values.push_back(static_cast<double>(i));
    const double sum = static_cast<double>(n) * static_cast<double>(n + 1) / 2;
    EXPECT_EQ(numpy_sum(values).value(), sum) << n;
    EXPECT_EQ(numpy_mean(values), sum / static_cast<double>(n)) << n;
  }
}

// 2^53 and ones: which ones are lost tells in which order numbers were added.
TEST(numpy_mean, adds_in_eight_running_sums) {
  std::vector<double> values(16, 1.0);
  values[0] = 0x1p53;  // takes the one of its own column, 8 later, and loses it
  EXPECT_EQ(numpy_sum(values).value(), 0x1p53 + 14);
  std::vector<double> few(7, 1.0);
  few[0] = 0x1p53;  // loses all six
  EXPECT_EQ(numpy_sum(few).value(), 0x1p53);
}

TEST(numpy_mean, halves_what_is_longer_than_128) {
  std::vector<double> values(256, 0.0);
  values[0] = 0x1p53, values[8] = 1, values[128] = 1, values[136] = 1;
  EXPECT_EQ(numpy_sum(values).value(), 0x1p53 + 2);  // the second half adds its ones up first
}

TEST(numpy_mean, of_nothing_is_nan) { EXPECT_TRUE(evalpp::detail::is_nan(numpy_mean({}))); }

}  // namespace numpy_mean_test
