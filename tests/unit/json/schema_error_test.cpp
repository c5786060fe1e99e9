// SPDX-License-Identifier: MIT
// What the list of errors says: kinds, messages, places, the branch that was meant. The messages are those of
// the specification's table (json-semantics 3.10).
#include "unit/json/schema_cases.hpp"

#include <vector>

namespace schema_error_test {

using namespace schema_cases;
using json::schema_error;
using kind = json::schema_error_kind;

std::vector<schema_error> errors(std::string_view schema_text, std::string_view value,
                                 const json::schema_options& options = {}) {
  const auto schema = json::schema::compile(schema_text, options);
  EXPECT_TRUE(schema) << schema_text;
  const json::document document = parsed(value);
  if (!schema) return {};
  json::validation report = schema->validate(document.root());
  EXPECT_FALSE(report.valid) << schema_text << ' ' << value;
  return std::move(report.errors);
}

/// The one error there is.
schema_error only(std::string_view schema_text, std::string_view value,
                  const json::schema_options& options = {}) {
  std::vector<schema_error> all = errors(schema_text, value, options);
  EXPECT_EQ(all.size(), 1U) << schema_text << ' ' << value;
  return all.empty() ? schema_error{} : std::move(all[0]);
}

TEST(json_schema_error, missing_and_unexpected_properties) {
  const schema_error missing = only(R"({"required":["age"]})", R"({"Age":1})");
  EXPECT_EQ(missing.kind, kind::missing_required);
  EXPECT_EQ(missing.message, R"(missing required property "age"; found "Age")");
  EXPECT_EQ(missing.instance_location, "");
  EXPECT_EQ(missing.keyword_location, "/required");
  const schema_error extra =
      only(R"({"properties":{"a":{"properties":{"first_name":true},"additionalProperties":false}}})",
           R"({"a":{"firstName":1}})");
  EXPECT_EQ(extra.kind, kind::extra_property);
  EXPECT_EQ(extra.message, R"(unexpected property "firstName"; did you mean "first_name"?)");
  EXPECT_EQ(extra.instance_location, "/a/firstName");
  EXPECT_EQ(extra.path, "a.firstName");
  EXPECT_EQ(extra.keyword, "additionalProperties");
  EXPECT_EQ(only(R"({"unevaluatedProperties":false})", R"({"x":1})").instance_location, "/x");
  EXPECT_EQ(only(R"({"properties":{"debug":false}})", R"({"debug":1})").message,
            R"(property "debug" must be absent)");
  EXPECT_EQ(only(R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})").message,
            R"(missing required property "b"; because "a" is there)");
}

TEST(json_schema_error, types) {
  const schema_error quoted = only(R"({"items":{"type":"integer"}})", R"([1,"42"])");
  EXPECT_EQ(quoted.kind, kind::type_quoted_number);
  EXPECT_EQ(quoted.message, R"(expected integer, got string "42" (quoted number))");
  EXPECT_EQ(quoted.expected, "integer");
  EXPECT_EQ(quoted.got, R"("42")");
  EXPECT_EQ(quoted.path, "[1]");
  EXPECT_EQ(only(R"({"items":{"type":["string","number"]}})", "[null]").message,
            "expected string or number, got null");
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", "[null]").kind, kind::type_null);
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", R"([["a"]])").kind, kind::type_wrapped);
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", R"([{"value":"a"}])").kind, kind::type_wrapped);
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", "[1]").kind, kind::type_other);
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", R"([["a","b"]])").kind, kind::type_other);
  EXPECT_EQ(only(R"({"type":"object"})", "[]").kind, kind::wrong_root);
}

