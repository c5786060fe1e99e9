// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/fuser_class.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// Objects and the names of their members.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline fused_key fuser::key_of(std::string_view name, index node) {
  fused_key key{};
  key.node = node;
  key.name = static_cast<std::uint32_t>(out_.names.size());
  key.size = static_cast<std::uint32_t>(name.size());
  out_.names.insert(out_.names.end(), name.begin(), name.end());
  out_.names.insert(out_.names.end(), 8, '\0');
  key.hash = name_hash(out_.names.data() + key.name, name.size());
  // A text must escape some characters; and longer names do not fit.
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  });
  if (plain && name.size() + 3 <= pattern_size) {
    key.pattern[0] = '"';
    std::copy(name.begin(), name.end(), key.pattern + 1);
    key.pattern[name.size() + 1] = '"';
    key.pattern[name.size() + 2] = ':';
    key.bits = static_cast<std::uint32_t>((std::uint64_t{1} << (name.size() + 3)) - 1);
  } else {
    hide(key);
  }
  return key;
}

/// Lets a pattern match nothing but a control character in a string, which no sound text has.
inline void fuser::hide(fused_key& key) {
  key.pattern[0] = '"';
  key.pattern[1] = '\x01';
  key.bits = fused_key::hidden;
}

inline void fuser::build_slots(fused_names& names) {
  const std::size_t size = std::bit_ceil(2 * static_cast<std::size_t>(names.keys.count) + 1);
  names.slots = static_cast<index>(out_.slots.size());
  names.mask = static_cast<index>(size - 1);
  out_.slots.resize(out_.slots.size() + size);
  index* const slots = out_.slots.data() + names.slots;
  fused_key* const keys = out_.keys.data() + names.keys.first;
  std::size_t fewest = names.keys.count + std::size_t{1};
  // Names that are many collide anyway.
  for (std::uint32_t shift = 0; shift < (names.keys.count <= 16 ? 32U : 1U) && fewest != 0; ++shift) {
    std::size_t collisions = 0;
    for (index i = 0; i < names.keys.count; ++i) {
      index& slot = slots[static_cast<index>(keys[i].hash >> shift) & names.mask];
      collisions += slot == shift + 1 ? 1U : 0U;  // a mark of this round
      slot = shift + 1;
    }
    if (collisions >= fewest) continue;
    fewest = collisions;
    names.shift = shift;
  }
  std::fill(slots, slots + size, 0);
  for (index i = 0; i < names.keys.count; ++i) {
    keys[i].bit = i < 64 && keys[i].plain() ? std::uint64_t{1} << i : 0;
    index at = static_cast<index>(keys[i].hash >> names.shift) & names.mask;
    while (slots[at] != 0) at = (at + 1) & names.mask;
    slots[at] = i + 1;
  }
}

inline bool fuser::matches(index pattern, std::string_view name) {
  switch (p_.patterns[pattern].regex.search(name, scratch_)) {
    case regex_verdict::yes:
      return true;
    case regex_verdict::no:
      return false;
    case regex_verdict::budget:
      break;
  }
  return give_up();
}

inline void fuser::build_objects(fused_node& node, const atoms& all) {
  std::vector<const object_rules*> rules;
  for (const index atom : all) {
    if (p_.nodes[atom].objects != none) rules.push_back(&p_.objects[p_.nodes[atom].objects]);
  }
  if (rules.empty()) return;
  fused_object object;
  std::vector<index> names;
  for (const object_rules* r : rules) {
    object.min_properties = (std::max)(object.min_properties, r->min_properties);
    object.max_properties = (std::min)(object.max_properties, r->max_properties);
    if (r->names != none) names.push_back(r->names);
  }
  object.name_node = node_for(names);
  if (object.name_node != any_node) name_nodes_.push_back(object.name_node);
  build_keys(object, rules);
  build_patterns(object, rules);
  build_dependencies(object, rules);
  object.plain = object.min_properties == 0 && object.max_properties == no_limit &&
                 object.names.keys.count <= 64 && object.dependencies.count == 0;
  node.objects = static_cast<index>(out_.objects.size());
  out_.objects.push_back(object);
}

