// SPDX-License-Identifier: MIT
// The leaves that every pair of json/field_f1.jsonl has, and has in common.
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/parse.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace golden_json_compare_fields_test {

namespace json = evalpp::json;

double number(json::value text) {
  const std::string digits(text.as_string().value_or("0"));
  double parsed = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
  return parsed;
}

json::field_options read_options(json::value row) {
  json::field_options options;
  const std::string_view mode = row["arrays"].as_string().value_or("");
  using json::array_mode;
  if (mode == "multiset") options.arrays = array_mode::multiset;
  if (mode == "assignment") options.arrays = array_mode::assignment;
  if (mode == "keyed") options.arrays = array_mode::keyed;
  options.key = row["key"].as_string().value_or("");
  options.abs_tol = number(row["abs_tol"]);
  options.rel_tol = number(row["rel_tol"]);
  options.null_is_absent = row["null_is_absent"].as_bool().value_or(false);
  options.trim = row["trim"].as_bool().value_or(false);
  options.casefold = row["casefold"].as_bool().value_or(false);
  return options;
}

TEST(json_compare_fields, agrees_with_golden) {
  const golden::json_lines rows("json/field_f1.jsonl");
  if (!rows) return;
  json::field_comparer comparer;  // one for all: what it keeps from one pair must not show in the next
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json::value row = rows[i];
    SCOPED_TRACE(*row["id"].as_string());
    const auto reference = json::parse(*row["reference"].as_string());
    const auto prediction = json::parse(*row["prediction"].as_string());
    ASSERT_TRUE(reference && prediction);
    const json::field_counts counts =
        comparer.compare(reference->root(), prediction->root(), read_options(row["options"]));
    const json::value expected = row["expect"];
    EXPECT_EQ(counts.matched, expected["tp"].as_int64());
    EXPECT_EQ(counts.reference, expected["reference_leaves"].as_int64());
    EXPECT_EQ(counts.predicted, expected["predicted_leaves"].as_int64());
    EXPECT_EQ(counts.exact(), expected["exact"].as_bool());
    EXPECT_EQ(counts.limited, 0);
    EXPECT_DOUBLE_EQ(counts.f1(), *expected["f1"][0].as_double() / *expected["f1"][1].as_double());
    std::int64_t right = 0;
    comparer.for_each_field([&](const json::field_outcome& field) { right += field.value_ok ? 1 : 0; });
    EXPECT_EQ(right, counts.matched);
  }
}

}  // namespace golden_json_compare_fields_test
