// SPDX-License-Identifier: MIT
// What a judge of pairs prefers beside the better answer. Counts and rates are worked out by hand, the
// length-controlled win rate by a naive twin.
#include <evalpp/judge/pair_bias.hpp>

#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>

#include "reference/length_control.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace pair_bias_test {

namespace judge = evalpp::judge;
using judge::judged_pair;
using judge::preference;

constexpr preference base = preference::baseline, cand = preference::candidate, tie = preference::tie;

judged_pair pair(preference baseline_first, preference candidate_first, std::size_t baseline_length = 10,
                 std::size_t candidate_length = 10) {
  static int number = 0;
  return {.id = std::to_string(number++),
          .baseline_first = baseline_first,
          .candidate_first = candidate_first,
          .baseline_length = baseline_length,
          .candidate_length = candidate_length};
}

TEST(pair_bias, position_is_counted_by_call_and_by_pair) {
  std::vector<judged_pair> pairs = {
      pair(base, base), pair(cand, cand),  // the same answer in both orders: one call each for either place
      pair(base, cand), pair(base, cand), pair(base, cand),  // the first in both
      pair(cand, base),                                      // the second in both
      pair(tie, cand),                                       // first, in one
      pair(tie, tie)};
  pairs.push_back({.id = "one order", .baseline_first = cand});  // second
  pairs.push_back({.id = "same", .identical = true});
  const judge::position_bias found = judge::position_bias_of(pairs);
  EXPECT_EQ(found.first.of, 14u);
  EXPECT_EQ(found.first.count, 9u);  // 2 + 6 + 0 + 1
  EXPECT_DOUBLE_EQ(found.first.share.value, 9.0 / 14);
  EXPECT_TRUE(found.first.share.ci.contains(9.0 / 14));
  EXPECT_EQ(found.inconsistent.of, 8u);
  EXPECT_EQ(found.inconsistent.count, 5u);
  EXPECT_EQ(found.first_flips, 3u);
  EXPECT_EQ(found.second_flips, 1u);
  EXPECT_EQ(found.tie_flips, 1u);
}

TEST(pair_bias, calls_of_a_pair_are_one_cluster) {
  // Both orders of every pair prefer the first answer, or the second: 40 calls that say what 20 would, so
  // that the interval is wider than Wilson's of 40, R's prop.test(30, 40, correct = FALSE): 0.5981 to 0.8581.
  std::vector<judged_pair> pairs;
  for (int i = 0; i < 20; ++i) pairs.push_back(i < 15 ? pair(base, cand) : pair(cand, base));
  const judge::position_bias found = judge::position_bias_of(pairs);
  EXPECT_DOUBLE_EQ(found.first.share.value, 0.75);
  EXPECT_LT(found.first.share.ci.lo, 0.59);
  EXPECT_GT(found.first.share.ci.hi, 0.86);
}

TEST(pair_bias, longer_answer_is_counted_in_decided_pairs) {
  const std::vector<judged_pair> pairs = {pair(cand, cand, 10, 20), pair(base, base, 30, 20),
                                          pair(cand, cand, 30, 20), pair(tie, tie, 1, 9),
                                          pair(base, base, 10, 10), pair(cand, base, 1, 9)};
  const judge::length_bias found = judge::pair_bias_of(evalpp::seq, pairs).length;
  EXPECT_EQ(found.longer_won.of, 3u);
  EXPECT_EQ(found.longer_won.count, 2u);
  EXPECT_EQ(found.why, judge::length_control::too_few_pairs);
  EXPECT_FALSE(found.win_rate);
  EXPECT_DOUBLE_EQ(found.raw_win_rate, 3.0 / 6);
}

std::vector<judged_pair> with(const std::vector<std::pair<double, int>>& outcomes_and_differences) {
  std::vector<judged_pair> out;
  for (const auto& [outcome, difference] : outcomes_and_differences) {
    const preference said = outcome > 0.75 ? cand : outcome < 0.25 ? base : tie;
    out.push_back(pair(said, said, 100, static_cast<std::size_t>(100 + difference)));
  }
  return out;
}

TEST(pair_bias, length_controlled_win_rate_is_that_of_the_twin) {
  const std::vector<std::pair<double, int>> cases[] = {
      {{1, 30},
       {1, 12},
       {0, 25},
       {1, 40},
       {0.5, 3},
       {0, -20},
       {1, -5},
       {0, -30},
       {1, 8},
       {0.5, 0},
       {1, 22},
       {0, 1}},
      {{1, 5}, {0, 7}, {1, 9}, {0, 2}, {1, -4}, {1, -3}, {0, -8}, {0.5, 60}, {1, 90}, {1, 70}, {1, 80}}};
  for (const auto& c : cases) {
    std::vector<double> outcomes, differences;
    for (const auto& [outcome, difference] : c) {
      outcomes.push_back(outcome);
      differences.push_back(difference);
    }
    const judge::length_bias found = judge::pair_bias_of(evalpp::seq, with(c)).length;
    EXPECT_EQ(found.why, judge::length_control::available);
    EXPECT_NEAR(found.win_rate.value().value, reference::length_controlled(outcomes, differences), 1e-6);
    EXPECT_TRUE(found.win_rate->ci.contains(found.win_rate->value));
  }
}

