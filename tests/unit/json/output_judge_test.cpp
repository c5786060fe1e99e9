// SPDX-License-Identifier: MIT
#include <evalpp/json/output_judge.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace output_judge_test {

namespace json = evalpp::json;

json::schema compiled(std::string_view text) {
  auto schema = json::schema::compile(text);
  EXPECT_TRUE(schema) << to_string(schema.error());
  return *schema;
}

const char* const person = R"({"type": "object", "required": ["name", "age"],
  "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}})";

TEST(output_judge, each_rung_of_the_ladder) {
  json::output_judge judge(compiled(person));
  struct row {
    std::string_view output;
    bool parses, extractable, required, valid, repaired;
  };
  const std::vector<row> rows = {
      {R"({"name": "Ada", "age": 36})", true, true, true, true, false},
      {"Here:\n```json\n{\"name\": \"Ada\", \"age\": 36}\n```", false, true, true, true, false},
      {R"({"name": "Ada", "age": "36"})", true, true, true, false, false},
      {R"({"name": "Ada"})", true, true, false, false, false},
      {R"([1])", true, true, false, false, false},  // no object: nothing required is there
      {R"({"name": "Ada", "age": 36,})", false, false, false, false, true},
      {R"({"name": "Ada", "age": 36, "age": 37})", false, false, false, false, false},
      {"I cannot help with that.", false, false, false, false, false},
      {"", false, false, false, false, false},
      {"<think>{\"name\"", false, false, false, false, false},
  };
  for (const row& r : rows) {
    const json::judgement& j = judge.judge(r.output);
    EXPECT_EQ(j.parses(), r.parses) << r.output;
    EXPECT_EQ(j.extractable(), r.extractable) << r.output;
    EXPECT_EQ(j.required_present, r.required) << r.output;
    EXPECT_EQ(j.valid(), r.valid) << r.output;
    EXPECT_EQ(j.strict_valid(), r.valid && r.parses) << r.output;
    EXPECT_EQ(j.repaired, r.repaired) << r.output;
    EXPECT_EQ(judge.value().exists(), r.extractable) << r.output;
    EXPECT_EQ(judge.repaired_value().exists(), r.repaired) << r.output;
    EXPECT_EQ(judge.repair() != nullptr, j.repair_tried) << r.output;
  }
}

TEST(output_judge, a_repair_is_told_and_never_counts) {
  json::output_judge judge(compiled(person));
  const json::judgement& good = judge.judge("Sure: {'name': 'Ada', 'age': 36}");
  EXPECT_TRUE(good.repaired);
  EXPECT_EQ(good.repaired_fits, json::verdict::valid);
  EXPECT_FALSE(good.valid());
  ASSERT_NE(judge.repair(), nullptr);
  EXPECT_EQ(judge.repair()->text, R"({"name": "Ada", "age": 36})");
  const json::judgement& wrong = judge.judge("{'name': 1, 'age': 36}");
  EXPECT_TRUE(wrong.repaired);
  EXPECT_EQ(wrong.repaired_fits, json::verdict::invalid);
  const json::judgement& none = judge.judge(R"({"name": Ada})");
  EXPECT_TRUE(none.repair_tried);
  EXPECT_FALSE(none.repaired);
  EXPECT_NE(judge.repair()->fault, json::repair_fault::none);

  json::output_judge strict(compiled(person), {.repair = false});
  EXPECT_FALSE(strict.judge("{'name': 'Ada', 'age': 36}").repair_tried);
  EXPECT_EQ(strict.repair(), nullptr);
}

