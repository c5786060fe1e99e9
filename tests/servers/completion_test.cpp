// SPDX-License-Identifier: MIT
// What the model behind the misbehaving server says, in each dialect and with each word.
#include "servers/server_test.hpp"

#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace model_server {
namespace {

bool is_verdict(std::string_view text) {
  const auto schema = json::schema::compile(verdict_schema);
  const auto document = json::parse(text);
  return schema && document && schema->accepts(document->root());
}

TEST_F(misbehaving_server, answers_a_chat_completion) {
  const response got = ask("ok");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.header("content-type"), "application/json");
  EXPECT_EQ(got.end, socket_end::open);
  const json::value root = got.root(), choice = root["choices"][0], usage = root["usage"];
  EXPECT_EQ(root["object"].as_string(), "chat.completion");
  EXPECT_EQ(root["model"].as_string(), "judge-1");
  EXPECT_EQ(root["choices"].size(), 1U);
  EXPECT_EQ(choice["index"].as_int64(), 0);
  EXPECT_EQ(choice["message"]["role"].as_string(), "assistant");
  EXPECT_TRUE(choice["message"]["refusal"].is_null());
  EXPECT_TRUE(choice["logprobs"].is_null());
  EXPECT_EQ(got.finish_reason(), "stop");
  EXPECT_TRUE(is_verdict(got.content())) << got.content();
  const std::int64_t in = usage["prompt_tokens"].as_int64().value_or(0);
  const std::int64_t out = usage["completion_tokens"].as_int64().value_or(0);
  EXPECT_GT(in, 0);
  EXPECT_GT(out, 0);
  EXPECT_EQ(usage["total_tokens"].as_int64(), in + out);
}

TEST_F(misbehaving_server, grades_by_the_last_message) {
  std::set<std::string> verdicts;
  for (int i = 0; i < 200; ++i) {
    const std::string text = ask("ok", chat("answer " + std::to_string(i))).content();
    EXPECT_TRUE(is_verdict(text)) << text;
    verdicts.insert(text);
  }
  EXPECT_EQ(verdicts.size(),
            10U);  // 5 scores and 2 truths; one is missing after 200 draws in 1 of 10^8 cases
  const std::string again = chat("answer 7", R"(,"temperature":0.5)");
  EXPECT_EQ(ask("ok", again).content(), ask("conn-close", chat("answer 7")).content());
}

