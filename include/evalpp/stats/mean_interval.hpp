// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/moments.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/student_t.hpp>

#include <cmath>
#include <cstddef>
#include <span>

// Intervals for a mean, or for anything that is nearly one: a smooth function of sums with influence values
// L_i = n (gradient at the sums) (s_i - mean s), for which the standard error of the mean of the L_i is its
// own.
namespace evalpp::inline EVALPP_ABI::stats {

/// estimate -+ t se with Student's t of `df` degrees of freedom (infinity for the normal interval). A
/// standard error of 0 is degenerate; NaN anywhere, a negative or infinite error, no degrees of freedom:
/// undefined. Assumes an estimate that is about normal. Student 1908.
inline interval t_interval(double estimate, double se, double df, double level = 0.95) noexcept {
  const double t = student_t_two_sided(level, df);
  if (!detail::is_finite(estimate) || !detail::is_finite(se) || se < 0 || detail::is_nan(t)) {
    return no_interval(level, interval_status::undefined);
  }
  const detail::strict half = detail::strict(t) * se;
  return {.lo = (estimate - half).value(),
          .hi = (estimate + half).value(),
          .level = level,
          .status = detail::is_zero(se) ? interval_status::degenerate : interval_status::ok};
}

namespace detail {

/// The diagnostics of a mean: skewness too large for n, or a few values that carry all of the variance.
inline interval_status mean_doubt(const moments& m) noexcept {
  if (m.n < 2 || is_nan(m.sd)) return m.n == 1 ? interval_status::too_few : interval_status::undefined;
  if (is_nan(m.skew)) return interval_status::degenerate;
  const strict lean = abs(strict(m.skew)) / sqrt(real(m.n));
  return m.n < 10 || lean > 0.3 || m.n_eff < 5 ? interval_status::caution : interval_status::ok;
}

}  // namespace detail

/// Student's interval for the mean of a sample. One value: too_few; none, NaN or infinity among them:
/// undefined; all equal: degenerate. `caution` for fewer than 10 values, |skew| / sqrt(n) above 0.3 or fewer
/// than 5 effective values. Assumes independent values; exact for normal ones. O(n).
inline interval mean_interval(std::span<const double> x, double level = 0.95) noexcept {
  const moments m = moments_of(x);
  const interval_status worth = detail::mean_doubt(m);
  if (!detail::is_level(level)) return no_interval(level, interval_status::undefined);
  if (worth >= interval_status::too_few) return no_interval(level, worth);
  interval out = t_interval(m.mean, m.se, static_cast<double>(m.n - 1), level);
  out.status = worse(out.status, worth);
  return out;
}

/// Hall's transformed t: Student's interval with its skewness removed by a monotone cubic. The fast interval
/// for skewed scores, no resampling; as good as BCa with expanded tails but for rare events. `estimate` is
/// the statistic, `influence` its influence values (for a mean, x - mean); statuses as of `mean_interval`.
/// Assumes independent values. O(n).
///
/// P. Hall, On the removal of skewness by transformation, 1992: with skewness g,
/// h(x) = (3 sqrt(n) / g) ((1 + g (x / sqrt(n) - g / (6 n)))^(1/3) - 1), the interval is
/// estimate - se h(t) .. estimate - se h(-t).
inline interval hall_interval(double estimate, std::span<const double> influence,
                              double level = 0.95) noexcept {
  using detail::strict;
  const moments m = moments_of(influence);
  const interval_status worth = detail::mean_doubt(m);
  if (!detail::is_level(level) || !detail::is_finite(estimate))
    return no_interval(level, interval_status::undefined);
  if (worth >= interval_status::too_few) return no_interval(level, worth);
  if (worth == interval_status::degenerate) {
    return {.lo = estimate, .hi = estimate, .level = level, .status = worth};
  }
  const strict root_n = sqrt(detail::real(m.n));
  const strict t = student_t_two_sided(level, static_cast<double>(m.n - 1));
  const strict g = m.skew;
  const auto h = [&](strict x) {
    if (abs(g) < 1e-9) return x;
    const strict cube = 1 + g * (x / root_n - g / (detail::real(m.n) * 6));
    return root_n * 3 / g * (strict(detail::keep(std::cbrt(cube.value()))) - 1);
  };
  return {.lo = (estimate - h(t) * m.se).value(),
          .hi = (estimate - h(-t) * m.se).value(),
          .level = level,
          .status = worth};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