TEST(output_judge, what_the_root_may_be_decides_what_is_a_candidate) {
  using json::candidate_roots;
  const auto roots = [](std::string_view text) { return json::output_judge::roots_of(compiled(text)); };
  EXPECT_EQ(roots(R"({"type": "object"})"), candidate_roots::object);
  EXPECT_EQ(roots(R"({"type": "array"})"), candidate_roots::array);
  EXPECT_EQ(roots(R"({"type": ["object", "null"]})"), candidate_roots::any);
  EXPECT_EQ(roots("{}"), candidate_roots::any);
  EXPECT_EQ(roots(R"({"$ref": "#/$defs/a", "$defs": {"a": {"type": "object"}}})"), candidate_roots::object);
  EXPECT_EQ(roots(R"({"allOf": [{"type": ["array", "object"]}, {"type": ["array", "string"]}]})"),
            candidate_roots::array);
  EXPECT_EQ(roots(R"({"anyOf": [{"type": "object"}]})"), candidate_roots::any);

  json::output_judge judge(compiled(person));
  EXPECT_TRUE(judge.judge(R"(As in [1]: {"name": "Ada", "age": 36})").valid());
  json::output_judge any(compiled(R"({"required": ["name"]})"));
  EXPECT_EQ(any.judge(R"(As in [1]: {"name": "Ada", "age": 36})").found.failure,
            json::extraction_failure::multiple);
}

TEST(output_judge, choices_and_repeated_keys) {
  const std::string two = R"({"name": "Ada", "age": 36} or {"name": "Bob", "age": "?"})";
  const auto valid = [&](json::candidate_choice choice) {
    json::output_judge judge(compiled(person), {.choice = choice});
    return judge.judge(two).valid();
  };
  EXPECT_FALSE(valid(json::candidate_choice::only));
  EXPECT_TRUE(valid(json::candidate_choice::first));
  EXPECT_FALSE(valid(json::candidate_choice::last));
  EXPECT_FALSE(valid(json::candidate_choice::largest));

  const std::string twice = R"({"name": "Ada", "age": "x", "age": 36})";
  const auto with = [&](json::duplicate_keys duplicates) {
    json::output_judge judge(compiled(person), {.duplicates = duplicates});
    return judge.judge(twice).valid();
  };
  EXPECT_FALSE(with(json::duplicate_keys::error));
  EXPECT_FALSE(with(json::duplicate_keys::first));
  EXPECT_TRUE(with(json::duplicate_keys::last));
}

TEST(output_judge, required_members_at_every_depth) {
  json::output_judge judge(compiled(R"({
    "allOf": [{"properties": {"a": {"type": "object", "required": ["x"]}}}, {"$ref": "#/$defs/list"}],
    "if": {"required": ["c"]}, "then": {"required": ["d"]},
    "anyOf": [{"required": ["e"]}, true],
    "properties": {"n": {"type": ["object", "null"], "required": ["y"]}},
    "patternProperties": {"^p": {"required": ["q"]}}, "additionalProperties": {"minimum": 10},
    "$defs": {"list": {"properties": {
      "l": {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"required": ["z"]}}}}}})"));
  const auto present = [&](std::string_view text) {
    const json::judgement& j = judge.judge(text);
    EXPECT_TRUE(j.extractable()) << text;
    return j.required_present;
  };
  const std::string spoiled = R"(, "w": 1})";  // invalid for another reason: the walk has to say
  EXPECT_TRUE(present(R"({"w": 1})"));
  EXPECT_TRUE(present(R"({"a": {"x": 1})" + spoiled));
  EXPECT_FALSE(present(R"({"a": {})" + spoiled));
  EXPECT_FALSE(present(R"({"a": "x")" + spoiled));
  EXPECT_TRUE(present(R"({"n": null)" + spoiled));
  EXPECT_TRUE(present(R"({"n": {"y": 0})" + spoiled));
  EXPECT_FALSE(present(R"({"n": {})" + spoiled));
  EXPECT_FALSE(present(R"({"n": 3)" + spoiled));
  EXPECT_TRUE(present(R"({"l": ["first", {"z": 1}])" + spoiled));
  EXPECT_FALSE(present(R"({"l": [0, {"z": 1}, {}])" + spoiled));
  EXPECT_FALSE(present(R"({"pp": {})" + spoiled));
  EXPECT_TRUE(present(R"({"pp": 5)" + spoiled));  // no type is named: only objects need a member
  EXPECT_TRUE(present(R"({"c": 10)" + spoiled));  // only under a condition
}

TEST(output_judge, dynamic_references_lead_where_the_scope_says) {
  json::output_judge judge(compiled(R"({
    "$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree", "required": ["data"],
    "unevaluatedProperties": false,
    "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "type": "object",
      "properties": {"data": true, "children": {"items": {"$dynamicRef": "#node"}}}}}})"));
  EXPECT_TRUE(judge.judge(R"({"data": 1, "children": [{"data": 2}]})").valid());
  EXPECT_FALSE(judge.judge(R"({"data": 1, "children": [{}]})").required_present);
  EXPECT_TRUE(judge.judge(R"({"data": 1, "children": [{"data": 2, "x": 3}]})").required_present);
}

TEST(output_judge, documents_that_are_parsed_already) {
  json::output_judge judge(compiled(person));
  const auto good = json::parse(R"({"name": "Ada", "age": 36})");
  const auto bad = json::parse(R"({"age": 36})");
  EXPECT_TRUE(judge.judge(good->root()).strict_valid());
  EXPECT_FALSE(judge.judge(bad->root()).required_present);
}

TEST(output_judge, a_schema_and_a_value_of_many_members) {
  std::string schema = R"({"allOf": [{"properties": {)", value = "{";
  for (int half = 0; half < 2; ++half) {
    for (int i = 0; i < 5000; ++i) {
      const std::string key = (i == 0 ? "\"m" : ",\"m") + std::to_string(i) + "\":";
      schema += key + R"({"type":"integer"})";
      if (half == 0) value += key + "1";
    }
    schema += half == 0 ? R"(}}, {"properties": {)" : R"(}}], "required": ["none"]})";
  }
  json::output_judge judge(compiled(schema));
  EXPECT_FALSE(judge.judge(value + "}").required_present);
  EXPECT_TRUE(judge.judge(value + R"(, "none": 0})").valid());
}

TEST(output_judge, deep_values_and_schemas_that_meet_themselves) {
  json::output_judge judge(compiled(R"({"required": ["a"], "properties": {"a": {"$ref": "#"}}})"));
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += R"({"a":)";
  const std::string closed(1000, '}');
  EXPECT_TRUE(judge.judge(deep + "1" + closed).required_present);
  EXPECT_FALSE(judge.judge(deep + "{}" + closed).required_present);
}

}  // namespace output_judge_test
