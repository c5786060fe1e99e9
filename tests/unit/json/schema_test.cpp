// SPDX-License-Identifier: MIT
// What does not compile, what is warned of, what is bounded.
#include "unit/json/schema_cases.hpp"

#include <utility>
#include <vector>

namespace schema_test {

using namespace schema_cases;
using json::dialect;

TEST(json_schema, validates_in_five_lines) {
  const auto schema = json::schema::compile(R"({"type":"object","required":["name"]})");
  const auto document = json::parse(R"({"name":"x"})", {.duplicates = json::duplicate_keys::error});
  ASSERT_TRUE(schema && document);
  EXPECT_TRUE(schema->accepts(document->root()));
}

TEST(json_schema, refuses_with_the_pointer_to_the_fault) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"type":"strin"})", "\"/type\""},
      {R"({"type":[]})", "\"/type\""},
      {R"({"properties":{"a":{"minLength":-1}}})", "\"/properties/a/minLength\""},
      {R"({"items":{"maxItems":1.5}})", "\"/items/maxItems\""},
      {R"({"multipleOf":0})", "\"/multipleOf\""},
      {R"({"allOf":[]})", "\"/allOf\""},
      {R"({"allOf":[true,{"not":3}]})", "\"/allOf/1/not\""},
      {R"({"required":["a","a"]})", "\"/required\""},
      {R"({"required":"a"})", "\"/required\""},
      {R"({"$defs":{"unused":{"pattern":"["}}})", "\"/$defs/unused/pattern\""},
      {R"({"patternProperties":{"(":{}}})", "\"/patternProperties\""},
      {R"({"$ref":"#/$defs/none"})", "\"/$ref\""},
      {R"({"$ref":"#none"})", "\"/$ref\""},
      {R"({"$ref":"#/type","type":"object"})", "\"/$ref\""},
      {R"({"$anchor":"a b"})", "\"/$anchor\""},
      {R"({"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}})", "$anchor\""},
      {R"({"$id":"http://h/","$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}})", "$id\""},
      {R"({"$id":"#x"})", "\"/$id\""},
      {R"({"items":[{}]})", "older"},
      {R"({"dependentRequired":{"a":["b","b"]}})", "\"/dependentRequired\""},
      {"1", "boolean"},
      {"[]", "boolean"},
  };
  for (const auto& [schema, where] : cases) {
    const std::string message = fault(schema);
    if (std::string(where) == "older") {
      EXPECT_NE(message.find("looks like draft 4"), std::string::npos) << message;
    } else {
      EXPECT_NE(message.find(where), std::string::npos) << schema << ": " << message;
    }
  }
  EXPECT_NE(fault(R"({"exclusiveMinimum":true})", draft(dialect::draft4)).find("needs \"minimum\""),
            std::string::npos);
  EXPECT_NE(fault("{").find("line 1"), std::string::npos);
  EXPECT_NE(fault(R"({"type":"object","type":"array"})").find("not in the object yet"), std::string::npos);
}

TEST(json_schema, what_makes_no_sense_is_refused_without_the_metaschema_too) {
  json::schema_options unchecked;
  unchecked.check_schema = false;
  for (const char* schema :
       {R"({"minLength":-1})", R"({"maxItems":1.5})", R"({"multipleOf":-1})", R"({"pattern":"("})",
        R"({"$ref":"#/none"})", R"({"$defs":{"a":{"minItems":"1"}}})", R"({"$ref":"#"})"}) {
    fault(schema, unchecked);
  }
  expect(R"({"type":5,"required":[1],"enum":3,"title":7})", {"1"}, {}, unchecked);
}

TEST(json_schema, references_that_go_in_a_circle) {
  for (
      const char* schema :
      {R"({"$ref":"#"})", R"({"allOf":[{"$ref":"#"}]})",
       R"({"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[true,{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}})",
       R"({"if":{"$ref":"#"}})", R"({"dependentSchemas":{"a":{"$ref":"#"}}})"}) {
    EXPECT_NE(fault(schema).find("for ever"), std::string::npos) << schema;
  }
  // A step into the value ends it, and so does coming to a schema twice on different ways.
  expect(
      R"({"properties":{"a":{"$ref":"#"}},"allOf":[{"$ref":"#/$defs/x"},{"$ref":"#/$defs/x"}],"$defs":{"x":{"maxProperties":1}}})",
      {R"({"a":{"a":{}}})"}, {R"({"a":{"a":1,"b":1}})"});
}

TEST(json_schema, dynamic_recursion_without_a_step_hits_the_limit) {
  const auto schema = json::schema::compile(
      R"({"$id":"http://h/a","$dynamicAnchor":"x","$ref":"b","$defs":{"b":{"$id":"b","$dynamicRef":"#x","$defs":{"c":{"$dynamicAnchor":"x"}}}}})");
  ASSERT_TRUE(schema);
  json::validator validator(*schema);
  const json::document one = parsed("1");
  EXPECT_EQ(validator.check(one.root()), json::verdict::limit);
  EXPECT_EQ(validator.limit(), json::validation_limit::depth);
  EXPECT_FALSE(schema->accepts(one.root()));
}

std::vector<json::schema_warning_kind> warned(std::string_view text,
                                              const json::schema_options& options = {}) {
  std::vector<json::schema_warning_kind> kinds;
  const auto schema = json::schema::compile(text, options);
  EXPECT_TRUE(schema);
  if (schema) {
    for (const auto& warning : schema->warnings()) kinds.push_back(warning.kind);
  }
  return kinds;
}

TEST(json_schema, warns_of_what_is_probably_not_meant) {
  using enum json::schema_warning_kind;
  using kinds = std::vector<json::schema_warning_kind>;
  EXPECT_EQ(warned("true"), kinds{accepts_everything});
  EXPECT_EQ(warned(R"({"title":"x","$ref":"#/$defs/a","$defs":{"a":{}}})"), kinds{accepts_everything});
  EXPECT_EQ(warned(R"({"type":"object","properties":{"a":{}}})"), kinds{accepts_empty_object});
  EXPECT_EQ(warned(R"({"type":"object","required":["a"]})"), kinds{});
  EXPECT_EQ(warned(R"({"type":"array"})"), kinds{});
  EXPECT_EQ(warned(R"({"id":"http://h/","type":"array"})"), kinds{looks_older});
  EXPECT_EQ(
      warned(R"({"$schema":"https://json-schema.org/draft/2020-12/schema","id":"http://h/","type":"array"})"),
      kinds{});
  EXPECT_EQ(warned(R"({"type":"array","colour":1,"x-mine":1})", draft(dialect::v1)), kinds{unknown_keyword});
  json::schema_options strict;
  strict.strict_keywords = true;
  EXPECT_NE(fault(R"({"items":{"colour":1}})", strict).find("/items/colour"), std::string::npos);
  json::schema_options formats;
  formats.assert_format = true;
  EXPECT_EQ(warned(R"({"type":"string","format":"colour"})", formats), kinds{unknown_format});
}

TEST(json_schema, knows_its_dialect) {
  EXPECT_EQ(json::schema::compile("{}")->dialect(), dialect::draft2020_12);
  EXPECT_EQ(json::schema::compile("{}", draft(dialect::draft4))->dialect(), dialect::draft4);
  EXPECT_EQ(json::schema::compile(R"({"$schema":"http://json-schema.org/draft-06/schema"})")->dialect(),
            dialect::draft6);
  EXPECT_EQ(json::dialect_of("2019-09"), dialect::draft2019_09);
  EXPECT_EQ(json::dialect_of("http://json-schema.org/draft-07/schema#"), dialect::draft7);
  EXPECT_FALSE(json::dialect_of("https://json-schema.org/draft-07/schema#"));
  EXPECT_EQ(to_string(dialect::v1), "v1");
}

TEST(json_schema, a_copy_outlives_the_first) {
  std::optional<json::validator> validator;
  {
    const auto schema = json::schema::compile(R"({"enum":["a","b"]})");
    ASSERT_TRUE(schema);
    validator.emplace(*schema);
  }
  EXPECT_EQ(check(*validator, "\"b\""), json::verdict::valid);
}

TEST(json_schema, unions_do_not_explode) {
  // Both branches of every level fit until the last: 2^60 ways without a memory.
  const auto schema = json::schema::compile(
      R"({"$defs":{"a":{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]},"b":{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]}},
    "anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/b"}]})");
  ASSERT_TRUE(schema);
  std::string text = "0";
  for (int i = 0; i < 60; ++i) text = R"({"n":)" + text + "}";
  json::validator validator(*schema);
  const json::document document = parsed(text);
  EXPECT_EQ(validator.check(document.root()), json::verdict::invalid);
  EXPECT_EQ(validator.validate(document.root()).errors_total, 1U);
  // With annotations nothing can be remembered; there is a limit instead.
  const auto marked = json::schema::compile(
      R"({"$defs":{"a":{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]}},
    "anyOf":[{"$ref":"#/$defs/a"},{"allOf":[{"$ref":"#/$defs/a"}]}],"unevaluatedProperties":false})");
  ASSERT_TRUE(marked);
  json::validator limited(*marked, {.max_steps = 100'000});
  EXPECT_NE(limited.check(document.root()), json::verdict::valid);
}

TEST(json_schema, deep_values_and_deep_schemas) {
  const auto tree =
      json::schema::compile(R"({"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"integer"}]})");
  ASSERT_TRUE(tree);
  json::validator validator(*tree);
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  const json::document document = parsed(deep);
  EXPECT_EQ(validator.check(document.root()), json::verdict::valid);
  const std::size_t depth = 10'000;
  const auto deeper = json::parse(std::string(depth, '[') + std::string(depth, ']'), {.max_depth = depth});
  ASSERT_TRUE(deeper);
  EXPECT_EQ(validator.check(deeper->root()), json::verdict::limit);
  std::string schema = "true";
  for (int i = 0; i < 500; ++i) schema = R"({"anyOf":[false,)" + schema + "]}";
  expect(schema, {"1"}, {});
}

TEST(json_schema, large_schemas) {
  std::string values = R"({"enum":[)";
  for (int i = 0; i < 5000; ++i) values += (i == 0 ? "\"v" : ",\"v") + std::to_string(i) + '"';
  expect(values + "]}", {"\"v0\"", "\"v4999\""}, {"\"v5000\"", "\"V1\""});
  // A megabyte of definitions, each referring to the next.
  std::string schema = R"({"$ref":"#/$defs/d0","$defs":{)";
  const int count = 20'000;
  for (int i = 0; i < count; ++i) {
    schema += (i == 0 ? "\"d" : ",\"d") + std::to_string(i) + R"(":{"properties":{"n":{"$ref":"#/$defs/d)" +
              std::to_string((i + 1) % count) + R"("}}})";
  }
  expect(schema + "}}", {R"({"n":{"n":{}}})"}, {}, {});
}

TEST(json_schema, hostile_error_lists) {
  // Many missing and many unexpected properties, each of which could be compared with each other one.
  std::string schema = R"({"additionalProperties":false,"required":["r)";
  std::string object = "{\"x\":0";
  for (int i = 0; i < 20'000; ++i) {
    schema += "\",\"required_number_" + std::to_string(i);
    object += ",\"unexpected_number_" + std::to_string(i) + "\":0";
  }
  expect(schema + R"("],"properties":{"required_number_7":true}})", {}, {object + "}"});
  // A chain of references.
  std::string chain = R"({"$ref":"#/$defs/c0","$defs":{)";
  for (int i = 0; i < 20'000; ++i)
    chain += "\"c" + std::to_string(i) + R"(":{"$ref":"#/$defs/c)" + std::to_string(i + 1) + "\"},";
  expect(chain + R"("c20000":{"type":"null"}}})", {"null"}, {"1"});
}

TEST(json_schema, long_arrays_and_objects) {
  std::string array = "[0";
  std::string object = R"({"k":0)";
  for (int i = 1; i < 50'000; ++i) {
    array += ',' + std::to_string(i);
    object += ",\"k" + std::to_string(i) + "\":0";
  }
  expect(R"({"uniqueItems":true,"items":{"minimum":0}})", {array + "]"}, {array + ",7e0]"});
  expect(R"({"additionalProperties":{"const":0},"dependentRequired":{"k":["k1"]}})", {object + "}"},
         {object + R"(,"x":1})"});
}

}  // namespace schema_test
