// SPDX-License-Identifier: MIT
#include <evalpp/judge/verdict_rows.hpp>

#include <evalpp/core/table.hpp>
#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/unscored.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace verdict_rows_test {

namespace judge = evalpp::judge;
using evalpp::row_state;
using judge::unscored;

const judge::rubric by{
    .name = "r",
    .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}, {.name = "short", .points = 1}}};
const judge::judge_options options{.model = "m", .base_url = "here"};

std::vector<judge::item> items(std::size_t n) {
  std::vector<judge::item> out;
  for (std::size_t i = 0; i < n; ++i)
    out.push_back({.id = "item " + std::to_string(i),
                   .input = {{"user", "q"}},
                   .prediction = "answer " + std::to_string(i)});
  return out;
}
std::string verdict(int correct, bool is_short) {
  return R"({"reasoning": "so", "verdicts": {"correct": )" + std::to_string(correct) + R"(, "short": )" +
         (is_short ? "true" : "false") + "}}";
}
// Which item a request is about, by the answer in its last message.
std::size_t number_in(const judge::request& asked) {
  const std::string& text = asked.messages.back().content;
  return static_cast<std::size_t>(text[text.find("\nanswer ") + 8] - '0');
}

judge::judged_run run(const std::vector<judge::item>& of, judge::scripted_client::script script,
                      const judge::run_options& how = {}, const judge::judge_options& who = options) {
  auto log = judge::journal::in_memory(judge::pointwise_head(by, of, who));
  judge::virtual_clock time;
  judge::scripted_client client(time, std::move(script));
  const auto jobs = judge::pointwise_jobs(by, of, who, log.head().secret);
  const auto report = judge::run(client, time, jobs, judge::verdict_judge(by), log, how);
  EXPECT_TRUE(report);
  auto read = judge::judged_run_of(log.contents());
  EXPECT_TRUE(read) << to_string(read.error());
  return std::move(*read);
}

