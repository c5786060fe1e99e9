// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/stirling.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

// The gamma function and the chi-square distribution.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// log Gamma(2 + z) for |z| <= 1/2: z (1 - Euler's constant) + sum of (-1)^k (zeta(k) - 1) z^k / k.
inline strict log_gamma_at_two(strict z) noexcept {
  static constexpr double coefficient[] = {
      0.4227843350984671394,     0.3224670334241132182,     -0.06735230105319809513,
      0.02058080842778454788,    -0.007385551028673985266,  0.002890510330741523286,
      -0.001192753911703260977,  0.0005096695247430424223,  -0.0002231547584535793798,
      0.00009945751278180853371, -0.0000449262367381331417, 0.00002050721277567069155,
      -9.439488275268395904e-6,  4.374866789907487804e-6,   -2.039215753801366237e-6,
      9.551412130407419833e-7,   -4.492469198764566043e-7,  2.120718480555466587e-7,
      -1.004322482396809961e-7,  4.769810169363980566e-8,   -2.271109460894316491e-8,
      1.083865921489695409e-8,   -5.183475041970046655e-9,  2.483674543802478317e-9,
      -1.192140140586091207e-9,  5.731367241678862013e-10,  -2.759522885124233145e-10,
      1.330476437424448948e-10,  -6.422964563838100022e-11};
  strict sum = 0;
  for (int k = static_cast<int>(sizeof coefficient / sizeof *coefficient); k-- > 0;)
    sum = sum * z + coefficient[k];
  return sum * z;
}

/// P(X <= x) and P(X > x) for X of Gamma(a, 1), a and x above 0 and finite.
inline probability_pair gamma_probabilities(strict a, strict x) noexcept {
  const strict off = a - x;
  const strict half_square = deviance(a, x, off);
  if (a > 1e10) {  // Temme 1979: the normal distribution with its first correction.
    const strict root = sqrt(half_square * 2);
    const strict w = off > 0 ? -root : root;
    const strict lean = root < 1e-2 ? 1 / (sqrt(a) * 3) : 1 / w + sqrt(a) / off;
    const strict correction = normal_density(w) * lean;
    return {(normal_upper_tail(-w) + correction).value(), (normal_upper_tail(w) - correction).value()};
  }
  const strict power = exp(-stirling_error(a) - half_square) / sqrt(a * two_pi);  // x^a e^-x / Gamma(a + 1)
  constexpr int most = 4'000'000;
  if (x < a + 1) {
    strict sum = 1;
    strict term = 1;
    for (int k = 1; k <= most && term > sum * 1e-17; ++k) {
      term *= x / (a + k);
      sum += term;
    }
    return {(power * sum).value(), (1 - power * sum).value()};
  }
  // DLMF 8.9.2, by Lentz's method; all denominators stay above 0.
  strict b = x + 1 - a;
  strict c = 1e290;
  strict d = 1 / b;
  strict value = d;
  for (int k = 1; k <= most; ++k) {
    const strict numerator = real(k) * (a - k);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const strict factor = c * d;
    value *= factor;
    if (abs(factor - 1) < 3e-16) break;
  }
  const strict above = power * a * value;
  return {(1 - above).value(), above.value()};
}

inline probability_pair chi_square_probabilities(double x, double df) noexcept {
  if (is_nan(x) || !is_parameter(df)) return {nan, nan};
  if (x <= 0) return {0, 1};
  if (!is_finite(x) || x > 1e150) return {1, 0};
  return gamma_probabilities(strict(df) * 0.5, strict(x) * 0.5);
}

}  // namespace detail

/// log Gamma(x) for x > 0; relative error a few 1e-16, at the zeros 1 and 2 too. infinity at 0, NaN below it.
/// Unlike std::lgamma it touches no global (signgam), so that threads may call it.
inline double log_gamma(double given) noexcept {
  if (detail::is_nan(given) || given < 0) return detail::nan;
  if (detail::is_zero(given) || !detail::is_finite(given)) return detail::infinity;
  detail::strict x = given;
  if (x >= 10) {  // Gamma(x + 1) / x
    return ((log(x) - 1) * x - log(x) * 0.5 + detail::half_log_two_pi + detail::stirling_error(x)).value();
  }
  if (x < 0.5) return (detail::log_gamma_at_two(x) - log1p(x) - log(x)).value();
  if (x < 1.5) return (detail::log_gamma_at_two(x - 1) - log1p(x - 1)).value();
  detail::strict product = 1;
  while (x > 2.5) {
    x -= 1;
    product *= x;
  }
  return (detail::log_gamma_at_two(x - 2) + log(product)).value();
}

/// P(X <= x) for X chi-square with `df` degrees of freedom, a real number in
/// 1e-100..1e100 (else NaN).
inline double chi_square_cdf(double x, double df) noexcept {
  return detail::chi_square_probabilities(x, df).below;
}

/// P(X > x), precise in the tail: the p-value of a chi-square statistic. By the series and the continued
/// fraction of the incomplete gamma function (DLMF 8.7.1, 8.9.2); time grows with sqrt(df), up to 2e10.
inline double chi_square_sf(double x, double df) noexcept {
  return detail::chi_square_probabilities(x, df).above;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
