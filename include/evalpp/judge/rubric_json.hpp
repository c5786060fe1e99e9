// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/find_text.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/schema_error.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/verdict.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// The JSON schema of a rubric's file, draft 2020-12. The smallest rubric:
///
///     {"name": "helpful", "criteria": [{"name": "correct", "scale": {"1": "wrong", "3": "partly", "5":
///     "right"}}]}
inline constexpr std::string_view rubric_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "A rubric of evalpp",
  "type": "object",
  "required": ["name", "criteria"],
  "additionalProperties": false,
  "properties": {
    "$schema": {"type": "string"},
    "name": {"type": "string", "minLength": 1, "description": "names the rubric in signatures"},
    "instructions": {"type": "string", "description": "what the judge is told first"},
    "steps": {"type": "array", "items": {"type": "string"}, "description": "the steps of the evaluation"},
    "references": {"type": "boolean", "description": "whether the judge sees the references"},
    "criteria": {"$ref": "#/$defs/criteria"},
    "examples": {"type": "array", "items": {"$ref": "#/$defs/example"}, "description": "worked examples"}
  },
  "$defs": {
    "criteria": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/criterion"}},
    "criterion": {
      "type": "object",
      "required": ["name"],
      "additionalProperties": false,
      "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "weight": {"type": "number", "minimum": 0},
        "scale": {
          "type": "object",
          "minProperties": 2,
          "propertyNames": {"pattern": "^(0|-?[1-9][0-9]{0,6})$"},
          "additionalProperties": {"type": "string"},
          "description": "levels with what earns them; every integer between the lowest and the highest is legal"
        },
        "points": {"type": "number", "description": "of an item of a checklist; negative for what is not wanted"},
        "parts": {"$ref": "#/$defs/criteria"}
      },
      "oneOf": [{"required": ["scale"]}, {"required": ["points"]}, {"required": ["parts"]}]
    },
    "example": {
      "type": "object",
      "required": ["prediction", "verdicts"],
      "additionalProperties": false,
      "properties": {
        "input": {
          "oneOf": [
            {"type": "string"},
            {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["role", "content"],
                "additionalProperties": false,
                "properties": {"role": {"type": "string"}, "content": {"type": "string"}}
              }
            }
          ]
        },
        "prediction": {"type": "string"},
        "references": {"type": "array", "items": {"type": "string"}},
        "reasoning": {"type": "string"},
        "verdicts": {"type": "object"}
      }
    }
  }
}
)";

namespace detail {

inline void write_criteria(json::writer& out, const std::vector<criterion>& criteria) {
  out.begin_array();
  for (const criterion& c : criteria) {
    out.begin_object().member("name", c.name);
    if (!c.description.empty()) out.member("description", c.description);
    if (c.weight != 1) out.member("weight", c.weight);
    if (!c.scale.empty()) {
      out.key("scale").begin_object();
      for (const level& l : c.scale) out.member(std::to_string(l.score), l.description);
      out.end_object();
    }
    if (c.points) out.member("points", *c.points);
    if (!c.parts.empty()) write_criteria(out.key("parts"), c.parts);
    out.end_object();
  }
  out.end_array();
}

inline void write_texts(json::writer& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& text : texts) out.value(text);
  out.end_array();
}

inline std::string text_of(json::value v) { return std::string(v.as_string().value_or("")); }

inline std::vector<std::string> texts_of(json::value list) {
  std::vector<std::string> out;
  for (const json::value text : list.items()) out.push_back(text_of(text));
  return out;
}

// From here on the schema has been checked, so that only what it cannot say remains to be seen.
inline std::vector<criterion> criteria_of(json::value list) {
  std::vector<criterion> out;
  for (const json::value from : list.items()) {
    criterion c{.name = text_of(from["name"]), .description = text_of(from["description"])};
    c.weight = from["weight"].as_double().value_or(1);
    c.points = from["points"].as_double();
    for (const auto [score, text] : from["scale"].members()) {
      level l{0, text_of(text)};
      std::from_chars(score.data(), score.data() + score.size(), l.score);
      c.scale.push_back(std::move(l));
    }
    std::sort(c.scale.begin(), c.scale.end(),
              [](const level& a, const level& b) { return a.score < b.score; });
    c.parts = criteria_of(from["parts"]);
    out.push_back(std::move(c));
  }
  return out;
}

inline item item_of(json::value from) {
  item out{.id = {},
           .input = {},
           .prediction = text_of(from["prediction"]),
           .references = texts_of(from["references"])};
  if (from["input"].is_string()) out.input.push_back({"user", text_of(from["input"])});
  for (const json::value t : from["input"].items())
    out.input.push_back({text_of(t["role"]), text_of(t["content"])});
  return out;
}

}  // namespace detail

