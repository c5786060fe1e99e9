// SPDX-License-Identifier: MIT
#include <evalpp/core/evaluate.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/json_conformance.hpp>

#include <reference/json_conformance.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace json_conformance_test {

namespace json = evalpp::json;
using evalpp::json_conformance;
using texts = std::vector<std::string>;

json::schema compiled(std::string_view text) {
  auto schema = json::schema::compile(text);
  EXPECT_TRUE(schema) << to_string(schema.error());
  return *schema;
}

const std::string_view order =
    R"({"type": "object", "required": ["id", "items"], "additionalProperties": false,
  "properties": {"id": {"type": "integer"}, "note": {"type": ["string", "null"]},
    "items": {"type": "array", "items": {"type": "integer"}}}})";

TEST(json_conformance, the_worked_example_of_fields) {
  const texts reference{R"({"a":1,"b":[1,2]})"};
  const std::string output = R"({"a":1,"b":[2,1],"c":null})";
  const auto f1 = [&](const json::field_options& options) {
    const json_conformance metric{.fields = options};
    return metric.score(evalpp::measure(metric, output, reference)).field_f1;
  };
  EXPECT_DOUBLE_EQ(f1({}), 2.0 / 7);
  EXPECT_DOUBLE_EQ(f1({.arrays = json::array_mode::multiset}), 6.0 / 7);
  EXPECT_DOUBLE_EQ(f1({.arrays = json::array_mode::multiset, .null_is_absent = true}), 1.0);
}

TEST(json_conformance, shares_over_a_corpus) {
  const json_conformance metric{.schema = compiled(order)};
  const texts outputs{R"({"id":1,"items":[1,2]})", "```json\n{\"id\":2,\"items\":[]}\n```", R"({"id":3})",
                      R"({'id':4,'items':[]})", "no"};
  const std::vector<texts> references{{R"({"id":1,"items":[1,2]})"},
                                      {R"({"id":2,"items":[7]})"},
                                      {},
                                      {R"({"id":4,"items":[]})"},
                                      {"not JSON"}};
  const auto run = evalpp::evaluate(outputs, references, metric);
  const auto score = run.score<0>();
  EXPECT_DOUBLE_EQ(score.value, 2.0 / 5);
  EXPECT_DOUBLE_EQ(score.valid, 2.0 / 5);
  EXPECT_DOUBLE_EQ(score.extractable, 3.0 / 5);
  EXPECT_DOUBLE_EQ(score.parses, 2.0 / 5);
  EXPECT_DOUBLE_EQ(score.strict_valid, 1.0 / 5);
  EXPECT_DOUBLE_EQ(score.required_present, 2.0 / 5);
  EXPECT_DOUBLE_EQ(score.repaired, 1.0 / 5);
  EXPECT_DOUBLE_EQ(score.repaired_valid, 1.0 / 5);
  EXPECT_DOUBLE_EQ(score.exact_text, 1.0 / 4);
  EXPECT_DOUBLE_EQ(score.whole_exact, 1.0 / 4);
  // Leaves: 3 of 3, then id alone of 2 and 2, then nothing of 2; the last reference is no JSON.
  EXPECT_DOUBLE_EQ(score.field_precision, 4.0 / 5);
  EXPECT_DOUBLE_EQ(score.field_recall, 4.0 / 7);
  EXPECT_DOUBLE_EQ(score.field_f1, 8.0 / 12);
  EXPECT_DOUBLE_EQ(score.field_f1_macro, (1.0 + 0.5 + 0.0) / 3);
  EXPECT_EQ(score.total, 5);
  EXPECT_EQ(score.references_not_json, 1);
  EXPECT_EQ(score.undecided, 0);
}

