// SPDX-License-Identifier: MIT
// The `boot` and `sig` parts of the golden files: sacreBLEU 2.6.0's own resampling under NumPy 1.24, the same
// doubles. Sets are counted, so that none is passed over in silence.
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/chrf.hpp>
#include <evalpp/metrics/ter.hpp>
#include <evalpp/stats/sacrebleu_bootstrap.hpp>
#include <evalpp/stats/sacrebleu_test.hpp>
#include <evalpp/text/tokenizer_char.hpp>
#include <evalpp/text/tokenizer_intl.hpp>
#include <evalpp/text/tokenizer_none.hpp>
#include <evalpp/text/tokenizer_zh.hpp>

#include "golden/golden.hpp"
#include "golden/sacrebleu_arguments.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golden_sacrebleu_bootstrap_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;
namespace text = evalpp::text;

evalpp::any_metric make_bleu(json::value args) {
  const std::string_view tokenize = args["tokenize"].as_string().value_or("13a");
  if (tokenize == "none") return golden::bleu_with_arguments<text::tokenizer_none>(args);
  if (tokenize == "intl") return golden::bleu_with_arguments<text::tokenizer_intl>(args);
  if (tokenize == "char") return golden::bleu_with_arguments<text::tokenizer_char>(args);
  if (tokenize == "zh") return golden::bleu_with_arguments<text::tokenizer_zh>(args);
  EXPECT_EQ(tokenize, "13a");
  return golden::bleu_with_arguments<text::tokenizer_13a>(args);
}

evalpp::any_metric make_chrf(json::value args) {
  const auto flag = [&](const char* name) { return args[name].as_bool().value_or(false); };
  const auto number = [&](const char* name, int usual) {
    return static_cast<int>(args[name].as_int64().value_or(usual));
  };
  evalpp::chrf metric;
  metric.char_order = number("char_order", 6);
  metric.word_order = number("word_order", 0);
  metric.beta = number("beta", 2);
  metric.lowercase = flag("lowercase");
  metric.whitespace = flag("whitespace");
  metric.eps_smoothing = flag("eps_smoothing");
  return metric;
}

evalpp::any_metric make_ter(json::value args) {
  const auto flag = [&](const char* name) { return args[name].as_bool().value_or(false); };
  return evalpp::ter{.tokenizer = {.normalized = flag("normalized"),
                                   .no_punct = flag("no_punct"),
                                   .asian_support = flag("asian_support")},
                     .case_sensitive = flag("case_sensitive")};
}

evalpp::table table_of(const evalpp::any_metric& metric, const std::vector<golden::example>& examples) {
  std::vector<std::string> hypotheses;
  std::vector<std::vector<std::string>> references;
  for (const golden::example& e : examples) {
    hypotheses.push_back(e.hypothesis);
    references.push_back(e.references);
  }
  return evalpp::metric_set({metric}).measure(evalpp::seq, hypotheses, references);
}

stats::resampling_rows rows_of(const evalpp::any_metric& metric,
                               const std::vector<golden::example>& examples) {
  auto rows = stats::resampling_rows_of(table_of(metric, examples), 0, [](std::size_t) { return true; });
  EXPECT_EQ(rows.size(), examples.size());
  return rows;
}

stats::paired_rows mt200_pairs(const evalpp::any_metric& metric) {
  const auto baseline = golden::examples("text/mt200.jsonl");
  const auto system = golden::examples("text/mt200.jsonl", "hyp2");
  EXPECT_EQ(baseline.size(), 200u);
  std::vector<stats::row_pair> pairs;
  for (std::size_t i = 0; i < baseline.size(); ++i) pairs.push_back({i, i});
  return stats::paired_rows_of(table_of(metric, baseline), table_of(metric, system), 0, pairs,
                               [](const stats::row_pair&) { return true; });
}

void expect_same(const stats::sacrebleu_estimate& found, json::value expected) {
  EXPECT_EQ(found.mean, expected["mean"].as_double());
  EXPECT_EQ(found.half_width, expected["ci"].as_double());
}

