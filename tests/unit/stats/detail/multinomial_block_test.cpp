// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/multinomial_block.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace multinomial_block_test {

namespace stats = evalpp::stats;
using stats::detail::drawn_times;
using stats::detail::multinomial_block;

TEST(drawn_times, gives_back_by_row_what_came_by_replicate) {
  for (const std::size_t n : {1u, 63u, 64u, 65u, 200u}) {
    drawn_times times(n);
    const auto expected = [](std::size_t b, std::size_t row) {
      return static_cast<std::uint8_t>(stats::mix64(1000 * b + row) % 8);
    };
    for (std::size_t b = 0; b < 256; ++b) {
      std::vector<std::uint8_t> of_one;
      for (std::size_t row = 0; row < n; ++row) of_one.push_back(expected(b, row));
      times.set(b, of_one);
    }
    for (std::size_t row = 0; row < n; ++row) {
      std::uint8_t weights[256];
      times.block(row, 0, weights);
      for (std::size_t b = 0; b < 256; ++b) ASSERT_EQ(weights[b], expected(b, row)) << n;
    }
  }
}

// One stratum after the other, each as many rows as it has, from one stream for each replicate.
TEST(multinomial_block, adds_what_each_stratum_draws) {
  const std::vector<std::int64_t> first{1, -10, 100, 1 << 20},
      second{7, 3};  // two rows of two lanes, and one
  multinomial_block block(3, 512, 2);
  block.add(first.data(), 2);
  block.add(second.data(), 1);
  for (std::size_t b = 0; b < 256; ++b) {
    stats::multinomial_draws draws(3, 512 + b);
    std::int64_t expected[2] = {7, 3};
    for (int i = 0; i < 2; ++i) {
      const std::size_t row = draws.below(2);
      for (std::size_t k = 0; k < 2; ++k) expected[k] += first[2 * row + k];
    }
    std::int64_t found[2];
    block.copy_sum(b, found);
    EXPECT_EQ(found[0], expected[0]);
    EXPECT_EQ(found[1], expected[1]);
  }
}

}  // namespace multinomial_block_test
