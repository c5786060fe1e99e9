// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/stirling.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>

// The beta distribution at a point: what the incomplete beta function, Student's t and the binomial have
// in common. For finite a, b > 0.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// A point of the unit interval with its distance from either end, each precise, and where it lies to the
/// mean: excess = a y - b x, the thing that matters when a and b are large.
struct beta_point {
  strict x;
  strict y;  ///< 1 - x
  strict excess;
};

/// From the smaller of the coordinates, which is taken as exact.
inline beta_point beta_point_at(strict a, strict b, strict x, strict y) noexcept {
  if (x <= y) {
    y = 1 - x;
    return {x, y, difference_of_products(a, y, b, x) + a * ((1 - y) - x)};
  }
  x = 1 - y;
  return {x, y, difference_of_products(a, y, b, x) - b * ((1 - x) - y)};
}

inline beta_point mirrored(const beta_point& at) noexcept { return {at.y, at.x, -at.excess}; }

/// Half the squared signed root: a log(a / (n x)) + b log(b / (n y)) with n = a + b.
inline strict beta_deviance(strict a, strict b, const beta_point& at) noexcept {
  const strict n = a + b;
  return deviance(a, n * at.x, at.excess) + deviance(b, n * at.y, -at.excess);
}

/// log of x^a y^b / B(a, b), for x and y above 0, is `beta_constant(a, b) - beta_deviance(a, b, at)`.
inline strict beta_constant(strict a, strict b) noexcept {
  const strict n = a + b;
  return stirling_error(n) - stirling_error(a) - stirling_error(b) + log(a / n * (b / two_pi)) * 0.5;
}

/// I_x(a, b) divided by x^a y^b / B(a, b), for x up to (a + 1) / (a + b + 2): the even part of the continued
/// fraction DLMF 8.17.22, as in Didonato and Morris 1992. About sqrt(max(a, b)) steps at the worst.
inline strict beta_fraction(strict a, strict b, const beta_point& at) noexcept {
  constexpr double tiny = 1e-290;
  constexpr int most = 4'000'000;
  strict value = a / (a + 1) * (at.excess + 1);
  if (value < tiny) value = tiny;
  strict c = value;
  strict d = 0;
  for (int step = 1; step <= most; ++step) {
    const strict m = step;
    const strict odd = a + m * 2 - 1;
    const strict numerator = (a + m - 1) / odd * ((a + b + m - 1) * at.x) / odd * ((b - m) * at.x) * m;
    const strict denominator =
        m + m * ((b - m) * at.x) / odd + (a + m) / (odd + 2) * (at.excess + 1 + m * (at.y + 1));
    d = denominator + numerator * d;
    if (abs(d) < tiny) d = tiny;
    d = 1 / d;
    c = denominator + numerator / c;
    if (abs(c) < tiny) c = tiny;
    const strict factor = c * d;
    value *= factor;
    if (abs(factor - 1) < 3e-16) break;
  }
  return 1 / value;
}

/// A probability and its complement, each precise, with what Newton's iteration on a tail needs.
struct tails {
  strict below;
  strict above;
  strict log_power;  ///< the density times x y, as its logarithm
  strict log_below;  ///< finite where `below` underflows
};

/// True when both parameters are so large that the fraction takes too long and the normal approximation with
/// its first correction (Temme 1982; its error falls with min(a, b)^-3/2) is good to 1e-12.
inline bool beta_is_normal(strict a, strict b) noexcept { return a > 1e10 && b > 1e10; }

inline tails beta_tails(strict a, strict b, strict constant, const beta_point& at) noexcept {
  const strict half_square = beta_deviance(a, b, at);
  const strict log_power = constant - half_square;
  if (beta_is_normal(a, b)) {
    // P = Phi(w) + phi(w) (1/w - 1/q), w the signed root of the deviance, q the score's.
    const strict root = sqrt(half_square * 2);
    const strict w = at.excess > 0 ? -root : root;
    const strict q = -at.excess / sqrt(a) * sqrt((a + b) / b);
    const strict lean = root < 1e-2 ? (1 / a - 1 / b) / (sqrt(1 / a + 1 / b) * 3) : 1 / w - 1 / q;
    const strict correction = normal_density(w) * lean;
    const strict below = normal_upper_tail(-w) + correction;
    return {below, normal_upper_tail(w) - correction, log_power, log(below)};
  }
  if (at.x * (a + b + 2) <= a + 1) {
    const strict fraction = beta_fraction(a, b, at);
    const strict below = exp(log_power) * fraction;
    return {below, 1 - below, log_power, log_power + log(fraction)};
  }
  const strict above = exp(log_power) * beta_fraction(b, a, mirrored(at));
  return {1 - above, above, log_power, log1p(-above)};
}

/// The point with I_x(a, b) = tail, for 0 < tail < 1. Newton's iteration for log I in the logit of x: log I
/// is concave there, so that it converges from any start, by steps that end up on one side.
inline beta_point beta_lower_point(strict tail, strict a, strict b) noexcept {
  const strict constant = beta_constant(a, b);
  const strict log_tail = log(tail);
  const strict z = tail < 0.5 ? -normal_upper_point(tail) : normal_upper_point(1 - tail);
  const strict start =
      exp((std::max)(strict(-600), (std::min)(strict(600), log(a / b) + z * sqrt(1 / a + 1 / b))));
  beta_point at = beta_point_at(a, b, start / (1 + start), 1 / (1 + start));
  for (int step = 0; step < 100; ++step) {
    const tails here = beta_tails(a, b, constant, at);
    const strict slope = exp(here.log_power - here.log_below);
    // Where I is flat, at 1, halfway to the mean.
    strict move = slope < 1e-200 ? log(a / b * at.y / at.x) * 0.5 : (log_tail - here.log_below) / slope;
    move = (std::max)(strict(-700), (std::min)(strict(700), move));
    const strict odds = exp(move);
    const strict scale = at.y + at.x * odds;
    at = beta_point_at(a, b, at.x * odds / scale, at.y / scale);
    if (at.x < least_normal) return {0, 1, a};
    if (at.y < least_normal) return {1, 0, -b};
    if (abs(move) < 4e-16 || (step > 8 && abs(move) < 1e-14)) break;
  }
  return at;
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
