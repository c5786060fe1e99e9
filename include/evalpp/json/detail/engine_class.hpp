// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/decimal.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/equal.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Why a check had to give up.
enum class validation_limit : std::uint8_t {
  none,
  depth,              ///< schemas inside one another: deeper than `max_depth`
  steps,              ///< one union took more than `max_steps`
  regex_budget,       ///< a pattern with backreferences or lookaround took too long
  no_dynamic_target,  ///< v1: no resource on the way has the `$dynamicAnchor`
};

constexpr std::string_view to_string(validation_limit l) {
  switch (l) {
    case validation_limit::none:
      break;
    case validation_limit::depth:
      return "schemas are nested too deep";
    case validation_limit::steps:
      return "a union takes too long";
    case validation_limit::regex_budget:
      return "a pattern takes too long";
    case validation_limit::no_dynamic_target:
      return "a $dynamicRef finds no $dynamicAnchor on the way";
  }
  return "no limit was hit";
}

/// What a check may cost.
struct validation_limits {
  /// Schemas that are evaluated inside one another. Each takes a few hundred bytes of stack.
  std::uint32_t max_depth = 4096;
  /// Schemas that are evaluated for one outermost union (anyOf, oneOf, not, if). Outside of unions a value is
  /// never looked at twice by the same schema, and nothing is counted.
  std::uint64_t max_steps = 10'000'000;
};

namespace detail {

/// Decides whether values fit. Keeps its memory, so that it allocates nothing once it is warm.
///
/// What unevaluatedItems and unevaluatedProperties need to know, the positions that other keywords
/// have looked at, is a bit set that exists only while one of them is on the way out (`marks`); without
/// one everything stops at the first certainty.
class engine {
 public:
  /// A bit for each child of the value at hand: an offset into `words_` + 1. 0: nobody asks.
  using marks = std::size_t;
  /// The resources that were entered: an entry of `scopes_`. 0 is the empty scope.
  using scope = index;

  void start(const program& p, const validation_limits& limits) {
    if (p_ != &p) scratches_.resize(p.scratches + 1U);
    p_ = &p;
    limits_ = limits;
    limit_ = validation_limit::none;
    steps_ = 0;
    depth_ = 0;
    branches_ = 0;
    words_.clear();
    scopes_.assign(1, {});
    memo_.clear();
  }

  /// False when the value does not fit or `limit()` says why it is not known.
  bool run(index n, const json::value& v, marks outer, scope where) {
    // Most values are scalars whose schema is plain.
    const program_node& node = p_->nodes[n];
    if ((node.flags & program_node::plain) == 0 || v.kind() >= kind::array || branches_ != 0)
      return run_value(n, v, outer, where);
    if (!has_type(node, v)) return false;
    return depth_ < limits_.max_depth ? run_scalar(node, v) : give_up(validation_limit::depth);
  }

  validation_limit limit() const { return limit_; }
  scope enter(scope where, index resource);
  /// The node that a dynamic reference leads to, or `none`.
  index dynamic_target(const applicator& each, scope where) const;

  /// Room for the marks of a value, all clear; it is gone with `release`.
  marks reserve(const json::value& v) {
    const marks made = words_.size() + 1;
    words_.resize(words_.size() + (v.size() + 63) / 64, 0);
    return made;
  }
  void release(marks made) { words_.resize(made - 1); }
  bool marked(marks m, std::size_t i) const { return (words_[m - 1 + i / 64] >> (i % 64) & 1U) != 0; }
  void mark(marks m, std::size_t i) { words_[m - 1 + i / 64] |= std::uint64_t{1} << (i % 64); }
  void mark_from(marks m, std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < count; ++i) mark(m, i);
  }
  void merge(marks into, marks from, const json::value& v) {
    for (std::size_t w = 0; w < (v.size() + 63) / 64; ++w) words_[into - 1 + w] |= words_[from - 1 + w];
  }

