// SPDX-License-Identifier: MIT
// Every row of ROUGE-1.5.5.pl, which prints 5 decimals and computes F from its rounded digits.
// Its averages (over its own random stream) and its stemmer (WordNet) are no goal.
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace golden_rouge_perl_test {

namespace json = evalpp::json;

// ROUGE-1.5.5 lower-cases bytes A-Z; rouge_score, whose tokenizer this is, follows Unicode, in
// which the capital I with a dot and the Kelvin sign have ASCII letters for lower case. Rows with
// them do not pass as they are; they do once these characters are the separators that Perl sees.
std::string as_perl_reads(std::string text, bool& changed) {
  for (const std::string_view letter : {"\u0130", "\u212A"})
    for (std::size_t at; (at = text.find(letter)) != text.npos; changed = true)
      text.replace(at, letter.size(), "*");
  return text;
}

template <class Metric>
void expect_rows(const Metric& metric, const char* type, const std::vector<golden::example>& examples,
                 const golden::json_file& expected, std::size_t rows_to_change) {
  SCOPED_TRACE(type);
  const json::value rows = expected["per_eval_RPF"][type];
  ASSERT_EQ(rows.size(), examples.size());
  std::size_t rows_changed = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    bool changed = false;
    const std::string hypothesis = as_perl_reads(examples[i].hypothesis, changed);
    std::vector<std::string> references;
    for (const std::string& r : examples[i].references) references.push_back(as_perl_reads(r, changed));
    rows_changed += changed;
    const auto score = metric.score(evalpp::measure(metric, hypothesis, references));
    const std::vector<double> row = golden::doubles(rows[i]);
    ASSERT_EQ(row.size(), 3u);
    EXPECT_NEAR(score.recall, row[0], 1e-15) << "row " << i;
    EXPECT_NEAR(score.precision, row[1], 1e-15) << "row " << i;
    EXPECT_NEAR(score.fmeasure, row[2], 1e-15) << "row " << i;
  }
  EXPECT_EQ(rows_changed, rows_to_change);
}

TEST(rouge_perl_golden, summaries) {
  const golden::json_file expected("text/perl.sum300.json");
  const auto examples = golden::examples("text/sum300.jsonl");
  if (!expected || examples.empty()) return;
  const evalpp::presets::rouge_1_5_5 rouge;
  expect_rows(rouge.n(1), "ROUGE-1", examples, expected, 5);
  expect_rows(rouge.n(2), "ROUGE-2", examples, expected, 5);
  expect_rows(rouge.n(3), "ROUGE-3", examples, expected, 5);
  expect_rows(rouge.l(), "ROUGE-L", examples, expected, 5);
  expect_rows(rouge.w(1.2), "ROUGE-W-1.2", examples, expected, 5);
  expect_rows(rouge.s(4), "ROUGE-S4", examples, expected, 5);
  expect_rows(rouge.su(4), "ROUGE-SU4", examples, expected, 5);
}

void expect_several_references(std::string_view name, evalpp::rouge_references references) {
  const golden::json_file expected(name);
  const auto examples = golden::examples("text/multi200.jsonl");
  if (!expected || examples.empty()) return;
  const evalpp::presets::rouge_1_5_5 rouge{.references = references};
  expect_rows(rouge.n(1), "ROUGE-1", examples, expected, 0);
  expect_rows(rouge.n(2), "ROUGE-2", examples, expected, 0);
  expect_rows(rouge.l(), "ROUGE-L", examples, expected, 0);
}
TEST(rouge_perl_golden, references_pooled) {
  expect_several_references("text/perl.multi200.A.json", evalpp::rouge_references::pooled);
}
TEST(rouge_perl_golden, reference_of_best_recall) {
  expect_several_references("text/perl.multi200.B.json", evalpp::rouge_references::best_recall);
}

}  // namespace golden_rouge_perl_test
