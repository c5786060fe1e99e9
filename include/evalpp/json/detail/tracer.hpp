// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/place_pointer.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/detail/reporter.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The whole evaluation written down, every branch: what the output forms of the specifications are made of.

namespace evalpp::inline EVALPP_ABI::json::detail {

struct schema_trace;

/// What one keyword of a schema object did.
struct keyword_trace {
  std::string_view name;
  bool valid = true;
  std::string error;       ///< when it is not
  std::string annotation;  ///< JSON text; empty: none
  std::vector<schema_trace> children;
};

/// What one schema did to one value.
struct schema_trace {
  index node = none;
  bool valid = true;
  std::string evaluation_path;
  std::string absolute;  ///< URI of the schema
  std::string instance;
  std::vector<keyword_trace> keywords;
};

/// Makes the trace. Nothing is cut short, so this is slow, and limited: see `exhausted`.
class tracer {
 public:
  static constexpr std::size_t max_steps = 100'000;
  static constexpr std::size_t max_depth = 1024;

  tracer(const program& p, engine& e) : p_(p), engine_(e), reporter_(p, e) {}

  schema_trace trace(json::value root) { return visit(p_.root, root, "", "", 0); }
  bool exhausted() const { return exhausted_; }

 private:
  schema_trace visit(index n, json::value v, std::string path, std::string instance, engine::scope where);
  void apply_keyword(const keyword_entry& entry, json::value source, const program_node& node, json::value v,
                     const schema_trace& at, engine::scope where, keyword_trace& out);
  void apply_in_place(const keyword_entry& entry, const program_node& node, json::value v,
                      const schema_trace& at, engine::scope where, keyword_trace& out);
  void apply_members(const keyword_entry& entry, const object_rules& rules, json::value v,
                     const schema_trace& at, engine::scope where, keyword_trace& out);
  void apply_items(const keyword_entry& entry, json::value source, const array_rules& rules, json::value v,
                   const schema_trace& at, engine::scope where, keyword_trace& out);
  void apply_unevaluated(const keyword_entry& entry, const program_node& node, json::value v,
                         const schema_trace& at, engine::scope where, keyword_trace& out);
  void apply_dependencies(const keyword_entry& entry, const object_rules& rules, json::value v,
                          const schema_trace& at, engine::scope where, keyword_trace& out);
  void annotate(const keyword_entry* entry, json::value source, const program_node& node, json::value v,
                keyword_trace& out) const;
  static std::string step(const std::string& path, std::string_view name) {
    std::string out = path;
    append_pointer(out, name);
    return out;
  }
  static std::string step(const std::string& path, std::string_view name, std::string_view key) {
    return step(step(path, name), key);
  }

