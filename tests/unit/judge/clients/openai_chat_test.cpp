// SPDX-License-Identifier: MIT
#include <evalpp/json/equal.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/clients/openai_chat.hpp>

#include <gtest/gtest.h>

#include <string>

namespace openai_chat_test {

using evalpp::judge::call_error;
using evalpp::judge::completion;
using evalpp::judge::finish_reason;
using evalpp::judge::http_response;
using evalpp::judge::openai_chat;
using evalpp::judge::request;
using evalpp::judge::schema_form;

std::string body_of(const openai_chat& by, const request& asked) {
  std::string out;
  by.write_body(asked, out);
  return out;
}

completion read(int status, std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return openai_chat().read({.status = status, .headers = std::move(headers), .body = std::move(body)});
}

request question() {
  request asked{.model = "m", .messages = {{"system", "Be strict."}, {"user", "1 + 1 = \"2\"?"}}};
  asked.schema = R"({"type":"object"})";
  return asked;
}

TEST(OpenaiChat, TheBodyOfARequest) {
  request asked = question();
  asked.sampling = {.temperature = 0, .max_tokens = 800, .seed = 7, .top_logprobs = 20};
  EXPECT_EQ(body_of(openai_chat(), asked),
            R"({"model":"m","messages":[{"role":"system","content":"Be strict."},)"
            R"({"role":"user","content":"1 + 1 = \"2\"?"}],"temperature":0,"max_tokens":800,"seed":7,)"
            R"("logprobs":true,"top_logprobs":20,"response_format":{"type":"json_schema",)"
            R"("json_schema":{"name":"verdict","strict":true,"schema":{"type":"object"}}}})");
}

TEST(OpenaiChat, WhatServersWantOtherwise) {
  const auto has = [](const openai_chat& by, const char* text) {
    return body_of(by, question()).find(text) != std::string::npos;
  };
  EXPECT_TRUE(has(openai_chat({.max_completion_tokens = true}), R"("max_completion_tokens":1024)"));
  EXPECT_FALSE(has(openai_chat({.max_completion_tokens = true}), R"("max_tokens")"));
  EXPECT_TRUE(has(openai_chat({.schema = schema_form::json_object}),
                  R"("response_format":{"type":"json_object","schema":{"type":"object"}})"));
  EXPECT_TRUE(has(
      openai_chat({.schema = schema_form::tgi}),
      R"("response_format":{"type":"json_schema","value":{"name":"verdict","schema":{"type":"object"}}})"));
  EXPECT_FALSE(has(openai_chat({.schema = schema_form::none}), "response_format"));
}

TEST(OpenaiChat, AModelThatTakesNoTemperatureIsSentNone) {
  request asked = question();
  asked.sampling.temperature.reset();
  EXPECT_EQ(body_of(openai_chat(), asked).find("temperature"), std::string::npos);
}

TEST(OpenaiChat, AnyBytesMakeARequestThatIsJson) {
  request asked = question();
  asked.messages[1].content = "\xFF\xC3 \x01 \xED\xA0\x80";
  const std::string body = body_of(openai_chat(), asked);
  const auto parsed = evalpp::json::parse(body);
  ASSERT_TRUE(parsed) << body;
  EXPECT_EQ(parsed->root()["messages"][1]["content"].as_string(), "\uFFFD\uFFFD \x01 \uFFFD\uFFFD\uFFFD");
}

TEST(OpenaiChat, TheKeyIsInOneHeaderAndNoKeyInNone) {
  EXPECT_EQ(openai_chat().headers("k"), std::vector<std::string>{"Authorization: Bearer k"});
  EXPECT_TRUE(openai_chat().headers("").empty());
}

