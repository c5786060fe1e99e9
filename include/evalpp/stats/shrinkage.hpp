// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// What was measured on one slice, in any unit.
struct slice_estimate {
  double estimate = detail::nan;
  double standard_error = detail::nan;  ///< above 0; infinite when nothing is known of it
};

/// A slice by its interval: half its width over the normal quantile of its level is the standard error. Take
/// an interval that does not vanish where all items score alike (Wilson's, Newcombe's). One that is not
/// usable gives an infinite error. Constant time.
inline slice_estimate slice_estimate_of(double estimate, const interval& ends) noexcept {
  if (!ends.usable()) return {estimate, detail::infinity};
  const detail::strict half = (detail::strict(ends.hi) - ends.lo) * 0.5;
  return {estimate, (half / normal_two_sided(ends.level)).value()};
}

/// A slice pulled towards all slices.
struct shrunk_slice {
  double estimate = detail::nan;  ///< weight * raw + (1 - weight) * mean
  double weight = detail::nan;    ///< how much of the slice's own value is left, 0..1
};

/// Slices seen together.
struct shrinkage {
  std::vector<shrunk_slice> slices;  ///< in the order given
  double mean = detail::nan;  ///< of the population of slices, the slices weighted 1 / (error^2 + tau^2)
  double mean_error = detail::nan;   ///< its standard error
  double tau_squared = detail::nan;  ///< variance of the slices' true values, beyond what sampling explains
  double q = detail::nan;            ///< Cochran's Q: how far the estimates lie apart, in their errors
  double p = detail::nan;            ///< of Q when all true values are equal; 1 for a single slice
  std::size_t pooled = 0;            ///< slices with a finite estimate and error: those all this rests on
};

/// Shrinks the estimates of slices towards their mean, most where little was measured: the best slice of
/// thirty is mostly the luckiest, and its shrunk value is what a repetition would show. For display next to
/// the raw values; tests of single slices belong to the raw ones, adjusted (see multiplicity.hpp).
///
/// w = tau^2 / (tau^2 + error^2) for each slice, tau^2 by the moments of DerSimonian and Laird, so that
/// slices which differ by no more than chance are all shrunk onto the mean. Assumes independent slices, about
/// normal estimates, and errors that are known. A slice with an infinite error gets the mean, weight 0. One
/// with an error of 0 (no number can be that certain; see `slice_estimate_of`), below 0 or NaN, or an
/// estimate that is not finite, takes no part and gets NaN. Without any slice that takes part, all is NaN.
/// O(slices).
///
/// R. DerSimonian, N. Laird, Meta-analysis in clinical trials, 1986; B. Efron, C. Morris, 1975.
inline shrinkage shrink(std::span<const slice_estimate> slices) {
  using detail::strict;
  const auto takes_part = [](const slice_estimate& s) {
    return detail::is_finite(s.estimate) && detail::is_finite(s.standard_error) && s.standard_error > 0;
  };
  shrinkage out;
  out.slices.resize(slices.size());
  // Errors in units of the smallest, so that no square of one over- or underflows for lack of a unit.
  double unit = detail::infinity;
  for (const slice_estimate& s : slices) {
    if (!takes_part(s)) continue;
    unit = (std::min)(unit, s.standard_error);
    ++out.pooled;
  }
  if (out.pooled == 0) return out;
  const auto variance = [&](const slice_estimate& s) {
    const strict error = strict(s.standard_error) / unit;
    return error * error;
  };
  struct pooled_mean {
    strict mean;
    strict weights;
    strict squared_weights;
  };
  const auto mean_given = [&](strict between) {
    strict weights = 0, squared = 0, sum = 0;
    for (const slice_estimate& s : slices) {
      if (!takes_part(s)) continue;
      const strict w = 1 / (variance(s) + between);
      weights += w;
      squared += w * w;
      sum += w * s.estimate;
    }
    return pooled_mean{sum / weights, weights, squared};
  };

  const pooled_mean fixed = mean_given(0);
  strict q = 0;
  for (const slice_estimate& s : slices) {
    if (!takes_part(s)) continue;
    const strict apart = (strict(s.estimate) - fixed.mean) / unit;
    q += apart * apart / variance(s);
  }
  const strict df = detail::real(out.pooled) - 1;
  const strict room = fixed.weights - fixed.squared_weights / fixed.weights;
  const strict between = q > df && room > 0 ? (q - df) / room : strict(0);
  const pooled_mean all = mean_given(between);
  out.mean = all.mean.value();
  out.mean_error = (unit / sqrt(all.weights)).value();
  out.tau_squared = (between * unit * unit).value();
  out.q = q.value();
  out.p = out.pooled < 2 ? 1 : chi_square_sf(out.q, df.value());
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const slice_estimate& s = slices[i];
    if (takes_part(s)) {
      const strict weight = between / (between + variance(s));
      out.slices[i] = {(weight * s.estimate + (1 - weight) * all.mean).value(), weight.value()};
    } else if (detail::is_finite(s.estimate) && !detail::is_nan(s.standard_error) && s.standard_error > 0) {
      out.slices[i] = {out.mean, 0};
    }
  }
  return out;
}

/// Points of a 0-100 scale beyond which half an interval's width says that a slice is too small to be read.
inline constexpr double widest_readable_slice = 15;

/// Whether a slice is to be greyed out: its interval reaches more than `widest` to either side, in the unit
/// of its ends, or there is none that may be shown.
constexpr bool is_too_wide(const interval& ends, double widest = widest_readable_slice) noexcept {
  const double width = ends.hi - ends.lo;
  return !ends.usable() || detail::is_nan(width) || width > 2 * widest;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
