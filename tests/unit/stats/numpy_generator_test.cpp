// SPDX-License-Identifier: MIT
#include <evalpp/stats/numpy_generator.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

namespace numpy_generator_test {

using evalpp::stats::numpy_coins;
using evalpp::stats::numpy_generator;

// numpy.random.default_rng(12345).random(), as text.md states it. The whole stream, integers and coins
// included, is held to sacreBLEU's figures in tests/golden/sacrebleu_bootstrap_test.cpp.
TEST(numpy_generator, begins_as_numpy_does) {
  numpy_generator stream(12345);
  EXPECT_EQ(static_cast<double>(stream.next64() >> 11) * 0x1p-53, 0.22733602246716966);
}

TEST(numpy_generator, gives_both_halves_of_a_word_the_lower_one_first) {
  numpy_generator words(7), halves(7);
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t word = words.next64();
    EXPECT_EQ(halves.next32(), static_cast<std::uint32_t>(word));
    EXPECT_EQ(halves.next32(), static_cast<std::uint32_t>(word >> 32));
  }
}

TEST(numpy_generator, keeps_half_a_word_while_whole_ones_are_drawn) {
  numpy_generator words(7), mixed(7);
  const std::uint64_t first = words.next64(), second = words.next64();
  EXPECT_EQ(mixed.next32(), static_cast<std::uint32_t>(first));
  EXPECT_EQ(mixed.next64(), second);
  EXPECT_EQ(mixed.next32(), static_cast<std::uint32_t>(first >> 32));
}

TEST(numpy_generator, draws_integers_by_multiplying) {
  numpy_generator drawn(3), bits(3);
  for (int i = 0; i < 1000; ++i) {
    // Of 2^32 numbers 10 leave 6 over, which are drawn again: not once in these.
    const std::uint64_t product = std::uint64_t{bits.next32()} * 10;
    EXPECT_EQ(drawn.below(10), product >> 32);
  }
}

// n = 3 * 2^30 rejects one number in four: the counts of the three thirds would show the bias.
TEST(numpy_generator, draws_each_integer_as_often) {
  numpy_generator stream(1);
  std::array<int, 3> counts{};
  for (int i = 0; i < 30'000; ++i) ++counts[stream.below(3u << 30) >> 30];
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 5 * 82);  // five standard errors
}

TEST(numpy_generator, draws_nothing_where_there_is_no_choice) {
  numpy_generator drawn(3), untouched(3);
  EXPECT_EQ(drawn.below(1), 0u);
  EXPECT_EQ(drawn.below(0), 0u);
  EXPECT_EQ(drawn.next64(), untouched.next64());
}

TEST(numpy_generator, differs_by_every_bit_of_the_seed) {
  const std::uint64_t first = numpy_generator(0).next64();
  for (int bit = 0; bit < 64; ++bit) EXPECT_NE(numpy_generator(std::uint64_t{1} << bit).next64(), first);
}

TEST(numpy_coins, are_bits_from_the_lowest_and_lose_what_is_left) {
  numpy_generator stream(5), bits(5);
  const std::uint32_t first = bits.next32(), second = bits.next32(), third = bits.next32();
  {
    numpy_coins coins(stream);
    for (int i = 0; i < 32; ++i) EXPECT_EQ(coins.next(), (first >> i & 1) != 0);
    EXPECT_EQ(coins.next(), (second & 1) != 0);
  }
  EXPECT_EQ(stream.next32(), third);
}

}  // namespace numpy_generator_test