/// A rubric as its file has it, on one line; `read_rubric` gives it back.
inline std::string to_json(const rubric& by) {
  std::string text;
  json::writer out(text);
  out.begin_object().member("name", by.name);
  if (!by.instructions.empty()) out.member("instructions", by.instructions);
  if (!by.steps.empty()) detail::write_texts(out.key("steps"), by.steps);
  if (!by.with_references) out.member("references", false);
  detail::write_criteria(out.key("criteria"), by.criteria);
  if (!by.examples.empty()) {
    out.key("examples").begin_array();
    for (const worked_example& e : by.examples) {
      out.begin_object().key("input").begin_array();
      for (const turn& t : e.judged.input)
        out.begin_object().member("role", t.role).member("content", t.text).end_object();
      out.end_array().member("prediction", e.judged.prediction);
      detail::write_texts(out.key("references"), e.judged.references);
      write_verdict_members(out, by, {e.reasoning, e.scores});
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
  return text;
}

namespace detail {

/// An error of what a JSON Pointer leads to, or of the nearest thing around it that is there.
inline error in_text(error e, std::string_view text, std::string_view pointer) {
  auto found = json::find_text(text, pointer);
  while (!found && !pointer.empty()) {
    pointer = pointer.substr(0, pointer.rfind('/'));
    found = json::find_text(text, pointer);
  }
  const auto place = json::detail::locate(text, found ? found->begin : 0);
  e.offset = found ? found->begin : 0;
  e.line = place.line;
  e.column = place.column;
  return e;
}

/// Of what a schema finds the error that says most: a word that is misspelt, before what is missing because
/// of it.
inline const json::schema_error& telling(const json::validation& found) {
  const auto misspelt = std::find_if(found.errors.begin(), found.errors.end(), [](const auto& e) {
    return e.kind == json::schema_error_kind::extra_property;
  });
  return misspelt == found.errors.end() ? found.errors.front() : *misspelt;
}

}  // namespace detail

/// Reads a rubric from its JSON. An error names `file`, line and column: no JSON, a name twice, a member that
/// `rubric_schema` does not know, with the one that was probably meant, or what `fault_of` finds.
inline result<rubric> read_rubric(std::string_view text, std::string file = {}) {
  const auto at = [&](std::string_view pointer, error e) {
    e.file = file;
    return detail::in_text(std::move(e), text, pointer);
  };
  // Criteria in one another cost three levels each: the object, the list, and those around them.
  const auto parsed =
      json::parse(text, {.max_depth = 3 * max_rubric_depth + 8, .duplicates = json::duplicate_keys::error});
  if (!parsed) {
    error e = parsed.error();
    e.file = std::move(file);
    return e;
  }
  const auto schema = json::schema::compile(rubric_schema);
  if (!schema) return schema.error();
  if (const json::validation found = schema->validate(parsed->root()); !found.valid) {
    const json::schema_error& first = detail::telling(found);
    return at(first.instance_location,
              {error_code::invalid_argument,
               "no rubric: " + (first.instance_location.empty() ? "the document" : first.instance_location) +
                   ": " + first.message,
               "evalpp judge rubrics --schema prints what a rubric is made of"});
  }
  const json::value root = parsed->root();
  rubric out{.name = detail::text_of(root["name"]), .criteria = detail::criteria_of(root["criteria"])};
  out.instructions = detail::text_of(root["instructions"]);
  out.steps = detail::texts_of(root["steps"]);
  out.with_references = root["references"].as_bool().value_or(true);
  if (auto fault = detail::find_fault(out)) return at(fault->pointer, std::move(fault->what));
  const verdict_reader reader(out);
  for (const json::value from : root["examples"].items()) {
    const std::string which = "worked example " + std::to_string(out.examples.size() + 1);
    const std::string place = "/examples/" + std::to_string(out.examples.size()) + "/verdicts";
    reading given = reader.read_object(from);
    if (!given)
      return at(place, {error_code::invalid_argument, which + ": " + given.detail,
                        "give a verdict for every criterion, on its scale"});
    if (from["verdicts"].size() != given.value->scores.size())
      return at(place, {error_code::unknown_name, which + " has a verdict on something that is no criterion",
                        "give a verdict for every criterion and nothing else"});
    out.examples.push_back(
        {detail::item_of(from), std::move(given.value->reasoning), std::move(given.value->scores)});
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
