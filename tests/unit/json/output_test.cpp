// SPDX-License-Identifier: MIT
#include <evalpp/json/output.hpp>

#include "unit/json/schema_cases.hpp"

namespace output_test {

using namespace schema_cases;
using json::output_form;

std::string written(std::string_view schema_text, std::string_view value, output_form form) {
  const auto schema = json::schema::compile(schema_text);
  EXPECT_TRUE(schema);
  const json::document document = parsed(value);
  const auto text = json::output(*schema, document.root(), form);
  EXPECT_TRUE(text);
  return text ? *text : std::string();
}

const char* const person =
    R"({"$id":"http://h/p","title":"P","properties":{"age":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"integer","title":"N"}}})";

TEST(json_output, flag) {
  EXPECT_EQ(written(person, R"({"age":1})", output_form::flag), R"({"valid":true})");
  EXPECT_EQ(written(person, R"({"age":"x"})", output_form::flag), R"({"valid":false})");
}

TEST(json_output, basic_lists_errors_or_annotations) {
  const json::document bad = parsed(written(person, R"({"age":"x"})", output_form::basic));
  const json::value errors = bad.root()["errors"];
  ASSERT_EQ(errors.size(), 3U);  // properties, $ref, type
  EXPECT_EQ(errors[2]["keywordLocation"].as_string(), "/properties/age/$ref/type");
  EXPECT_EQ(errors[2]["absoluteKeywordLocation"].as_string(), "http://h/p#/$defs/n/type");
  EXPECT_EQ(errors[2]["instanceLocation"].as_string(), "/age");
  EXPECT_TRUE(errors[2]["error"].is_string());
  EXPECT_FALSE(bad.root().contains("annotations"));
  const json::document good = parsed(written(person, R"({"age":1})", output_form::basic));
  const json::value annotations = good.root()["annotations"];
  ASSERT_EQ(annotations.size(), 3U);  // title, properties, title
  EXPECT_EQ(annotations[0]["annotation"].as_string(), "P");
  EXPECT_EQ(json::write(annotations[1]["annotation"]), R"(["age"])");
  EXPECT_EQ(annotations[2]["annotation"].as_string(), "N");
}

TEST(json_output, detailed_leaves_out_what_has_one_child) {
  const json::document bad = parsed(written(person, R"({"age":"x"})", output_form::detailed));
  ASSERT_EQ(bad.root()["errors"].size(), 1U);
  EXPECT_EQ(bad.root()["errors"][0]["keywordLocation"].as_string(), "/properties/age/$ref/type");
  const json::document two =
      parsed(written(R"({"allOf":[{"type":"string"},{"minimum":3}]})", "1", output_form::detailed));
  EXPECT_EQ(two.root()["errors"][0]["keywordLocation"].as_string(), "/allOf");
  EXPECT_EQ(two.root()["errors"][0]["errors"].size(), 2U);
}

TEST(json_output, verbose_has_everything) {
  const json::document all =
      parsed(written(R"({"anyOf":[{"type":"string"},true]})", "1", output_form::verbose));
  EXPECT_EQ(all.root()["valid"].as_bool(), true);
  const json::value branches = all.root()["annotations"][0]["annotations"];
  ASSERT_EQ(branches.size(), 2U);
  EXPECT_EQ(branches[0]["valid"].as_bool(), false);
  EXPECT_EQ(branches[0]["errors"][0]["keywordLocation"].as_string(), "/anyOf/0/type");
  EXPECT_EQ(branches[1]["valid"].as_bool(), true);
}

TEST(json_output, failed_branches_of_what_passes_are_no_errors) {
  const json::document good =
      parsed(written(R"({"anyOf":[{"type":"string","title":"S"},{"title":"T"}]})", "1", output_form::basic));
  ASSERT_EQ(good.root()["annotations"].size(), 1U);
  EXPECT_EQ(good.root()["annotations"][0]["annotation"].as_string(), "T");
}

TEST(json_output, forms_of_v1_have_a_unit_for_each_schema) {
  const json::document bad = parsed(written(person, R"({"age":"x"})", output_form::list));
  const json::value units = bad.root()["details"];
  ASSERT_EQ(units.size(), 3U);
  EXPECT_TRUE(units[2]["errors"]["type"].is_string());
  EXPECT_EQ(units[2]["droppedAnnotations"]["title"].as_string(), "N");
  EXPECT_EQ(units[2]["evaluationPath"].as_string(), "/properties/age/$ref");
  EXPECT_EQ(units[2]["schemaLocation"].as_string(), "http://h/p#/$defs/n");
  const json::document tree = parsed(written(person, R"({"age":1})", output_form::hierarchical));
  EXPECT_EQ(tree.root()["details"][0]["details"][0]["annotations"]["title"].as_string(), "N");
}

TEST(json_output, a_schema_false_is_an_error) {
  for (const auto form :
       {output_form::basic, output_form::detailed, output_form::verbose, output_form::list}) {
    const json::document bad = parsed(written(R"({"properties":{"a":false}})", R"({"a":1})", form));
    EXPECT_EQ(bad.root()["valid"].as_bool(), false);
    const std::string text = json::write(bad.root());
    EXPECT_NE(text.find("nothing is allowed here"), std::string::npos) << text;
  }
}

TEST(json_output, is_limited) {
  const auto schema =
      json::schema::compile(R"({"items":{"anyOf":[true,true,true,true,true,true,true,true,true,true]}})");
  std::string many = "[0";
  for (int i = 1; i < 20'000; ++i) many += ",0";
  const json::document document = parsed(many + "]");
  const auto text = json::output(*schema, document.root(), output_form::verbose);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, evalpp::error_code::limit);
}

}  // namespace output_test
