// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/engine_class.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

// The walk of the engine over schema and value.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// A resource counts once: whoever searches the scope takes the outermost, and it is already there.
inline engine::scope engine::enter(scope where, index resource) {
  for (scope at = where; at != 0; at = scopes_[at].outer) {
    if (scopes_[at].resource == resource) return where;
  }
  for (scope at = 1; at < scopes_.size(); ++at) {
    if (scopes_[at].outer == where && scopes_[at].resource == resource) return at;
  }
  if (scopes_.size() >= max_scopes) {
    give_up(validation_limit::steps);
    return where;
  }
  scopes_.push_back({where, resource});
  return static_cast<scope>(scopes_.size() - 1);
}

inline index engine::dynamic_target(const applicator& each, scope where) const {
  const range targets = each.op == apply::dynamic_ref ? p_->dynamic_names[each.b] : p_->recursive_targets;
  index found = each.a;
  for (scope at = where; at != 0; at = scopes_[at].outer) {
    for (index i = 0; i < targets.count; ++i) {
      const dynamic_target_entry& target = p_->dynamic_targets[targets.first + i];
      if (target.resource == scopes_[at].resource) found = target.node;
    }
  }
  return found;
}

inline const engine::memo::entry* engine::memo::find(const entry& key) const {
  if (count_ == 0) return nullptr;
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = hash(key) & mask; entries_[at].value != nullptr; at = (at + 1) & mask) {
    const entry& e = entries_[at];
    if (e.value == key.value && e.node == key.node && e.where == key.where) return &e;
  }
  return nullptr;
}

inline void engine::memo::insert(const entry& made) {
  if (count_ >= memo_limit) return;
  if (2 * (count_ + 1) > entries_.size()) {
    std::vector<entry> old(entries_.empty() ? 1024 : 2 * entries_.size());
    old.swap(entries_);
    const std::size_t mask = entries_.size() - 1;
    for (const entry& e : old) {
      if (e.value == nullptr) continue;
      std::size_t at = hash(e) & mask;
      while (entries_[at].value != nullptr) at = (at + 1) & mask;
      entries_[at] = e;
    }
  }
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = hash(made) & mask;
  while (entries_[at].value != nullptr) at = (at + 1) & mask;
  entries_[at] = made;
  ++count_;
}

inline bool engine::run_value(index n, const json::value& v, marks outer, scope where) {
  const program_node* node = &p_->nodes[n];
  if (node->forward != n) node = &p_->nodes[n = node->forward];
  if ((node->flags & (program_node::always | program_node::never)) != 0)
    return (node->flags & program_node::always) != 0;
  if (branches_ == 0) return run_node(*node, v, outer, where);
  if (limit_ != validation_limit::none) return false;
  if (++steps_ > limits_.max_steps) return give_up(validation_limit::steps);
  if (steps_ <= memo_after || outer != 0) return run_node(*node, v, outer, where);
  const memo::entry key{v.identity(), n, where, false};
  if (const memo::entry* known = memo_.find(key)) return known->fits;
  const bool fits = run_node(*node, v, outer, where);
  if (limit_ == validation_limit::none) memo_.insert({key.value, n, where, fits});
  return fits;
}

inline bool engine::run_node(const program_node& node, const json::value& v, marks outer, scope where) {
  if (!has_type(node, v)) return false;
  if (depth_ >= limits_.max_depth) return give_up(validation_limit::depth);
  ++depth_;
  if (p_->dynamic) where = enter(where, node.resource);
  const bool tracks = ((node.flags & program_node::tracks_items) != 0 && v.is_array()) ||
                      ((node.flags & program_node::tracks_properties) != 0 && v.is_object());
  bool fits = false;
  if (!tracks) {
    fits = run_body(node, v, outer, where);
  } else {
    const marks own = reserve(v);
    fits = run_body(node, v, own, where);
    if (fits) {
      fits = v.is_array() ? run_unevaluated_items(p_->arrays[node.arrays], v, own, where)
                          : run_unevaluated_properties(p_->objects[node.objects], v, own, where);
    }
    if (fits && outer != 0) merge(outer, own, v);
    release(own);
  }
  --depth_;
  return fits;
}

