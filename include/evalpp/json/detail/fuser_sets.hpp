// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/fuser_class.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

// Which schemas apply together, and what is left of their unions.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline void fuser::fuse() {
  if (p_.dynamic || !measure()) return;
  add_basics();
  out_.root = node_for(p_.root);
  const std::size_t most_nodes = 16 * p_.nodes.size() + 64;
  const std::size_t most_keys = 16 * p_.properties.size() + 16 * p_.members.size() + 4096;
  while (!failed_ && done_ < jobs_.size()) {
    build(job(jobs_[done_++]));
    if (out_.nodes.size() > most_nodes || out_.keys.size() > most_keys) return;
  }
  // Names are strings that nothing reads twice.
  for (const index n : name_nodes_) {
    const fused_node& node = out_.nodes[n];
    if (node.kind == fused_kind::by_type || node.checks.count != 0) return;
  }
  out_.usable = !failed_;
}

inline void fuser::add_basics() {
  fused_node never;
  never.kind = fused_kind::never;
  never.types = 0;
  out_.nodes = {fused_node{}, never};
  fused_number& anything = out_.numbers.emplace_back();
  std::fill(std::begin(anything.least), std::end(anything.least), (std::numeric_limits<std::int64_t>::min)());
  std::fill(std::begin(anything.most), std::end(anything.most), (std::numeric_limits<std::int64_t>::max)());
  out_.strings.emplace_back();
  out_.arrays.emplace_back();
  fused_object any;
  build_keys(any, {});
  out_.objects.push_back(any);
}

/// Types and chains of all schemas. False when some schema cannot be fused, or applies others to a value
/// deeper than anybody writes.
inline bool fuser::measure() {
  facts_.assign(p_.nodes.size(), {});
  bool counted = false;
  for (index n = 0; n < p_.nodes.size(); ++n) {
    const program_node& node = p_.nodes[n];
    if ((node.flags & (program_node::tracks_items | program_node::tracks_properties)) != 0) return false;
    counted = counted || (node.flags & program_node::branches) != 0 ||
              (node.arrays != none && p_.arrays[node.arrays].contains != none);
    if (!look_at(n, 0)) return false;
    out_.chain = (std::max)(out_.chain, facts_[n].chain);
  }
  // A value is met by way of each of these at most once, or it is remembered.
  if (counted) {
    out_.steps_per_byte = 3 * p_.applicators.size() + p_.lists.size() + p_.properties.size() +
                          p_.pattern_properties.size() + p_.dependencies.size() + 2 * p_.objects.size() +
                          2 * p_.arrays.size() + 1;
  }
  return true;
}

inline bool fuser::look_at(index n, std::uint32_t depth) {
  if (facts_[n].chain != 0) return true;
  if (depth > 100) return false;
  const program_node& node = p_.nodes[n];
  if (node.forward != n) {
    if (!look_at(node.forward, depth + 1)) return false;
    facts_[n] = facts_[node.forward];
    return true;
  }
  std::uint8_t types = node.types;
  std::uint32_t chain = 0;
  const auto visit = [&](index target) {
    if (!look_at(target, depth + 1)) return false;
    chain = (std::max)(chain, facts_[target].chain);
    return true;
  };
  if ((node.flags & program_node::never) != 0) types = 0;
  for (const index set : {node.values, node.constant}) {
    if (set != none) types &= p_.sets[set].kinds;
  }
  for (index i = 0; i < node.applicators.count; ++i) {
    const applicator& each = p_.applicators[node.applicators.first + i];
    for (const index target : {each.a, each.b, each.c}) {
      if (target != none && !visit(target)) return false;
    }
    std::uint8_t some = 0;
    for (index k = 0; k < each.list.count; ++k) {
      const index target = p_.lists[each.list.first + k];
      if (!visit(target)) return false;
      some |= facts_[target].types;
      if (each.op == apply::all) types &= facts_[target].types;
    }
    if (each.op == apply::ref) types &= facts_[each.a].types;
    if (each.op == apply::any || each.op == apply::one) types &= some;
  }
  if (node.objects != none) {
    const range dependencies = p_.objects[node.objects].dependencies;
    for (index i = 0; i < dependencies.count; ++i) {
      const dependency& rule = p_.dependencies[dependencies.first + i];
      if (rule.has_value || (rule.node != none && !visit(rule.node))) return false;
    }
  }
  facts_[n] = {types, chain + 1};
  return true;
}

