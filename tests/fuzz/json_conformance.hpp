// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/evaluate.hpp>
#include <evalpp/json/output_judge.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/metrics/json_conformance.hpp>

#include <reference/json_conformance.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

// Bytes choose options and put an output and its references together, of pieces that go wrong in all the ways
// of models: the ladder is that of the naive twin, with buffers that have seen another output, and the row
// alone scores within 0-1.
inline int fuzz_json_conformance(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static constexpr std::string_view pieces[] = {R"({"id":1,"items":[1,2]})",
                                                R"({"id":1,"items":[2,1],"note":"x"})",
                                                R"({"id":"1"})",
                                                R"({"items":[]})",
                                                R"({"id":null,"items":[{"id":2},{"id":1,"x":[2]}]})",
                                                R"([{"id":1,"x":1.5},{"id":2,"x":"A "}])",
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
  static constexpr std::string_view golds[] = {R"({"id":1,"items":[1,2]})",
                                               R"({"id":1,"items":[2,1],"note":"x"})",
                                               R"({"items":[{"id":1,"x":[3,2]},{"id":2}]})",
                                               R"([{"id":2,"x":"a"},{"id":1,"x":1.4}])",
                                               "[2,1]",
                                               "3",
                                               "oops"};
  static const json::schema schemas[] = {
      *json::schema::compile(
          R"({"type":"object","required":["id","items"],"additionalProperties":false,
              "properties":{"id":{"type":"integer"},"note":{"type":["string","null"]},
              "items":{"type":"array","items":{"type":"integer"}}}})"),
      *json::schema::compile("{}"), *json::schema::compile(R"({"type":"array","items":{"type":"integer"}})")};
  std::size_t at = 0;
  const auto next = [&](std::size_t below) { return at < size ? data[at++] % below : 0; };

  const std::size_t by = next(std::size(schemas));
  evalpp::json_conformance metric{.schema = schemas[by]};
  metric.choice = static_cast<json::candidate_choice>(next(4));
  metric.fields.arrays = static_cast<json::array_mode>(next(4));
  metric.fields.key = "id";
  const std::size_t rules = next(16);
  metric.fields.null_is_absent = (rules & 1U) != 0;
  if ((rules & 2U) != 0) metric.fields.paths.push_back({.path = "[].x", .abs_tol = 0.1, .trim = true});
  if ((rules & 4U) != 0) metric.fields.paths.push_back({.path = "items", .arrays = json::array_mode::keyed});
  if ((rules & 8U) != 0) metric.fields.paths.push_back({.path = "$", .ignore_extra = true});
  std::vector<std::string> references(next(3));
  for (std::string& reference : references) reference = golds[next(std::size(golds))];
  std::string output;
  for (std::size_t n = 0; n < 6 && at < size; ++n) output += pieces[next(std::size(pieces))];

  const auto twin = reference::json_conformance(
      output, references, schemas[by], by == 0,
      {.choice = metric.choice, .roots = json::output_judge::roots_of(schemas[by])}, metric.fields);
  evalpp::scratch<evalpp::json_conformance, evalpp::text_kind> buffers;
  const auto gold = evalpp::prepare(metric, references);
  evalpp::measure(metric, output + output, gold, buffers);
  const auto row = evalpp::measure(metric, output, gold, buffers);
  require(row.total == 1 && row.referenced == (references.empty() ? 0 : 1));
  require(row.exact_text == twin.exact_text && row.extractable == twin.extractable);
  require(row.parses == twin.parses && row.valid == twin.valid && row.strict_valid == twin.strict_valid);
  require(row.required_present == twin.required_present && row.whole_exact == twin.whole_exact);
  require(row.repaired == twin.repaired && row.repaired_valid == twin.repaired_valid);
  require(row.matched == twin.matched && row.predicted == twin.predicted && row.expected == twin.expected);
  const auto score = metric.score(row);
  require(score.value == (row.valid != 0 ? 1.0 : 0.0) &&
          (row.compared == 0 || (score.field_f1 >= 0 && score.field_f1 <= 1)));
  return 0;
}
