// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>

// The pieces of Loader's saddle-point form of binomial, beta, Poisson and gamma densities. The plain form,
// exp(log-gamma - log-gamma + ...), loses as many digits as the arguments have.
// C. Loader, Fast and accurate computation of binomial probabilities, 2000.
namespace evalpp::inline EVALPP_ABI::stats::detail {

inline constexpr double half_log_two_pi = 0.91893853320467274178;
inline constexpr double two_pi = 6.28318530717958647693;

/// log Gamma(x + 1) minus its Stirling approximation (x + 1/2) log x - x + log(2 pi)/2, for x > 0.
inline strict stirling_error(strict x) noexcept {
  // Up to 10 by e(x) - e(x + 1) = (x + 1/2) log(1 + 1/x) - 1, whose series in t = 1/(2x + 1) has no
  // cancellation; from there by the asymptotic series.
  strict sum = 0;
  for (; x < 10; x += 1) {
    const strict t = 1 / (x * 2 + 1);
    if (t > 0.4) {
      sum += (x + 0.5) * log1p(1 / x) - 1;
      continue;
    }
    const strict t2 = t * t;
    strict power = t2;
    for (int odd = 3; power > 1e-19; odd += 2, power *= t2) sum += power / odd;
  }
  static constexpr double coefficient[] = {
      1.0 / 12,   -1.0 / 360,        1.0 / 1260, -1.0 / 1680,
      1.0 / 1188, -691.0 / 360360.0, 1.0 / 156,  -0.02955065359477124183};
  const strict inverse = 1 / x;
  const strict inverse2 = inverse * inverse;
  strict series = 0;
  for (int k = 8; k-- > 0;) series = series * inverse2 + coefficient[k];
  return sum + series * inverse;
}

/// x log(x / mean) + mean - x, for x and mean above 0: the deviance of x. `difference` is x - mean, which the
/// caller may know better than by subtraction.
inline strict deviance(strict x, strict mean, strict difference) noexcept {
  const strict sum = x + mean;
  if (abs(difference) < sum * 0.4) {
    const strict v = difference / sum;
    const strict v2 = v * v;
    strict total = difference * v;
    strict term = x * 2 * v;
    for (int odd = 3; odd < 100; odd += 2) {
      term *= v2;
      const strict next = total + term / odd;
      if (next == total) break;
      total = next;
    }
    return total;
  }
  return x * log(x / (std::max)(mean, strict(2.3e-308))) - difference;
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