TEST_F(misbehaving_server, fills_in_any_plain_schema) {
  const auto filled = [&](std::string_view schema) {
    std::string body =
        R"({"messages":[{"role":"user","content":"x"}],"response_format":{"json_schema":{"schema":)";
    return ask("ok", body.append(schema).append("}}}")).content();
  };
  EXPECT_EQ(filled(R"({"const":[1,{"a":null}]})"), R"([1,{"a":null}])");
  EXPECT_EQ(filled(R"({"type":["null","string"]})"), R"("because")");
  EXPECT_EQ(filled(R"({"type":"integer","minimum":-3,"maximum":-3})"), "-3");
  EXPECT_EQ(
      filled(R"({"type":"array","minItems":2,"items":{"$ref":"#/$defs/s"},"$defs":{"s":{"enum":["A"]}}})"),
      R"(["A","A"])");
  EXPECT_EQ(
      filled(R"({"anyOf":[{"type":"object","properties":{"a":{"type":"object","properties":{}}}},{}]})"),
      R"({"a":{}})");
  EXPECT_EQ(filled(R"({"properties":{"a":{"$ref":"#"}}})").substr(0, 12), R"({"a":{"a":{")");  // and an end
  const auto two = json::parse(filled(
      R"({"properties":{"a":{"type":"integer","maximum":1000000},"b":{"type":"integer","maximum":1000000}}})"));
  ASSERT_TRUE(two);
  EXPECT_NE(two->root()["a"].as_int64(),
            two->root()["b"].as_int64());  // each criterion has a grade of its own
  const std::string in_range = filled(R"({"type":"integer","minimum":0,"maximum":1000000})");
  EXPECT_GE(whole_number(in_range), 0U);
  EXPECT_LE(whole_number(in_range), 1'000'000U);
}

TEST_F(misbehaving_server, gives_as_many_choices_as_are_asked_for) {
  const response got = ask("ok", chat("hello", R"(,"n":20)")), one = ask("ok");
  const json::value choices = got.root()["choices"];
  ASSERT_EQ(choices.size(), 20U);
  std::set<std::string> verdicts;
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(choices[i]["index"].as_int64(), static_cast<std::int64_t>(i));
    verdicts.emplace(choices[i]["message"]["content"].as_string().value_or(""));
    EXPECT_TRUE(is_verdict(choices[i]["message"]["content"].as_string().value_or("")));
  }
  EXPECT_EQ(got.content(), one.content());
  EXPECT_GT(verdicts.size(), 1U);
  EXPECT_GT(got.root()["usage"]["completion_tokens"].as_int64(),
            one.root()["usage"]["completion_tokens"].as_int64());
}

TEST_F(misbehaving_server, tells_the_probabilities_of_tokens) {
  const response got = ask("ok", chat("hello", R"(,"logprobs":true,"top_logprobs":3)"));
  const json::value tokens = got.root()["choices"][0]["logprobs"]["content"];
  const auto probability = [](json::value token) {
    return std::exp(token["logprob"].as_double().value_or(1));
  };
  std::string text;
  std::size_t numbers = 0, truths = 0;
  for (const json::value token : tokens.items()) {
    const std::string_view bytes = token["token"].as_string().value_or("");
    text += bytes;
    EXPECT_EQ(token["bytes"].size(), bytes.size());
    EXPECT_EQ(token["bytes"][0].as_int64(), bytes.at(0));
    const json::value top = token["top_logprobs"];
    EXPECT_EQ(top[0]["token"].as_string(), bytes);
    if (const auto number = whole_number(bytes)) {
      ++numbers;
      ASSERT_EQ(top.size(), 3U);
      EXPECT_EQ(top[1]["token"].as_string(), std::to_string(*number + 1));
      EXPECT_EQ(top[2]["token"].as_string(), std::to_string(*number - 1));
      EXPECT_NEAR(probability(top[0]), 0.5, 1e-12);
      EXPECT_NEAR(probability(top[1]), 0.25, 1e-12);
      EXPECT_NEAR(probability(top[2]), 0.125, 1e-12);
    } else if (bytes == "true" || bytes == "false") {
      ++truths;
      ASSERT_EQ(top.size(), 2U);
      EXPECT_EQ(top[1]["token"].as_string(), bytes == "true" ? "false" : "true");
      EXPECT_NEAR(probability(top[0]), 0.75, 1e-12);
      EXPECT_NEAR(probability(top[1]), 0.25, 1e-12);
    } else {
      EXPECT_NEAR(probability(token), 0.99, 1e-12);
    }
  }
  EXPECT_EQ(text, got.content());
  EXPECT_EQ(numbers, 1U);
  EXPECT_EQ(truths, 1U);
}

TEST_F(misbehaving_server, breaks_the_form_of_the_verdict) {
  const std::string whole = ask("ok").content(), half = whole.substr(0, whole.size() / 2);
  const response prose = ask("prose"), fenced = ask("fenced"), two = ask("two-verdicts");
  EXPECT_EQ(prose.content().find_first_of("{}"), std::string::npos);
  EXPECT_NE(prose.content().find_first_of("12345"), std::string::npos);
  EXPECT_NE(fenced.content().find("\n```json\n" + whole + "\n```\n"), std::string::npos);
  EXPECT_FALSE(fenced.content().starts_with("```") || fenced.content().ends_with("```"));
  EXPECT_TRUE(two.content().starts_with(whole));
  const std::string other = two.content().substr(two.content().rfind('{'));
  EXPECT_TRUE(is_verdict(other)) << other;
  EXPECT_NE(other, whole);
  for (const response* each : {&prose, &fenced, &two}) EXPECT_EQ(each->finish_reason(), "stop");

  EXPECT_EQ(ask("truncated-lie").content(), half);
  EXPECT_EQ(ask("truncated-lie").finish_reason(), "stop");
  EXPECT_EQ(ask("length").content(), half);
  EXPECT_EQ(ask("length").finish_reason(), "length");
  EXPECT_EQ(ask("whole-length").content(), whole);
  EXPECT_EQ(ask("whole-length").finish_reason(), "length");
}

TEST_F(misbehaving_server, says_nothing_or_will_not_say) {
  const response empty = ask("empty"), null = ask("null-content"), none = ask("no-choices");
  EXPECT_EQ(empty.content(), "");
  EXPECT_EQ(empty.finish_reason(), "stop");
  EXPECT_TRUE(null.root()["choices"][0]["message"]["content"].is_null());
  EXPECT_TRUE(none.root()["choices"].is_array() && none.root()["choices"].empty());

  const response refusal = ask("refusal"), filter = ask("filter");
  EXPECT_TRUE(refusal.root()["choices"][0]["message"]["content"].is_null());
  EXPECT_EQ(refusal.root()["choices"][0]["message"]["refusal"].as_string(), "I cannot help with that.");
  EXPECT_EQ(filter.finish_reason(), "content_filter");

  const response reasoning = ask("reasoning", chat("hello", R"(,"max_completion_tokens":800)"));
  EXPECT_EQ(reasoning.content(), "");
  EXPECT_EQ(reasoning.finish_reason(), "length");
  const json::value usage = reasoning.root()["usage"];
  EXPECT_EQ(usage["completion_tokens"].as_int64(), 800);
  EXPECT_EQ(usage["completion_tokens_details"]["reasoning_tokens"].as_int64(), 800);
}

TEST_F(misbehaving_server, says_bytes_that_are_no_text) {
  EXPECT_NE(ask("bad-utf8")
                .body.find("\xFF\xFE"
                           "because"),
            std::string::npos);
  EXPECT_FALSE(json::parse(ask("bad-utf8").body));
  EXPECT_NE(ask("lone-surrogate").body.find(R"(\ud800because)"), std::string::npos);
  EXPECT_TRUE(ask("lone-surrogate")
                  .content()
                  .find("\xEF\xBF\xBD"
                        "because") != std::string::npos);
  EXPECT_NE(ask("lone-surrogate=inner").content().find(R"(\ud800because)"), std::string::npos);

  const std::string whole = ask("ok").content(), padded = ask("huge=300000").content();
  ASSERT_EQ(padded.size(), 300'000U);
  EXPECT_TRUE(padded.starts_with(whole));
  EXPECT_EQ(padded.find_first_not_of(' ', whole.size()), std::string::npos);
}

TEST_F(misbehaving_server, answers_in_the_form_of_responses) {
  std::string body =
      R"({"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"hello"}]}],)";
  body.append(R"("text":{"format":{"type":"json_schema","name":"v","schema":)")
      .append(verdict_schema)
      .append("}}}");
  const response got = ask("ok", body, "responses"), cut = ask("length", body, "responses");
  const json::value root = got.root(), last = root["output"][root["output"].size() - 1];
  EXPECT_EQ(root["object"].as_string(), "response");
  EXPECT_EQ(root["status"].as_string(), "completed");
  EXPECT_TRUE(root["incomplete_details"].is_null() && root["error"].is_null());
  EXPECT_EQ(root["output"][0]["type"].as_string(), "reasoning");
  EXPECT_EQ(last["type"].as_string(), "message");
  EXPECT_EQ(last["content"][0]["type"].as_string(), "output_text");
  EXPECT_TRUE(is_verdict(last["content"][0]["text"].as_string().value_or("")));
  EXPECT_EQ(root["usage"]["total_tokens"].as_int64(),
            root["usage"]["input_tokens"].as_int64().value_or(0) +
                root["usage"]["output_tokens"].as_int64().value_or(0));
  EXPECT_EQ(cut.root()["status"].as_string(), "incomplete");
  EXPECT_EQ(cut.root()["incomplete_details"]["reason"].as_string(), "max_output_tokens");
  const response refusal = ask("refusal", body, "responses");
  EXPECT_EQ(refusal.root()["output"][1]["content"][0]["type"].as_string(), "refusal");
  EXPECT_TRUE(refusal.root()["output"][1]["content"][0]["refusal"].is_string());
}

