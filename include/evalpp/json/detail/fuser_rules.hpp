// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/compiler_values.hpp>
#include <evalpp/json/detail/fuser_class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

// What the schemas that apply together say about a value, as one.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline void fuser::build_rules(index n, const atoms& all, fused_kind only, std::vector<fused_check>& checks) {
  fused_node node;
  if (only != fused_kind::mixed) node.types = bits_of(only);
  bool by_value = false;
  for (const index atom : all) {
    const program_node& here = p_.nodes[atom];
    node.types &= here.types;
    const bool textual = (here.flags & program_node::textual_integers) != 0;
    node.textual_integers = node.textual_integers || textual;
    by_value = by_value || !textual;
  }
  if (node.textual_integers && by_value) {  // two drafts that differ about 1.0
    give_up();
    return;
  }
  build_sets(node, all, checks);
  if ((node.types & type_bit::number) != 0) build_numbers(node, all);
  if ((node.types & type_bit::string) != 0) build_strings(node, all);
  if ((node.types & type_bit::array) != 0) build_arrays(node, all, checks);
  if ((node.types & type_bit::object) != 0) build_objects(node, all);
  if ((node.types & type_bit::null) == 0) node.literals &= literal_bit::no | literal_bit::yes;
  if ((node.types & type_bit::boolean) == 0) node.literals &= literal_bit::null;
  node.kind = node.types == 0 ? fused_kind::never : fused_kind::mixed;
  for (std::size_t k = 0; k < value_kinds; ++k) {
    const auto kind = static_cast<fused_kind>(k);
    if (node.types != 0 && (node.types & ~bits_of(kind)) == 0) node.kind = kind;
  }
  out_.nodes[n] = node;
}

inline bool fuser::in_set(index set, json::value v) {
  const range members = p_.sets[set].values;
  const std::uint64_t hash = equality_.hash(v);
  const range slots = p_.sets[set].slots;
  for (index at = static_cast<index>(hash) & (slots.count - 1);; at = (at + 1) & (slots.count - 1)) {
    const index entry = p_.slots[slots.first + at];
    if (entry == 0) return false;
    const set_member& m = p_.members[members.first + entry - 1];
    if (m.hash == hash && equality_.equal(m.value, v)) return true;
  }
}

inline void fuser::build_sets(fused_node& node, const atoms& all, std::vector<fused_check>& checks) {
  std::vector<index> sets;
  for (const index atom : all) {
    for (const index set : {p_.nodes[atom].values, p_.nodes[atom].constant}) {
      if (set != none) sets.push_back(set);
    }
  }
  if (sets.empty()) return;
  std::sort(sets.begin(), sets.end(),
            [this](index a, index b) { return p_.sets[a].values.count < p_.sets[b].values.count; });
  for (const index set : sets) node.types &= p_.sets[set].kinds;

  std::vector<std::string_view> strings;
  std::uint8_t truths = 0;
  bool numbers = false;
  const range members = p_.sets[sets[0]].values;
  for (index i = 0; i < members.count; ++i) {
    const json::value v = p_.members[members.first + i].value;
    const bool everywhere =
        std::all_of(sets.begin() + 1, sets.end(), [&](index set) { return in_set(set, v); });
    if (!everywhere) continue;
    if (v.is_null()) truths |= literal_bit::null;
    if (const auto truth = v.as_bool()) truths |= *truth ? literal_bit::yes : literal_bit::no;
    if (const auto text = v.as_string()) strings.push_back(*text);
    numbers = numbers || v.is_number();
  }
  node.literals = truths;
  if ((truths & literal_bit::null) == 0) node.types &= static_cast<std::uint8_t>(~type_bit::null);
  if ((truths & (literal_bit::no | literal_bit::yes)) == 0)
    node.types &= static_cast<std::uint8_t>(~type_bit::boolean);
  if (strings.empty()) node.types &= static_cast<std::uint8_t>(~type_bit::string);
  if (!numbers) node.types &= static_cast<std::uint8_t>(~type_bit::number);
  if ((node.types & (type_bit::array | type_bit::object)) != 0) {
    for (const index set : sets) {
      fused_check check;
      check.what = fused_check::op::member;
      check.a = set;
      checks.push_back(check);
    }
  }
  if ((node.types & type_bit::string) != 0) {
    std::sort(strings.begin(), strings.end());
    strings.erase(std::unique(strings.begin(), strings.end()), strings.end());
    fused_string rule;
    rule.enumerated = true;
    rule.closer = true;
    rule.values.keys = {static_cast<index>(out_.keys.size()), static_cast<index>(strings.size())};
    for (const std::string_view s : strings) out_.keys.push_back(key_of(s, any_node));
    build_slots(rule.values);
    node.strings = static_cast<index>(out_.strings.size());
    out_.strings.push_back(rule);
  }
  if ((node.types & type_bit::number) != 0) {
    fused_number rule = out_.numbers[0];
    rule.sets = add_list(sets);
    rule.slow = true;
    node.numbers = static_cast<index>(out_.numbers.size());
    out_.numbers.push_back(rule);
  }
}

