// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::stats {

/// The finaliser of SplitMix64 (Steele et al. 2014): a bijection whose bits all depend on all of `z`.
constexpr std::uint64_t mix64(std::uint64_t z) noexcept {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/// The key by which an example, or a cluster of them, is drawn: equal ids are drawn together wherever
/// they occur, in another system's run or another year's. Part of the format of saved replicates: the
/// 64-bit FNV-1a hash of the id's bytes, mixed. A row without an id goes by its number, in decimal.
constexpr std::uint64_t resampling_key(std::string_view id) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return mix64(hash);
}

/// How often each replicate of a bootstrap draws an example: a number from 0 to 5 that depends on the seed,
/// the example's key and the replicate's number, and on nothing else. So resampling needs no coordination
/// between threads, ranks or runs, reads every row once, and pairs what shares ids.
///
/// The distribution is Poisson's with mean 1, to the precision of one random byte: mean and variance are
/// 1 exactly, the third raw moment is 5.008 (Poisson: 5). O(1); see Hanley and MacGibbon 2006 and
/// Chamandy et al. 2012 for the Poisson bootstrap.
class poisson_weights {
 public:
  /// Replicates come in blocks, numbered from 0.
  static constexpr std::size_t block_size = 256;
  static constexpr std::uint8_t max_weight = 5;

  constexpr explicit poisson_weights(std::uint64_t seed) noexcept : seed_(mix64(seed)) {}

  /// The weight of the example with this key in one replicate.
  constexpr std::uint8_t operator()(std::uint64_t key, std::uint64_t replicate) const noexcept {
    const std::uint64_t bytes = word(mix64(seed_ ^ key), replicate / 8);
    return weight_of(static_cast<std::uint8_t>(bytes >> (8 * (replicate % 8))));
  }

  /// Its weights in the `block_size` replicates of one block.
  EVALPP_ALWAYS_INLINE void block(std::uint64_t key, std::uint64_t number,
                                  std::uint8_t* weights) const noexcept {
    const std::uint64_t stream = mix64(seed_ ^ key);
    for (std::size_t j = 0; j < block_size / 8; ++j) {
      std::uint64_t bytes = word(stream, number * (block_size / 8) + j);
      if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(weights + 8 * j, &bytes, 8);
      } else {
        for (std::size_t q = 0; q < 8; ++q, bytes >>= 8)
          weights[8 * j + q] = static_cast<std::uint8_t>(bytes);
      }
    }
    for (std::size_t b = 0; b < block_size; ++b) weights[b] = weight_of(weights[b]);
  }

 private:
  static constexpr std::uint64_t word(std::uint64_t stream, std::uint64_t number) noexcept {
    return mix64(stream + (number + 1) * 0x9e3779b97f4a7c15u);
  }
  // Of 256 bytes 94 give 0, 94 give 1, then 49, 13, 5 and 1.
  static constexpr std::uint8_t weight_of(std::uint8_t byte) noexcept {
    return static_cast<std::uint8_t>((byte >= 94) + (byte >= 188) + (byte >= 237) + (byte >= 250) +
                                     (byte >= 255));
  }

  std::uint64_t seed_;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
