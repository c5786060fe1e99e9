// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/exact_match.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exact_match_test {

template <class Metric, class Hypothesis, class References>
double value(const Hypothesis& hypothesis, const References& references) {
  const Metric metric;
  return metric.score(evalpp::measure(metric, hypothesis, references)).value;
}

TEST(exact_match, compares_normalised_answers) {
  EXPECT_EQ(value<evalpp::exact_match>("The Beatles.", "beatles"), 100);
  EXPECT_EQ(value<evalpp::exact_match>("The Beatles", "The Rolling Stones"), 0);
  EXPECT_EQ(value<evalpp::exact_match>("b c", "c b"), 0);
  EXPECT_EQ(value<evalpp::exact_match>("b c", "b c c"), 0);
  EXPECT_EQ(value<evalpp::exact_match>("b c", "b"), 0);
}

TEST(exact_match, takes_the_best_reference) {
  EXPECT_EQ(value<evalpp::exact_match>("b", std::vector<std::string>{"c", "b", "d"}), 100);
}

TEST(exact_match, raw_counts_every_byte) {
  using evalpp::raw_exact_match;
  EXPECT_EQ(value<raw_exact_match>("a  b ", "a  b "), 100);
  EXPECT_EQ(value<raw_exact_match>("a  b ", "a  b"), 0);
  EXPECT_EQ(value<raw_exact_match>("A", "a"), 0);
  EXPECT_EQ(value<raw_exact_match>("", ""), 100);
  EXPECT_EQ(value<raw_exact_match>("", "a"), 0);
  EXPECT_EQ(value<raw_exact_match>(std::string_view("a\0b", 3), std::string_view("a\0c", 3)), 0);
  EXPECT_EQ(value<raw_exact_match>(std::string(1000, 'x') + "y", std::string(1000, 'x') + "z"), 0);
}

TEST(exact_match, over_ids_compares_sequences) {
  using ids = std::vector<std::uint32_t>;
  EXPECT_EQ(value<evalpp::ids::exact_match>(ids{1, 2, 3}, ids{1, 2, 3}), 100);
  EXPECT_EQ(value<evalpp::ids::exact_match>(ids{1, 3, 2}, ids{1, 2, 3}), 0);
  EXPECT_EQ(value<evalpp::ids::exact_match>(ids{}, ids{}), 100);
  EXPECT_EQ(value<evalpp::ids::exact_match>(ids{7}, ids{8}), 0);  // both unknown to each other
}

TEST(exact_match, under_version_2_no_reference_asks_for_an_empty_answer) {
  const std::vector<std::string> none;
  EXPECT_EQ(value<evalpp::exact_match_v2>("", none), 100);
  EXPECT_EQ(value<evalpp::exact_match_v2>("b", none), 0);
  EXPECT_TRUE(evalpp::exact_match_v2::scores_without_reference);
  EXPECT_FALSE(evalpp::exact_match::scores_without_reference);
}

TEST(exact_match, counts_are_in_the_parts_and_the_zero_scores_0) {
  const evalpp::exact_match metric;
  auto sum = evalpp::measure(metric, "b", "b");
  sum += evalpp::measure(metric, "b", "c");
  sum += evalpp::measure(metric, "b", "d");
  const auto score = metric.score(sum);
  EXPECT_EQ(score.value, 100.0 / 3.0);
  EXPECT_EQ(score.correct, 1);
  EXPECT_EQ(score.total, 3);
  EXPECT_EQ(metric.score({}).value, 0);
}

TEST(exact_match, signatures_tell_the_kinds_apart) {
  EXPECT_EQ(evalpp::exact_match{}.signature(), "tok:squad|rules:1.1");
  EXPECT_EQ(evalpp::exact_match_v2{}.signature(), "tok:squad|rules:2.0");
  EXPECT_EQ(evalpp::raw_exact_match{}.signature(), "tok:verbatim|rules:1.1");
  EXPECT_EQ(evalpp::ids::exact_match{}.signature(), "tok:given|rules:1.1");
}

}  // namespace exact_match_test
