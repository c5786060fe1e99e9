// SPDX-License-Identifier: MIT
#include <evalpp/judge/ranking.hpp>

#include <evalpp/core/executor.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace ranking_test {

namespace judge = evalpp::judge;
using judge::preference;

// A run of which the candidate wins so many pairs and loses so many.
judge::judged_pairs_run run(const std::string& baseline, const std::string& candidate, std::size_t wins,
                            std::size_t losses) {
  judge::judged_pairs_run out;
  out.systems = {baseline, candidate};
  out.signature = "rubric:r|judge:m";
  for (std::size_t k = 0; k < wins + losses; ++k) {
    const preference won = k < wins ? preference::candidate : preference::baseline;
    out.pairs.push_back({.id = "q" + std::to_string(k), .baseline_first = won, .candidate_first = won});
  }
  return out;
}

TEST(Ranking, OfTwoSystemsIsTheirWinRateOnTheScaleOfElo) {
  const std::vector<judge::judged_pairs_run> runs = {run("a", "b", 30, 10)};
  const auto got = judge::rank_systems(evalpp::seq, runs);
  ASSERT_TRUE(got) << to_string(got.error());
  ASSERT_EQ(got->systems.size(), 2u);
  EXPECT_EQ(got->systems[0].name, "b");
  EXPECT_EQ(got->systems[0].rank, 1);
  EXPECT_EQ(got->systems[1].rank, 2);
  EXPECT_EQ(got->pairs, 40u);
  EXPECT_EQ(got->questions, 40u);
  EXPECT_EQ(got->systems[0].pairs, 40u);
  // Elo: a win rate of 3/4 is 400 log10(3) points apart.
  EXPECT_NEAR(got->systems[0].elo - got->systems[1].elo, 400 * std::log10(3.0), 1e-6);
  EXPECT_NEAR(got->systems[0].elo + got->systems[1].elo, 2000, 1e-6);
  EXPECT_LT(got->systems[0].ci.lo, got->systems[0].elo);
  EXPECT_GT(got->systems[0].ci.hi, got->systems[0].elo);
  EXPECT_GT(got->systems[0].first, 0.9);
}

TEST(Ranking, ComparesSystemsThatNeverMetThroughAThird) {
  const std::vector<judge::judged_pairs_run> runs = {run("a", "b", 30, 10), run("b", "c", 30, 10)};
  const auto got = judge::rank_systems(evalpp::seq, runs);
  ASSERT_TRUE(got) << to_string(got.error());
  ASSERT_EQ(got->systems.size(), 3u);
  EXPECT_EQ(got->systems[0].name, "c");
  EXPECT_EQ(got->systems[2].name, "a");
  EXPECT_NEAR(got->systems[0].elo - got->systems[2].elo, 2 * 400 * std::log10(3.0), 1e-6);
  EXPECT_EQ(got->systems[1].pairs, 80u);
  EXPECT_EQ(got->questions, 40u);  // the same ids in both runs
}

TEST(Ranking, HasNoStrengthsWhereASystemNeverLoses) {
  const std::vector<judge::judged_pairs_run> runs = {run("a", "b", 10, 0)};
  const auto got = judge::rank_systems(evalpp::seq, runs);
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_FALSE(got->connected);
  EXPECT_TRUE(std::isnan(got->systems[0].elo));
}

TEST(Ranking, RefusesWhatCannotBeCompared) {
  std::vector<judge::judged_pairs_run> runs = {run("a", "b", 3, 1), run("b", "c", 3, 1)};
  runs[1].signature = "rubric:other";
  EXPECT_FALSE(judge::rank_systems(evalpp::seq, runs));
  runs = {run("a", "a", 3, 1)};
  EXPECT_FALSE(judge::rank_systems(evalpp::seq, runs));
  runs = {run("a", "b", 0, 0)};
  EXPECT_FALSE(judge::rank_systems(evalpp::seq, runs));
}

}  // namespace ranking_test
