// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// A number between `least` and `most` by inversion, from the mode outwards, where its chance is known.
/// `up(i)` is the chance of i + 1 over that of i, `down(i)` that of i - 1. O(standard deviation), to the
/// rounding of a double.
template <class Draws, class Up, class Down>
std::int64_t draw_from_mode(Draws& draws, std::int64_t mode, strict at_mode, std::int64_t least,
                            std::int64_t most, const Up& up, const Down& down) {
  const std::uint32_t high = draws.below(1u << 26), low = draws.below(1u << 27);
  strict left = (real(high) * 0x1p27 + real(low)) * 0x1p-53;
  if (left < at_mode) return mode;
  left -= at_mode;
  strict above = at_mode, below = at_mode;
  for (std::int64_t i = mode, j = mode; (i < most || j > least) && above + below > 1e-18;) {
    if (i < most) {
      above *= up(i);
      ++i;
      if (left < above) return i;
      left -= above;
    } else {
      above = 0;
    }
    if (j > least) {
      below *= down(j);
      --j;
      if (left < below) return j;
      left -= below;
    } else {
      below = 0;
    }
  }
  return mode;  // what rounding left over
}

/// Up to so many items are drawn one by one, in whole numbers.
inline constexpr std::int64_t few_items = 24;

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
