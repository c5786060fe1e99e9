// SPDX-License-Identifier: MIT
#include <evalpp/judge/clients/scripted.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace scripted_test {

namespace judge = evalpp::judge;
using judge::call_error;

const judge::request nothing = {"m", {{"user", "?"}}};

TEST(judge_scripted, answers_from_a_list_and_then_fails) {
  judge::virtual_clock time;
  judge::scripted_client model(time, {{judge::answer_of("one"), 2.5}, {judge::answer_of("two"), 1}});
  const judge::completion first = model.complete(nothing);
  EXPECT_EQ(first.choices.at(0).text, "one");
  EXPECT_DOUBLE_EQ(first.seconds, 2.5);
  EXPECT_DOUBLE_EQ(time.now(), 2.5);
  EXPECT_EQ(model.complete(nothing).choices.at(0).text, "two");
  EXPECT_EQ(model.complete(nothing).error, call_error::invalid_request);
  EXPECT_EQ(model.calls(), 3U);
}

TEST(judge_scripted, thousands_in_flight_finish_by_their_latency_in_no_time) {
  judge::virtual_clock time;
  // The later a call starts the sooner it finishes.
  judge::scripted_client model(time, [](const judge::request& asked, std::size_t call) {
    return judge::scripted_answer{judge::answer_of(asked.messages[0].content),
                                  1000.0 - static_cast<double>(call)};
  });
  for (judge::call_ticket t = 0; t < 1000; ++t) model.start({"m", {{"user", std::to_string(t)}}}, t);
  EXPECT_EQ(model.in_flight(), 1000U);
  std::vector<judge::finished_call> done;
  model.wait(0, done);
  model.wait(0.5, done);
  EXPECT_TRUE(done.empty());
  EXPECT_DOUBLE_EQ(time.now(), 0.5);
  while (model.in_flight() != 0) model.wait(1e9, done);
  ASSERT_EQ(done.size(), 1000U);
  for (std::size_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(done[i].ticket, 999 - i);
    EXPECT_EQ(done[i].completion.choices.at(0).text, std::to_string(999 - i));
  }
  EXPECT_DOUBLE_EQ(time.now(), 1000);
  EXPECT_EQ(model.most_in_flight(), 1000U);
}

TEST(judge_scripted, errors_retry_after_and_calls_that_never_end) {
  judge::virtual_clock time;
  judge::completion slower = judge::failure_of(call_error::rate_limited, 429, "slow down");
  slower.retry_after = 20;
  judge::scripted_client model(
      time, {{slower, 1}, {judge::answer_of("never"), std::numeric_limits<double>::infinity()}});
  model.start(nothing, 1);
  model.start(nothing, 2);
  std::vector<judge::finished_call> done;
  model.wait(60, done);
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].completion.retry_after, 20.0);
  EXPECT_EQ(done[0].completion.status, 429);
  model.wait(60, done);
  EXPECT_EQ(done.size(), 1U);
  EXPECT_DOUBLE_EQ(time.now(), 61);
  model.cancel(2);
  model.wait(60, done);
  ASSERT_EQ(done.size(), 2U);
  EXPECT_EQ(done[1].completion.error, call_error::canceled);
  EXPECT_DOUBLE_EQ(time.now(), 61);
}

}  // namespace scripted_test
