// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The fields that a schema declares, laid over a value: what it says of members and items in any case,
/// through properties, patternProperties, additionalProperties, items, prefixItems, allOf and references.
/// What holds only under a condition (unions, if, dependencies) is left out. A place of the value comes once,
/// however many schemas speak of it (but for members behind the first 1,024 of an object).
///
/// Level by level, without recursion; keeps its memory, so that it allocates nothing once it is warm.
class declared_fields {
 public:
  static constexpr std::uint32_t nothing = 0xFFFFFFFF;
  static constexpr std::size_t no_depth = (std::numeric_limits<std::size_t>::max)();

  enum class step : std::uint8_t { root, member, any_member, item };

  struct field {
    json::value value = {};          ///< absent: the member is declared and not there
    std::uint32_t parent = nothing;  ///< of `fields()`
    std::uint32_t schemas = nothing;
    std::uint32_t depth = 0;
    std::string_view key = {};  ///< of a member that is declared by name
    step how = step::root;
    bool required = false;
  };

  const std::vector<field>& fields() const { return fields_; }
  /// Of the field that is visited: the types that all its schemas allow.
  std::uint8_t types() const { return types_; }
  /// Of the field that is visited: whether its type is one of them.
  bool type_fits() const { return type_fits_; }
  /// Of the field that is visited: whether one of its schemas requires members.
  bool requires_members() const { return requires_members_; }
  /// Whether the value of a field is valid.
  bool value_fits(const field& f) {
    for (std::uint32_t at = f.schemas; at != nothing; at = links_[at].next) {
      if (!engine_.run(links_[at].node, f.value, 0, links_[at].where)) return false;
    }
    return true;
  }

