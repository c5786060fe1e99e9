// SPDX-License-Identifier: MIT
#include "local_server.hpp"

#include <evalpp/judge/clients/anthropic_messages.hpp>
#include <evalpp/judge/clients/openai_chat.hpp>
#include <evalpp/judge/clients/openai_responses.hpp>
#include <evalpp/judge/curl.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

// The transport against a real server that misbehaves on demand.
namespace {

using evalpp::judge::call_error;
using evalpp::judge::completion;
using evalpp::judge::curl_client;
using evalpp::judge::curl_options;
using evalpp::judge::dialect;
using evalpp::judge::finished_call;
using evalpp::judge::openai_chat;
using evalpp::judge::request;
using model_server::local_server;

request question(const std::string& text = "How good is this?") {
  return {.model = "m",
          .messages = {{"user", text}},
          .schema = R"({"type":"object","properties":{"score":{"type":"integer","enum":[1,2,3,4,5]}},)"
                    R"("required":["score"],"additionalProperties":false})"};
}

std::unique_ptr<curl_client> client_of(curl_options options,
                                       std::shared_ptr<const dialect> by = std::make_shared<openai_chat>()) {
  auto made = curl_client::make(std::move(options), std::move(by));
  EXPECT_TRUE(made) << (made ? std::string() : made.error().message);
  return made ? std::move(*made) : nullptr;
}

// All calls, each until it has finished.
std::vector<finished_call> finish(curl_client& client, std::size_t calls) {
  std::vector<finished_call> done;
  for (int turns = 0; done.size() < calls && turns < 1000; ++turns) client.wait(10, done);
  return done;
}

completion ask(curl_options options, const request& asked = question(),
               std::shared_ptr<const dialect> by = std::make_shared<openai_chat>()) {
  const auto client = client_of(std::move(options), std::move(by));
  if (client == nullptr) return {.error = call_error::invalid_request};
  client->start(asked, 7);
  const std::vector<finished_call> done = finish(*client, 1);
  EXPECT_EQ(done.size(), 1u);
  if (done.empty()) return {.error = call_error::timeout};
  EXPECT_EQ(done[0].ticket, 7u);
  return done[0].completion;
}

class CurlClient : public testing::Test {
 protected:
  completion ask_in(const std::string& mode) {
    return ask({.base_url = server_.url(mode), .call_seconds = 20});
  }

  local_server server_;
};

TEST_F(CurlClient, AnAnswer) {
  ASSERT_TRUE(server_.running());
  const completion got = ask_in("ok");
  ASSERT_TRUE(got.ok()) << got.message;
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.model, "m");
  ASSERT_EQ(got.choices.size(), 1u);
  EXPECT_TRUE(got.choices[0].text.starts_with(R"({"score":)")) << got.choices[0].text;
  EXPECT_GT(got.usage.prompt_tokens, 0u);
  EXPECT_GT(got.seconds, 0.0);
}

TEST_F(CurlClient, WhatIsSent) {
  ask({.base_url = server_.url("ok") + "/", .api_key = "sk-secret-7", .headers = {"OpenAI-Organization: o"}});
  const auto last = evalpp::json::parse(server_.get("/last"));
  ASSERT_TRUE(last);
  const auto header = [&](const char* name) {
    return std::string(last->root()["headers"][name].as_string().value_or(""));
  };
  EXPECT_EQ(last->root()["path"].as_string(), "/ok/v1/chat/completions");
  EXPECT_EQ(header("authorization"), "Bearer sk-secret-7");
  EXPECT_EQ(header("openai-organization"), "o");
  EXPECT_EQ(header("content-type"), "application/json");
  EXPECT_TRUE(header("user-agent").starts_with("evalpp/"));
  EXPECT_EQ(header("expect"), "");
  const auto body = evalpp::json::parse(last->root()["body"].as_string().value_or(""));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->root()["messages"][0]["content"].as_string(), "How good is this?");
}

TEST_F(CurlClient, WithoutAKeyThereIsNoHeader) {
  ask_in("ok");
  const auto last = evalpp::json::parse(server_.get("/last"));
  ASSERT_TRUE(last);
  EXPECT_FALSE(last->root()["headers"].contains("authorization"));
}

