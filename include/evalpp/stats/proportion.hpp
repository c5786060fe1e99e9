// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/root.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <cstdint>

// Intervals for a proportion, k successes in n independent trials. All lie within 0..1, and touch the end
// where there are no successes or no failures (the equal-tailed Jeffreys interval excepted).
//
// Without a trial: 0..1, too_few. k outside 0..n, n below 0 or a level outside 0..1: undefined. All but
// Clopper-Pearson are marked `caution` when there are fewer than 5 successes or failures: their coverage
// then swings by a few points around the level. Constant time, but for what the beta distribution takes.
//
// Exact coverage of each, by n and p: R. G. Newcombe, Two-sided confidence intervals for the single
// proportion, 1998; L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial proportion, 2001.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

inline bool is_level(double level) noexcept { return !is_nan(level) && level > 0 && level < 1; }

/// What can be said before any formula: `interval.status` is `ok` when there is something to compute.
inline interval proportion_start(std::int64_t k, std::int64_t n, double level) noexcept {
  if (!is_level(level) || n < 0 || k < 0 || k > n) return no_interval(level, interval_status::undefined);
  const interval_status worth = n == 0 ? interval_status::too_few : interval_status::ok;
  return {.lo = 0, .hi = 1, .level = level, .status = worth};
}

inline interval_status proportion_doubt(std::int64_t k, std::int64_t n) noexcept {
  return (std::min)(k, n - k) < 5 ? interval_status::caution : interval_status::ok;
}

struct bounds {
  strict lo;
  strict hi;
};

/// Wilson's interval of a proportion p in n trials; both may be effective, n not whole.
inline bounds wilson_bounds(strict p, strict n, strict z) noexcept {
  const strict z2n = z * z / n;
  const strict scale = 1 + z2n;
  const strict centre = (p + z2n * 0.5) / scale;
  const strict half = z * sqrt(p * (1 - p) / n + z2n / (n * 4)) / scale;
  return {p <= 0 ? strict(0) : (std::max)(strict(0), centre - half),
          p >= 1 ? strict(1) : (std::min)(strict(1), centre + half)};
}

/// The probability p at which the mid-p tail P(X > k) + P(X = k) / 2 is `tail`, for 1 <= k <= n.
inline strict mid_p_lower(std::int64_t k, std::int64_t n, strict tail) noexcept {
  const double hits = static_cast<double>(k);
  const double misses = static_cast<double>(n - k);
  // P(X >= k) is I_p(k, n - k + 1) and P(X > k) is I_p(k + 1, n - k), or 0 at k = n: the root lies between
  // where either is the tail.
  const strict lo = beta_quantile(tail.value(), hits, misses + 1);
  if (k == n) return beta_quantile((tail * 2).value(), hits, 1);
  const strict hi = beta_quantile(tail.value(), hits + 1, misses);
  return bracketed_root(
      [&](strict p) {
        const strict from = beta_cdf(p.value(), hits, misses + 1);
        return (from + beta_cdf(p.value(), hits + 1, misses)) * 0.5 - tail;
      },
      lo, hi);
}

}  // namespace detail

/// Wilson's score interval: the default for a 0/1 metric. Inverts the score test; coverage close to the level
/// on average, a few points below it at worst. E. B. Wilson 1927.
inline interval wilson_interval(std::int64_t k, std::int64_t n, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  const detail::strict trials = detail::real(n);
  const detail::bounds b = detail::wilson_bounds(detail::real(k) / trials, trials, normal_two_sided(level));
  out.lo = b.lo.value();
  out.hi = b.hi.value();
  out.status = detail::proportion_doubt(k, n);
  return out;
}

/// Wilson's interval of trials that come in clusters (questions with several samples, documents with several
/// sentences): n / max(1, design_effect) effective trials, Student's t with clusters - 1 degrees of freedom.
/// `design_effect` is the variance of the mean with clusters over that without, see mean_interval.hpp. Fewer
/// than 2 clusters, or a design effect that is no number: undefined; fewer than 5: too_few; fewer than 10:
/// caution. Assumes independent clusters. The effective number is that of E. L. Korn and B. I. Graubard,
/// Confidence intervals for proportions with small expected number of positive counts, 1998, who put it into
/// Clopper-Pearson's; with Wilson's it covers with .946 to .992 from 4 clusters on (simulated).
inline interval clustered_wilson_interval(std::int64_t k, std::int64_t n, double design_effect,
                                          std::int64_t clusters, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  if (!detail::is_finite(design_effect) || clusters < 2)
    return no_interval(level, interval_status::undefined);
  const detail::strict trials = detail::real(n);
  const detail::strict effective = trials / (std::max)(detail::strict(1), detail::strict(design_effect));
  const detail::strict t = student_t_two_sided(level, static_cast<double>(clusters - 1));
  const detail::bounds b = detail::wilson_bounds(detail::real(k) / trials, effective, t);
  out.lo = b.lo.value();
  out.hi = b.hi.value();
  out.status = clusters < 5    ? interval_status::too_few
               : clusters < 10 ? interval_status::caution
                               : detail::proportion_doubt(k, n);
  return out;
}

