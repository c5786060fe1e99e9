// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>
#include <cstddef>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// A sample in a few numbers. What n does not allow is NaN: everything for none, `sd` and `se` for one,
/// `skew` where nothing varies; and everything when a value is NaN or infinite.
struct moments {
  std::size_t n = 0;
  double mean = detail::nan;
  double sd = detail::nan;    ///< standard deviation, n - 1 in the denominator
  double se = detail::nan;    ///< standard error of the mean, sd / sqrt(n)
  double skew = detail::nan;  ///< third central moment over the second to 3/2, n in both denominators
  double n_eff =
      detail::nan;  ///< (sum of d^2)^2 / sum of d^4: how many values carry the variance; n/3 if normal
};

/// Two passes over the values, a third for the rounding of the mean; the same bits for the same order.
inline moments moments_of(std::span<const double> x) noexcept {
  using detail::strict;
  moments out;
  out.n = x.size();
  if (x.empty()) return out;
  const strict n = detail::real(x.size());
  strict sum = 0;
  for (const double v : x) {
    if (!detail::is_finite(v)) return out;
    sum += v;
  }
  strict mean = sum / n;
  strict rest = 0;
  for (const double v : x) rest += v - mean;
  mean += rest / n;
  // Equal values have that value for their mean, whatever rounding says, and no spread.
  const auto [least, most] = std::minmax_element(x.begin(), x.end());
  mean = (std::min)((std::max)(mean, strict(*least)), strict(*most));
  if (!detail::is_finite(mean.value())) return out;
  out.mean = mean.value();
  if (x.size() < 2) return out;
  strict second = 0, third = 0, fourth = 0;
  for (const double v : x) {
    const strict d = v - mean;
    const strict d2 = d * d;
    second += d2;
    third += d2 * d;
    fourth += d2 * d2;
  }
  out.sd = sqrt(second / (n - 1)).value();
  out.se = sqrt(second / (n - 1) / n).value();
  if (second > 0) out.skew = (third / n / (second / n * sqrt(second / n))).value();
  if (fourth > 0) out.n_eff = (second * second / fourth).value();
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