TEST(json_conformance, without_references_what_needs_them_is_not_known) {
  const json_conformance metric{.schema = compiled(order)};
  const auto run = evalpp::evaluate(texts{R"({"id":1,"items":[]})"}, std::vector<texts>{{}}, metric);
  const auto score = run.score<0>();
  EXPECT_EQ(score.value, 1);
  for (const double unknown : {score.exact_text, score.whole_exact, score.field_precision, score.field_recall,
                               score.field_f1, score.field_f1_macro})
    EXPECT_TRUE(evalpp::detail::is_nan(unknown));
  EXPECT_EQ(run.scores()[0].n, 1U);
}

TEST(json_conformance, parts_have_the_names_of_the_contract) {
  const auto parts = json_conformance{}.score({}).parts();
  const texts names{"exact_text",       "extractable", "parses",        "valid",          "strict_valid",
                    "required_present", "whole_exact", "repaired",      "repaired_valid", "field_precision",
                    "field_recall",     "field_f1",    "field_f1_macro"};
  ASSERT_GE(parts.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(parts[i].name, names[i]);
}

TEST(json_conformance, the_nearest_reference_counts) {
  const json_conformance metric{};
  const auto score = [&](const texts& references) {
    return metric.score(evalpp::measure(metric, std::string(R"({"a":1,"b":2})"), references));
  };
  EXPECT_DOUBLE_EQ(score({R"({"a":9})", R"({"a":1,"b":3})"}).field_f1, 0.5);
  EXPECT_EQ(score({R"({"a":9})", R"({ "b":2, "a":1.0 })"}).whole_exact, 1);
  EXPECT_EQ(score({R"({"a":9})", R"({ "b":2, "a":1.0 })"}).exact_text, 0);
  EXPECT_EQ(score({"broken", R"({"a":1,"b":2})"}).references_not_json, 0);
}

TEST(json_conformance, a_limit_is_counted_and_not_valid) {
  const json_conformance metric{.schema = compiled(R"({"pattern": "(.+)\\1\\1\\1$"})")};
  const std::string output = '"' + std::string(2000, 'a') + "bb\"";
  const auto score = metric.score(evalpp::measure(metric, output, texts{}));
  EXPECT_EQ(score.value, 0);
  EXPECT_EQ(score.extractable, 1);
  EXPECT_EQ(score.undecided, 1);
}

TEST(json_conformance, equal_schemas_make_equal_metrics) {
  const json_conformance one{.schema = compiled(R"({"type":"object"})")};
  const json_conformance same{.schema = compiled(R"({ "type" : "object" })")};
  const json_conformance other{.schema = compiled(R"({"type":"array"})")};
  EXPECT_TRUE(one == same);
  EXPECT_FALSE(one == other);
  EXPECT_FALSE(one == json_conformance{});
  EXPECT_TRUE(json_conformance{} == json_conformance{});
  EXPECT_EQ(json_conformance{}.signature(),
            "schema:none|choice:only|arrays:ordered|abs:0|rel:0|null:value|trim:no|case:mixed");
}

TEST(json_conformance, names_the_rules_for_paths) {
  const json_conformance metric{
      .fields = {.paths = {{.path = "a[].b", .arrays = json::array_mode::multiset, .abs_tol = 0.5},
                           {.path = "c", .key = "id", .ignore_extra = true}}}};
  const std::string signature = metric.signature();
  EXPECT_EQ(signature.substr(signature.find("|paths:")),
            R"(|paths:[{"path":"a[].b","arrays":"multiset","abs_tol":0.5},)"
            R"({"path":"c","key":"id","ignore_extra":true}])");
  EXPECT_FALSE(metric == json_conformance{});
  const auto f1 = [](const json::field_options& options) {
    const json_conformance compare{.fields = options};
    return compare.score(evalpp::measure(compare, std::string(R"({"a":1.1,"b":2})"), texts{R"({"a":1})"}))
        .field_f1;
  };
  EXPECT_DOUBLE_EQ(f1({.paths = {{.path = "a", .abs_tol = 0.1}}}), 2.0 / 3);
  EXPECT_DOUBLE_EQ(f1({.paths = {{.path = "a", .abs_tol = 0.1}, {.path = "$", .ignore_extra = true}}}), 1.0);
}

TEST(json_conformance, buffers_of_another_metric_are_made_again) {
  const json_conformance numbers{.schema = compiled(R"({"type":"number"})")};
  const json_conformance strings{.schema = compiled(R"({"type":"string"})")};
  evalpp::scratch<json_conformance, evalpp::text_kind> buffers;
  const auto gold = evalpp::prepare(numbers, texts{"1"});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(evalpp::measure(numbers, std::string("1"), gold, buffers).valid, 1);
    EXPECT_EQ(evalpp::measure(strings, std::string("1"), gold, buffers).valid, 0);
  }
  const auto copy = gold;
  EXPECT_EQ(evalpp::measure(numbers, std::string("1"), copy).whole_exact, 1);
}

