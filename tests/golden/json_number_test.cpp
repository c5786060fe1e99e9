// SPDX-License-Identifier: MIT
// Every case of json/numbers.jsonl: order, multiples and integers of numbers of any size.
#include <evalpp/json/detail/decimal.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string_view>

namespace golden_json_number_test {

namespace detail = evalpp::json::detail;

TEST(json_decimal, agrees_with_golden) {
  const golden::json_lines rows("json/numbers.jsonl");
  if (!rows) return;
  std::size_t tried = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = rows[i];
    const auto op = row["op"].as_string();
    const std::string_view a = row["a"].as_string().value_or("");
    const std::string_view b = row["b"].as_string().value_or("");
    if (op == "compare") {
      EXPECT_EQ(detail::compare(a, b), row["expect"].as_int64()) << a << ' ' << b;
      EXPECT_EQ(detail::hash(detail::take_apart(a)) == detail::hash(detail::take_apart(b)),
                row["expect"].as_int64() == 0)
          << a << ' ' << b;
    } else if (op == "multiple") {
      EXPECT_EQ(detail::multiple_of(detail::take_apart(a), detail::take_apart(b)), row["expect"].as_bool())
          << a << ' ' << b;
    } else {
      ASSERT_EQ(op, "integer");
      EXPECT_EQ(detail::is_integral(a), row["expect"].as_bool()) << a;
    }
    ++tried;
  }
  EXPECT_EQ(tried, rows.size());
}

}  // namespace golden_json_number_test
