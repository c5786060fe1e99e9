// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/compiler_class.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The part of the compiler for scalars: type, enum, const, numbers, strings.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool compiler::build_types(index n) {
  const json::value type = field(keyword::type);
  std::uint8_t types = 0;
  if (const auto name = type.as_string()) {
    types = type_named(*name).value_or(0);
  } else if (type.is_array()) {
    for (const json::value item : type.items()) {
      types = static_cast<std::uint8_t>(types | type_named(item.as_string().value_or("")).value_or(0));
    }
  } else {
    return true;
  }
  p_.nodes[n].types = types;
  return true;
}

inline index compiler::add_set(json::value values, bool single) {
  value_set set;
  set.values.first = static_cast<index>(p_.members.size());
  const auto add = [&](json::value v) {
    p_.members.push_back({v, equality_.hash(v)});
    const std::uint8_t bits = type_of(v, false);
    set.kinds =
        static_cast<std::uint8_t>(set.kinds | ((bits & type_bit::number) != 0 ? type_bit::number : bits));
  };
  if (single) {
    add(values);
  } else {
    for (const json::value v : values.items()) add(v);
  }
  set.values.count = static_cast<index>(p_.members.size()) - set.values.first;
  const std::size_t size = std::bit_ceil(2 * static_cast<std::size_t>(set.values.count) + 1);
  set.slots = {static_cast<index>(p_.slots.size()), static_cast<index>(size)};
  p_.slots.resize(p_.slots.size() + size);
  for (index i = 0; i < set.values.count; ++i) {
    std::size_t at = static_cast<std::size_t>(p_.members[set.values.first + i].hash) & (size - 1);
    while (p_.slots[set.slots.first + at] != 0) at = (at + 1) & (size - 1);
    p_.slots[set.slots.first + at] = i + 1;
  }
  p_.sets.push_back(set);
  return static_cast<index>(p_.sets.size() - 1);
}

inline bool compiler::build_values(index n) {
  if (const json::value list = field(keyword::enum_); list.is_array())
    p_.nodes[n].values = add_set(list, false);
  if (const json::value one = field(keyword::const_); one.exists()) p_.nodes[n].constant = add_set(one, true);
  return true;
}

/// The stricter of a limit and its exclusive twin; `direction` is 1 where greater is stricter.
inline bool compiler::bound(keyword limit, keyword exclusive, int direction, number_bound& out) {
  const json::value ordinary = field(limit);
  const json::value other = field(exclusive);
  if (ordinary.is_number()) {
    out = {true, other.as_bool().value_or(false) && rules_.until(dialect::draft4),
           take_apart(ordinary.number_text())};
  }
  if (other.is_number() && rules_.from(dialect::draft6)) {
    const decimal strict = take_apart(other.number_text());
    if (!out.set || compare(strict, out.value) * direction >= 0) out = {true, true, strict};
  }
  return out.set;
}

/// The integer part of a decimal, towards zero; nothing when it needs more than 64 bits.
inline std::optional<std::int64_t> truncated(const decimal& number) {
  if (number.digits.empty() || number.magnitude < 0) return 0;
  if (number.magnitude > 17) return std::nullopt;
  digit_reader digits(number.digits);
  std::int64_t whole = 0;
  for (std::int64_t power = number.magnitude; power >= 0; --power) {
    std::uint32_t digit = 0;
    digits.next(digit);
    whole = whole * 10 + static_cast<std::int64_t>(digit);
  }
  return number.negative ? -whole : whole;
}

