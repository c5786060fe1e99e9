// SPDX-License-Identifier: MIT
// Whether scores go with the lengths of the answers: expected values by hand.
#include <evalpp/judge/score_bias.hpp>

#include <evalpp/core/executor.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/runner.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace score_bias_test {

namespace judge = evalpp::judge;

const judge::rubric by{.name = "r", .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}}};

// Answer i is "answer i" and `more[i]` times a character of two bytes; the judge gives it `levels[i]`, or no
// verdict for 0.
judge::journal_contents judged(const std::vector<std::size_t>& more, const std::vector<int>& levels) {
  std::vector<judge::item> items;
  for (std::size_t i = 0; i < more.size(); ++i) {
    std::string answer = "answer " + std::to_string(i);
    for (std::size_t k = 0; k < more[i]; ++k) answer += "\xC3\xA4";
    items.push_back({.id = "item " + std::to_string(i), .input = {{"user", "q"}}, .prediction = answer});
  }
  const judge::judge_options options{.model = "m", .base_url = "here"};
  auto log = judge::journal::in_memory(judge::pointwise_head(by, items, options));
  judge::virtual_clock time;
  judge::scripted_client client(time, [&](const judge::request& asked, std::size_t) {
    const std::string& text = asked.messages.back().content;
    const int level = levels[static_cast<std::size_t>(text[text.find("\nanswer ") + 8] - '0')];
    if (level == 0) return judge::scripted_answer{judge::answer_of("no idea"), 1};
    return judge::scripted_answer{
        judge::answer_of(R"({"reasoning": "so", "verdicts": {"correct": )" + std::to_string(level) + "}}"),
        1};
  });
  const auto jobs = judge::pointwise_jobs(by, items, options, log.head().secret);
  EXPECT_TRUE(judge::run(client, time, jobs, judge::verdict_judge(by), log));
  return log.contents();
}

judge::judged_run run_of(const judge::journal_contents& from) {
  auto run = judge::judged_run_of(from);
  EXPECT_TRUE(run);
  return run ? std::move(*run) : judge::judged_run{};
}

TEST(score_bias, scores_are_correlated_with_lengths_in_characters) {
  const judge::judged_run run = run_of(judged({0, 10, 20, 30, 500}, {1, 2, 2, 5, 0}));
  EXPECT_EQ(run.lengths, (std::vector<std::optional<std::uint64_t>>{8, 18, 28, 38, 508}));
  const judge::score_bias found = judge::score_bias_of(evalpp::seq, run);
  EXPECT_EQ(found.with_length, 4u);
  ASSERT_EQ(found.length.size(), 2u);  // the criterion, and the whole
  // Ranks 1 2 3 4 and 1 2.5 2.5 4: 4.5 / sqrt(5 * 4.5).
  EXPECT_NEAR(found.length[0].value().value, 4.5 / std::sqrt(22.5), 1e-12);
  EXPECT_NEAR(found.length[1].value().value, 4.5 / std::sqrt(22.5), 1e-12);
  EXPECT_TRUE(found.length[0]->method.empty());
  EXPECT_EQ(found.unscored.count, 1u);
  EXPECT_EQ(found.unscored.of, 5u);
}

TEST(score_bias, interval_holds_the_value) {
  const judge::judged_run run =
      run_of(judged({0, 10, 20, 30, 40, 50, 60, 70, 80, 90}, {1, 2, 1, 3, 5, 3, 2, 4, 5, 4}));
  const judge::score_bias found =
      judge::score_bias_of(evalpp::seq, run, evalpp::stats::score_interval_options{});
  ASSERT_TRUE(found.length[0]);
  EXPECT_TRUE(found.length[0]->ci.contains(found.length[0]->value));
  EXPECT_LT(found.length[0]->ci.lo, found.length[0]->ci.hi);
}

TEST(score_bias, nothing_that_varies_is_no_correlation) {
  const judge::score_bias found = judge::score_bias_of(evalpp::seq, run_of(judged({1, 2, 3}, {4, 4, 4})));
  EXPECT_EQ(found.with_length, 3u);
  EXPECT_FALSE(found.length[0]);
}

// What a journal held before it told lengths: it is reported as before, and only the bias is not there.
TEST(score_bias, old_journal_without_lengths_is_read) {
  judge::journal_contents old;
  const judge::journal_contents now = judged({1, 2, 3}, {4, 3, 4});
  old.head = now.head;
  for (judge::journal_entry e : now.entries) {
    e.about.erase(e.about.find(",\"length\""));
    e.about += '}';
    old.add(std::move(e));
  }
  const judge::judged_run run = run_of(old);
  EXPECT_EQ(run.scored, 3u);
  const judge::score_bias found = judge::score_bias_of(evalpp::seq, run);
  EXPECT_EQ(found.with_length, 0u);
  EXPECT_FALSE(found.length[0]);
}

}  // namespace score_bias_test
