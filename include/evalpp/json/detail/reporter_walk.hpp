// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/reporter_class.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The reporter's walk from schema to schema.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline std::vector<schema_error> reporter::explain(json::value root, std::size_t& total) {
  records_.clear();
  total_ = steps_ = depth_ = unions_ = 0;
  walk(p_.root, root, {});
  // An error belongs where its value stands; the order of keywords is that of the walk.
  std::stable_sort(records_.begin(), records_.end(),
                   [](const record& a, const record& b) { return a.order < b.order; });
  std::vector<schema_error> errors;
  for (std::size_t i = 0; i < records_.size() && i < max_errors; ++i)
    errors.push_back(std::move(records_[i].error));
  total = total_;
  return errors;
}

inline std::vector<std::pair<keyword, std::string>> reporter::own_faults(index n, json::value v,
                                                                         engine::scope where) {
  records_.clear();
  total_ = 0;
  const program_node& node = p_.nodes[n];
  const context at{nullptr, nullptr, where};
  shallow_ = true;
  node_ = n;
  walk_types(node, v, at);
  walk_values(node, v, at);
  if (v.is_number() && node.numbers != none) walk_number(node, v, at);
  if (v.is_string() && node.strings != none) walk_string(node, v, at);
  if (v.is_array() && node.arrays != none) walk_array(p_.arrays[node.arrays], node, v, at);
  if (v.is_object() && node.objects != none) walk_object(p_.objects[node.objects], node, v, at);
  shallow_ = false;
  std::vector<std::pair<keyword, std::string>> faults;
  for (const record& r : records_) {
    if (const keyword_entry* const entry =
            find_keyword(r.error.keyword, p_.resources[node.resource].rules.base)) {
      faults.emplace_back(entry->word, r.error.message);
    }
  }
  records_.clear();
  return faults;
}

inline std::string reporter::schema_pointer(const schema_step* at) {
  std::vector<const schema_step*> steps;
  for (; at != nullptr; at = at->outer) steps.push_back(at);
  std::string pointer;
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (steps[i]->word != keyword::unknown) append_pointer(pointer, name_of(steps[i]->word));
    if (steps[i]->keyed) append_pointer(pointer, steps[i]->key);
    if (steps[i]->indexed) append_pointer(pointer, steps[i]->position);
  }
  return pointer;
}

inline void reporter::place_error(schema_error& e, const context& at, std::vector<std::size_t>& order) const {
  std::vector<const instance_step*> steps;
  for (const instance_step* step = at.instance; step != nullptr; step = step->outer) steps.push_back(step);
  for (std::size_t i = steps.size(); i-- > 0;) {
    order.push_back(steps[i]->position);
    if (steps[i]->keyed) {
      append_pointer(e.instance_location, steps[i]->key);
      if (!e.path.empty()) e.path += '.';
      e.path += steps[i]->key;
    } else {
      append_pointer(e.instance_location, steps[i]->position);
      e.path += '[' + std::to_string(steps[i]->position) + ']';
    }
  }
}

inline bool reporter::add_at(const context& at, std::string_view keyword, std::string location,
                             schema_error_kind kind, std::string message, std::string expected,
                             std::string got, std::vector<schema_error> causes) {
  ++total_;
  if (records_.size() >= max_records) return false;
  record made;
  made.error.keyword_location = std::move(location);
  made.error.keyword = keyword;
  made.error.kind = kind;
  made.error.message = std::move(message);
  made.error.expected = std::move(expected);
  made.error.got = std::move(got);
  made.error.causes = std::move(causes);
  made.error.absolute_location = absolute_location(p_, p_.nodes[node_].place);
  place_error(made.error, at, made.order);
  records_.push_back(std::move(made));
  return false;
}

inline bool reporter::add(const context& at, keyword word, schema_error_kind kind, json::value v,
                          std::string message, std::string expected, std::vector<schema_error> causes) {
  const std::string_view name = name_of(word, p_.resources[p_.nodes[node_].resource].rules.base);
  std::string location = schema_pointer(at.schema);
  append_pointer(location, name);
  const std::size_t before = records_.size();
  add_at(at, name, std::move(location), kind, std::move(message), std::move(expected),
         v.exists() ? shown(v) : std::string(), std::move(causes));
  if (records_.size() > before) append_pointer(records_.back().error.absolute_location, name);
  return false;
}

inline bool reporter::walk(index n, json::value v, const context& at) {
  const program_node& node = p_.nodes[n];
  if ((node.flags & program_node::always) != 0) return true;
  if ((node.flags & program_node::never) != 0) return forbidden(v, at, n);
  if (++steps_ > max_steps || depth_ >= max_depth) {
    if (holds(n, v, at.where)) return true;
    node_ = n;
    const std::string_view name = at.schema == nullptr ? "" : name_of(at.schema->word);
    return add_at(at, name.empty() ? "limit" : name, schema_pointer(at.schema), schema_error_kind::limit,
                  "does not fit; too deep or too much to say why", "", shown(v));
  }
  const bool scalar = v.kind() < kind::array && (node.flags & program_node::plain) != 0;
  if (scalar && engine_.run(n, v, 0, at.where)) return true;  // most do, and that is quickly seen
  ++depth_;
  context here = at;
  if (p_.dynamic) here.where = engine_.enter(at.where, node.resource);
  const bool fits = walk_node(node, v, here);
  --depth_;
  return fits;
}