// The sets of one list, and how many there must be; only BLEU with MeCab's tokenizer is not offered.
template <class Make>
void expect_list(const json::value sets, std::size_t count, const std::vector<golden::example>& examples,
                 const Make& make) {
  std::size_t compared = 0;
  for (const json::value set : sets.items()) {
    ASSERT_TRUE(set["boot"].exists());
    if (set["args"]["tokenize"].as_string() == "ja-mecab") continue;
    SCOPED_TRACE(std::string(set["boot"]["signature"].as_string().value_or("")));
    const evalpp::any_metric metric = make(set["args"]);
    expect_same(stats::sacrebleu_bootstrap(metric, rows_of(metric, examples), {.replicates = 200}),
                set["boot"]);
    ++compared;
  }
  EXPECT_EQ(compared, count);
}

void expect_file(const char* expectations, const char* inputs, std::size_t bleu, std::size_t chrf,
                 std::size_t ter) {
  const golden::json_file file(expectations);
  if (!file) return;
  if (!golden::full() && !file["ter"][0]["boot"].exists())
    GTEST_SKIP() << "the committed subset has no bootstrap of " << inputs;
  const auto examples = golden::examples(inputs);
  expect_list(file["bleu"], bleu, examples, make_bleu);
  expect_list(file["chrf"], chrf, examples, make_chrf);
  expect_list(file["ter"], ter, examples, make_ter);
}

TEST(sacrebleu_bootstrap_golden, corner_cases) {
  // Of 40 sets of BLEU two are MeCab's.
  expect_file("text/edge.json", "text/edge.jsonl", 38, 60, 16);
}
TEST(sacrebleu_bootstrap_golden, several_references) {
  expect_file("text/multi200.json", "text/multi200.jsonl", 7, 2, 2);
}

// Every metric of one test of mt200.sig.json.
template <class Test>
void expect_test(std::string_view name, const Test& test) {
  const golden::json_file file("text/mt200.sig.json");
  if (!file) return;
  const json::value expected = file["sig"][name];
  const std::pair<const char*, evalpp::any_metric> metrics[] = {
      {"BLEU", evalpp::bleu{}}, {"chrF2", evalpp::chrf{}}, {"TER", evalpp::ter{}}};
  ASSERT_EQ(expected.size(), 4u);  // and the names of the systems
  for (const auto& [key, metric] : metrics) {
    SCOPED_TRACE(key);
    const auto found = test(metric, mt200_pairs(metric));
    ASSERT_EQ(expected[key].size(), 2u);
    const json::value first = expected[key][0], second = expected[key][1];
    EXPECT_EQ(found.baseline, first["score"].as_double());
    EXPECT_EQ(found.system, second["score"].as_double());
    EXPECT_EQ(found.p_value, second["p_value"].as_double());
    if (first["mean"].as_double()) {
      expect_same(found.baseline_estimate, first);
      expect_same(found.system_estimate, second);
    } else {
      EXPECT_TRUE(evalpp::detail::is_nan(found.baseline_estimate.mean));
      EXPECT_TRUE(evalpp::detail::is_nan(found.system_estimate.half_width));
    }
  }
}

TEST(sacrebleu_test_golden, paired_bootstrap) {
  expect_test("bs", [](const auto& metric, const auto& pairs) {
    return stats::sacrebleu_paired_bootstrap(metric, pairs);
  });
}
TEST(sacrebleu_test_golden, randomization) {
  expect_test("ar", [](const auto& metric, const auto& pairs) {
    return stats::sacrebleu_randomization(metric, pairs, {.replicates = 0, .trials = 1000});
  });
}
TEST(sacrebleu_test_golden, randomization_with_intervals) {
  expect_test("ar+ci", [](const auto& metric, const auto& pairs) {
    return stats::sacrebleu_randomization(metric, pairs, {.trials = 1000});
  });
}

}  // namespace golden_sacrebleu_bootstrap_test
