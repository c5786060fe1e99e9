// SPDX-License-Identifier: MIT
// Keywords that apply schemas to the same value, and those that ask what they have looked at.
#include "unit/json/schema_cases.hpp"

namespace schema_applicators_test {

using namespace schema_cases;
using json::dialect;

TEST(json_schema, booleans) {
  expect("true", {"1", "{}"}, {});
  expect("false", {}, {"1", "{}"});
  expect("{}", {"1"}, {});
}

TEST(json_schema, all_any_one_not) {
  expect(R"({"allOf":[{"minimum":1},{"maximum":2}]})", {"1", "2"}, {"0", "3"});
  expect(R"({"anyOf":[{"minimum":3},{"type":"string"}]})", {"3", "\"\"", "null"}, {"2"});
  expect(R"({"oneOf":[{"minimum":3},{"type":"integer"}]})", {"1", "3.5", "\"\""}, {"4", "1.5"});
  expect(R"({"not":{"type":"integer"}})", {"1.5", "\"\""}, {"1"});
  expect(R"({"not":{"not":{"type":"integer"}}})", {"1"}, {"1.5"});
}

TEST(json_schema, if_then_else) {
  expect(R"({"if":{"minimum":0},"then":{"multipleOf":2},"else":{"maximum":-10}})", {"2", "-10", "\"\""},
         {"1", "-9"});
  expect(R"({"then":false,"else":false})", {"1"}, {});
  expect(R"({"if":true,"then":{"type":"null"},"else":false})", {"null"}, {"1"});
  expect(R"({"if":false,"then":false,"else":{"type":"null"}})", {"null"}, {"1"});
  expect(R"({"if":{"minimum":0},"then":false})", {"1"}, {}, draft(dialect::draft6));
}

TEST(json_schema, unevaluated_properties_see_valid_branches_only) {
  expect(R"({"properties":{"a":{}},"allOf":[{"properties":{"b":{}}}],"unevaluatedProperties":false})",
         {R"({"a":1,"b":1})"}, {R"({"c":1})"});
  expect(
      R"({"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"const":1}},"required":["b"]}],"unevaluatedProperties":false})",
      {R"({"a":1})", R"({"a":1,"b":1})"}, {R"({"a":1,"b":2})", R"({"a":1,"c":1})"});
  expect(R"({"not":{"not":{"properties":{"a":{}}}},"unevaluatedProperties":false})", {"{}"}, {R"({"a":1})"});
  expect(
      R"({"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false})",
      {R"({"a":1,"b":2})", "{}"}, {R"({"b":2})", R"({"a":1,"c":2})"});
  expect(R"({"if":{"patternProperties":{"^a":{}}},"unevaluatedProperties":false})", {R"({"ab":1})"},
         {R"({"b":1})"});
  expect(
      R"({"dependentSchemas":{"a":{"properties":{"b":{}}}},"properties":{"a":{}},"unevaluatedProperties":false})",
      {R"({"a":1,"b":1})"}, {R"({"b":1})"});
  expect(
      R"({"$ref":"#/$defs/x","unevaluatedProperties":{"type":"string"},"$defs":{"x":{"properties":{"a":{}}}}})",
      {R"({"a":1,"b":"s"})"}, {R"({"b":1})"});
}

TEST(json_schema, unevaluated_looks_neither_up_nor_sideways) {
  expect(R"({"properties":{"a":{}},"allOf":[{"unevaluatedProperties":false}]})", {"{}"}, {R"({"a":1})"});
  expect(R"({"allOf":[{"properties":{"a":{}}},{"unevaluatedProperties":false}]})", {"{}"}, {R"({"a":1})"});
  expect(R"({"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false})", {R"({"a":1})"}, {});
  expect(R"({"properties":{"x":{"properties":{"a":{}}}},"unevaluatedProperties":false})",
         {R"({"x":{"a":1,"b":1}})"}, {R"({"a":1})"});
}

TEST(json_schema, unevaluated_items) {
  expect(R"({"prefixItems":[true],"unevaluatedItems":false})", {"[]", "[1]"}, {"[1,2]"});
  expect(R"({"items":true,"unevaluatedItems":false})", {"[1,2]"}, {});
  expect(R"({"contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}})", {"[\"a\",1]"},
         {"[\"a\",null]"});
  expect(
      R"({"anyOf":[{"prefixItems":[{"const":1}]},{"prefixItems":[true,{"const":2}]}],"unevaluatedItems":false})",
      {"[1]", "[1,2]", "[3,2]"}, {"[1,2,3]"});
  expect(R"({"items":[true],"unevaluatedItems":false})", {"[1]"}, {"[1,2]"}, draft(dialect::draft2019_09));
  expect(R"({"items":[true],"additionalItems":true,"unevaluatedItems":false})", {"[1,2]"}, {},
         draft(dialect::draft2019_09));
  expect(R"({"contains":{"type":"string"},"unevaluatedItems":false})", {"[\"a\"]"}, {"[\"a\",1]"},
         draft(dialect::draft2019_09));
  expect(R"({"unevaluatedItems":false,"unevaluatedProperties":false})", {"[1]", "{\"a\":1}"}, {},
         draft(dialect::draft7));
}

}  // namespace schema_applicators_test
