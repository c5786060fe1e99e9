// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/hash_index.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/equal.hpp>
#include <evalpp/json/regex.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Makes a `fused_program` of a compiled schema, or finds that it cannot be done: dynamic references,
/// unevaluated*, asserted content, propertyDependencies, many patternProperties side by side.
///
/// The schemas that apply to a value together are a sorted list of *atoms*: nodes of the program for what
/// they say themselves, and their unions (anyOf, oneOf, not, if). Each list becomes one node, so a recursion
/// in the schema ends; lists can be many more than schemas, so there is a limit.
class fuser {
 public:
  fuser(const program& p, fused_program& out) : p_(p), out_(out) {}

  void fuse();

 private:
  using atoms = std::vector<index>;
  static constexpr index union_atom = 0x80000000U;  ///< else it is a node
  static constexpr bool is_union(index atom) { return (atom & union_atom) != 0; }
  const applicator& union_of(index atom) const { return p_.applicators[atom & ~union_atom]; }

  struct facts {
    std::uint8_t types = type_bit::all;  ///< that a value must be of
    std::uint32_t chain = 0;             ///< schemas inside one another for one value; 0: not known yet
  };
  struct job {
    index node = none;
    range atoms;
    fused_kind only = fused_kind::mixed;  ///< the kind of value; `mixed`: any
  };
  /// A union whose branches the kind of the value does not decide.
  struct open_union {
    index atom = none;
    atoms branches;
  };

  bool give_up() {
    failed_ = true;
    return false;
  }
  void add_basics();
  bool measure();
  bool look_at(index n, std::uint32_t depth);
  std::uint8_t types_of(const atoms& all) const;

  bool add(atoms& all, index node);
  index node_of(atoms& all, fused_kind only = fused_kind::mixed);
  index node_for(index program_node);
  index node_for(const std::vector<index>& program_nodes);
  void build(const job& next);
  void build_by_type(index n, const atoms& all, std::uint8_t types);
  bool settle(atoms& all, fused_kind only, std::vector<open_union>& open);
  bool settle_choice(const applicator& u, index atom, std::uint8_t bits, atoms& all,
                     std::vector<open_union>& open);
  bool build_by_tag(index n, const atoms& all, const std::vector<open_union>& open);
  bool tag_values(const atoms& all, std::string_view name, std::vector<std::string_view>& values) const;
  void build_checks(std::vector<fused_check>& checks, const std::vector<open_union>& open, fused_kind only);

  void build_rules(index n, const atoms& all, fused_kind only, std::vector<fused_check>& checks);
  void build_sets(fused_node& node, const atoms& all, std::vector<fused_check>& checks);
  void build_numbers(fused_node& node, const atoms& all);
  void build_strings(fused_node& node, const atoms& all);
  void build_arrays(fused_node& node, const atoms& all, std::vector<fused_check>& checks);
  void build_objects(fused_node& node, const atoms& all);
  void build_keys(fused_object& object, const std::vector<const object_rules*>& rules);
  void build_patterns(fused_object& object, const std::vector<const object_rules*>& rules);
  void build_dependencies(fused_object& object, const std::vector<const object_rules*>& rules);
  bool in_set(index set, json::value v);
  bool matches(index pattern, std::string_view name);

  fused_key key_of(std::string_view name, index node);
  static void hide(fused_key& key);
  range add_list(const std::vector<index>& list) {
    const range made{static_cast<index>(out_.lists.size()), static_cast<index>(list.size())};
    out_.lists.insert(out_.lists.end(), list.begin(), list.end());
    return made;
  }
  void build_slots(fused_names& names);
  index find_key(const fused_names& names, std::string_view name) const;

  const program& p_;
  fused_program& out_;
  bool failed_ = false;
  std::vector<facts> facts_;
  std::vector<index> atoms_;  // of all jobs
  std::vector<job> jobs_;     // all there ever were
  std::size_t done_ = 0;
  hash_index known_;  // jobs
  std::vector<index> stack_;
  std::vector<index> name_nodes_;
  equality equality_;
  regex::scratch scratch_;
};

inline bool has_rules(const program_node& n) {
  return n.types != type_bit::all || n.values != none || n.constant != none || n.numbers != none ||
         n.strings != none || n.arrays != none || n.objects != none;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
