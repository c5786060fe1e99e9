// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// `a * b` folded to 64 bits: every bit of both reaches every bit of the result.
constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
  const std::uint64_t ah = a >> 32, al = a & 0xffffffffu, bh = b >> 32, bl = b & 0xffffffffu;
  const std::uint64_t mid = ah * bl + ((al * bl) >> 32);
  const std::uint64_t mid2 = al * bh + (mid & 0xffffffffu);
  return (a * b) ^ (ah * bh + (mid >> 32) + (mid2 >> 32));
#endif
}

}  // namespace evalpp::inline EVALPP_ABI::detail
