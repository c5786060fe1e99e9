// SPDX-License-Identifier: MIT
#include <evalpp/judge/expected_level.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace expected_level_test {

namespace judge = evalpp::judge;

const judge::criterion correct{.name = "correct", .scale = {{1, ""}, {5, ""}}};

// An answer in these tokens; the one that is `digits` has these alternatives, given by probability.
judge::choice answer(const std::vector<std::string>& tokens, const std::string& digits,
                     const std::vector<std::pair<std::string, double>>& alternatives) {
  judge::choice out;
  for (const std::string& token : tokens) {
    out.text += token;
    judge::token_logprob& place = out.logprobs.emplace_back();
    place.token = token;
    if (token != digits) continue;
    for (const auto& [text, probability] : alternatives) place.top.push_back({text, std::log(probability)});
    place.logprob = place.top.empty() ? 0 : place.top.front().logprob;
  }
  return out;
}
const std::vector<std::string> tokens = {
    "{\"", "reasoning\": \"4 of 5\", \"verdicts\": {\"", "correct", "\": ", "4", "}}"};

TEST(ExpectedLevel, IsTheMeanByTheProbabilities) {
  // 0.5 * 4 + 0.25 * 5 + 0.25 * 3
  EXPECT_NEAR(judge::expected_level(answer(tokens, "4", {{"4", 0.5}, {"5", 0.25}, {"3", 0.25}}), correct, 4)
                  .value_or(-1),
              4.0, 1e-12);
  // (0.6 * 4 + 0.2 * 5) / 0.8: what is no level of the scale takes no part
  EXPECT_NEAR(
      judge::expected_level(answer(tokens, "4", {{"4", 0.6}, {"5", 0.2}, {"x", 0.1}, {"9", 0.1}}), correct, 4)
          .value_or(-1),
      4.25, 1e-12);
}

TEST(ExpectedLevel, TakesBlanksAroundADigitForNothing) {
  const std::vector<std::string> spaced = {"{\"verdicts\": {\"correct\":", " 4", "}}"};
  EXPECT_NEAR(
      judge::expected_level(answer(spaced, " 4", {{" 4", 0.5}, {"5", 0.25}, {" 5 ", 0.25}}), correct, 4)
          .value_or(-1),
      4.5, 1e-12);
}

TEST(ExpectedLevel, CountsTheDrawnTokenOnceWhetherItIsListedOrNot) {
  judge::choice drawn = answer(tokens, "4", {{"5", 0.25}});
  drawn.logprobs[4].logprob = std::log(0.75);
  EXPECT_NEAR(judge::expected_level(drawn, correct, 4).value_or(-1), 4.25, 1e-12);
}

TEST(ExpectedLevel, IsFoundByTheVerdictNotByTheReasoning) {
  const std::vector<std::string> quoting = {
      "{\"reasoning\": \"", "4", " words\", \"verdicts\": {\"correct\":", " ", "2", "}}"};
  EXPECT_NEAR(judge::expected_level(answer(quoting, "2", {{"2", 0.5}, {"1", 0.5}}), correct, 2).value_or(-1),
              1.5, 1e-12);
}

TEST(ExpectedLevel, IsNotAvailableRatherThanThePlainVerdict) {
  const auto none = [](const judge::choice& said, std::int64_t given = 4) {
    return judge::expected_level(said, correct, given) == std::nullopt;
  };
  judge::choice plain = answer(tokens, "4", {{"4", 1.0}});
  EXPECT_FALSE(none(plain));
  plain.logprobs.clear();
  EXPECT_TRUE(none(plain));                                 // no log probabilities
  EXPECT_TRUE(none(answer(tokens, "4", {})));               // no alternatives
  EXPECT_TRUE(none(answer(tokens, "4", {{"4", 1.0}}), 3));  // another verdict than the text's
  EXPECT_TRUE(none(answer({"{\"verdicts\": {\"correct\": 4", "}}"}, "{\"verdicts\": {\"correct\": 4",
                          {{"4", 1.0}})));  // no token of its own
  judge::choice other = answer(tokens, "4", {{"4", 1.0}});
  other.logprobs[1].token = "something else";
  EXPECT_TRUE(none(other));  // not the text's tokens
  EXPECT_TRUE(
      none(answer({"\"correct\": ", "4", ", \"correct\": 4"}, "4", {{"4", 1.0}})));  // it stands twice
  judge::choice broken = answer(tokens, "4", {{"4", 1.0}});
  broken.logprobs[4].logprob = broken.logprobs[4].top[0].logprob = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(none(broken));
  broken.logprobs[4].logprob = broken.logprobs[4].top[0].logprob = 3;  // no probability
  EXPECT_TRUE(none(broken));
}

TEST(ExpectedLevel, KeepsNamesAndLongerNumbersApart) {
  const judge::criterion ten{.name = "a \"b\"", .scale = {{1, ""}, {10, ""}}};
  const std::vector<std::string> said = {R"({"verdicts": {"a \"b\"": )", "10", "}}"};
  EXPECT_NEAR(judge::expected_level(answer(said, "10", {{"10", 0.5}, {"9", 0.5}}), ten, 10).value_or(-1), 9.5,
              1e-12);
  EXPECT_EQ(judge::expected_level(answer(said, "10", {{"10", 1.0}}), ten, 1), std::nullopt);
}

}  // namespace expected_level_test
