// SPDX-License-Identifier: MIT
// ROUGE of rouge_score 0.1.2: every row's precision, recall and F, the same doubles, and the means.
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/rouge_lsum.hpp>
#include <evalpp/metrics/rouge_n.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace golden_rouge_test {

namespace json = evalpp::json;

// A double below 2^-11 comes back within 2^-65 (see unit_sum); rows above that are equal.
constexpr double tolerance = 1e-19;

template <class Metric>
void expect_type(const Metric& metric, const std::vector<golden::example>& examples, json::value expected) {
  const std::string type = metric.name();
  SCOPED_TRACE(type);
  const json::value rows = expected["sentence"][type];
  ASSERT_EQ(rows.size(), examples.size());
  ASSERT_GT(rows.size(), 0u);
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  evalpp::rouge_statistics sum{};
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const auto gold = evalpp::prepare(metric, examples[i].references);
    const auto row = evalpp::measure(metric, examples[i].hypothesis, gold, buffers);
    const std::vector<double> triple = golden::doubles(rows[i]);
    ASSERT_EQ(triple.size(), 3u);
    const evalpp::rouge_score score = metric.score(row);
    EXPECT_NEAR(score.precision, triple[0], tolerance) << "row " << i;
    EXPECT_NEAR(score.recall, triple[1], tolerance) << "row " << i;
    EXPECT_NEAR(score.fmeasure, triple[2], tolerance) << "row " << i;
    sum += row;
  }
  const evalpp::rouge_score score = metric.score(sum);
  const json::value mean = expected["mean"][type];
  EXPECT_NEAR(score.precision, mean["precision"].as_double().value_or(-1), 1e-12);
  EXPECT_NEAR(score.recall, mean["recall"].as_double().value_or(-1), 1e-12);
  EXPECT_NEAR(score.fmeasure, mean["fmeasure"].as_double().value_or(-1), 1e-12);
  EXPECT_EQ(score.value, score.fmeasure);
  EXPECT_EQ(score.examples, static_cast<std::int64_t>(examples.size()));
}

void expect_file(std::string_view expectations, std::string_view inputs) {
  const golden::json_file file(expectations);
  if (!file) return;
  if (!golden::full() && !file["rouge"].exists())
    GTEST_SKIP() << "the committed subset has no ROUGE of " << inputs;
  const auto examples = golden::examples(inputs);
  std::size_t compared = 0;
  for (const json::value expected : file["rouge"].items()) {
    const evalpp::text::tokenizer_rouge tokenizer{.stem = expected["use_stemmer"].as_bool().value_or(false)};
    SCOPED_TRACE(std::string(expectations) + (tokenizer.stem ? " stemmed" : ""));
    for (int n = 1; n <= 9; ++n) {
      const evalpp::rouge_n metric{.tokenizer = tokenizer, .n = n};
      if (expected["sentence"].contains(metric.name())) {
        expect_type(metric, examples, expected);
        ++compared;
      }
    }
    expect_type(evalpp::rouge_l{.tokenizer = tokenizer}, examples, expected);
    expect_type(evalpp::rouge_lsum{.tokenizer = tokenizer}, examples, expected);
  }
  EXPECT_GE(compared, 6u);  // with and without stemmer, orders 1 to 3 at least
}

TEST(rouge_golden, corner_cases) { expect_file("text/edge.json", "text/edge.jsonl"); }
TEST(rouge_golden, fuzzed_text) { expect_file("text/fuzz300.json", "text/fuzz300.jsonl"); }
TEST(rouge_golden, several_references_some_missing) {
  expect_file("text/multi200.json", "text/multi200.jsonl");
}
TEST(rouge_golden, summaries_of_several_lines) { expect_file("text/sum300.json", "text/sum300.jsonl"); }

}  // namespace golden_rouge_test
