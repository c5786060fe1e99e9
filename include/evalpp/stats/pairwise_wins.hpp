// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// One comparison of two systems, numbered from 0.
struct pairwise_game {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  double score = 0;  ///< of the first: 1 a win, 0 a loss, 0.5 a tie
};

/// How often each system beat each, as `bradley_terry` reads it: entry `i * systems + j` adds up the
/// scores of i against j, so that a tie is half a win of both.
///
/// A game counts as often as `weights` says, once each when there are none. For an interval by question
/// give all games of a question the same weight: the one that the question was drawn with. A system
/// that is not below `systems`, one against itself, and a score outside 0-1 raise.
/// O(games + systems^2).
inline std::vector<double> pairwise_wins(std::span<const pairwise_game> games, std::size_t systems,
                                         std::span<const std::uint32_t> weights = {}) {
  using detail::strict;
  const detail::item_weights weight(weights, games.size());
  std::vector<double> wins(systems * systems);
  const auto add = [&](std::size_t winner, std::size_t loser, strict times) {
    double& entry = wins[winner * systems + loser];
    entry = (entry + times).value();
  };
  for (std::size_t i = 0; i < games.size(); ++i) {
    const pairwise_game& game = games[i];
    if (game.first >= systems || game.second >= systems || game.first == game.second)
      evalpp::detail::raise_invalid("a game is between two different systems of those there are");
    if (detail::is_nan(game.score) || game.score < 0 || game.score > 1)
      evalpp::detail::raise_invalid("the score of a game is in 0-1");
    const strict times = weight[i];
    add(game.first, game.second, times * game.score);
    add(game.second, game.first, times * (1.0 - strict(game.score)));
  }
  return wins;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
