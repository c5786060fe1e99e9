// SPDX-License-Identifier: MIT
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/client.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

// What a user writes: a model in this process, in twenty lines.
class shouting_model : public evalpp::judge::client {
 public:
  evalpp::judge::completion complete(const evalpp::judge::request& asked) override {
    evalpp::judge::completion answer;
    answer.model = asked.model;
    if (asked.messages.empty()) {
      answer.error = evalpp::judge::call_error::invalid_request;
      answer.message = "nothing was asked";
      return answer;
    }
    std::string text = asked.messages.back().content;
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    answer.choices.push_back({.text = text});
    return answer;
  }
};

namespace client_test {

namespace judge = evalpp::judge;

judge::request ask(std::string text) { return {"loud", {{"user", std::move(text)}}}; }

TEST(judge_client, is_twenty_lines_for_a_user) {
  shouting_model model;
  judge::client& answers = model;
  EXPECT_EQ(answers.complete(ask("hello")).choices.at(0).text, "HELLO");
  EXPECT_EQ(answers.complete({"loud", {}}).error, judge::call_error::invalid_request);
}

TEST(judge_async_client, one_by_one_answers_in_order_inside_wait) {
  shouting_model model;
  judge::one_by_one calls(model);
  EXPECT_EQ(calls.capacity(), 1U);
  std::vector<judge::finished_call> done;
  calls.wait(0, done);
  EXPECT_TRUE(done.empty());
  {
    const judge::request gone = ask("a");
    calls.start(gone, 7);
  }
  calls.start(ask("b"), 3);
  while (done.size() < 2) calls.wait(1, done);
  EXPECT_EQ(done[0].ticket, 7U);
  EXPECT_EQ(done[0].completion.choices.at(0).text, "A");
  EXPECT_EQ(done[1].ticket, 3U);
  EXPECT_EQ(done[1].completion.choices.at(0).text, "B");
}

TEST(judge_async_client, a_canceled_call_finishes_as_canceled_and_is_never_made) {
  shouting_model model;
  judge::one_by_one calls(model);
  calls.start(ask("a"), 1);
  calls.start(ask("b"), 2);
  calls.cancel(1);
  calls.cancel(99);  // not in flight
  std::vector<judge::finished_call> done;
  for (int i = 0; i < 3; ++i) calls.wait(1, done);
  ASSERT_EQ(done.size(), 2U);
  EXPECT_EQ(done[0].ticket, 1U);
  EXPECT_EQ(done[0].completion.error, judge::call_error::canceled);
  EXPECT_EQ(done[1].ticket, 2U);
  EXPECT_TRUE(done[1].completion.ok());
}

}  // namespace client_test
