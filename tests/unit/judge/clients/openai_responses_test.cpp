// SPDX-License-Identifier: MIT
#include <evalpp/judge/clients/openai_responses.hpp>

#include <gtest/gtest.h>

#include <string>

namespace openai_responses_test {

using evalpp::judge::call_error;
using evalpp::judge::completion;
using evalpp::judge::finish_reason;
using evalpp::judge::openai_responses;
using evalpp::judge::request;

completion read(std::string body, int status = 200) {
  return openai_responses().read({.status = status, .body = std::move(body)});
}

TEST(OpenaiResponses, TheBodyOfARequest) {
  request asked{.model = "m",
                .messages = {{"system", "S"}, {"user", "Q"}, {"assistant", "A"}, {"user", "R"}}};
  asked.schema = "{}";
  asked.sampling = {.max_tokens = 800, .n = 3, .seed = 7, .top_logprobs = 5};
  std::string body;
  openai_responses().write_body(asked, body);
  EXPECT_EQ(body, R"({"model":"m","instructions":"S","input":[)"
                  R"({"role":"user","content":[{"type":"input_text","text":"Q"}]},)"
                  R"({"role":"assistant","content":[{"type":"output_text","text":"A"}]},)"
                  R"({"role":"user","content":[{"type":"input_text","text":"R"}]}],)"
                  R"("temperature":0,"max_output_tokens":800,"store":false,)"
                  R"("include":["message.output_text.logprobs"],"top_logprobs":5,)"
                  R"("text":{"format":{"type":"json_schema","name":"verdict","strict":true,"schema":{}}}})");
}

TEST(OpenaiResponses, AnAnswerBehindReasoning) {
  const completion got =
      read(R"({"id":"resp_1","object":"response","status":"completed","error":null,"model":"m",
    "output":[{"type":"reasoning","content":[{"type":"output_text","text":"no"}]},
      {"type":"message","content":[{"type":"output_text","text":"{}","logprobs":[{"token":"{}","logprob":-1}]}]}],
    "usage":{"input_tokens":500,"input_tokens_details":{"cached_tokens":2},"output_tokens":40,
      "output_tokens_details":{"reasoning_tokens":9},"total_tokens":540}})");
  ASSERT_TRUE(got.ok()) << got.message;
  ASSERT_EQ(got.choices.size(), 1u);
  EXPECT_EQ(got.choices[0].text, "{}");
  EXPECT_EQ(got.choices[0].finish, finish_reason::stop);
  ASSERT_EQ(got.choices[0].logprobs.size(), 1u);
  EXPECT_EQ(got.usage, (evalpp::judge::usage{500, 40, 2, 9}));
}

TEST(OpenaiResponses, WhyThereIsNoWholeAnswer) {
  const auto cut = [](const char* reason) {
    return read(std::string(R"({"status":"incomplete","incomplete_details":{"reason":")") + reason +
                R"("},"output":[]})")
        .choices.at(0)
        .finish;
  };
  EXPECT_EQ(cut("max_output_tokens"), finish_reason::length);
  EXPECT_EQ(cut("content_filter"), finish_reason::content_filter);
  EXPECT_EQ(cut("another"), finish_reason::other);
  EXPECT_EQ(
      read(
          R"({"status":"completed","output":[{"type":"message","content":[{"type":"refusal","refusal":"No."}]}]})")
          .choices.at(0)
          .refusal,
      "No.");
  EXPECT_EQ(read(R"({"status":"queued","output":[]})").error, call_error::bad_response);
  EXPECT_EQ(read("{}").error, call_error::bad_response);
  EXPECT_EQ(
      read(R"({"status":"failed","error":{"code":"server_error","message":"Sorry"},"output":[]})").error,
      call_error::server);
  EXPECT_EQ(read("", 429).error, call_error::rate_limited);
}

}  // namespace openai_responses_test
