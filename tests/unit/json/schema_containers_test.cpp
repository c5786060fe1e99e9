// SPDX-License-Identifier: MIT
// Keywords about arrays and objects.
#include "unit/json/schema_cases.hpp"

namespace schema_containers_test {

using namespace schema_cases;
using json::dialect;

TEST(json_schema, items_by_dialect) {
  expect(R"({"prefixItems":[{"type":"integer"}],"items":{"type":"string"}})",
         {"[]", "[1]", "[1,\"a\"]", "{}"}, {"[\"a\"]", "[1,2]"});
  expect(R"({"items":false})", {"[]"}, {"[1]"});
  expect(R"({"items":[{"type":"integer"}],"additionalItems":{"type":"string"}})", {"[1,\"a\"]"}, {"[1,2]"},
         draft(dialect::draft2019_09));
  expect(R"({"items":{"type":"integer"},"additionalItems":false})", {"[1,2]"}, {"[\"a\"]"},
         draft(dialect::draft7));
  expect(R"({"additionalItems":false})", {"[1,2]"}, {}, draft(dialect::draft4));
  expect(R"({"items":[{}],"additionalItems":false})", {"[1]"}, {"[1,2]"}, draft(dialect::draft4));
}

TEST(json_schema, counts_of_items) {
  expect(R"({"minItems":1,"maxItems":2.0})", {"[1]", "[1,2]", "\"\""}, {"[]", "[1,2,3]"});
}

TEST(json_schema, contains) {
  expect(R"({"contains":{"const":1}})", {"[1]", "[0,1,1]", "{}"}, {"[]", "[2]"});
  expect(R"({"contains":{"const":1},"minContains":2,"maxContains":3})", {"[1,1]", "[1,2,1,1]"},
         {"[1]", "[1,1,1,1]"});
  expect(R"({"contains":{"const":1},"minContains":0})", {"[]", "[2]"}, {});
  expect(R"({"contains":false,"minContains":0,"maxContains":0})", {"[]", "[2]"}, {});
  expect(R"({"minContains":2,"maxContains":1})", {"[]", "[2]"}, {});
  expect(R"({"contains":{"const":1},"minContains":2})", {"[1]"}, {"[]"}, draft(dialect::draft7));
  expect(R"({"contains":{"const":1}})", {"[]"}, {}, draft(dialect::draft4));
}

TEST(json_schema, unique_items) {
  expect(R"({"uniqueItems":true})",
         {"[1,true,\"1\",[1],{\"a\":1}]", "[]", "[{\"a\":1},{\"a\":2}]", "[0,false,null,\"\",[],{}]"},
         {"[1,1.0]", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]", "[0,-0]", "[[1,[2]],[1.0,[2e0]]]"});
  expect(R"({"uniqueItems":true})", {"[1,2,3,4,5,6,7,8,9,10,11]"},
         {"[1,2,3,4,5,6,7,8,9,10,1e1]", "[[],{},1,2,3,4,5,6,7,8,{},9]"});
  expect(R"({"uniqueItems":false})", {"[1,1]"}, {});
}

TEST(json_schema, properties) {
  expect(R"({"properties":{"a":{"type":"integer"},"b":{}},"additionalProperties":false})",
         {"{}", R"({"b":0,"a":1})", "[]"}, {R"({"a":"x"})", R"({"c":1})"});
  expect(R"({"properties":{"toString":false,"__proto__":{"type":"string"}}})", {"{}", R"({"__proto__":""})"},
         {R"({"toString":1})", R"({"__proto__":1})"});
  expect(R"({"properties":{"":{"type":"null"},"a/b":{"type":"null"}}})", {R"({"":null})"},
         {R"({"":1})", R"({"a/b":1})"});
  expect(R"({"properties":{"$ref":{"type":"string"}}})", {R"({"$ref":"a"})"}, {R"({"$ref":1})"});
}

TEST(json_schema, pattern_properties_apply_beside_properties) {
  expect(
      R"({"properties":{"foo":{"minimum":1}},"patternProperties":{"^f":{"maximum":3},"o$":{"type":"integer"}},"additionalProperties":{"type":"string"}})",
      {R"({"foo":2})", R"({"fx":3.5e-1})", R"({"x":"s"})"},
      {R"({"foo":0})", R"({"foo":4})", R"({"foo":1.5})", R"({"x":1})"});
}

TEST(json_schema, additional_properties_see_only_their_own_object) {
  expect(R"({"allOf":[{"properties":{"a":{}}}],"properties":{"b":{}},"additionalProperties":false})",
         {R"({"b":1})"}, {R"({"a":1})"});
}

TEST(json_schema, property_names_and_counts) {
  expect(R"({"propertyNames":{"maxLength":2}})", {R"({"ab":1})", "{}", "[]"}, {R"({"abc":1})"});
  expect(R"({"propertyNames":false})", {"{}"}, {R"({"a":1})"});
  expect(R"({"minProperties":1,"maxProperties":2})", {R"({"a":1})"}, {"{}", R"({"a":1,"b":1,"c":1})"});
  const auto schema = json::schema::compile(R"({"maxProperties":1})");
  ASSERT_TRUE(schema);
  const json::document twice = parsed(R"({"a":1,"\u0061":2})");
  EXPECT_TRUE(schema->accepts(twice.root()));
}

TEST(json_schema, required) {
  expect(R"({"required":["a","b"]})", {R"({"b":null,"a":1,"c":2})", "[]", "1"}, {R"({"a":1})", "{}"});
  expect(R"({"required":[]})", {"{}"}, {});
  expect(R"({"properties":{"a":{}},"required":["a"]})", {R"({"a":1})"}, {R"({"A":1})"});
}

TEST(json_schema, dependencies_of_all_kinds) {
  expect(R"({"dependentRequired":{"a":["b","c"]}})", {"{}", R"({"b":1})", R"({"a":null,"b":1,"c":1})"},
         {R"({"a":null,"b":1})"});
  expect(R"({"dependentSchemas":{"a":{"maxProperties":1}}})", {R"({"b":1,"c":1})", R"({"a":1})"},
         {R"({"a":1,"b":1})"});
  for (const dialect d : {dialect::draft4, dialect::draft7, dialect::draft2020_12, dialect::v1}) {
    expect(R"({"dependencies":{"a":["b"],"c":{"required":["d"]}}})",
           {"{}", R"({"a":1,"b":1})", R"({"c":1,"d":1})"}, {R"({"a":1})", R"({"c":1})"}, draft(d));
  }
}

TEST(json_schema, property_dependencies_of_v1) {
  const char* const schema =
      R"({"propertyDependencies":{"kind":{"a":{"required":["x"]},"b":{"required":["y"]}}}})";
  expect(schema, {"{}", R"({"kind":"c"})", R"({"kind":1})", R"({"kind":"a","x":1})"},
         {R"({"kind":"a","y":1})", R"({"kind":"b"})"}, draft(dialect::v1));
  expect(schema, {R"({"kind":"a"})"}, {});
}

}  // namespace schema_containers_test
