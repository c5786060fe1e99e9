// SPDX-License-Identifier: MIT
#include <evalpp/stats/numpy_random_state.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>

namespace numpy_random_state_test {

using evalpp::stats::numpy_random_state;

// The C++ standard's requirement on mt19937: the 10000th number from its default seed.
TEST(numpy_random_state, is_mt19937) {
  numpy_random_state stream(5489);
  std::uint32_t last = 0;
  for (int i = 0; i < 10'000; ++i) last = stream.next32();
  EXPECT_EQ(last, 4123659995u);
}

TEST(numpy_random_state, is_the_standard_library_s_for_other_seeds) {
  for (const std::uint32_t seed : {0u, 12345u, 0xffffffffu}) {
    numpy_random_state stream(seed);
    std::mt19937 standard(seed);
    for (int i = 0; i < 1300; ++i) ASSERT_EQ(stream.next32(), standard()) << seed;
  }
}

TEST(numpy_random_state, draws_integers_by_masking) {
  numpy_random_state drawn(12345), bits(12345);
  for (int i = 0; i < 1000; ++i) {
    std::uint32_t expected = bits.next32() % 1024;
    while (expected > 599) expected = bits.next32() % 1024;
    EXPECT_EQ(drawn.below(600), expected);
  }
}

TEST(numpy_random_state, reaches_every_integer_of_a_power_of_two) {
  numpy_random_state stream(1);
  std::array<int, 8> counts{};
  for (int i = 0; i < 8000; ++i) ++counts[stream.below(8)];
  for (const int count : counts) EXPECT_NEAR(count, 1000, 5 * 30);  // five standard errors
}

TEST(numpy_random_state, draws_nothing_where_there_is_no_choice) {
  numpy_random_state drawn(3), untouched(3);
  EXPECT_EQ(drawn.below(1), 0u);
  EXPECT_EQ(drawn.below(0), 0u);
  EXPECT_EQ(drawn.next32(), untouched.next32());
}

}  // namespace numpy_random_state_test
