// SPDX-License-Identifier: MIT
#include <evalpp/stats/multinomial_draws.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <set>

namespace multinomial_draws_test {

using evalpp::stats::mix64;
using evalpp::stats::multinomial_draws;

TEST(multinomial_draws, are_halves_of_a_counter_s_words_times_n) {
  multinomial_draws draws(5, 7);
  std::uint64_t state = mix64(mix64(5) ^ 7);
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t word = mix64(state += 0x9e3779b97f4a7c15u);
    EXPECT_EQ(draws.below(1000), (word & 0xffffffffu) * 1000 >> 32);
    EXPECT_EQ(draws.below(1000), (word >> 32) * 1000 >> 32);
  }
}

// n = 3 * 2^30 rejects one number in four: without that, one third would come twice as often as the others.
TEST(multinomial_draws, are_unbiased) {
  std::array<int, 3> counts{};
  multinomial_draws draws(1, 1);
  for (int i = 0; i < 30'000; ++i) ++counts[draws.below(3u << 30) >> 30];
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 5 * 82);  // five standard errors
}

TEST(multinomial_draws, differ_by_seed_and_by_replicate) {
  std::set<std::uint32_t> firsts;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (std::uint64_t replicate = 0; replicate < 20; ++replicate)
      firsts.insert(multinomial_draws(seed, replicate).below(0xffffffffu));
  EXPECT_EQ(firsts.size(), 400u);
}

TEST(multinomial_draws, draw_nothing_where_there_is_no_choice) {
  multinomial_draws draws(1, 2), untouched(1, 2);
  EXPECT_EQ(draws.below(1), 0u);
  EXPECT_EQ(draws.below(0), 0u);
  EXPECT_EQ(draws.below(77), untouched.below(77));
}

}  // namespace multinomial_draws_test
