// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cmath>

namespace evalpp::inline EVALPP_ABI::stats {

/// A strength in logits (`bradley_terry`) on the scale of Elo ratings, where 400 points are odds of
/// 10 to 1: `centre` for a strength of 0.
inline double elo_scale(double log_strength, double centre = 1000) {
  constexpr double points = 173.71779276130073;  // 400 / ln 10
  return (centre + detail::strict(log_strength) * points).value();
}

/// The score that a rating expects against another, 0-1: 1 / (1 + 10^((other - rating) / 400)).
inline double elo_expected_score(double rating, double other) {
  using detail::strict;
  const strict odds = exp((strict(other) - rating) * 0.005756462732485114);  // ln 10 / 400
  return (1.0 / (1.0 + odds)).value();
}

/// Moves two ratings by one game: `score` is 1 when the first won, 0 when the second did, 0.5 for a
/// tie, and `k` the most that a game can move a rating.
///
/// Ratings depend on the order of the games and never settle: for a stream. Over a finished set of
/// games fit `bradley_terry`. Elo 1978. O(1).
inline void elo_update(double& first, double& second, double score, double k = 32) {
  using detail::strict;
  const strict move = k * (strict(score) - elo_expected_score(first, second));
  first = (first + move).value();
  second = (second - move).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