// Outputs put together from pieces that go wrong in all the ways of models.
TEST(json_conformance, agrees_with_the_naive_twin) {
  const texts pieces{R"({"id":1,"items":[1,2]})",
                     R"({"id":1,"items":[2,1],"note":"x"})",
                     R"({"id":"1"})",
                     R"({"items":[]})",
                     "[1,2]",
                     "3",
                     R"("text")",
                     "```json\n",
                     "\n```",
                     "Sure: ",
                     "<think>hm</think>",
                     R"({"id":1,"items":[1,2],})",
                     R"({'id':1,'items':[None]})",
                     R"({"id":1,"id":2})",
                     "{",
                     "}",
                     "\xEF\xBB\xBF",
                     " ",
                     "\xFF",
                     R"({"a":007})"};
  const texts golds{R"({"id":1,"items":[1,2]})", R"({"id":1,"items":[2,1],"note":"x"})", "[2,1]", "3",
                    "oops"};
  std::uint32_t state = 7;
  const auto next = [&state](std::size_t below) {
    state = state * 1664525U + 1013904223U;
    return static_cast<std::size_t>(state >> 8) % below;
  };
  const std::vector<std::string_view> schemas{order, "{}", R"({"type":"array","items":{"type":"integer"}})"};
  for (const std::string_view text : schemas) {
    const json::schema schema = compiled(text);
    for (const auto choice : {json::candidate_choice::only, json::candidate_choice::first,
                              json::candidate_choice::last, json::candidate_choice::largest}) {
      for (const auto mode :
           {json::array_mode::ordered, json::array_mode::multiset, json::array_mode::assignment}) {
        const json_conformance metric{.schema = schema, .choice = choice, .fields = {.arrays = mode}};
        evalpp::scratch<json_conformance, evalpp::text_kind> buffers;
        for (int round = 0; round < 150; ++round) {
          std::string output;
          for (std::size_t n = 1 + next(3); n > 0; --n) output += pieces[next(pieces.size())];
          texts references;
          for (std::size_t n = next(3); n > 0; --n) references.push_back(golds[next(golds.size())]);
          const auto twin = reference::json_conformance(
              output, references, schema, text == order,
              {.choice = choice, .roots = json::output_judge::roots_of(schema)}, metric.fields);
          const auto s = evalpp::measure(metric, output, evalpp::prepare(metric, references), buffers);
          SCOPED_TRACE(output);
          EXPECT_EQ(s.exact_text, twin.exact_text);
          EXPECT_EQ(s.extractable, twin.extractable);
          EXPECT_EQ(s.parses, twin.parses);
          EXPECT_EQ(s.valid, twin.valid);
          EXPECT_EQ(s.strict_valid, twin.strict_valid);
          EXPECT_EQ(s.required_present, twin.required_present);
          EXPECT_EQ(s.whole_exact, twin.whole_exact);
          EXPECT_EQ(s.repaired, twin.repaired);
          EXPECT_EQ(s.repaired_valid, twin.repaired_valid);
          EXPECT_EQ(s.matched, twin.matched);
          EXPECT_EQ(s.predicted, twin.predicted);
          EXPECT_EQ(s.expected, twin.expected);
        }
      }
    }
  }
}

}  // namespace json_conformance_test
