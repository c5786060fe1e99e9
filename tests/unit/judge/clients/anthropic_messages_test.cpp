// SPDX-License-Identifier: MIT
#include <evalpp/judge/clients/anthropic_messages.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace anthropic_messages_test {

using evalpp::judge::anthropic_messages;
using evalpp::judge::call_error;
using evalpp::judge::completion;
using evalpp::judge::finish_reason;
using evalpp::judge::request;

completion read(std::string body, int status = 200) {
  return anthropic_messages().read({.status = status, .body = std::move(body)});
}

TEST(AnthropicMessages, TheBodyOfARequest) {
  request asked{.model = "c", .messages = {{"system", "S"}, {"user", "Q"}}};
  asked.schema = "{}";
  asked.sampling = {.max_tokens = 800, .seed = 7, .top_logprobs = 5};
  std::string body;
  anthropic_messages().write_body(asked, body);
  EXPECT_EQ(body, R"({"model":"c","max_tokens":800,"system":"S","temperature":0,)"
                  R"("messages":[{"role":"user","content":"Q"}],)"
                  R"("output_config":{"format":{"type":"json_schema","schema":{}}}})");
}

TEST(AnthropicMessages, TheHeaders) {
  EXPECT_EQ(anthropic_messages().headers("k"),
            (std::vector<std::string>{"anthropic-version: 2023-06-01", "x-api-key: k"}));
  EXPECT_EQ(anthropic_messages().headers("").size(), 1u);
}

TEST(AnthropicMessages, AnAnswerAmongOtherBlocks) {
  const completion got = read(R"({"id":"msg_1","type":"message","role":"assistant","model":"c",
    "content":[{"type":"thinking","thinking":"hm","text":"no"},{"type":"text","text":"{}"}],
    "stop_reason":"end_turn","usage":{"input_tokens":500,"cache_creation_input_tokens":20,
    "cache_read_input_tokens":3,"output_tokens":40}})");
  ASSERT_TRUE(got.ok()) << got.message;
  ASSERT_EQ(got.choices.size(), 1u);
  EXPECT_EQ(got.choices[0].text, "{}");
  EXPECT_EQ(got.usage, (evalpp::judge::usage{523, 40, 3, 0}));
}

TEST(AnthropicMessages, TheInputOfAToolIsAnAnswerToo) {
  const completion got =
      read(R"({"content":[{"type":"tool_use","name":"grade","input":{"a": 1}}],"stop_reason":"tool_use"})");
  ASSERT_TRUE(got.ok()) << got.message;
  EXPECT_EQ(got.choices[0].text, R"({"a":1})");
  EXPECT_EQ(got.choices[0].finish, finish_reason::stop);
}

TEST(AnthropicMessages, WhyItStopped) {
  const auto finish = [](const char* reason) {
    return read(std::string(R"({"content":[],"stop_reason":")") + reason + "\"}").choices.at(0).finish;
  };
  EXPECT_EQ(finish("max_tokens"), finish_reason::length);
  EXPECT_EQ(finish("model_context_window_exceeded"), finish_reason::length);
  EXPECT_EQ(finish("refusal"), finish_reason::refusal);
  EXPECT_EQ(finish("stop_sequence"), finish_reason::stop);
  EXPECT_EQ(finish("pause_turn"), finish_reason::other);
}

TEST(AnthropicMessages, EachErrorHasItsClass) {
  const auto error = [](int status, const char* type) {
    return read(std::string(R"({"type":"error","error":{"type":")") + type +
                    R"(","message":"m"},"request_id":"r"})",
                status)
        .error;
  };
  EXPECT_EQ(error(400, "invalid_request_error"), call_error::invalid_request);
  EXPECT_EQ(error(401, "authentication_error"), call_error::unauthorized);
  EXPECT_EQ(error(400, "billing_error"), call_error::quota);
  EXPECT_EQ(error(403, "permission_error"), call_error::unauthorized);
  EXPECT_EQ(error(404, "not_found_error"), call_error::not_found);
  EXPECT_EQ(error(413, "request_too_large"), call_error::invalid_request);
  EXPECT_EQ(error(429, "rate_limit_error"), call_error::rate_limited);
  EXPECT_EQ(error(500, "api_error"), call_error::server);
  EXPECT_EQ(error(504, "timeout_error"), call_error::timeout);
  EXPECT_EQ(error(529, "overloaded_error"), call_error::overloaded);
  EXPECT_EQ(error(200, "overloaded_error"), call_error::overloaded);
  EXPECT_EQ(read("{}").error, call_error::bad_response);
}

}  // namespace anthropic_messages_test