TEST(pair_bias, control_takes_back_what_length_has_won) {
  // The candidate wins where it is longer and loses where it is shorter, and is mostly longer.
  std::vector<std::pair<double, int>> c;
  for (int i = 0; i < 60; ++i) c.emplace_back(i % 3 == 0 ? 0 : 1, i % 3 == 0 ? -20 - i : 20 + i);
  c.emplace_back(0, 50);
  c.emplace_back(1, -50);
  const judge::length_bias found = judge::pair_bias_of(evalpp::seq, with(c), {.intervals = false}).length;
  EXPECT_NEAR(found.raw_win_rate, 41.0 / 62, 1e-12);
  EXPECT_GT(found.longer_won.share.value, 0.95);
  EXPECT_NEAR(found.win_rate.value().value, 0.5, 0.15);
  EXPECT_GT(found.correlation.value().value, 0.7);
}

TEST(pair_bias, separable_outcomes_do_not_diverge) {
  std::vector<std::pair<double, int>> won, split;
  for (int i = 0; i < 50; ++i) {
    won.emplace_back(1, i - 20);
    split.emplace_back(i < 25 ? 0 : 1, i < 25 ? -1 - i : i);
  }
  for (const auto& c : {won, split}) {
    std::vector<double> outcomes, differences;
    for (const auto& [outcome, difference] : c) {
      outcomes.push_back(outcome);
      differences.push_back(difference);
    }
    const judge::length_bias found = judge::pair_bias_of(evalpp::seq, with(c)).length;
    EXPECT_NEAR(found.win_rate.value().value, reference::length_controlled(outcomes, differences), 1e-5);
  }
}

TEST(pair_bias, without_lengths_nothing_is_controlled) {
  const judge::length_bias found =
      judge::pair_bias_of(evalpp::seq, with(std::vector<std::pair<double, int>>(20, {1, 0}))).length;
  EXPECT_EQ(found.why, judge::length_control::equal_lengths);
  EXPECT_FALSE(found.win_rate);
  EXPECT_FALSE(found.correlation);
  EXPECT_EQ(found.longer_won.of, 0u);
  EXPECT_FALSE(found.longer_won.share.ci.usable());
}

TEST(pair_bias, of_nothing_is_nothing) {
  const judge::pair_bias found = judge::pair_bias_of(evalpp::seq, std::vector<judged_pair>{});
  EXPECT_EQ(found.position.first.of, 0u);
  EXPECT_FALSE(found.length.win_rate);
  EXPECT_FALSE(found.self);
}

TEST(pair_bias, families_go_by_the_first_letters) {
  EXPECT_EQ(judge::model_family("openai/gpt-4o-mini"), "gpt");
  EXPECT_EQ(judge::model_family("GPT4"), "gpt");
  EXPECT_EQ(judge::model_family("claude-3.5-sonnet"), "claude");
  EXPECT_EQ(judge::model_family("o1-preview"), "o");
  EXPECT_EQ(judge::model_family("4o"), "");
  EXPECT_EQ(judge::model_family(""), "");
}

TEST(pair_bias, own_answers_have_a_win_rate) {
  const std::vector<judged_pair> pairs = {pair(cand, cand), pair(cand, cand), pair(base, base),
                                          pair(tie, tie)};
  judge::pair_bias_options options{
      .judge_model = "gpt-4o", .candidate_model = "llama-3", .baseline_model = "x/GPT-4"};
  auto found = judge::pair_bias_of(evalpp::seq, pairs, options);
  ASSERT_TRUE(found.self);
  EXPECT_EQ(found.self->own, preference::baseline);
  EXPECT_DOUBLE_EQ(found.self->win_rate.value, 1.5 / 4);
  options.candidate_model = "gpt-3";
  EXPECT_FALSE(judge::pair_bias_of(evalpp::seq, pairs, options).self);  // both are its own
  options.baseline_model.clear();
  found = judge::pair_bias_of(evalpp::seq, pairs, options);
  ASSERT_TRUE(found.self);
  EXPECT_DOUBLE_EQ(found.self->win_rate.value, 2.5 / 4);
}

}  // namespace pair_bias_test
