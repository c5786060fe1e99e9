// SPDX-License-Identifier: MIT
// Every comparison and division of json/numbers.jsonl as a schema: minimum, maximum and their exclusive
// twins, multipleOf, const, type.
#include <evalpp/json/schema.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace golden_json_schema_number_test {

namespace json = evalpp::json;

void expect(std::string_view keyword, std::string_view limit, json::value number, bool fits) {
  const std::string text = "{\"" + std::string(keyword) + "\":" + std::string(limit) + "}";
  const auto schema = json::schema::compile(text);
  ASSERT_TRUE(schema) << text << ": " << to_string(schema.error());
  EXPECT_EQ(schema->accepts(number), fits) << text << ' ' << number.number_text();
  EXPECT_EQ(schema->validate(number).errors_total, fits ? 0U : 1U) << text << ' ' << number.number_text();
}

TEST(json_schema_number, agrees_with_golden) {
  const golden::json_lines rows("json/numbers.jsonl");
  if (!rows) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    const auto op = row["op"].as_string();
    const auto a = json::parse(row["a"].as_string().value_or(""));
    const std::string_view b = row["b"].as_string().value_or("");
    ASSERT_TRUE(a);
    if (op == "compare") {
      const std::int64_t sign = row["expect"].as_int64().value_or(0);
      expect("minimum", b, a->root(), sign >= 0);
      expect("maximum", b, a->root(), sign <= 0);
      expect("exclusiveMinimum", b, a->root(), sign > 0);
      expect("exclusiveMaximum", b, a->root(), sign < 0);
      expect("const", b, a->root(), sign == 0);
    } else if (op == "multiple" && b[0] != '-') {
      expect("multipleOf", b, a->root(), row["expect"].as_bool().value_or(false));
    } else if (op == "integer") {
      expect("type", "\"integer\"", a->root(), row["expect"].as_bool().value_or(false));
    }
  }
}

}  // namespace golden_json_schema_number_test
