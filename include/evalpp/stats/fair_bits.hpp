// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// Whether each trial of a randomization test exchanges the two systems' rows of an example: 0 or 1 with
/// equal chance, from the seed, the example's key (see `resampling_key`) and the trial's number, and from
/// nothing else. The twin of `poisson_weights`: no coordination between threads or ranks, and the same bits
/// everywhere. O(1).
class fair_bits {
 public:
  /// Trials come in blocks, numbered from 0.
  static constexpr std::size_t block_size = poisson_weights::block_size;
  static constexpr std::uint8_t max_weight = 1;

  /// Of one seed the bits have nothing to do with the weights of a bootstrap.
  constexpr explicit fair_bits(std::uint64_t seed) noexcept : seed_(mix64(~seed)) {}

  /// The bit of the example with this key in one trial.
  constexpr std::uint8_t operator()(std::uint64_t key, std::uint64_t trial) const noexcept {
    return static_cast<std::uint8_t>(word(mix64(seed_ ^ key), trial / 64) >> (trial % 64) & 1);
  }

  /// Its bits in the `block_size` trials of one block.
  EVALPP_ALWAYS_INLINE void block(std::uint64_t key, std::uint64_t number,
                                  std::uint8_t* bits) const noexcept {
    const std::uint64_t stream = mix64(seed_ ^ key);
    for (std::size_t j = 0; j < block_size / 64; ++j) {
      const std::uint64_t random = word(stream, number * (block_size / 64) + j);
      for (std::size_t q = 0; q < 64; ++q) bits[64 * j + q] = static_cast<std::uint8_t>(random >> q & 1);
    }
  }

 private:
  static constexpr std::uint64_t word(std::uint64_t stream, std::uint64_t number) noexcept {
    return mix64(stream + (number + 1) * 0x9e3779b97f4a7c15u);
  }

  std::uint64_t seed_;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
