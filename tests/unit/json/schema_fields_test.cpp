// SPDX-License-Identifier: MIT
#include <evalpp/json/field_table.hpp>
#include <evalpp/json/schema_fields.hpp>

#include <gtest/gtest.h>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace schema_fields_test {

namespace json = evalpp::json;

json::field_table table_of(std::string_view schema_text, const std::vector<std::string_view>& values) {
  const auto schema = json::schema::compile(schema_text);
  EXPECT_TRUE(schema) << to_string(schema.error());
  json::schema_fields fields(*schema);
  json::field_table table;
  for (const std::string_view text : values) {
    const auto document = json::parse(text);
    EXPECT_TRUE(document) << text;
    fields.for_each_field(document->root(), [&](const json::field_outcome& f) { table.add(f); });
  }
  return table;
}

/// expected, present, type ok, value ok
std::string counts(const json::field_table& table, const std::string& path) {
  const auto row = table.rows().find(path);
  if (row == table.rows().end()) return "none";
  const auto& r = row->second;
  return std::to_string(r.expected) + ' ' + std::to_string(r.present) + ' ' + std::to_string(r.type_ok) +
         ' ' + std::to_string(r.value_ok);
}

TEST(schema_fields, what_is_there_and_right_of_what_a_schema_declares) {
  const json::field_table table = table_of(R"({
    "properties": {
      "name": {"type": "string", "minLength": 1},
      "age": {"type": "integer", "minimum": 0},
      "tags": {"type": "array", "items": {"enum": ["a", "b"]}},
      "box": {"type": "object", "properties": {"w x": {"type": "number"}}}},
    "additionalProperties": {"type": "boolean"}})",
                                           {R"({"name": "Ada", "age": 36, "tags": ["a", "c", 1]})",
                                            R"({"name": "", "age": "36", "box": {"w x": 1}, "more": true})",
                                            R"({"age": -1, "box": {}, "more": 0})", "[]"});
  EXPECT_EQ(counts(table, "name"), "3 2 2 1");
  EXPECT_EQ(counts(table, "age"), "3 3 2 1");
  EXPECT_EQ(counts(table, "tags"), "3 1 1 0");
  EXPECT_EQ(counts(table, "tags[]"), "3 3 3 1");
  EXPECT_EQ(counts(table, "box"), "3 2 2 2");
  EXPECT_EQ(counts(table, R"(box["w x"])"), "2 1 1 1");
  EXPECT_EQ(counts(table, "*"), "2 2 1 1");
  EXPECT_EQ(table.rows().size(), 7U);
  EXPECT_EQ(table.rows().at("age").wrong.count(R"("36")"), 1);
  EXPECT_EQ(table.rows().at("age").wrong.count("-1"), 1);
}

TEST(schema_fields, a_place_comes_once_however_many_schemas_speak_of_it) {
  const json::field_table table = table_of(R"({
    "allOf": [{"properties": {"a": {"type": "integer"}}}, {"properties": {"a": {"maximum": 5}, "b": true}}],
    "properties": {"a": {"minimum": 1}}, "patternProperties": {"^a": {"multipleOf": 2}}})",
                                           {R"({"a": 4})", R"({"a": 3})", R"({"a": 6})", R"({"a": "4"})"});
  EXPECT_EQ(counts(table, "a"), "4 4 3 1");
  EXPECT_EQ(counts(table, "b"), "4 0 0 0");
  EXPECT_EQ(table.rows().size(), 2U);
}

TEST(schema_fields, depth_is_bounded) {
  const auto schema = json::schema::compile(R"({"properties": {"a": {"$ref": "#"}}})");
  json::schema_fields fields(*schema);
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += R"({"a":)";
  const auto document = json::parse(deep + "1" + std::string(1000, '}'));
  std::size_t seen = 0;
  fields.for_each_field(document->root(), [&](const json::field_outcome&) { ++seen; });
  EXPECT_EQ(seen, json::schema_fields::max_depth);
}

}  // namespace schema_fields_test
