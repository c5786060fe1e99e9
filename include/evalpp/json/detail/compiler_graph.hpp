// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/compiler_class.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The part of the compiler that goes from schema to schema: references, applicators, loops.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool compiler::compile(json::document&& text) {
  index root = none;
  if (!registry_.add_root(std::move(text), root)) return false;
  p_.root = node_of(root);
  p_.rules = p_.resources[p_.places[root].resource].rules;
  if (!drain() || !check_unused() || !find_loops()) return false;
  fill_dynamic_tables();
  forward_references();
  return true;
}

inline index compiler::node_of(index at) {
  place& where = p_.places[at];
  if (where.node != none) return where.node;
  where.node = static_cast<index>(p_.nodes.size());
  program_node node;
  node.place = at;
  node.resource = where.resource;
  node.forward = where.node;
  p_.nodes.push_back(node);
  pending_.push_back(where.node);
  return where.node;
}

inline bool compiler::drain() {
  for (;;) {
    while (!pending_.empty()) {
      const index next = pending_.back();
      pending_.pop_back();
      if (!build(next)) return false;
    }
    reach_dynamic_targets();
    if (pending_.empty()) return true;
  }
}

/// Whatever a dynamic reference could lead to must be compiled, also in documents that were loaded later.
inline void compiler::reach_dynamic_targets() {
  for (; anchors_seen_ < registry_.anchors().size(); ++anchors_seen_) {
    const auto& anchor = registry_.anchors()[anchors_seen_];
    if (!anchor.dynamic) continue;
    for (const std::string_view name : dynamic_names_) {
      if (anchor.name == name) node_of(anchor.place);
    }
  }
  for (; recursive_ && resources_seen_ < p_.resources.size(); ++resources_seen_) {
    if (p_.resources[resources_seen_].recursive_anchor) node_of(p_.resources[resources_seen_].root);
  }
}

inline index compiler::dynamic_name(std::string_view name) {
  for (std::size_t i = 0; i < dynamic_names_.size(); ++i) {
    if (dynamic_names_[i] == name) return static_cast<index>(i);
  }
  anchors_seen_ = 0;
  p_.dynamic = true;
  dynamic_names_.push_back(name);
  return static_cast<index>(dynamic_names_.size() - 1);
}

inline bool compiler::build(index n) {
  at_ = p_.nodes[n].place;
  const json::value schema = p_.places[at_].schema;
  rules_ = p_.resources[p_.nodes[n].resource].rules;
  if (const auto truth = schema.as_bool()) {
    p_.nodes[n].flags |= *truth ? program_node::always : program_node::never;
    return true;
  }
  if (!schema.is_object())
    return registry_.fail(at_, "",
                          "a schema is an object or a boolean, not " + std::string(to_string(schema.kind())));
  for (const auto [name, v] : schema.members()) {
    const keyword_entry* const entry = find_keyword(name, rules_.base);
    if (entry != nullptr && is_on(*entry, rules_)) fields_[static_cast<std::size_t>(entry->word)] = v;
  }
  if (rules_.until(dialect::draft7) && field(keyword::ref).is_string()) {
    const json::value reference = field(keyword::ref);
    fields_ = {};
    fields_[static_cast<std::size_t>(keyword::ref)] = reference;
  }
  if (rules_.until(dialect::draft4)) p_.nodes[n].flags |= program_node::textual_integers;
  const bool good = build_types(n) && build_values(n) && build_numbers(n) && build_strings(n) &&
                    build_arrays(n) && build_objects(n) && build_applicators(n);
  for (const auto [name, v] : schema.members()) {
    if (const keyword_entry* const entry = find_keyword(name, rules_.base))
      fields_[static_cast<std::size_t>(entry->word)] = {};
  }
  if (!good) return false;
  program_node& node = p_.nodes[n];
  if (node.types == type_bit::all && node.values == none && node.constant == none && node.numbers == none &&
      node.strings == none && node.arrays == none && node.objects == none && node.applicators.count == 0) {
    node.flags |= program_node::always;
  }
  return true;
}

