// SPDX-License-Identifier: MIT
#include <evalpp/stats/poisson_weights.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace poisson_weights_test {

namespace stats = evalpp::stats;

// The first outputs of SplitMix64 from seed 0 (Steele et al. 2014; also in the golden file).
TEST(mix64, is_the_finaliser_of_splitmix64) {
  std::uint64_t state = 0;
  for (const std::uint64_t expected : {16294208416658607535u, 7960286522194355700u, 487617019471545679u}) {
    state += 0x9e3779b97f4a7c15u;
    EXPECT_EQ(stats::mix64(state), expected);
  }
}

// The published vectors of FNV-1a, 64 bits.
TEST(resampling_key, mixes_the_fnv_hash_of_the_bytes) {
  EXPECT_EQ(stats::resampling_key(""), stats::mix64(0xcbf29ce484222325u));
  EXPECT_EQ(stats::resampling_key("a"), stats::mix64(0xaf63dc4c8601ec8cu));
  EXPECT_EQ(stats::resampling_key("foobar"), stats::mix64(0x85944171f73967e8u));
  EXPECT_NE(stats::resampling_key(std::string("a\0", 2)), stats::resampling_key("a"));
}

TEST(poisson_weights, a_block_is_its_replicates) {
  const stats::poisson_weights weights(12345);
  std::array<std::uint8_t, stats::poisson_weights::block_size> block{};
  for (const std::uint64_t key : {0u, 1u, 42u})
    for (const std::uint64_t number : {0u, 1u, 39u}) {
      weights.block(key, number, block.data());
      for (std::size_t b = 0; b < block.size(); ++b)
        ASSERT_EQ(block[b], weights(key, number * block.size() + b)) << key << ' ' << number << ' ' << b;
    }
}

// Mean and variance 1, third raw moment 5.0078: by definition of the weights, here to the precision of a
// sample.
TEST(poisson_weights, have_the_moments_of_a_poisson_variable) {
  const stats::poisson_weights weights(7);
  double sum = 0, square = 0, cube = 0;
  constexpr std::uint64_t keys = 400, replicates = 1024;
  for (std::uint64_t key = 0; key < keys; ++key)
    for (std::uint64_t b = 0; b < replicates; ++b) {
      const double w = weights(key, b);
      EXPECT_LE(w, stats::poisson_weights::max_weight);
      sum += w;
      square += w * w;
      cube += w * w * w;
    }
  constexpr double n = keys * replicates;
  EXPECT_NEAR(sum / n, 1, 0.008);
  EXPECT_NEAR(square / n, 2, 0.025);
  EXPECT_NEAR(cube / n, 5.0078, 0.12);
}

TEST(poisson_weights, depend_on_seed_key_and_replicate) {
  const stats::poisson_weights one(1), two(2);
  int seeds = 0, keys = 0;
  for (std::uint64_t b = 0; b < 256; ++b) {
    seeds += one(5, b) != two(5, b);
    keys += one(5, b) != one(6, b);
  }
  EXPECT_GT(seeds, 100);
  EXPECT_GT(keys, 100);
}

}  // namespace poisson_weights_test
