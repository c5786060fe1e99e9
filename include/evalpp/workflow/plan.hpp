// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/detectable_difference.hpp>
#include <evalpp/stats/power.hpp>
#include <evalpp/stats/precision.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

// How many items an evaluation needs, and what it shows with those there are. Shares and differences of
// shares are on the 0-1 scale. Numbers of items are whole, rounded up; infinite where no number is enough,
// NaN for what makes no sense: a share outside 0..1, a gain beyond 1, a gain larger than the share of items
// that change. Constant time, but for `items_for_rate`, which takes log n binomial tails.
namespace evalpp::inline EVALPP_ABI::workflow {

/// What a plan assumes of the models and allows as errors.
struct plan_assumptions {
  double alpha = 0.05;  ///< of two-sided tests; 1 - alpha is the level of intervals
  double power = 0.8;   ///< the chance to find a difference that is there
  double base = 0.8;    ///< the share that the baseline gets right
  /// The share of the items on which one model is right and the other is wrong. A fine-tune of the same
  /// model changes 0.1 to 0.3 of the verdicts, most of them back and forth.
  double discordance = 0.2;

  stats::test_design design() const noexcept { return {.alpha = alpha, .power = power}; }
};

namespace detail {
// A size that is whole but for rounding is not to become one more.
inline double whole_items(double n) noexcept { return std::ceil(n * (1 - 1e-12)); }
}  // namespace detail

/// Which shares of discordant items a gain of `margin` over `base` leaves possible.
struct discordance_range {
  double least = 0;  ///< all change to the better
  double most = 0;   ///< as many as possible change back; below `least` when the gain itself is impossible
};
inline discordance_range possible_discordance(double margin, double base) noexcept {
  return {margin, (std::min)(2 * (1 - base) - margin, 2 * base + margin)};
}

/// A guess where no pilot was run: 0.2, or 70 % of what two models that fail independently of each other
/// would differ on, where `base` makes that less; not below twice the margin, unless that is more than those
/// have.
inline double usual_discordance(double margin, double base) noexcept {
  const double independent = base * (1 - base - margin) + (1 - base) * (base + margin);
  return (std::max)((std::min)(0.2, 0.7 * independent), (std::min)(2 * margin, independent));
}

/// The items that a difference takes.
struct margin_plan {
  double paired = std::numeric_limits<double>::quiet_NaN();  ///< items that both models answer
  /// Items for each model, when each answers others: what a test costs that ignores the pairing.
  double unpaired_per_model = std::numeric_limits<double>::quiet_NaN();
};

/// Items to find a true gain of `margin` in the share of right answers. Paired: McNemar's test (Connor 1987),
/// from `discordance`; unpaired: two proportions, from `base` (R's power.prop.test).
inline margin_plan items_for_margin(double margin, const plan_assumptions& a = {}) noexcept {
  const double better = (a.discordance + margin) / 2;
  return {detail::whole_items(stats::mcnemar_items_needed(a.discordance - better, better, a.design())),
          detail::whole_items(
              stats::two_proportion_examples_needed(a.base, a.base + margin, a.design()).unpooled)};
}

/// Items to find a true difference of `margin` between the means of any per-item score, when the items'
/// differences have the standard deviation `deviation`, by the paired t-test; both in the unit of the score.
inline double items_for_mean_margin(double margin, double deviation,
                                    const plan_assumptions& a = {}) noexcept {
  if (evalpp::detail::is_nan(deviation) || deviation <= 0) return std::numeric_limits<double>::quiet_NaN();
  return detail::whole_items(
      stats::t_test_examples_needed(margin / deviation, stats::t_test_kind::paired, a.design()));
}

/// The chance to find a gain with n items.
struct margin_chance {
  double paired = std::numeric_limits<double>::quiet_NaN();
  double unpaired = std::numeric_limits<double>::quiet_NaN();  ///< with n items for each model
};
inline margin_chance chance_of_margin(double margin, double n, const plan_assumptions& a = {}) noexcept {
  const double better = (a.discordance + margin) / 2;
  return {stats::mcnemar_power(n, a.discordance - better, better, a.alpha),
          stats::two_proportion_power(n, a.base, a.base + margin, a.alpha)};
}

/// What n items show.
struct sample_plan {
  double half_width =
      std::numeric_limits<double>::quiet_NaN();  ///< of Wilson's interval of one share, at `base`
  double paired_gain =
      std::numeric_limits<double>::quiet_NaN();  ///< the smallest that is found, both models on these items
  double unpaired_gain = std::numeric_limits<double>::quiet_NaN();  ///< with n items for each model
};
inline sample_plan what_items_show(double n, const plan_assumptions& a = {}) noexcept {
  return {stats::wilson_half_width(a.base, n, 1 - a.alpha),
          stats::mcnemar_detectable_difference(n, a.discordance, a.design()),
          stats::two_proportion_detectable_difference(n, a.base, a.design())};
}

/// What n items show of a difference of means: half the width of its t interval, and the smallest that is
/// found, by the normal approximation. NaN below 2 items.
struct mean_sample_plan {
  double half_width = std::numeric_limits<double>::quiet_NaN();
  double difference = std::numeric_limits<double>::quiet_NaN();
};
inline mean_sample_plan what_items_show_of_mean(double n, double deviation,
                                                const plan_assumptions& a = {}) noexcept {
  if (evalpp::detail::is_nan(n) || n < 2 || evalpp::detail::is_nan(deviation) || deviation <= 0) return {};
  return {stats::student_t_two_sided(1 - a.alpha, n - 1) * deviation / std::sqrt(n),
          stats::detectable_difference(n, {.between = deviation * deviation}, a.design())};
}

/// Items for an interval (Wilson's) of +- `half_width` around a share of about `base`.
inline double items_for_half_width(double half_width, const plan_assumptions& a = {}) noexcept {
  return detail::whole_items(stats::wilson_examples_needed(half_width, a.base, 1 - a.alpha));
}

/// Items to claim that at least `rate` pass, one-sided at alpha, when `failures` of them fail: the exact
/// bound of Clopper and Pearson.
inline double items_for_rate(double rate, std::int64_t failures = 0,
                             const plan_assumptions& a = {}) noexcept {
  return stats::passes_needed(rate, failures, 1 - a.alpha);
}

/// Decisive pairs (ties are extra) in which judges prefer one side with this true share, to see that it is
/// not a half.
inline double pairs_for_preference(double share, const plan_assumptions& a = {}) noexcept {
  return detail::whole_items(stats::mcnemar_items_needed(1 - share, share, a.design()));
}

/// Fresh items in each of two windows to see that quality fell by `drop` from `base`: one-sided at alpha.
inline double items_for_drop(double drop, const plan_assumptions& a = {}) noexcept {
  const stats::test_design one_sided{.alpha = 2 * a.alpha, .power = a.power};
  return detail::whole_items(
      stats::two_proportion_examples_needed(a.base, a.base - drop, one_sided).unpooled);
}

}  // namespace evalpp::inline EVALPP_ABI::workflow