/// Adds a schema and those that it applies to the same value for certain. False when nothing can fit.
inline bool fuser::add(atoms& all, index node) {
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const index n = p_.nodes[stack_.back()].forward;
    stack_.pop_back();
    const program_node& here = p_.nodes[n];
    if ((here.flags & program_node::never) != 0) return false;
    if (has_rules(here)) all.push_back(n);
    for (index i = 0; i < here.applicators.count; ++i) {
      const index at = here.applicators.first + i;
      const applicator& each = p_.applicators[at];
      if (each.op == apply::ref) {
        stack_.push_back(each.a);
      } else if (each.op == apply::all) {
        const auto first = p_.lists.begin() + static_cast<std::ptrdiff_t>(each.list.first);
        stack_.insert(stack_.end(), first, first + static_cast<std::ptrdiff_t>(each.list.count));
      } else {
        all.push_back(at | union_atom);
      }
    }
    // A diamond of references has as many ways as it likes.
    if (all.size() + stack_.size() > 4096) return give_up();
  }
  return true;
}

/// The node for schemas that apply together; sorts them.
inline index fuser::node_of(atoms& all, fused_kind only) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (all.empty() && only == fused_kind::mixed) return any_node;
  std::uint64_t hash = mix(hash_seed, static_cast<std::uint64_t>(only));
  for (const index atom : all) hash = mix(hash, atom);
  const index known = known_.find(hash, [&](index i) {
    const job& j = jobs_[i];
    return j.only == only && j.atoms.count == all.size() &&
           std::equal(all.begin(), all.end(), atoms_.begin() + static_cast<std::ptrdiff_t>(j.atoms.first));
  });
  if (known != hash_index::nothing) return jobs_[known].node;
  const auto made = static_cast<index>(out_.nodes.size());
  out_.nodes.emplace_back();
  known_.insert(hash, static_cast<index>(jobs_.size()));
  jobs_.push_back({made, {static_cast<index>(atoms_.size()), static_cast<index>(all.size())}, only});
  atoms_.insert(atoms_.end(), all.begin(), all.end());
  return made;
}

inline index fuser::node_for(index program_node) {
  atoms all;
  return add(all, program_node) ? node_of(all) : never_node;
}

inline index fuser::node_for(const std::vector<index>& program_nodes) {
  atoms all;
  for (const index n : program_nodes) {
    if (!add(all, n)) return never_node;
  }
  return node_of(all);
}

/// The types that a value must be of to fit them all; it may fit none nevertheless.
inline std::uint8_t fuser::types_of(const atoms& all) const {
  std::uint8_t types = type_bit::all;
  for (const index atom : all) {
    if (!is_union(atom)) {
      types &= facts_[atom].types;
    } else if (const applicator& u = union_of(atom); u.op == apply::any || u.op == apply::one) {
      std::uint8_t some = 0;
      for (index k = 0; k < u.list.count; ++k) some |= facts_[p_.lists[u.list.first + k]].types;
      types &= some;
    }
  }
  return types;
}

