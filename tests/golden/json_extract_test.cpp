// SPDX-License-Identifier: MIT
// What is extracted from every output in json/extract_repair.jsonl: kind, candidates, span, failure.
#include <evalpp/json/extract.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace golden_json_extract_test {

namespace json = evalpp::json;

TEST(json_extract, agrees_with_golden) {
  const golden::json_lines rows("json/extract_repair.jsonl");
  if (!rows) return;
  EXPECT_EQ(rows.size(), 83U);
  json::extractor extractor;  // one for all: what it keeps from one output must not show in the next
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(*rows[i]["id"].as_string());
    const std::string_view output = *rows[i]["text"].as_string();
    const json::value expected = rows[i]["extract"];
    const json::extraction& found = extractor.extract(output);
    EXPECT_EQ(to_string(found.kind), expected["kind"].as_string());
    EXPECT_EQ(static_cast<std::int64_t>(found.candidates), expected["candidates"].as_int64());
    ASSERT_EQ(static_cast<bool>(found), expected["ok"].as_bool());
    EXPECT_EQ(extractor.value().exists(), static_cast<bool>(found));
    if (found) {
      EXPECT_EQ(static_cast<std::int64_t>(found.span.begin), expected["span"][0].as_int64());
      EXPECT_EQ(static_cast<std::int64_t>(found.span.end), expected["span"][1].as_int64());
    } else {
      EXPECT_EQ(to_string(found.failure), expected["failure"].as_string());
    }
  }
}

}  // namespace golden_json_extract_test
