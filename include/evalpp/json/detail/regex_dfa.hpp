// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_program.hpp>
#include <evalpp/json/detail/regex_subsets.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// A whole automaton, built with the pattern because it is not large: a search is one load per ASCII
/// character and needs no memory.
class regex_table {
 public:
  static constexpr std::size_t max_states = 512;
  /// Instructions looked at while building; some tens of microseconds.
  static constexpr std::size_t max_work = 20'000;

  /// False, and nothing is kept, when it would be too large.
  bool build(const regex_program& program, std::uint32_t entry, regex_subsets& subsets) {
    constexpr std::size_t max_cells = 0xFFFF;
    const std::size_t stride = program.symbols.all();
    subsets.reset(program, max_cells * 16);
    const std::size_t before = subsets.work();
    const std::uint32_t start = subsets.start(entry);
    if (start == regex_subsets::unknown) return false;
    for (std::uint32_t state = 2; state < subsets.size(); ++state) {
      for (std::size_t symbol = 0; symbol < stride; ++symbol) {
        if (subsets.next(state, symbol) == regex_subsets::unknown) return false;
        if (subsets.size() > max_states || subsets.size() * stride > max_cells) return false;
        if (subsets.work() - before > max_work) return false;
      }
    }
    // A cell holds the beginning of a row: no multiplication is left in the loop.
    next_.reserve(subsets.table().size());
    for (const std::uint32_t state : subsets.table())
      next_.push_back(static_cast<std::uint16_t>(state * stride));
    start_ = static_cast<std::uint16_t>(start * stride);
    return true;
  }

  bool built() const { return !next_.empty(); }

  bool search(const regex_symbols& symbols, std::string_view text) const noexcept {
    const std::uint16_t* const table = next_.data();
    const std::size_t matched = symbols.all();
    std::size_t state = start_;
    const char* p = text.data();
    const char* const end = p + text.size();
    while (p != end && state > matched) {
      const regex_symbols::step step = symbols.next(p, end);
      state = table[state + step.symbol];
      p += step.length;
    }
    if (state > matched) state = table[state + symbols.edge()];
    return state == matched;
  }

 private:
  std::vector<std::uint16_t> next_;
  std::uint16_t start_ = 0;
};

/// An automaton that is built while it is used, in bounded memory.
class regex_lazy {
 public:
  static constexpr std::size_t max_bytes = std::size_t{1} << 20;
  /// A search that fills the memory more often than this had better do without.
  static constexpr int max_flushes = 3;

  void reset(const regex_program& program, std::uint32_t entry) {
    entry_ = entry;
    subsets_.reset(program, max_bytes);
    start_ = regex_subsets::unknown;
  }

  /// The program may have moved since `reset`, when its regex was moved or copied.
  std::optional<bool> search(const regex_program& program, std::string_view text) {
    subsets_.rebind(program);
    int flushes = 0;
    if (start_ == regex_subsets::unknown) {
      start_ = subsets_.start(entry_);
      if (start_ == regex_subsets::unknown) {  // full of the states of earlier texts
        subsets_.clear();
        start_ = subsets_.start(entry_);
      }
      if (start_ == regex_subsets::unknown) return std::nullopt;
    }
    const regex_symbols& symbols = program.symbols;
    const std::size_t stride = subsets_.stride();
    const std::uint32_t* table = subsets_.table().data();
    std::uint32_t state = start_;
    const char* p = text.data();
    const char* const end = p + text.size();
    for (bool at_edge = false; state > regex_subsets::matched && !at_edge;) {
      at_edge = p == end;
      const regex_symbols::step step =
          at_edge ? regex_symbols::step{symbols.edge(), 0} : symbols.next(p, end);
      std::uint32_t target = table[state * stride + step.symbol];
      if (target == regex_subsets::unknown) {
        target = subsets_.next(state, step.symbol);
        if (target == regex_subsets::unknown) {
          start_ = regex_subsets::unknown;
          if (++flushes > max_flushes) return std::nullopt;
          state = subsets_.keep_only(state);
          if (state == regex_subsets::unknown) return std::nullopt;
          target = subsets_.next(state, step.symbol);
          if (target == regex_subsets::unknown) return std::nullopt;
        }
        table = subsets_.table().data();
      }
      state = target;
      p += step.length;
    }
    return state == regex_subsets::matched;
  }

 private:
  std::uint32_t entry_ = 0;
  std::uint32_t start_ = regex_subsets::unknown;
  regex_subsets subsets_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
