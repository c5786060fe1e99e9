// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/beta_tails.hpp>
#include <evalpp/stats/detail/strict.hpp>

// The beta distribution. Both parameters must lie in 1e-100..1e100, else the answer is NaN.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// True for a parameter that no formula here can overflow or underflow with.
inline bool is_parameter(double x) noexcept { return !is_nan(x) && x >= 1e-100 && x <= 1e100; }

struct probability_pair {
  double below;
  double above;
};

inline probability_pair beta_probabilities(double x, double a, double b) noexcept {
  if (is_nan(x) || !is_parameter(a) || !is_parameter(b)) return {nan, nan};
  if (x <= 0) return {0, 1};
  if (x >= 1) return {1, 0};
  // 1 - x is exact from 1/2 upwards, so either coordinate may be taken as given.
  const tails t = beta_tails(a, b, beta_constant(a, b), beta_point_at(a, b, x, 1 - strict(x)));
  return {t.below.value(), t.above.value()};
}

}  // namespace detail

/// P(X <= x) for X of Beta(a, b): the regularized incomplete beta function I_x(a, b). 0 below 0, 1 above 1.
/// Relative error below 1e-13 in the usual range; time grows with sqrt(max(a, b)), up to 1e10.
/// By the continued fraction DLMF 8.17.22 with Loader's prefactor.
inline double beta_cdf(double x, double a, double b) noexcept {
  return detail::beta_probabilities(x, a, b).below;
}

/// P(X > x), precise where 1 - beta_cdf is not.
inline double beta_sf(double x, double a, double b) noexcept {
  return detail::beta_probabilities(x, a, b).above;
}

/// The x with P(X <= x) = p. 0 at p = 0, 1 at p = 1, NaN outside 0..1; 0 where the quantile is
/// below 2.2e-308. Relative error below 1e-12. By Newton's iteration for the logarithm of the smaller tail,
/// in the logit of x.
inline double beta_quantile(double p, double a, double b) noexcept {
  if (detail::is_nan(p) || p < 0 || p > 1 || !detail::is_parameter(a) || !detail::is_parameter(b))
    return detail::nan;
  if (detail::is_zero(p)) return 0;
  if (p == 1) return 1;
  if (p <= 0.5) return detail::beta_lower_point(p, a, b).x.value();
  return detail::beta_lower_point(1 - detail::strict(p), b, a).y.value();
}

/// The x with P(X > x) = tail, precise for small tails.
inline double beta_upper_quantile(double tail, double a, double b) noexcept {
  if (detail::is_nan(tail) || tail < 0 || tail > 1 || !detail::is_parameter(a) || !detail::is_parameter(b)) {
    return detail::nan;
  }
  if (detail::is_zero(tail)) return 1;
  if (tail == 1) return 0;
  if (tail <= 0.5) return detail::beta_lower_point(tail, b, a).y.value();
  return detail::beta_lower_point(1 - detail::strict(tail), a, b).x.value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
