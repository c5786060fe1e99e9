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
  static constexpr std::size_t max_work = 10'000;

  /// False, and nothing is kept, when it would be too large.
  bool build(const regex_program& program, std::uint32_t entry, bool backward, regex_subsets& subsets) {
    constexpr std::size_t max_cells = 0xFFFF;
    const std::size_t stride = program.symbols.all();
    subsets.reset(program, max_cells * 16, {.backward = backward});
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
    backward_ = backward;
    return true;
  }

  bool built() const { return !next_.empty(); }

  bool search(const regex_symbols& symbols, std::string_view text) const noexcept {
    return backward_ ? run<true>(symbols, text) : run<false>(symbols, text);
  }

 private:
  template <bool backward>
  bool run(const regex_symbols& symbols, std::string_view text) const noexcept {
    const std::uint16_t* const table = next_.data();
    const std::size_t matched = symbols.all();
    std::size_t state = start_;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* p = backward ? end : begin;
    while (p != (backward ? begin : end) && state > matched) {
      const regex_symbols::step step = backward ? symbols.previous(begin, p) : symbols.next(p, end);
      state = table[state + step.symbol];
      p = backward ? p - step.length : p + step.length;
    }
    if (state > matched) state = table[state + symbols.edge()];
    return state == matched;
  }

  std::vector<std::uint16_t> next_;
  std::uint16_t start_ = 0;
  bool backward_ = false;
};

/// An automaton that is built while it is used, in bounded memory.
class regex_lazy {
 public:
  static constexpr std::size_t max_bytes = std::size_t{1} << 20;
  /// A search that fills the memory more often than this had better do without.
  static constexpr int max_flushes = 3;

  void reset(const regex_program& program, std::uint32_t entry, regex_subsets::kind what,
             std::size_t bytes = max_bytes) {
    entry_ = entry;
    kind_ = what;
    subsets_.reset(program, bytes, what);
    start_ = regex_subsets::unknown;
  }

  /// Nothing when it outgrows its memory. `truths` are those of the look-arounds that the code asks about.
  /// The program may have moved since `reset`, when its regex was moved or copied.
  std::optional<bool> search(const regex_program& program, std::string_view text,
                             const regex_truths& truths) {
    return choose(program, text, truths, [](std::size_t) {});
  }

  /// Finds the truths of a look-around, for an automaton that records. False as above.
  bool record(const regex_program& program, std::uint32_t look, std::string_view text, regex_truths& truths) {
    return choose(program, text, truths, [&](std::size_t place) { truths.set(look, place); }).has_value();
  }

 private:
  template <class Note>
  std::optional<bool> choose(const regex_program& program, std::string_view text, const regex_truths& truths,
                             Note note) {
    const auto known = [&](std::size_t place) { return truths.at(kind_.looks, place); };
    const auto none = [](std::size_t) { return std::size_t{0}; };
    const bool asks = kind_.looks != 0;
    if (kind_.backward) {
      return asks ? run<true>(program, text, known, note) : run<true>(program, text, none, note);
    }
    return asks ? run<false>(program, text, known, note) : run<false>(program, text, none, note);
  }

  template <bool backward, class Truths, class Note>
  std::optional<bool> run(const regex_program& program, std::string_view text, Truths truths, Note note) {
    subsets_.rebind(program);
    int flushes = 0;
    if (start_ == regex_subsets::unknown) start_ = subsets_.start(entry_);
    if (start_ == regex_subsets::unknown) {  // full of the states of earlier texts
      subsets_.clear();
      start_ = subsets_.start(entry_);
      if (start_ == regex_subsets::unknown) return std::nullopt;
    }
    const regex_symbols& symbols = program.symbols;
    const std::size_t stride = subsets_.stride();
    const std::uint32_t* table = subsets_.table().data();
    std::uint32_t state = start_;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* p = backward ? end : begin;
    for (bool at_edge = false; state > regex_subsets::matched && !at_edge;) {
      at_edge = p == (backward ? begin : end);
      regex_symbols::step step{symbols.edge(), 0};
      if (!at_edge) step = backward ? symbols.previous(begin, p) : symbols.next(p, end);
      const auto place = static_cast<std::size_t>(p - begin);
      const std::size_t column = step.symbol << kind_.looks | truths(place);
      std::uint32_t target = table[state * stride + column];
      if (target == regex_subsets::unknown) {
        target = subsets_.next(state, column);
        if (target == regex_subsets::unknown) {
          start_ = regex_subsets::unknown;
          if (++flushes > max_flushes) return std::nullopt;
          state = subsets_.keep_only(state);
          if (state == regex_subsets::unknown) return std::nullopt;
          target = subsets_.next(state, column);
          if (target == regex_subsets::unknown) return std::nullopt;
        }
        table = subsets_.table().data();
      }
      if ((target & regex_subsets::ends) != 0) note(place);
      state = target & ~regex_subsets::ends;
      p = backward ? p - step.length : p + step.length;
    }
    return state == regex_subsets::matched;
  }

  std::uint32_t entry_ = 0;
  regex_subsets::kind kind_;
  std::uint32_t start_ = regex_subsets::unknown;
  regex_subsets subsets_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
