// SPDX-License-Identifier: MIT
// Identifiers, references, dialects, vocabularies, loading.
#include "unit/json/schema_cases.hpp"

#include <map>
#include <optional>

namespace schema_references_test {

using namespace schema_cases;
using json::dialect;

/// A loader over a table; counts.
struct table {
  std::map<std::string, std::string, std::less<>> texts;
  int asked = 0;
  std::optional<std::string> operator()(std::string_view uri) {
    ++asked;
    const auto found = texts.find(uri);
    return found == texts.end() ? std::nullopt : std::optional<std::string>(found->second);
  }
};

TEST(json_schema, pointers_in_references) {
  expect(R"({"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"integer"}}})", {"1"}, {"\"\""});
  expect(R"({"$ref":"#/$defs/a~01","$defs":{"a~1":{"type":"integer"},"a/":false}})", {"1"}, {"\"\""});
  expect(R"({"$ref":"#/$defs/%25def","$defs":{"%def":{"type":"integer"}}})", {"1"}, {"\"\""});
  expect(R"({"$ref":"#/$defs//","$defs":{"":{"":{"type":"integer"}}}})", {"1"}, {"\"\""});
  expect(R"({"$ref":"#/allOf/1","allOf":[true,{"type":"integer"}]})", {"1"}, {"\"\""});
  expect(R"({"properties":{"child":{"$ref":"#"}},"additionalProperties":false})",
         {R"({"child":{"child":{}}})"}, {R"({"child":{"x":{}}})"});
}

TEST(json_schema, a_pointer_may_leave_the_schemas) {
  expect(R"({"$ref":"#/x-mine/0/deep","x-mine":[{"deep":{"type":"integer","$id":"http://elsewhere/"}}]})",
         {"1"}, {"\"\""});
  expect(
      R"({"allOf":[{"$ref":"#/examples/0/allOf/0"},{"$ref":"#/examples/0"}],"examples":[{"allOf":[{"$anchor":"a","minimum":1}],"maximum":3}]})",
      {"2"}, {"0", "4"});
  EXPECT_NE(fault(R"({"$ref":"#/examples/0","examples":[1]})").find("no schema"), std::string::npos);
}

TEST(json_schema, siblings_of_a_reference) {
  const char* const schema =
      R"({"definitions":{"a":{"type":"integer"}},"properties":{"x":{"$ref":"#/definitions/a","maximum":3}}})";
  expect(schema, {R"({"x":4})"}, {R"({"x":"s"})"}, draft(dialect::draft7));
  expect(schema, {R"({"x":3})"}, {R"({"x":4})"}, draft(dialect::draft2019_09));
  expect(
      R"({"$id":"http://a/b/","properties":{"x":{"$id":"http://c/","$ref":"d.json"}},"definitions":{"d":{"$id":"d.json","type":"integer"}}})",
      {R"({"x":4})"}, {R"({"x":"s"})"}, draft(dialect::draft7));
}

TEST(json_schema, identifiers_nest) {
  expect(
      R"({"$id":"http://h/root.json","$ref":"sub/item.json","$defs":{"a":{"$id":"sub/","$defs":{"b":{"$id":"item.json","type":"integer"}}}}})",
      {"1"}, {"\"\""});
  expect(R"({"$id":"urn:uuid:1","$ref":"urn:uuid:1#here","$defs":{"a":{"$anchor":"here","type":"integer"}}})",
         {"1"}, {"\"\""});
  expect(R"({"allOf":[{"$ref":"#here"}],"definitions":{"a":{"$id":"#here","type":"integer"}}})", {"1"},
         {"\"\""}, draft(dialect::draft6));
  expect(R"({"allOf":[{"$ref":"other#here"}],"definitions":{"a":{"id":"other#here","type":"integer"}}})",
         {"1"}, {"\"\""}, draft(dialect::draft4));
  expect(
      R"({"$id":"http://h/","$ref":"a#x","$defs":{"a":{"$id":"a","$defs":{"n":{"$anchor":"x","type":"integer"}}},"b":{"$id":"b","$anchor":"x"}}})",
      {"1"}, {"\"\""});
}

TEST(json_schema, words_in_data_are_no_identifiers) {
  expect(
      R"({"$id":"http://h/","const":{"$id":"http://h/","$anchor":"x"},"$defs":{"a":{"$id":"http://h/a","enum":[{"$id":"http://h/a"}]}}})",
      {R"({"$id":"http://h/","$anchor":"x"})"}, {"1"});
}

TEST(json_schema, dynamic_references_take_the_outermost) {
  const char* const schema =
      R"({"$id":"http://h/strict","$ref":"tree","$dynamicAnchor":"node","unevaluatedProperties":false,"$defs":{"t":{
    "$id":"tree","$dynamicAnchor":"node","properties":{"data":true,"children":{"items":{"$dynamicRef":"#node"}}}}}})";
  expect(schema, {R"({"children":[{"data":1}]})"}, {R"({"children":[{"daat":1}]})", R"({"daat":1})"});
  // Without the bookend it is a reference like any other.
  expect(
      R"({"$id":"http://h/a","$ref":"b","$dynamicAnchor":"x","type":"array","$defs":{"b":{"$id":"b","items":{"$dynamicRef":"#x"},"$defs":{"c":{"$anchor":"x","type":"integer"}}}}})",
      {"[1]"}, {"[[]]"});
}

TEST(json_schema, recursive_references_skip_scopes_without_the_anchor) {
  expect(
      R"({"$id":"http://h/a","$recursiveAnchor":true,"$ref":"b","maxProperties":2,"$defs":{"b":{"$id":"b","$ref":"c","$defs":{"c":{"$id":"c","$recursiveAnchor":true,
    "properties":{"x":{"$recursiveRef":"#"}}}}}}})",
      {R"({"x":{"p":1,"q":2}})"}, {R"({"x":{"p":1,"q":2,"r":3}})"}, draft(dialect::draft2019_09));
}