/// Wilson's interval with a correction for continuity (Newcombe 1998, method 4): conservative, about as wide
/// as Clopper-Pearson; for comparison with published figures.
inline interval wilson_cc_interval(std::int64_t k, std::int64_t n, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  using detail::strict;
  const strict trials = detail::real(n);
  const strict p = detail::real(k) / trials;
  const strict q = detail::real(n - k) / trials;
  const strict z = normal_two_sided(level);
  const strict z2 = z * z;
  const strict scale = (trials + z2) * 2;
  const strict middle = trials * p * 2 + z2;
  if (k > 0) {
    const strict root = sqrt(z2 - 2 - 1 / trials + p * (trials * q + 1) * 4);
    out.lo = (std::max)(strict(0), (middle - 1 - z * root) / scale).value();
  }
  if (k < n) {
    const strict root = sqrt(z2 + 2 - 1 / trials + p * (trials * q - 1) * 4);
    out.hi = (std::min)(strict(1), (middle + 1 + z * root) / scale).value();
  }
  out.status = detail::proportion_doubt(k, n);
  return out;
}

/// The Clopper-Pearson interval: inverts the two exact one-sided tests, so that it covers with at least the
/// level for every p. The one to take when a guarantee is asked; at k = 0 it gives the rule of three.
/// C. J. Clopper and E. S. Pearson 1934.
inline interval clopper_pearson_interval(std::int64_t k, std::int64_t n, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  const double tail = ((1 - detail::strict(level)) * 0.5).value();
  const double hits = static_cast<double>(k);
  const double misses = static_cast<double>(n - k);
  if (k > 0) out.lo = beta_quantile(tail, hits, misses + 1);
  if (k < n) out.hi = beta_upper_quantile(tail, hits + 1, misses);
  return out;
}

/// Which Jeffreys interval.
enum class jeffreys_ends {
  modified,     ///< 0 at k = 0 and 1 at k = n (Brown, Cai and DasGupta): repairs the coverage there
  equal_tailed  ///< the posterior's quantiles throughout, as statsmodels and R's binom package give them
};

/// The Jeffreys interval: quantiles of Beta(k + 1/2, n - k + 1/2), the posterior under Jeffreys' prior.
/// Brown, Cai and DasGupta 2001.
inline interval jeffreys_interval(std::int64_t k, std::int64_t n, double level = 0.95,
                                  jeffreys_ends ends = jeffreys_ends::modified) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  const double tail = ((1 - detail::strict(level)) * 0.5).value();
  const double a = static_cast<double>(k) + 0.5;
  const double b = static_cast<double>(n - k) + 0.5;
  const bool plain = ends == jeffreys_ends::equal_tailed;
  if (plain || k > 0) out.lo = beta_quantile(tail, a, b);
  if (plain || k < n) out.hi = beta_upper_quantile(tail, a, b);
  out.status = detail::proportion_doubt(k, n);
  return out;
}

/// The Agresti-Coull interval, the normal interval after z^2/2 successes and failures more, cut to 0..1.
/// A. Agresti and B. A. Coull 1998.
inline interval agresti_coull_interval(std::int64_t k, std::int64_t n, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  using detail::strict;
  const strict z = normal_two_sided(level);
  const strict trials = detail::real(n) + z * z;
  const strict p = (detail::real(k) + z * z * 0.5) / trials;
  const strict half = z * sqrt(p * (1 - p) / trials);
  out.lo = (std::max)(strict(0), p - half).value();
  out.hi = (std::min)(strict(1), p + half).value();
  out.status = detail::proportion_doubt(k, n);
  return out;
}

/// The mid-p interval: Clopper-Pearson with half of the observed outcome's probability in either tail. Covers
/// with the level on average instead of at least. H. O. Lancaster 1961; Newcombe 1998, method 6.
inline interval mid_p_interval(std::int64_t k, std::int64_t n, double level = 0.95) noexcept {
  interval out = detail::proportion_start(k, n, level);
  if (out.status != interval_status::ok) return out;
  const detail::strict tail = (1 - detail::strict(level)) * 0.5;
  if (k > 0) out.lo = detail::mid_p_lower(k, n, tail).value();
  if (k < n) out.hi = (1 - detail::mid_p_lower(n - k, n, tail)).value();
  out.status = detail::proportion_doubt(k, n);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
