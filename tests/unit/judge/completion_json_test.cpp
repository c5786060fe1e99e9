// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/completion_json.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace completion_json_test {

namespace json = evalpp::json;
namespace judge = evalpp::judge;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::string text_of(const judge::completion& answer) {
  std::string text;
  json::writer out(text);
  judge::write_completion(out, answer);
  return text;
}
std::string text_of(const judge::request& asked) {
  std::string text;
  json::writer out(text);
  judge::write_request(out, asked);
  return text;
}

judge::completion everything() {
  judge::completion answer;
  answer.choices.push_back(
      {.text = "{\"score\":4}\n", .refusal = {}, .finish = judge::finish_reason::length});
  answer.choices.push_back({.text = "", .refusal = "no", .finish = judge::finish_reason::refusal});
  answer.choices[0].logprobs.push_back({"\xE2\x82", -0.25, {{"\xE2\x82", -0.25}, {"4", -infinity}}});
  answer.choices[0].logprobs.push_back({"5", -9999.0, {}});
  answer.usage = {(std::numeric_limits<std::uint64_t>::max)(), 40, 3, 7};
  answer.model = "m-2026";
  answer.seconds = 0.1;
  answer.error = judge::call_error::bad_response;
  answer.status = 502;
  answer.message = "cut: \xFF";
  answer.retry_after = 0.0;
  return answer;
}

TEST(judge_completion_json, everything_comes_back) {
  for (const judge::completion& answer : {judge::completion{}, everything()}) {
    const std::string text = text_of(answer);
    const auto parsed = json::parse(text);
    ASSERT_TRUE(parsed) << text;
    const auto back = judge::read_completion(parsed->root());
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_TRUE(*back == answer) << text;
  }
  judge::request asked{"m", {{"system", "s"}, {"user", "\xC0\x80"}}, "{}"};
  asked.sampling = {0.5, 0.9, 800, 3, (std::numeric_limits<std::uint64_t>::max)(), 20};
  asked.fence = "f00d";
  asked.sample = 2;
  judge::request plain = asked;
  plain.sampling.temperature.reset();  // not the same as 0
  for (const judge::request& r : {judge::request{}, asked, plain}) {
    const auto parsed = json::parse(text_of(r));
    ASSERT_TRUE(parsed);
    const auto back = judge::read_request(parsed->root());
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_TRUE(*back == r) << text_of(r);
  }
}

TEST(judge_completion_json, is_plain_to_read) {
  judge::completion answer;
  answer.choices.push_back({.text = "4"});
  answer.usage.prompt_tokens = 5;
  EXPECT_EQ(text_of(answer), R"({"choices":[{"text":"4","finish":"stop"}],)"
                             R"("usage":{"prompt_tokens":5,"completion_tokens":0},"seconds":0})");
  EXPECT_EQ(text_of(judge::request{"m", {{"user", "hi"}}}),
            R"({"model":"m","messages":[{"role":"user","content":"hi"}],)"
            R"("sampling":{"temperature":0,"max_tokens":1024,"n":1,"top_logprobs":0}})");
}

// judge.md section 5, failure mode 14: a lone surrogate in a model's output kills the log or the run.
TEST(judge_completion_json, failure_mode_14_any_bytes_a_model_says_come_back) {
  for (const std::string& said : {std::string("\xED\xA0\x80"),  // a lone surrogate, as some encoders write it
                                  std::string("\xFF\xFE\0x", 4), std::string("a\0b", 3),
                                  std::string("\xF0\x9F\x98"), std::string("caf\xC3\xA9\r\n\x7F")}) {
    judge::completion answer;
    answer.choices.push_back({.text = said, .refusal = said});
    answer.message = said;
    answer.model = said;
    const std::string text = text_of(answer);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    const auto parsed = json::parse(text);
    ASSERT_TRUE(parsed) << text;
    const auto back = judge::read_completion(parsed->root());
    ASSERT_TRUE(back);
    EXPECT_TRUE(*back == answer) << text;
  }
}

TEST(judge_completion_json, what_it_does_not_know_is_passed_over_and_what_does_not_fit_is_named) {
  const auto read = [](const char* text) {
    const auto parsed = json::parse(text);
    EXPECT_TRUE(parsed) << text;
    return judge::read_completion(parsed->root());
  };
  EXPECT_TRUE(read(R"({"later":1,"choices":[{"text":"a","mood":"b"}]})"));
  for (const char* text :
       {R"({"choices":{}})", R"({"choices":[1]})", R"({"choices":[{"text":1}]})",
        R"({"choices":[{"text":{"hex":"f"}}]})", R"({"choices":[{"text":{"hex":"zz"}}]})",
        R"({"choices":[{"finish":"maybe"}]})", R"({"usage":{"prompt_tokens":-1}})",
        R"({"usage":{"prompt_tokens":1.5}})", R"({"usage":{"prompt_tokens":99999999999999999999}})",
        R"({"usage":[]})", R"({"status":"x"})", R"({"error":"none at all"})", R"({"seconds":"long"})",
        R"({"choices":[{"logprobs":[{"top":[{"token":[]}]}]}]})", "[]", "null"}) {
    const auto back = read(text);
    ASSERT_FALSE(back) << text;
    EXPECT_EQ(back.error().code, evalpp::error_code::wrong_type);
  }
  const auto wrong = read(R"({"choices":[{"finish":"maybe"}]})");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("\"finish\""), std::string::npos);
}

}  // namespace completion_json_test
