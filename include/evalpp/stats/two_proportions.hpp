// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/paired_table.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cstdint>

// Intervals for the difference of two proportions, first minus second, within -1..1. Items are assumed to be
// independent of each other.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// Newcombe's combination: the distances from each proportion to its own Wilson bounds, as if they were
/// standard errors, with the correlation `phi` of the two.
inline interval newcombe(strict p1, const interval& first, strict p2, const interval& second,
                         strict phi) noexcept {
  const auto length = [&](strict x, strict y) {
    return sqrt((std::max)(strict(0), x * x - phi * x * y * 2 + y * y));
  };
  const strict difference = p1 - p2;
  interval out;
  out.level = first.level;
  out.lo = (std::max)(strict(-1), difference - length(p1 - first.lo, second.hi - p2)).value();
  out.hi = (std::min)(strict(1), difference + length(first.hi - p1, p2 - second.lo)).value();
  return out;
}

}  // namespace detail

/// Independent samples, k1 of n1 against k2 of n2: Newcombe's hybrid score interval. Neither count may be
/// empty: else -1..1, too_few. `caution` with fewer than 5 successes or failures on either side; undefined
/// for counts that make no sense. R. G. Newcombe, Interval estimation for the difference between independent
/// proportions, 1998, method 10.
inline interval newcombe_interval(std::int64_t k1, std::int64_t n1, std::int64_t k2, std::int64_t n2,
                                  double level = 0.95) noexcept {
  const interval first = wilson_interval(k1, n1, level);
  const interval second = wilson_interval(k2, n2, level);
  const interval_status worth = worse(first.status, second.status);
  if (worth == interval_status::undefined) return no_interval(level, worth);
  if (n1 == 0 || n2 == 0) return {.lo = -1, .hi = 1, .level = level, .status = interval_status::too_few};
  interval out = detail::newcombe(detail::real(k1) / detail::real(n1), first,
                                  detail::real(k2) / detail::real(n2), second, 0);
  out.status = worth;
  return out;
}

/// The same items answered twice: Newcombe's score interval for paired proportions, with the correlation of
/// the table corrected for continuity. The interval to show beside McNemar's test. No item: -1..1, too_few;
/// fewer than 5 discordant items: caution. R. G. Newcombe, Improved confidence intervals for the difference
/// between binomial proportions based on paired data, 1998, method 10.
inline interval newcombe_paired_interval(const paired_table& table, double level = 0.95) noexcept {
  if (!detail::is_level(level) || !detail::is_valid(table))
    return no_interval(level, interval_status::undefined);
  const std::int64_t n = detail::total(table);
  if (n == 0) return {.lo = -1, .hi = 1, .level = level, .status = interval_status::too_few};
  using detail::real;
  using detail::strict;
  const std::int64_t right1 = table.both + table.first_only;
  const std::int64_t right2 = table.both + table.second_only;
  const strict a = real(table.both), b = real(table.first_only), c = real(table.second_only),
               d = real(table.neither);
  const strict margins = (a + b) * (c + d) * ((a + c) * (b + d));
  strict covariance = difference_of_products(a, d, b, c);
  if (covariance > 0) covariance = (std::max)(strict(0), covariance - real(n) * 0.5);
  const strict phi = margins > 0 ? covariance / sqrt(margins) : strict(0);
  interval out = detail::newcombe(real(right1) / real(n), wilson_interval(right1, n, level),
                                  real(right2) / real(n), wilson_interval(right2, n, level), phi);
  out.status = table.first_only + table.second_only < 5 ? interval_status::caution : interval_status::ok;
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
