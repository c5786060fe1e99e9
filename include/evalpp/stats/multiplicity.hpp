// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

// Several tests at once. Each function gives adjusted p-values in the order of those given: a test is
// rejected at level alpha when its adjusted p is at most alpha. A NaN stays NaN and counts as a test that
// found nothing; so does what lies outside 0..1. O(m log m), Hommel's O(m^2).
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

inline bool is_p(double p) noexcept { return !is_nan(p) && p >= 0 && p <= 1; }

/// The places of the p-values, in ascending order of the values; those that are none as 1, at the end.
struct ranked_p {
  std::vector<std::size_t> order;
  std::vector<double> p;
};

inline ranked_p ranked(std::span<const double> p) {
  ranked_p out{std::vector<std::size_t>(p.size()), std::vector<double>(p.size())};
  std::iota(out.order.begin(), out.order.end(), std::size_t{0});
  std::sort(out.order.begin(), out.order.end(), [&](std::size_t i, std::size_t j) {
    const double a = is_p(p[i]) ? p[i] : 2;
    const double b = is_p(p[j]) ? p[j] : 2;
    return a < b || (a <= b && i < j);
  });
  for (std::size_t i = 0; i < p.size(); ++i) out.p[i] = is_p(p[out.order[i]]) ? p[out.order[i]] : 1;
  return out;
}

/// The adjusted values, back in the order of the given ones.
inline std::vector<double> unranked(std::span<const double> given, const ranked_p& by_rank,
                                    std::vector<double> adjusted) {
  std::vector<double> out(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::size_t at = by_rank.order[i];
    out[at] = is_p(given[at]) ? adjusted[i] : nan;
  }
  return out;
}

/// From the smallest p upwards, each no smaller than the one before.
template <class Term>
std::vector<double> step_down(std::span<const double> p, const Term& term) {
  const ranked_p by_rank = ranked(p);
  std::vector<double> adjusted(p.size());
  strict most = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    most = (std::max)(most, (std::min)(strict(1), term(strict(by_rank.p[i]), i + 1)));
    adjusted[i] = most.value();
  }
  return unranked(p, by_rank, std::move(adjusted));
}

/// From the largest p downwards, each no larger than the one before.
template <class Term>
std::vector<double> step_up(std::span<const double> p, const Term& term) {
  const ranked_p by_rank = ranked(p);
  std::vector<double> adjusted(p.size());
  strict least = 1;
  for (std::size_t i = p.size(); i-- > 0;) {
    least = (std::min)(least, term(strict(by_rank.p[i]), i + 1));
    adjusted[i] = least.value();
  }
  return unranked(p, by_rank, std::move(adjusted));
}

/// 1 - (1 - p)^m, precise for small p.
inline strict at_least_one(strict p, strict m) noexcept { return p >= 1 ? strict(1) : -expm1(m * log1p(-p)); }

}  // namespace detail

/// Family-wise error, any dependence: m p. C. E. Bonferroni.
inline std::vector<double> bonferroni(std::span<const double> p) {
  const detail::strict m = detail::real(p.size());
  return detail::step_down(p, [&](detail::strict v, std::size_t) { return m * v; });
}

/// Family-wise error, any dependence, never worse than Bonferroni: the default for a few tests. S. Holm 1979.
inline std::vector<double> holm(std::span<const double> p) {
  const std::size_t m = p.size();
  return detail::step_down(
      p, [&](detail::strict v, std::size_t rank) { return detail::real(m - rank + 1) * v; });
}

/// Family-wise error for independent or positively dependent tests. Y. Hochberg 1988.
inline std::vector<double> hochberg(std::span<const double> p) {
  const std::size_t m = p.size();
  return detail::step_up(p,
                         [&](detail::strict v, std::size_t rank) { return detail::real(m - rank + 1) * v; });
}

/// Family-wise error under the same condition as Hochberg's and never worse. G. Hommel 1988, in the form of
/// S. P. Wright 1992.
inline std::vector<double> hommel(std::span<const double> given) {
  using detail::real;
  using detail::strict;
  const detail::ranked_p by_rank = detail::ranked(given);
  const std::vector<double>& p = by_rank.p;
  const std::size_t n = p.size();
  if (n == 0) return {};
  strict simes = 1;
  for (std::size_t i = 0; i < n; ++i) simes = (std::min)(simes, real(n) * p[i] / real(i + 1));
  std::vector<double> adjusted(n, simes.value());
  for (std::size_t m = n - 1; m >= 2; --m) {
    // Among the m largest: Simes' bound of all but their smallest, then each on its own.
    const std::size_t first = n - m + 1;
    strict bound = 1;
    for (std::size_t i = first; i < n; ++i) bound = (std::min)(bound, real(m) * p[i] / real(i - first + 2));
    for (std::size_t i = 0; i < first; ++i) {
      adjusted[i] = (std::max)(strict(adjusted[i]), (std::min)(real(m) * p[i], bound)).value();
    }
    const strict last = (std::min)(real(m) * p[first - 1], bound);
    for (std::size_t i = first; i < n; ++i) adjusted[i] = (std::max)(strict(adjusted[i]), last).value();
  }
  for (std::size_t i = 0; i < n; ++i) adjusted[i] = (std::max)(adjusted[i], p[i]);
  return detail::unranked(given, by_rank, std::move(adjusted));
}

