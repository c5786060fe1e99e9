// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// `a + b` modulo 2^64. Counts never come near the end of the range, but a table may have been read from
/// anybody's file, and a signed overflow is undefined.
constexpr std::int64_t wrapping_sum(std::int64_t a, std::int64_t b) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
/// `a * b` modulo 2^64.
constexpr std::int64_t wrapping_product(std::int64_t a, std::int64_t b) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

}  // namespace evalpp::inline EVALPP_ABI::detail
