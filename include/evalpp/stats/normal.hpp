// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <limits>

// The standard normal distribution, with full relative precision in both tails.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double least_normal = (std::numeric_limits<double>::min)();
inline constexpr double root_two_pi = 2.5066282746310005024;

/// exp(-x^2 / 2) / sqrt(2 pi); the rounding of x^2 is made good, it would cost x^2 / 2 units.
inline strict normal_density(strict x) noexcept {
  if (abs(x) > 39) return 0;
  const strict square = x * x;
  return exp(square * -0.5) * (1 - fma(x, x, -square) * 0.5) / root_two_pi;
}

/// P(Z > x) for finite x.
inline strict normal_upper_tail(strict x) noexcept {
  if (x > 39) return 0;
  if (x < -39) return 1;
  constexpr double root_half = 0.7071067811865476;
  constexpr double root_half_rest = -4.8336466567264565e-17;
  const strict y = x * root_half;
  strict tail = erfc(y) * 0.5;
  // In the tail the rounding of y costs y^2 units. Made good by the derivative times what was rounded off, as
  // a factor: the term itself may be too small for a double.
  if (y > 0.5 && tail > 0) {
    const strict rest = fma(x, root_half, -y) + x * root_half_rest;
    tail *= 1 - rest * (exp(-(y * y)) / tail) * 0.5641895835477563;
  }
  return tail;
}

/// The z with P(Z > z) = tail, for 0 < tail <= 1/2: an approximation good to three digits (Abramowitz and
/// Stegun 26.2.23, or the first terms of the series at the centre), then Halley's iteration.
inline strict normal_upper_point(strict tail) noexcept {
  const strict off_centre = 0.5 - tail;
  if (off_centre < 0.2) {
    strict z = off_centre * root_two_pi;
    z *= 1 + z * z / 6;
    for (int step = 0; step < 3; ++step) {
      const strict newton = (off_centre - erf(z * 0.7071067811865476) * 0.5) / normal_density(z);
      z += newton / (1 - newton * z * 0.5);
    }
    return z;
  }
  tail = (std::max)(tail, strict(least_normal));
  const strict t = sqrt(log(tail) * -2);
  strict z =
      t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (int step = 0; step < 3; ++step) {
    const strict reached = normal_upper_tail(z);
    const strict mills = reached / normal_density(z);
    const strict newton = log(reached / tail) * mills;
    z += newton / (1 + newton * (1 / mills - z) * 0.5);
  }
  return z;
}

}  // namespace detail

/// The density of the standard normal distribution. NaN for NaN.
inline double normal_pdf(double x) noexcept {
  if (detail::is_nan(x)) return detail::nan;
  if (!detail::is_finite(x)) return 0;
  return detail::normal_density(x).value();
}

/// P(Z <= x) for a standard normal Z, relative error a few 1e-16 in either tail; 0 and 1 at the infinities,
/// NaN for NaN. By the complementary error function.
inline double normal_cdf(double x) noexcept {
  if (detail::is_nan(x)) return detail::nan;
  if (!detail::is_finite(x)) return x < 0 ? 0 : 1;
  return detail::normal_upper_tail(-x).value();
}

/// P(Z > x), precise where 1 - normal_cdf(x) is not.
inline double normal_sf(double x) noexcept { return normal_cdf(-x); }

/// The x with P(Z <= x) = p. -infinity at 0, infinity at 1, NaN outside 0..1 and for NaN. Relative error a
/// few 1e-16 (p below 2.2e-308 counts as that).
inline double normal_quantile(double p) noexcept {
  if (detail::is_nan(p) || p < 0 || p > 1) return detail::nan;
  if (detail::is_zero(p)) return -detail::infinity;
  if (p == 1) return detail::infinity;
  return p < 0.5 ? -detail::normal_upper_point(p).value()
                 : detail::normal_upper_point(1 - detail::strict(p)).value();
}

/// The z with P(-z <= Z <= z) = level: 1.96 for 0.95. NaN unless 0 < level < 1.
inline double normal_two_sided(double level) noexcept {
  if (detail::is_nan(level) || level <= 0 || level >= 1) return detail::nan;
  return detail::normal_upper_point((1 - detail::strict(level)) * 0.5).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
