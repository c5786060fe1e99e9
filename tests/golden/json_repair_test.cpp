// SPDX-License-Identifier: MIT
// What becomes of every output in json/extract_repair.jsonl from which nothing is extracted: value and flags,
// or that it cannot be repaired, and why.
#include <evalpp/json/equal.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/repair.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace golden_json_repair_test {

namespace json = evalpp::json;

TEST(json_repair, agrees_with_golden) {
  const golden::json_lines rows("json/extract_repair.jsonl");
  if (!rows) return;
  json::extractor extractor;
  json::repairer repairer;  // one for all: what it keeps from one text must not show in the next
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json::value expected = rows[i]["repair"];
    if (!expected.exists()) continue;
    SCOPED_TRACE(*rows[i]["id"].as_string());
    const std::string_view output = *rows[i]["text"].as_string();
    const json::extraction& found = extractor.extract(output);
    ASSERT_FALSE(found);
    const json::repair_result& repaired = repairer.repair(found.repairable.of(output));
    ASSERT_EQ(static_cast<bool>(repaired), expected["ok"].as_bool());
    if (!repaired) {
      const std::string_view reason = *expected["reason"].as_string();
      EXPECT_EQ(to_string(repaired.fault), found.repairable.empty() ? "empty" : reason);
      EXPECT_EQ(found.repairable.empty(), reason == "no_candidate");
      continue;
    }
    std::vector<std::string> flags;
    for (const json::repair_change& change : repaired.changes) flags.emplace_back(to_string(change.flag));
    std::sort(flags.begin(), flags.end());
    EXPECT_EQ(flags, golden::strings(expected["flags"]));
    EXPECT_TRUE(json::equal(repairer.value(), expected["value"])) << repaired.text;
  }
}

}  // namespace golden_json_repair_test
