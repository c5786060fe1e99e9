// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <cmath>
#include <cstdint>

// How many examples an estimate needs, and how precise it is with n. Numbers of examples are real, to be
// rounded up; NaN for input that makes no sense (a share or a level outside 0..1, a negative number, NaN).
namespace evalpp::inline EVALPP_ABI::stats {

/// Half the width of Wilson's interval of a share p in n examples, as a share: z sqrt(p (1 - p) / n +
/// z^2 / (4 n^2)) / (1 + z^2 / n). 0.5 without examples. E. B. Wilson 1927.
inline double wilson_half_width(double p, double n, double level = 0.95) noexcept {
  using detail::strict;
  const strict z = normal_two_sided(level);
  if (detail::is_nan(p) || p < 0 || p > 1 || detail::is_nan(n) || n < 0 || detail::is_nan(z.value()))
    return detail::nan;
  if (!detail::is_finite(n)) return 0;
  const strict z2 = z * z;
  return (z * sqrt(strict(p) * (1 - strict(p)) * n + z2 * 0.25) / (z2 + n)).value();
}

/// The examples with which Wilson's interval of a share p is `half_width` wide to either side. 0 for half the
/// scale and more, infinite for 0. The positive root of a quadratic.
inline double wilson_examples_needed(double half_width, double p, double level = 0.95) noexcept {
  using detail::strict;
  const strict z = normal_two_sided(level);
  if (detail::is_nan(p) || p < 0 || p > 1 || detail::is_nan(half_width) || half_width < 0 ||
      detail::is_nan(z.value()))
    return detail::nan;
  if (half_width >= 0.5) return 0;
  if (detail::is_zero(half_width)) return detail::infinity;
  const strict h = strict(half_width) * half_width;
  const strict z2 = z * z;
  // h n^2 - 2 b n - c = 0, with n in units of z^2.
  const strict b = strict(p) * (1 - strict(p)) * 0.5 - h;
  const strict c = 0.25 - h;
  const strict root = sqrt(b * b + h * c);
  // Without cancellation for either sign of b.
  const strict n = b > 0 ? (b + root) / h : c / (root - b);
  return (n * z2).value();
}

/// Outcomes needed, `failures` failures among them, to show that passes are at least `rate`: the smallest n
/// whose one-sided lower bound of Clopper and Pearson reaches it, P(Bin(n, 1 - rate) <= failures) <= 1 -
/// level. Without a failure log(1 - level) / log(rate), about 3 / (1 - rate) at 95 %: the rule of three. A
/// whole number; infinite beyond 2^53, and for a rate of 1; NaN unless 0 < rate <= 1. C. J. Clopper, E. S.
/// Pearson 1934.
inline double passes_needed(double rate, std::int64_t failures = 0, double level = 0.95) noexcept {
  if (detail::is_nan(rate) || rate <= 0 || rate > 1 || failures < 0 || detail::is_nan(level) || level <= 0 ||
      level >= 1)
    return detail::nan;
  if (rate >= 1) return detail::infinity;
  constexpr std::int64_t most = std::int64_t{1} << 53;
  const double tail = (1 - detail::strict(level)).value();
  // With passes at `rate`, n outcomes have as few failures too often to tell.
  const auto shown = [&](std::int64_t n) { return binomial_sf(n - failures - 1, n, rate) <= tail; };
  if (failures >= most / 2) return detail::infinity;
  std::int64_t low = failures, high = failures + 1;  // `low` outcomes never show it
  while (!shown(high)) {
    low = high;
    high *= 2;
    if (high > most) return detail::infinity;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (shown(middle) ? high : low) = middle;
  }
  return static_cast<double>(high);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
