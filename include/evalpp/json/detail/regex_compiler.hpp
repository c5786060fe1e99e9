// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_analysis.hpp>
#include <evalpp/json/detail/regex_program.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_symbols.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Turns subtrees into instructions: for the automata, where the order of choices and what groups matched
/// do not matter, or, when the pattern has backreferences, for the backtracker.
///
/// Code is written from its end: `emit(node, next)` returns where the code begins that matches `node` and
/// goes on at `next`. It recurses as deep as the tree, which `max_regex_depth` limits; what is repeated was
/// counted by `regex_analysis` before.
class regex_compiler {
 public:
  regex_compiler(const regex_analysis& facts, regex_program& program)
      : facts_(facts), program_(program), backtracks_(facts.back_references()), counted_(facts.counted()) {}

  /// Builds the alphabet; false when it is too large.
  bool prepare() {
    const regex_tree& tree = facts_.tree();
    std::vector<std::uint32_t> characters;
    std::vector<bool> used_sets(tree.sets.size(), false);
    bool boundaries = false;
    for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
      if (!facts_.is_used(i)) continue;
      const regex_node& node = tree.nodes[i];
      if (node.kind == regex_kind::character) characters.push_back(node.value);
      if (node.kind == regex_kind::set) used_sets[node.value] = true;
      boundaries = boundaries || node.kind == regex_kind::boundary;
    }
    std::vector<code_point_set> sets;
    for (std::size_t i = 0; i < used_sets.size(); ++i) {
      if (used_sets[i]) sets.push_back(tree.sets[i]);
    }
    if (boundaries) sets.push_back(word_class());
    if (!program_.symbols.build(sets, std::move(characters))) return false;
    program_.words = (program_.symbols.all() + 63) / 64;
    constexpr std::size_t max_words = std::size_t{1} << 20;  // 8 MiB
    if (tree.sets.size() * program_.words > max_words) return false;
    program_.groups = tree.groups;
    set_rows_.assign(tree.sets.size(), none);
    node_rows_.assign(tree.nodes.size(), none);
    look_numbers_.assign(tree.nodes.size(), none);
    return true;
  }

  /// From here on runs of at least `times` characters are counted.
  void count_from(std::uint32_t times) { counted_ = times; }

  /// From here on code is for the automata and matches at least what the pattern does: what refers to a
  /// group matches anything.
  void approximate() { backtracks_ = false; }

  /// `backward`: for a text that is read from its end.
  std::uint32_t emit(std::uint32_t number, std::uint32_t next, bool backward) {
    const regex_node& node = facts_.tree().nodes[number];
    switch (node.kind) {
      case regex_kind::empty:
        return next;
      case regex_kind::character:
      case regex_kind::set:
        return emit_character(number, next, backward);
      case regex_kind::sequence:
        return emit_sequence(node.child, next, backward);
      case regex_kind::alternatives:
        return emit_alternatives(node, next, backward);
      case regex_kind::repeat:
        return emit_repeat(node, next, backward);
      case regex_kind::group:
        return emit_group(node, next, backward);
      case regex_kind::back_reference:
        if (!backtracks_) return emit_search(next);
        return add({.op = regex_op::back_reference, .backward = backward, .next = next, .arg = node.value});
      case regex_kind::look:
        return emit_look(number, next);
      case regex_kind::begin:
        return add({.op = regex_op::previous, .next = next, .arg = edge_set()});
      case regex_kind::end:
        return add({.op = regex_op::upcoming, .next = next, .arg = edge_set()});
      case regex_kind::boundary:
        return emit_boundary(node.negative, next);
    }
    return next;
  }

  /// `first` and the siblings after it.
  std::uint32_t emit_sequence(std::uint32_t first, std::uint32_t next, bool backward) {
    std::vector<std::uint32_t> children = siblings(first);
    if (!backward) std::reverse(children.begin(), children.end());
    for (const std::uint32_t child : children) next = emit(child, next, backward);
    return next;
  }

  std::uint32_t emit_match() { return add({.op = regex_op::match}); }

  /// A loop over anything before `entry`, so that a match can begin anywhere.
  std::uint32_t emit_search(std::uint32_t entry) {
    if (any_ == none) {
      any_ = new_set();
      for (std::size_t s = 0; s < program_.symbols.edge(); ++s) insert(any_, s);
    }
    const std::uint32_t loop = add({.op = regex_op::split, .next = entry});
    const std::uint32_t step = add({.op = regex_op::set, .next = loop, .arg = any_});
    program_.code[loop].arg = step;
    return loop;
  }

  /// The set that a look-around of one symbol, or of the edge of the text, asserts.
  std::optional<std::uint32_t> step_set(std::uint32_t look) {
    const regex_tree& tree = facts_.tree();
    const regex_node& node = tree.nodes[look];
    if (node_rows_[look] != none) return node_rows_[look];
    std::vector<std::uint32_t> choices{facts_.unwrap(node.child)};
    if (tree.nodes[choices[0]].kind == regex_kind::alternatives) {
      choices = siblings(tree.nodes[choices[0]].child);
    }
    for (std::uint32_t& choice : choices) {
      choice = facts_.unwrap(choice);
      const bool edge = tree.nodes[choice].kind == (node.behind ? regex_kind::begin : regex_kind::end);
      if (!edge && !tree.is_one_character(choice)) return std::nullopt;
    }
    const std::uint32_t set = new_set();
    for (const std::uint32_t choice : choices) {
      if (tree.is_one_character(choice)) {
        insert_characters(set, tree.nodes[choice]);
      } else {
        insert(set, program_.symbols.edge());
      }
    }
    if (node.negative) complement(set);
    return node_rows_[look] = set;
  }

 private:
  static constexpr std::uint32_t none = no_node;

  std::uint32_t add(regex_instruction it) {
    program_.code.push_back(it);
    return static_cast<std::uint32_t>(program_.code.size() - 1);
  }

  std::vector<std::uint32_t> siblings(std::uint32_t first) const {
    std::vector<std::uint32_t> all;
    for (; first != no_node; first = facts_.tree().nodes[first].next) all.push_back(first);
    return all;
  }

  std::uint32_t new_set() {
    program_.sets.resize(program_.sets.size() + program_.words, 0);
    return static_cast<std::uint32_t>(program_.sets.size() / program_.words - 1);
  }
  void insert(std::uint32_t set, std::size_t symbol) {
    program_.sets[set * program_.words + symbol / 64] |= std::uint64_t{1} << symbol % 64;
  }
  void insert_all(std::uint32_t set, const code_point_set& characters) {
    program_.symbols.for_each_in(characters, [&](std::size_t symbol) { insert(set, symbol); });
  }
  void insert_characters(std::uint32_t set, const regex_node& node) {
    if (node.kind == regex_kind::character) {
      insert(set, program_.symbols.of(node.value));
    } else {
      insert_all(set, facts_.tree().sets[node.value]);
    }
  }
  void complement(std::uint32_t set) {
    for (std::size_t s = 0; s < program_.symbols.all(); ++s) {
      program_.sets[set * program_.words + s / 64] ^= std::uint64_t{1} << s % 64;
    }
  }
  std::uint32_t edge_set() {
    if (edge_ == none) insert(edge_ = new_set(), program_.symbols.edge());
    return edge_;
  }
  /// The set of a node that is one character, made once.
  std::uint32_t set_of(std::uint32_t number) {
    const regex_node& node = facts_.tree().nodes[number];
    std::uint32_t& set = node.kind == regex_kind::set ? set_rows_[node.value] : node_rows_[number];
    if (set == none) insert_characters(set = new_set(), node);
    return set;
  }

  std::uint32_t emit_character(std::uint32_t number, std::uint32_t next, bool backward) {
    const regex_node& node = facts_.tree().nodes[number];
    if (node.kind == regex_kind::set) {
      return add({.op = regex_op::set, .backward = backward, .next = next, .arg = set_of(number)});
    }
    const auto symbol = static_cast<std::uint32_t>(program_.symbols.of(node.value));
    return add({.op = regex_op::symbol, .backward = backward, .next = next, .arg = symbol});
  }

  std::uint32_t emit_alternatives(const regex_node& node, std::uint32_t next, bool backward) {
    const std::vector<std::uint32_t> children = siblings(node.child);
    std::uint32_t entry = emit(children.back(), next, backward);
    for (std::size_t i = children.size() - 1; i-- > 0;) {
      const std::uint32_t preferred = emit(children[i], next, backward);
      entry = add({.op = regex_op::split, .next = preferred, .arg = entry});
    }
    return entry;
  }

  /// A choice between the body and what follows it.
  regex_instruction choice(const regex_node& node, std::uint32_t body, std::uint32_t next) const {
    return {.op = regex_op::split, .next = node.lazy ? next : body, .arg = node.lazy ? body : next};
  }

  std::uint32_t emit_repeat(const regex_node& node, std::uint32_t next, bool backward) {
    if (node.max == 0) return next;
    const std::uint32_t child = facts_.unwrap(node.child);
    const bool one_character = facts_.tree().is_one_character(child);
    if (facts_.is_run(node, counted_) || (backtracks_ && one_character)) {
      program_.runs.push_back({set_of(child), node.min, node.max, next});
      return add({.op = backtracks_ ? regex_op::run : regex_op::count,
                  .backward = backward,
                  .lazy = node.lazy,
                  .next = next,
                  .arg = static_cast<std::uint32_t>(program_.runs.size() - 1)});
    }
    std::uint32_t entry = next;
    std::uint32_t required = node.min;
    if (node.max == unlimited) {
      const std::uint32_t loop = add({});
      const std::uint32_t body = emit_iteration(node, loop, backward, true);
      program_.code[loop] = choice(node, body, next);
      // Without anything to keep apart, x+ is one copy of x that leads to the choice behind it.
      const bool shared = required != 0 && !backtracks_;
      entry = shared ? body : loop;
      if (shared) --required;
    } else {
      for (std::uint32_t i = node.min; i < node.max; ++i) {
        entry = add(choice(node, emit_iteration(node, entry, backward, true), next));
      }
    }
    for (; required != 0; --required) entry = emit_iteration(node, entry, backward, false);
    return entry;
  }

  /// One pass through the body of a repeat. For the backtracker, groups inside begin as if they had never
  /// matched, and an optional pass that consumes nothing fails.
  std::uint32_t emit_iteration(const regex_node& node, std::uint32_t next, bool backward, bool optional) {
    if (!backtracks_) return emit(node.child, next, backward);
    const regex_facts& body = facts_[node.child];
    const bool watched = optional && body.min_length == 0;
    const std::uint32_t place = watched ? program_.registers++ : 0;
    if (watched) next = add({.op = regex_op::progress, .next = next, .arg = place});
    std::uint32_t entry = emit(node.child, next, backward);
    if (watched) entry = add({.op = regex_op::open, .next = entry, .arg = place});
    if (body.first_group > body.last_group) return entry;
    return add({.op = regex_op::forget, .next = entry, .arg = body.first_group, .extra = body.last_group});
  }

  std::uint32_t emit_group(const regex_node& node, std::uint32_t next, bool backward) {
    if (!backtracks_) return emit(node.child, next, backward);
    const std::uint32_t place = program_.registers++;
    const std::uint32_t close =
        add({.op = regex_op::close, .backward = backward, .next = next, .arg = node.value, .extra = place});
    return add({.op = regex_op::open, .next = emit(node.child, close, backward), .arg = place});
  }

  std::uint32_t emit_look(std::uint32_t number, std::uint32_t next) {
    const regex_node node = facts_.tree().nodes[number];
    if (const auto set = step_set(number)) {
      return add({.op = node.behind ? regex_op::previous : regex_op::upcoming, .next = next, .arg = *set});
    }
    if (backtracks_) {
      const std::uint32_t body = emit(node.child, add({.op = regex_op::look_end}), node.behind);
      return add({.op = regex_op::look_begin, .negative = node.negative, .next = next, .arg = body});
    }
    if (node.negative && facts_[node.child].refers) return next;
    if (look_numbers_[number] == none) {
      const std::size_t runs = program_.runs.size(), looks = program_.looks.size();
      const std::uint32_t entry = emit_search(emit(node.child, emit_match(), !node.behind));
      look_numbers_[number] = static_cast<std::uint32_t>(program_.looks.size());
      program_.looks.push_back(
          {entry, node.behind, program_.runs.size() != runs, program_.looks.size() != looks});
    }
    return add({.op = regex_op::look, .negative = node.negative, .next = next, .arg = look_numbers_[number]});
  }

  /// One neighbour is a word character and the other is not, or, negated, both are or neither is.
  std::uint32_t emit_boundary(bool negative, std::uint32_t next) {
    if (word_ == none) {
      insert_all(word_ = new_set(), word_class());
      insert_all(other_ = new_set(), word_class());
      complement(other_);
    }
    const auto both = [&](std::uint32_t before, std::uint32_t after) {
      const std::uint32_t second = add({.op = regex_op::upcoming, .next = next, .arg = after});
      return add({.op = regex_op::previous, .next = second, .arg = before});
    };
    const std::uint32_t in_word = both(word_, negative ? word_ : other_);
    const std::uint32_t outside = both(other_, negative ? other_ : word_);
    return add({.op = regex_op::split, .next = in_word, .arg = outside});
  }

  const regex_analysis& facts_;
  regex_program& program_;
  bool backtracks_;
  std::uint32_t counted_;
  std::vector<std::uint32_t> set_rows_;  // of the sets of the tree
  std::vector<std::uint32_t>
      node_rows_;  // of the nodes of the tree: characters that run, looks of one symbol
  std::vector<std::uint32_t> look_numbers_;  // of the nodes of the tree
  std::uint32_t any_ = none, edge_ = none, word_ = none, other_ = none;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
