// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// Intervals for the mean of scores in 0-1 that hold at all times at once: look after every score, and
/// stop when satisfied. The empirical Bernstein confidence sequence.
///
///     confidence_sequence watch{.level = 0.95};
///     for (double score : stream) if (watch.add(score).lo > 0.8) break;
///
/// The chance that any of the intervals misses the mean is at most 1 - level, for any distribution whose
/// mean, given the past, does not change. They narrow with the variance of the scores, are 0-1 for
/// the first few, and wider than an interval for a number of scores that was fixed beforehand; their
/// running intersection is what is given. Scores outside 0-1, NaN and a level outside 0-1 raise. O(1)
/// a score. Waudby-Smith and Ramdas 2024 (predictable plug-in); Python's confseq.
struct confidence_sequence {
  double level = 0.95;
  std::uint64_t scores = 0;
  double lo = 0, hi = 1;  ///< of all intervals so far

  /// Takes one score and gives the interval.
  interval add(double score) {
    using detail::real, detail::strict;
    if (detail::is_nan(score) || score < 0 || score > 1)
      evalpp::detail::raise_invalid("a confidence sequence takes scores in 0-1");
    if (detail::is_nan(level) || level <= 0 || level >= 1)
      evalpp::detail::raise_invalid("a level is above 0 and below 1");
    const strict t = real(scores + 1);
    // What was expected of this score: the mean so far; of the first, the far end (as confseq has it).
    const strict mean = scores == 0 ? strict(0.0) : strict(sum) / real(scores);
    const strict mean_for_hi = scores == 0 ? strict(1.0) : mean;
    // As if a spread of a quarter had been seen before the first.
    const strict variance = (0.25 + strict(squares)) / t;
    const strict surprise = log(2.0 / (1.0 - strict(level)));
    const strict bet = (std::min)(sqrt(2.0 * surprise / (variance * t * log(1.0 + t))), strict(0.5));
    bets = (bets + bet).value();
    weighted = (weighted + bet * score).value();
    const strict price = -log1p(-bet) - bet;
    lo_penalty = (lo_penalty + price * square(score - mean)).value();
    hi_penalty = (hi_penalty + price * square(score - mean_for_hi)).value();

    ++scores;
    sum = (strict(sum) + score).value();
    squares = (squares + square(score - (0.5 + strict(sum)) / (t + 1.0))).value();
    const strict centre = strict(weighted) / bets;
    lo = (std::max)((centre - (surprise + lo_penalty) / bets).value(), lo);
    hi = (std::min)((centre + (surprise + hi_penalty) / bets).value(), hi);
    return current();
  }

  /// The interval as it stands: undefined before the first score. Should the intervals ever contradict
  /// each other (the mean has changed), it is empty, `lo` above `hi`, and in doubt.
  interval current() const noexcept {
    if (scores == 0) return no_interval(level, interval_status::undefined);
    return {.lo = lo,
            .hi = hi,
            .level = level,
            .status = lo <= hi ? interval_status::ok : interval_status::caution};
  }

  double sum = 0, squares = 0;    ///< of the scores, and of their distances from the mean
  double bets = 0, weighted = 0;  ///< of the bets, and of the scores times their bets
  double lo_penalty = 0, hi_penalty = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
