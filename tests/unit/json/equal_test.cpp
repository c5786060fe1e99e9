// SPDX-License-Identifier: MIT
#include <evalpp/json/equal.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>

namespace equal_test {

namespace json = evalpp::json;

struct pair_case {
  const char* a;
  const char* b;
  bool equal;
};

TEST(json_equal, is_that_of_json_schema) {
  const pair_case cases[] = {
      {"1", "1.0", true},
      {"1", "100e-2", true},
      {"-0", "0", true},
      {"0.0", "0e7", true},
      {"9007199254740993", "9007199254740992", false},
      {"0.1", "0.10000000000000001", false},
      {"1e400", "10e399", true},
      {"1", "true", false},
      {"0", "false", false},
      {"1", "\"1\"", false},
      {"null", "null", true},
      {"null", "false", false},
      {"\"\\u00e9\"", "\"e\\u0301\"", false},
      {"\"a\"", "\"\\u0061\"", true},
      {"[1,2]", "[1.0,2e0]", true},
      {"[1,2]", "[2,1]", false},
      {"[]", "{}", false},
      {R"({"a":1,"b":[{"c":null}]})", R"({"b":[{"c":null}],"a":1.0})", true},
      {R"({"a":1,"b":2})", R"({"a":1,"c":2})", false},
      {R"({"a":1,"b":2})", R"({"b":1,"a":2})", false},
      {R"({"a":1})", R"({"a":1,"b":2})", false},
      {R"([[[[1]]]])", R"([[[[1]]]])", true},
      {R"([[[[1]]]])", R"([[[[2]]]])", false},
  };
  json::equality equality;
  for (const pair_case& c : cases) {
    const auto a = json::parse(c.a);
    const auto b = json::parse(c.b);
    ASSERT_TRUE(a && b) << c.a << ' ' << c.b;
    EXPECT_EQ(equality.equal(a->root(), b->root()), c.equal) << c.a << ' ' << c.b;
    EXPECT_EQ(equality.equal(b->root(), a->root()), c.equal) << c.b << ' ' << c.a;
    EXPECT_EQ(json::equal(a->root(), b->root()), c.equal);
    // The hash cannot promise more than this; that it tells these apart is its quality.
    EXPECT_EQ(equality.hash(a->root()) == equality.hash(b->root()), c.equal) << c.a << ' ' << c.b;
  }
}

TEST(json_equal, takes_no_stack_for_what_nests) {
  const std::size_t depth = 200'000;
  const std::string text = std::string(depth, '[') + std::string(depth, ']');
  const auto a = json::parse(text, {.max_depth = depth});
  const auto b = json::parse(text, {.max_depth = depth});
  ASSERT_TRUE(a && b);
  json::equality equality;
  EXPECT_TRUE(equality.equal(a->root(), b->root()));
  EXPECT_EQ(equality.hash(a->root()), equality.hash(b->root()));
}

TEST(json_equal, is_not_quadratic_in_the_members_of_an_object) {
  std::string up = "{";
  std::string down = "{";
  const int count = 100'000;
  for (int i = 0; i < count; ++i) {
    up += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
    down += (i == 0 ? "\"" : ",\"") + std::to_string(count - 1 - i) + "\":1";
  }
  const auto a = json::parse(up + "}");
  const auto b = json::parse(down + "}");
  ASSERT_TRUE(a && b);
  EXPECT_TRUE(json::equal(a->root(), b->root()));
}

}  // namespace equal_test
