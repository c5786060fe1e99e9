// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_program.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The deterministic automaton of a program, built as far as it is asked for: a state is the set of
/// instructions that wait for a symbol. A match is a state that is never left, since nothing but the
/// verdict matters.
///
/// Assertions about the symbol before are decided when a state is made. Those about the symbol behind wait
/// in the state until it is read; if assertions about the symbol before may follow them, the state
/// remembers that symbol, as the first of those that no such assertion tells apart from it. (Where a text is
/// read from its end, before and behind change places.) So do look-arounds, whose truth is read together
/// with the symbol: the columns of the table are symbols, times the combinations of truths.
class regex_subsets {
 public:
  static constexpr std::uint32_t dead = 0;
  static constexpr std::uint32_t matched = 1;
  static constexpr std::uint32_t unknown = (std::numeric_limits<std::uint32_t>::max)();
  /// In a cell of an automaton that records: a match ends before the symbol.
  static constexpr std::uint32_t ends = std::uint32_t{1} << 31;

  struct kind {
    std::size_t looks = 0;  ///< how many truths are read with each symbol
    bool backward = false;
    bool records = false;  ///< all matches and not only whether there is one
  };

  /// `max_bytes` bounds the tables.
  void reset(const regex_program& program, std::size_t max_bytes, kind what) {
    program_ = &program;
    max_bytes_ = max_bytes;
    kind_ = what;
    decided_ = what.backward ? regex_op::upcoming : regex_op::previous;
    waiting_ = what.backward ? regex_op::previous : regex_op::upcoming;
    seen_.resize(program.code.size());
    find_contexts();
    clear();
  }

  /// The same program at another place.
  void rebind(const regex_program& program) { program_ = &program; }

  /// Forgets all states but the two that are always there.
  void clear() {
    states_.assign(2, {});
    members_.clear();
    table_.assign(2 * stride(), dead);
    std::fill_n(table_.begin() + static_cast<std::ptrdiff_t>(stride()), stride(), matched);
    buckets_.assign(64, 0);
  }

  std::size_t stride() const { return program_->symbols.all() << kind_.looks; }
  std::size_t size() const { return states_.size(); }
  /// How many instructions have been looked at: what building has cost so far.
  std::size_t work() const { return work_; }
  const std::vector<std::uint32_t>& table() const { return table_; }

  /// The state at the start of a text. `unknown` when there is no room, as below.
  std::uint32_t start(std::uint32_t entry) {
    made_.clear();
    seen_.clear();
    const auto edge = static_cast<std::uint32_t>(program_->symbols.edge());
    return close(entry, edge, unknown, made_) ? matched : intern(edge);
  }

  /// Where a state leads on a column; the edge leads to `dead` or `matched`. May have the bit `ends`.
  std::uint32_t next(std::uint32_t state, std::size_t column) {
    const std::uint32_t known = table_[state * stride() + column];
    if (known != unknown) return known;
    const std::uint32_t target = compute(state, static_cast<std::uint32_t>(column));
    if (target != unknown) table_[state * stride() + column] = target;
    return target;
  }

  /// Clears, and keeps one state under a new number; `unknown` when it has no room for itself alone.
  std::uint32_t keep_only(std::uint32_t state) {
    const auto first = members_.begin() + states_[state].first;
    made_.assign(first, first + states_[state].count);
    const std::uint32_t context = states_[state].context;
    clear();
    return intern(context);
  }

 private:
  struct subset {
    std::uint32_t first = 0;  // in members_
    std::uint32_t count = 0;
    std::uint32_t context = 0;
    std::uint64_t hash = 0;
  };

  /// For each symbol the first one that no assertion about the symbol before tells apart from it.
  void find_contexts() {
    const std::size_t symbols = program_->symbols.all();
    contexts_.assign(symbols, 0);
    std::vector<bool> done(program_->sets.size() / program_->words, false);
    for (const regex_instruction& it : program_->code) {
      if (it.op != decided_ || done[it.arg]) continue;
      done[it.arg] = true;
      split_.assign(2 * symbols, unknown);
      for (std::uint32_t symbol = 0; symbol < symbols; ++symbol) {
        const bool in = program_->contains(it.arg, symbol);
        std::uint32_t& first = split_[2 * contexts_[symbol] + (in ? 1 : 0)];
        if (first == unknown) first = symbol;
        contexts_[symbol] = first;
      }
    }
  }