  /// Calls `visit(number of the field)` for each field, the root first, until it returns false; false then.
  /// Linear in the value times the schemas that speak of one place; what lies deeper than `max_depth` is left
  /// out.
  template <class Visit>
  bool walk(const program& p, json::value root, Visit&& visit, std::size_t max_depth = no_depth) {
    p_ = &p;
    engine_.start(p, {});
    fields_.assign(1, {.value = root});
    links_.clear();
    link(fields_[0], p.root, 0);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      gather(fields_[i]);
      if (!visit(i)) return false;
      if (fields_[i].depth < max_depth) expand(i);
    }
    return true;
  }

 private:
  struct schema_link {
    index node = none;
    engine::scope where = 0;
    std::uint32_t next = nothing;
  };
  struct applied {
    index node = none;
    engine::scope where = 0;
  };
  static constexpr std::size_t max_applied = 256;  // schemas of one place; more are not looked at
  static constexpr std::size_t max_merged = 1024;  // members of one object that are told to be the same

  void link(field& f, index node, engine::scope where) {
    links_.push_back({node, where, f.schemas});
    f.schemas = static_cast<std::uint32_t>(links_.size() - 1);
  }

  /// Everything that applies to a field in place, and what follows for its type.
  void gather(const field& f) {
    applied_.clear();
    types_ = type_bit::all;
    type_fits_ = true;
    requires_members_ = false;
    for (std::uint32_t at = f.schemas; at != nothing; at = links_[at].next)
      apply_node(links_[at].node, links_[at].where);
    for (std::size_t next = 0; next < applied_.size();) {  // it grows meanwhile
      const auto [at, where] = applied_[next++];
      const program_node& node = p_->nodes[at];
      types_ &= (node.flags & program_node::never) != 0 ? std::uint8_t{0} : node.types;
      const bool textual = (node.flags & program_node::textual_integers) != 0;
      type_fits_ = type_fits_ && (node.types & type_of(f.value, textual)) != 0;
      if (node.objects != none && p_->objects[node.objects].required != 0) requires_members_ = true;
      for (index k = 0; k < node.applicators.count; ++k) {
        const applicator& each = p_->applicators[node.applicators.first + k];
        if (each.op == apply::ref) apply_node(each.a, where);
        if (each.op == apply::dynamic_ref || each.op == apply::recursive_ref)
          apply_node(engine_.dynamic_target(each, where), where);
        if (each.op != apply::all) continue;
        for (index b = 0; b < each.list.count; ++b) apply_node(p_->lists[each.list.first + b], where);
      }
    }
  }

  void apply_node(index n, engine::scope where) {
    if (n == none || applied_.size() >= max_applied) return;
    if (p_->nodes[n].forward != none) n = p_->nodes[n].forward;
    const auto same = [n](const applied& a) { return a.node == n; };
    if (std::any_of(applied_.begin(), applied_.end(), same)) return;
    applied_.push_back({n, p_->dynamic ? engine_.enter(where, p_->nodes[n].resource) : where});
  }

  void expand(std::size_t parent) {
    const json::value v = fields_[parent].value;
    if (v.is_array()) expand_items(parent, v);
    if (v.is_object()) expand_members(parent, v);
  }

  void expand_items(std::size_t parent, json::value array) {
    for (std::size_t i = 0; i < array.size(); ++i) {
      std::uint32_t made = nothing;
      for (const applied& a : applied_) {
        const program_node& node = p_->nodes[a.node];
        if (node.arrays == none) continue;
        const array_rules& rules = p_->arrays[node.arrays];
        const index n = i < rules.prefix.count ? p_->lists[rules.prefix.first + i] : rules.items;
        if (n == none) continue;
        if (made == nothing) made = add(parent, array.at(i), step::item, {});
        link(fields_[made], n, a.where);
      }
    }
  }

  void expand_members(std::size_t parent, json::value object) {
    const std::size_t first = fields_.size();
    for (std::size_t k = 0; k < applied_.size(); ++k) {
      const program_node& node = p_->nodes[applied_[k].node];
      if (node.objects == none) continue;
      const object_rules& rules = p_->objects[node.objects];
      values_.assign(rules.properties.count, {});
      for (const auto [key, item] : object.members()) {
        if (const index at = find_property(*p_, rules, key); at != none) values_[at] = item;
      }
      for (index i = 0; i < rules.properties.count; ++i) {
        const property& known = p_->properties[rules.properties.first + i];
        if (known.node == none && !known.required) continue;  // only mentioned
        std::uint32_t at = k == 0 ? nothing : find(first, known.name);
        if (at == nothing) at = add(parent, values_[i], step::member, known.name);
        fields_[at].required = fields_[at].required || known.required;
        if (known.node != none) link(fields_[at], known.node, applied_[k].where);
      }
    }
    const std::size_t named = fields_.size();
    for (const member each : object.members()) expand_undeclared(parent, each, first, named);
  }

  /// What patternProperties and additionalProperties say of a member; those declared by name are
  /// first..named.
  void expand_undeclared(std::size_t parent, const member& each, std::size_t first, std::size_t named) {
    std::uint32_t made = nothing;
    const auto say = [&](index n, engine::scope where) {
      if (made == nothing) made = find(first, each.key, named);
      if (made == nothing) made = add(parent, each.value, step::any_member, {});
      link(fields_[made], n, where);
    };
    for (const applied& a : applied_) {
      const program_node& node = p_->nodes[a.node];
      if (node.objects == none) continue;
      const object_rules& rules = p_->objects[node.objects];
      if (rules.additional == none && rules.patterns.count == 0) continue;
      const index at = find_property(*p_, rules, each.key);
      bool known = at != none && p_->properties[rules.properties.first + at].node != none;
      for (index i = 0; i < rules.patterns.count; ++i) {
        const pattern_property& pattern = p_->pattern_properties[rules.patterns.first + i];
        if (!engine_.pattern_matches(pattern.pattern, each.key)) continue;
        known = true;
        say(pattern.node, a.where);
      }
      if (!known && rules.additional != none) say(rules.additional, a.where);
    }
  }

  std::uint32_t add(std::size_t parent, json::value v, step how, std::string_view key) {
    field made{.value = v, .parent = static_cast<std::uint32_t>(parent), .key = key, .how = how};
    made.depth = fields_[parent].depth + 1;
    fields_.push_back(made);
    return static_cast<std::uint32_t>(fields_.size() - 1);
  }

  /// The member of that name among those from `first` on.
  std::uint32_t find(std::size_t first, std::string_view key, std::size_t end = no_depth) const {
    end = (std::min)({end, fields_.size(), first + max_merged});
    for (std::size_t i = first; i < end; ++i) {
      if (fields_[i].how == step::member && fields_[i].key == key) return static_cast<std::uint32_t>(i);
    }
    return nothing;
  }

  const program* p_ = nullptr;
  engine engine_;
  std::vector<field> fields_;
  std::vector<schema_link> links_;
  std::vector<applied> applied_;
  std::vector<json::value> values_;  // of the members that one schema declares
  std::uint8_t types_ = type_bit::all;
  bool type_fits_ = true;
  bool requires_members_ = false;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
