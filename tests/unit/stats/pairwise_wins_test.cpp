// SPDX-License-Identifier: MIT
#include <evalpp/stats/bradley_terry.hpp>
#include <evalpp/stats/pairwise_wins.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <vector>

namespace pairwise_wins_test {

using evalpp::stats::pairwise_game;
using evalpp::stats::pairwise_wins;
using games = std::vector<pairwise_game>;
using wins = std::vector<double>;
using counts = std::vector<std::uint32_t>;

TEST(pairwise_wins, adds_up_scores) {
  EXPECT_EQ(pairwise_wins(games{{0, 1, 1}, {1, 0, 1}, {0, 1, 0.5}, {0, 1, 0}}, 2), (wins{0, 1.5, 2.5, 0}));
  EXPECT_EQ(pairwise_wins({}, 2), (wins{0, 0, 0, 0}));
  EXPECT_EQ(pairwise_wins({}, 0), wins{});
}

TEST(pairwise_wins, a_weight_is_a_repetition) {
  const games all{{0, 1, 1}, {1, 2, 0.5}, {2, 0, 0}, {2, 1, 1}, {1, 0, 1}, {0, 2, 0}};
  const counts weights{3, 2, 0, 1, 2, 4};
  EXPECT_EQ(pairwise_wins(all, 3, weights), pairwise_wins(reference::repeated(all, weights), 3));
  const auto fit = evalpp::stats::bradley_terry(pairwise_wins(all, 3, weights), 3);
  EXPECT_EQ(fit.log_strengths.size(), 3u);
}

TEST(pairwise_wins, rejects_what_is_no_game) {
  EXPECT_REFUSED(pairwise_wins(games{{0, 2, 1}}, 2));
  EXPECT_REFUSED(pairwise_wins(games{{1, 1, 1}}, 2));
  EXPECT_REFUSED(pairwise_wins(games{{0, 1, 2}}, 2));
  EXPECT_REFUSED(pairwise_wins(games{{0, 1, std::numeric_limits<double>::quiet_NaN()}}, 2));
  EXPECT_REFUSED(pairwise_wins(games{{0, 1, 1}}, 2, counts{1, 1}));
}

}  // namespace pairwise_wins_test
