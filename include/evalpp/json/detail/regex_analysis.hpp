// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What is known about a subtree.
struct regex_facts {
  std::uint64_t min_length = 0;  ///< code points of the shortest match
  std::uint64_t states = 0;      ///< instructions when it is compiled once
  bool consumes = false;         ///< can match more than nothing
  bool matches_empty = false;    ///< by itself, without assertions
  bool empty_at_begin = false;   ///< matches empty where every text begins
  bool empty_at_end = false;     ///< and where it ends
  bool anchored = false;         ///< matches only where the text begins
  std::uint32_t first_group = no_node;
  std::uint32_t last_group = 0;
};

/// A tree and the facts about its subtrees. Groups to which nothing refers become plain ones.
class regex_analysis {
 public:
  /// `counted`: repeats of one character of at least so many are counted and not expanded.
  regex_analysis(regex_tree& tree, std::uint32_t counted) : tree_(tree), counted_(counted) {
    std::vector<bool> referred(tree.groups + 1, false);
    for (const regex_node& node : tree.nodes) {
      if (node.kind != regex_kind::back_reference) continue;
      referred[node.value] = true;
      back_references_ = true;
    }
    facts_.reserve(tree.nodes.size());
    for (regex_node& node : tree.nodes) {
      if (node.kind == regex_kind::group && !referred[node.value]) node.kind = regex_kind::sequence;
      facts_.push_back(of(node));
    }
    find_used();
  }

  const regex_facts& operator[](std::uint32_t node) const { return facts_[node]; }
  const regex_tree& tree() const { return tree_; }
  bool back_references() const { return back_references_; }

  /// False for what the parser has left behind: alternatives that became a set.
  bool is_used(std::uint32_t node) const { return used_[node]; }

  /// Without groups around it that mean nothing.
  std::uint32_t unwrap(std::uint32_t node) const {
    while (tree_.nodes[node].kind == regex_kind::sequence &&
           tree_.nodes[tree_.nodes[node].child].next == no_node) {
      node = tree_.nodes[node].child;
    }
    return node;
  }

  /// Whether a repeat is compiled to a run.
  bool is_counted(const regex_node& node) const {
    const std::uint32_t times = node.max == unlimited ? node.min : node.max;
    return node.kind == regex_kind::repeat && times >= counted_ && tree_.is_one_character(unwrap(node.child));
  }

 private:
  void find_used() {
    used_.assign(tree_.nodes.size(), false);
    used_[tree_.root] = true;
    for (std::size_t i = tree_.nodes.size(); i-- > 0;) {  // parents come after their children
      std::uint32_t child = used_[i] ? tree_.nodes[i].child : no_node;
      for (; child != no_node; child = tree_.nodes[child].next) used_[child] = true;
    }
  }

  static std::uint64_t capped(std::uint64_t n) { return (std::min)(n, std::uint64_t{1} << 40); }

  static void include_groups(regex_facts& whole, const regex_facts& part) {
    whole.first_group = (std::min)(whole.first_group, part.first_group);
    whole.last_group = (std::max)(whole.last_group, part.last_group);
  }

  regex_facts of(const regex_node& node) const {
    regex_facts f;
    switch (node.kind) {
      case regex_kind::empty:
        f.matches_empty = f.empty_at_begin = f.empty_at_end = true;
        break;
      case regex_kind::character:
      case regex_kind::set:
        f = {.min_length = 1, .states = 1, .consumes = true};
        break;
      case regex_kind::sequence:
        return of_sequence(node);
      case regex_kind::alternatives:
        return of_alternatives(node);
      case regex_kind::repeat:
        return of_repeat(node);
      case regex_kind::group:
        f = facts_[node.child];
        f.states += 2;
        f.first_group = (std::min)(f.first_group, node.value);
        f.last_group = (std::max)(f.last_group, node.value);
        break;
      case regex_kind::back_reference:
        f.consumes = true;
        f.states = 1;
        break;
      case regex_kind::look:
        f.states = facts_[node.child].states + 2;
        include_groups(f, facts_[node.child]);
        break;
      case regex_kind::begin:
        f.states = 1;
        f.empty_at_begin = f.anchored = true;
        break;
      case regex_kind::end:
        f.states = 1;
        f.empty_at_end = true;
        break;
      case regex_kind::boundary:
        f.states = 5;
        break;
    }
    return f;
  }

  regex_facts of_sequence(const regex_node& node) const {
    regex_facts f;
    f.matches_empty = f.empty_at_begin = f.empty_at_end = true;
    for (std::uint32_t child = node.child; child != no_node; child = tree_.nodes[child].next) {
      const regex_facts& part = facts_[child];
      f.anchored = f.anchored || (!f.consumes && part.anchored);
      f.min_length = capped(f.min_length + part.min_length);
      f.states = capped(f.states + part.states);
      f.consumes = f.consumes || part.consumes;
      f.matches_empty = f.matches_empty && part.matches_empty;
      f.empty_at_begin = f.empty_at_begin && part.empty_at_begin;
      f.empty_at_end = f.empty_at_end && part.empty_at_end;
      include_groups(f, part);
    }
    return f;
  }

  regex_facts of_alternatives(const regex_node& node) const {
    regex_facts f = facts_[node.child];
    for (std::uint32_t child = tree_.nodes[node.child].next; child != no_node;
         child = tree_.nodes[child].next) {
      const regex_facts& part = facts_[child];
      f.anchored = f.anchored && part.anchored;
      f.min_length = (std::min)(f.min_length, part.min_length);
      f.states = capped(f.states + part.states + 1);
      f.consumes = f.consumes || part.consumes;
      f.matches_empty = f.matches_empty || part.matches_empty;
      f.empty_at_begin = f.empty_at_begin || part.empty_at_begin;
      f.empty_at_end = f.empty_at_end || part.empty_at_end;
      include_groups(f, part);
    }
    return f;
  }

  regex_facts of_repeat(const regex_node& node) const {
    regex_facts f = facts_[node.child];
    // A copy has its own split and, for a backtracker, three instructions more.
    const std::uint64_t copy = f.states + 1 + (back_references_ ? 3 : 0);
    const std::uint64_t copies =
        node.max == unlimited ? (std::max)(node.min, std::uint32_t{1}) : std::uint64_t{node.max};
    f.states = is_counted(node) ? 1 : capped(copy * copies + 1);
    f.min_length = capped(f.min_length * node.min);
    f.consumes = f.consumes && node.max != 0;
    if (node.min == 0) {
      f.matches_empty = f.empty_at_begin = f.empty_at_end = true;
      f.anchored = false;
    }
    return f;
  }

  regex_tree& tree_;
  std::uint32_t counted_;
  bool back_references_ = false;
  std::vector<regex_facts> facts_;
  std::vector<bool> used_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
