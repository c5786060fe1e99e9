// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// A number below n from 32 random bits, each exactly as likely; bits that would favour some are drawn anew.
/// Draws nothing for n < 2. D. Lemire, Fast Random Integer Generation in an Interval, 2019.
template <class Next32>
constexpr std::uint32_t bounded(std::uint32_t n, Next32&& next32) noexcept {
  if (n < 2) return 0;
  std::uint64_t product = std::uint64_t{next32()} * n;
  if (static_cast<std::uint32_t>(product) < n) {
    const std::uint32_t threshold = (0u - n) % n;
    while (static_cast<std::uint32_t>(product) < threshold) product = std::uint64_t{next32()} * n;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
