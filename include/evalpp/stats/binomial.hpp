// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/stirling.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstdint>

// The number of successes X in n independent trials with probability p each. NaN when n is negative or p
// is outside 0..1.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {
inline bool is_binomial(std::int64_t n, double p) noexcept {
  return n >= 0 && !is_nan(p) && p >= 0 && p <= 1;
}
}  // namespace detail

/// P(X = k). 0 for k outside 0..n. Loader's saddle-point form: no overflow, full relative precision.
inline double binomial_pmf(std::int64_t k, std::int64_t n, double p) noexcept {
  if (!detail::is_binomial(n, p)) return detail::nan;
  if (k < 0 || k > n) return 0;
  if (detail::is_zero(p)) return k == 0 ? 1 : 0;
  if (p == 1) return k == n ? 1 : 0;
  const detail::strict hits = detail::real(k);
  const detail::strict misses = detail::real(n - k);
  const detail::strict trials = detail::real(n);
  const detail::strict probability = p;
  if (k == 0) return exp(trials * log1p(-probability)).value();
  if (k == n) return exp(trials * log(probability)).value();
  const detail::strict excess = fma(-trials, probability, hits);
  const detail::strict log_pmf = detail::stirling_error(trials) - detail::stirling_error(hits) -
                                 detail::stirling_error(misses) -
                                 detail::deviance(hits, trials * probability, excess) -
                                 detail::deviance(misses, trials * (1 - probability), -excess);
  return (exp(log_pmf) * sqrt(trials / hits / (misses * detail::two_pi))).value();
}

/// P(X <= k), precise when small. By the incomplete beta function, I_{1-p}(n - k, k + 1).
inline double binomial_cdf(std::int64_t k, std::int64_t n, double p) noexcept {
  if (!detail::is_binomial(n, p)) return detail::nan;
  if (k < 0) return 0;
  if (k >= n) return 1;
  return beta_sf(p, static_cast<double>(k) + 1, static_cast<double>(n - k));
}

/// P(X > k), precise when small.
inline double binomial_sf(std::int64_t k, std::int64_t n, double p) noexcept {
  if (!detail::is_binomial(n, p)) return detail::nan;
  if (k < 0) return 1;
  if (k >= n) return 0;
  return beta_cdf(p, static_cast<double>(k) + 1, static_cast<double>(n - k));
}

}  // namespace evalpp::inline EVALPP_ABI::stats
