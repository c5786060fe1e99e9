// SPDX-License-Identifier: MIT
#include <evalpp/judge/panel.hpp>

#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace panel_test {

namespace judge = evalpp::judge;
using judge::panel_rule;
using judge::unscored;

TEST(PanelRule, EachByHand) {
  using judge::detail::together;
  EXPECT_EQ(together({1, 5, 3}, panel_rule::mean), 3);
  EXPECT_EQ(together({1, 5, 2}, panel_rule::median), 2);
  EXPECT_EQ(together({5, 1, 2, 4}, panel_rule::median), 3);
  EXPECT_EQ(together({4, 2, 4}, panel_rule::majority), 4);
  EXPECT_EQ(together({4, 2, 4, 2}, panel_rule::majority), 3);  // equally frequent
  EXPECT_EQ(together({1, 2, 3}, panel_rule::majority), 2);
  EXPECT_EQ(together({4, 2, 4}, panel_rule::minimum), 2);
  EXPECT_EQ(together({4, 2, 5}, panel_rule::maximum), 5);
  EXPECT_EQ(together({7}, panel_rule::majority), 7);
}

const judge::rubric by{
    .name = "r",
    .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}, {.name = "short", .points = 1}}};

judge::judge_options panel(const std::string& model) {
  judge::judge_options out{.model = model, .base_url = "here"};
  out.panel = {"A", "B", "C"};
  return out;
}
std::string verdict(int correct, bool is_short) {
  return R"({"reasoning": "so", "verdicts": {"correct": )" + std::to_string(correct) + R"(, "short": )" +
         (is_short ? "true" : "false") + "}}";
}

// Two items. A says 5 and 1, B 4 and nothing, C 1 and 3; only C finds the first short, all that speak the
// second.
judge::journal judged(const std::vector<std::string>& who = {"A", "B", "C"}) {
  const std::map<std::string, std::vector<std::string>> says = {{"A", {verdict(5, false), verdict(1, true)}},
                                                                {"B", {verdict(4, false), "I cannot."}},
                                                                {"C", {verdict(1, true), verdict(3, true)}}};
  const std::vector<judge::item> items = {{.id = "x", .input = {}, .prediction = "number 0"},
                                          {.id = "y", .input = {}, .prediction = "number 1"}};
  judge::virtual_clock time;
  judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
    const bool second = asked.messages.back().content.find("number 1") != std::string::npos;
    return judge::scripted_answer{judge::answer_of(says.at(asked.model)[second ? 1 : 0]), 1};
  });
  auto log = judge::journal::in_memory(judge::pointwise_head(by, items, panel("A,B,C")));
  for (const std::string& name : who)
    EXPECT_TRUE(judge::run(model, time, judge::pointwise_jobs(by, items, panel(name), log.head().secret),
                           judge::verdict_judge(by), log));
  return log;
}

double value(const judge::judged_run& of, std::size_t metric) {
  return of.metrics[metric].score(of.rows, metric).value;
}

TEST(Panel, TakesTheMeanOfScalesAndTheMajorityOfChecklists) {
  const judge::journal log = judged();
  const auto got = judge::panel_run_of(log.contents());
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->items, 2u);
  EXPECT_EQ(got->scored, 2u);
  EXPECT_EQ(got->incomplete, 1u);  // B has nothing to say of y
  EXPECT_EQ(got->calls, 6u);
  // x: (5 + 4 + 1) / 3; y: (1 + 3) / 2. On 0-1: ((10/3 - 1) / 4 + (2 - 1) / 4) / 2, within 2^-20 of the grid.
  EXPECT_NEAR(value(*got, 0), (7.0 / 12 + 0.25) / 2, 1e-6);
  EXPECT_DOUBLE_EQ(value(*got, 1), 0.5);  // x: one of three; y: both
  const auto scores = got->metrics[0].score(got->rows, 0);
  EXPECT_NE(scores.signature.find("judge:A,B,C"), std::string::npos) << scores.signature;
  EXPECT_NE(scores.signature.find("panel:auto"), std::string::npos) << scores.signature;
}

