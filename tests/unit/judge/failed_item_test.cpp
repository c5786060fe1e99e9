// SPDX-License-Identifier: MIT
// What becomes of an item whose verdict fails. Each test is named after a project and what it makes of such
// an item; here it is unscored, with a reason, and the mean is that of the items that have a verdict.
#include <evalpp/core/executor.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/pair_comparison.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace failed_item_test {

namespace judge = evalpp::judge;
using judge::call_error;
using judge::unscored;

const judge::rubric scale{.name = "r", .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}}};
const judge::rubric tree{.name = "t",
                         .criteria = {{.name = "whole",
                                       .parts = {{.name = "runs", .scale = {{0, ""}, {1, ""}}},
                                                 {.name = "replicates", .scale = {{0, ""}, {1, ""}}}}}}};
const judge::judge_options who{.model = "m", .base_url = "here"};
constexpr std::size_t all = 5, failing = 2;

judge::scripted_answer says(std::string text) { return {judge::answer_of(std::move(text)), 1}; }
judge::scripted_answer fails(call_error error, std::string message) {
  return {judge::failure_of(error, 0, std::move(message)), 1};
}
const std::string four = R"({"reasoning": "so", "verdicts": {"correct": 4}})";

// Five items; the judge gives 4 to each but the third, whose answer is `bad`.
class FailedItem : public testing::Test {
 protected:
  judge::judged_run run(const judge::scripted_answer& bad, const judge::rubric& by = scale,
                        const std::string& good = four, std::size_t bad_from = failing,
                        std::size_t bad_to = failing) {
    std::vector<judge::item> items;
    for (std::size_t k = 0; k < all; ++k)
      items.push_back({.id = std::to_string(k), .input = {}, .prediction = "number " + std::to_string(k)});
    judge::virtual_clock time;
    judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
      for (std::size_t k = bad_from; k <= bad_to; ++k)
        if (asked.messages.back().content.find("number " + std::to_string(k)) != std::string::npos)
          return bad;
      return says(good);
    });
    if (log_.contents().entries.empty())
      log_ = judge::journal::in_memory(judge::pointwise_head(by, items, who));
    const auto jobs = judge::pointwise_jobs(by, items, who, log_.head().secret);
    const auto ended = judge::run(model, time, jobs, judge::verdict_judge(by), log_, {.attempts = 3});
    EXPECT_TRUE(ended) << to_string(ended.error());
    calls_ = model.calls();
    auto read = judge::judged_run_of(log_.contents());
    EXPECT_TRUE(read) << to_string(read.error());
    return std::move(*read);
  }
  // The value of the whole rubric.
  static double value(const judge::judged_run& of) {
    return of.metrics.back().score(of.rows, of.metrics.size() - 1).value;
  }
  static void expect_unscored(const judge::judged_run& of, unscored reason) {
    EXPECT_EQ(of.items, all);
    EXPECT_EQ(of.scored, all - 1);
    EXPECT_EQ(of.unscored[static_cast<std::size_t>(reason)], 1u);
    EXPECT_DOUBLE_EQ(value(of), 0.75);  // (4 - 1) / (5 - 1), as if the third did not exist
  }

  judge::journal log_ = judge::journal::in_memory({});
  std::size_t calls_ = 0;
};

TEST_F(FailedItem, IsNoZeroBelowTheScale_as_in_GEval) {
  expect_unscored(run(says("I would say it is good.")), unscored::malformed);
}

TEST_F(FailedItem, IsNotTheLowestChoice_as_in_OpenAI_evals) {
  expect_unscored(run(says(R"({"reasoning": "so", "verdicts": {"correct": 0}})")), unscored::out_of_scale);
}

TEST_F(FailedItem, IsNoZeroAndItsErrorIsNotScored_as_in_lighteval) {
  expect_unscored(
      run(fails(call_error::invalid_request, "error: score 5 of 5, max_tokens must be an integer")),
      unscored::rejected);
}

TEST_F(FailedItem, LeavesNoValueWhenAllFail_where_HELM_has_zero) {
  const judge::judged_run got = run(says("no"), scale, four, 0, all - 1);
  EXPECT_EQ(got.scored, 0u);
  EXPECT_EQ(got.unscored[static_cast<std::size_t>(unscored::malformed)], all);
  // No example is measured: reports write null.
  EXPECT_EQ(got.metrics.back().score(got.rows, got.metrics.size() - 1).n, 0u);
  EXPECT_EQ(got.metrics.back().score(got.rows, got.metrics.size() - 1).n_missing, all);
}