  const program& p_;
  engine& engine_;
  reporter reporter_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool exhausted_ = false;
};

inline schema_trace tracer::visit(index n, json::value v, std::string path, std::string instance,
                                  engine::scope where) {
  const program_node& node = p_.nodes[n];
  schema_trace out;
  out.node = n;
  out.evaluation_path = std::move(path);
  out.instance = std::move(instance);
  out.absolute = absolute_location(p_, node.place);
  if (++steps_ > max_steps || depth_ >= max_depth) {
    exhausted_ = true;
    return out;
  }
  const json::value schema = p_.places[node.place].schema;
  if ((node.flags & program_node::never) != 0) {
    out.valid = false;
    out.keywords.push_back({"", false, "nothing is allowed here, got " + shown_with_type(v), {}, {}});
    return out;
  }
  if (!schema.is_object()) return out;
  ++depth_;
  if (p_.dynamic) where = engine_.enter(where, node.resource);
  const language& rules = p_.resources[node.resource].rules;
  const auto faults = reporter_.own_faults(n, v, where);
  const bool only_reference = rules.until(dialect::draft7) && schema["$ref"].is_string();
  // Two rounds: unevaluated* looks at what all others have done.
  for (const bool last : {false, true}) {
    for (const auto& [name, source] : schema.members()) {
      const keyword_entry* const entry = find_keyword(name, rules.base);
      const bool on = entry != nullptr && is_on(*entry, rules);
      if (on && entry->group == vocabulary::core && entry->word != keyword::ref &&
          entry->word != keyword::dynamic_ref && entry->word != keyword::recursive_ref)
        continue;
      if (only_reference && (!on || entry->word != keyword::ref)) continue;
      if (last != (on && entry->group == vocabulary::unevaluated)) continue;
      keyword_trace done;
      done.name = name;
      if (on) apply_keyword(*entry, source, node, v, out, where, done);
      for (const auto& [word, message] : faults) {
        if (!on || word != entry->word) continue;
        done.valid = false;
        if (done.error.empty()) done.error = message;
      }
      if (done.valid) annotate(on ? entry : nullptr, source, node, v, done);
      if (!done.valid && done.error.empty()) done.error = "a subschema has errors";
      out.valid = out.valid && done.valid;
      out.keywords.push_back(std::move(done));
    }
  }
  --depth_;
  return out;
}

inline void tracer::apply_keyword(const keyword_entry& entry, json::value source, const program_node& node,
                                  json::value v, const schema_trace& at, engine::scope where,
                                  keyword_trace& out) {
  switch (entry.word) {
    case keyword::properties:
    case keyword::pattern_properties:
    case keyword::additional_properties:
    case keyword::property_names:
      if (v.is_object() && node.objects != none)
        apply_members(entry, p_.objects[node.objects], v, at, where, out);
      break;
    case keyword::dependencies:
    case keyword::dependent_schemas:
    case keyword::property_dependencies:
      if (v.is_object() && node.objects != none)
        apply_dependencies(entry, p_.objects[node.objects], v, at, where, out);
      break;
    case keyword::items:
    case keyword::prefix_items:
    case keyword::additional_items:
    case keyword::contains:
      if (v.is_array() && node.arrays != none)
        apply_items(entry, source, p_.arrays[node.arrays], v, at, where, out);
      break;
    case keyword::unevaluated_items:
    case keyword::unevaluated_properties:
      apply_unevaluated(entry, node, v, at, where, out);
      break;
    default:
      if (entry.word == keyword::then_ || entry.word == keyword::else_ || entry.group == vocabulary::core ||
          entry.group == vocabulary::applicator) {
        apply_in_place(entry, node, v, at, where, out);
      }
      break;
  }
}

inline void tracer::apply_in_place(const keyword_entry& entry, const program_node& node, json::value v,
                                   const schema_trace& at, engine::scope where, keyword_trace& out) {
  for (index i = 0; i < node.applicators.count; ++i) {
    const applicator& each = p_.applicators[node.applicators.first + i];
    const std::string path = step(at.evaluation_path, entry.name);
    const auto go = [&](index target, const std::string& to) {
      out.children.push_back(visit(target, v, to, at.instance, where));
      return out.children.back().valid;
    };
    if (each.op == apply::condition && entry.word != keyword::ref) {
      if (entry.word == keyword::if_) go(each.a, path);
      const bool follows = (entry.word == keyword::then_ && each.b != none) ||
                           (entry.word == keyword::else_ && each.c != none);
      if (!follows || engine_.run(each.a, v, 0, where) != (entry.word == keyword::then_)) continue;
      out.valid = go(entry.word == keyword::then_ ? each.b : each.c, path);
      continue;
    }
    if (each.word != entry.word) continue;
    std::size_t fitting = 0;
    for (index k = 0; k < each.list.count; ++k) {
      if (go(p_.lists[each.list.first + k], path + '/' + std::to_string(k))) ++fitting;
    }
    switch (each.op) {
      case apply::ref:
        out.valid = go(each.a, path);
        break;
      case apply::dynamic_ref:
      case apply::recursive_ref: {
        const index target = engine_.dynamic_target(each, where);
        out.valid = target != none && go(target, path);
        break;
      }
      case apply::all:
        out.valid = fitting == each.list.count;
        break;
      case apply::any:
        out.valid = fitting != 0;
        break;
      case apply::one:
        out.valid = fitting == 1;
        break;
      case apply::negation:
        out.valid = !go(each.a, path);
        break;
      case apply::condition:
        break;
    }
  }
}

inline void tracer::apply_members(const keyword_entry& entry, const object_rules& rules, json::value v,
                                  const schema_trace& at, engine::scope where, keyword_trace& out) {
  std::string names;
  writer list(names);
  list.begin_array();
  for (std::size_t i = 0; i < v.size(); ++i) {
    const member here = v.member_at(i);
    const std::string_view key = here.key;
    const json::value item = here.value;
    const index known = find_property(p_, rules, key);
    const index declared = known == none ? none : p_.properties[rules.properties.first + known].node;
    bool additional = declared == none;
    bool touched = false;
    const auto go = [&](index target, json::value what, const std::string& path) {
      // A name has no location of its own.
      const bool name = entry.word == keyword::property_names;
      out.children.push_back(visit(target, what, path, name ? at.instance : step(at.instance, key), where));
      out.valid = out.valid && out.children.back().valid;
      touched = true;
    };
    if (entry.word == keyword::properties && declared != none)
      go(declared, item, step(at.evaluation_path, entry.name, key));
    for (index k = 0; k < rules.patterns.count; ++k) {
      const pattern_property& rule = p_.pattern_properties[rules.patterns.first + k];
      if (!engine_.pattern_matches(rule.pattern, key)) continue;
      additional = false;
      if (entry.word == keyword::pattern_properties)
        go(rule.node, item, step(at.evaluation_path, entry.name, p_.patterns[rule.pattern].text));
    }
    if (entry.word == keyword::additional_properties && additional && rules.additional != none)
      go(rules.additional, item, step(at.evaluation_path, entry.name));
    if (entry.word == keyword::property_names && rules.names != none)
      go(rules.names, v.key_at(i), step(at.evaluation_path, entry.name));
    if (touched) list.value(key);
  }
  list.end_array();
  if (entry.word != keyword::property_names) out.annotation = std::move(names);
}

inline void tracer::apply_dependencies(const keyword_entry& entry, const object_rules& rules, json::value v,
                                       const schema_trace& at, engine::scope where, keyword_trace& out) {
  for (index i = 0; i < rules.dependencies.count; ++i) {
    const dependency& rule = p_.dependencies[rules.dependencies.first + i];
    if (rule.word != entry.word || rule.node == none) continue;
    const std::string_view trigger = p_.properties[rules.properties.first + rule.trigger].name;
    const json::value there = v.find(trigger);
    if (!there.exists() || (rule.has_value && there.as_string() != rule.value)) continue;
    std::string path = step(at.evaluation_path, entry.name, trigger);
    if (rule.has_value) append_pointer(path, rule.value);
    out.children.push_back(visit(rule.node, v, std::move(path), at.instance, where));
    out.valid = out.valid && out.children.back().valid;
  }
}

inline void tracer::apply_items(const keyword_entry& entry, json::value source, const array_rules& rules,
                                json::value v, const schema_trace& at, engine::scope where,
                                keyword_trace& out) {
  const std::string path = step(at.evaluation_path, entry.name);
  const bool by_position =
      entry.word == keyword::prefix_items || (entry.word == keyword::items && source.is_array());
  std::string matching;
  writer list(matching);
  list.begin_array();
  std::size_t seen = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    const bool prefix = i < rules.prefix.count;
    index target = by_position ? (prefix ? p_.lists[rules.prefix.first + i] : none)
                   : prefix    ? none
                               : rules.items;
    if (entry.word == keyword::contains) target = rules.contains;
    if (target == none) continue;
    std::string instance = at.instance;
    append_pointer(instance, i);
    out.children.push_back(visit(target, v.at(i), by_position ? path + '/' + std::to_string(i) : path,
                                 std::move(instance), where));
    ++seen;
    if (entry.word != keyword::contains) {
      out.valid = out.valid && out.children.back().valid;
    } else if (out.children.back().valid) {
      list.value(i);
    }
  }
  list.end_array();
  if (entry.word == keyword::contains) {
    out.annotation = std::move(matching);
  } else if (seen != 0) {
    out.annotation = by_position && seen < v.size() ? std::to_string(seen - 1) : "true";
  }
}

