// SPDX-License-Identifier: MIT
#include <evalpp/json/field_table.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace field_table_test {

namespace json = evalpp::json;
using entries = std::vector<json::tally::entry>;

void add(json::field_table& table, std::string_view reference, std::string_view prediction,
         const json::field_options& options = {}) {
  const auto a = json::parse(reference);
  const auto b = json::parse(prediction);
  ASSERT_TRUE(a && b);
  json::field_comparer comparer;
  comparer.compare(a->root(), b->root(), options);
  comparer.for_each_field([&](const json::field_outcome& field) { table.add(field); });
}

std::string shown(std::string_view text, std::size_t longest = 80) {
  const auto document = json::parse(text);
  EXPECT_TRUE(document);
  std::string out = "what was there";
  if (document) json::excerpt(document->root(), out, longest);
  return out;
}

TEST(json_field_table, tells_path_by_path) {
  json::field_table table;
  add(table, R"({"name":"x","tags":[1,2],"age":3})", R"({"name":"x","tags":[1,5],"age":"3"})");
  add(table, R"({"name":"y","tags":[1],"age":3})", R"({"name":"z","tags":[5]})");
  ASSERT_EQ(table.rows().size(), 3U);
  const auto& age = table.rows().find("age")->second;
  EXPECT_EQ(age.expected, 2);
  EXPECT_EQ(age.present, 1);
  EXPECT_EQ(age.type_ok, 0);
  EXPECT_EQ(age.value_ok, 0);
  EXPECT_EQ(age.wrong.commonest(), (entries{{"\"3\"", 1}}));
  const auto& tags = table.rows().find("tags[]")->second;
  EXPECT_EQ(tags.expected, 3);
  EXPECT_EQ(tags.present, 3);
  EXPECT_EQ(tags.type_ok, 3);
  EXPECT_EQ(tags.value_ok, 1);
  EXPECT_EQ(tags.wrong.commonest(), (entries{{"5", 2}}));
  EXPECT_EQ(table.rows().begin()->first, "age");
}

TEST(json_field_table, adds_up_in_any_order) {
  json::field_table a, b, both;
  add(a, R"({"x":1,"y":2})", R"({"x":1,"y":3})");
  add(b, R"({"y":2,"z":null})", R"({"y":"2"})");
  add(both, R"({"x":1,"y":2})", R"({"x":1,"y":3})");
  add(both, R"({"y":2,"z":null})", R"({"y":"2"})");
  json::field_table ab = a, ba = b;
  ab += b;
  ba += a;
  EXPECT_EQ(ab, both);
  EXPECT_EQ(ba, both);
  ab += json::field_table();
  EXPECT_EQ(ab, both);
  EXPECT_FALSE(a == b);
}

TEST(json_excerpt, is_json_cut_short) {
  EXPECT_EQ(shown("null"), "null");
  EXPECT_EQ(shown("true"), "true");
  EXPECT_EQ(shown("1.50"), "1.50");
  EXPECT_EQ(shown("{}"), "{}");
  EXPECT_EQ(shown("[]"), "[]");
  EXPECT_EQ(shown("[1,2]"), "[...]");
  EXPECT_EQ(shown(R"({"a":1})"), "{...}");
  EXPECT_EQ(shown(R"("a\n\"b")"), R"("a\n\"b")");
  EXPECT_EQ(shown(R"("äöüß")", 4), R"("äöüß")");
  EXPECT_EQ(shown(R"("äöüß")", 3), R"("äöü...")");
  EXPECT_EQ(shown("123456", 3), "123...");
  EXPECT_EQ(shown("\"" + std::string(1'000'000, 'x') + "\""), "\"" + std::string(80, 'x') + "...\"");
  std::string nothing = "x";
  json::excerpt({}, nothing);
  EXPECT_EQ(nothing, "");
}

}  // namespace field_table_test
