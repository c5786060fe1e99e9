// SPDX-License-Identifier: MIT
#include <evalpp/json/find_text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace find_text_test {

namespace json = evalpp::json;

std::string_view found(std::string_view text, std::string_view pointer) {
  const auto span = json::find_text(text, pointer);
  return span ? text.substr(span->begin, span->end - span->begin) : "nothing";
}

TEST(json_find_text, finds_members_and_elements_as_they_are_written) {
  constexpr std::string_view text = R"( {"a": [1, {"b" :  "x,]}\"" } , 1.50], "a/~b": {}, "\u0063": null} )";
  EXPECT_EQ(found(text, ""), text.substr(1, text.size() - 2));
  EXPECT_EQ(found(text, "/a/0"), "1");
  EXPECT_EQ(found(text, "/a/1"), R"({"b" :  "x,]}\"" })");
  EXPECT_EQ(found(text, "/a/1/b"), R"("x,]}\"")");
  EXPECT_EQ(found(text, "/a/2"), "1.50");
  EXPECT_EQ(found(text, "/a~1~0b"), "{}");
  EXPECT_EQ(found(text, "/c"), "null");  // written with an escape
}

TEST(json_find_text, takes_the_first_of_two_equal_keys) { EXPECT_EQ(found(R"({"a":1,"a":2})", "/a"), "1"); }

TEST(json_find_text, finds_nothing_where_there_is_nothing) {
  for (const std::string_view pointer : {"/b", "/a/3", "/a/x", "/a/01", "/a/0/0", "a", "/a/-"})
    EXPECT_EQ(found(R"({"a": [1, 2, 3]})", pointer), "nothing") << pointer;
  for (const std::string_view text : {"", "{", "[1", "{\"a\"", "{\"a\":", "{\"a\":[1,", "{\"a\" 1}", "{1:2}"})
    EXPECT_EQ(found(text, "/a/1"), "nothing") << text;
}

TEST(json_find_text, places_an_error_at_the_value_or_around_it) {
  constexpr std::string_view text = "{\n \"a\": [1,\n  {}]}";
  const auto place = [&](std::string_view pointer) {
    const evalpp::error e = json::at_pointer({evalpp::error_code::invalid_argument, "m"}, text, pointer);
    return std::to_string(e.line) + ':' + std::to_string(e.column);
  };
  EXPECT_EQ(place("/a/1"), "3:3");
  EXPECT_EQ(place("/a/1/missing"), "3:3");
  EXPECT_EQ(place("/b/c"), "1:1");
  EXPECT_EQ(place("no pointer"), "1:1");
  EXPECT_EQ(json::at_pointer({evalpp::error_code::invalid_argument, "m"}, "{", "/a").line, 0U);
}

}  // namespace find_text_test
