// SPDX-License-Identifier: MIT
// No reference implementation gave golden values for these: the twins in tests/reference/ are written
// from the definitions in the docstrings.
#include <evalpp/metrics/diversity.hpp>

#include <reference/diversity.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace diversity_test {

using ids = std::vector<std::uint32_t>;

class generator {
 public:
  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(((state_ >> 32) * n) >> 32);
  }
  ids sequence(std::size_t length, std::uint32_t words) {
    ids made(length);
    for (auto& id : made) id = below(words);
    return made;
  }

 private:
  std::uint64_t state_ = 11;
};

template <class Metric, class Hypothesis, class References>
double value(const Metric& metric, const Hypothesis& hypothesis, const References& references) {
  return metric.score(evalpp::measure(metric, hypothesis, references)).value;
}

TEST(diversity, distinct_and_repetition_are_shares_of_the_ngrams) {
  EXPECT_EQ(value(evalpp::distinct{.order = 1}, "a b a b", ""), 0.5);
  EXPECT_EQ(value(evalpp::distinct{}, "a b a b", ""), 2.0 / 3.0);
  EXPECT_EQ(value(evalpp::distinct{.order = 1}, "a A", ""), 1.0);
  EXPECT_EQ(value(evalpp::distinct{.order = 1, .lowercase = true}, "a A", ""), 0.5);
  EXPECT_EQ(value(evalpp::repetition{.order = 1}, "la la la la", ""), 0.75);
  EXPECT_EQ(value(evalpp::repetition{}, "a b c d e", ""), 0.0);
}

TEST(diversity, a_text_without_ngrams_of_the_order_is_left_out_of_the_mean) {
  const evalpp::distinct metric;
  auto sum = evalpp::measure(metric, "a a a", "");
  evalpp::operator+=(sum, evalpp::measure(metric, "a", ""));
  evalpp::operator+=(sum, evalpp::measure(metric, "", ""));
  EXPECT_EQ(metric.score(sum).examples, 1);
  EXPECT_EQ(metric.score(sum).value, 0.5);
  EXPECT_EQ(metric.score({}).value, 0.0);
}

TEST(diversity, distinct_equals_the_definition_for_every_order) {
  generator draw;
  for (int round = 0; round < 200; ++round) {
    const ids tokens = draw.sequence(draw.below(80), 1 + draw.below(5));
    for (int n = 1; n <= 9; ++n) {
      const double expected = reference::distinct(tokens, static_cast<std::size_t>(n));
      const evalpp::ids::distinct distinct{.order = n};
      const auto score = distinct.score(evalpp::measure(distinct, tokens, ids{}));
      ASSERT_EQ(score.examples, expected >= 0);
      if (expected < 0) continue;
      ASSERT_EQ(score.value, expected);
      ASSERT_NEAR(value(evalpp::ids::repetition{.order = n}, tokens, ids{}), 1 - expected, 1e-15);
    }
  }
}

TEST(diversity, the_same_response_again_and_again_has_a_self_bleu_of_100) {
  const std::string text = "the cat sat on the mat";
  EXPECT_NEAR(value(evalpp::self_bleu{}, text, std::vector<std::string>{text, text}), 100.0, 1e-9);
  EXPECT_EQ(value(evalpp::self_bleu{}, text, std::vector<std::string>{"no word in common here"}), 0.0);
  const evalpp::self_bleu metric;
  EXPECT_EQ(metric.score(evalpp::measure(metric, text, std::vector<std::string>{})).examples, 0);
}

TEST(diversity, self_bleu_equals_the_definition_whichever_response_comes_first) {
  generator draw;
  const evalpp::ids::self_bleu metric{{.smoothing = evalpp::smoothing::none}};
  for (int round = 0; round < 100; ++round) {
    std::vector<ids> responses(2 + draw.below(4));
    for (ids& each : responses) each = draw.sequence(4 + draw.below(90), 4);
    const double expected = reference::self_bleu(responses, 4);
    for (std::size_t k = 0; k < responses.size(); ++k) {
      auto others = responses;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
      ASSERT_NEAR(value(metric, responses[k], others), expected, 1e-9);
    }
  }
}

TEST(diversity, the_length_ratio_is_of_sums_over_the_corpus) {
  const evalpp::length_ratio metric;
  auto sum = evalpp::measure(metric, "a b", "a b c d");
  EXPECT_EQ(metric.score(sum).value, 0.5);
  evalpp::operator+=(
      sum, evalpp::measure(metric, "a b c d e f", std::vector<std::string>{"a", "a b c d e f g h"}));
  EXPECT_EQ(metric.score(sum).value, 8.0 / 12.0);
  EXPECT_EQ(value(metric, "a", ""), 0.0);
}

TEST(diversity, the_signature_tells_every_option) {
  EXPECT_EQ(evalpp::distinct{}.signature(), "case:mixed|n:2|tok:whitespace");
  EXPECT_NE(evalpp::distinct{}.signature(), (evalpp::distinct{.order = 3}.signature()));
  EXPECT_NE(evalpp::repetition{}.signature(), (evalpp::repetition{.lowercase = true}.signature()));
  EXPECT_EQ(evalpp::self_bleu{}.signature(), "case:mixed|eff:yes|tok:13a|smooth:exp");
}

}  // namespace diversity_test