/// A bound times 10^k, rounded inward; beyond 64 bits the last number on that side.
inline std::int64_t scaled_bound(const number_bound& bound, std::size_t k, bool low) {
  decimal moved = bound.value;
  moved.exponent += static_cast<std::int64_t>(k);
  moved.magnitude += static_cast<std::int64_t>(k);
  const auto whole = truncated(moved);
  if (!whole) {
    return moved.negative ? (std::numeric_limits<std::int64_t>::min)()
                          : (std::numeric_limits<std::int64_t>::max)();
  }
  const bool fraction = !moved.digits.empty() && moved.exponent < 0;
  const bool inward = fraction ? moved.negative != low : bound.exclusive;
  return *whole + (!inward ? 0 : low ? 1 : -1);
}

inline void fuser::build_numbers(fused_node& node, const atoms& all) {
  std::vector<index> rules;
  for (const index atom : all) {
    if (p_.nodes[atom].numbers != none) rules.push_back(p_.nodes[atom].numbers);
  }
  if (rules.empty()) return;
  if (node.numbers == 0) {
    node.numbers = static_cast<index>(out_.numbers.size());
    const fused_number no_rule = out_.numbers[0];
    out_.numbers.push_back(no_rule);
  }
  fused_number& rule = out_.numbers[node.numbers];
  for (const index r : rules) {
    const number_rules& from = p_.numbers[r];
    for (std::size_t k = 0; k < scales; ++k) {
      if (from.low.set) rule.least[k] = (std::max)(rule.least[k], scaled_bound(from.low, k, true));
      if (from.high.set) rule.most[k] = (std::min)(rule.most[k], scaled_bound(from.high, k, false));
    }
    if (!from.has_multiple) continue;
    rule.slow = rule.slow || rule.divisor != 0 || from.divisor == 0;
    rule.divisor = from.divisor;
  }
  rule.rules = add_list(rules);
}

inline void fuser::build_strings(fused_node& node, const atoms& all) {
  std::vector<index> patterns;
  std::vector<index> formats;
  std::uint64_t shortest = 0;
  std::uint64_t longest = no_limit;
  bool any = false;
  for (const index atom : all) {
    if (p_.nodes[atom].strings == none) continue;
    const string_rules& rules = p_.strings[p_.nodes[atom].strings];
    any = true;
    if (rules.base64 || rules.json_text) {
      give_up();
      return;
    }
    shortest = (std::max)(shortest, rules.min_length);
    longest = (std::min)(longest, rules.max_length);
    if (rules.pattern != none) patterns.push_back(rules.pattern);
    if (rules.has_format) formats.push_back(p_.nodes[atom].strings);
  }
  if (!any) return;
  if (node.strings == 0) {
    node.strings = static_cast<index>(out_.strings.size());
    out_.strings.emplace_back();
  }
  fused_string& rule = out_.strings[node.strings];
  rule.min_length = shortest;
  rule.max_length = longest;
  rule.patterns = add_list(patterns);
  rule.formats = add_list(formats);
  rule.tested = !patterns.empty() || !formats.empty();
  rule.closer = rule.closer || rule.tested;
}

inline void fuser::build_arrays(fused_node& node, const atoms& all, std::vector<fused_check>& checks) {
  std::vector<const array_rules*> rules;
  for (const index atom : all) {
    if (p_.nodes[atom].arrays != none) rules.push_back(&p_.arrays[p_.nodes[atom].arrays]);
  }
  if (rules.empty()) return;
  fused_array array;
  index longest = 0;
  bool unique = false;
  for (const array_rules* r : rules) {
    array.min_items = (std::max)(array.min_items, r->min_items);
    array.max_items = (std::min)(array.max_items, r->max_items);
    longest = (std::max)(longest, r->prefix.count);
    unique = unique || r->unique;
    if (r->contains == none) continue;
    fused_check check;
    check.what = fused_check::op::contains;
    check.a = node_for(r->contains);
    check.least = r->min_contains;
    check.most = r->max_contains;
    checks.push_back(check);
  }
  if (unique) {
    fused_check check;
    check.what = fused_check::op::unique;
    checks.push_back(check);
  }
  std::vector<index> prefix;
  for (index i = 0; i <= longest; ++i) {  // the last one stands for the rest
    std::vector<index> together;
    for (const array_rules* r : rules) {
      if (i < r->prefix.count) {
        together.push_back(p_.lists[r->prefix.first + i]);
      } else if (r->items != none) {
        together.push_back(r->items);
      }
    }
    prefix.push_back(node_for(together));
  }
  array.items = prefix.back();
  prefix.pop_back();
  array.prefix = add_list(prefix);
  node.arrays = static_cast<index>(out_.arrays.size());
  out_.arrays.push_back(array);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
