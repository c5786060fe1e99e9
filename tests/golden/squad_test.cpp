// SPDX-License-Identifier: MIT
// The key `squad` of the golden files: the SQuAD 1.1 and 2.0 evaluation logic, on questions with
// and without answers.
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_squad.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>
#include "golden/golden.hpp"

namespace golden_squad_test {

namespace json = evalpp::json;

// The tolerance that the issue allows for a total, whose doubles the scripts add one by one.
void expect_close(double found, double expected, const std::string& what) {
  EXPECT_NEAR(found, expected, 1e-9 * std::max(1.0, std::abs(expected))) << what;
}

double number(json::value v) {
  if (const auto truth = v.as_bool()) return *truth ? 1 : 0;
  return v.as_double().value();
}

// The rows of one metric over all examples: every row alone, and the score of their sum.
template <class Metric>
struct run {
  std::vector<decltype(Metric{}.score({}))> rows;
  decltype(Metric{}.score({})) total;

  explicit run(const std::vector<golden::example>& examples, Metric metric = {}) {
    typename Metric::statistics sum{};
    evalpp::prepared<Metric, evalpp::text_kind> gold;
    evalpp::scratch<Metric, evalpp::text_kind> buffers;
    for (const golden::example& e : examples) {
      evalpp::prepare<evalpp::text_kind>(metric, e.references, gold);
      const auto one = evalpp::measure(metric, e.hypothesis, gold, buffers);
      rows.push_back(metric.score(one));
      sum += one;
    }
    total = metric.score(sum);
  }
};

void compare_rows(const std::string& name) {
  const golden::json_file file("text/" + name + ".json");
  const auto examples = golden::examples("text/" + name + ".jsonl");
  if (!file || examples.empty()) return;
  const json::value squad = file["squad"];

  evalpp::text::token_buffer words;
  ASSERT_EQ(squad["normalized_hyp"].size(), examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    evalpp::text::tokenizer_squad{}(examples[i].hypothesis, words);
    std::string normalized;
    for (std::size_t k = 0; k < words.size(); ++k) {
      if (k != 0) normalized += ' ';
      normalized += words[k];
    }
    EXPECT_EQ(normalized, squad["normalized_hyp"][i].as_string()) << name << " row " << i;
  }

  const run<evalpp::squad> v1(examples);
  expect_close(v1.total.exact_match, number(squad["v1"]["exact_match"]), name + " v1 exact match");
  expect_close(v1.total.f1, number(squad["v1"]["f1"]), name + " v1 f1");
  EXPECT_EQ(v1.total.value, v1.total.f1);

  ASSERT_EQ(squad["v1_em"].size(), examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const std::string row = name + " row " + std::to_string(i);
    EXPECT_EQ(v1.rows[i].exact_match, 100 * number(squad["v1_em"][i])) << row;
    EXPECT_EQ(v1.rows[i].f1, 100 * number(squad["v1_f1"][i])) << row;
  }

  const run<evalpp::exact_match> em(examples);
  const run<evalpp::token_f1> f1(examples);
  EXPECT_EQ(em.total.value, v1.total.exact_match);
  EXPECT_EQ(f1.total.value, v1.total.f1);

  const run<evalpp::squad_v2> v2(examples);
  const json::value totals = squad["v2"];
  expect_close(v2.total.all.exact, number(totals["exact"]), name + " v2 exact");
  expect_close(v2.total.all.f1, number(totals["f1"]), name + " v2 f1");
  EXPECT_EQ(static_cast<double>(v2.total.all.total), number(totals["total"]));
  expect_close(v2.total.has_answer.exact, number(totals["HasAns_exact"]), name + " v2 has_ans_exact");
  expect_close(v2.total.has_answer.f1, number(totals["HasAns_f1"]), name + " v2 has_ans_f1");
  EXPECT_EQ(static_cast<double>(v2.total.has_answer.total), number(totals["HasAns_total"]));

  ASSERT_EQ(squad["v2_em"].size(), examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const std::string row = name + " row " + std::to_string(i);
    EXPECT_EQ(v2.rows[i].all.exact, 100 * number(squad["v2_em"][i])) << row;
    EXPECT_EQ(v2.rows[i].all.f1, 100 * number(squad["v2_f1"][i])) << row;
  }

  const run<evalpp::exact_match_v2> em2(examples);
  const run<evalpp::token_f1_v2> f2(examples);
  EXPECT_EQ(em2.total.value, v2.total.all.exact);
  EXPECT_EQ(f2.total.value, v2.total.all.f1);
}

TEST(squad, agrees_with_the_script_on_the_corner_cases) { compare_rows("edge"); }
TEST(squad, agrees_with_the_script_on_adversarial_text) { compare_rows("fuzz300"); }
TEST(squad, agrees_with_the_script_on_several_references) { compare_rows("multi200"); }

TEST(squad, agrees_with_the_script_on_questions_without_an_answer) {
  const golden::json_file file("text/noanswer120.json");
  const auto examples = golden::examples("text/noanswer120.jsonl");
  if (!file || examples.empty()) return;
  const json::value expected = file["squad_v2"];
  const run<evalpp::squad_v2> found(examples);

  ASSERT_EQ(expected["exact"].size(), examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    EXPECT_EQ(found.rows[i].all.exact, 100 * number(expected["exact"][i])) << "row " << i;
    EXPECT_EQ(found.rows[i].all.f1, 100 * number(expected["f1"][i])) << "row " << i;
  }

  const json::value total = expected["total"];
  expect_close(found.total.all.exact, number(total["exact"]), "exact");
  expect_close(found.total.all.f1, number(total["f1"]), "f1");
  EXPECT_EQ(static_cast<double>(found.total.all.total), number(total["total"]));
  expect_close(found.total.has_answer.exact, number(total["HasAns_exact"]), "has_ans_exact");
  expect_close(found.total.has_answer.f1, number(total["HasAns_f1"]), "has_ans_f1");
  EXPECT_EQ(static_cast<double>(found.total.has_answer.total), number(total["HasAns_total"]));
  expect_close(found.total.no_answer.exact, number(total["NoAns_exact"]), "no_ans_exact");
  expect_close(found.total.no_answer.f1, number(total["NoAns_f1"]), "no_ans_f1");
  EXPECT_EQ(static_cast<double>(found.total.no_answer.total), number(total["NoAns_total"]));
}

}  // namespace golden_squad_test
