// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/classification.hpp>

#include <reference/classification.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace classification_test {

using evalpp::classification;
using labels = std::vector<std::string>;

evalpp::classification_score score(const classification& metric, const labels& actual,
                                   const labels& predicted) {
  evalpp::sparse_counts sum;
  for (std::size_t i = 0; i < actual.size(); ++i) sum += evalpp::measure(metric, predicted[i], actual[i]);
  return metric.score(sum);
}

labels listed(const evalpp::classification_score& s) {
  labels names;
  for (const auto& row : s.classes.rows) names.push_back(row.label);
  return names;
}

void expect_near(const evalpp::class_report::average& found, const reference::prf& expected) {
  EXPECT_NEAR(found.precision, expected.precision, 1e-12);
  EXPECT_NEAR(found.recall, expected.recall, 1e-12);
  EXPECT_NEAR(found.f1, expected.f1, 1e-12);
}

TEST(classification, rows_of_the_confusion_matrix_are_true_labels) {
  const auto s = score({}, {"cat", "cat", "dog"}, {"dog", "cat", "dog"});
  EXPECT_EQ(listed(s), (labels{"cat", "dog"}));
  EXPECT_EQ(s.confusion, (std::vector<std::vector<std::int64_t>>{{1, 1}, {0, 1}}));
  EXPECT_EQ(s.accuracy, 2.0 / 3.0);
  EXPECT_EQ(s.balanced_accuracy, 0.75);
}

TEST(classification, integers_are_listed_by_value_and_text_by_code_point) {
  EXPECT_EQ(listed(score({}, {"10", "9", "-1"}, {"10", "9", "-1"})), (labels{"-1", "9", "10"}));
  EXPECT_EQ(listed(score({}, {"10", "9", "x"}, {"10", "9", "x"})), (labels{"10", "9", "x"}));
  EXPECT_EQ(listed(score({}, {"10", "09", "9"}, {"10", "09", "9"})), (labels{"09", "10", "9"}));
  EXPECT_EQ(listed(score({}, {"\xC3\xA9", "z", "\xF0\x9F\x98\x80", "\xEF\xBC\xA1"},
                         {"\xC3\xA9", "z", "\xF0\x9F\x98\x80", "\xEF\xBC\xA1"})),
            (labels{"z", "\xC3\xA9", "\xEF\xBC\xA1", "\xF0\x9F\x98\x80"}));
  using evalpp::label_order;
  EXPECT_EQ(listed(score({.order = label_order::text}, {"10", "9"}, {"10", "9"})), (labels{"10", "9"}));
  EXPECT_EQ(listed(score({.order = label_order::numeric}, {"x", "10", "9"}, {"x", "10", "9"})),
            (labels{"9", "10", "x"}));
}

TEST(classification, labels_are_reported_as_what_they_are) {
  const auto value_of = [](const evalpp::classification_score& s) {
    for (const auto& p : s.parts())
      if (p.name == "labels") return p.value;
    return evalpp::part_value{};
  };
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(value_of(score({}, {"2", "10"}, {"2", "2"}))),
            (std::vector<std::int64_t>{2, 10}));
  EXPECT_EQ(std::get<labels>(value_of(score({}, {"2", "x"}, {"2", "2"}))), (labels{"2", "x"}));
}

// Nothing in a label is special: not the separator of the keys, not digits, not emptiness.
TEST(classification, any_bytes_are_a_label) {
  const labels strange{"", ":", "1:", "11:1", "a", "1:a", "\n", std::string("\0", 1), "\xFF"};
  labels actual, predicted;
  for (const std::string& a : strange)
    for (const std::string& p : strange) {
      actual.push_back(a);
      predicted.push_back(p);
    }
  const auto s = score({}, actual, predicted);
  ASSERT_EQ(s.confusion.size(), strange.size());
  for (const auto& row : s.confusion)
    for (const std::int64_t count : row) EXPECT_EQ(count, 1);
}

TEST(classification, zero_division_fills_quotients_without_a_denominator) {
  // "b" is never true, "c" is never predicted.
  const labels actual{"a", "c"}, predicted{"a", "b"};
  const auto zero = score({}, actual, predicted).classes.rows;
  const auto one = score({.zero_division = 1}, actual, predicted).classes.rows;
  EXPECT_EQ(zero[1].recall, 0);
  EXPECT_EQ(one[1].recall, 1);
  EXPECT_EQ(zero[2].precision, 0);
  EXPECT_EQ(one[2].precision, 1);
  EXPECT_EQ(one[1].f1, 0);
}