inline bool compiler::build_applicators(index n) {
  std::vector<applicator> out;
  if (!build_reference(out)) return false;
  build_list(out, keyword::all_of, apply::all);
  build_list(out, keyword::any_of, apply::any);
  build_list(out, keyword::one_of, apply::one);
  if (const index target = node_for(field(keyword::not_)); target != none) {
    out.push_back({apply::negation, keyword::not_, target, none, none, {}});
  }
  if (const index test = node_for(field(keyword::if_)); test != none) {
    out.push_back({apply::condition,
                   keyword::if_,
                   test,
                   node_for(field(keyword::then_)),
                   node_for(field(keyword::else_)),
                   {}});
  }
  for (const applicator& each : out) {
    if (each.op > apply::all) p_.nodes[n].flags |= program_node::branches;
  }
  p_.nodes[n].applicators = {static_cast<index>(p_.applicators.size()), static_cast<index>(out.size())};
  p_.applicators.insert(p_.applicators.end(), out.begin(), out.end());
  return true;
}

inline void compiler::build_list(std::vector<applicator>& out, keyword word, apply op) {
  const json::value list = field(word);
  if (!list.is_array()) return;
  std::vector<index> nodes;
  for (const json::value item : list.items()) {
    if (const index node = node_for(item); node != none) nodes.push_back(node);
  }
  applicator each{op,   word, none,
                  none, none, {static_cast<index>(p_.lists.size()), static_cast<index>(nodes.size())}};
  p_.lists.insert(p_.lists.end(), nodes.begin(), nodes.end());
  out.push_back(each);
}

inline bool compiler::build_reference(std::vector<applicator>& out) {
  const index resource = p_.places[at_].resource;
  if (const auto reference = field(keyword::ref).as_string()) {
    index target = none;
    if (!registry_.resolve(resource, *reference, at_, keyword::ref, target)) return false;
    out.push_back({apply::ref, keyword::ref, node_of(target), none, none, {}});
  }
  if (const auto reference = field(keyword::recursive_ref).as_string()) {
    index target = none;
    if (!registry_.resolve(resource, *reference, at_, keyword::recursive_ref, target)) return false;
    const schema_resource& there = p_.resources[p_.places[target].resource];
    const bool dynamic = *reference == "#" && there.recursive_anchor;
    recursive_ = recursive_ || dynamic;
    p_.dynamic = p_.dynamic || dynamic;
    out.push_back({dynamic ? apply::recursive_ref : apply::ref,
                   keyword::recursive_ref,
                   node_of(target),
                   none,
                   none,
                   {}});
  }
  return build_dynamic_reference(out);
}

inline bool compiler::build_dynamic_reference(std::vector<applicator>& out) {
  const auto reference = field(keyword::dynamic_ref).as_string();
  if (!reference) return true;
  if (rules_.from(dialect::v1)) {  // a name and nothing else
    const std::string_view name = reference->substr(!reference->empty() && reference->front() == '#' ? 1 : 0);
    out.push_back({apply::dynamic_ref, keyword::dynamic_ref, none, dynamic_name(name), none, {}});
    return true;
  }
  index target = none;
  if (!registry_.resolve(p_.places[at_].resource, *reference, at_, keyword::dynamic_ref, target))
    return false;
  const std::size_t hash = reference->find('#');
  const std::string_view name = hash == std::string_view::npos ? "" : reference->substr(hash + 1);
  const bool bookend =
      !name.empty() && registry_.find_anchor(p_.places[target].resource, name, true) == target;
  if (bookend) {
    out.push_back({apply::dynamic_ref, keyword::dynamic_ref, node_of(target), dynamic_name(name), none, {}});
  } else {
    out.push_back({apply::ref, keyword::dynamic_ref, node_of(target), none, none, {}});
  }
  return true;
}

inline void compiler::fill_dynamic_tables() {
  for (const std::string_view name : dynamic_names_) {
    range targets{static_cast<index>(p_.dynamic_targets.size()), 0};
    for (const auto& anchor : registry_.anchors()) {
      if (anchor.dynamic && anchor.name == name)
        p_.dynamic_targets.push_back({anchor.resource, p_.places[anchor.place].node});
    }
    targets.count = static_cast<index>(p_.dynamic_targets.size()) - targets.first;
    p_.dynamic_names.push_back(targets);
  }
  p_.recursive_targets.first = static_cast<index>(p_.dynamic_targets.size());
  for (std::size_t i = 0; recursive_ && i < p_.resources.size(); ++i) {
    const schema_resource& r = p_.resources[i];
    if (r.recursive_anchor) p_.dynamic_targets.push_back({static_cast<index>(i), p_.places[r.root].node});
  }
  p_.recursive_targets.count = static_cast<index>(p_.dynamic_targets.size()) - p_.recursive_targets.first;
}

