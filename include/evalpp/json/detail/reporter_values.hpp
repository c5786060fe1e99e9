// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/keyword_check.hpp>
#include <evalpp/json/detail/reporter_class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// What the reporter says about scalars.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool reporter::walk_types(const program_node& node, json::value v, const context& at) {
  const bool textual = (node.flags & program_node::textual_integers) != 0;
  if ((type_of(v, textual) & node.types) != 0) return true;
  const auto right = [&](json::value other) { return (type_of(other, textual) & node.types) != 0; };
  schema_error_kind kind = schema_error_kind::type_other;
  std::string hint;
  if (v.is_null()) {
    kind = schema_error_kind::type_null;
  } else if (const auto text = v.as_string();
             text && (node.types & type_bit::number) != 0 && text->size() < 400) {
    if (const auto inner = parse(*text); inner && inner->root().is_number()) {
      kind = schema_error_kind::type_quoted_number;
      hint = " (quoted number)";
    }
  } else if (v.size() == 1) {
    const bool list = v.is_array();
    if (right(list ? v.at(0) : (*v.members().begin()).value)) {
      kind = schema_error_kind::type_wrapped;
      hint = list ? " (in a list)" : " (inside an object, at " + quoted((*v.members().begin()).key) + ")";
    }
  }
  if (at.instance == nullptr) kind = schema_error_kind::wrong_root;
  std::string expected = type_names(node.types);
  std::string message = "expected " + expected + ", got " + shown_with_type(v) + hint;
  return add(at, keyword::type, kind, v, std::move(message), std::move(expected));
}

inline bool reporter::walk_values(const program_node& node, json::value v, const context& at) {
  bool fits = true;
  const auto differs_in_case = [&](json::value wanted) {
    return v.is_string() && wanted.is_string() && folded(*v.as_string()) == folded(*wanted.as_string());
  };
  if (node.values != none && !engine_.in_set(node.values, v)) {
    const range values = p_.sets[node.values].values;
    std::string list;
    json::value meant;
    for (index i = 0; i < values.count && (i < 8 || telling()); ++i) {
      const json::value wanted = p_.members[values.first + i].value;
      if (!meant.exists() && telling() && i < 10'000 && differs_in_case(wanted)) meant = wanted;
      if (i < 8) list += (i == 0 ? "" : ", ") + shown(wanted);
    }
    if (values.count > 8) list += " and " + std::to_string(values.count - 8) + " more";
    std::string message = shown(v) + " is not one of " + (list.empty() ? "no values" : list);
    if (meant.exists()) message += "; differs only in case from " + shown(meant);
    fits =
        add(at, keyword::enum_, meant.exists() ? schema_error_kind::enum_case : schema_error_kind::enum_other,
            v, std::move(message), std::move(list));
  }
  if (node.constant != none && !engine_.in_set(node.constant, v)) {
    const json::value wanted = p_.members[p_.sets[node.constant].values.first].value;
    const bool in_case_only = differs_in_case(wanted);
    std::string message = "expected " + shown(wanted) + ", got " + shown_with_type(v);
    if (in_case_only) message += "; differs only in case";
    fits =
        add(at, keyword::const_, in_case_only ? schema_error_kind::enum_case : schema_error_kind::enum_other,
            v, std::move(message), shown(wanted));
  }
  return fits;
}

inline bool reporter::walk_number(const program_node& node, json::value v, const context& at) {
  const bool draft4 = p_.resources[node.resource].rules.until(dialect::draft4);
  const decimal number = take_apart(v.number_text());
  bool fits = true;
  const auto check = [&](keyword word, keyword modifier, int direction, bool always_exclusive) {
    const json::value limit = field(node, word);
    if (!limit.is_number()) return;
    const bool exclusive = always_exclusive || (draft4 && field(node, modifier).as_bool().value_or(false));
    const int order = compare(number, take_apart(limit.number_text())) * direction;
    if (order > 0 || (order == 0 && !exclusive)) return;
    std::string_view sign = direction > 0 ? (exclusive ? " <= " : " < ") : (exclusive ? " >= " : " > ");
    const std::string name(name_of(exclusive ? modifier : word));
    fits = add(
        at, word, schema_error_kind::range, v, shown(v) + std::string(sign) + name + ' ' + shown(limit),
        std::string(direction > 0 ? (exclusive ? "> " : ">= ") : (exclusive ? "< " : "<= ")) + shown(limit));
  };
  check(keyword::maximum, keyword::exclusive_maximum, -1, false);
  if (!draft4) check(keyword::exclusive_maximum, keyword::exclusive_maximum, -1, true);
  check(keyword::minimum, keyword::exclusive_minimum, 1, false);
  if (!draft4) check(keyword::exclusive_minimum, keyword::exclusive_minimum, 1, true);
  const number_rules& rules = p_.numbers[node.numbers];
  if (rules.has_multiple && !multiple_of(number, rules.multiple)) {
    const std::string divisor = shown(field(node, keyword::multiple_of));
    fits = add(at, keyword::multiple_of, schema_error_kind::range, v,
               shown(v) + " is not a multiple of " + divisor, "a multiple of " + divisor);
  }
  return fits;
}

inline bool reporter::walk_string(const program_node& node, json::value v, const context& at) {
  const string_rules& rules = p_.strings[node.strings];
  const std::string_view text = *v.as_string();
  const std::uint64_t length = count_code_points(text);
  bool fits = true;
  if (length > rules.max_length) {
    fits = add(at, keyword::max_length, schema_error_kind::length, v,
               "length " + std::to_string(length) + " > maxLength " + std::to_string(rules.max_length),
               "at most " + counted(rules.max_length, "character", "characters"));
  }
  if (length < rules.min_length) {
    fits = add(at, keyword::min_length, schema_error_kind::length, v,
               "length " + std::to_string(length) + " < minLength " + std::to_string(rules.min_length),
               "at least " + counted(rules.min_length, "character", "characters"));
  }
  if (rules.pattern != none && !engine_.pattern_matches(rules.pattern, text)) {
    const std::string pattern = cut(std::string(p_.patterns[rules.pattern].text));
    fits = add(at, keyword::pattern, schema_error_kind::pattern, v, shown(v) + " does not match " + pattern,
               pattern);
  }
  if (rules.has_format) {
    if (const format_check checked = check_format(rules.format, text, rules.a_labels); !checked.valid) {
      std::string message = shown(v) + " is not " + std::string(description(rules.format)) +
                            ", wrong from byte " + std::to_string(checked.offset) + " on";
      fits = add(at, keyword::format, schema_error_kind::format, v, std::move(message),
                 std::string(description(rules.format)));
    }
  }
  if ((rules.base64 || rules.json_text) && !engine_.content_fits(rules, text)) {
    std::string decoded;
    const bool encoding = rules.base64 && !decode_base64(text, decoded);
    const bool media =
        !encoding && rules.json_text && !parse(rules.base64 ? std::string_view(decoded) : text);
    const keyword word = encoding ? keyword::content_encoding
                         : media  ? keyword::content_media_type
                                  : keyword::content_schema;
    const std::string expected = encoding ? "base64"
                                 : media  ? "JSON text"
                                          : "JSON text that fits contentSchema";
    fits = add(at, word, schema_error_kind::content, v, shown(v) + " is no " + expected, expected);
  }
  return fits;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
