// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/beta_tails.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

// Student's t. Degrees of freedom are a real number from 1e-100 (else the answer is NaN); infinity, and what
// is as good as that, is the normal distribution.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

inline bool t_is_normal(double df) noexcept { return !is_nan(df) && df > 1e17; }

/// P(T > t), for t above 0: half of I_x(df/2, 1/2) at x = df / (df + t^2).
inline strict t_upper_tail(strict t, strict df) noexcept {
  const strict a = df * 0.5;
  beta_point at = {df / t / t, 1, a};
  if (t < 1e100) {
    const strict sum = df + t * t;
    at = {df / sum, t * t / sum, df / sum * (t - 1) * (t + 1) * 0.5};
  }
  if (at.x < least_normal) return 0;
  if (at.y < least_normal) return 0.5;
  const tails both = beta_tails(a, 0.5, beta_constant(a, 0.5), at);
  return both.below * 0.5;
}

/// The t with P(T > t) = tail, for 0 < tail < 1/2.
inline strict t_upper_point(strict tail, strict df) noexcept {
  const strict both = tail * 2;
  if (both <= 0.5) {
    const beta_point at = beta_lower_point(both, df * 0.5, 0.5);
    return at.x < least_normal ? strict(infinity) : sqrt(at.y / at.x) * sqrt(df);
  }
  const beta_point at = beta_lower_point((0.5 - tail) * 2, 0.5, df * 0.5);
  return sqrt(at.x / at.y) * sqrt(df);
}

}  // namespace detail

/// P(T <= t) for Student's t with `df` degrees of freedom; relative error below 1e-13 in either tail.
inline double student_t_cdf(double t, double df) noexcept {
  if (detail::t_is_normal(df)) return normal_cdf(t);
  if (detail::is_nan(t) || !detail::is_parameter(df)) return detail::nan;
  if (!detail::is_finite(t)) return t < 0 ? 0 : 1;
  if (detail::is_zero(t)) return 0.5;
  const detail::strict tail = detail::t_upper_tail(abs(detail::strict(t)), df);
  return t < 0 ? tail.value() : (1 - tail).value();
}

/// P(T > t), precise in the tail.
inline double student_t_sf(double t, double df) noexcept { return student_t_cdf(-t, df); }

/// The t with P(T <= t) = p. -infinity at 0, infinity at 1, NaN outside 0..1. Relative error below 1e-12.
inline double student_t_quantile(double p, double df) noexcept {
  if (detail::t_is_normal(df)) return normal_quantile(p);
  if (detail::is_nan(p) || p < 0 || p > 1 || !detail::is_parameter(df)) return detail::nan;
  if (detail::is_zero(p)) return -detail::infinity;
  if (p == 1) return detail::infinity;
  if (p == 0.5) return 0;
  return p < 0.5 ? -detail::t_upper_point(p, df).value()
                 : detail::t_upper_point(1 - detail::strict(p), df).value();
}

/// The t with P(-t <= T <= t) = level: 2.26 for 0.95 and 9 degrees of freedom. NaN unless 0 < level < 1.
inline double student_t_two_sided(double level, double df) noexcept {
  if (detail::t_is_normal(df)) return normal_two_sided(level);
  if (detail::is_nan(level) || level <= 0 || level >= 1 || !detail::is_parameter(df)) return detail::nan;
  return detail::t_upper_point((1 - detail::strict(level)) * 0.5, df).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
