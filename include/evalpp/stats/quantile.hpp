// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
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

namespace detail {

// A quantile of so many values, of which `value(i)` is the i-th from 1.
template <class Value>
double quantile_of(std::uint64_t count, double p, quantile_rule rule, const Value& value) {
  if (count == 0 || is_nan(p) || p < 0 || p > 1) return nan;
  const strict n = real(count);
  strict at = 0;  // the place, counted from 1
  switch (rule) {
    case quantile_rule::inverse_cdf:
      // What rounding made of a whole number is one.
      at = keep(std::ceil((n * p * (1 - strict(9e-16))).value()));
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
  if (at <= 1) return value(1);
  if (at >= n) return value(count);
  const strict whole = keep(std::floor(at.value()));
  const auto i = static_cast<std::uint64_t>(whole.value());
  const strict part = at - whole;
  const double below = value(i);
  if (part == 0) return below;
  return (below + part * (strict(value(i + 1)) - below)).value();
}

}  // namespace detail

inline double quantile(std::span<const double> sorted, double p,
                       quantile_rule rule = quantile_rule::linear) noexcept {
  return detail::quantile_of(sorted.size(), p, rule,
                             [&](std::uint64_t i) { return sorted[static_cast<std::size_t>(i - 1)]; });
}

/// The same of values that count as often as `weights` say, one weight for each (another number of them
/// raises): the quantile of so many copies. A resample of the items is this call with other weights, which is
/// how a quantile gets its interval where items come in clusters (`weighted_bootstrap`); take the percentile
/// method there, since the jackknife fails for quantiles (Efron 1982). Independent values have
/// `quantile_interval`. O(n).
inline double weighted_quantile(std::span<const double> sorted, std::span<const std::uint32_t> weights,
                                double p, quantile_rule rule = quantile_rule::linear) {
  if (weights.size() != sorted.size()) evalpp::detail::raise_invalid("there must be one weight per value");
  const std::uint64_t count = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  return detail::quantile_of(count, p, rule, [&](std::uint64_t i) {
    std::size_t k = 0;
    for (; i > weights[k]; ++k) i -= weights[k];
    return sorted[k];
  });
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
