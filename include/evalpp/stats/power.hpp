// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/root.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/noncentral_t.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <cmath>

// How many examples a comparison needs. All tests are two-sided at `alpha` and find the stated difference
// with probability `power`. Sizes are real numbers, to be rounded up; infinite for a difference of 0; NaN for
// input that makes no sense (alpha or power outside 0..1, a negative variance, NaN).
namespace evalpp::inline EVALPP_ABI::stats {

/// The error rates a plan allows.
struct test_design {
  double alpha = 0.05;  ///< two-sided
  double power = 0.8;
};

namespace detail {

inline bool is_open_unit(double p) noexcept { return !is_nan(p) && p > 0 && p < 1; }
inline bool is_share(double p) noexcept { return !is_nan(p) && p >= 0 && p <= 1; }
inline bool is_design(const test_design& d) noexcept {
  return is_open_unit(d.alpha) && is_open_unit(d.power);
}

struct design_scores {
  strict alpha;  ///< z of alpha / 2
  strict power;
};
inline design_scores scores(const test_design& d) noexcept {
  return {-normal_quantile((strict(d.alpha) * 0.5).value()), normal_quantile(d.power)};
}

}  // namespace detail

/// The parts of the variance of a paired difference per question (Miller 2024). With K answers per question
/// each, an estimate over n questions has variance (between + within_a / K_a + within_b / K_b) / n.
struct variance_components {
  double between = 0;  ///< omega^2: of the difference of the two systems' expected scores, over questions
  double within_a =
      0;  ///< sigma_A^2: of the first system's score over repeated answers to one question, averaged
  double within_b = 0;
  double samples_a = 1;  ///< K_A, answers per question
  double samples_b = 1;

