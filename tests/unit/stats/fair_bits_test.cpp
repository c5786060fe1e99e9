// SPDX-License-Identifier: MIT
#include <evalpp/stats/fair_bits.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace fair_bits_test {

using evalpp::stats::fair_bits;
using evalpp::stats::mix64;

TEST(fair_bits, come_in_blocks_as_they_come_alone) {
  const fair_bits bits(7);
  std::uint8_t block[fair_bits::block_size];
  for (std::uint64_t key = 0; key < 5; ++key)
    for (std::uint64_t number = 0; number < 3; ++number) {
      bits.block(key, number, block);
      for (std::size_t t = 0; t < fair_bits::block_size; ++t)
        ASSERT_EQ(block[t], bits(key, number * fair_bits::block_size + t)) << key << ' ' << t;
    }
}

// Each share is within five standard errors of a half: of one trial, of one example, of neighbours that
// agree.
TEST(fair_bits, are_fair_and_independent) {
  constexpr std::size_t n = 2000;
  const fair_bits bits(12345), other(12346);
  std::size_t ones = 0, next_trial = 0, next_key = 0, other_seed = 0;
  for (std::uint64_t i = 0; i < n; ++i)
    for (std::uint64_t t = 0; t < n; ++t) {
      const auto here = bits(mix64(i), t);
      ones += here;
      next_trial += here == bits(mix64(i), t + 1);
      next_key += here == bits(mix64(i + 1), t);
      other_seed += here == other(mix64(i), t);
    }
  constexpr double half = n * n / 2.0, error = 1000;  // sqrt(n * n / 4)
  for (const std::size_t count : {ones, next_trial, next_key, other_seed})
    EXPECT_NEAR(static_cast<double>(count), half, 5 * error);
}

}  // namespace fair_bits_test