TEST_F(misbehaving_server, answers_in_the_form_of_messages) {
  const std::string start = R"({"model":"c","max_tokens":80,"messages":[{"role":"user","content":"hello"}],)";
  std::string formatted = start + R"("output_config":{"format":{"type":"json_schema","schema":)";
  formatted.append(verdict_schema).append("}}}");
  const response got = ask("ok", formatted, "messages"), cut = ask("length", formatted, "messages");
  EXPECT_EQ(got.root()["type"].as_string(), "message");
  EXPECT_EQ(got.root()["stop_reason"].as_string(), "end_turn");
  EXPECT_EQ(got.root()["content"][0]["type"].as_string(), "text");
  EXPECT_TRUE(is_verdict(got.root()["content"][0]["text"].as_string().value_or("")));
  EXPECT_GT(got.root()["usage"]["output_tokens"].as_int64(), 0);
  EXPECT_EQ(cut.root()["stop_reason"].as_string(), "max_tokens");
  const response refusal = ask("refusal", formatted, "messages");
  EXPECT_EQ(refusal.root()["stop_reason"].as_string(), "refusal");

  std::string forced = start + R"("tools":[{"name":"grade","input_schema":)";
  forced.append(verdict_schema).append(R"(}],"tool_choice":{"type":"tool","name":"grade"}})");
  const response called = ask("ok", forced, "messages");
  const json::value block = called.root()["content"][0];
  EXPECT_EQ(called.root()["stop_reason"].as_string(), "tool_use");
  EXPECT_EQ(block["type"].as_string(), "tool_use");
  EXPECT_EQ(block["name"].as_string(), "grade");
  EXPECT_TRUE(is_verdict(json::write(block["input"])));
}

}  // namespace
}  // namespace model_server
