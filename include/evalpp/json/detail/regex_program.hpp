// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/json/detail/regex_symbols.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// What a search found. `budget`: not decided within the limits that bound every search; the text may
/// match or not.
enum class regex_verdict : std::uint8_t { no, yes, budget };

}  // namespace evalpp::inline EVALPP_ABI::json

// What patterns are compiled to. The automata run the first half of the operations on symbols; the
// backtracker, for patterns with backreferences, runs all but `look` and `count`.
namespace evalpp::inline EVALPP_ABI::json::detail {

enum class regex_op : std::uint8_t {
  match,
  symbol,    ///< consumes the symbol `arg`
  set,       ///< consumes a symbol of the set `arg`
  split,     ///< goes on at `next`, preferably, and at `arg`
  previous,  ///< asserts that the symbol before is in the set `arg`
  upcoming,  ///< asserts that the symbol behind is in the set `arg`
  look,      ///< asserts what was found out about the look-around `arg` and this place
  count,     ///< consumes the counted run `arg`

  run,             ///< consumes the counted run `arg`, trying all lengths
  open,            ///< puts the place into the register `arg`
  close,           ///< group `arg` is from the place in register `extra` to here
  forget,          ///< the groups `arg` to `extra` have matched nothing
  progress,        ///< asserts that the place is not that in register `arg`
  back_reference,  ///< consumes what group `arg` matched
  look_begin,      ///< runs from `arg` to `look_end` and goes on at `next`, at the place it came from
  look_end,
};

struct regex_instruction {
  regex_op op = regex_op::match;
  bool negative = false;  ///< look, look_begin
  bool backward = false;  ///< what consumes, close: against the direction of the text
  bool lazy = false;      ///< run
  std::uint32_t next = 0;
  std::uint32_t arg = 0;
  std::uint32_t extra = 0;
};

/// A repeated set of symbols that is counted and not expanded.
struct regex_run {
  std::uint32_t set = 0;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::uint32_t next = 0;
};

/// A look-around whose truth is found for every place of a text before the text is matched: whether a
/// match of its body begins there (ahead; the body is run from the end of the text) or ends there.
struct regex_look {
  std::uint32_t entry = 0;
  bool behind = false;
};

struct regex_program {
  regex_symbols symbols;
  std::vector<regex_instruction> code;
  std::vector<std::uint64_t> sets;  // `words` for each set, one bit for each symbol
  std::size_t words = 1;
  std::vector<regex_run> runs;
  std::vector<regex_look> looks;  // those inside others before them
  std::uint32_t registers = 0;
  std::uint32_t groups = 0;

  EVALPP_ALWAYS_INLINE bool contains(std::uint32_t set, std::size_t symbol) const noexcept {
    return (sets[set * words + symbol / 64] >> symbol % 64 & 1U) != 0;
  }
  /// Whether an instruction that consumes one symbol takes this one.
  EVALPP_ALWAYS_INLINE bool takes(const regex_instruction& it, std::size_t symbol) const noexcept {
    return it.op == regex_op::symbol ? it.arg == symbol : contains(it.arg, symbol);
  }
};

/// A set of small numbers that is cleared in no time and keeps the order of insertion.
class sparse_numbers {
 public:
  void resize(std::size_t universe) {
    where_.resize(universe);
    numbers_.reserve(universe);
    numbers_.clear();
  }
  void clear() { numbers_.clear(); }
  bool contains(std::uint32_t n) const {
    const std::size_t at = where_[n];
    return at < numbers_.size() && numbers_[at] == n;
  }
  bool insert(std::uint32_t n) {
    if (contains(n)) return false;
    where_[n] = static_cast<std::uint32_t>(numbers_.size());
    numbers_.push_back(n);
    return true;
  }
  bool empty() const { return numbers_.empty(); }
  auto begin() const { return numbers_.begin(); }
  auto end() const { return numbers_.end(); }

 private:
  std::vector<std::uint32_t> where_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
