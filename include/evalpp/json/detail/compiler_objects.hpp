// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/compiler_class.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// The part of the compiler for arrays and objects.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool compiler::build_arrays(index n) {
  array_rules rules;
  if (!limit(keyword::min_items, rules.min_items) || !limit(keyword::max_items, rules.max_items))
    return false;
  rules.unique = field(keyword::unique_items).as_bool().value_or(false);
  const json::value items = field(keyword::items);
  const bool by_position = items.is_array() && rules_.until(dialect::draft2019_09);
  const json::value positions = by_position ? items : field(keyword::prefix_items);
  if (positions.is_array()) {
    std::vector<index> nodes;
    for (const json::value item : positions.items()) {
      if (const index node = node_for(item); node != none) nodes.push_back(node);
    }
    rules.prefix = {static_cast<index>(p_.lists.size()), static_cast<index>(nodes.size())};
    p_.lists.insert(p_.lists.end(), nodes.begin(), nodes.end());
  }
  rules.items = node_for(by_position ? field(keyword::additional_items) : items);
  rules.contains = node_for(field(keyword::contains));
  if (!limit(keyword::min_contains, rules.min_contains) || !limit(keyword::max_contains, rules.max_contains))
    return false;
  rules.unevaluated = node_for(field(keyword::unevaluated_items));
  const bool any = rules.min_items != 0 || rules.max_items != no_limit || rules.unique ||
                   rules.prefix.count != 0 || rules.items != none || rules.contains != none ||
                   rules.unevaluated != none;
  if (!any) return true;
  if (rules.unevaluated != none) p_.nodes[n].flags |= program_node::tracks_items;
  p_.nodes[n].arrays = static_cast<index>(p_.arrays.size());
  p_.arrays.push_back(rules);
  return true;
}

/// The position of a name among those of the object schema; it is added when it is new.
inline index compiler::mention(index first, std::string_view name) {
  const std::uint64_t hash = hash_bytes(name);
  const index known = names_.find(hash, [&](index i) { return p_.properties[first + i].name == name; });
  if (known != hash_index::nothing) return known;
  const auto position = static_cast<index>(p_.properties.size()) - first;
  p_.properties.push_back({name, hash, none, false});
  names_.insert(hash, position);
  return position;
}

inline range compiler::mention_all(index first, json::value names) {
  const range mentioned{static_cast<index>(p_.lists.size()), static_cast<index>(names.size())};
  for (const json::value name : names.items())
    p_.lists.push_back(mention(first, name.as_string().value_or("")));
  return mentioned;
}

inline bool compiler::build_objects(index n) {
  object_rules rules;
  if (!limit(keyword::min_properties, rules.min_properties) ||
      !limit(keyword::max_properties, rules.max_properties))
    return false;
  names_ = {};
  const auto first = static_cast<index>(p_.properties.size());
  for (const auto [name, schema] : field(keyword::properties).members()) {
    const index node = node_for(schema);
    if (node != none) p_.properties[first + mention(first, name)].node = node;
  }
  for (const json::value name : field(keyword::required).items()) {
    if (!name.is_string()) continue;
    property& wanted = p_.properties[first + mention(first, *name.as_string())];
    if (!wanted.required) ++rules.required;
    wanted.required = true;
  }
  build_dependencies(rules, first);
  rules.properties = {first, static_cast<index>(p_.properties.size()) - first};
  if (!build_patterns(rules)) return false;
  rules.additional = node_for(field(keyword::additional_properties));
  rules.names = node_for(field(keyword::property_names));
  rules.unevaluated = node_for(field(keyword::unevaluated_properties));
  const bool any = rules.min_properties != 0 || rules.max_properties != no_limit ||
                   rules.properties.count != 0 || rules.patterns.count != 0 || rules.additional != none ||
                   rules.names != none || rules.unevaluated != none;
  if (!any) return true;
  build_slots(rules);
  if (rules.unevaluated != none) p_.nodes[n].flags |= program_node::tracks_properties;
  p_.nodes[n].objects = static_cast<index>(p_.objects.size());
  p_.objects.push_back(rules);
  return true;
}

inline void compiler::build_dependencies(object_rules& rules, index first) {
  rules.dependencies.first = static_cast<index>(p_.dependencies.size());
  for (const keyword word :
       {keyword::dependencies, keyword::dependent_required, keyword::dependent_schemas}) {
    for (const auto [trigger, v] : field(word).members()) {
      dependency rule;
      rule.word = word;
      rule.trigger = mention(first, trigger);
      if (v.is_array()) {
        rule.required = mention_all(first, v);
      } else {
        rule.node = node_for(v);
      }
      p_.dependencies.push_back(rule);
    }
  }
  for (const auto [trigger, map] : field(keyword::property_dependencies).members()) {
    for (const auto [wanted, schema] : map.members()) {
      dependency rule;
      rule.word = keyword::property_dependencies;
      rule.trigger = mention(first, trigger);
      rule.has_value = true;
      rule.value = wanted;
      rule.node = node_for(schema);
      p_.dependencies.push_back(rule);
    }
  }
  rules.dependencies.count = static_cast<index>(p_.dependencies.size()) - rules.dependencies.first;
}

inline bool compiler::build_patterns(object_rules& rules) {
  rules.patterns.first = static_cast<index>(p_.pattern_properties.size());
  for (const auto [text, schema] : field(keyword::pattern_properties).members()) {
    pattern_property rule;
    if (!compile_pattern(text, "patternProperties", text, rule.pattern)) return false;
    rule.node = node_for(schema);
    if (rule.node != none) p_.pattern_properties.push_back(rule);
  }
  rules.patterns.count = static_cast<index>(p_.pattern_properties.size()) - rules.patterns.first;
  return true;
}

inline void compiler::build_slots(object_rules& rules) {
  const std::size_t size = std::bit_ceil(2 * static_cast<std::size_t>(rules.properties.count) + 1);
  rules.slots = {static_cast<index>(p_.slots.size()), static_cast<index>(size)};
  p_.slots.resize(p_.slots.size() + size);
  for (index i = 0; i < rules.properties.count; ++i) {
    std::size_t at = static_cast<std::size_t>(p_.properties[rules.properties.first + i].hash) & (size - 1);
    while (p_.slots[rules.slots.first + at] != 0) at = (at + 1) & (size - 1);
    p_.slots[rules.slots.first + at] = i + 1;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
