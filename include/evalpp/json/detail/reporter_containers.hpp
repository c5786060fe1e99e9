// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/reporter_class.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the reporter says about arrays and objects.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool reporter::walk_array(const array_rules& rules, const program_node& node, json::value v,
                                 const context& at) {
  const auto self = static_cast<index>(&node - p_.nodes.data());
  const std::size_t size = v.size();
  bool fits = true;
  if (size > rules.max_items) {
    fits = add(at, keyword::max_items, schema_error_kind::length, v,
               counted(size, "item", "items") + " > maxItems " + std::to_string(rules.max_items),
               "at most " + counted(rules.max_items, "item", "items"));
  }
  if (size < rules.min_items) {
    fits = add(at, keyword::min_items, schema_error_kind::length, v,
               counted(size, "item", "items") + " < minItems " + std::to_string(rules.min_items),
               "at least " + counted(rules.min_items, "item", "items"));
  }
  std::size_t first = 0;
  std::size_t second = 0;
  if (rules.unique && engine_.find_twins(v, first, second)) {
    fits = add(at, keyword::unique_items, schema_error_kind::duplicates, v,
               "items " + std::to_string(first) + " and " + std::to_string(second) + " are equal",
               "distinct items");
  }
  if (rules.contains != none) fits = walk_contains(rules, v, at) && fits;
  if (shallow_) return fits;
  const language& words = p_.resources[node.resource].rules;
  const bool by_position = words.until(dialect::draft2019_09);
  const keyword rest =
      by_position && field(node, keyword::items).is_array() ? keyword::additional_items : keyword::items;
  for (std::size_t i = 0; i < size; ++i) {
    node_ = self;
    const instance_step item{at.instance, i, false, {}};
    const bool in_prefix = i < rules.prefix.count;
    schema_step step{at.schema, rest};
    if (in_prefix) {
      step = {at.schema, by_position ? keyword::items : keyword::prefix_items, false, {}, true, i};
    } else if (rules.items == none) {
      break;
    }
    fits =
        walk(in_prefix ? p_.lists[rules.prefix.first + i] : rules.items, v.at(i), {&item, &step, at.where}) &&
        fits;
  }
  return fits;
}

inline bool reporter::walk_contains(const array_rules& rules, json::value v, const context& at) {
  std::uint64_t found = 0;
  for (const json::value item : v.items()) found += holds(rules.contains, item, at.where) ? 1U : 0U;
  const std::string matches = found == 1 ? "1 item matches" : std::to_string(found) + " items match";
  if (found < rules.min_contains) {
    return add(at, rules.min_contains == 1 ? keyword::contains : keyword::min_contains,
               schema_error_kind::length, v,
               matches + ", at least " + std::to_string(rules.min_contains) + " needed",
               "at least " + counted(rules.min_contains, "matching item", "matching items"));
  }
  if (found > rules.max_contains) {
    return add(at, keyword::max_contains, schema_error_kind::length, v,
               matches + ", at most " + std::to_string(rules.max_contains) + " allowed",
               "at most " + counted(rules.max_contains, "matching item", "matching items"));
  }
  return true;
}

inline bool reporter::walk_object(const object_rules& rules, const program_node& node, json::value v,
                                  const context& at) {
  const auto self = static_cast<index>(&node - p_.nodes.data());
  bool fits = walk_required(rules, v, at);
  if (v.size() > rules.max_properties) {
    fits = add(at, keyword::max_properties, schema_error_kind::length, v,
               counted(v.size(), "property", "properties") + " > maxProperties " +
                   std::to_string(rules.max_properties),
               "at most " + counted(rules.max_properties, "property", "properties"));
  }
  if (v.size() < rules.min_properties) {
    fits = add(at, keyword::min_properties, schema_error_kind::length, v,
               counted(v.size(), "property", "properties") + " < minProperties " +
                   std::to_string(rules.min_properties),
               "at least " + counted(rules.min_properties, "property", "properties"));
  }
  if (rules.dependencies.count != 0) fits = walk_dependencies(rules, v, at) && fits;
  node_ = self;
  return (shallow_ || walk_members(rules, v, at)) && fits;
}

inline bool reporter::walk_required(const object_rules& rules, json::value v, const context& at) {
  if (rules.required == 0) return true;
  std::vector<bool> seen(rules.properties.count);
  for (const auto [key, item] : v.members()) {
    if (const index known = find_property(p_, rules, key); known != none) seen[known] = true;
  }
  bool fits = true;
  for (index i = 0; i < rules.properties.count; ++i) {
    const property& wanted = p_.properties[rules.properties.first + i];
    if (!wanted.required || seen[i]) continue;
    std::string message = "missing required property " + quoted(wanted.name);
    near_miss nearest(wanted.name);
    for (std::size_t m = 0; telling() && m < v.size() && m < 300; ++m) {
      const std::string_view key = v.member_at(m).key;
      if (const index known = find_property(p_, rules, key);
          known == none || p_.properties[rules.properties.first + known].node == none)
        nearest.offer(key);
    }
    if (nearest.found()) message += "; found " + quoted(nearest.name());
    fits = add(at, keyword::required, schema_error_kind::missing_required, {}, std::move(message),
               quoted(wanted.name));
  }
  return fits;
}

