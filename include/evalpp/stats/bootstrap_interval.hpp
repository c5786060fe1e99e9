// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/quantile.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>

// Intervals from a bootstrap distribution. Efron and Tibshirani 1993, chapters 12 to 14; Hesterberg 2015 for
// the expansion. Which covers what, simulated: the expanded BCa is within a point of its level for smooth
// metrics from 20 examples on, percentile and plain BCa fall short by 1 to 4 points below 50, the basic one
// everywhere.
namespace evalpp::inline EVALPP_ABI::stats {

enum class bootstrap_method {
  percentile,    ///< the quantiles of the replicates
  basic,         ///< twice the estimate less the quantiles; dominated, for comparison only
  normal,        ///< estimate less bias, and the standard error times a normal quantile
  bca,           ///< bias-corrected and accelerated (Efron 1987)
  bca_expanded,  ///< the same with tails as wide as Student's t asks for: the default
};

constexpr std::string_view to_string(bootstrap_method method) noexcept {
  switch (method) {
    case bootstrap_method::percentile:
      return "percentile";
    case bootstrap_method::basic:
      return "basic";
    case bootstrap_method::normal:
      return "normal";
    case bootstrap_method::bca:
      return "bca";
    case bootstrap_method::bca_expanded:
      break;
  }
  return "bca+";
}

namespace detail {

// Where the tails of a BCa interval lie, as shares of the distribution, for normal quantiles -z and z; the
// whole distribution where the acceleration leaves nothing to correct.
inline std::pair<double, double> bca_tails(double bias, double acceleration, double z,
                                           bool& clamped) noexcept {
  const auto tail = [&](double zeta) {
    const double shifted = evalpp::detail::keep(bias + zeta);
    const double room = evalpp::detail::keep(1 - evalpp::detail::keep(acceleration * shifted));
    if (!(room > 0)) {
      clamped = true;
      return shifted < 0 ? 0.0 : 1.0;
    }
    return normal_cdf(evalpp::detail::keep(bias + shifted / room));
  };
  return {tail(-z), tail(z)};
}

}  // namespace detail

/// The interval of a bootstrap distribution. Its ends are quantiles of the replicates, at (B + 1) p by
/// default.
///
/// Status: `undefined` without units or replicates, and for a level outside 0..1; `too_few` for one unit, or
/// one in each stratum; `degenerate` when neither the replicates nor the jackknife vary by more than
/// 1e-12 (or it knows nothing); `caution` below 10 units, where the estimate lies outside all replicates (the
/// bias cannot be corrected), where the acceleration exceeds its range, where more than 5 % of the replicates
/// have no value, and where a stratum has one unit.
///
/// The degrees of freedom by which the tails are expanded are the units less the strata. Assumes independent
/// units (clusters, where items are not), enough of them to show what the number depends on: an event that is
/// missing from the data is missing from every replicate.
inline interval bootstrap_interval(const bootstrap_distribution& d, double level = 0.95,
                                   bootstrap_method method = bootstrap_method::bca_expanded,
                                   quantile_rule rule = quantile_rule::weibull) {
  using evalpp::detail::keep;
  if (!detail::is_level(level) || d.units == 0 || d.replicates.empty() ||
      !evalpp::detail::is_finite(d.estimate))
    return no_interval(level, interval_status::undefined);
  if (d.units <= d.strata) return no_interval(level, interval_status::too_few);
  interval out;
  out.level = level;
  const double tail = keep(keep(1 - level) / 2);
  const auto at = [&](double p) { return quantile(d.replicates, p, rule); };
  // A difference that is the same everywhere varies by what rounding leaves of its terms.
  const double nothing = 1e-12 * (std::max)(1.0, std::abs(d.estimate));
  const bool still = d.jackknife_error <= nothing || evalpp::detail::is_nan(d.jackknife_error);
  if (d.replicates.back() - d.replicates.front() <= nothing && still) {
    out.lo = out.hi = d.estimate;
    out.status = interval_status::degenerate;
    return out;
  }

  bool strained = d.units < 10 || d.blind || 20 * d.invalid > d.replicates.size() + d.invalid;
  switch (method) {
    case bootstrap_method::percentile:
      out.lo = at(tail);
      out.hi = at(1 - tail);
      break;
    case bootstrap_method::basic:
      out.lo = keep(keep(2 * d.estimate) - at(1 - tail));
      out.hi = keep(keep(2 * d.estimate) - at(tail));
      break;
    case bootstrap_method::normal: {
      const double centre = keep(keep(2 * d.estimate) - d.mean());
      const double reach = keep(normal_quantile(1 - tail) * d.standard_error());
      out.lo = keep(centre - reach);
      out.hi = keep(centre + reach);
      break;
    }
    case bootstrap_method::bca:
    case bootstrap_method::bca_expanded: {
      const auto n = static_cast<double>(d.units), df = static_cast<double>(d.units - d.strata);
      const double z = method == bootstrap_method::bca
                           ? normal_quantile(1 - tail)
                           : keep(std::sqrt(keep(n / df)) * student_t_quantile(1 - tail, df));
      const bool outside = !(d.mid_rank > 0 && d.mid_rank < 1);
      const double bias = outside ? 0 : normal_quantile(d.mid_rank);
      bool clamped = false;
      const auto [low, high] = detail::bca_tails(bias, outside ? 0 : d.acceleration, z, clamped);
      out.lo = at(low);
      out.hi = at(high);
      strained = strained || outside || clamped;
      break;
    }
  }
  out.status = strained ? interval_status::caution : interval_status::ok;
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
