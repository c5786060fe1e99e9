// SPDX-License-Identifier: MIT
// Checking a value allocates nothing once the validator is warm.
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include "laws/allocations.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>

namespace {

namespace json = evalpp::json;

const char* const everything = R"json({
  "$id": "http://h/root", "$dynamicAnchor": "node", "type": "object",
  "properties": {
    "name": {"type": "string", "minLength": 1, "maxLength": 20, "pattern": "^[A-Z][a-z]+$", "format": "email"},
    "date": {"format": "date"}, "host": {"format": "idn-hostname"}, "back": {"pattern": "^(a|b)c\\1(?=d)"},
    "age": {"type": "integer", "minimum": 0, "exclusiveMaximum": 150.5, "multipleOf": 0.5},
    "big": {"minimum": 1e30, "multipleOf": 100000000000000000000},
    "kind": {"enum": ["a", "b", {"c": [1, 2]}, 3.0]}, "fixed": {"const": {"x": [1, {"y": 2}]}},
    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "contains": {"const": "t"}, "minContains": 1},
    "pair": {"prefixItems": [true, {"type": "null"}], "unevaluatedItems": false},
    "shape": {"oneOf": [{"required": ["r"]}, {"required": ["s"]}], "not": {"required": ["q"]}},
    "child": {"$dynamicRef": "#node"}
  },
  "patternProperties": {"^x-": {"type": "number"}}, "propertyNames": {"maxLength": 10},
  "dependentRequired": {"name": ["age"]}, "dependentSchemas": {"tags": {"required": ["name"]}},
  "if": {"required": ["shape"]}, "then": {"properties": {"z": true}},
  "unevaluatedProperties": false, "minProperties": 1, "maxProperties": 20})json";

std::string instance(const std::string& child, int tags) {
  std::string text =
      R"({"name":"Abc","date":"x","host":"b\u00fccher.example","back":"acad","age":4,"big":1234567890123456789010e30,)"
      R"("kind":{"c":[1,2.0]},"fixed":{"x":[1,{"y":2}]},"pair":[1,null],"shape":{"r":1},"x-a":1,"tags":["t")";
  for (int i = 0; i < tags; ++i) text += ",\"" + std::to_string(i) + '"';
  return text + "]" + (child.empty() ? "" : ",\"child\":" + child) + "}";
}

TEST(json_schema_law, a_check_allocates_nothing_after_warm_up) {
  json::schema_options options;
  for (const bool formats : {false, true}) {
    if (formats) options.assert_format = true;
    const auto schema = json::schema::compile(everything, options);
    ASSERT_TRUE(schema) << to_string(schema.error());
    json::validator validator(*schema);
    std::string text;
    for (int depth = 0; depth < 5; ++depth) text = instance(text, 30);
    const auto document = json::parse(text);
    const auto other = json::parse(instance("{\"none\":1}", 5));
    ASSERT_TRUE(document && other);
    EXPECT_EQ(validator.check(document->root()), formats ? json::verdict::invalid : json::verdict::valid);
    EXPECT_EQ(validator.check(other->root()), json::verdict::invalid);
    const std::size_t before = laws::allocations();
    bool same = true;
    for (int i = 0; i < 50; ++i) {
      same = same &&
             validator.check(document->root()) == (formats ? json::verdict::invalid : json::verdict::valid);
      same = same && validator.check(other->root()) == json::verdict::invalid;
    }
    EXPECT_EQ(laws::allocations(), before);
    EXPECT_TRUE(same);
  }
}

TEST(json_schema_law, a_valid_value_costs_no_allocation_in_validate) {
  const auto schema = json::schema::compile(R"({"items":{"anyOf":[{"type":"string"},{"type":"integer"}]}})");
  ASSERT_TRUE(schema);
  json::validator validator(*schema);
  const auto document = json::parse(R"([1,"a",2])");
  ASSERT_TRUE(document);
  EXPECT_TRUE(validator.validate(document->root()));
  const std::size_t before = laws::allocations();
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(validator.validate(document->root()));
  EXPECT_EQ(laws::allocations(), before);
}

}  // namespace
