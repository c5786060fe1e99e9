// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/metrics/cer.hpp>
#include <evalpp/metrics/wer.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "golden/golden.hpp"

namespace golden_wer_test {

using evalpp::error_rate_score;

/// jiwer 4 on one golden file, row by row and as a whole.
class wer_golden : public testing::TestWithParam<const char*> {
 protected:
  template <class Metric>
  std::vector<typename Metric::statistics> rows(const Metric& metric) const {
    std::vector<typename Metric::statistics> out;
    for (const golden::example& e : golden::examples(file(".jsonl")))
      out.push_back(evalpp::measure(metric, e.hypothesis, e.views()));
    return out;
  }
  std::string file(const char* extension) const { return std::string("text/") + GetParam() + extension; }
};

void expect_counts(const std::vector<double>& expected, std::size_t from, const error_rate_score& got,
                   std::size_t row) {
  EXPECT_EQ(expected[from], static_cast<double>(got.hits)) << row;
  EXPECT_EQ(expected[from + 1], static_cast<double>(got.substitutions)) << row;
  EXPECT_EQ(expected[from + 2], static_cast<double>(got.insertions)) << row;
  EXPECT_EQ(expected[from + 3], static_cast<double>(got.deletions)) << row;
}

double number(evalpp::json::value v) { return v.as_double().value_or(-1); }

void expect_whole(evalpp::json::value expected, const error_rate_score& got) {
  EXPECT_EQ(number(expected["hits"]), static_cast<double>(got.hits));
  EXPECT_EQ(number(expected["substitutions"]), static_cast<double>(got.substitutions));
  EXPECT_EQ(number(expected["insertions"]), static_cast<double>(got.insertions));
  EXPECT_EQ(number(expected["deletions"]), static_cast<double>(got.deletions));
}

template <class Statistics>
Statistics sum(const std::vector<Statistics>& rows) {
  Statistics out{};
  for (const Statistics& row : rows) out += row;
  return out;
}

TEST_P(wer_golden, words) {
  const golden::json_file expected(file(".json"));
  if (!expected) return;
  const evalpp::wer metric;
  const auto measured = rows(metric);
  const auto golden_rows = expected["wer"]["words"];
  ASSERT_EQ(golden_rows.size(), measured.size());
  std::size_t i = 0;
  for (const auto row : golden_rows.items()) {
    const std::vector<double> values = golden::doubles(row);
    const error_rate_score got = metric.score(measured[i]);
    EXPECT_DOUBLE_EQ(values[0], got.value) << i;
    EXPECT_DOUBLE_EQ(values[1], got.mer) << i;
    EXPECT_NEAR(values[2], got.wil, 1e-15) << i;
    EXPECT_DOUBLE_EQ(values[3], got.wip) << i;
    expect_counts(values, 4, got, i++);
  }
  const error_rate_score whole = metric.score(sum(measured));
  const auto jiwer = expected["wer"]["jiwer_words"];
  EXPECT_DOUBLE_EQ(number(jiwer["wer"]), whole.value);
  EXPECT_DOUBLE_EQ(number(expected["wer"]["hf_wer"]), whole.value);
  EXPECT_DOUBLE_EQ(number(jiwer["mer"]), whole.mer);
  EXPECT_DOUBLE_EQ(number(jiwer["wil"]), whole.wil);
  EXPECT_DOUBLE_EQ(number(jiwer["wip"]), whole.wip);
  expect_whole(jiwer, whole);
}

TEST_P(wer_golden, characters) {
  const golden::json_file expected(file(".json"));
  if (!expected) return;
  const evalpp::cer metric;
  const auto measured = rows(metric);
  const auto golden_rows = expected["wer"]["chars"];
  ASSERT_EQ(golden_rows.size(), measured.size());
  std::size_t i = 0;
  for (const auto row : golden_rows.items()) {
    const std::vector<double> values = golden::doubles(row);
    const error_rate_score got = metric.score(measured[i]);
    EXPECT_DOUBLE_EQ(values[0], got.value) << i;
    expect_counts(values, 1, got, i++);
  }
  const error_rate_score whole = metric.score(sum(measured));
  const auto jiwer = expected["wer"]["jiwer_chars"];
  EXPECT_DOUBLE_EQ(number(jiwer["cer"]), whole.value);
  EXPECT_DOUBLE_EQ(number(expected["wer"]["hf_cer"]), whole.value);
  expect_whole(jiwer, whole);
}

INSTANTIATE_TEST_SUITE_P(files, wer_golden, testing::Values("edge", "fuzz300", "multi200"),
                         [](const auto& file) { return std::string(file.param); });

}  // namespace golden_wer_test