/// All names that any of the rules mentions, each with all that applies to its value.
inline void fuser::build_keys(fused_object& object, const std::vector<const object_rules*>& rules) {
  struct mentioned {
    std::string_view name;
    bool required = false;
  };
  std::vector<mentioned> names;
  hash_index known;
  for (const object_rules* r : rules) {
    for (index i = 0; i < r->properties.count; ++i) {
      const property& here = p_.properties[r->properties.first + i];
      index at = rules.size() == 1
                     ? hash_index::nothing
                     : known.find(here.hash, [&](index k) { return names[k].name == here.name; });
      if (at == hash_index::nothing) {
        at = static_cast<index>(names.size());
        names.push_back({here.name});
        if (rules.size() != 1) known.insert(here.hash, at);
      }
      names[at].required = names[at].required || here.required;
    }
  }
  std::vector<fused_key> keys;
  std::vector<std::uint64_t> required(names.size() / 64 + 1);
  std::vector<index> together;
  for (std::size_t i = 0; i < names.size(); ++i) {
    together.clear();
    for (const object_rules* r : rules) {
      bool additional = true;
      const index at = rules.size() == 1 ? static_cast<index>(i) : find_property(p_, *r, names[i].name);
      if (at != none && p_.properties[r->properties.first + at].node != none) {
        together.push_back(p_.properties[r->properties.first + at].node);
        additional = false;
      }
      for (index k = 0; k < r->patterns.count; ++k) {
        const pattern_property& each = p_.pattern_properties[r->patterns.first + k];
        if (!matches(each.pattern, names[i].name)) continue;
        together.push_back(each.node);
        additional = false;
      }
      if (additional && r->additional != none) together.push_back(r->additional);
    }
    keys.push_back(key_of(names[i].name, node_for(together)));
    if (object.name_node != any_node) hide(keys.back());  // every name is to be looked at
    if (names[i].required) required[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  fused_key sentinel{};
  hide(sentinel);
  keys.push_back(sentinel);

  object.names.keys = {static_cast<index>(out_.keys.size()), static_cast<index>(names.size())};
  out_.keys.insert(out_.keys.end(), keys.begin(), keys.end());
  build_slots(object.names);
  object.required = required[0];
  object.more_required = static_cast<index>(out_.masks.size());
  out_.masks.insert(out_.masks.end(), required.begin() + 1, required.end());
}

/// What applies to the members that are not among the keys: by patterns, or else additionalProperties.
inline void fuser::build_patterns(fused_object& object, const std::vector<const object_rules*>& rules) {
  std::vector<index> patterns;
  for (const object_rules* r : rules) {
    for (index k = 0; k < r->patterns.count; ++k) {
      patterns.push_back(p_.pattern_properties[r->patterns.first + k].pattern);
    }
  }
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  if (patterns.size() > 4) {
    give_up();
    return;
  }
  std::vector<index> nodes;
  for (std::size_t matched = 0; matched < std::size_t{1} << patterns.size(); ++matched) {
    std::vector<index> together;
    for (const object_rules* r : rules) {
      bool additional = true;
      for (index k = 0; k < r->patterns.count; ++k) {
        const pattern_property& each = p_.pattern_properties[r->patterns.first + k];
        const auto at = std::lower_bound(patterns.begin(), patterns.end(), each.pattern) - patterns.begin();
        if ((matched >> at & 1U) == 0) continue;
        together.push_back(each.node);
        additional = false;
      }
      if (additional && r->additional != none) together.push_back(r->additional);
    }
    nodes.push_back(node_for(together));
  }
  object.additional = nodes[0];
  if (patterns.empty()) return;
  object.patterns = add_list(patterns);
  object.by_pattern = add_list(nodes).first;
}

inline index fuser::find_key(const fused_names& names, std::string_view name) const {
  for (index i = 0; i < names.keys.count; ++i) {
    const fused_key& key = out_.keys[names.keys.first + i];
    if (std::string_view(out_.names.data() + key.name, key.size) == name) return i;
  }
  return none;
}

inline void fuser::build_dependencies(fused_object& object, const std::vector<const object_rules*>& rules) {
  std::vector<fused_dependency> made;
  for (const object_rules* r : rules) {
    const auto position = [&](index at) {
      return rules.size() == 1 ? at : find_key(object.names, p_.properties[r->properties.first + at].name);
    };
    for (index i = 0; i < r->dependencies.count; ++i) {
      const dependency& rule = p_.dependencies[r->dependencies.first + i];
      std::vector<index> required;
      for (index k = 0; k < rule.required.count; ++k) {
        required.push_back(position(p_.lists[rule.required.first + k]));
      }
      fused_dependency each;
      each.trigger = position(rule.trigger);
      each.required = add_list(required);
      if (rule.node != none) each.node = node_for(rule.node);
      made.push_back(each);
    }
  }
  object.dependencies = {static_cast<index>(out_.dependencies.size()), static_cast<index>(made.size())};
  out_.dependencies.insert(out_.dependencies.end(), made.begin(), made.end());
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
