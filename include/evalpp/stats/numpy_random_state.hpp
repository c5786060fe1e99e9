// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// The stream of `numpy.random.seed(seed)`, bit for bit: MT19937 (Matsumoto and Nishimura 1998). rouge_score
/// draws from it. For parity with what others have published.
class numpy_random_state {
 public:
  explicit constexpr numpy_random_state(std::uint32_t seed) noexcept {
    state_[0] = seed;
    for (std::uint32_t i = 1; i < size; ++i)
      state_[i] = 1812433253u * (state_[i - 1] ^ state_[i - 1] >> 30) + i;
  }

  constexpr std::uint32_t next32() noexcept {
    if (at_ == size) refill();
    std::uint32_t y = state_[at_++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
  }
  /// `randint(n)` and `choice(n)`: a number below n, each as likely: as many bits as n - 1 has, drawn until
  /// they are below n. Draws nothing for n < 2.
  constexpr std::uint32_t below(std::uint32_t n) noexcept {
    if (n < 2) return 0;
    const std::uint32_t mask = 0xffffffffu >> std::countl_zero(n - 1);
    std::uint32_t drawn = next32() & mask;
    while (drawn >= n) drawn = next32() & mask;
    return drawn;
  }

 private:
  static constexpr std::size_t size = 624;

  constexpr void refill() noexcept {
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t y = (state_[i] & 0x80000000u) | (state_[(i + 1) % size] & 0x7fffffffu);
      state_[i] = state_[(i + 397) % size] ^ y >> 1 ^ ((y & 1) != 0 ? 0x9908b0dfu : 0u);
    }
    at_ = 0;
  }

  std::array<std::uint32_t, size> state_{};
  std::size_t at_ = size;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
