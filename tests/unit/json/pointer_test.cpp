// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace pointer_test {

namespace json = evalpp::json;

TEST(json_pointer, resolves_the_examples_of_rfc_6901) {
  const auto document = json::parse(
      R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})");
  ASSERT_TRUE(document);
  const std::pair<const char*, const char*> cases[] = {
      {"/foo", R"(["bar","baz"])"},
      {"/foo/0", R"("bar")"},
      {"/", "0"},
      {"/a~1b", "1"},
      {"/c%d", "2"},
      {"/e^f", "3"},
      {"/g|h", "4"},
      {"/i\\j", "5"},
      {"/k\"l", "6"},
      {"/ ", "7"},
      {"/m~0n", "8"},
  };
  EXPECT_EQ(json::resolve_pointer(document->root(), "").identity(), document->root().identity());
  for (const auto& [pointer, expected] : cases) {
    EXPECT_EQ(json::write(json::resolve_pointer(document->root(), pointer)), expected) << pointer;
  }
  for (const char* nowhere : {"/foo/2", "/foo/00", "/foo/-", "/foo/0/x", "/foo/-1", "/foo/+1", "/nothing",
                              "foo", "/m~n", "/m~2n"}) {
    EXPECT_FALSE(json::resolve_pointer(document->root(), nowhere).exists()) << nowhere;
  }
}

TEST(json_pointer, unescapes_once_and_in_order) {
  const auto tokens = json::parse_pointer("/~01/~10/~1/");
  ASSERT_TRUE(tokens);
  EXPECT_EQ(*tokens, (std::vector<std::string>{"~1", "/0", "/", ""}));
  std::string again;
  for (const std::string& token : *tokens) json::append_pointer(again, token);
  EXPECT_EQ(again, "/~01/~10/~1/");
  json::append_pointer(again, 12U);
  EXPECT_EQ(again, "/~01/~10/~1//12");
}

TEST(json_pointer, says_where_it_is_ill_formed) {
  EXPECT_EQ(json::parse_pointer("a").error().offset, 0U);
  EXPECT_EQ(json::parse_pointer("/ab~").error().offset, 3U);
  EXPECT_EQ(json::parse_pointer("/~2").error().offset, 1U);
}

TEST(json_pointer, knows_indices) {
  EXPECT_EQ(json::pointer_index("0"), 0U);
  EXPECT_EQ(json::pointer_index("10"), 10U);
  for (const char* none : {"", "01", "-1", "1e0", " 1", "99999999999999999999999"}) {
    EXPECT_FALSE(json::pointer_index(none)) << none;
  }
}

}  // namespace pointer_test