  /// The variance of one question's difference; NaN for what makes no sense.
  double total() const noexcept {
    if (!detail::is_finite(between) || !detail::is_finite(within_a) || !detail::is_finite(within_b) ||
        detail::is_nan(samples_a) || detail::is_nan(samples_b) || between < 0 || within_a < 0 ||
        within_b < 0 || samples_a < 1 || samples_b < 1) {
      return detail::nan;
    }
    return (between + detail::strict(within_a) / samples_a + detail::strict(within_b) / samples_b).value();
  }
};

/// Questions needed to find a difference of `delta`: (z_{alpha/2} + z_power)^2 variance / delta^2.
/// E. Miller, Adding error bars to evals, 2024.
inline double questions_needed(double delta, const variance_components& v,
                               const test_design& design = {}) noexcept {
  const detail::strict variance = v.total();
  if (!detail::is_design(design) || !detail::is_finite(delta) || detail::is_nan(variance.value()))
    return detail::nan;
  if (detail::is_zero(delta)) return detail::infinity;
  const auto z = detail::scores(design);
  const detail::strict ratio = (z.alpha + z.power) / delta;
  return (ratio * ratio * variance).value();
}

/// The smallest difference that n questions find with that power; infinite for none.
inline double detectable_difference(double n, const variance_components& v,
                                    const test_design& design = {}) noexcept {
  const detail::strict variance = v.total();
  if (!detail::is_design(design) || detail::is_nan(n) || n < 0 || detail::is_nan(variance.value()))
    return detail::nan;
  if (detail::is_zero(n)) return detail::infinity;
  const auto z = detail::scores(design);
  return ((z.alpha + z.power) * sqrt(variance / n)).value();
}

/// Items needed for McNemar's test, when the first system alone is right on a share `first_only` of the items
/// and the second alone on `second_only`: n = (z_{alpha/2} sqrt(psi) + z_power sqrt(psi - d^2))^2 / d^2, psi
/// the sum and d the difference of the shares. R. J. Connor 1987.
inline double mcnemar_items_needed(double first_only, double second_only,
                                   const test_design& design = {}) noexcept {
  using detail::strict;
  if (!detail::is_design(design) || !detail::is_share(first_only) || !detail::is_share(second_only) ||
      first_only + second_only > 1) {
    return detail::nan;
  }
  const strict d = strict(first_only) - second_only;
  const strict psi = strict(first_only) + second_only;
  if (d == 0) return detail::infinity;
  const auto z = detail::scores(design);
  const strict root = (z.alpha * sqrt(psi) + z.power * sqrt((std::max)(strict(0), psi - d * d))) / d;
  return (root * root).value();
}

/// Examples needed per group to tell two independent proportions apart.
struct two_proportion_plan {
  double arcsine = detail::nan;  ///< from Cohen's h, as R's pwr and statsmodels
  double unpooled =
      detail::nan;  ///< R's power.prop.test: pooled variance under the null, unpooled under the difference
  double effect_h = detail::nan;  ///< Cohen's h = 2 (asin sqrt(p2) - asin sqrt(p1)), its absolute value
};

inline two_proportion_plan two_proportion_examples_needed(double p1, double p2,
                                                          const test_design& design = {}) noexcept {
  using detail::strict;
  two_proportion_plan out;
  if (!detail::is_design(design) || !detail::is_share(p1) || !detail::is_share(p2)) return out;
  const auto angle = [](double p) { return strict(detail::keep(std::asin(std::sqrt(detail::keep(p))))); };
  const strict h = abs(angle(p2) - angle(p1)) * 2;
  const strict d = strict(p2) - p1;
  const auto z = detail::scores(design);
  out.effect_h = h.value();
  if (h == 0) {
    out.arcsine = out.unpooled = detail::infinity;
    return out;
  }
  // A significant result in the wrong direction counts too, as in pwr.
  const auto missing = [&](strict shift) {
    return detail::normal_upper_tail(z.alpha - shift) + detail::normal_upper_tail(z.alpha + shift) -
           design.power;
  };
  const strict shift =
      design.power <= design.alpha ? strict(0) : detail::bracketed_root(missing, 0, z.alpha + 39);
  out.arcsine = (shift / h * (shift / h) * 2).value();
  const strict mean = (strict(p1) + p2) * 0.5;
  const strict under_null = sqrt(mean * (1 - mean) * 2);
  const strict under_difference = sqrt(strict(p1) * (1 - strict(p1)) + strict(p2) * (1 - strict(p2)));
  const strict root = (z.alpha * under_null + z.power * under_difference) / d;
  out.unpooled = (root * root).value();
  return out;
}

/// What a t-test compares.
enum class t_test_kind {
  paired,      ///< the mean of n differences with 0 (also one sample with a constant)
  two_sample,  ///< the means of two groups of n
};

/// The power of a two-sided t-test of a true difference `delta` in units of the standard deviation (of the
/// differences, or within the groups), at n (per group), from the noncentral t; the wrong direction does not
/// count, as in R's power.t.test. NaN below n = 2.
inline double t_test_power(double n, double delta, t_test_kind kind, double alpha = 0.05) noexcept {
  using detail::strict;
  if (!detail::is_open_unit(alpha) || detail::is_nan(n) || n < 2 || n > 1e15 || !detail::is_finite(delta))
    return detail::nan;
  const bool two = kind == t_test_kind::two_sample;
  const strict df = (strict(n) - 1) * (two ? 2 : 1);
  const strict shift = abs(strict(delta)) * sqrt(strict(n) / (two ? 2 : 1));
  if (shift > 37) return 1;
  const double critical = student_t_quantile((1 - strict(alpha) * 0.5).value(), df.value());
  return (1 - strict(noncentral_t_cdf(critical, df.value(), shift.value()))).value();
}

/// The n (per group) at which `t_test_power` reaches the design's power; 2 when it already does there.
inline double t_test_examples_needed(double delta, t_test_kind kind,
                                     const test_design& design = {}) noexcept {
  using detail::strict;
  if (!detail::is_design(design) || !detail::is_finite(delta)) return detail::nan;
  if (std::fabs(delta) < 1e-6) return detail::is_zero(delta) ? detail::infinity : detail::nan;
  const auto missing = [&](strict n) {
    return strict(t_test_power(n.value(), delta, kind, design.alpha)) - design.power;
  };
  if (missing(2) >= 0) return 2;
  strict high = 4;
  while (high < 1e15 && missing(high) < 0) high *= 2;
  return detail::bracketed_root(missing, high * 0.5, high).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
