// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/bounded.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bounded_test {

using evalpp::stats::detail::bounded;

// Of 2^32 numbers 3 * 2^30 leave 2^30 over: those whose product has a low half below 2^30 are drawn anew.
TEST(bounded, draws_anew_what_would_favour_some) {
  const std::vector<std::uint32_t> bits{0, 4, 1, 5};
  std::size_t at = 0;
  const auto next = [&] { return bits[at++]; };
  EXPECT_EQ(bounded(3u << 30, next), 0u);  // 0 gives the product 0, 4 that of 3 * 2^32, and 1 one of 3 * 2^30
  EXPECT_EQ(at, 3u);
  EXPECT_EQ(bounded(3u << 30, next), 3u);  // 15 * 2^30
  EXPECT_EQ(at, 4u);
}

// With bits that differ in the upper 16 only, powers of two are hit as often each.
TEST(bounded, covers_the_range_evenly) {
  for (const std::uint32_t n : {2u, 4u, 256u}) {
    std::vector<int> counts(n);
    for (std::uint32_t high = 0; high < 65'536; ++high) ++counts[bounded(n, [&] { return high << 16; })];
    for (const int count : counts) EXPECT_EQ(count, static_cast<int>(65'536 / n));
  }
}

TEST(bounded, draws_nothing_where_there_is_no_choice) {
  bool drawn = false;
  const auto next = [&] { return drawn = true, 0u; };
  EXPECT_EQ(bounded(0, next), 0u);
  EXPECT_EQ(bounded(1, next), 0u);
  EXPECT_FALSE(drawn);
}

}  // namespace bounded_test
