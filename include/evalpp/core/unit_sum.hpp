// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <algorithm>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI {

/// An exact sum of numbers in 0..1, in two lanes: units of 2^-32, and of 2^-64.
///
/// One number comes back as it went in, bit for bit above 2^-11 and within 2^-65 below, and sums
/// of any number of them in any order are equal: a mean of F-measures obeys the same laws as a
/// count. Holds up to 2^31 numbers.
struct unit_sum {
  std::int64_t units;     ///< 2^-32 each
  std::int64_t subunits;  ///< 2^-64 each

  /// `x` outside 0..1 is clamped, NaN counts as 0.
  static unit_sum of(double x) noexcept {
    if (detail::is_nan(x)) return {0, 0};
    const double share = (std::min)((std::max)(x, 0.0), 1.0);  // often 1: no branch
    const double scaled = detail::keep(share * 4294967296.0);  // exact: a power of two
    const auto whole = static_cast<std::int64_t>(scaled);
    const double rest = detail::keep(scaled - static_cast<double>(whole));  // exact: a tail of the bits
    return {whole, static_cast<std::int64_t>(detail::keep(detail::keep(rest * 4294967296.0) + 0.5))};
  }

  /// The sum, as a double.
  double value() const noexcept {
    const std::int64_t carried = units + (subunits >> 32);
    const double low = detail::keep(static_cast<double>(subunits & 0xffffffff) * 0x1p-64);
    return detail::keep(detail::keep(static_cast<double>(carried) * 0x1p-32) + low);
  }

  /// The mean over `n` numbers; 0 when there are none.
  double mean(std::int64_t n) const noexcept {
    return n == 0 ? 0.0 : detail::keep(value() / detail::keep(static_cast<double>(n)));
  }
};

}  // namespace evalpp::inline EVALPP_ABI