TEST(json_schema, v1_needs_no_bookend) {
  const char* const schema =
      R"({"$id":"http://h/a","$ref":"b","$defs":{"x":{"$dynamicAnchor":"e","type":"string"},"b":{"$id":"b","items":{"$dynamicRef":"#e"}}}})";
  expect(schema, {"[\"\"]"}, {"[1]"}, draft(dialect::v1));
  const auto alone = json::schema::compile(R"({"items":{"$dynamicRef":"#nobody"}})", draft(dialect::v1));
  ASSERT_TRUE(alone);
  json::validator validator(*alone);
  EXPECT_EQ(check(validator, "[]"), json::verdict::valid);
  const json::document one = parsed("[1]");
  EXPECT_EQ(validator.check(one.root()), json::verdict::limit);
  EXPECT_EQ(validator.limit(), json::validation_limit::no_dynamic_target);
  EXPECT_EQ(validator.validate(one.root()).errors.at(0).kind, json::schema_error_kind::limit);
}

TEST(json_schema, loads_what_it_refers_to_once) {
  table texts{{{"http://h/b.json", R"({"$defs":{"n":{"type":"integer"}},"$ref":"c.json"})"},
               {"http://h/c.json", R"({"minimum":0})"}}};
  json::schema_options options;
  options.base_uri = "http://h/a.json";
  options.loader = texts;
  expect(R"({"allOf":[{"$ref":"b.json"},{"$ref":"b.json#/$defs/n"},{"$ref":"http://h/b.json"}]})", {"1"},
         {"-1", "1.5"}, options);
  EXPECT_EQ(texts.asked, 2);
  EXPECT_NE(fault(R"({"properties":{"x":{"$ref":"nothing.json"}}})", options).find("/properties/x/$ref"),
            std::string::npos);
  texts.texts["http://h/bad.json"] = "{";
  EXPECT_NE(fault(R"({"$ref":"bad.json"})", options).find("http://h/bad.json"), std::string::npos);
}

TEST(json_schema, a_loaded_schema_inherits_the_dialect) {
  table texts{
      {{"http://h/b.json", R"({"items":[{"type":"integer"}],"properties":{"old":{"$ref":"c.json"}}})"},
       {"http://h/c.json",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[false]})"}}};
  json::schema_options options = draft(dialect::draft7);
  options.loader = texts;
  expect(R"({"$ref":"http://h/b.json"})", {"[1,\"\"]", R"({"old":[]})"}, {"[\"\"]", R"({"old":[1]})"},
         options);
}

TEST(json_schema, a_loader_that_never_ends_is_stopped) {
  struct endless {
    std::optional<std::string> operator()(std::string_view uri) const {
      return R"({"$ref":")" + std::string(uri) + R"(x"})";
    }
  };
  const endless loader;
  json::schema_options options;
  options.loader = loader;
  options.max_documents = 50;
  EXPECT_NE(fault(R"({"$ref":"http://h/x"})", options).find("more than 50 documents"), std::string::npos);
}

TEST(json_schema, metaschemas_are_built_in) {
  for (const dialect d : {dialect::draft4, dialect::draft6, dialect::draft7, dialect::draft2019_09,
                          dialect::draft2020_12, dialect::v1}) {
    const std::string schema = R"({"$ref":")" + std::string(uri_of(d)) + R"("})";
    expect(schema, {R"({"minLength":1,"properties":{"a":{"type":"string"}}})"},
           {R"({"minLength":-1})", R"({"properties":{"a":{"type":"strin"}}})", R"({"required":[1]})"},
           draft(d));
    // Each is a valid schema of its own dialect.
    const auto itself = json::schema::compile(json::detail::builtin_text(uri_of(d)));
    ASSERT_TRUE(itself) << to_string(itself.error());
    EXPECT_EQ(itself->dialect(), d);
    json::validator validator(*itself);
    EXPECT_EQ(check(validator, json::detail::builtin_text(uri_of(d))), json::verdict::valid);
  }
}

TEST(json_schema, vocabularies) {
  table texts{
      {{"http://h/meta",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/applicator":true,"http://h/unknown":false}})"},
       {"http://h/strange",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"http://h/unknown":true}})"},
       {"http://h/format",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/format-assertion":false}})"},
       {"http://h/itself", R"({"$schema":"http://h/itself"})"}}};
  json::schema_options options;
  options.loader = texts;
  expect(R"({"$schema":"http://h/meta","properties":{"a":false},"minProperties":5})", {"{}"}, {R"({"a":1})"},
         options);
  expect(R"({"$schema":"http://h/format","format":"ipv4","minLength":100})", {"\"1.2.3.4\""}, {"\"x\""},
         options);
  EXPECT_NE(fault(R"({"$schema":"http://h/strange"})", options).find("http://h/unknown"), std::string::npos);
  EXPECT_NE(fault(R"({"$schema":"http://h/nowhere"})", options).find("no metaschema"), std::string::npos);
  EXPECT_NE(fault(R"({"$schema":"http://h/itself"})", options).find("describes itself"), std::string::npos);
}

TEST(json_schema, an_embedded_resource_may_have_another_dialect) {
  expect(
      R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"old","$defs":{"o":{"$id":"old","$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"integer"}]}}})",
      {"[1]"}, {"[\"\"]"});
}

}  // namespace schema_references_test
