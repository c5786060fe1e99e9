// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/betting.hpp>

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
  empirical_bernstein_sequence sequence{level};

  /// Takes one score and gives the interval.
  interval add(double score) {
    if (!detail::is_unit(score)) evalpp::detail::raise_invalid("a confidence sequence takes scores in 0-1");
    if (!detail::is_level(level)) evalpp::detail::raise_invalid("a level is above 0 and below 1");
    sequence.add(score);
    return current();
  }

  /// The interval as it stands: undefined before the first score. Should the intervals ever contradict
  /// each other (the mean has changed), it is empty, `lo` above `hi`, and in doubt.
  interval current() const noexcept {
    interval now = sequence.bounds();
    if (now.status == interval_status::too_few) return no_interval(level, interval_status::undefined);
    if (now.lo > now.hi) now.status = worse(now.status, interval_status::caution);
    return now;
  }
};

}  // namespace evalpp::inline EVALPP_ABI::stats
