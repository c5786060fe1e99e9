// SPDX-License-Identifier: MIT
// No golden file covers multi-label classification: the oracle is tests/reference/classification.hpp.
#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/multilabel.hpp>

#include <reference/classification.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace multilabel_test {

using evalpp::multilabel;
using sets = std::vector<reference::label_set>;

std::string joined(const reference::label_set& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : "\x1F") + label;
  return text;
}

evalpp::multilabel_score score(const multilabel& metric, const sets& actual, const sets& predicted) {
  evalpp::sparse_counts sum;
  for (std::size_t i = 0; i < actual.size(); ++i)
    sum += evalpp::measure(metric, joined(predicted[i]), joined(actual[i]));
  return metric.score(sum);
}

void expect_near(const evalpp::class_report::average& found, const reference::prf& expected) {
  EXPECT_NEAR(found.precision, expected.precision, 1e-12);
  EXPECT_NEAR(found.recall, expected.recall, 1e-12);
  EXPECT_NEAR(found.f1, expected.f1, 1e-12);
}

TEST(multilabel, accuracy_wants_the_whole_set) {
  EXPECT_EQ(score({}, {{"a", "b"}, {"a"}, {}}, {{"b", "a"}, {"a", "b"}, {}}).value, 2.0 / 3.0);
}

TEST(multilabel, averages_follow_scikit_learn_when_nothing_is_true) {
  const auto predicted = score({.zero_division = 1}, {{}}, {{"a"}});
  EXPECT_EQ(predicted.classes.weighted.precision, 0);
  EXPECT_EQ(predicted.classes.weighted.recall, 1);
  EXPECT_EQ(predicted.classes.weighted.f1, 0);
  EXPECT_EQ(score({}, {{}}, {{}}).value, 1);
  EXPECT_EQ(score({}, {{}}, {{}}).classes.macro.f1, 0);
  EXPECT_EQ(multilabel{}.score({}).value, 0);
}

TEST(multilabel, sets_may_come_as_ranges_of_text_or_integers) {
  const multilabel metric;
  const auto from_text = evalpp::measure(metric, std::string("10\x1F-3"),
                                         std::string("-3\x1F\x1F-3\x1F"
                                                     "7"));
  EXPECT_EQ(from_text, evalpp::measure(metric, std::vector<std::string>{"10", "-3"},
                                       std::vector<std::string>{"", "7", "-3", "-3"}));
  EXPECT_EQ(from_text, evalpp::measure(metric, std::vector<int>{-3, 10}, std::vector<int>{7, -3}));
  const auto rows = metric.score(from_text).classes.rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].label, "-3");
  EXPECT_EQ(rows[2].label, "10");
}

TEST(multilabel, agrees_with_the_definitions_on_random_sets) {
  std::uint32_t state = 21;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  for (const std::uint32_t classes : {1u, 3u, 12u, 150u})
    for (const int zero_division : {0, 1}) {
      const auto draw = [&] {
        reference::label_set labels;
        for (std::uint32_t n = below(5); n > 0; --n) labels.insert("n" + std::to_string(below(classes)));
        return labels;
      };
      sets actual, predicted;
      for (int i = 0; i < 300; ++i) {
        actual.push_back(draw());
        predicted.push_back(below(3) ? draw() : actual.back());
      }
      const auto found = score({.zero_division = zero_division}, actual, predicted);
      const auto expected = reference::classify(actual, predicted, zero_division);
      EXPECT_NEAR(found.accuracy, expected.accuracy, 1e-12);
      expect_near(found.classes.macro, expected.macro);
      expect_near(found.classes.micro, expected.micro);
      expect_near(found.classes.weighted, expected.weighted);
      ASSERT_EQ(found.classes.rows.size(), expected.per_class.size());
      for (const auto& row : found.classes.rows) {
        EXPECT_NEAR(row.f1, expected.per_class.at(row.label).f1, 1e-12);
        EXPECT_EQ(static_cast<double>(row.support), expected.per_class.at(row.label).support);
      }
    }
}

}  // namespace multilabel_test
