// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/metrics/ter.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "golden/golden.hpp"

namespace golden_ter_test {

struct golden_pair {
  const char* name;
  const char* expected;
  const char* input;
};

/// sacreBLEU's TER on one golden file under every set of options in it.
class ter_golden : public testing::TestWithParam<golden_pair> {};

/// sacreBLEU's full signature, without its version.
std::string without_version(evalpp::json::value signature) {
  const std::string text(signature.as_string().value_or(""));
  return text.substr(0, text.find("|version:"));
}

TEST_P(ter_golden, equals_sacrebleu) {
  const golden::json_file expected(GetParam().expected);
  if (!expected) return;
  const auto examples = golden::examples(GetParam().input);
  std::size_t sets = 0;
  for (const auto set : expected["ter"].items()) {
    const auto flag = [&](const char* name) { return set["args"][name].as_bool().value_or(false); };
    const evalpp::ter metric{.tokenizer = {.normalized = flag("normalized"),
                                           .no_punct = flag("no_punct"),
                                           .asian_support = flag("asian_support")},
                             .case_sensitive = flag("case_sensitive")};
    SCOPED_TRACE(metric.signature());
    ++sets;
    const std::vector<double> sentence = golden::doubles(set["sentence"]);
    const std::size_t n = sentence.size();
    ASSERT_GT(n, 0u);
    ASSERT_LE(n, examples.size());
    const auto rows = set["stats"];  // the committed subset has them for some option sets only
    if (golden::full()) {
      ASSERT_EQ(rows.size(), n);
    }
    evalpp::ter::statistics sum{};
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = evalpp::measure(metric, examples[i].hypothesis, examples[i].views());
      const evalpp::ter_score got = metric.score(row);
      if (rows.size() > 0) {
        const std::vector<double> stats = golden::doubles(rows[i]);
        EXPECT_EQ(static_cast<double>(got.num_edits), stats[0]) << i;
        EXPECT_DOUBLE_EQ(got.ref_length, stats[1]) << i;
      }
      EXPECT_DOUBLE_EQ(got.value, sentence[i]) << i;
      sum += row;
    }
    const evalpp::ter_score whole = metric.score(sum);
    EXPECT_NEAR(whole.value, *set["score"].as_double(), 1e-12 * *set["score"].as_double());
    EXPECT_EQ(static_cast<double>(whole.num_edits), *set["num_edits"].as_double());
    EXPECT_NEAR(whole.ref_length, *set["ref_length"].as_double(), 1e-9);
    EXPECT_EQ(metric.data_signature(sum) + "|" + metric.signature(), without_version(set["signature"]));
  }
  EXPECT_GT(sets, 0u);
}

INSTANTIATE_TEST_SUITE_P(files, ter_golden,
                         testing::Values(golden_pair{"edge", "text/edge.json", "text/edge.jsonl"},
                                         golden_pair{"fuzz300", "text/fuzz300.json", "text/fuzz300.jsonl"},
                                         golden_pair{"multi200", "text/multi200.json", "text/multi200.jsonl"},
                                         golden_pair{"multi100_full", "text/multi100.full.json",
                                                     "text/multi200.jsonl"}),
                         [](const auto& file) { return std::string(file.param.name); });

}  // namespace golden_ter_test