TEST(json_schema_error, values) {
  const schema_error in_case = only(R"({"enum":["low","medium","high"]})", R"("Medium")");
  EXPECT_EQ(in_case.kind, kind::enum_case);
  EXPECT_EQ(in_case.message,
            R"("Medium" is not one of "low", "medium", "high"; differs only in case from "medium")");
  EXPECT_EQ(only(R"({"enum":[1,2,3,4,5,6,7,8,9,10]})", "11").message,
            "11 is not one of 1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
  const schema_error constant = only(R"({"const":2})", R"("2")");
  EXPECT_EQ(constant.kind, kind::enum_other);
  EXPECT_EQ(constant.message, R"(expected 2, got string "2")");
}

TEST(json_schema_error, limits) {
  EXPECT_EQ(only(R"({"maximum":1})", "97").message, "97 > maximum 1");
  EXPECT_EQ(only(R"({"exclusiveMinimum":1})", "1").message, "1 <= exclusiveMinimum 1");
  EXPECT_EQ(only(R"({"minimum":1,"exclusiveMinimum":true})", "1", draft(json::dialect::draft4)).message,
            "1 <= exclusiveMinimum 1");
  EXPECT_EQ(only(R"({"multipleOf":5})", "7").kind, kind::range);
  EXPECT_EQ(only(R"({"minLength":3})", R"("")").message, "length 0 < minLength 3");
  EXPECT_EQ(only(R"({"maxItems":0})", "[1]").kind, kind::length);
  EXPECT_EQ(only(R"({"pattern":"^a"})", R"("b")").kind, kind::pattern);
  EXPECT_EQ(only(R"({"uniqueItems":true})", "[1,2,1.0]").message, "items 0 and 2 are equal");
  EXPECT_EQ(only(R"({"uniqueItems":true})", "[1,2,1]").kind, kind::duplicates);
  EXPECT_EQ(only(R"({"contains":{"const":1},"minContains":2})", "[1,0]").message,
            "1 item matches, at least 2 needed");
  json::schema_options formats;
  formats.assert_format = true;
  const schema_error date = only(R"({"format":"date"})", R"("March 3, 2024")", formats);
  EXPECT_EQ(date.kind, kind::format);
  EXPECT_EQ(date.message.find(R"("March 3, 2024" is not a date (YYYY-MM-DD, RFC 3339))"), 0U);
}

TEST(json_schema_error, the_branch_that_was_meant) {
  const char* const shapes =
      R"({"oneOf":[{"$ref":"#/$defs/circle"},{"properties":{"kind":{"const":"square"},"a":{"type":"number"}}}],
    "$defs":{"circle":{"properties":{"kind":{"const":"circle"},"r":{"type":"number"}},"required":["kind","r"]}}})";
  const schema_error circle = only(shapes, R"({"kind":"circle","r":"3"})");
  EXPECT_EQ(circle.kind, kind::oneof);
  EXPECT_EQ(circle.message,
            R"(kind="circle" selects branch 0: /r expected number, got string "3" (quoted number))");
  ASSERT_EQ(circle.causes.size(), 1U);
  EXPECT_EQ(circle.causes[0].keyword_location, "/oneOf/0/$ref/properties/r/type");
  EXPECT_EQ(circle.causes[0].instance_location, "/r");
  const schema_error none = only(shapes, R"({"kind":"star"})");
  EXPECT_EQ(none.message, R"(kind is "star", which selects no branch; allowed: "circle", "square")");
  // The branch that was followed deepest.
  const schema_error deep =
      only(R"({"anyOf":[{"type":"string"},{"type":"array","items":{"type":"integer"}}]})", R"([1,"x"])");
  ASSERT_EQ(deep.causes.size(), 1U);
  EXPECT_EQ(deep.causes[0].instance_location, "/1");
  EXPECT_NE(deep.message.find("branch 0: expected string"), std::string::npos);
  EXPECT_EQ(only(R"({"oneOf":[{"type":"integer"},{"minimum":3}]})", "5").message,
            "matches branches 0 and 1, exactly one allowed");
}

TEST(json_schema_error, conditions_say_because) {
  EXPECT_EQ(only(R"({"if":{"properties":{"t":{"const":"x"}},"required":["t"]},"then":{"required":["u"]}})",
                 R"({"t":"x"})")
                .message,
            R"(missing required property "u"; because "t" is "x")");
  EXPECT_EQ(only(R"({"not":{"required":["debug"]}})", R"({"debug":1})").message,
            R"(property "debug" is not allowed)");
}

TEST(json_schema_error, come_in_the_order_of_the_value) {
  const auto all = errors(
      R"({"properties":{"a":{"type":"string"},"b":{"items":{"type":"string"}},"c":{"type":"string"}},"required":["z"]})",
      R"({"c":1,"b":["x",2,3],"a":4})");
  std::vector<std::string> where;
  for (const schema_error& e : all) where.push_back(e.instance_location);
  EXPECT_EQ(where, (std::vector<std::string>{"", "/c", "/b/1", "/b/2", "/a"}));
}

TEST(json_schema_error, are_capped_and_counted) {
  std::string many = "[0";
  for (int i = 1; i < 5000; ++i) many += ",0";
  const auto schema = json::schema::compile(R"({"items":{"type":"string"}})");
  const json::document document = parsed(many + "]");
  const json::validation report = schema->validate(document.root());
  EXPECT_EQ(report.errors.size(), 32U);
  EXPECT_EQ(report.errors_total, 5000U);
  EXPECT_EQ(report.errors[31].instance_location, "/31");
}

TEST(json_schema_error, what_is_too_deep_is_still_an_error) {
  const auto tree = json::schema::compile(R"({"items":{"$ref":"#"},"not":{"const":1}})");
  const json::document deep = parsed(std::string(1000, '[') + '1' + std::string(1000, ']'));
  const json::validation report = tree->validate(deep.root());
  ASSERT_EQ(report.errors_total, 1U);
  EXPECT_EQ(report.errors[0].kind, kind::limit);
  const json::document shallow = parsed(std::string(500, '[') + '1' + std::string(500, ']'));
  const json::validation found = tree->validate(shallow.root());
  ASSERT_EQ(found.errors_total, 1U);
  EXPECT_EQ(found.errors[0].kind, kind::forbidden);
  EXPECT_EQ(found.errors[0].instance_location.size(), 1000U);
}

TEST(json_schema_error, texts_are_cut) {
  const schema_error e = only(R"({"maxLength":1})", '"' + std::string(1000, 'x') + '"');
  EXPECT_LT(e.got.size(), 90U);
  EXPECT_EQ(only(R"({"items":{"type":"string"}})", "[[" + std::string(2000, '1') + "]]").got.size(), 83U);
}

TEST(json_schema_error, locations_are_pointers_and_uris) {
  const schema_error e = only(
      R"({"$id":"http://h/s","properties":{"a/b":{"$ref":"#/$defs/x y"}},"$defs":{"x y":{"type":"null"}}})",
      R"({"a/b":1})");
  EXPECT_EQ(e.instance_location, "/a~1b");
  EXPECT_EQ(e.keyword_location, "/properties/a~1b/$ref/type");
  EXPECT_EQ(e.absolute_location, "http://h/s#/$defs/x%20y/type");
}

}  // namespace schema_error_test
