// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/student_t.hpp>

#include <limits>
#include <optional>

namespace evalpp::inline EVALPP_ABI::stats {

/// Value plus and minus a quantile times its standard error: normal, or Student's t for finite
/// degrees of freedom.
///
/// For estimates that come with a standard error and are not near the end of their range: kappa, AC1,
/// prediction-powered means, corrected shares, strengths. It is not clipped to a range. Undefined
/// without a standard error, for one that is negative or no number, a value that is none, a level
/// outside 0-1, and degrees of freedom of 0 or less; degenerate for a standard error of 0, which is
/// no certainty but data that do not vary. Wald 1943.
inline interval wald_interval(double value, std::optional<double> standard_error, double level = 0.95,
                              double degrees_of_freedom = std::numeric_limits<double>::infinity()) noexcept {
  using detail::strict;
  if (!standard_error || !detail::is_finite(*standard_error) || !detail::is_finite(value) ||
      *standard_error < 0)
    return no_interval(level, interval_status::undefined);
  const double quantile = student_t_two_sided(level, degrees_of_freedom);
  if (!detail::is_finite(quantile)) return no_interval(level, interval_status::undefined);
  const strict margin = strict(quantile) * *standard_error;
  return {.lo = (value - margin).value(),
          .hi = (value + margin).value(),
          .level = level,
          .status = detail::is_zero(*standard_error) ? interval_status::degenerate : interval_status::ok};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