TEST(VerdictRows, AreRowsLikeAnyMetrics) {
  const auto found = run(items(4), [](const judge::request& asked, std::size_t) {
    const std::size_t i = number_in(asked);
    // Answers come back in another order than that of the items.
    return judge::scripted_answer{judge::answer_of(verdict(static_cast<int>(i) + 2, i % 2 == 0)),
                                  10.0 - static_cast<double>(i)};
  });
  EXPECT_EQ(found.items, 4u);
  EXPECT_EQ(found.scored, 4u);
  EXPECT_EQ(found.calls, 4u);
  ASSERT_EQ(found.metrics.size(), 3u);
  ASSERT_EQ(found.rows.rows(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(found.rows.ids()[i], "item " + std::to_string(i)) << "in the order of the data";
    EXPECT_DOUBLE_EQ(found.metrics[0].score_row(found.rows, 0, i), (static_cast<double>(i) + 1) / 4);
  }
  // correct: 2, 3, 4, 5; short: half of them.
  EXPECT_DOUBLE_EQ(found.metrics[0].score(found.rows, 0).value, 2.5 / 4);
  EXPECT_DOUBLE_EQ(found.metrics[1].score(found.rows, 1).value, 0.5);
  EXPECT_DOUBLE_EQ(found.metrics[2].score(found.rows, 2).value, (2.5 / 4 + 0.5) / 2);
}

// Judge.md 2.16: no failure becomes a zero, a lowest level or a pass; it is left out, counted and named.
TEST(VerdictRows, FailedItemIsUnscoredWithAReasonAndTouchesNoMean) {
  const auto found =
      run(items(5),
          [](const judge::request& asked, std::size_t) {
            switch (number_in(asked)) {
              case 0:
                return judge::scripted_answer{judge::answer_of(verdict(4, true)), 1};
              case 1:
                return judge::scripted_answer{judge::answer_of("I would say it deserves a 1."), 1};
              case 2:
                return judge::scripted_answer{judge::answer_of(verdict(9, true)), 1};
              case 3:
                return judge::scripted_answer{
                    judge::failure_of(judge::call_error::invalid_request, 400, "no"), 1};
              default:
                return judge::scripted_answer{judge::failure_of(judge::call_error::timeout, 0, "no"), 1};
            }
          },
          {.attempts = 2});
  EXPECT_EQ(found.items, 5u);
  EXPECT_EQ(found.scored, 1u);
  const auto count = [&](unscored why) { return found.unscored[static_cast<std::size_t>(why)]; };
  EXPECT_EQ(count(unscored::malformed), 1u);
  EXPECT_EQ(count(unscored::out_of_scale), 1u);
  EXPECT_EQ(count(unscored::rejected), 1u);
  EXPECT_EQ(count(unscored::timeout), 1u);
  EXPECT_EQ(found.calls, 6u) << "the timeout was tried twice";
  const auto score = found.metrics[0].score(found.rows, 0);
  EXPECT_DOUBLE_EQ(score.value, 0.75);
  EXPECT_EQ(score.n, 1u);
  EXPECT_EQ(score.n_missing, 4u);
}

TEST(VerdictRows, NothingScoredHasNoValue) {
  const auto found = run(items(2), [](const judge::request&, std::size_t) {
    return judge::scripted_answer{judge::answer_of("no"), 1};
  });
  EXPECT_EQ(found.scored, 0u);
  EXPECT_EQ(found.metrics[2].score(found.rows, 2).n, 0u);
}

TEST(VerdictRows, EqualItemsAreAskedOnceAndCountAsOften) {
  auto twice = items(1);
  twice.push_back(twice.front());
  twice.back().id = "another";
  const auto found = run(twice, [](const judge::request&, std::size_t) {
    return judge::scripted_answer{judge::answer_of(verdict(5, true)), 1};
  });
  EXPECT_EQ(found.scored, 2u);
  EXPECT_EQ(found.calls, 1u);
}

// Item 0 gets 2, 3, 5 and met, unmet, met; item 1 gets 4, nothing, 4 and always met; item 2 gets nothing.
judge::scripted_answer sampled(const judge::request& asked, std::size_t) {
  const std::size_t i = number_in(asked);
  const int first[] = {2, 3, 5};
  if (i == 2 || (i == 1 && asked.sample == 1)) return {judge::answer_of("no"), 1};
  return {judge::answer_of(i == 0 ? verdict(first[asked.sample], asked.sample != 1) : verdict(4, true)), 1};
}

TEST(VerdictRowsSamples, ItemIsTheMeanOfItsScoredSamplesAndItemsCountAlike) {
  const auto found = run(items(3), sampled, {}, {.model = "m", .base_url = "here", .samples = 3});
  EXPECT_EQ(found.calls, 9u);
  EXPECT_EQ(found.items, 3u);
  EXPECT_EQ(found.scored, 2u);
  EXPECT_EQ(found.unscored[static_cast<std::size_t>(unscored::malformed)], 1u);
  ASSERT_EQ(found.rows.rows(), 3u);
  // On 1..5: the means 10/3 and 4; met 2/3 and 1.
  EXPECT_NEAR(found.metrics[0].score_row(found.rows, 0, 0), (10.0 / 3 - 1) / 4, 1e-15);
  EXPECT_NEAR(found.metrics[0].score_row(found.rows, 0, 1), 0.75, 1e-15);
  EXPECT_NEAR(found.metrics[0].score(found.rows, 0).value, ((10.0 / 3 + 4) / 2 - 1) / 4, 1e-15);
  EXPECT_NEAR(found.metrics[1].score(found.rows, 1).value, (2.0 / 3 + 1) / 2, 1e-15);
  EXPECT_EQ(found.metrics[1].score(found.rows, 1).n, 2u);
  EXPECT_FALSE(found.metrics[1].is_proportion()) << "two thirds met is no outcome of one trial";
  EXPECT_NE(found.metrics[0].info().signature.find("samples:3"), std::string::npos);
}

TEST(VerdictRowsSamples, SayHowFarTheyDiffer) {
  const auto found = run(items(3), sampled, {}, {.model = "m", .base_url = "here", .samples = 3}).samples;
  EXPECT_EQ(found.per_question, 3u);
  EXPECT_EQ(found.scored, 5u);
  EXPECT_EQ(found.unscored[static_cast<std::size_t>(unscored::malformed)], 4u);
  EXPECT_EQ(found.questions, 2u);
  EXPECT_EQ(found.differing, 1u);
  // The values of item 0 are (0.25 + 1) / 2, (0.5 + 0) / 2, (1 + 1) / 2: mean 0.625, squares 0, 0.140625,
  // 0.140625, so the deviation is 0.375; item 1 has none.
  EXPECT_DOUBLE_EQ(*found.mean_deviation(), 0.1875);
  EXPECT_DOUBLE_EQ(*found.share_differing(), 0.5);
}

TEST(VerdictRowsSamples, ItemWaitsForAllOfThem) {
  const auto found = run(items(1), sampled, {.concurrency = 1, .start_concurrency = 1, .max_calls = 2},
                         {.model = "m", .base_url = "here", .samples = 3});
  EXPECT_EQ(found.items, 1u);
  EXPECT_EQ(found.rows.rows(), 0u);
  EXPECT_EQ(found.scored, 0u);
}

TEST(VerdictRowsSamples, AreCallsOfTheirOwnWithSeedsOfTheirOwn) {
  const judge::judge_options who{.model = "m", .sampling = {.seed = 7}, .samples = 3};
  const auto jobs = judge::pointwise_jobs(by, items(1), who, "secret");
  ASSERT_EQ(jobs.size(), 3u);
  EXPECT_EQ(jobs[0].about, R"({"row":0,"item":"item 0","length":8})");
  EXPECT_EQ(jobs[2].about, R"({"row":0,"item":"item 0","length":8,"sample":2})");
  EXPECT_EQ(jobs[2].request.sampling.seed, 9u);
  EXPECT_NE(jobs[0].key, jobs[1].key);
  // A run without a seed asks the same again: the key still tells them apart.
  const auto unseeded = judge::pointwise_jobs(by, items(1), {.model = "m", .samples = 2}, "secret");
  EXPECT_EQ(unseeded[0].request.messages, unseeded[1].request.messages);
  EXPECT_NE(unseeded[0].key, unseeded[1].key);
}

TEST(VerdictRowsSamples, JournalWithAnImpossibleNumberIsRefused) {
  for (const char* number : {"0", "21", "4294967295"}) {
    auto head = judge::pointwise_head(by, items(1), options);
    head.about.emplace_back("samples", number);
    EXPECT_FALSE(judge::judged_run_of(judge::journal::in_memory(head).contents())) << number;
  }
}

TEST(VerdictRows, JournalOfAnotherKindIsRefused) {
  const auto log = judge::journal::in_memory({.secret = "s", .about = {{"kind", "else"}}});
  EXPECT_FALSE(judge::judged_run_of(log.contents()));
}

TEST(PointwiseJobs, SendTheSameBytesWhenARunIsResumed) {
  const auto a = judge::pointwise_jobs(by, items(3), options, "secret"),
             b = judge::pointwise_jobs(by, items(3), options, "secret");
  const auto other = judge::pointwise_jobs(by, items(3), options, "another");
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(a[i].request, b[i].request);
    EXPECT_NE(a[i].request, other[i].request) << "another fence";
    EXPECT_EQ(a[i].key, other[i].key) << "but the same call";
  }
  EXPECT_NE(a[0].key, a[1].key);
}

TEST(PointwiseHead, TellsRunsApart) {
  const auto about = [](const judge::rubric& r, const std::vector<judge::item>& of,
                        const judge::judge_options& how) { return judge::pointwise_head(r, of, how).about; };
  const auto head = about(by, items(2), options);
  EXPECT_EQ(head, about(by, items(2), options));
  EXPECT_NE(head, about(by, items(3), options));
  judge::judge_options warmer = options;
  warmer.sampling.temperature = 0.5;
  EXPECT_NE(head, about(by, items(2), warmer));
  auto moved = items(2);
  moved[0].references = {moved[0].prediction};
  EXPECT_NE(head, about(by, moved, options));
}

}  // namespace verdict_rows_test
