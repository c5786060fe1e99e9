// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/squad.hpp>

#include <reference/squad.hpp>
#include <reference/tokenizers.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace squad_test {

using evalpp::squad;
using evalpp::squad_v2;
using texts = std::vector<std::string>;

template <class Metric>
auto score(const Metric& metric, const std::string& answer, const texts& gold) {
  return metric.score(evalpp::measure(metric, answer, gold));
}

TEST(squad, normalisation_forgives_case_punctuation_articles_and_spaces) {
  const auto found = score(squad{}, " the  Eiffel-Tower! ", {"an EiffelTower"});
  EXPECT_EQ(found.exact_match, 100);
  EXPECT_EQ(found.f1, 100);
}

TEST(squad, two_empty_answers_match_exactly_but_have_no_f1_in_version_1) {
  EXPECT_EQ(score(squad{}, "", {""}).exact_match, 100);
  EXPECT_EQ(score(squad{}, "", {""}).f1, 0);
  EXPECT_EQ(score(squad{}, "the", {"a!"}).exact_match, 100);
  EXPECT_EQ(score(squad_v2{}, "", {""}).all.f1, 100);
  EXPECT_EQ(score(squad_v2{}, "the", {"a!"}).all.f1, 100);
}

TEST(squad, version_2_drops_gold_answers_that_normalise_to_nothing) {
  EXPECT_EQ(score(squad{}, "", {"the", "Paris"}).exact_match, 100);
  EXPECT_EQ(score(squad_v2{}, "", {"the", "Paris"}).all.exact, 0);
  EXPECT_EQ(score(squad_v2{}, "", {"the", "Paris"}).all.f1, 0);
  EXPECT_EQ(score(squad_v2{}, "Paris", {"the", "Paris"}).all.exact, 100);
}

TEST(squad, version_2_tells_questions_without_an_answer_apart) {
  const auto right = score(squad_v2{}, "", {});
  EXPECT_EQ(right.no_answer.total, 1);
  EXPECT_EQ(right.has_answer.total, 0);
  EXPECT_EQ(right.no_answer.exact, 100);
  EXPECT_EQ(right.no_answer.f1, 100);
  EXPECT_EQ(score(squad_v2{}, "Paris", {}).all.f1, 0);
  // An empty string is a gold answer: the question counts as one that has an answer.
  EXPECT_EQ(score(squad_v2{}, "", {""}).has_answer.total, 1);
}

TEST(squad, the_best_gold_answer_counts) {
  EXPECT_EQ(score(squad{}, "b c", {"x", "b c d e", "b"}).f1,
            100 * reference::squad_f1<char>({'b', 'c'}, {'b'}));
  EXPECT_EQ(score(squad{}, "b c", {"x", "B, C!", "b"}).exact_match, 100);
}

TEST(squad, the_zero_scores_0) {
  EXPECT_EQ(squad{}.score({}).value, 0);
  EXPECT_EQ(squad_v2{}.score({}).value, 0);
  EXPECT_EQ(squad_v2{}.score({}).no_answer.exact, 0);
}

TEST(squad, parts_bear_the_names_of_the_contract) {
  std::vector<std::string> names;
  for (const auto& p : evalpp::squad_v2_score{}.parts()) names.push_back(p.name);
  // has_ans_exact is the name of the official script, has_ans_exact_match that of our other scores.
  EXPECT_EQ(names, (std::vector<std::string>{
                       "exact_match", "f1", "total", "has_ans_exact", "has_ans_exact_match", "has_ans_f1",
                       "has_ans_total", "no_ans_exact", "no_ans_exact_match", "no_ans_f1", "no_ans_total"}));
  const auto parts = score(squad{}, "b c", {"b d"}).parts();
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "exact_match");
  EXPECT_EQ(parts[1].name, "f1");
  EXPECT_EQ(std::get<double>(parts[1].value), 50.0);
}

// Against the scripts' logic, token by token: small vocabularies so that words repeat, lengths around
// the word of 64 positions at which the counting changes.
TEST(squad, agrees_with_the_twin_on_random_answers) {
  std::uint32_t state = 7;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const auto answer = [&] {
    static constexpr std::size_t lengths[] = {0, 1, 2, 5, 30, 63, 64, 65, 130};
    std::string text;
    const std::uint32_t vocabulary = 2 + below(12);
    for (std::size_t i = lengths[below(9)]; i > 0; --i) {
      text += below(10) == 0 ? "the" : "w" + std::to_string(below(vocabulary));
      text += below(8) == 0 ? ", " : " ";
    }
    return text;
  };
  for (int round = 0; round < 2000; ++round) {
    const std::string prediction = answer();
    texts gold(below(4));
    for (std::string& g : gold) g = below(3) == 0 ? prediction : answer();
    const auto tokens = evalpp::reference::tokenize_squad(prediction);
    std::vector<evalpp::reference::words> gold_tokens;
    for (const std::string& g : gold) gold_tokens.push_back(evalpp::reference::tokenize_squad(g));

    const auto v1 = score(squad{}, prediction, gold);
    const auto expected = reference::squad_v1(tokens, gold_tokens);
    ASSERT_EQ(v1.exact_match, 100 * expected.exact) << prediction;
    ASSERT_EQ(v1.f1, 100 * expected.f1) << prediction;
    const auto v2 = score(squad_v2{}, prediction, gold);
    const auto expected2 = reference::squad_v2(tokens, gold_tokens);
    ASSERT_EQ(v2.all.exact, 100 * expected2.exact) << prediction;
    ASSERT_EQ(v2.all.f1, 100 * expected2.f1) << prediction;
  }
}

}  // namespace squad_test