TEST(classification, a_constant_side_has_no_correlation) {
  EXPECT_EQ(score({}, {"a", "a"}, {"a", "b"}).mcc, 0);
  EXPECT_EQ(score({}, {"a", "b"}, {"b", "b"}).mcc, 0);
  EXPECT_EQ(score({}, {"a", "b"}, {"a", "b"}).mcc, 1);
  EXPECT_EQ(score({}, {"a", "b"}, {"b", "a"}).mcc, -1);
}

TEST(classification, without_examples_all_is_zero_and_empty) {
  const auto s = classification{}.score({});
  EXPECT_EQ(s.value, 0);
  EXPECT_EQ(s.mcc, 0);
  EXPECT_EQ(s.balanced_accuracy, 0);
  EXPECT_TRUE(s.classes.rows.empty());
  EXPECT_TRUE(s.confusion.empty());
  EXPECT_FALSE(s.parts().empty());
}

TEST(classification, the_matrix_is_left_out_when_there_are_too_many_classes) {
  labels many;
  for (std::size_t k = 0; k <= evalpp::classification_score::max_confusion; ++k)
    many.push_back(std::to_string(k));
  const auto s = score({}, many, many);
  EXPECT_TRUE(s.confusion.empty());
  EXPECT_EQ(s.accuracy, 1);
  EXPECT_EQ(s.mcc, 1);
  EXPECT_EQ(s.classes.macro.f1, 1);
}

TEST(classification, names_that_are_no_pairs_do_no_harm) {
  evalpp::sparse_counts damaged;
  for (const char* name : {"", ":", "x", "9:ab", "18446744073709551615:a", "99999999999999999999:a", "1:ab"})
    damaged.add(name, 1);
  EXPECT_EQ(classification{}.score(damaged).classes.rows.size(), 8U);  // "", "a", "b" and five names
}

// scikit-learn's golden values cover six classes; this compares any number of them, where sums run in
// lanes, with the definitions.
TEST(classification, agrees_with_the_definitions_on_random_labels) {
  std::uint32_t state = 5;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  for (const std::uint32_t classes : {1u, 2u, 7u, 8u, 9u, 40u, 300u})
    for (const int zero_division : {0, 1}) {
      labels actual, predicted;
      std::vector<reference::label_set> actual_sets, predicted_sets;
      for (int i = 0; i < 500; ++i) {
        actual.push_back("c" + std::to_string(below(classes)));
        predicted.push_back(below(2) ? actual.back() : "c" + std::to_string(below(classes + 2)));
        actual_sets.push_back({actual.back()});
        predicted_sets.push_back({predicted.back()});
      }
      const auto found = score({.zero_division = zero_division}, actual, predicted);
      const auto expected = reference::classify(actual_sets, predicted_sets, zero_division);
      SCOPED_TRACE(classes);
      EXPECT_NEAR(found.accuracy, expected.accuracy, 1e-12);
      EXPECT_NEAR(found.balanced_accuracy, expected.balanced_accuracy, 1e-12);
      EXPECT_NEAR(found.mcc, reference::matthews(actual, predicted), 1e-12);
      expect_near(found.classes.macro, expected.macro);
      expect_near(found.classes.micro, expected.micro);
      expect_near(found.classes.weighted, expected.weighted);
      ASSERT_EQ(found.classes.rows.size(), expected.per_class.size());
      for (const auto& row : found.classes.rows) {
        const reference::prf& r = expected.per_class.at(row.label);
        EXPECT_NEAR(row.precision, r.precision, 1e-12);
        EXPECT_NEAR(row.recall, r.recall, 1e-12);
        EXPECT_NEAR(row.f1, r.f1, 1e-12);
        EXPECT_EQ(static_cast<double>(row.support), r.support);
      }
    }
}

// NumPy adds n numbers in eight lanes, and halves of more than 128 apart (its pairwise summation).
// Sums of 0.1, which has no exact double, show the order.
TEST(pairwise_sum, adds_in_the_order_of_numpy) {
  const auto sum = [](std::size_t n) {
    return evalpp::detail::pairwise_sum(0, n, [](std::size_t) { return 0.1; });
  };
  EXPECT_EQ(sum(0), 0.0);
  EXPECT_EQ(sum(3), 0.1 + 0.1 + 0.1);
  double lane = 0.1;
  for (int i = 1; i < 16; ++i) lane += 0.1;
  EXPECT_EQ(sum(128), ((lane + lane) + (lane + lane)) + ((lane + lane) + (lane + lane)));
  EXPECT_EQ(sum(256), sum(128) + sum(128));
  EXPECT_EQ(sum(259), sum(128) + sum(131));  // 259 / 2 = 129, a multiple of 8: 128
}

TEST(classification, the_signature_holds_every_option) {
  EXPECT_EQ(classification{}.signature(), "zero:0|labels:auto");
  EXPECT_EQ((classification{.zero_division = 1, .order = evalpp::label_order::text}).signature(),
            "zero:1|labels:text");
}

}  // namespace classification_test
