// SPDX-License-Identifier: MIT
// The key `classification` of the golden files: scikit-learn 1.2.
#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/classification.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>
#include "golden/golden.hpp"

namespace golden_classification_test {

namespace json = evalpp::json;

double number(json::value v) { return v.as_double().value(); }

struct labels {
  std::string actual, predicted;
};

std::vector<labels> read_labels() {
  std::vector<labels> out;
  const golden::json_lines rows("text/cls1000.jsonl");
  for (std::size_t i = 0; i < rows.size(); ++i)
    out.push_back({std::to_string(static_cast<std::int64_t>(number(rows[i]["y_true"]))),
                   std::to_string(static_cast<std::int64_t>(number(rows[i]["y_pred"])))});
  return out;
}

evalpp::classification_score score_of(const evalpp::classification& metric, const std::vector<labels>& rows) {
  evalpp::sparse_counts sum;
  for (const labels& row : rows) sum += evalpp::measure(metric, row.predicted, row.actual);
  return metric.score(sum);
}

// Bit for bit: a double that went through a golden file is the same double.
void expect_average(const evalpp::class_report::average& found, json::value expected) {
  EXPECT_EQ(found.precision, number(expected[0]));
  EXPECT_EQ(found.recall, number(expected[1]));
  EXPECT_EQ(found.f1, number(expected[2]));
}

TEST(classification, agrees_with_scikit_learn) {
  const golden::json_file file("text/cls1000.json");
  const auto rows = read_labels();
  if (!file || rows.empty()) return;
  const json::value expected = file["classification"];

  for (const int zero_division : {0, 1}) {
    const auto found = score_of({.zero_division = zero_division}, rows);
    const std::string suffix = "_zd" + std::to_string(zero_division);
    SCOPED_TRACE(suffix);
    expect_average(found.classes.micro, expected["prfs_micro" + suffix]);
    expect_average(found.classes.macro, expected["prfs_macro" + suffix]);
    expect_average(found.classes.weighted, expected["prfs_weighted" + suffix]);

    const json::value each = expected["prfs_None" + suffix];
    ASSERT_EQ(found.classes.rows.size(), each[0].size());
    for (std::size_t k = 0; k < found.classes.rows.size(); ++k) {
      const auto& row = found.classes.rows[k];
      EXPECT_EQ(row.precision, number(each[0][k])) << k;
      EXPECT_EQ(row.recall, number(each[1][k])) << k;
      EXPECT_EQ(row.f1, number(each[2][k])) << k;
      EXPECT_EQ(static_cast<double>(row.support), number(each[3][k])) << k;
    }
  }
}

TEST(classification, agrees_with_scikit_learn_on_other_weights_of_recall) {
  const golden::json_file file("text/cls1000.json");
  const auto rows = read_labels();
  if (!file || rows.empty()) return;
  const json::value expected = file["classification"];
  const auto score = score_of({}, rows);

  for (const double beta : {0.5, 2.0})
    for (const int zero_division : {0, 1}) {
      const evalpp::detail::precision_recall_rules rules{static_cast<double>(zero_division), beta};
      std::vector<evalpp::detail::class_counts> counts;
      std::vector<evalpp::detail::precision_recall> each;
      for (const auto& row : score.classes.rows) {
        counts.push_back({row.correct, row.predicted, row.support});
        each.push_back(evalpp::detail::precision_recall_of(counts.back(), rules));
      }
      const auto averages = evalpp::detail::averages_of(counts, each, rules);
      const std::string prefix = beta == 0.5 ? "fbeta0.5_" : "fbeta2_";
      const std::string suffix = "_zd" + std::to_string(zero_division);
      SCOPED_TRACE(prefix + suffix);
      EXPECT_EQ(averages.micro.f, number(expected[prefix + "micro" + suffix]));
      EXPECT_EQ(averages.macro.f, number(expected[prefix + "macro" + suffix]));
      EXPECT_EQ(averages.weighted.f, number(expected[prefix + "weighted" + suffix]));
      for (std::size_t k = 0; k < each.size(); ++k)
        EXPECT_EQ(each[k].f, number(expected[prefix + "None" + suffix][k])) << k;
    }
}

TEST(classification, agrees_with_scikit_learn_on_the_matrix) {
  const golden::json_file file("text/cls1000.json");
  const auto rows = read_labels();
  if (!file || rows.empty()) return;
  const json::value expected = file["classification"];
  const auto found = score_of({}, rows);

  EXPECT_EQ(found.accuracy, number(expected["accuracy"]));
  EXPECT_EQ(found.value, number(expected["accuracy"]));
  EXPECT_EQ(found.balanced_accuracy, number(expected["balanced_accuracy"]));
  EXPECT_EQ(found.mcc, number(expected["mcc"]));
  const std::size_t n = expected["labels"].size();
  ASSERT_EQ(found.confusion.size(), n);
  for (std::size_t t = 0; t < n; ++t) {
    EXPECT_EQ(found.classes.rows[t].label, std::to_string(static_cast<int>(number(expected["labels"][t]))));
    for (std::size_t p = 0; p < n; ++p)
      EXPECT_EQ(static_cast<double>(found.confusion[t][p]), number(expected["confusion"][t][p]));
  }
}

}  // namespace golden_classification_test