inline void fuser::build(const job& next) {
  const auto first = atoms_.begin() + static_cast<std::ptrdiff_t>(next.atoms.first);
  atoms all(first, first + static_cast<std::ptrdiff_t>(next.atoms.count));
  fused_kind only = next.only;
  const bool unions = std::any_of(all.begin(), all.end(), is_union);
  if (unions && only == fused_kind::mixed) {
    const std::uint8_t types = types_of(all);
    for (std::size_t k = 0; k < value_kinds; ++k) {
      const auto kind = static_cast<fused_kind>(k);
      if ((types & ~bits_of(kind)) == 0) only = kind;
    }
    if (only == fused_kind::mixed) return build_by_type(next.node, all, types);
  }
  std::vector<open_union> open;
  if (unions && !settle(all, only, open)) {
    out_.nodes[next.node] = out_.nodes[never_node];
    return;
  }
  if (only == fused_kind::object && build_by_tag(next.node, all, open)) return;
  std::vector<fused_check> checks;
  build_checks(checks, open, only);
  build_rules(next.node, all, only, checks);
  fused_node& node = out_.nodes[next.node];
  node.checks = {static_cast<index>(out_.checks.size()), static_cast<index>(checks.size())};
  out_.checks.insert(out_.checks.end(), checks.begin(), checks.end());
}

inline void fuser::build_by_type(index n, const atoms& all, std::uint8_t types) {
  std::vector<index> nodes;
  for (std::size_t k = 0; k < value_kinds; ++k) {
    const auto kind = static_cast<fused_kind>(k);
    atoms copy = all;
    nodes.push_back((types & bits_of(kind)) != 0 ? node_of(copy, kind) : never_node);
  }
  const index first = add_list(nodes).first;
  out_.nodes[n].kind = fused_kind::by_type;
  out_.nodes[n].objects = first;
}

