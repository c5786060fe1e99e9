// SPDX-License-Identifier: MIT
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/span_f1.hpp>
#include <evalpp/metrics/wer.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>
#include <vector>

namespace any_scorer_test {

using tokens = std::vector<std::int32_t>;

TEST(any_scorer, scores_the_rows_of_any_metric_even_over_token_ids) {
  const std::vector<tokens> hypotheses{{1, 2, 3, 4, 5}, {6}}, references{{1, 2, 3, 4, 9}, {6}};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::ids::bleu{}, evalpp::ids::exact_match{});
  const std::vector<evalpp::any_scorer> scorers = evalpp::scorers_of(run.metrics());
  ASSERT_EQ(scorers.size(), 2u);
  EXPECT_EQ(scorers[0].info(), run.rows().columns()[0].info);
  EXPECT_EQ(scorers[0].score(run.rows(), 0).value, run.score<0>().value);
  EXPECT_EQ(scorers[1].score(run.rows(), 1).value, 50);
  EXPECT_EQ(scorers[1].score(run.rows(), 1, {false, true}).value, 100);
  EXPECT_EQ(scorers[1].score_row(run.rows(), 1, 0), 0);
  EXPECT_TRUE(scorers[1].is_proportion());
  EXPECT_FALSE(scorers[0].is_proportion());
  const auto lanes = run.rows().sum(0, [](std::size_t) { return true; });
  EXPECT_EQ(scorers[0].value(lanes), run.score<0>().value);
}

TEST(any_scorer, knows_what_kind_of_number_the_value_is) {
  using evalpp::value_kind;
  EXPECT_EQ(evalpp::value_kind_of<evalpp::exact_match>, value_kind::proportion);
  EXPECT_EQ(evalpp::value_kind_of<evalpp::rouge_l>, value_kind::mean);
  EXPECT_EQ(evalpp::value_kind_of<evalpp::wer>, value_kind::ratio);
  EXPECT_EQ(evalpp::value_kind_of<evalpp::bleu>, value_kind::general);
  EXPECT_EQ(evalpp::any_scorer(evalpp::ids::bleu{}).kind(), value_kind::general);
}

TEST(any_scorer, takes_a_ratio_apart) {
  const std::vector<std::string> hypotheses{"a b c", "a x"}, references{"a b d", "a b c d"};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::wer{}, evalpp::rouge_l{}, evalpp::bleu{});
  const auto scorers = evalpp::scorers_of(run.metrics());
  EXPECT_EQ(scorers[0].term(run.rows(), 0, 1).numerator, 3);
  EXPECT_EQ(scorers[0].term(run.rows(), 0, 1).denominator, 4);
  EXPECT_EQ(scorers[1].term(run.rows(), 1, 1).numerator, run.score_row<1>(1).value);
  EXPECT_EQ(scorers[1].term(run.rows(), 1, 1).denominator, 1);
  EXPECT_TRUE(evalpp::detail::is_nan(scorers[2].term(run.rows(), 2, 1).numerator));
}

// 2 true positives per predicted or true span: 1 of 1 + 2.
TEST(any_scorer, takes_the_f1_of_sparse_rows_apart) {
  const std::vector<std::string> hypotheses{"B-P I-P O"}, references{"B-P I-P B-L"};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::span_f1{});
  const auto term = evalpp::scorers_of(run.metrics()).front().term(run.rows(), 0, 0);
  EXPECT_EQ(term.numerator, 2);
  EXPECT_EQ(term.denominator, 3);
}

}  // namespace any_scorer_test