TEST_F(CurlClient, TheOtherDialects) {
  const completion responses =
      ask({.base_url = server_.url()}, question(), std::make_shared<evalpp::judge::openai_responses>());
  ASSERT_TRUE(responses.ok()) << responses.message;
  EXPECT_TRUE(responses.choices[0].text.starts_with(R"({"score":)")) << responses.choices[0].text;
  const completion messages =
      ask({.base_url = server_.url()}, question(), std::make_shared<evalpp::judge::anthropic_messages>());
  ASSERT_TRUE(messages.ok()) << messages.message;
  EXPECT_TRUE(messages.choices[0].text.starts_with(R"({"score":)")) << messages.choices[0].text;
}

TEST_F(CurlClient, RateLimitsWithEachFormOfRetryAfter) {
  EXPECT_EQ(ask_in("429").error, call_error::rate_limited);
  EXPECT_EQ(ask_in("429,retry-after=3").retry_after, 3.0);
  EXPECT_EQ(ask_in("429,retry-after-ms=250").retry_after, 0.25);
  EXPECT_EQ(ask_in("429,reset=12ms").retry_after, 0.012);
  const completion date = ask_in("429,retry-after-date=20");
  ASSERT_TRUE(date.retry_after);
  EXPECT_NEAR(*date.retry_after, 20, 1.5);  // dates have whole seconds
  EXPECT_EQ(ask_in("quota").error, call_error::quota);
}

TEST_F(CurlClient, EachStatusHasItsClass) {
  const std::vector<std::pair<const char*, call_error>> cases = {
      {"500", call_error::server},
      {"502", call_error::server},
      {"503", call_error::overloaded},
      {"529", call_error::overloaded},
      {"400", call_error::invalid_request},
      {"401", call_error::unauthorized},
      {"403", call_error::unauthorized},
      {"404", call_error::not_found},
      {"422", call_error::invalid_request},
      {"500,error=html", call_error::server},
      {"500,error=plain", call_error::server},
      {"503,error=ollama", call_error::overloaded},
      {"422,error=tgi", call_error::invalid_request},
      {"redirect", call_error::not_found}};
  for (const auto& [mode, error] : cases) {
    const completion got = ask_in(mode);
    EXPECT_EQ(got.error, error) << mode << ": " << got.message;
    EXPECT_FALSE(got.message.empty()) << mode;
    EXPECT_NE(got.status, 200) << mode;
  }
}

TEST_F(CurlClient, WhatBreaksOnTheWay) {
  const std::vector<std::pair<const char*, call_error>> cases = {
      {"cut", call_error::bad_response},         {"close", call_error::connection},
      {"rst", call_error::connection},           {"html", call_error::bad_response},
      {"no-json", call_error::bad_response},     {"no-choices", call_error::bad_response},
      {"error-200", call_error::invalid_request}};
  for (const auto& [mode, error] : cases) {
    const completion got = ask_in(mode);
    EXPECT_EQ(got.error, error) << mode << ": " << got.message;
    EXPECT_TRUE(got.choices.empty()) << mode;
    EXPECT_FALSE(got.message.empty()) << mode;
  }
  EXPECT_FALSE(ask_in("half-header").ok());
}

TEST_F(CurlClient, AnswersInOddShapes) {
  EXPECT_EQ(ask_in("bad-utf8").error, call_error::none);
  EXPECT_EQ(ask_in("lone-surrogate").error, call_error::none);
  EXPECT_EQ(ask_in("chunked").error, call_error::none);
  EXPECT_EQ(ask_in("conn-close").error, call_error::none);
  EXPECT_EQ(ask_in("empty").error, call_error::none);
  EXPECT_EQ(ask_in("null-content").error, call_error::none);
  EXPECT_EQ(ask_in("length").choices.at(0).finish, evalpp::judge::finish_reason::length);
  EXPECT_EQ(ask_in("filter").choices.at(0).finish, evalpp::judge::finish_reason::content_filter);
  EXPECT_FALSE(ask_in("refusal").choices.at(0).refusal.empty());
}

TEST_F(CurlClient, AServerThatNeverAnswersRunsIntoTheLimit) {
  const completion got = ask({.base_url = server_.url("hang"), .call_seconds = 0.3});
  EXPECT_EQ(got.error, call_error::timeout);
  EXPECT_GE(got.seconds, 0.29);
}