TEST_F(FailedItem, NeitherPassesNorFails_as_in_promptfoo) {
  expect_unscored(run(says("{}")), unscored::missing_field);
  log_ = judge::journal::in_memory({});
  expect_unscored(run(says(R"({"reasoning": "the grader broke", "verdicts": {}})")), unscored::missing_field);
}

TEST_F(FailedItem, IsNoZeroInATree_as_in_PaperBench) {
  const judge::judged_run got = run(says(R"({"reasoning": "so", "verdicts": {"runs": 1}})"), tree,
                                    R"({"reasoning": "so", "verdicts": {"runs": 1, "replicates": 0}})");
  EXPECT_EQ(got.scored, all - 1);
  EXPECT_EQ(got.unscored[static_cast<std::size_t>(unscored::missing_field)], 1u);
  EXPECT_DOUBLE_EQ(value(got), 0.5);
}

TEST_F(FailedItem, IsCountedWithItsReason_where_FastChat_filters_minus_one_and_Arena_Hard_has_None) {
  const judge::judged_run got = run(says(""));
  expect_unscored(got, unscored::empty);
  EXPECT_EQ(got.rows.rows(), all);  // it has a row, and the row says that it is missing
  EXPECT_EQ(got.rows.states()[failing], evalpp::row_state::missing);
}

TEST_F(FailedItem, IsNotKeptAsAResult_as_in_AlpacaEval) {
  const judge::judged_run first = run(fails(call_error::server, "overloaded"));
  expect_unscored(first, unscored::transport);
  const judge::judged_run second = run(says(four));  // the same journal: only what failed is asked
  EXPECT_EQ(second.scored, all);
  EXPECT_EQ(calls_, 1u);
}

TEST_F(FailedItem, IsNeitherNaNNorLost_as_in_ragas_and_inspect) {
  const judge::judged_run got = run(fails(call_error::timeout, "no answer in time"));
  expect_unscored(got, unscored::timeout);
}

TEST_F(FailedItem, IsNotAskedForEver_as_in_HealthBench) {
  run(fails(call_error::bad_response, "no JSON"));
  EXPECT_EQ(calls_, all - 1 + 3);  // three attempts, as the options say
}

TEST_F(FailedItem, EndsNoRunByAnException_as_in_DeepEval) {
  for (const char* text :
       {"{", "\xFF", "{\"reasoning\": \"\\q\"}", "[[[[", "null", R"({"verdicts": {"correct": "4/5"}})"}) {
    log_ = judge::journal::in_memory({});
    const judge::judged_run got = run(says(text));
    EXPECT_EQ(got.scored, all - 1) << text;
    EXPECT_DOUBLE_EQ(value(got), 0.75) << text;
  }
}

// Five pairs of which the candidate wins each; the judge fails on the third.
TEST(FailedPair, IsNoHalfAWin_as_in_RewardBench) {
  std::vector<judge::answer_pair> pairs;
  for (std::size_t k = 0; k < all; ++k)
    pairs.push_back(
        {std::to_string(k), {}, "short number " + std::to_string(k), "a longer number " + std::to_string(k)});
  judge::virtual_clock time;
  judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
    const std::string& text = asked.messages.back().content;
    if (text.find("number 2") != std::string::npos) return says("I cannot tell.");
    const bool candidate_first = text.find("longer") < text.find("short");
    return says(std::string(R"({"reasoning": "so", "preference": ")") + (candidate_first ? "A" : "B") +
                "\"}");
  });
  judge::journal log = judge::journal::in_memory(judge::pairwise_head(scale, pairs, who, {"base", "cand"}));
  const auto ended = judge::run(model, time, judge::pairwise_jobs(scale, pairs, who, log.head().secret),
                                judge::pair_judge(), log, {});
  ASSERT_TRUE(ended) << to_string(ended.error());
  const auto read = judge::judged_pairs_run_of(log.contents());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->scored, all - 1);
  EXPECT_EQ(read->unscored[static_cast<std::size_t>(unscored::malformed)], 1u);
  const auto found = judge::compare_pairs(evalpp::seq, read->pairs, read->signature);
  EXPECT_EQ(found.n, all - 1);
  EXPECT_EQ(found.candidate.value, 1.0);
}

}  // namespace failed_item_test