TEST(OpenaiChat, AnAnswer) {
  const completion got = read(200, R"({"id":"chatcmpl-1","object":"chat.completion","model":"m-2026",
      "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"a\":1}","refusal":null},
        "logprobs":{"content":[{"token":"4","logprob":-0.1,"bytes":[52],
          "top_logprobs":[{"token":"4","logprob":-0.1,"bytes":[52]},{"token":"\ufffd","logprob":-9999.0,"bytes":[226,130]}]}],
          "refusal":null}}],
      "usage":{"prompt_tokens":500,"completion_tokens":40,"total_tokens":540,
        "prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":8}}})");
  ASSERT_TRUE(got.ok()) << got.message;
  EXPECT_EQ(got.model, "m-2026");
  EXPECT_EQ(got.status, 200);
  ASSERT_EQ(got.choices.size(), 1u);
  EXPECT_EQ(got.choices[0].text, R"({"a":1})");
  EXPECT_EQ(got.choices[0].finish, finish_reason::stop);
  EXPECT_EQ(got.usage, (evalpp::judge::usage{500, 40, 3, 8}));
  ASSERT_EQ(got.choices[0].logprobs.size(), 1u);
  const evalpp::judge::token_logprob& token = got.choices[0].logprobs[0];
  EXPECT_EQ(token.token, "4");
  EXPECT_EQ(token.logprob, -0.1);
  ASSERT_EQ(token.top.size(), 2u);
  EXPECT_EQ(token.top[1].token, "\xE2\x82");  // its bytes, not the replacement character of its text
  EXPECT_EQ(token.top[1].logprob, -9999.0);
}

TEST(OpenaiChat, WhyItStopped) {
  const auto finish = [](const char* reason) {
    return read(200,
                std::string(R"({"choices":[{"finish_reason":)") + reason + R"(,"message":{"content":"x"}}]})")
        .choices.at(0)
        .finish;
  };
  EXPECT_EQ(finish(R"("stop")"), finish_reason::stop);
  EXPECT_EQ(finish(R"("eos_token")"), finish_reason::stop);
  EXPECT_EQ(finish(R"("length")"), finish_reason::length);
  EXPECT_EQ(finish(R"("content_filter")"), finish_reason::content_filter);
  EXPECT_EQ(finish(R"("tool_calls")"), finish_reason::other);
  EXPECT_EQ(finish("null"), finish_reason::other);
}

TEST(OpenaiChat, AnswersInOtherShapes) {
  EXPECT_EQ(read(200, R"({"choices":[{"message":{"content":null}}]})").choices.at(0).text, "");
  EXPECT_EQ(read(200, R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]})")
                .choices.at(0)
                .text,
            "ab");
  EXPECT_EQ(
      read(200, R"({"choices":[{"message":{"content":"","refusal":"I will not."}}]})").choices.at(0).refusal,
      "I will not.");
  EXPECT_EQ(read(200, R"({"error":null,"choices":[{}],"usage":{"prompt_tokens":-3,"completion_tokens":"x"}})")
                .usage,
            evalpp::judge::usage{});
}

TEST(OpenaiChat, BytesThatAreNotUtf8LoseNoAnswer) {
  const completion raw = read(200, "{\"choices\":[{\"message\":{\"content\":\"a\xFFz\"}}]}");
  ASSERT_TRUE(raw.ok()) << raw.message;
  EXPECT_EQ(raw.choices[0].text, "a\uFFFDz");
  const completion half = read(200, R"({"choices":[{"message":{"content":"a\ud800z"}}]})");
  ASSERT_TRUE(half.ok()) << half.message;
  EXPECT_EQ(half.choices[0].text, "a\uFFFDz");
}

TEST(OpenaiChat, WhatIsNotTheProtocol) {
  for (const char* body : {"", "{", "[]", "hello", "<html><body>Bad gateway</body></html>", "{}",
                           R"({"choices":[]})", R"({"choices":{}})"}) {
    const completion got = read(200, body, {{"content-type", "text/html"}});
    EXPECT_EQ(got.error, call_error::bad_response) << body;
    EXPECT_NE(got.message.find("text/html"), std::string::npos) << got.message;
  }
}

struct refusal_case {
  int status;
  const char* body;
  call_error error;
  const char* message;
};