  // One keyword each, for the verdict and for reports.
  bool in_set(index set, const json::value& v);
  bool number_fits(const number_rules& rules, const json::value& v) const;
  bool pattern_matches(index pattern, std::string_view text);
  bool content_fits(const string_rules& rules, std::string_view text);
  /// The first two equal items, or false.
  bool find_twins(const json::value& array, std::size_t& first, std::size_t& second);
  /// The keywords of a node but unevaluated*, for what they mark.
  bool run_marking(const program_node& node, const json::value& v, marks m, scope where) {
    return run_body(node, v, m, where);
  }

 private:
  bool run_value(index n, const json::value& v, marks outer, scope where);
  bool run_node(const program_node& node, const json::value& v, marks outer, scope where);
  /// The keywords for the value itself and, unless it is a container, for its kind.
  bool run_scalar(const program_node& node, const json::value& v) {
    if (node.values != none && !in_set(node.values, v)) return false;
    if (node.constant != none && !in_set(node.constant, v)) return false;
    if (v.is_number()) return node.numbers == none || number_fits(p_->numbers[node.numbers], v);
    return !v.is_string() || node.strings == none || run_string(p_->strings[node.strings], *v.as_string());
  }
  bool run_body(const program_node& node, const json::value& v, marks m, scope where);
  bool run_string(const string_rules& rules, std::string_view text);
  bool run_array(const array_rules& rules, const json::value& v, marks m, scope where);
  bool run_contains(const array_rules& rules, const json::value& v, marks m, scope where);
  bool run_unevaluated_items(const array_rules& rules, const json::value& v, marks m, scope where);
  bool run_object(const object_rules& rules, const json::value& v, marks m, scope where);
  bool run_members(const object_rules& rules, const json::value& v, marks m, scope where, std::size_t seen);
  bool run_dependencies(const object_rules& rules, const json::value& v, marks m, scope where,
                        std::size_t seen);
  bool run_unevaluated_properties(const object_rules& rules, const json::value& v, marks m, scope where);
  bool run_applicator(const applicator& each, const json::value& v, marks m, scope where);
  bool run_any(const applicator& each, const json::value& v, marks m, scope where);
  bool run_one(const applicator& each, const json::value& v, marks m, scope where);
  bool run_condition(const applicator& each, const json::value& v, marks m, scope where);
  bool run_branch(index n, const json::value& v, marks m, scope where);

  bool give_up(validation_limit why) {
    if (limit_ == validation_limit::none) limit_ = why;
    return false;
  }

  struct scope_entry {
    scope outer = 0;
    index resource = none;
  };
  /// Verdicts inside a union that takes long: nothing is looked at twice.
  class memo {
   public:
    struct entry {
      const void* value = nullptr;
      index node = none;
      scope where = 0;
      bool fits = false;
    };
    void clear() {
      if (count_ != 0) entries_.assign(entries_.size(), {});
      count_ = 0;
    }
    const entry* find(const entry& key) const;
    void insert(const entry& made);

   private:
    static std::size_t hash(const entry& e) {
      const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(e.value));
      return static_cast<std::size_t>(
          mix(mix(hash_seed, address), static_cast<std::uint64_t>(e.node) << 32 | e.where));
    }
    std::vector<entry> entries_;
    std::size_t count_ = 0;
  };
  static constexpr std::uint64_t memo_after = 2000;  ///< steps of one union: before, remembering costs more
  static constexpr std::size_t max_scopes = 4096;    ///< orders in which resources were entered
  static constexpr std::size_t memo_limit = std::size_t{1} << 20;

  const program* p_ = nullptr;
  validation_limits limits_;
  validation_limit limit_ = validation_limit::none;
  std::uint64_t steps_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t branches_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<scope_entry> scopes_;
  memo memo_;
  equality equality_;
  std::vector<regex::scratch> scratches_;  // one for each pattern that needs it, one for all others
  std::vector<std::uint64_t> hashes_;
  std::vector<index> slots_;
};

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::json