inline bool reporter::walk_members(const object_rules& rules, json::value v, const context& at) {
  const index self = node_;
  bool fits = true;
  std::size_t position = 0;
  for (const auto [key, item] : v.members()) {
    const instance_step member{at.instance, position, true, key};
    if (rules.names != none && !holds(rules.names, v.key_at(position), at.where)) {
      node_ = self;
      const schema_step step{at.schema, keyword::property_names};
      const std::size_t before = records_.size();
      const std::size_t counted_before = total_;
      walk(rules.names, v.key_at(position), {nullptr, &step, at.where});
      const std::string why =
          records_.size() > before ? ": " + records_[before].error.message : std::string();
      records_.resize(before);
      total_ = counted_before;
      node_ = self;
      fits = add({&member, at.schema, at.where}, keyword::property_names, schema_error_kind::extra_property,
                 v.key_at(position), "the name " + quoted(key) + " is not allowed" + why, "another name");
    }
    bool additional = true;
    if (const index known = find_property(p_, rules, key); known != none) {
      if (const index node = p_.properties[rules.properties.first + known].node; node != none) {
        additional = false;
        const schema_step step{at.schema, keyword::properties, true, key};
        fits = walk(node, item, {&member, &step, at.where}) && fits;
      }
    }
    for (index i = 0; i < rules.patterns.count; ++i) {
      const pattern_property& rule = p_.pattern_properties[rules.patterns.first + i];
      if (!engine_.pattern_matches(rule.pattern, key)) continue;
      additional = false;
      const schema_step step{at.schema, keyword::pattern_properties, true, p_.patterns[rule.pattern].text};
      fits = walk(rule.node, item, {&member, &step, at.where}) && fits;
    }
    if (additional && rules.additional != none) {
      const schema_step step{at.schema, keyword::additional_properties};
      const context there{&member, &step, at.where};
      if ((p_.nodes[rules.additional].flags & program_node::never) != 0) {
        node_ = rules.additional;
        std::string message = "unexpected property " + quoted(key);
        near_miss nearest(key);
        for (index i = 0; telling() && i < rules.properties.count && i < 300; ++i) {
          const property& other = p_.properties[rules.properties.first + i];
          if (other.node != none && !v.contains(other.name)) nearest.offer(other.name);
        }
        if (nearest.found()) message += "; did you mean " + quoted(nearest.name()) + '?';
        fits = add_at(there, "additionalProperties", schema_pointer(&step), schema_error_kind::extra_property,
                      std::move(message), "nothing", shown(item));
      } else {
        fits = walk(rules.additional, item, there) && fits;
      }
    }
    ++position;
  }
  return fits;
}

inline bool reporter::walk_dependencies(const object_rules& rules, json::value v, const context& at) {
  const index self = node_;
  bool fits = true;
  for (index i = 0; i < rules.dependencies.count; ++i) {
    node_ = self;
    const dependency& rule = p_.dependencies[rules.dependencies.first + i];
    const std::string_view trigger = p_.properties[rules.properties.first + rule.trigger].name;
    const json::value there = v.find(trigger);
    if (!there.exists() || (rule.has_value && there.as_string() != rule.value)) continue;
    for (index k = 0; k < rule.required.count; ++k) {
      const std::string_view wanted =
          p_.properties[rules.properties.first + p_.lists[rule.required.first + k]].name;
      if (v.contains(wanted)) continue;
      fits = add(at, rule.word, schema_error_kind::missing_required, {},
                 "missing required property " + quoted(wanted) + "; because " + quoted(trigger) + " is there",
                 quoted(wanted));
    }
    if (rule.node == none || shallow_) continue;
    const schema_step step{at.schema, rule.word, true, trigger};
    const schema_step inner{&step, keyword::unknown, true, rule.value};
    const std::size_t before = records_.size();
    fits = walk(rule.node, v, {at.instance, rule.has_value ? &inner : &step, at.where}) && fits;
    const std::string why =
        "; because " + quoted(trigger) + (rule.has_value ? " is " + shown(there) : std::string(" is there"));
    for (std::size_t r = before; r < records_.size(); ++r) records_[r].error.message += why;
  }
  return fits;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