/// Family-wise error for independent tests: 1 - (1 - p)^m. Z. Sidak 1967.
inline std::vector<double> sidak(std::span<const double> p) {
  const detail::strict m = detail::real(p.size());
  return detail::step_down(p, [&](detail::strict v, std::size_t) { return detail::at_least_one(v, m); });
}

/// Holm's steps with Sidak's bound.
inline std::vector<double> holm_sidak(std::span<const double> p) {
  const std::size_t m = p.size();
  return detail::step_down(p, [&](detail::strict v, std::size_t rank) {
    return detail::at_least_one(v, detail::real(m - rank + 1));
  });
}

/// False discovery rate for independent or positively dependent tests: the default for many tests (slices).
/// Y. Benjamini and Y. Hochberg 1995.
inline std::vector<double> benjamini_hochberg(std::span<const double> p) {
  const detail::strict m = detail::real(p.size());
  return detail::step_up(p, [&](detail::strict v, std::size_t rank) { return m * v / detail::real(rank); });
}

/// False discovery rate under any dependence. Y. Benjamini and D. Yekutieli 2001.
inline std::vector<double> benjamini_yekutieli(std::span<const double> p) {
  const detail::strict m = detail::real(p.size());
  detail::strict harmonic = 0;
  for (std::size_t i = 1; i <= p.size(); ++i) harmonic += 1 / detail::real(i);
  return detail::step_up(
      p, [&](detail::strict v, std::size_t rank) { return m * harmonic * v / detail::real(rank); });
}

/// False discovery rate from e-values, under any dependence: true for each test that is rejected. With k the
/// largest number of e-values that are at least m / (alpha k), those k. An e-value that is negative or NaN
/// counts as 0; an alpha outside 0..1 rejects nothing. R. Wang and A. Ramdas 2022.
inline std::vector<bool> e_benjamini_hochberg(std::span<const double> e, double alpha) {
  using detail::real;
  using detail::strict;
  std::vector<bool> rejected(e.size(), false);
  if (detail::is_nan(alpha) || alpha <= 0 || alpha > 1) return rejected;
  const auto value = [&](std::size_t i) { return detail::is_nan(e[i]) || e[i] < 0 ? 0.0 : e[i]; };
  std::vector<std::size_t> order(e.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return value(i) > value(j) || (value(i) >= value(j) && i < j);
  });
  for (std::size_t k = e.size(); k > 0; --k) {
    if (strict(value(order[k - 1])) < real(e.size()) / (strict(alpha) * real(k))) continue;
    for (std::size_t i = 0; i < k; ++i) rejected[order[i]] = true;
    break;
  }
  return rejected;
}

/// A statistic and the p-value of all tests together.
struct combined_p {
  double statistic = detail::nan;
  double p = detail::nan;
};

/// Fisher's combination of independent p-values, -2 sum of log p against chi-square with 2m degrees of
/// freedom. NaN for none, or when one is no p-value.
inline combined_p fisher_combination(std::span<const double> p) noexcept {
  detail::strict sum = 0;
  bool none = false;
  for (const double v : p) {
    if (!detail::is_p(v)) return {};
    if (detail::is_zero(v))
      none = true;
    else
      sum -= log(detail::strict(v)) * 2;
  }
  if (p.empty()) return {};
  if (none) return {detail::infinity, 0};
  return {sum.value(), chi_square_sf(sum.value(), 2 * static_cast<double>(p.size()))};
}

/// Stouffer's combination of independent one-sided p-values: the sum of their normal quantiles over sqrt(m).
/// NaN for none, when one is no p-value, and for both a 0 and a 1 among them.
inline combined_p stouffer_combination(std::span<const double> p) noexcept {
  detail::strict sum = 0;
  bool zero = false;
  bool one = false;
  for (const double v : p) {
    if (!detail::is_p(v)) return {};
    if (detail::is_zero(v))
      zero = true;
    else if (v == 1)
      one = true;
    else
      sum -= normal_quantile(v);
  }
  if (p.empty() || (zero && one)) return {};
  if (zero) return {detail::infinity, 0};
  if (one) return {-detail::infinity, 1};
  const double z = (sum / sqrt(detail::real(p.size()))).value();
  return {z, normal_sf(z)};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
