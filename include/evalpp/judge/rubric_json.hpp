// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/verdict.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

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

// What a rubric's members hold. A member of another kind than it must be counts as missing: a schema has been
// asked before, or the text is compared afterwards.
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

/// A rubric as its file has it, on one line; `rubric_from_json` and `read_rubric` give it back.
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

/// The rubric that an object holds; what is wrong with it, if anything.
inline std::optional<rubric_fault> read_members(json::value root, rubric& out) {
  out = {.name = text_of(root["name"]), .criteria = criteria_of(root["criteria"])};
  out.instructions = text_of(root["instructions"]);
  out.steps = texts_of(root["steps"]);
  out.with_references = root["references"].as_bool().value_or(true);
  if (auto fault = find_fault(out)) return fault;
  const verdict_reader reader(out);
  for (const json::value from : root["examples"].items()) {
    const std::string which = "worked example " + std::to_string(out.examples.size() + 1);
    const auto fault = [&](error_code code, const std::string& what, std::string fix) {
      return rubric_fault{{code, which + what, std::move(fix)},
                          "/examples/" + std::to_string(out.examples.size()) + "/verdicts"};
    };
    reading given = reader.read_object(from);
    if (!given)
      return fault(error_code::invalid_argument, ": " + given.detail,
                   "give a verdict for every criterion, on its scale");
    if (from["verdicts"].size() != given.value->scores.size())
      return fault(error_code::unknown_name, " has a verdict on something that is no criterion",
                   "give a verdict for every criterion and nothing else");
    out.examples.push_back(
        {item_of(from), std::move(given.value->reasoning), std::move(given.value->scores)});
  }
  return std::nullopt;
}

// Criteria in one another cost three levels each: the object, the list, and those around them.
inline constexpr json::parse_options rubric_parsing{.max_depth = 3 * max_rubric_depth + 8,
                                                    .duplicates = json::duplicate_keys::error};

}  // namespace detail

/// The rubric that `to_json` has written, byte for byte, as journals hold it. An error when it has not; files
/// that people write are read by `read_rubric`, which names what is wrong with them.
inline result<rubric> rubric_from_json(std::string_view text) {
  const auto parsed = json::parse(text, detail::rubric_parsing);
  if (!parsed) return parsed.error();
  rubric out;
  if (auto fault = detail::read_members(parsed->root(), out)) return std::move(fault->what);
  if (to_json(out) != text)
    return error{error_code::mismatch, "this is no rubric as this version writes it",
                 "read it with the evalpp that has written it"};
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
