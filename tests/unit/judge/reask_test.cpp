// SPDX-License-Identifier: MIT
#include <evalpp/judge/reask.hpp>

#include <evalpp/judge/clients/scripted.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judge_options.hpp>
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

namespace reask_test {

namespace judge = evalpp::judge;
using judge::unscored;

const judge::rubric by{.name = "r", .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}}}};
const judge::judge_options options{.model = "m", .base_url = "here", .reask = true};
const std::string good = R"({"reasoning": "so", "verdicts": {"correct": 5}})",
                  off = R"({"reasoning": "so", "verdicts": {"correct": 9}})";

std::vector<judge::item> items(const std::vector<std::string>& answers) {
  std::vector<judge::item> out;
  for (const std::string& answer : answers)
    out.push_back({.id = answer, .input = {{"user", "q"}}, .prediction = answer});
  return out;
}
bool asks_again(const judge::request& asked) { return asked.messages.size() == 4; }
bool about(const judge::request& asked, const std::string& answer) {
  return asked.messages[1].content.find('\n' + answer + '\n') != std::string::npos;
}
judge::scripted_answer ended_by(judge::finish_reason reason, std::string text) {
  judge::completion out = judge::answer_of(std::move(text));
  out.choices.front().finish = reason;
  return {std::move(out), 1};
}
// Says 9 of 5, and when asked again 5 of "mends", 9 of "insists"; refuses "taboo", is cut at "long".
judge::scripted_answer careless(const judge::request& asked, std::size_t) {
  if (about(asked, "fine")) return {judge::answer_of(good), 1};
  if (about(asked, "taboo")) return ended_by(judge::finish_reason::refusal, "no");
  if (about(asked, "long")) return ended_by(judge::finish_reason::length, R"({"reasoning": ")");
  return {judge::answer_of(asks_again(asked) && about(asked, "mends") ? good : off), 1};
}

struct session {
  judge::journal log;
  judge::run_report report;
  std::vector<judge::request> sent;
};
session run(const std::vector<judge::item>& of, const judge::run_options& how = {}) {
  session out{judge::journal::in_memory(judge::pointwise_head(by, of, options)), {}, {}};
  judge::virtual_clock time;
  judge::scripted_client client(time, [&](const judge::request& asked, std::size_t n) {
    out.sent.push_back(asked);
    return careless(asked, n);
  });
  const auto jobs = judge::pointwise_jobs(by, of, options, out.log.head().secret);
  const auto ended =
      judge::run_and_reask(client, time, jobs, judge::verdict_judge(by), out.log, how, options.base_url);
  EXPECT_TRUE(ended);
  out.report = *ended;
  return out;
}
judge::judged_run read(const judge::journal& log) {
  auto found = judge::judged_run_of(log.contents());
  EXPECT_TRUE(found) << to_string(found.error());
  return std::move(*found);
}

TEST(Reask, ContinuesTheConversationOnceAndIsCountedApart) {
  const session done = run(items({"fine", "mends", "insists"}));
  ASSERT_EQ(done.sent.size(), 5u) << "and nobody is asked a third time";
  const auto found = read(done.log);
  EXPECT_EQ(found.calls, 5u);
  EXPECT_EQ(found.scored, 2u);
  EXPECT_EQ(found.unscored[static_cast<std::size_t>(unscored::out_of_scale)], 1u);
  EXPECT_EQ(found.reasked, 2u);
  EXPECT_EQ(found.reasked_scored, 1u);
  EXPECT_NE(found.metrics[0].info().signature.find("reask:once"), std::string::npos);

  const judge::request& again = done.sent[3];
  ASSERT_EQ(again.messages.size(), 4u);
  EXPECT_EQ(again.messages[2], (judge::message{"assistant", off}));
  EXPECT_EQ(again.messages[3].role, "user");
  EXPECT_NE(again.messages[3].content.find("\"correct\" is not on its scale: 9"), std::string::npos)
      << again.messages[3].content;
}

TEST(Reask, IsOnlyForAnswersThatHoldNoVerdict) {
  const session done = run(items({"taboo", "long"}));
  EXPECT_EQ(done.sent.size(), 2u);
  EXPECT_EQ(read(done.log).reasked, 0u);
  for (const unscored why : {unscored::refusal, unscored::content_filter, unscored::truncated,
                             unscored::empty, unscored::timeout, unscored::transport, unscored::rejected})
    EXPECT_FALSE(judge::may_reask(why)) << name_of(why);
  for (const unscored why :
       {unscored::malformed, unscored::missing_field, unscored::conflict, unscored::out_of_scale})
    EXPECT_TRUE(judge::may_reask(why)) << name_of(why);
}

TEST(Reask, EqualItemsShareTheSecondCallToo) {
  auto twice = items({"mends", "mends"});
  twice[1].id = "another";
  const session done = run(twice);
  EXPECT_EQ(done.sent.size(), 2u);
  const auto found = read(done.log);
  EXPECT_EQ(found.scored, 2u);
  EXPECT_EQ(found.reasked_scored, 2u);
}

TEST(Reask, CapsHoldForBothPartsAndARerunGoesOn) {
  const auto of = items({"mends", "fine", "insists"});
  session first = run(of, {.max_calls = 4});
  EXPECT_EQ(first.sent.size(), 4u);
  EXPECT_EQ(first.report.stop, judge::stop_reason::attempts);
  EXPECT_EQ(read(first.log).calls, 4u);
  judge::virtual_clock time;
  std::size_t calls = 0;
  judge::scripted_client client(time, [&](const judge::request& asked, std::size_t n) {
    ++calls;
    return careless(asked, n);
  });
  const auto jobs = judge::pointwise_jobs(by, of, options, first.log.head().secret);
  ASSERT_TRUE(
      judge::run_and_reask(client, time, jobs, judge::verdict_judge(by), first.log, {}, options.base_url));
  EXPECT_EQ(calls, 1u);
  EXPECT_EQ(read(first.log).reasked, 2u);
}

TEST(Reask, RunWithoutItIsAnotherRun) {
  judge::judge_options plain = options;
  plain.reask = false;
  const auto of = items({"fine"});
  EXPECT_NE(judge::pointwise_head(by, of, plain).about, judge::pointwise_head(by, of, options).about);
}

}  // namespace reask_test