inline bool engine::run_body(const program_node& node, const json::value& v, marks m, scope where) {
  if (!run_scalar(node, v)) return false;
  if (v.is_array() && node.arrays != none && !run_array(p_->arrays[node.arrays], v, m, where)) return false;
  if (v.is_object() && node.objects != none && !run_object(p_->objects[node.objects], v, m, where))
    return false;
  for (index i = 0; i < node.applicators.count; ++i) {
    if (!run_applicator(p_->applicators[node.applicators.first + i], v, m, where)) return false;
  }
  return true;
}

inline bool engine::run_array(const array_rules& rules, const json::value& v, marks m, scope where) {
  const std::size_t size = v.size();
  if (size < rules.min_items || size > rules.max_items) return false;
  const std::size_t prefix = size < rules.prefix.count ? size : rules.prefix.count;
  for (std::size_t i = 0; i < prefix; ++i) {
    if (!run(p_->lists[rules.prefix.first + i], v.at(i), 0, where)) return false;
  }
  if (m != 0) {
    for (std::size_t i = 0; i < prefix; ++i) mark(m, i);
  }
  if (rules.items != none) {
    for (std::size_t i = prefix; i < size; ++i) {
      if (!run(rules.items, v.at(i), 0, where)) return false;
    }
    if (m != 0) mark_from(m, prefix, size);
  }
  if (rules.contains != none && !run_contains(rules, v, m, where)) return false;
  std::size_t first = 0;
  std::size_t second = 0;
  return !rules.unique || (!find_twins(v, first, second) && limit_ == validation_limit::none);
}

inline bool engine::run_contains(const array_rules& rules, const json::value& v, marks m, scope where) {
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (!run_branch(rules.contains, v.at(i), 0, where)) continue;
    ++found;
    if (m != 0) {
      mark(m, i);
    } else if (found >= rules.min_contains && rules.max_contains == no_limit) {
      return true;
    }
    if (found > rules.max_contains) return false;
  }
  return found >= rules.min_contains && limit_ == validation_limit::none;
}

inline bool engine::run_unevaluated_items(const array_rules& rules, const json::value& v, marks m,
                                          scope where) {
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (marked(m, i)) continue;
    if (!run(rules.unevaluated, v.at(i), 0, where)) return false;
    mark(m, i);
  }
  return true;
}

inline bool engine::run_object(const object_rules& rules, const json::value& v, marks m, scope where) {
  if (v.size() < rules.min_properties || v.size() > rules.max_properties || v.size() < rules.required)
    return false;
  if (rules.dependencies.count == 0) return run_members(rules, v, m, where, 0);
  const std::size_t seen = words_.size() + 1;  // a bit for each known name
  words_.resize(words_.size() + (rules.properties.count + 63) / 64, 0);
  const bool fits = run_members(rules, v, m, where, seen) && run_dependencies(rules, v, m, where, seen);
  words_.resize(seen - 1);
  return fits;
}

inline bool engine::run_members(const object_rules& rules, const json::value& v, marks m, scope where,
                                std::size_t seen) {
  const property* const known = p_->properties.data() + rules.properties.first;
  index required = 0;
  index guess = 0;  // members mostly come in the order of the schema
  std::size_t position = 0;
  for (const auto [key, item] : v.members()) {
    bool additional = true;
    index at = guess;
    if (at >= rules.properties.count || !same_bytes(known[at].name, key)) at = find_property(*p_, rules, key);
    if (at != none) {
      guess = at + 1;
      required += known[at].required ? 1U : 0U;
      if (seen != 0) mark(seen, at);
      if (known[at].node != none) {
        additional = false;
        if (!run(known[at].node, item, 0, where)) return false;
      }
    }
    for (index i = 0; i < rules.patterns.count; ++i) {
      const pattern_property& rule = p_->pattern_properties[rules.patterns.first + i];
      if (!pattern_matches(rule.pattern, key)) continue;
      additional = false;
      if (!run(rule.node, item, 0, where)) return false;
    }
    if (additional && rules.additional != none) {
      additional = false;
      if (!run(rules.additional, item, 0, where)) return false;
    }
    if (m != 0 && !additional) mark(m, position);
    if (rules.names != none && !run(rules.names, v.key_at(position), 0, where)) return false;
    ++position;
  }
  return required == rules.required && limit_ == validation_limit::none;
}

