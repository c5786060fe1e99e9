// SPDX-License-Identifier: MIT
#include <evalpp/judge/expected_scores.hpp>

#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace expected_scores_test {

namespace judge = evalpp::judge;

const judge::rubric by{
    .name = "r",
    .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}, {.name = "short", .points = 1}}};

// Four items; the judge says 4 and expects 4.5, but for the last, which comes without probabilities.
judge::expected_scores run(std::uint32_t top_logprobs) {
  std::vector<judge::item> items;
  for (std::size_t k = 0; k < 4; ++k)
    items.push_back({.id = std::to_string(k), .input = {}, .prediction = "number " + std::to_string(k)});
  const judge::judge_options who{.model = "m", .sampling = {.top_logprobs = top_logprobs}};
  judge::virtual_clock time;
  judge::scripted_client model(time, [&](const judge::request& asked, std::size_t) {
    judge::completion said =
        judge::answer_of(R"({"reasoning": "so", "verdicts": {"correct": 4, "short": true}})");
    if (asked.messages.back().content.find("number 3") == std::string::npos) {
      auto& tokens = said.choices[0].logprobs;
      tokens.push_back({R"({"reasoning": "so", "verdicts": {"correct": )", 0, {}});
      tokens.push_back({"4", std::log(0.5), {{"4", std::log(0.5)}, {"5", std::log(0.5)}}});
      tokens.push_back({R"(, "short": true}})", 0, {}});
    }
    return judge::scripted_answer{said, 1};
  });
  auto log = judge::journal::in_memory(judge::pointwise_head(by, items, who));
  const auto jobs = judge::pointwise_jobs(by, items, who, log.head().secret);
  EXPECT_TRUE(judge::run(model, time, jobs, judge::verdict_judge(by), log));
  auto read = judge::expected_scores_of(log.contents());
  EXPECT_TRUE(read);
  return std::move(*read);
}

TEST(ExpectedScores, StandBesideTheVerdictsAndCountWhatIsNotAvailable) {
  const judge::expected_scores got = run(20);
  ASSERT_EQ(got.metrics.size(), 1u);  // a checklist has no levels to expect
  const evalpp::reported_score score = got.metrics[0].score(got.rows, 0);
  EXPECT_EQ(score.name, "judge:correct:expected");
  EXPECT_DOUBLE_EQ(score.value, 0.875);  // (4.5 - 1) / 4
  EXPECT_EQ(score.n, 3u);
  EXPECT_EQ(score.n_missing, 1u);
}

TEST(ExpectedScores, AreNoneWhenNoProbabilitiesWereAskedFor) { EXPECT_TRUE(run(0).metrics.empty()); }

}  // namespace expected_scores_test
