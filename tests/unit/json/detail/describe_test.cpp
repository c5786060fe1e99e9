// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/describe.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <string>

namespace describe_test {

namespace json = evalpp::json;
namespace detail = evalpp::json::detail;

std::string shown(const std::string& text) {
  const auto document = json::parse(text);
  EXPECT_TRUE(document);
  return document ? detail::shown(document->root()) : std::string();
}

TEST(json_describe, shows_values_short) {
  EXPECT_EQ(shown(R"({"a":[1,2.50,null],"b":"x"})"), R"({"a":[1,2.50,null],"b":"x"})");
  EXPECT_EQ(shown("[[[[[[1]]]]]]"), "[[[[[...]]]]]");
  EXPECT_EQ(shown('"' + std::string(100, 'x') + '"'), '"' + std::string(79, 'x') + "...");
  std::string umlauts = "\"";
  for (int i = 0; i < 100; ++i) umlauts += "\xC3\xA4";
  EXPECT_EQ(shown(umlauts + '"').size(), 1U + 79 * 2 + 3);
  std::string many = "[0";
  for (int i = 0; i < 100'000; ++i) many += ",0";
  EXPECT_EQ(shown(many + "]").size(), 83U);
}

TEST(json_describe, names_types) {
  EXPECT_EQ(detail::type_names(detail::type_bit::number), "number");
  EXPECT_EQ(detail::type_names(detail::type_bit::integer | detail::type_bit::null), "integer or null");
  EXPECT_EQ(detail::type_names(detail::type_bit::string | detail::type_bit::array | detail::type_bit::null),
            "array, string or null");
}

TEST(json_describe, finds_the_name_that_was_meant) {
  const auto nearest = [](const char* wanted, std::initializer_list<const char*> names) {
    detail::near_miss near(wanted);
    for (const char* name : names) near.offer(name);
    return near.found() ? std::string(near.name()) : std::string();
  };
  EXPECT_EQ(nearest("age", {"name", "Age"}), "Age");
  EXPECT_EQ(nearest("first_name", {"name", "firstName", "first"}), "firstName");
  EXPECT_EQ(nearest("description", {"descriptoin", "title"}), "descriptoin");
  EXPECT_EQ(nearest("scael", {"steel", "scale"}), "scale");  // neighbours that change places are one slip
  EXPECT_EQ(nearest("aslce", {"scale"}), "");
  EXPECT_EQ(nearest("age", {"ape"}), "");
  EXPECT_EQ(nearest("a", {"b"}), "");
}

}  // namespace describe_test
