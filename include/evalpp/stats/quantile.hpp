// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

// Quantiles of a sample. All take the values in ascending order, without NaN; of no values, or for p outside
// 0..1, a quantile is NaN. O(1) unless said otherwise.
namespace evalpp::inline EVALPP_ABI::stats {

/// Between which values a quantile lies; the numbers are those of Hyndman and Fan 1996 and of R.
enum class quantile_rule {
  inverse_cdf = 1,  ///< a value of the sample, the first with at least p of the values up to it
  hazen = 5,        ///< linear, value i at (i - 1/2) / n
  weibull = 6,      ///< linear, value i at i / (n + 1): what bootstrap intervals take
  linear = 7,       ///< linear, value i at (i - 1) / (n - 1): the default of R and NumPy
};

inline double quantile(std::span<const double> sorted, double p,
                       quantile_rule rule = quantile_rule::linear) noexcept {
  using detail::strict;
  if (sorted.empty() || detail::is_nan(p) || p < 0 || p > 1) return detail::nan;
  const strict n = detail::real(sorted.size());
  strict at = 0;  // the place, counted from 1
  switch (rule) {
    case quantile_rule::inverse_cdf:
      // What rounding made of a whole number is one.
      at = detail::keep(std::ceil((n * p * (1 - strict(9e-16))).value()));
      break;
    case quantile_rule::hazen:
      at = n * p + 0.5;
      break;
    case quantile_rule::weibull:
      at = (n + 1) * p;
      break;
    case quantile_rule::linear:
      at = (n - 1) * p + 1;
      break;
  }
  if (at <= 1) return sorted.front();
  if (at >= n) return sorted.back();
  const strict whole = detail::keep(std::floor(at.value()));
  const std::size_t i = static_cast<std::size_t>(whole.value());  // of the value above
  const strict part = at - whole;
  if (part == 0) return sorted[i - 1];
  return (sorted[i - 1] + part * (strict(sorted[i]) - sorted[i - 1])).value();
}

/// Type 6, interpolated on the scale of the normal distribution, as boot.ci of R's package boot does.
/// A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application, 1997, equation 5.8.
inline double normal_scale_quantile(std::span<const double> sorted, double p) noexcept {
  using detail::strict;
  if (sorted.empty() || detail::is_nan(p) || p < 0 || p > 1) return detail::nan;
  const strict n = detail::real(sorted.size());
  const strict at = (n + 1) * p;
  if (at <= 1) return sorted.front();
  if (at >= n) return sorted.back();
  const strict whole = detail::keep(std::floor(at.value()));
  const std::size_t i = static_cast<std::size_t>(whole.value());
  if (at == whole) return sorted[i - 1];
  const strict below = normal_quantile((whole / (n + 1)).value());
  const strict above = normal_quantile(((whole + 1) / (n + 1)).value());
  const strict part = (normal_quantile(p) - below) / (above - below);
  return (sorted[i - 1] + part * (strict(sorted[i]) - sorted[i - 1])).value();
}

/// The interval between two values of the sample that holds the p-quantile of its distribution with at least
/// the level, whatever the distribution: at most half of 1 - level lies on either side, by the binomial. An
/// end that no value can give is infinite, and then the interval is too_few. No values, a p that is not
/// inside 0..1: undefined; both ends equal: degenerate. O(log n) binomial tails.
inline interval quantile_interval(std::span<const double> sorted, double p, double level = 0.95) noexcept {
  if (sorted.empty() || !detail::is_level(level) || detail::is_nan(p) || p <= 0 || p >= 1) {
    return no_interval(level, interval_status::undefined);
  }
  const auto n = static_cast<std::int64_t>(sorted.size());
  const double tail = ((1 - detail::strict(level)) * 0.5).value();
  // The number X of values below the quantile is Bin(n, p). The lower end is the l-th value, with l the most
  // for which P(X < l) <= tail; the upper end the u-th, with u the least for which P(X >= u) <= tail.
  const auto first_that = [](std::int64_t low, std::int64_t high, const auto& holds) {
    while (low < high) {
      const std::int64_t middle = low + (high - low) / 2;
      if (holds(middle))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  };
  const std::int64_t l = first_that(0, n, [&](std::int64_t k) { return binomial_cdf(k, n, p) > tail; });
  const std::int64_t u =
      first_that(1, n + 1, [&](std::int64_t k) { return binomial_sf(k - 1, n, p) <= tail; });
  interval out{
      .lo = -detail::infinity, .hi = detail::infinity, .level = level, .status = interval_status::ok};
  if (l >= 1) out.lo = sorted[static_cast<std::size_t>(l - 1)];
  if (u <= n) out.hi = sorted[static_cast<std::size_t>(u - 1)];
  if (l < 1 || u > n) {
    out.status = interval_status::too_few;
  } else if (out.lo == out.hi) {
    out.status = interval_status::degenerate;
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
