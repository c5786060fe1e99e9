// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/find_text.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/schema_error.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/rubric_json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

// Rubrics that people write. It holds a whole JSON Schema validator: who writes rubrics in code does without.
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
    return json::at_pointer(std::move(e), text, pointer);
  };
  const auto parsed = json::parse(text, detail::rubric_parsing);
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
  rubric out;
  if (auto fault = detail::read_members(parsed->root(), out))
    return at(fault->pointer, std::move(fault->what));
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
