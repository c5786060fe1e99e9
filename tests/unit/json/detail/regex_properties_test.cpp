// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/regex_properties.hpp>
#include <evalpp/text/unicode.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace regex_properties_test {

namespace detail = evalpp::json::detail;
namespace text = evalpp::text;

detail::code_point_set property(const char* name) {
  const auto number = detail::find_property(name);
  EXPECT_TRUE(number) << name;
  return number ? detail::property_set(*number) : detail::code_point_set();
}

std::size_t size(const detail::code_point_set& set) {
  std::size_t count = 0;
  for (const auto range : set.ranges()) count += range.last - range.first + 1;
  return count;
}

TEST(regex_properties, general_categories_divide_all_code_points) {
  std::vector<detail::code_point_range> all;
  for (const char* name :
       {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
        "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn"}) {
    const auto set = property(name);
    all.insert(all.end(), set.ranges().begin(), set.ranges().end());
  }
  std::size_t count = 0;
  for (const auto range : all) count += range.last - range.first + 1;
  EXPECT_EQ(count, 0x110000U);
  EXPECT_TRUE(detail::code_point_set(all).all());
}

// Two generators read the same database: they must agree on what both know.
TEST(regex_properties, agree_with_the_tables_of_tokenizers) {
  const auto letter = property("L"), mark = property("Mark"), number = property("N"),
             symbol = property("Symbol");
  const auto punctuation = property("punct"), cased = property("Cased"), ignorable = property("CI");
  for (std::uint32_t c = 0; c <= detail::last_code_point; ++c) {
    ASSERT_EQ(letter.contains(c), text::is_letter(c)) << c;
    ASSERT_EQ(mark.contains(c), text::is_mark(c)) << c;
    ASSERT_EQ(number.contains(c), text::is_number(c)) << c;
    ASSERT_EQ(symbol.contains(c), text::is_symbol(c)) << c;
    ASSERT_EQ(punctuation.contains(c), text::is_punctuation(c)) << c;
    ASSERT_EQ(cased.contains(c), text::is_cased(c)) << c;
    ASSERT_EQ(ignorable.contains(c), text::is_case_ignorable(c)) << c;
  }
  EXPECT_EQ(std::string(detail::regex_table_version), text::unicode_version);
}

// Totals as the files of Unicode 15.0.0 state them.
TEST(regex_properties, have_as_many_code_points_as_the_database_says) {
  EXPECT_EQ(size(property("Lu")), 1831U);
  EXPECT_EQ(size(property("Nd")), 680U);
  EXPECT_EQ(size(property("sc=Latn")), 1481U);
  EXPECT_EQ(size(property("Script=Han")), 98408U);
  EXPECT_EQ(size(property("White_Space")), 25U);
  EXPECT_EQ(size(property("ASCII")), 128U);
  EXPECT_EQ(size(property("Any")), 0x110000U);
  EXPECT_EQ(size(property("Cs")), 2048U);
  EXPECT_EQ(size(property("Noncharacter_Code_Point")), 66U);
  EXPECT_EQ(size(property("Regional_Indicator")), 26U);
  EXPECT_EQ(size(property("Emoji_Modifier")), 5U);
}

TEST(regex_properties, every_name_leads_to_a_set) {
  std::string names = detail::regex_binary_names;
  std::size_t count = 0;
  for (std::size_t at = 0; (at = names.find_first_not_of(" \n", at)) != std::string::npos; ++count) {
    const std::size_t end = names.find(' ', at);
    const auto number = detail::find_property(names.substr(at, end - at));
    ASSERT_TRUE(number) << names.substr(at, end - at);
    EXPECT_FALSE(detail::property_set(*number).empty());
    at = end;
  }
  EXPECT_EQ(count, 97U) << "52 besides Any, with two names, but 7 with one";
}

}  // namespace regex_properties_test
