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
  std::vector<std::optional<regex_lazy>> lazies;  // of the parts, then of the look-arounds
  regex_truths truths;
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
      return {.message = "this repeats more than max_states allows",
              .offset = too_large(*facts, limit),
              .limit = true};
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
      compiler.approximate();
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
    const regex_verdict found = search_parts(text, memory);
    if (!backtracks_ || found == regex_verdict::no) return found;
    return memory.backtracker.search(program_, entry_, text, anchored_, steps);
  }

 private:
  /// All parts of a pattern must match, or, negative, must not. The last is the pattern itself, those
  /// before are lookaheads at the start of the text.
  struct part {
    std::uint32_t entry = 0;
    std::uint32_t simulated_entry = 0;  // of the same code for simulation: its runs are counted
    bool negative = false;
    bool backward = false;  // a match ends where the text ends: it is read from there
    bool counted = false;   // has runs to be counted
    bool looks = false;     // asks about look-arounds
    regex_table table = {};
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
    if (begin && !looks.empty() && !backtracks_) {
      for (const std::uint32_t look : looks) {
        const regex_node node = tree.nodes[look];
        add_part(facts, compiler, {.negative = node.negative},
                 [&] { return compiler.emit(node.child, match, false); });
      }
      if (rest == no_node) return;
      add_part(facts, compiler, {}, [&] { return compiler.emit_sequence(rest, match, false); });
      return;
    }
    const bool backward = !anchored_ && facts[tree.root].anchored_at_end;
    add_part(facts, compiler, {.backward = backward}, [&] {
      const std::uint32_t entry = compiler.emit(top, match, backward);
      return anchored_ || backward ? entry : compiler.emit_search(entry);
    });
  }

  template <class Emit>
  void add_part(const regex_analysis& facts, regex_compiler& compiler, part what, Emit emit) {
    const std::size_t runs = program_.runs.size(), looks = program_.looks.size();
    part& added = parts_.emplace_back(std::move(what));
    added.entry = added.simulated_entry = emit();
    added.counted = program_.runs.size() != runs;
    added.looks = program_.looks.size() != looks;
    regex_subsets subsets;
    if (added.counted) return;
    if (!added.looks && added.table.build(program_, added.entry, added.backward, subsets)) return;
    constexpr std::uint32_t worth_counting = 16;
    if (!facts.has_runs(worth_counting)) return;
    compiler.count_from(worth_counting);
    added.simulated_entry = emit();
    compiler.count_from(facts.counted());
  }

  regex_verdict search_parts(std::string_view text, regex_memory& memory) const {
    if (!program_.looks.empty() && !find_truths(text, memory)) return regex_verdict::budget;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const regex_verdict found = search_part(i, text, memory);
      if (found == regex_verdict::budget) return found;
      if ((found == regex_verdict::yes) == parts_[i].negative) return regex_verdict::no;
    }
    return regex_verdict::yes;
  }

  regex_verdict search_part(std::size_t number, std::string_view text, regex_memory& memory) const {
    const part& it = parts_[number];
    if (it.table.built()) return verdict(it.table.search(program_.symbols, text));
    if (!it.counted && (!it.looks || few_looks())) {
      const std::size_t looks = it.looks ? program_.looks.size() : 0;
      regex_lazy& lazy = lazy_of(number, it.entry, {.looks = looks, .backward = it.backward}, memory);
      if (const auto found = lazy.search(program_, text, memory.truths)) return verdict(*found);
    }
    return memory.nfa.search(program_, it.simulated_entry, it.backward, text, memory.truths);
  }

  /// Of all look-arounds, the inner ones first. False when that takes too much memory.
  bool find_truths(std::string_view text, regex_memory& memory) const {
    if (!memory.truths.reset(program_.looks.size(), text.size())) return false;
    for (std::uint32_t i = 0; i < program_.looks.size(); ++i) {
      const regex_look& look = program_.looks[i];
      if (!look.counted && (look.nested ? few_looks() : some_looks())) {
        const regex_subsets::kind what{look.nested ? program_.looks.size() : 0, !look.behind, true};
        regex_lazy& lazy = lazy_of(parts_.size() + i, look.entry, what, memory);
        if (lazy.record(program_, i, text, memory.truths)) continue;
      }
      if (!memory.nfa.record(program_, i, text, memory.truths)) return false;
    }
    return true;
  }

  /// Each doubles the columns of an automaton that asks about them.
  bool few_looks() const { return program_.looks.size() <= 4; }
  /// Each has an automaton of its own, of up to `regex_lazy::max_bytes`.
  bool some_looks() const { return program_.looks.size() <= 16; }

  regex_lazy& lazy_of(std::size_t number, std::uint32_t entry, regex_subsets::kind what,
                      regex_memory& memory) const {
    memory.lazies.resize(parts_.size() + program_.looks.size());
    auto& lazy = memory.lazies[number];
    if (!lazy) lazy.emplace().reset(program_, entry, what);
    return *lazy;
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