TEST(OpenaiChat, EachErrorHasItsClass) {
  const refusal_case cases[] = {
      {400,
       R"({"error":{"message":"too long","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}})",
       call_error::invalid_request, "HTTP 400: too long"},
      {401,
       R"({"error":{"message":"Incorrect API key","type":"invalid_request_error","code":"invalid_api_key"}})",
       call_error::unauthorized, "HTTP 401: Incorrect API key"},
      {403, "", call_error::unauthorized, "HTTP 403"},
      {404, R"({"error":{"message":"no model m","type":"NotFoundError","code":404}})", call_error::not_found,
       "HTTP 404: no model m"},
      {402, "{}", call_error::quota, "HTTP 402: {}"},
      {408, "", call_error::timeout, "HTTP 408"},
      {409, "", call_error::server, "HTTP 409"},
      {422, R"({"error":"bad schema","error_type":"validation"})", call_error::invalid_request,
       "HTTP 422: bad schema"},
      {422, R"({"detail":[{"loc":["body"],"msg":"field required"}]})", call_error::invalid_request,
       R"(HTTP 422: [{"loc":["body"],"msg":"field required"}])"},
      {424, R"({"error":"Request failed during generation","error_type":"generation"})", call_error::server,
       "HTTP 424: Request failed during generation"},
      {429, R"({"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}})",
       call_error::rate_limited, "HTTP 429: slow down"},
      {429, R"({"error":{"message":"no credit","type":"insufficient_quota","code":"insufficient_quota"}})",
       call_error::quota, "HTTP 429: no credit"},
      {429, R"({"error":"Model is overloaded","error_type":"overloaded"})", call_error::rate_limited,
       "HTTP 429: Model is overloaded"},
      {500, "Internal\r\n  Server Error\n", call_error::server, "HTTP 500: Internal Server Error "},
      {503, R"({"error":"server busy"})", call_error::overloaded, "HTTP 503: server busy"},
      {504, "", call_error::timeout, "HTTP 504"},
      {529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
       call_error::overloaded, "HTTP 529: Overloaded"},
      {200, R"({"error":{"message":"bad","type":"BadRequestError","code":400}})", call_error::invalid_request,
       "HTTP 200: bad"},
      {200, R"({"error":{"message":"bad","type":"internal_error","code":503}})", call_error::overloaded,
       "HTTP 200: bad"},
      {200, R"({"error":"what"})", call_error::server, "HTTP 200: what"},
  };
  for (const refusal_case& c : cases) {
    const completion got = read(c.status, c.body);
    EXPECT_EQ(got.error, c.error) << c.status << ' ' << c.body;
    EXPECT_EQ(got.message, c.message);
    EXPECT_EQ(got.status, c.status);
    EXPECT_TRUE(got.choices.empty());
  }
}

TEST(OpenaiChat, AnotherAddressIsNamedAndNotFollowed) {
  const completion got = read(301, "", {{"Location", "https://elsewhere/v1"}});
  EXPECT_EQ(got.error, call_error::not_found);
  EXPECT_EQ(got.message, "HTTP 301, moved to https://elsewhere/v1");
}

TEST(OpenaiChat, TheServerMayOverruleWhetherToTryAgain) {
  EXPECT_EQ(read(500, "", {{"x-should-retry", "false"}}).error, call_error::invalid_request);
  EXPECT_EQ(read(429, "", {{"X-Should-Retry", "false"}}).error, call_error::invalid_request);
  EXPECT_EQ(read(400, "", {{"x-should-retry", "true"}}).error, call_error::server);
  EXPECT_EQ(read(401, "", {{"x-should-retry", "true"}}).error, call_error::unauthorized);
}

TEST(OpenaiChat, HowLongToWaitComesAlong) {
  EXPECT_EQ(read(429, "", {{"retry-after", "7"}}).retry_after, 7.0);
  EXPECT_EQ(read(429, "").retry_after, std::nullopt);
}

TEST(OpenaiChat, LongMessagesAreCutAtWholeCharacters) {
  const completion got = read(500, std::string(499, 'x') + "\u00e9" + std::string(5000, 'y'));
  EXPECT_EQ(got.message, "HTTP 500: " + std::string(499, 'x') + "\uFFFD...");
}

}  // namespace openai_chat_test
