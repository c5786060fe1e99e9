// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/bounded.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// The draws of one replicate of the textbook bootstrap: independent numbers below n, each exactly as likely.
/// They depend on the seed and the replicate's number and on nothing else, so replicates can be made in any
/// order, on any thread. SplitMix64 as a counter: 64 bits at a time, the lower half first.
class multinomial_draws {
 public:
  constexpr multinomial_draws(std::uint64_t seed, std::uint64_t replicate) noexcept
      : state_(mix64(mix64(seed) ^ replicate)) {}

  /// A number below n; 0 without drawing for n < 2.
  constexpr std::uint32_t below(std::uint32_t n) noexcept {
    return detail::bounded(n, [this] { return next32(); });
  }

 private:
  constexpr std::uint32_t next32() noexcept {
    held_ = !held_;
    if (!held_) return upper_;
    state_ += 0x9e3779b97f4a7c15u;
    const std::uint64_t both = mix64(state_);
    upper_ = static_cast<std::uint32_t>(both >> 32);
    return static_cast<std::uint32_t>(both);
  }

  std::uint64_t state_;
  std::uint32_t upper_ = 0;
  bool held_ = false;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