TEST_F(CurlClient, AResponseHasALargestSize) {
  const completion got = ask({.base_url = server_.url("huge=3000000"), .most_bytes = 1'000'000});
  EXPECT_EQ(got.error, call_error::bad_response);
  EXPECT_EQ(got.message, "the response has more than 1000000 bytes");
  EXPECT_TRUE(ask({.base_url = server_.url("huge=3000000"), .most_bytes = 4'000'000}).ok());
}

TEST_F(CurlClient, ALargeRequestArrivesWhole) {
  EXPECT_TRUE(ask({.base_url = server_.url("ok")}, question(std::string(3'000'000, 'x'))).ok());
}

TEST_F(CurlClient, ACallIsGivenUpAtOnce) {
  const auto client = client_of({.base_url = server_.url("hang")});
  client->start(question(), 1);
  client->start(question("another"), 2);
  std::vector<finished_call> done;
  client->wait(0.05, done);
  EXPECT_TRUE(done.empty());
  client->cancel(2);
  client->cancel(99);  // not in flight
  client->wait(0, done);
  ASSERT_EQ(done.size(), 1u);
  EXPECT_EQ(done[0].ticket, 2u);
  EXPECT_EQ(done[0].completion.error, call_error::canceled);
}

TEST_F(CurlClient, ConnectionsAreUsedAgain) {
  const auto client = client_of({.base_url = server_.url("ok")});
  for (int k = 0; k < 5; ++k) {
    client->start(question(std::to_string(k)), 1);
    ASSERT_EQ(finish(*client, 1).size(), 1u);
  }
  // One for these five, one for /stats itself.
  EXPECT_LE(server_.count("connections"), 2);
}

TEST_F(CurlClient, AThousandInFlight) {
  const auto client =
      client_of({.base_url = server_.url("latency=2000"), .most_in_flight = 1000, .call_seconds = 60});
  ASSERT_GE(client->capacity(), 500u);  // a machine whose hard limit is low bears fewer
  const std::size_t calls = (std::min)(client->capacity(), std::size_t{1000});
  for (std::size_t k = 0; k < calls; ++k) client->start(question(std::to_string(k)), k);
  std::vector<bool> seen(calls);
  for (const finished_call& call : finish(*client, calls)) {
    EXPECT_TRUE(call.completion.ok()) << call.completion.message;
    seen[call.ticket] = true;
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<std::ptrdiff_t>(calls));
  EXPECT_GT(server_.count("max_in_flight"), static_cast<std::int64_t>(calls / 2));
}

TEST(CurlClientAlone, NobodyListens) {
  const completion got = ask({.base_url = "http://127.0.0.1:1/v1", .api_key = "sk-secret-7"});
  EXPECT_EQ(got.error, call_error::connection);
  EXPECT_NE(got.message.find("http://127.0.0.1:1/v1"), std::string::npos) << got.message;
  EXPECT_EQ(got.message.find("secret"), std::string::npos);
}

TEST(CurlClientAlone, WhatCannotBeSentIsRefusedBefore) {
  const auto refused = [](curl_options options) {
    const auto made = curl_client::make(std::move(options), std::make_shared<openai_chat>());
    return !made && !made.error().message.empty() && !made.error().fix.empty();
  };
  for (const char* url :
       {"", "127.0.0.1:8080/v1", "ftp://h/v1", "file:///etc/passwd", "http://", "http://u:p@h/v1",
        "http://h/v1?key=s", "http://h/v1#f", "http://h /v1", "http://h/\xFF"})
    EXPECT_TRUE(refused({.base_url = url})) << url;
  EXPECT_TRUE(refused({.base_url = "http://h/v1", .api_key = "a\r\nHost: evil"}));
  EXPECT_TRUE(refused({.base_url = "http://h/v1", .headers = {"no colon"}}));
  EXPECT_TRUE(refused({.base_url = "http://h/v1", .headers = {"a: b\r\nc: d"}}));
  EXPECT_FALSE(curl_client::make({.base_url = "http://h/v1"}, nullptr));
}

}  // namespace