inline void tracer::apply_unevaluated(const keyword_entry& entry, const program_node& node, json::value v,
                                      const schema_trace& at, engine::scope where, keyword_trace& out) {
  const bool items = entry.word == keyword::unevaluated_items;
  if (items ? !v.is_array() || node.arrays == none : !v.is_object() || node.objects == none) return;
  const index target = items ? p_.arrays[node.arrays].unevaluated : p_.objects[node.objects].unevaluated;
  if (target == none) return;
  const engine::marks seen = engine_.reserve(v);
  engine_.run_marking(node, v, seen, where);
  std::string names;
  writer list(names);
  list.begin_array();
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (engine_.marked(seen, i)) continue;
    std::string instance = at.instance;
    if (items) {
      append_pointer(instance, i);
    } else {
      append_pointer(instance, v.member_at(i).key);
      list.value(v.member_at(i).key);
    }
    out.children.push_back(visit(target, items ? v.at(i) : v.member_at(i).value,
                                 step(at.evaluation_path, entry.name), std::move(instance), where));
    out.valid = out.valid && out.children.back().valid;
  }
  list.end_array();
  engine_.release(seen);
  if (!items) {
    out.annotation = std::move(names);
  } else if (!out.children.empty()) {
    out.annotation = "true";
  }
}

/// The value of a keyword that says something about the value instead of judging it.
inline void tracer::annotate(const keyword_entry* entry, json::value source, const program_node& node,
                             json::value v, keyword_trace& out) const {
  if (entry == nullptr) {
    out.annotation = write(source);
    return;
  }
  const json::value schema = p_.places[node.place].schema;
  switch (entry->group) {
    case vocabulary::metadata:
      out.annotation = write(source);
      break;
    case vocabulary::format:
      out.annotation = write(source);
      break;
    case vocabulary::content:
      if (v.is_string() && (entry->word != keyword::content_schema || schema.contains("contentMediaType")))
        out.annotation = write(source);
      break;
    default:
      break;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
