// SPDX-License-Identifier: MIT
#include <evalpp/judge/judged_score.hpp>

#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/judge/rubric.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace judged_score_test {

using evalpp::value_kind;
using evalpp::judge::criterion;
using evalpp::judge::judged_scores;
using evalpp::judge::rubric;

criterion five_levels(std::string name, double weight = 1) {
  return {.name = std::move(name), .scale = {{1, "wrong"}, {3, "partly"}, {5, "right"}}, .weight = weight};
}
criterion item(std::string name, double points) { return {.name = std::move(name), .points = points}; }

evalpp::table verdicts(const std::vector<evalpp::any_scorer>& metrics,
                       std::initializer_list<std::vector<std::pair<std::string, std::int64_t>>> rows) {
  std::vector<evalpp::column_info> columns;
  for (const auto& m : metrics) columns.push_back(m.info());
  evalpp::table out(std::move(columns));
  out.resize(rows.size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    out.states()[i] = evalpp::row_state::scored;
    for (std::size_t c = 0; c < metrics.size(); ++c) {
      out.named(c, i).add("", 1);
      for (const auto& [name, score] : row) out.named(c, i).add(name, score);
    }
    ++i;
  }
  return out;
}

double part(const evalpp::reported_score& of) { return std::get<double>(of.parts.front().value); }

TEST(JudgedScore, IsEachCriterionAndThenTheWhole) {
  const rubric by{.name = "r", .criteria = {five_levels("correct"), five_levels("tone", 3)}};
  const auto metrics = judged_scores(by, "rubric:r");
  ASSERT_EQ(metrics.size(), 3u);
  EXPECT_EQ(metrics[0].info().name, "judge:correct");
  EXPECT_EQ(metrics[1].info().name, "judge:tone");
  EXPECT_EQ(metrics[2].info().name, "judge");
  EXPECT_EQ(metrics[0].info().signature, "rubric:r");
}

TEST(JudgedScore, ScalesFromTheLowestToTheHighestLevel) {
  const rubric by{.name = "r", .criteria = {five_levels("correct"), five_levels("tone", 3)}};
  const auto metrics = judged_scores(by, "");
  // correct: 2 and 5, mean 3.5; tone: 1 and 2, mean 1.5.
  const auto rows = verdicts(metrics, {{{"correct", 2}, {"tone", 1}}, {{"correct", 5}, {"tone", 2}}});
  const auto correct = metrics[0].score(rows, 0), tone = metrics[1].score(rows, 1),
             all = metrics[2].score(rows, 2);
  EXPECT_DOUBLE_EQ(correct.value, 2.5 / 4);
  EXPECT_DOUBLE_EQ(part(correct), 3.5);
  EXPECT_DOUBLE_EQ(tone.value, 0.5 / 4);
  EXPECT_DOUBLE_EQ(all.value, (2.5 / 4 + 3 * 0.5 / 4) / 4);
  EXPECT_DOUBLE_EQ(part(all), (3.5 + 3 * 1.5) / 4);
  EXPECT_EQ(metrics[2].kind(), value_kind::mean);
  EXPECT_DOUBLE_EQ(metrics[2].score_row(rows, 2, 1), (4.0 / 4 + 3 * 1.0 / 4) / 4);
}

TEST(JudgedScore, IsExactlyOneWhereEverythingHasTheHighestLevel) {
  const criterion ten{.name = "a", .scale = {{1, ""}, {10, ""}}, .weight = 0.1};
  const criterion seven{.name = "b", .scale = {{-3, ""}, {4, ""}}, .weight = 0.7};
  const auto metrics = judged_scores({.name = "r", .criteria = {ten, seven}}, "");
  const auto rows = verdicts(metrics, {{{"a", 10}, {"b", 4}}, {{"a", 10}, {"b", 4}}, {{"a", 10}, {"b", 4}}});
  for (std::size_t m = 0; m < metrics.size(); ++m) EXPECT_EQ(metrics[m].score(rows, m).value, 1.0) << m;
}

// HealthBench: points met over the points that can be earned; what should not be there takes points away.
TEST(JudgedScore, AddsThePointsOfAChecklist) {
  const auto metrics =
      judged_scores({.name = "r", .criteria = {item("a", 5), item("b", 3), item("c", -4)}}, "");
  const auto rows = verdicts(metrics, {{{"a", 1}, {"b", 0}, {"c", 0}}, {{"a", 0}, {"b", 1}, {"c", 1}}});
  EXPECT_EQ(metrics[0].kind(), value_kind::proportion);
  EXPECT_EQ(metrics[2].score(rows, 2).value, 0.5) << "the share that met it, also where that costs points";
  EXPECT_DOUBLE_EQ(part(metrics[2].score(rows, 2)), -2);
  EXPECT_EQ(metrics[3].kind(), value_kind::ratio) << "a verdict can be negative";
  EXPECT_DOUBLE_EQ(metrics[3].score_row(rows, 3, 0), 5.0 / 8);
  EXPECT_DOUBLE_EQ(metrics[3].score_row(rows, 3, 1), -1.0 / 8);
  EXPECT_DOUBLE_EQ(metrics[3].score(rows, 3).value, 2.0 / 8);
  EXPECT_DOUBLE_EQ(part(metrics[3].score(rows, 3)), 2);
}

// PaperBench: a node of the tree is the weighted mean of its parts.
TEST(JudgedScore, WeighsTheNodesOfATree) {
  const criterion inner{.name = "code", .parts = {item("runs", 1), item("tested", 1)}, .weight = 3};
  const auto metrics = judged_scores({.name = "r", .criteria = {inner, five_levels("text", 1)}}, "");
  ASSERT_EQ(metrics.size(), 4u);
  const auto rows = verdicts(metrics, {{{"runs", 1}, {"tested", 0}, {"text", 5}}});
  EXPECT_DOUBLE_EQ(metrics[3].score(rows, 3).value, (3 * 0.5 + 1) / 4);
}

TEST(JudgedScore, CountsAChecklistAmongScalesAsOnePart) {
  const auto metrics =
      judged_scores({.name = "r", .criteria = {five_levels("tone"), item("a", 1), item("b", 3)}}, "");
  const auto rows = verdicts(metrics, {{{"tone", 5}, {"a", 1}, {"b", 0}}});
  EXPECT_DOUBLE_EQ(metrics[3].score(rows, 3).value, (1 + 0.25) / 2);
}

TEST(JudgedScore, HasNoValueWithoutAVerdict) {
  const auto metrics = judged_scores({.name = "r", .criteria = {five_levels("correct")}}, "");
  const auto rows = verdicts(metrics, {});
  const auto none = metrics[0].score(rows, 0);
  EXPECT_EQ(none.n, 0u);
  EXPECT_EQ(none.value, 0);
}

}  // namespace judged_score_test