inline bool engine::run_dependencies(const object_rules& rules, const json::value& v, marks m, scope where,
                                     std::size_t seen) {
  for (index i = 0; i < rules.dependencies.count; ++i) {
    const dependency& rule = p_->dependencies[rules.dependencies.first + i];
    if (!marked(seen, rule.trigger)) continue;
    if (rule.has_value &&
        v.find(p_->properties[rules.properties.first + rule.trigger].name).as_string() != rule.value)
      continue;
    for (index k = 0; k < rule.required.count; ++k) {
      if (!marked(seen, p_->lists[rule.required.first + k])) return false;
    }
    if (rule.node != none && !run(rule.node, v, m, where)) return false;
  }
  return true;
}

inline bool engine::run_unevaluated_properties(const object_rules& rules, const json::value& v, marks m,
                                               scope where) {
  std::size_t position = 0;
  for (const auto [key, item] : v.members()) {
    if (!marked(m, position)) {
      if (!run(rules.unevaluated, item, 0, where)) return false;
      mark(m, position);
    }
    ++position;
  }
  return true;
}

/// Something that may fail without harm: its marks count only when it fits.
inline bool engine::run_branch(index n, const json::value& v, marks m, scope where) {
  if (branches_ == 0) steps_ = 0;
  ++branches_;
  bool fits = false;
  if (m == 0) {
    fits = run(n, v, 0, where);
  } else {
    const marks own = reserve(v);
    fits = run(n, v, own, where);
    if (fits) merge(m, own, v);
    release(own);
  }
  --branches_;
  return fits;
}

inline bool engine::run_applicator(const applicator& each, const json::value& v, marks m, scope where) {
  switch (each.op) {
    case apply::ref:
      return run(each.a, v, m, where);
    case apply::dynamic_ref:
    case apply::recursive_ref: {
      const index target = dynamic_target(each, where);
      return target != none ? run(target, v, m, where) : give_up(validation_limit::no_dynamic_target);
    }
    case apply::all:
      for (index i = 0; i < each.list.count; ++i) {
        if (!run(p_->lists[each.list.first + i], v, m, where)) return false;
      }
      return true;
    case apply::any:
      return run_any(each, v, m, where);
    case apply::one:
      return run_one(each, v, m, where);
    case apply::negation:
      return !run_branch(each.a, v, 0, where) && limit_ == validation_limit::none;
    case apply::condition:
      return run_condition(each, v, m, where);
  }
  return true;
}

inline bool engine::run_any(const applicator& each, const json::value& v, marks m, scope where) {
  bool fits = false;
  for (index i = 0; i < each.list.count; ++i) {
    if (!run_branch(p_->lists[each.list.first + i], v, m, where)) continue;
    fits = true;
    if (m == 0) break;  // with marks all branches count
  }
  return fits;
}

inline bool engine::run_one(const applicator& each, const json::value& v, marks m, scope where) {
  index fits = 0;
  for (index i = 0; i < each.list.count && fits < 2; ++i) {
    if (run_branch(p_->lists[each.list.first + i], v, m, where)) ++fits;
  }
  return fits == 1 && limit_ == validation_limit::none;
}

inline bool engine::run_condition(const applicator& each, const json::value& v, marks m, scope where) {
  if (each.b == none && each.c == none && m == 0) return true;
  const bool holds = run_branch(each.a, v, m, where);
  if (limit_ != validation_limit::none) return false;
  const index next = holds ? each.b : each.c;
  return next == none || run(next, v, m, where);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
