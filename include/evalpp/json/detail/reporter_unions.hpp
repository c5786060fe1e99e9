// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/reporter_class.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the reporter says about anyOf and oneOf: the branch that was meant.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline const program_node& reporter::behind_references(index n) const {
  for (int i = 0; i < 32; ++i) {
    const program_node& node = p_.nodes[n];
    if (node.objects != none || node.applicators.count != 1) break;
    const applicator& only = p_.applicators[node.applicators.first];
    if (only.op != apply::ref) break;
    n = only.a;
  }
  return p_.nodes[n];
}

inline bool reporter::walk_union(const applicator& each, json::value v, const context& at) {
  std::vector<index> fitting;
  for (index i = 0; i < each.list.count; ++i) {
    if (holds(p_.lists[each.list.first + i], v, at.where)) fitting.push_back(i);
  }
  if (fitting.empty()) return no_branch(each, v, at);
  if (each.op == apply::any || fitting.size() == 1) return true;
  std::string message = "matches branches ";
  for (std::size_t i = 0; i < fitting.size() && i < 4; ++i) {
    message += (i == 0 ? "" : i + 1 == fitting.size() ? " and " : ", ") + std::to_string(fitting[i]);
  }
  if (fitting.size() > 4) message += " and more";
  return add(at, each.word, schema_error_kind::oneof, v, message + ", exactly one allowed", "one branch");
}

/// The errors of one branch, in order; they are not noted.
inline reporter::records reporter::explain_branch(const applicator& each, index branch, json::value v,
                                                  const context& at) {
  records kept;
  kept.swap(records_);
  const std::size_t total = total_;
  const index self = node_;
  const schema_step step{at.schema, each.word, false, {}, true, branch};
  ++unions_;
  walk(p_.lists[each.list.first + branch], v, {at.instance, &step, at.where});
  --unions_;
  node_ = self;
  total_ = total;
  kept.swap(records_);
  std::stable_sort(kept.begin(), kept.end(),
                   [](const record& a, const record& b) { return a.order < b.order; });
  return kept;
}

/// The property that tells the branches apart: every branch that is about objects wants a certain value of
/// it.
inline std::string_view reporter::discriminator(const applicator& each, json::value v) const {
  if (!v.is_object() || each.list.count < 2) return {};
  const program_node& first = behind_references(p_.lists[each.list.first]);
  if (first.objects == none) return {};
  const range candidates = p_.objects[first.objects].properties;
  for (index c = 0; c < candidates.count && c < 64; ++c) {
    const std::string_view name = p_.properties[candidates.first + c].name;
    if (!v.contains(name)) continue;
    bool everywhere = true;
    for (index i = 0; i < each.list.count && everywhere; ++i) {
      const program_node& branch = behind_references(p_.lists[each.list.first + i]);
      const index known = branch.objects == none ? none : find_property(p_, p_.objects[branch.objects], name);
      const index node =
          known == none ? none : p_.properties[p_.objects[branch.objects].properties.first + known].node;
      everywhere = node != none &&
                   (behind_references(node).constant != none || behind_references(node).values != none);
    }
    if (everywhere) return name;
  }
  return {};
}

inline bool reporter::no_branch(const applicator& each, json::value v, const context& at) {
  const bool too_deep = unions_ >= max_union_depth || steps_ > max_steps / 2;
  if (too_deep || each.list.count == 0)
    return add(at, each.word, schema_error_kind::oneof, v, "matches no branch", "one branch");
  const std::string_view tag = discriminator(each, v);
  std::vector<index> meant;
  std::string allowed;
  for (index i = 0; !tag.empty() && i < each.list.count; ++i) {
    const program_node& branch = behind_references(p_.lists[each.list.first + i]);
    const object_rules& rules = p_.objects[branch.objects];
    const program_node& wanted =
        behind_references(p_.properties[rules.properties.first + find_property(p_, rules, tag)].node);
    const index set = wanted.constant != none ? wanted.constant : wanted.values;
    if (engine_.in_set(set, v.find(tag))) meant.push_back(i);
    if (i < 8 && p_.sets[set].values.count != 0)
      allowed += (allowed.empty() ? "" : ", ") + shown(p_.members[p_.sets[set].values.first].value);
  }
  if (!tag.empty() && meant.empty()) {
    return add(
        at, each.word, schema_error_kind::oneof, v,
        std::string(tag) + " is " + shown(v.find(tag)) + ", which selects no branch; allowed: " + allowed,
        std::string(tag) + ": " + allowed);
  }
  struct attempt {
    index branch = 0;
    records errors;
    std::size_t depth = 0;
  };
  std::vector<attempt> attempts;
  for (index i = 0; i < each.list.count && attempts.size() < 64; ++i) {
    if (!meant.empty() && std::find(meant.begin(), meant.end(), i) == meant.end()) continue;
    attempt made{i, explain_branch(each, i, v, at), 0};
    for (const record& r : made.errors) made.depth = (std::max)(made.depth, r.order.size());
    attempts.push_back(std::move(made));
  }
  // The branch that was followed deepest; of those the one with the fewest errors.
  const auto best =
      std::min_element(attempts.begin(), attempts.end(), [](const attempt& a, const attempt& b) {
        return a.depth != b.depth ? a.depth > b.depth : a.errors.size() < b.errors.size();
      });
  const auto first_error = [](const attempt& a) {
    if (a.errors.empty()) return std::string("does not fit");
    const schema_error& e = a.errors.front().error;
    return cut((e.instance_location.empty() ? std::string() : e.instance_location + ' ') + e.message, 240);
  };
  std::string message;
  if (meant.size() == 1) {
    message = std::string(tag) + '=' + shown(v.find(tag)) + " selects branch " +
              std::to_string(best->branch) + ": " + first_error(*best);
  } else {
    message =
        "matches no branch; nearest is branch " + std::to_string(best->branch) + ": " + first_error(*best);
    std::size_t told = 0;
    for (const attempt& other : attempts) {
      if (&other == &*best || ++told > 4) continue;
      message += "; branch " + std::to_string(other.branch) + ": " + cut(first_error(other), 160);
    }
  }
  std::vector<schema_error> causes;
  for (record& r : best->errors) {
    if (causes.size() < max_errors) causes.push_back(std::move(r.error));
  }
  return add(at, each.word, schema_error_kind::oneof, v, std::move(message), "one branch", std::move(causes));
}

/// A condition in words: `"t" is "x"` where it says so, else "the value fits ...".
inline std::string reporter::condition_text(index n, json::value v) const {
  const program_node& node = behind_references(n);
  if (node.objects != none && v.is_object()) {
    const object_rules& rules = p_.objects[node.objects];
    for (index i = 0; i < rules.properties.count; ++i) {
      const property& known = p_.properties[rules.properties.first + i];
      const json::value there = v.find(known.name);
      if (!there.exists()) continue;
      if (known.node != none) {
        const program_node& inner = behind_references(known.node);
        if (inner.constant != none || inner.values != none) return quoted(known.name) + " is " + shown(there);
      }
      if (known.required) return "property " + quoted(known.name);
    }
  }
  return shown_with_type(v);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
