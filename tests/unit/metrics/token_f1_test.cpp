// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/token_f1.hpp>

#include <reference/squad.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace token_f1_test {

template <class Metric, class Hypothesis, class References>
double value(const Hypothesis& hypothesis, const References& references) {
  const Metric metric;
  return metric.score(evalpp::measure(metric, hypothesis, references)).value;
}

TEST(token_f1, is_the_harmonic_mean_of_precision_and_recall) {
  // 2 of 3 words are in the gold answer, 2 of its 4 are found: 2 * (2/3) * (1/2) / (2/3 + 1/2) = 4/7.
  EXPECT_DOUBLE_EQ(value<evalpp::token_f1>("b c x", "b c d e"), 400.0 / 7.0);
  EXPECT_EQ(value<evalpp::token_f1>("x", "b"), 0);
}

TEST(token_f1, counts_bags_not_sets) {
  EXPECT_DOUBLE_EQ(value<evalpp::token_f1>("b b b", "b b"), 100 * 2 * (2.0 / 3) / (2.0 / 3 + 1));
  EXPECT_EQ(value<evalpp::token_f1>("c b", "b c"), 100);
}

TEST(token_f1, of_empty_answers_depends_on_the_rules) {
  const std::vector<std::string> none;
  EXPECT_EQ(value<evalpp::token_f1>("", ""), 0);
  EXPECT_EQ(value<evalpp::token_f1_v2>("", ""), 100);
  EXPECT_EQ(value<evalpp::token_f1_v2>("", none), 100);
  EXPECT_EQ(value<evalpp::token_f1_v2>("b", none), 0);
}

TEST(token_f1, raw_takes_words_as_they_stand) {
  EXPECT_EQ(value<evalpp::raw_token_f1>("The Cat", "the cat"), 0);
  EXPECT_EQ(value<evalpp::raw_token_f1>(" the\tcat\n", "the cat"), 100);
  EXPECT_EQ(value<evalpp::raw_token_f1>("the", "the"), 100);
}

TEST(token_f1, over_ids_agrees_with_the_twin_at_any_length) {
  using ids = std::vector<std::uint32_t>;
  std::uint32_t state = 99;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const auto draw = [&](std::uint32_t vocabulary) {
    static constexpr std::size_t lengths[] = {0, 1, 3, 63, 64, 65, 511, 512, 513, 900};
    ids made(lengths[below(10)]);
    for (auto& id : made) id = 1000 + below(vocabulary);
    return made;
  };
  for (int round = 0; round < 1000; ++round) {
    const std::uint32_t vocabulary = 1 + below(2) * 700 + below(20);
    const ids answer = draw(vocabulary);
    const std::vector<ids> gold{draw(vocabulary), draw(vocabulary)};
    ASSERT_EQ(value<evalpp::ids::token_f1>(answer, gold), 100 * reference::squad_v1(answer, gold).f1)
        << round;
  }
}

TEST(token_f1, signatures_tell_the_kinds_apart) {
  EXPECT_EQ(evalpp::token_f1{}.signature(), "tok:squad|rules:1.1");
  EXPECT_EQ(evalpp::token_f1_v2{}.signature(), "tok:squad|rules:2.0");
  EXPECT_EQ(evalpp::raw_token_f1{}.signature(), "tok:whitespace|rules:1.1");
}

}  // namespace token_f1_test
