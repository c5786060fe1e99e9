// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/fences.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace fences_test {

using namespace evalpp::json::detail;

TEST(json_fences, opens_at_the_beginning_of_a_line) {
  const fence first = find_fence("a ``` b\n  ~~~~ JSON x\nc", 0);
  ASSERT_TRUE(first);
  EXPECT_EQ(first.begin, 10U);
  EXPECT_EQ(first.length, 4U);
  EXPECT_EQ(first.mark, '~');
  EXPECT_EQ(first.content, 22U);
  EXPECT_TRUE(first.named_json);
  EXPECT_FALSE(first.unnamed);
  EXPECT_FALSE(find_fence("```\n", 1));  // not a line's beginning
  EXPECT_FALSE(find_fence("``\n`` `\n``` x ```\n", 0));
  EXPECT_TRUE(find_fence("~~~ x ```", 0));
  EXPECT_FALSE(find_fence("", 0));
}

TEST(json_fences, knows_the_names_of_json) {
  for (const std::string_view name :
       {"json", "JSON", "jsonc", "Json5", "application/json", "json title=x", "json\r"}) {
    EXPECT_TRUE(find_fence("```" + std::string(name) + "\n", 0).named_json) << name;
  }
  for (const std::string_view name : {"", "js", "jsonl", "json,", "jso", "python"}) {
    EXPECT_FALSE(find_fence("```" + std::string(name) + "\n", 0).named_json) << name;
  }
  EXPECT_TRUE(find_fence("``` \r\n", 0).unnamed);
  EXPECT_FALSE(find_fence("```x\n", 0).unnamed);
  EXPECT_EQ(find_fence("```", 0).content, 3U);
}

TEST(json_fences, closes_at_a_run_of_its_own_line) {
  const auto close = [](std::string_view text, bool lenient) {
    const fence open = find_fence(text, 0);
    return close_fence(text, open, open.content, lenient);
  };
  for (const bool lenient : {false, true}) {
    EXPECT_EQ(close("```\na\n  ````  \nb", lenient).content, 8U);
    EXPECT_EQ(close("```\na\n  ````  \nb", lenient).behind, 12U);
    EXPECT_EQ(close("````\na\n```\n", lenient).content, 11U);  // too short
    EXPECT_EQ(close("```\na ``` b\n", lenient).content, 12U);  // within a line
    EXPECT_EQ(close("```\n~~~\n", lenient).content, 8U);
    EXPECT_EQ(close("```\n```", lenient).content, 4U);
  }
  EXPECT_EQ(close("```\na```\n", true).content, 5U);
  EXPECT_EQ(close("```\na```\n", false).content, 9U);
  EXPECT_EQ(close("```\na\n``` b\n", true).content, 6U);
  EXPECT_EQ(close("```\na\n``` b\n", false).content, 12U);
}

TEST(json_fences, a_lenient_search_takes_a_run_directly_behind_a_value) {
  const std::string_view text = "```\n[1] ``` x\n```\n";
  const fence open = find_fence(text, 0);
  EXPECT_EQ(close_fence(text, open, 7, true).content, 8U);
  EXPECT_EQ(close_fence(text, open, 4, true).content, 14U);
}

}  // namespace fences_test
