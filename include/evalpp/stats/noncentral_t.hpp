// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>

namespace evalpp::inline EVALPP_ABI::stats {

/// P(T <= t) for the noncentral t, what the power of a t-test is made of: absolute error below 1e-12. For df
/// in 1e-100..1e17 and |noncentrality| up to 37, else NaN. By the series of R. V. Lenth, AS 243, 1989.
inline double noncentral_t_cdf(double t, double df, double noncentrality) noexcept {
  using detail::strict;
  if (detail::is_nan(t) || detail::is_nan(noncentrality) || !detail::is_parameter(df) || df > 1e17 ||
      !(noncentrality >= -37 && noncentrality <= 37)) {
    return detail::nan;
  }
  if (!detail::is_finite(t)) return t < 0 ? 0 : 1;
  if (t < 0) return 1 - noncentral_t_cdf(-t, df, -noncentrality);
  const strict d = noncentrality;
  strict sum = 0;
  if (t > 0) {
    // Poisson weights p of the half-integer terms and their odd companions q, with half the mean d^2 / 2.
    const strict half = d * d * 0.5;
    const strict square = strict(t) * t;
    const double x = detail::is_finite(square.value()) ? (square / (square + df)).value() : 1;
    const double b = df * 0.5;
    strict p = exp(-half) * 0.5;
    strict q = p * d / 1.2533141373155002512;  // sqrt(pi / 2)
    strict left = 0.5 - p;                     // of the Poisson weights
    for (int j = 0; j < 3000; ++j) {
      const double place = j;
      sum += p * beta_cdf(x, place + 0.5, b) + q * beta_cdf(x, place + 1, b);
      if (left < 1e-16 && place > half.value()) break;
      p *= half / (place + 1);
      q *= half / (place + 1.5);
      left -= p;
    }
  }
  return (std::min)(strict(1), (std::max)(strict(0), strict(normal_cdf((-d).value())) + sum)).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