inline bool reporter::walk_node(const program_node& node, json::value v, const context& at) {
  const auto self = static_cast<index>(&node - p_.nodes.data());
  node_ = self;
  if (!walk_types(node, v, at)) return false;  // the rest would say the same
  bool fits = walk_values(node, v, at);
  if (v.is_number() && node.numbers != none) fits = walk_number(node, v, at) && fits;
  if (v.is_string() && node.strings != none) fits = walk_string(node, v, at) && fits;
  if (v.is_array() && node.arrays != none) fits = walk_array(p_.arrays[node.arrays], node, v, at) && fits;
  node_ = self;
  if (v.is_object() && node.objects != none)
    fits = walk_object(p_.objects[node.objects], node, v, at) && fits;
  for (index i = 0; i < node.applicators.count; ++i) {
    node_ = self;
    fits = walk_applicator(p_.applicators[node.applicators.first + i], v, at) && fits;
  }
  node_ = self;
  const bool tracks = v.is_object() ? (node.flags & program_node::tracks_properties) != 0
                                    : v.is_array() && (node.flags & program_node::tracks_items) != 0;
  // What a branch that failed would have looked at is not known, so nothing is said on top of its errors.
  if (fits && tracks) fits = walk_unevaluated(node, v, at);
  return fits;
}

/// The schema `false`: the keyword that holds it has something to say.
inline bool reporter::forbidden(json::value v, const context& at, index n) {
  node_ = n;
  const schema_step* holder = at.schema;
  while (holder != nullptr && holder->word == keyword::unknown) holder = holder->outer;
  const keyword word = holder == nullptr ? keyword::unknown : holder->word;
  const std::string_view name = holder == nullptr ? "false" : name_of(word);
  const std::string location = schema_pointer(at.schema);
  const bool property = at.instance != nullptr && at.instance->keyed;
  const bool item = at.instance != nullptr && !at.instance->keyed;
  if (property && (word == keyword::properties || word == keyword::pattern_properties)) {
    return add_at(at, name, location, schema_error_kind::extra_property,
                  "property " + quoted(at.instance->key) + " must be absent", "nothing", shown(v));
  }
  if (item && (word == keyword::items || word == keyword::additional_items || word == keyword::prefix_items ||
               word == keyword::unevaluated_items)) {
    return add_at(at, name, location, schema_error_kind::length,
                  "unexpected item " + std::to_string(at.instance->position), "nothing", shown(v));
  }
  return add_at(at, name, location, schema_error_kind::forbidden,
                "nothing is allowed here, got " + shown_with_type(v), "nothing", shown(v));
}

inline bool reporter::walk_applicator(const applicator& each, json::value v, const context& at) {
  switch (each.op) {
    case apply::ref: {
      const schema_step step{at.schema, each.word};
      return walk(each.a, v, {at.instance, &step, at.where});
    }
    case apply::dynamic_ref:
    case apply::recursive_ref: {
      const schema_step step{at.schema, each.word};
      const index target = engine_.dynamic_target(each, at.where);
      return target != none && walk(target, v, {at.instance, &step, at.where});
    }
    case apply::all: {
      bool fits = true;
      for (index i = 0; i < each.list.count; ++i) {
        const schema_step step{at.schema, each.word, false, {}, true, i};
        fits = walk(p_.lists[each.list.first + i], v, {at.instance, &step, at.where}) && fits;
      }
      return fits;
    }
    case apply::any:
    case apply::one:
      return walk_union(each, v, at);
    case apply::negation:
      if (!holds(each.a, v, at.where)) return true;
      return add(at, each.word, schema_error_kind::forbidden, v,
                 condition_text(each.a, v) + " is not allowed", "anything else");
    case apply::condition:
      return walk_condition(each, v, at);
  }
  return true;
}

inline bool reporter::walk_condition(const applicator& each, json::value v, const context& at) {
  const bool test = holds(each.a, v, at.where);
  const index next = test ? each.b : each.c;
  if (next == none) return true;
  const std::size_t before = records_.size();
  const schema_step step{at.schema, test ? keyword::then_ : keyword::else_};
  const bool fits = walk(next, v, {at.instance, &step, at.where});
  const std::string why = (test ? "; because " : "; because not ") + condition_text(each.a, v);
  for (std::size_t i = before; i < records_.size(); ++i) records_[i].error.message += why;
  return fits;
}

inline bool reporter::walk_unevaluated(const program_node& node, json::value v, const context& at) {
  const engine::marks seen = engine_.reserve(v);
  engine_.run_marking(node, v, seen, at.where);
  bool fits = true;
  if (v.is_array()) {
    const index rest = p_.arrays[node.arrays].unevaluated;
    const schema_step step{at.schema, keyword::unevaluated_items};
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (engine_.marked(seen, i)) continue;
      const instance_step item{at.instance, i, false, {}};
      fits = walk(rest, v.at(i), {&item, &step, at.where}) && fits;
    }
  } else {
    const index rest = p_.objects[node.objects].unevaluated;
    const bool never = (p_.nodes[rest].flags & program_node::never) != 0;
    const schema_step step{at.schema, keyword::unevaluated_properties};
    std::size_t position = 0;
    for (const auto [key, item] : v.members()) {
      const instance_step member{at.instance, position, true, key};
      const context there{&member, &step, at.where};
      if (engine_.marked(seen, position++)) continue;
      if (never) {
        node_ = rest;
        fits =
            add_at(there, "unevaluatedProperties", schema_pointer(&step), schema_error_kind::extra_property,
                   "unexpected property " + quoted(key), "nothing", shown(item));
      } else {
        fits = walk(rest, item, there) && fits;
      }
    }
  }
  engine_.release(seen);
  return fits;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
