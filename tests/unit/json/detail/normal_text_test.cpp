// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/normal_text.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace normal_text_test {

using evalpp::json::detail::text_rules;

std::string normal(std::string_view text, text_rules rules) {
  std::vector<char> out;
  evalpp::json::detail::append_normal(text, rules, out);
  return {out.begin(), out.end()};
}

TEST(json_normal_text, is_made_as_asked) {
  EXPECT_EQ(normal(" A\u00A0", {}), " A\u00A0");
  EXPECT_EQ(normal("\t\u3000 A b \u00A0\n", {.trim = true}), "A b");
  EXPECT_EQ(normal(" \u2028 ", {.trim = true}), "");
  EXPECT_EQ(normal("", {.trim = true, .casefold = true}), "");
  EXPECT_EQ(normal(" GROẞ ", {.casefold = true}), " gross ");
  EXPECT_EQ(normal(" ÄΣ ", {.trim = true, .casefold = true}), "äσ");
}

TEST(json_normal_text, has_one_space_for_many) {
  EXPECT_EQ(normal(" A \t\u3000b\n", {.collapse_spaces = true}), " A b ");
  EXPECT_EQ(normal(" A \t\u3000b\n", {.trim = true, .casefold = true, .collapse_spaces = true}), "a b");
  EXPECT_EQ(normal("", {.collapse_spaces = true}), "");
}

TEST(json_normal_text, has_one_form_for_an_instant) {
  EXPECT_EQ(normal("2025-01-01t01:00:00+01:00", {.instants = true}), "2025-01-01T00:00:00Z");
  EXPECT_EQ(normal(" 2025-01-01T01:00:00+01:00", {.instants = true}), " 2025-01-01T01:00:00+01:00");
  EXPECT_EQ(normal(" 2025-01-01T01:00:00+01:00", {.trim = true, .instants = true}), "2025-01-01T00:00:00Z");
  EXPECT_EQ(normal("Today", {.casefold = true, .instants = true}), "today");
}

}  // namespace normal_text_test
