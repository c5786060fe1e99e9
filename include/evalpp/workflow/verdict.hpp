// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::workflow {

/// What a difference is worth, from its interval and a margin: the smallest gain that is worth having.
enum class verdict {
  equivalent,          ///< within the given bounds of no difference (two one-sided tests)
  worse,               ///< a regression is shown
  worth_it,            ///< a gain of at least the margin is shown
  real_size_open,      ///< a gain is shown; whether it reaches the margin is open
  real_but_small,      ///< a gain is shown, and that it does not reach the margin
  no_worthwhile_gain,  ///< a gain of the margin is ruled out
  better,              ///< a gain is shown (no margin was given)
  no_difference,       ///< the systems do not differ at all
  undecided,           ///< too little data to tell
};

/// `worth_it`, `real_size_open`, ...: part of file formats.
constexpr std::string_view to_string(verdict v) noexcept {
  switch (v) {
    case verdict::equivalent:
      return "equivalent";
    case verdict::worse:
      return "worse";
    case verdict::worth_it:
      return "worth_it";
    case verdict::real_size_open:
      return "real_size_open";
    case verdict::real_but_small:
      return "real_but_small";
    case verdict::no_worthwhile_gain:
      return "no_worthwhile_gain";
    case verdict::better:
      return "better";
    case verdict::no_difference:
      return "no_difference";
    case verdict::undecided:
      break;
  }
  return "undecided";
}

/// The interval of a gain: positive is better, whatever the direction of the metric.
struct gain_interval {
  double lo = 0;
  double hi = 0;
};

/// The gain behind a difference, candidate minus baseline: the same where higher is better, else negated.
constexpr gain_interval gain_of(double lo, double hi, bool higher_is_better) noexcept {
  return higher_is_better ? gain_interval{lo, hi} : gain_interval{-hi, -lo};
}

/// The verdict on a gain. `margin` is 0 where there is none; with `equivalence` it is asked first whether
/// the gain lies within plus or minus that. `undecided` when an end is no number.
///
/// At a 95 % interval each of `worse`, `better`, `worth_it` and `no_worthwhile_gain` is wrong at most 2.5 %
/// of the time; `equivalent` is the two one-sided tests of Schuirmann 1987 at that level. Assumes that the
/// interval covers with its level, each end alike, and that margin and equivalence were chosen before the
/// data was seen; the verdict on one of several metrics or candidates is not adjusted for the others. Where
/// an interval lies against a margin: G. Piaggio and others, Reporting of noninferiority and equivalence
/// randomized trials, 2012.
constexpr verdict verdict_on(const gain_interval& gain, double margin = 0,
                             std::optional<double> equivalence = std::nullopt) noexcept {
  if (evalpp::detail::is_nan(gain.lo) || evalpp::detail::is_nan(gain.hi)) return verdict::undecided;
  if (equivalence && -*equivalence <= gain.lo && gain.hi <= *equivalence) return verdict::equivalent;
  if (gain.hi < 0) return verdict::worse;
  if (margin > 0) {
    if (gain.lo >= margin) return verdict::worth_it;
    if (gain.lo > 0) return gain.hi >= margin ? verdict::real_size_open : verdict::real_but_small;
    return gain.hi < margin ? verdict::no_worthwhile_gain : verdict::undecided;
  }
  if (gain.lo > 0) return verdict::better;
  if (!(gain.lo < 0) && !(gain.hi > 0)) return verdict::no_difference;
  return verdict::undecided;
}

/// How many more items would settle what `v` leaves open, if the gain and its spread stay what they are: for
/// `real_size_open` the margin is to be excluded, for `undecided` the farther of 0 and the margin. Rounded to
/// two digits. Empty when nothing is open, when there is no interval, and when it would take more than 20
/// times the `n` there are: the gain sits on the boundary.
///
/// (reach / |gain - boundary|)^2 n - n, where `reach` is z standard errors of the gain over n items, or how
/// far its interval reaches towards the boundary when that is more.
inline std::optional<std::int64_t> items_needed(verdict v, double gain, const gain_interval& ends,
                                                double standard_error, std::size_t n, double margin = 0,
                                                double level = 0.95) noexcept {
  using evalpp::detail::keep;
  if (v != verdict::undecided && v != verdict::real_size_open) return std::nullopt;
  for (const double x : {gain, ends.lo, ends.hi, standard_error})
    if (!evalpp::detail::is_finite(x)) return std::nullopt;
  const double to_zero = std::abs(gain), to_margin = std::abs(keep(gain - margin));
  const double boundary = v == verdict::real_size_open || to_margin > to_zero ? margin : 0;
  const double distance = std::abs(keep(gain - boundary));
  const double end = std::abs(keep(gain - (boundary < gain ? ends.lo : ends.hi)));
  const double reach = (std::max)(end, keep(stats::normal_two_sided(level) * standard_error));
  const double ratio = keep(reach / distance);
  const auto have = static_cast<double>(n);
  const double more = keep(have * keep(keep(ratio * ratio) - 1));
  if (!(distance > 0) || !(more <= keep(20 * have))) return std::nullopt;
  double unit = 1;
  while (more / unit >= 100) unit *= 10;
  const auto rounded = static_cast<std::int64_t>(keep(std::floor(keep(more / unit + 0.5)) * unit));
  return (std::max)(rounded, std::int64_t{1});
}

}  // namespace evalpp::inline EVALPP_ABI::workflow
