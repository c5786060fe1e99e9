// SPDX-License-Identifier: MIT
#include <evalpp/judge/judged_pair.hpp>

#include <gtest/gtest.h>

#include <optional>

namespace judged_pair_test {

using evalpp::judge::judged_pair;
using evalpp::judge::preference;

TEST(JudgedPair, OrdersThatAgreeDecide) {
  const judged_pair pair{
      .id = "a", .baseline_first = preference::candidate, .candidate_first = preference::candidate};
  EXPECT_EQ(pair.outcome(), preference::candidate);
  EXPECT_FALSE(pair.flipped());
  EXPECT_TRUE(pair.scored_in_both_orders());
}

TEST(JudgedPair, AFlipIsATie) {
  const judged_pair pair{
      .id = "a", .baseline_first = preference::baseline, .candidate_first = preference::candidate};
  EXPECT_EQ(pair.outcome(), preference::tie);
  EXPECT_TRUE(pair.flipped());
}

TEST(JudgedPair, ATieInOneOrderOnlyIsAFlipToo) {
  const judged_pair pair{
      .id = "a", .baseline_first = preference::tie, .candidate_first = preference::candidate};
  EXPECT_EQ(pair.outcome(), preference::tie);
  EXPECT_TRUE(pair.flipped());
}

TEST(JudgedPair, OneOrderStandsAloneButIsNotBoth) {
  const judged_pair pair{.id = "a", .candidate_first = preference::baseline};
  EXPECT_EQ(pair.outcome(), preference::baseline);
  EXPECT_FALSE(pair.flipped());
  EXPECT_FALSE(pair.scored_in_both_orders());
  EXPECT_EQ(judged_pair{}.outcome(), std::nullopt);
}

TEST(JudgedPair, IdenticalAnswersAreATieWithoutAQuestion) {
  const judged_pair pair{.id = "a", .identical = true};
  EXPECT_EQ(pair.outcome(), preference::tie);
  EXPECT_TRUE(pair.scored_in_both_orders());
  EXPECT_FALSE(pair.flipped());
}

}  // namespace judged_pair_test
