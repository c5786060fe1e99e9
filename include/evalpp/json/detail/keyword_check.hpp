// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/keywords.hpp>
#include <evalpp/json/detail/number.hpp>
#include <evalpp/json/equal.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The metaschemas as a table: whether the value of one keyword is what they ask for. Subschemas are not
// looked into; the scan comes to each of them by itself.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The type bit of a name, `type_bit::number` for "number"; nothing for a word that names no type.
inline std::optional<std::uint8_t> type_named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::uint8_t>, 7> names{{{"null", std::uint8_t{1}},
                                                                            {"boolean", std::uint8_t{2}},
                                                                            {"integer", std::uint8_t{4}},
                                                                            {"number", std::uint8_t{12}},
                                                                            {"string", std::uint8_t{16}},
                                                                            {"array", std::uint8_t{32}},
                                                                            {"object", std::uint8_t{64}}}};
  for (const auto& [known, bits] : names) {
    if (name == known) return bits;
  }
  return std::nullopt;
}

/// A limit by value: `2`, `2.0` and `20e-1` are 2; what does not fit is as good as the largest. Nothing when
/// it is negative or has a fraction.
inline std::optional<std::uint64_t> count_of(json::value v) {
  if (!v.is_number()) return std::nullopt;
  const decimal number = take_apart(v.number_text());
  if (number.digits.empty()) return 0;
  if (number.negative || number.exponent < 0) return std::nullopt;
  const auto small_enough = to_int64(v.number_text());
  return small_enough ? static_cast<std::uint64_t>(*small_enough)
                      : (std::numeric_limits<std::uint64_t>::max)();
}

inline bool is_schema(json::value v, dialect d) {
  return v.is_object() || (v.is_bool() && d != dialect::draft4);
}

inline bool are_distinct_names(json::value v) {
  std::vector<std::string_view> names;
  for (const json::value item : v.items()) {
    if (!item.is_string()) return false;
    names.push_back(*item.as_string());
  }
  std::sort(names.begin(), names.end());
  return v.is_array() && std::adjacent_find(names.begin(), names.end()) == names.end();
}

inline bool are_distinct(json::value array) {
  equality same;
  std::vector<std::pair<std::uint64_t, json::value>> seen;
  for (const json::value item : array.items()) seen.emplace_back(same.hash(item), item);
  std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 1; i < seen.size(); ++i) {
    if (seen[i - 1].first == seen[i].first && same.equal(seen[i - 1].second, seen[i].second)) return false;
  }
  return true;
}

inline bool is_anchor_name(std::string_view name, dialect d) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool start = letter(c) || (c == '_' && d >= dialect::draft2020_12);
    const bool rest = start || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                      (c == ':' && d == dialect::draft2019_09);
    if (!(i == 0 ? start : rest)) return false;
  }
  return true;
}

template <class Test>
bool all_members(json::value v, Test test) {
  if (!v.is_object()) return false;
  for (const auto [key, item] : v.members()) {
    if (!test(item)) return false;
  }
  return true;
}

template <class Test>
bool all_items(json::value v, Test test) {
  if (!v.is_array()) return false;
  for (const json::value item : v.items()) {
    if (!test(item)) return false;
  }
  return true;
}

/// What the value of a keyword should have been, or nothing when all is well.
inline std::string_view shape_fault(const keyword_entry& entry, json::value v, dialect d) {
  const auto schema = [d](json::value item) { return is_schema(item, d); };
  const auto type = [](json::value item) {
    return item.is_string() && type_named(*item.as_string()).has_value();
  };
  switch (entry.shape) {
    case shape::any:
      return {};
    case shape::boolean:
      return v.is_bool() ? "" : "true or false";
    case shape::string:
      if (entry.word == keyword::dynamic_ref && d >= dialect::v1) {
        const std::string_view name = v.as_string().value_or("");  // with '#' or without
        return is_anchor_name(name.substr(name.substr(0, 1) == "#" ? 1 : 0), d)
                   ? ""
                   : "a name, '#' before it or not";
      }
      return v.is_string() ? "" : "a string";
    case shape::anchor:
      return v.is_string() && is_anchor_name(*v.as_string(), d) ? ""
                                                                : "a name: letters, digits, '-', '_', '.'";
    case shape::number:
      return v.is_number() ? "" : "a number";
    case shape::positive:
      return v.is_number() && !take_apart(v.number_text()).digits.empty() &&
                     !take_apart(v.number_text()).negative
                 ? ""
                 : "a number above 0";
    case shape::exclusive:
      if (d == dialect::draft4) return v.is_bool() ? "" : "true or false in draft 4";
      return v.is_number() ? "" : "a number (a boolean only in draft 4)";
    case shape::count:
      return count_of(v) ? "" : "an integer from 0 on";
    case shape::list:
      return v.is_array() ? "" : "an array";
    case shape::values:
      if (d == dialect::draft4)
        return v.is_array() && !v.empty() && are_distinct(v) ? "" : "a non-empty array of distinct values";
      return v.is_array() ? "" : "an array of values";
    case shape::names:
      if (d == dialect::draft4 && v.is_array() && v.empty()) return "not empty in draft 4";
      return are_distinct_names(v) ? "" : "an array of distinct strings";
    case shape::name_lists:
      return all_members(v, are_distinct_names) ? "" : "an object of arrays of distinct strings";
    case shape::types:
      if (v.is_array())
        return !v.empty() && all_items(v, type) && are_distinct_names(v)
                   ? ""
                   : "a non-empty array of distinct types";
      return type(v) ? "" : "null, boolean, integer, number, string, array or object";
    case shape::vocabularies:
      return all_members(v, [](json::value item) { return item.is_bool(); }) ? "" : "an object of booleans";
    case shape::schema:
      return schema(v) ? "" : "a schema";
    case shape::schema_or_boolean:
      return v.is_object() || v.is_bool() ? "" : "a schema or a boolean";
    case shape::schemas:
      return !v.empty() && all_items(v, schema) ? "" : "a non-empty array of schemas";
    case shape::items:
      if (schema(v)) return "";
      if (d >= dialect::draft2020_12)
        return v.is_array() ? "a schema (an array is \"prefixItems\" from 2020-12 on)" : "a schema";
      return !v.empty() && all_items(v, schema) ? "" : "a schema or a non-empty array of schemas";
    case shape::schema_map:
      return all_members(v, schema) ? "" : "an object of schemas";
    case shape::schema_maps:
      return all_members(v, [&](json::value item) { return all_members(item, schema); })
                 ? ""
                 : "an object of objects of schemas";
    case shape::dependencies:
      return all_members(v,
                         [&](json::value item) {
                           return schema(item) ||
                                  (are_distinct_names(item) && (d != dialect::draft4 || !item.empty()));
                         })
                 ? ""
                 : "an object of schemas and arrays of distinct strings";
  }
  return {};
}

/// Whether a keyword holds schemas.
constexpr bool holds_schemas(shape s) { return s >= shape::schema; }

}  // namespace evalpp::inline EVALPP_ABI::json::detail
