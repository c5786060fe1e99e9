// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

// Watching a stream of scores in 0-1 for a mean that fell below what was promised, with guarantees
// that hold without a simulation, for any distribution and however often one looks. Both bet on the
// next score being low, with several stakes at once, and report how much they have won: fair bets win
// nothing on average while the mean, given the past, is at least the floor.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// The logarithms of the fortunes of five gamblers; what is lost altogether stays lost.
struct low_bets {
  static constexpr std::array<double, 5> stakes{0.25, 0.5, 0.75, 1.0, 1.25};
  static constexpr double nothing = -1e300;

  /// The logarithm of what a unit on a low score becomes; no stake is above what a score of 1 takes.
  static strict gain(std::size_t gambler, double floor, double score) noexcept {
    const strict most = 1.0 / (std::max)(1.0 - strict(floor), strict(1e-3));
    const strict factor = 1.0 + (std::min)(strict(stakes[gambler]), most) * (strict(floor) - score);
    return factor > 0.0 ? log(factor) : strict(nothing);
  }

  /// The logarithm of the mean of what these are logarithms of.
  static double log_mean(const std::array<double, 5>& logs) noexcept {
    const double greatest = *std::max_element(logs.begin(), logs.end());
    strict sum;
    for (const double l : logs) sum += exp(strict(l) - greatest);
    return (greatest + log(sum / 5.0)).value();
  }

  static void require(double floor, double score) {
    if (is_nan(score) || is_nan(floor) || score < 0 || score > 1 || floor < 0 || floor > 1)
      evalpp::detail::raise_invalid("an e-process takes scores and a floor in 0-1");
  }
};

}  // namespace detail

/// Evidence against "the mean is at least `floor`", one score at a time: an e-process.
///
/// While that is true, the chance that the e-value ever reaches 1 / a is at most a, over all time: alarm
/// at log(20) for one false alarm in twenty streams. It is slow to notice a fall that comes late,
/// as the bets lost before have to be won back first: `e_detector` forgets. Scores or a floor outside
/// 0-1 and NaN raise: count what failed apart. O(1) a score. Ville 1939; Waudby-Smith and Ramdas 2024.
struct e_process {
  double floor = 0;
  std::array<double, 5> log_fortunes{};  ///< one for each stake, from log 1

  /// Takes one score and gives the logarithm of the e-value.
  double add(double score) {
    detail::low_bets::require(floor, score);
    for (std::size_t i = 0; i < log_fortunes.size(); ++i) {
      const auto won = detail::strict(log_fortunes[i]) + detail::low_bets::gain(i, floor, score);
      log_fortunes[i] = (std::max)(won, detail::strict(detail::low_bets::nothing)).value();
    }
    return log_e_value();
  }
  double log_e_value() const noexcept { return detail::low_bets::log_mean(log_fortunes); }
};

/// The same bets with a new unit staked before every score: a Shiryaev-Roberts e-detector.
///
/// While the mean is at least `floor`, the statistic takes at least A scores on average to reach A: alarm
/// at log(A) for at most one false alarm in A scores (then start anew), however late the fall
/// comes. It will alarm some day. Scores or a floor outside 0-1 and NaN raise. O(1) a score.
/// Shin, Ramdas and Rinaldo 2024.
struct e_detector {
  double floor = 0;
  std::uint64_t scores = 0;
  std::array<double, 5> log_fortunes{};

  /// Takes one score and gives the logarithm of the statistic.
  double add(double score) {
    using detail::strict;
    detail::low_bets::require(floor, score);
    for (std::size_t i = 0; i < log_fortunes.size(); ++i) {
      const strict before = scores == 0 ? strict(detail::low_bets::nothing) : strict(log_fortunes[i]);
      const strict staked = before > 0.0 ? before + log1p(exp(-before)) : log1p(exp(before));
      const strict won = staked + detail::low_bets::gain(i, floor, score);
      log_fortunes[i] = (std::max)(won, strict(detail::low_bets::nothing)).value();
    }
    ++scores;
    return log_statistic();
  }
  /// Very negative before the first score.
  double log_statistic() const noexcept {
    return scores == 0 ? detail::low_bets::nothing : detail::low_bets::log_mean(log_fortunes);
  }
};

}  // namespace evalpp::inline EVALPP_ABI::stats
