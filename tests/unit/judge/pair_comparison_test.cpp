// SPDX-License-Identifier: MIT
#include <evalpp/judge/pair_comparison.hpp>

#include <evalpp/core/executor.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/workflow/comparison.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pair_comparison_test {

namespace judge = evalpp::judge;
namespace workflow = evalpp::workflow;
using judge::judged_pair;
using judge::preference;

// n pairs on which both orders say the same.
void add(std::vector<judged_pair>& to, std::size_t n, preference said) {
  for (std::size_t k = 0; k < n; ++k)
    to.push_back({.id = std::to_string(to.size()), .baseline_first = said, .candidate_first = said});
}
std::vector<judged_pair> pairs(std::size_t wins, std::size_t ties, std::size_t losses) {
  std::vector<judged_pair> out;
  add(out, wins, preference::candidate);
  add(out, ties, preference::tie);
  add(out, losses, preference::baseline);
  return out;
}
std::int64_t count(const evalpp::reported_score& score, const std::string& name) {
  for (const evalpp::part& p : score.parts)
    if (p.name == name) return std::get<std::int64_t>(p.value);
  ADD_FAILURE() << "no part " << name;
  return -1;
}

TEST(PairComparison, TiesCountHalf) {
  const auto found = judge::compare_pairs(evalpp::seq, pairs(30, 40, 10), "judge:m");
  // (30 + 20) / 80, the rest, and the difference.
  EXPECT_EQ(found.candidate.value, 0.625);
  EXPECT_EQ(found.baseline.value, 0.375);
  EXPECT_EQ(found.delta, 0.25);
  EXPECT_EQ(found.wins, 30u);
  EXPECT_EQ(found.ties, 40u);
  EXPECT_EQ(found.losses, 10u);
  EXPECT_EQ(found.n, 80u);
  EXPECT_EQ(found.candidate.name, "judge");
  EXPECT_EQ(found.candidate.signature, "judge:m");
  EXPECT_EQ(count(found.candidate, "wins"), 30);
  EXPECT_EQ(count(found.candidate, "losses"), 10);
  EXPECT_EQ(count(found.baseline, "wins"), 10) << "a baseline's win is the candidate's loss";
  EXPECT_FALSE(found.p_mcnemar) << "a tie is neither right nor wrong";
  EXPECT_EQ(found.outcome, workflow::verdict::better);
}

// The difference is the mean of n numbers that are -1, 0 and 1, with a standard error known in closed form:
// here the variance is 40/80 - 0.25^2 = 0.4375.
TEST(PairComparison, IntervalAndTestsAreThoseOfAMeanOfDifferences) {
  const auto found = judge::compare_pairs(evalpp::seq, pairs(30, 40, 10), "s");
  ASSERT_TRUE(found.ci.usable());
  EXPECT_NEAR(found.standard_error, 0.0744, 0.0001);  // sqrt(0.4375 / 79)
  EXPECT_NEAR(found.ci.lo, 0.25 - 1.96 * 0.0744, 0.02);
  EXPECT_NEAR(found.ci.hi, 0.25 + 1.96 * 0.0744, 0.02);
  // The sign test over the 40 decided pairs: P(|wins - 20| >= 10) = 0.0022.
  EXPECT_NEAR(found.randomization.p, 0.0022, 0.0012);
  ASSERT_TRUE(found.candidate.ci && found.candidate.ci->usable());
  EXPECT_LT(found.candidate.ci->lo, 0.625);
  EXPECT_GT(found.candidate.ci->hi, 0.625);
}

TEST(PairComparison, FlipIsATieCountedAsInconsistent) {
  auto all = pairs(2, 1, 1);
  all.push_back(
      {.id = "flip", .baseline_first = preference::baseline, .candidate_first = preference::candidate});
  all.push_back({.id = "same", .identical = true});
  const auto found = judge::compare_pairs(evalpp::seq, all, "s");
  EXPECT_EQ(found.ties, 3u);
  EXPECT_EQ(count(found.candidate, "ties"), 3);
  EXPECT_EQ(count(found.candidate, "inconsistent"), 1);
  EXPECT_EQ(count(found.baseline, "inconsistent"), 1);
  EXPECT_DOUBLE_EQ(found.candidate.value, (2 + 1.5) / 6);
}

TEST(PairComparison, OneOrderIsNoOutcomeOfAJudgeButAPersons) {
  auto all = pairs(3, 1, 1);
  all.push_back({.id = "half", .candidate_first = preference::candidate});
  all.push_back({.id = "none"});
  const auto judged = judge::compare_pairs(evalpp::seq, all, "s");
  EXPECT_EQ(judged.n, 5u);
  EXPECT_EQ(judged.n_missing, 2u);
  EXPECT_EQ(judged.candidate.n_missing, 2u);
  EXPECT_DOUBLE_EQ(judged.candidate.value, 3.5 / 5);
  const auto person = judge::compare_pairs(evalpp::seq, all, "s", judge::required_orders::any);
  EXPECT_EQ(person.n, 6u);
  EXPECT_EQ(person.n_missing, 1u);
  EXPECT_DOUBLE_EQ(person.candidate.value, 4.5 / 6);
}

TEST(PairComparison, OnlyTiesAreNoDifference) {
  const auto found = judge::compare_pairs(evalpp::seq, pairs(0, 20, 0), "s");
  EXPECT_EQ(found.outcome, workflow::verdict::no_difference);
  EXPECT_EQ(found.candidate.value, 0.5);
  EXPECT_EQ(found.delta, 0);
}

TEST(PairComparison, OnlyWinsAreBetter) {
  const auto found = judge::compare_pairs(evalpp::seq, pairs(20, 0, 0), "s");
  EXPECT_EQ(found.candidate.value, 1);
  EXPECT_EQ(found.baseline.value, 0);
  EXPECT_EQ(found.outcome, workflow::verdict::better);
}

TEST(PairComparison, NothingJudgedDecidesNothing) {
  const auto none = judge::compare_pairs(evalpp::seq, {}, "s");
  EXPECT_EQ(none.n, 0u);
  EXPECT_EQ(none.outcome, workflow::verdict::undecided);
  EXPECT_FALSE(none.needed);
  const std::vector<judged_pair> unscored(3);
  const auto found = judge::compare_pairs(evalpp::seq, unscored, "s");
  EXPECT_EQ(found.n, 0u);
  EXPECT_EQ(found.n_missing, 3u);
  EXPECT_EQ(found.outcome, workflow::verdict::undecided);
}

// One id on several rows, as over epochs, is several pairs.
TEST(PairComparison, EqualIdsAreDifferentPairs) {
  std::vector<judged_pair> all;
  add(all, 2, preference::candidate);
  add(all, 1, preference::baseline);
  for (judged_pair& p : all) p.id = "7";
  const auto found = judge::compare_pairs(evalpp::seq, all, "s");
  EXPECT_EQ(found.n, 3u);
  EXPECT_EQ(found.wins, 2u);
  EXPECT_EQ(found.losses, 1u);
}

TEST(PairComparison, MarginIsInPointsOfAHundred) {
  const auto found =
      judge::compare_pairs(evalpp::seq, pairs(30, 40, 10), "s", judge::required_orders::both, {.margin = 5});
  EXPECT_DOUBLE_EQ(found.margin, 0.05);
  EXPECT_EQ(found.outcome, workflow::verdict::worth_it);
}

}  // namespace pair_comparison_test
