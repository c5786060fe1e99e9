// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <cstddef>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats::detail {

// NumPy's sum of an array: halves down to blocks of at most 128 numbers, eight running sums in each. The
// recursion is as deep as the logarithm of the length.
inline strict numpy_sum(std::span<const double> values) noexcept {
  const std::size_t n = values.size();
  if (n < 8) {
    strict sum = 0;
    for (const double v : values) sum += v;
    return sum;
  }
  if (n > 128) {
    const std::size_t half = n / 2 / 8 * 8;
    return numpy_sum(values.first(half)) + numpy_sum(values.subspan(half));
  }
  strict part[8];
  for (std::size_t j = 0; j < 8; ++j) part[j] = values[j];
  std::size_t i = 8;
  for (; i + 8 <= n; i += 8)
    for (std::size_t j = 0; j < 8; ++j) part[j] += values[i + j];
  strict sum = ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
  for (; i < n; ++i) sum += values[i];
  return sum;
}

/// `numpy.mean` of an array, bit for bit; NaN for none.
inline double numpy_mean(std::span<const double> values) noexcept {
  return values.empty() ? nan : (numpy_sum(values) / real(values.size())).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