/// Replaces unions by what is left of them for one kind of value. False when nothing can fit.
inline bool fuser::settle(atoms& all, fused_kind only, std::vector<open_union>& open) {
  const std::uint8_t bits = bits_of(only);
  const auto possible = [&](index n) { return (facts_[n].types & bits) != 0; };
  const auto certain = [&](index n) {
    return (p_.nodes[p_.nodes[n].forward].flags & program_node::always) != 0;
  };
  for (std::size_t i = 0; i < all.size();) {
    const index atom = all[i];
    if (!is_union(atom)) {
      ++i;
      continue;
    }
    all[i] = all.back();  // what replaces it may hold unions and comes to the end
    all.pop_back();
    const applicator& u = union_of(atom);
    switch (u.op) {
      case apply::any:
      case apply::one:
        if (!settle_choice(u, atom, bits, all, open)) return false;
        break;
      case apply::negation:
        if (certain(u.a)) return false;
        if (possible(u.a)) open.push_back({atom, {}});
        break;
      case apply::condition:
        if (certain(u.a) || !possible(u.a)) {
          const index next = certain(u.a) ? u.b : u.c;
          if (next != none && !add(all, next)) return false;
        } else if (u.b != none || u.c != none) {
          open.push_back({atom, {}});
        }
        break;
      default:
        return give_up();
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::sort(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.atom < b.atom; });
  open.erase(
      std::unique(open.begin(), open.end(), [](const auto& a, const auto& b) { return a.atom == b.atom; }),
      open.end());
  return true;
}

inline bool fuser::settle_choice(const applicator& u, index atom, std::uint8_t bits, atoms& all,
                                 std::vector<open_union>& open) {
  open_union left{atom, {}};
  for (index k = 0; k < u.list.count; ++k) {
    const index branch = p_.lists[u.list.first + k];
    if ((facts_[branch].types & bits) == 0) continue;
    if (u.op == apply::any && (p_.nodes[p_.nodes[branch].forward].flags & program_node::always) != 0)
      return true;
    left.branches.push_back(branch);
  }
  if (left.branches.empty()) return false;
  if (left.branches.size() == 1) return add(all, left.branches[0]);
  open.push_back(std::move(left));
  return true;
}

/// Branches that each require one name with strings of their own are told apart by that string.
inline bool fuser::build_by_tag(index n, const atoms& all, const std::vector<open_union>& open) {
  for (const open_union& u : open) {
    std::vector<atoms> branches;
    for (const index branch : u.branches) {
      if (!add(branches.emplace_back(), branch)) branches.pop_back();
    }
    if (branches.size() < 2) continue;
    std::size_t tried = 0;
    for (const index atom : branches[0]) {
      if (is_union(atom) || p_.nodes[atom].objects == none) continue;
      const range properties = p_.objects[p_.nodes[atom].objects].properties;
      for (index i = 0; i < properties.count && tried < 8; ++i) {
        const property& candidate = p_.properties[properties.first + i];
        if (candidate.node == none) continue;
        std::vector<std::vector<std::string_view>> values(branches.size());
        std::vector<std::string_view> every;
        bool good = true;
        for (std::size_t b = 0; b < branches.size() && good; ++b) {
          good = tag_values(branches[b], candidate.name, values[b]);
          every.insert(every.end(), values[b].begin(), values[b].end());
        }
        if (!values[0].empty()) ++tried;
        std::sort(every.begin(), every.end());
        if (!good || std::adjacent_find(every.begin(), every.end()) != every.end()) continue;

        std::vector<index> nodes;
        for (const atoms& branch : branches) {
          atoms together = all;
          for (const open_union& other : open) {
            if (&other != &u) together.push_back(other.atom);
          }
          together.insert(together.end(), branch.begin(), branch.end());
          nodes.push_back(node_of(together, fused_kind::object));
        }
        fused_tag tag;
        tag.key = key_of(candidate.name, any_node);
        tag.values.keys = {static_cast<index>(out_.keys.size()), static_cast<index>(every.size())};
        for (std::size_t b = 0; b < branches.size(); ++b) {
          for (const std::string_view v : values[b]) out_.keys.push_back(key_of(v, nodes[b]));
        }
        build_slots(tag.values);
        out_.nodes[n].kind = fused_kind::by_tag;
        out_.nodes[n].objects = static_cast<index>(out_.tags.size());
        out_.tags.push_back(tag);
        return true;
      }
    }
  }
  return false;
}

/// The strings that a name must have; false when it need not be there or may be something else.
inline bool fuser::tag_values(const atoms& all, std::string_view name,
                              std::vector<std::string_view>& values) const {
  bool required = false;
  bool found = false;
  for (const index atom : all) {
    if (is_union(atom) || p_.nodes[atom].objects == none) continue;
    const object_rules& rules = p_.objects[p_.nodes[atom].objects];
    const index at = find_property(p_, rules, name);
    if (at == none) continue;
    const property& here = p_.properties[rules.properties.first + at];
    required = required || here.required;
    if (here.node == none || found) continue;
    const program_node& node = p_.nodes[p_.nodes[here.node].forward];
    for (const index set : {node.constant, node.values}) {
      if (set == none || found || p_.sets[set].kinds != type_bit::string) continue;
      const range members = p_.sets[set].values;
      for (index i = 0; i < members.count; ++i) {
        values.push_back(p_.members[members.first + i].value.as_string().value_or(""));
      }
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
      found = true;
    }
  }
  return required && found;
}

inline void fuser::build_checks(std::vector<fused_check>& checks, const std::vector<open_union>& open,
                                fused_kind only) {
  const auto node = [&](index n) {
    if (n == none) return none;
    atoms all;
    return add(all, n) ? node_of(all, only) : never_node;
  };
  for (const open_union& u : open) {
    const applicator& from = union_of(u.atom);
    fused_check check;
    check.what = from.op == apply::any        ? fused_check::op::any
                 : from.op == apply::one      ? fused_check::op::one
                 : from.op == apply::negation ? fused_check::op::negation
                                              : fused_check::op::condition;
    check.a = node(from.a);
    check.b = node(from.b);
    check.c = node(from.c);
    std::vector<index> nodes;
    for (const index branch : u.branches) nodes.push_back(node(branch));
    check.list = add_list(nodes);
    checks.push_back(check);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
