// SPDX-License-Identifier: MIT
// Verdict, kind, offset, line, column and repeated keys of every text in json/parse.jsonl, and which numbers
// of json/numbers.jsonl are integers.
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace golden_json_parse_test {

namespace json = evalpp::json;

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

TEST(json_parse, agrees_with_golden) {
  const golden::json_lines rows("json/parse.jsonl");
  if (!rows) return;
  json::parser parser;  // one for all: what it keeps from one text must not show in the next
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json::value row = rows[i];
    SCOPED_TRACE(*row["id"].as_string());
    const std::string text = row["text"].exists() ? std::string(row["text"].as_string().value_or(""))
                                                  : from_hex(row["hex"].as_string().value_or(""));
    const auto parsed = parser.parse(text);
    ASSERT_EQ(parsed.has_value(), *row["accept"].as_bool());
    if (parsed) {
      const json::value expected = row["duplicate_key_offsets"];
      ASSERT_EQ(parser.report().repeated_keys.size(), expected.size());
      for (std::size_t k = 0; k < expected.size(); ++k) {
        EXPECT_EQ(static_cast<std::int64_t>(parser.report().repeated_keys[k]), expected[k].as_int64());
      }
      const std::string written = json::write(*parsed);
      const auto again = json::parse(written);
      ASSERT_TRUE(again);
      EXPECT_EQ(json::write(again->root()), written);
    } else {
      EXPECT_EQ(to_string(parser.report().fault), row["kind"].as_string());
      EXPECT_EQ(static_cast<std::int64_t>(parsed.error().offset), row["offset"].as_int64());
      EXPECT_EQ(static_cast<std::int64_t>(parsed.error().line), row["line"].as_int64());
      EXPECT_EQ(static_cast<std::int64_t>(parsed.error().column), row["column"].as_int64());
    }
  }
}

TEST(json_number, knows_integers_as_golden_does) {
  const golden::json_lines rows("json/numbers.jsonl");
  if (!rows) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i]["op"].as_string() != "integer") continue;
    const auto number = json::parse(*rows[i]["a"].as_string());
    ASSERT_TRUE(number);
    EXPECT_EQ(number->root().is_integer(), rows[i]["expect"].as_bool()) << *rows[i]["a"].as_string();
  }
}

}  // namespace golden_json_parse_test
