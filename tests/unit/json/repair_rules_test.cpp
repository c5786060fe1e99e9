// SPDX-License-Identifier: MIT
#include <evalpp/json/repair_rules.hpp>

#include <gtest/gtest.h>

namespace repair_rules_test {

namespace json = evalpp::json;

TEST(json_repair_rules, names_flags_and_faults) {
  EXPECT_EQ(to_string(json::repair_flag::trailing_comma), "trailing_comma");
  EXPECT_EQ(to_string(json::repair_flag::python_literal), "python_literal");
  EXPECT_EQ(to_string(json::repair_flag::truncated), "truncated");
  EXPECT_EQ(to_string(json::repair_flag::inner_quotes), "inner_quotes");
  EXPECT_EQ(to_string(json::repair_fault::none), "none");
  EXPECT_EQ(to_string(json::repair_fault::mismatched_close), "mismatched_close");
  EXPECT_EQ(to_string(json::repair_fault::duplicate_key), "duplicate_key");
  EXPECT_EQ(to_string(json::repair_fault::depth), "depth");
}

TEST(json_repair_rules, by_default_nothing_is_guessed) {
  const json::repair_options options;
  EXPECT_FALSE(options.non_finite || options.inner_quotes || options.stringified);
  EXPECT_EQ(options.parse.duplicates, json::duplicate_keys::error);
  EXPECT_TRUE(json::repair_result{});
}

}  // namespace repair_rules_test
