// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/extract.hpp>
#include <evalpp/json/field_options.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>
#include <evalpp/json/schema.hpp>

#include <reference/json_fields.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

// The ladder of json-semantics 7.5, each rung by the one-shot function of its step and kept by name: the
// oracle of metrics/json_conformance.hpp. `required` is told by the errors that the schema gives;
// `requires_members` says that its root requires any.
namespace reference {

struct json_ladder {
  bool exact_text = false, extractable = false, parses = false, valid = false, strict_valid = false,
       required_present = false, whole_exact = false, repaired = false, repaired_valid = false;
  std::int64_t matched = 0, predicted = 0, expected = 0;
};

inline json_ladder json_conformance(const std::string& output, const std::vector<std::string>& references,
                                    const evalpp::json::schema& schema, bool requires_members,
                                    evalpp::json::extract_options extraction,
                                    const evalpp::json::field_options& fields) {
  namespace json = evalpp::json;
  const json::parse_options strict{.max_depth = 1024, .duplicates = json::duplicate_keys::error};
  json_ladder out;
  out.exact_text = std::find(references.begin(), references.end(), output) != references.end();
  const auto whole = json::parse(output, strict);
  out.parses = whole.has_value();
  out.strict_valid = whole && schema.accepts(whole->root());

  extraction.parse = strict;
  const json::extraction found = json::extract(output, extraction);
  json::document document;
  if (found) {
    auto parsed = json::parse(found.span.of(output), strict);
    if (parsed) document = std::move(*parsed);
    out.extractable = parsed.has_value();
  } else if (!found.repairable.empty()) {
    const json::repair_result repaired = json::repair(found.repairable.of(output));
    out.repaired = static_cast<bool>(repaired);
    if (out.repaired) out.repaired_valid = schema.accepts(json::parse(repaired.text, strict)->root());
  }
  if (out.extractable) {
    const json::validation report = schema.validate(document.root());
    out.valid = report.valid;
    out.required_present =
        std::none_of(report.errors.begin(), report.errors.end(), [&](const json::schema_error& e) {
          return e.kind == json::schema_error_kind::missing_required ||
                 (requires_members && e.kind == json::schema_error_kind::wrong_root);
        });
  }
  double best = -1;
  for (const std::string& text : references) {
    const auto reference = json::parse(text, strict);
    if (!reference) continue;
    const json_fields compare(fields, reference->root());
    const auto matched = compare.matched(document.root());
    const auto predicted = compare.predicted(document.root()), expected = compare.expected();
    if (matched == predicted && matched == expected) out.whole_exact = true;
    const double f1 = 2.0 * static_cast<double>(matched) / static_cast<double>(predicted + expected);
    if (f1 <= best) continue;
    best = f1;
    out.matched = matched;
    out.predicted = predicted;
    out.expected = expected;
  }
  return out;
}

}  // namespace reference
