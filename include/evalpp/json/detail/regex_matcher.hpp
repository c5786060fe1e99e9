// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_analysis.hpp>
#include <evalpp/json/detail/regex_backtracker.hpp>
#include <evalpp/json/detail/regex_compiler.hpp>
#include <evalpp/json/detail/regex_dfa.hpp>
#include <evalpp/json/detail/regex_nfa.hpp>
#include <evalpp/json/detail/regex_program.hpp>
#include <evalpp/json/detail/regex_scan.hpp>
#include <evalpp/json/detail/regex_subsets.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What searching needs to write to.
struct regex_memory {
  std::vector<std::optional<regex_lazy>> lazies;  // of the parts
  regex_nfa nfa;
  regex_backtracker backtracker;
};

/// A compiled pattern: the cheapest way to search that it allows.
class regex_matcher {
 public:
  /// `max_states`: how many instructions repeats may add to what the pattern itself needs.
  regex_fault build(regex_tree& tree, std::size_t pattern_size, std::size_t max_states) {
    // Long runs of one character class are counted; short ones only when the rest leaves no room.
    constexpr std::uint32_t many = 1001, few = 9;
    const std::uint64_t limit = std::uint64_t{max_states} + 5 * std::uint64_t{pattern_size};
    std::optional<regex_analysis> facts(std::in_place, tree, many);
    if ((*facts)[tree.root].states > limit) facts.emplace(tree, few);
    if ((*facts)[tree.root].states > limit) {
      return {
          .message = "this repeats more than can be held", .offset = too_large(*facts, limit), .limit = true};
    }
    min_length_ = (*facts)[tree.root].min_length;
    regex_compiler compiler(*facts, program_);
    if (!compiler.prepare()) {
      return {.message = "the character classes are too many and too large", .offset = 0, .limit = true};
    }
    scan_.build(*facts, program_.symbols);
    if (scan_.what() != regex_scan::kind::none) return {};
    anchored_ = (*facts)[tree.root].anchored;
    if (facts->back_references()) {
      backtracks_ = true;
      entry_ = compiler.emit(tree.root, compiler.emit_match(), false);
      return {};
    }
    build_parts(*facts, compiler);
    return {};
  }

  bool needs_memory() const {
    return backtracks_ ||
           std::any_of(parts_.begin(), parts_.end(), [](const part& p) { return !p.table.built(); });
  }

  regex_verdict search(std::string_view text, std::uint64_t steps, regex_memory& memory) const {
    if (text.size() < min_length_) return regex_verdict::no;
    if (scan_.what() != regex_scan::kind::none) return verdict(scan_.search(program_.symbols, text));
    if (backtracks_) return memory.backtracker.search(program_, entry_, text, anchored_, steps);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const regex_verdict found = search_part(i, text, memory);
      if (found == regex_verdict::budget) return found;
      if ((found == regex_verdict::yes) == parts_[i].negative) return regex_verdict::no;
    }
    return regex_verdict::yes;
  }

 private:
  /// All parts of a pattern must match, or, negative, must not. The last is the pattern itself, those
  /// before are lookaheads at the start of the text.
  struct part {
    std::uint32_t entry = 0;
    bool negative = false;
    bool simulated = false;  // what the automata cannot do
    regex_table table;
  };

  static regex_verdict verdict(bool matches) { return matches ? regex_verdict::yes : regex_verdict::no; }

  /// The first repeat that is too large by itself, or the largest one.
  static std::size_t too_large(const regex_analysis& facts, std::uint64_t limit) {
    const std::vector<regex_node>& nodes = facts.tree().nodes;
    std::uint32_t largest = no_node;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i].kind != regex_kind::repeat) continue;
      if (facts[i].states > limit) return nodes[i].offset;
      if (largest == no_node || facts[i].states > facts[largest].states) largest = i;
    }
    return largest == no_node ? 0 : nodes[largest].offset;
  }

  void build_parts(const regex_analysis& facts, regex_compiler& compiler) {
    const regex_tree& tree = facts.tree();
    const std::uint32_t match = compiler.emit_match();
    const std::uint32_t top = facts.unwrap(tree.root);
    constexpr std::size_t max_parts = 9;
    std::vector<std::uint32_t> looks;
    std::uint32_t rest = top;
    bool begin = false;
    if (tree.nodes[top].kind == regex_kind::sequence) {
      for (rest = tree.nodes[top].child; rest != no_node; rest = tree.nodes[rest].next) {
        const regex_node& node = tree.nodes[facts.unwrap(rest)];
        const bool ahead = node.kind == regex_kind::look && !node.behind;
        if (ahead && looks.size() + 1 < max_parts) {
          looks.push_back(facts.unwrap(rest));
        } else if (node.kind == regex_kind::begin) {
          begin = true;
        } else {
          break;
        }
      }
    }
    if (begin && !looks.empty()) {
      for (const std::uint32_t look : looks) {
        const regex_node node = tree.nodes[look];
        add_part(compiler, node.negative, [&] { return compiler.emit(node.child, match, false); });
      }
      if (rest == no_node) return;
      add_part(compiler, false, [&] { return compiler.emit_sequence(rest, match, false); });
      return;
    }
    add_part(compiler, false, [&] {
      const std::uint32_t entry = compiler.emit(top, match, false);
      return anchored_ ? entry : compiler.emit_search(entry);
    });
  }

  template <class Emit>
  void add_part(regex_compiler& compiler, bool negative, Emit emit) {
    static_cast<void>(compiler);
    const std::size_t special = program_.looks.size() + program_.runs.size();
    part& added = parts_.emplace_back();
    added.negative = negative;
    added.entry = emit();
    added.simulated = program_.looks.size() + program_.runs.size() != special;
    regex_subsets subsets;
    if (!added.simulated) added.table.build(program_, added.entry, subsets);
  }

  regex_verdict search_part(std::size_t number, std::string_view text, regex_memory& memory) const {
    const part& it = parts_[number];
    if (it.table.built()) return verdict(it.table.search(program_.symbols, text));
    if (!it.simulated) {
      memory.lazies.resize(parts_.size());
      auto& lazy = memory.lazies[number];
      if (!lazy) lazy.emplace().reset(program_, it.entry);
      if (const auto found = lazy->search(program_, text)) return verdict(*found);
    }
    return memory.nfa.search(program_, it.entry, text);
  }

  regex_program program_;
  regex_scan scan_;
  std::vector<part> parts_;
  std::uint64_t min_length_ = 0;
  std::uint32_t entry_ = 0;
  bool anchored_ = false;
  bool backtracks_ = false;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