  std::uint32_t compute(std::uint32_t state, std::uint32_t column) {
    const subset from = states_[state];
    const std::uint32_t symbol = column >> kind_.looks;
    // First what waited for this column.
    bool match = false;
    live_.clear();
    seen_.clear();
    for (std::uint32_t i = from.first; i < from.first + from.count; ++i) {
      const std::uint32_t number = members_[i];
      const regex_instruction& it = program_->code[number];
      if (it.op == regex_op::match) {
        match = true;
      } else if (it.op != waiting_ && it.op != regex_op::look) {
        if (seen_.insert(number)) live_.push_back(number);
      } else if (holds(it, column)) {
        match = close(it.next, from.context, column, live_) || match;
      }
    }
    work_ += from.count + live_.size() + 1;
    if (match && !kind_.records) return matched;
    const std::uint32_t flag = match ? ends : 0;
    if (symbol == program_->symbols.edge()) return flag | dead;

    made_.clear();
    seen_.clear();
    for (const std::uint32_t number : live_) {
      const regex_instruction& it = program_->code[number];
      if (program_->takes(it, symbol) && close(it.next, symbol, unknown, made_)) return matched;
    }
    const std::uint32_t target = intern(symbol);
    return target == unknown ? unknown : flag | target;
  }

  /// Whether an assertion that waited is true where a column was read.
  bool holds(const regex_instruction& it, std::uint32_t column) const {
    if (it.op == regex_op::look) return (column >> it.arg & 1U) != (it.negative ? 1U : 0U);
    return program_->contains(it.arg, column >> kind_.looks);
  }

  /// Follows what consumes nothing after the symbol `consumed`; adds what waits to `waits`. `column` is the
  /// one that is read next, or unknown. True when it comes to a match, which, where all are recorded, waits
  /// until the column is known.
  bool close(std::uint32_t entry, std::uint32_t consumed, std::uint32_t column,
             std::vector<std::uint32_t>& waits) {
    bool match = false;
    stack_.assign(1, entry);
    while (!stack_.empty()) {
      const std::uint32_t number = stack_.back();
      stack_.pop_back();
      if (!seen_.insert(number)) continue;
      ++work_;
      const regex_instruction& it = program_->code[number];
      if (it.op == regex_op::split) {
        stack_.push_back(it.arg);
        stack_.push_back(it.next);
      } else if (it.op == decided_) {
        if (program_->contains(it.arg, consumed)) stack_.push_back(it.next);
      } else if (it.op == regex_op::match && !(kind_.records && column == unknown)) {
        match = true;
      } else if ((it.op == waiting_ || it.op == regex_op::look) && column != unknown) {
        if (holds(it, column)) stack_.push_back(it.next);
      } else {
        waits.push_back(number);
      }
    }
    return match;
  }

  /// The state of the instructions in `made_` after `previous`, which may be new.
  std::uint32_t intern(std::uint32_t previous) {
    if (made_.empty()) return dead;
    std::sort(made_.begin(), made_.end());
    bool waits = false;
    std::uint64_t hash = 0;
    const auto mix = [&hash](std::uint64_t value) {
      hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
      hash ^= hash >> 32;
    };
    for (const std::uint32_t number : made_) {
      const regex_op op = program_->code[number].op;
      waits = waits || op == waiting_ || op == regex_op::look;
      mix(number);
    }
    const std::uint32_t context = waits ? contexts_[previous] : 0;
    mix(context);
    std::size_t bucket = hash % buckets_.size();
    for (; buckets_[bucket] != 0; bucket = (bucket + 1) % buckets_.size()) {
      const subset& other = states_[buckets_[bucket]];
      const auto first = members_.begin() + other.first;
      if (other.context == context && std::equal(made_.begin(), made_.end(), first, first + other.count)) {
        return buckets_[bucket];
      }
    }
    const std::size_t bytes =
        sizeof(std::uint32_t) * (table_.size() + stride() + members_.size() + made_.size()) +
        (sizeof(subset) + 2 * sizeof(std::uint32_t)) * (states_.size() + 1);
    if (bytes > max_bytes_) return unknown;
    const auto number = static_cast<std::uint32_t>(states_.size());
    buckets_[bucket] = number;
    states_.push_back({static_cast<std::uint32_t>(members_.size()), static_cast<std::uint32_t>(made_.size()),
                       context, hash});
    members_.insert(members_.end(), made_.begin(), made_.end());
    table_.resize(table_.size() + stride(), unknown);
    if (2 * states_.size() > buckets_.size()) rehash();
    return number;
  }

  void rehash() {
    buckets_.assign(2 * buckets_.size(), 0);
    for (std::uint32_t number = 2; number < states_.size(); ++number) {
      std::size_t bucket = states_[number].hash % buckets_.size();
      while (buckets_[bucket] != 0) bucket = (bucket + 1) % buckets_.size();
      buckets_[bucket] = number;
    }
  }

  const regex_program* program_ = nullptr;
  std::size_t max_bytes_ = 0;
  kind kind_;
  regex_op decided_ = regex_op::previous;  // about the symbol that was read last
  regex_op waiting_ = regex_op::upcoming;  // about the one that is read next
  std::size_t work_ = 0;
  std::vector<subset> states_;
  std::vector<std::uint32_t> members_;  // instructions of the states, ascending
  std::vector<std::uint32_t> table_;    // a row for each state
  std::vector<std::uint32_t> buckets_;  // a hash table of states; 0 is free
  std::vector<std::uint32_t> contexts_;
  std::vector<std::uint32_t> split_;
  sparse_numbers seen_;
  std::vector<std::uint32_t> stack_, live_, made_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