TEST(Panel, OtherRules) {
  const judge::journal log = judged();
  const auto with = [&](panel_rule rule) {
    const auto got = judge::panel_run_of(log.contents(), rule);
    EXPECT_TRUE(got);
    return std::pair(value(*got, 0), value(*got, 1));
  };
  EXPECT_NEAR(with(panel_rule::median).first, (0.75 + 0.25) / 2, 1e-6);  // 4; 2
  EXPECT_NEAR(with(panel_rule::minimum).first, 0, 1e-6);                 // 1; 1
  EXPECT_NEAR(with(panel_rule::maximum).first, (1.0 + 0.5) / 2, 1e-6);   // 5; 3
  EXPECT_NEAR(with(panel_rule::mean).second, (1.0 / 3 + 1) / 2, 1e-6);
}

TEST(Panel, EachJudgeCanBeReadAlone) {
  const judge::journal log = judged();
  const auto got = judge::panel_run_of(log.contents());
  ASSERT_TRUE(got);
  ASSERT_EQ(got->judges.size(), 3u);
  EXPECT_EQ(got->judges[1].model, "B");
  EXPECT_EQ(got->judges[1].scored, 1u);
  EXPECT_EQ(got->judges[1].unscored[static_cast<std::size_t>(unscored::malformed)], 1u);
  EXPECT_DOUBLE_EQ(value(got->judges[1], 0), 0.75);
  EXPECT_DOUBLE_EQ(value(got->judges[2], 0), 0.25);
}

TEST(Panel, AnItemThatAJudgeHasNotSeenYetIsPending) {
  const judge::journal log = judged({"A", "B"});
  const auto got = judge::panel_run_of(log.contents());
  ASSERT_TRUE(got);
  EXPECT_EQ(got->items, 2u);
  EXPECT_EQ(got->rows.rows(), 0u);
}

TEST(Panel, AJournalOfOneJudgeIsNone) {
  const auto log = judge::journal::in_memory(judge::pointwise_head(by, {}, {.model = "m"}));
  EXPECT_TRUE(judge::panel_of(log.head()).empty());
  EXPECT_FALSE(judge::panel_run_of(log.contents()));
}

TEST(PanelPairs, TheMajorityWithinEachOrderDecides) {
  // A and B prefer the longer answer, C what stands first.
  const std::vector<judge::answer_pair> pairs = {{"x", {}, "short", "a longer one"}, {"same", {}, "s", "s"}};
  judge::virtual_clock time;
  judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
    const std::string& text = asked.messages.back().content;
    const bool longer_first = text.find("a longer one") < text.find("short\n");
    const bool first = asked.model == "C" || longer_first;
    return judge::scripted_answer{
        judge::answer_of(std::string(R"({"reasoning": "so", "preference": ")") + (first ? "A" : "B") + "\"}"),
        1};
  });
  auto log = judge::journal::in_memory(judge::pairwise_head(by, pairs, panel("A,B,C"), {"base", "cand"}));
  for (const char* name : {"A", "B", "C"})
    ASSERT_TRUE(judge::run(model, time, judge::pairwise_jobs(by, pairs, panel(name), log.head().secret),
                           judge::pair_judge(), log));
  const auto got = judge::panel_pairs_run_of(log.contents());
  ASSERT_TRUE(got) << to_string(got.error());
  ASSERT_EQ(got->pairs.size(), 2u);
  EXPECT_EQ(got->pairs[0].outcome(), judge::preference::candidate);
  EXPECT_FALSE(got->pairs[0].flipped());
  EXPECT_EQ(got->identical, 1u);
  EXPECT_EQ(got->scored, 2u);
  EXPECT_EQ(got->incomplete, 0u);
  EXPECT_EQ(got->judges[2].inconsistent, 1u);
}

}  // namespace panel_test