/// Calls `visit` for every node that a node applies to the same value, where that is known beforehand.
template <class Visit>
void compiler::for_each_in_place(const program_node& node, Visit visit) const {
  for (index i = 0; i < node.applicators.count; ++i) {
    const applicator& each = p_.applicators[node.applicators.first + i];
    if (each.op != apply::dynamic_ref && each.op != apply::recursive_ref) {
      for (const index target : {each.a, each.b, each.c}) {
        if (target != none) visit(target);
      }
    }
    for (index k = 0; k < each.list.count; ++k) visit(p_.lists[each.list.first + k]);
  }
  if (node.objects == none) return;
  const range dependencies = p_.objects[node.objects].dependencies;
  for (index i = 0; i < dependencies.count; ++i) {
    if (const index target = p_.dependencies[dependencies.first + i].node; target != none) visit(target);
  }
}

/// A chain of references and applicators that comes back without a step into the value never ends.
inline bool compiler::find_loops() {
  enum class state : std::uint8_t { fresh, open, done };
  std::vector<state> states(p_.nodes.size(), state::fresh);
  std::vector<std::pair<index, bool>> stack;  // node, leaving it
  for (index start = 0; start < p_.nodes.size(); ++start) {
    if (states[start] == state::fresh) stack.emplace_back(start, false);
    while (!stack.empty()) {
      const auto [n, leaving] = stack.back();
      stack.pop_back();
      if (leaving) {
        states[n] = state::done;
        continue;
      }
      if (states[n] != state::fresh) continue;
      states[n] = state::open;
      stack.emplace_back(n, true);
      index loop = none;
      for_each_in_place(p_.nodes[n], [&](index target) {
        if (states[target] == state::open) loop = target;
        if (states[target] == state::fresh) stack.emplace_back(target, false);
      });
      if (loop != none) {
        return registry_.fail(p_.nodes[n].place, "",
                              "leads back to \"" + pointer_to(p_, p_.nodes[loop].place, false) +
                                  "\" without a step into the value, for ever");
      }
    }
  }
  return true;
}

/// Lets a node that is nothing but a reference be skipped, and finds those without any, unless the way
/// matters. There are no circles any more.
inline void compiler::forward_references() {
  if (p_.dynamic) return;
  std::vector<index> way;
  for (index start = 0; start < p_.nodes.size(); ++start) {
    index at = start;
    while (p_.nodes[at].forward == at && is_reference(p_.nodes[at])) {
      way.push_back(at);
      at = p_.applicators[p_.nodes[at].applicators.first].a;
    }
    for (const index passed : way) p_.nodes[passed].forward = p_.nodes[at].forward;
    way.clear();
    program_node& node = p_.nodes[start];
    const bool fixed = (node.flags & (program_node::always | program_node::never)) != 0;
    if (!fixed && node.applicators.count == 0) node.flags |= program_node::plain;
  }
}

inline bool compiler::is_reference(const program_node& node) const {
  return node.applicators.count == 1 && p_.applicators[node.applicators.first].op == apply::ref &&
         node.types == type_bit::all && node.values == none && node.constant == none &&
         node.numbers == none && node.strings == none && node.arrays == none && node.objects == none;
}

/// Patterns and limits where no reference leads.
inline bool compiler::check_unused() {
  for (index at = 0; at < p_.places.size(); ++at) {
    const json::value schema = p_.places[at].schema;
    if (p_.places[at].node != none || !schema.is_object() || !registry_.in_root(at)) continue;
    rules_ = p_.resources[p_.places[at].resource].rules;
    if (rules_.until(dialect::draft7) && schema["$ref"].is_string()) continue;
    at_ = at;
    for (const auto [name, v] : schema.members()) {
      const keyword_entry* const entry = find_keyword(name, rules_.base);
      if (entry == nullptr || !is_on(*entry, rules_)) continue;
      index unused = none;
      if (entry->word == keyword::pattern && v.is_string() &&
          !compile_pattern(*v.as_string(), name, "", unused))
        return false;
      if (entry->shape == shape::count || entry->shape == shape::positive) {
        const std::string_view wanted = shape_fault(*entry, v, rules_.base);
        if (!wanted.empty()) return registry_.fail(at, name, "must be " + std::string(wanted));
      }
    }
  }
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