inline bool compiler::build_numbers(index n) {
  number_rules rules;
  const bool low = bound(keyword::minimum, keyword::exclusive_minimum, 1, rules.low);
  const bool high = bound(keyword::maximum, keyword::exclusive_maximum, -1, rules.high);
  if (low) {
    const auto whole = truncated(rules.low.value);
    rules.whole = rules.whole && whole;
    const bool fraction = !rules.low.value.digits.empty() && rules.low.value.exponent < 0;
    const bool up = fraction ? !rules.low.value.negative : rules.low.exclusive;
    rules.least = whole.value_or(0) + (up ? 1 : 0);
  }
  if (high) {
    const auto whole = truncated(rules.high.value);
    rules.whole = rules.whole && whole;
    const bool fraction = !rules.high.value.digits.empty() && rules.high.value.exponent < 0;
    const bool down = fraction ? rules.high.value.negative : rules.high.exclusive;
    rules.most = whole.value_or(0) - (down ? 1 : 0);
  }
  if (const json::value multiple = field(keyword::multiple_of); multiple.is_number()) {
    rules.multiple = take_apart(multiple.number_text());
    if (rules.multiple.digits.empty() || rules.multiple.negative)
      return registry_.fail_at(at_, keyword::multiple_of, "must be a number above 0");
    if (count_digits(rules.multiple) > max_divisor_digits) {
      return registry_.fail_at(at_, keyword::multiple_of,
                               "has more than " + std::to_string(max_divisor_digits) + " digits");
    }
    rules.has_multiple = true;
    rules.divisor = to_int64(multiple.number_text()).value_or(0);
    rules.whole = rules.whole && rules.divisor != 0;
  }
  if (!low && !high && !rules.has_multiple) return true;
  p_.nodes[n].numbers = static_cast<index>(p_.numbers.size());
  p_.numbers.push_back(rules);
  return true;
}

inline bool compiler::limit(keyword word, std::uint64_t& out) {
  const json::value v = field(word);
  if (!v.exists()) return true;
  const auto count = count_of(v);
  if (!count) return registry_.fail_at(at_, word, "must be an integer from 0 on");
  out = *count;
  return true;
}

inline bool compiler::compile_pattern(std::string_view text, std::string_view keyword_name,
                                      std::string_view key, index& out) {
  const std::uint64_t hash = hash_bytes(text);
  out = patterns_by_text_.find(hash, [&](index i) { return p_.patterns[i].text == text; });
  if (out != hash_index::nothing) return true;
  auto compiled = regex::compile(text, {.annex_b = options_.lenient_patterns});
  if (!compiled) {
    std::string name(keyword_name);
    error fault = std::move(compiled.error());
    const std::size_t offset = fault.offset;
    std::string message = (key.empty() ? std::string() : "the name \"" + std::string(key) + "\": ") +
                          fault.message + " (offset " + std::to_string(offset) + " of the pattern)";
    static_cast<void>(registry_.fail(at_, name, std::move(message), std::move(fault.fix)));
    return false;
  }
  if (compiled->used_annex_b()) {
    registry_.warn(schema_warning_kind::pattern_annexb, at_, keyword_name,
                   "\"" + std::string(text) +
                       "\" is no pattern with the flag u of ECMA-262, but is one without (Annex B)");
  }
  out = static_cast<index>(p_.patterns.size());
  const index scratch = compiled->needs_scratch() ? p_.scratches++ : none;
  p_.patterns.push_back({text, std::move(*compiled), scratch});
  patterns_by_text_.insert(hash, out);
  return true;
}

inline bool compiler::build_strings(index n) {
  string_rules rules;
  if (!limit(keyword::min_length, rules.min_length) || !limit(keyword::max_length, rules.max_length))
    return false;
  if (const auto text = field(keyword::pattern).as_string()) {
    if (!compile_pattern(*text, "pattern", "", rules.pattern)) return false;
  }
  const bool asserted = options_.assert_format.value_or(rules_.format_asserted || rules_.from(dialect::v1));
  if (const auto name = field(keyword::format).as_string(); name && asserted) {
    if (const auto known = format_of(*name)) {
      rules.has_format = true;
      rules.format = *known;
      rules.a_labels = rules_.from(dialect::draft7);
    } else {
      registry_.warn(schema_warning_kind::unknown_format, at_, "format",
                     "no format \"" + std::string(*name) + "\" is known; it is not checked");
    }
  }
  if (options_.assert_content && !build_content(rules)) return false;
  const bool any = rules.min_length != 0 || rules.max_length != no_limit || rules.pattern != none ||
                   rules.has_format || rules.base64 || rules.json_text;
  if (!any) return true;
  p_.nodes[n].strings = static_cast<index>(p_.strings.size());
  p_.strings.push_back(rules);
  return true;
}

inline bool compiler::build_content(string_rules& rules) {
  rules.base64 = field(keyword::content_encoding).as_string() == "base64";
  const auto media = field(keyword::content_media_type).as_string();
  rules.json_text = media == "application/json";
  if (media) rules.content = node_for(field(keyword::content_schema));
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
