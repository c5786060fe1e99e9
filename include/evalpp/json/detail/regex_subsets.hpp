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
/// remembers that symbol, as the first of those that no such assertion tells apart from it.
class regex_subsets {
 public:
  static constexpr std::uint32_t dead = 0;
  static constexpr std::uint32_t matched = 1;
  static constexpr std::uint32_t unknown = (std::numeric_limits<std::uint32_t>::max)();

  /// `max_bytes` bounds the tables.
  void reset(const regex_program& program, std::size_t max_bytes) {
    program_ = &program;
    max_bytes_ = max_bytes;
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

  std::size_t stride() const { return program_->symbols.all(); }
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

  /// Where a state leads on a symbol; the edge leads to `dead` or `matched`.
  std::uint32_t next(std::uint32_t state, std::size_t symbol) {
    const std::uint32_t known = table_[state * stride() + symbol];
    if (known != unknown) return known;
    const std::uint32_t target = compute(state, static_cast<std::uint32_t>(symbol));
    if (target != unknown) table_[state * stride() + symbol] = target;
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
    contexts_.assign(stride(), 0);
    std::vector<bool> done(program_->sets.size() / program_->words, false);
    for (const regex_instruction& it : program_->code) {
      if (it.op != regex_op::previous || done[it.arg]) continue;
      done[it.arg] = true;
      split_.assign(2 * stride(), unknown);
      for (std::uint32_t symbol = 0; symbol < stride(); ++symbol) {
        const bool in = program_->contains(it.arg, symbol);
        std::uint32_t& first = split_[2 * contexts_[symbol] + (in ? 1 : 0)];
        if (first == unknown) first = symbol;
        contexts_[symbol] = first;
      }
    }
  }

  std::uint32_t compute(std::uint32_t state, std::uint32_t symbol) {
    const subset from = states_[state];
    const auto edge = static_cast<std::uint32_t>(program_->symbols.edge());
    // First the assertions that waited for this symbol.
    live_.clear();
    seen_.clear();
    for (std::uint32_t i = from.first; i < from.first + from.count; ++i) {
      const std::uint32_t number = members_[i];
      const regex_instruction& it = program_->code[number];
      if (it.op != regex_op::upcoming) {
        if (seen_.insert(number)) live_.push_back(number);
      } else if (program_->contains(it.arg, symbol)) {
        if (close(it.next, from.context, symbol, live_)) return matched;
      }
    }
    work_ += from.count + live_.size() + 1;
    if (symbol == edge) return dead;

    made_.clear();
    seen_.clear();
    for (const std::uint32_t number : live_) {
      const regex_instruction& it = program_->code[number];
      if (program_->takes(it, symbol) && close(it.next, symbol, unknown, made_)) return matched;
    }
    return intern(symbol);
  }

  /// Follows what consumes nothing; adds what waits to `waiting`. True when it comes to a match.
  bool close(std::uint32_t entry, std::uint32_t previous, std::uint32_t upcoming,
             std::vector<std::uint32_t>& waiting) {
    stack_.assign(1, entry);
    while (!stack_.empty()) {
      const std::uint32_t number = stack_.back();
      stack_.pop_back();
      if (!seen_.insert(number)) continue;
      ++work_;
      const regex_instruction& it = program_->code[number];
      switch (it.op) {
        case regex_op::match:
          return true;
        case regex_op::split:
          stack_.push_back(it.arg);
          stack_.push_back(it.next);
          break;
        case regex_op::previous:
          if (program_->contains(it.arg, previous)) stack_.push_back(it.next);
          break;
        case regex_op::upcoming:
          if (upcoming == unknown) {
            waiting.push_back(number);
          } else if (program_->contains(it.arg, upcoming)) {
            stack_.push_back(it.next);
          }
          break;
        default:
          waiting.push_back(number);
          break;
      }
    }
    return false;
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
      waits = waits || program_->code[number].op == regex_op::upcoming;
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
