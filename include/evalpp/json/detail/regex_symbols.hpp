// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The alphabet of a pattern: code points that no set of the pattern tells apart are one symbol. The
/// automata work on symbols, so that `\p{L}` costs them one transition, as `a` does, and a few loads lead
/// from UTF-8 to the symbol, no more than an automaton over bytes would need for the same code point.
class regex_symbols {
 public:
  using cell = std::uint16_t;
  static constexpr std::size_t max_count = 60'000;

  /// False when there would be more than `max_count`. `characters` are sets of one.
  bool build(const std::vector<code_point_set>& sets, std::vector<std::uint32_t> characters);

  /// Code points fall into symbols below `count()`; two more stand for what is none.
  std::size_t count() const { return count_; }
  std::size_t stray_byte() const { return count_; }  ///< a byte that is not UTF-8: in no set
  std::size_t edge() const { return count_ + 1; }    ///< where the text begins and ends
  std::size_t all() const { return count_ + 2; }

  EVALPP_ALWAYS_INLINE std::size_t of_ascii(char c) const noexcept {
    return ascii_[static_cast<unsigned char>(c)];
  }
  EVALPP_ALWAYS_INLINE std::size_t of(std::uint32_t c) const noexcept {
    if (c < 0x80) return ascii_[c];
    if (uniform_) return rest_;
    const std::size_t middle = top_[c >> 12];
    const std::size_t leaf = middle_[middle * 64 + (c >> 6 & 63)];
    return leaf_[leaf * 64 + (c & 63)];
  }

  struct step {
    std::size_t symbol = 0;
    std::size_t length = 1;
  };
  /// The symbol at `p`. Precondition: p != end.
  EVALPP_ALWAYS_INLINE step next(const char* p, const char* end) const noexcept {
    if (static_cast<unsigned char>(*p) < 0x80) return {of_ascii(*p), 1};
    return step_of(decode_code_point(p, end));
  }
  /// The symbol that ends before `p`. Precondition: p != begin.
  EVALPP_ALWAYS_INLINE step previous(const char* begin, const char* p) const noexcept {
    if (static_cast<unsigned char>(p[-1]) < 0x80) return {of_ascii(p[-1]), 1};
    return step_of(decode_code_point_before(begin, p));
  }

  /// Calls `visit` with the symbols that make up a set the alphabet was built with, or a union of such
  /// sets; with some of them more than once.
  template <class Visit>
  void for_each_in(const code_point_set& set, Visit visit) const {
    for (const code_point_range range : set.ranges()) {
      auto at = std::lower_bound(starts_.begin(), starts_.end(), range.first);
      for (; at != starts_.end() && *at <= range.last; ++at) {
        visit(static_cast<std::size_t>(numbers_[static_cast<std::size_t>(at - starts_.begin())]));
      }
    }
  }

 private:
  step step_of(const code_point_step& decoded) const noexcept {
    return {decoded.valid ? of(decoded.code_point) : stray_byte(), decoded.length};
  }
  void split(const code_point_set& set);
  void number();
  void build_tables();

  std::vector<std::uint32_t> starts_;   // of the intervals that no set divides
  std::vector<std::uint32_t> numbers_;  // of the symbol of each
  std::uint32_t count_ = 1;
  std::vector<std::uint32_t> moved_to_, touched_;  // while building: where a set's part of a symbol went

  std::array<cell, 128> ascii_{};
  bool uniform_ = true;  // all that is not ASCII is one symbol
  cell rest_ = 0;
  std::vector<cell> top_, middle_, leaf_;  // c >> 12, then 6 bits and 6 bits
};

inline bool regex_symbols::build(const std::vector<code_point_set>& sets,
                                 std::vector<std::uint32_t> characters) {
  std::sort(characters.begin(), characters.end());
  characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
  starts_ = {0};
  for (const std::uint32_t c : characters) starts_.insert(starts_.end(), {c, c + 1});
  for (const code_point_set& set : sets) {
    for (const code_point_range range : set.ranges())
      starts_.insert(starts_.end(), {range.first, range.last + 1});
  }
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
  if (starts_.back() > last_code_point) starts_.pop_back();

  numbers_.assign(starts_.size(), 0);
  count_ = 1;
  for (const std::uint32_t c : characters) {
    const auto at = std::lower_bound(starts_.begin(), starts_.end(), c) - starts_.begin();
    numbers_[static_cast<std::size_t>(at)] = count_++;
  }
  for (const code_point_set& set : sets) {
    // Whether a set or its complement is split off is the same: the one of fewer ranges is less work.
    const code_point_set others = set.complement();
    split(others.ranges().size() < set.ranges().size() ? others : set);
  }
  number();
  if (count_ > max_count) return false;
  build_tables();
  return true;
}

/// Every symbol that lies partly in the set leaves that part to a new symbol.
inline void regex_symbols::split(const code_point_set& set) {
  if (count_ > 2 * starts_.size()) number();  // many have been left without code points
  moved_to_.resize(count_, 0);
  touched_.clear();
  for (const code_point_range range : set.ranges()) {
    auto at = std::lower_bound(starts_.begin(), starts_.end(), range.first);
    for (; at != starts_.end() && *at <= range.last; ++at) {
      std::uint32_t& symbol = numbers_[static_cast<std::size_t>(at - starts_.begin())];
      if (moved_to_[symbol] == 0) {
        touched_.push_back(symbol);
        moved_to_[symbol] = count_++;
      }
      symbol = moved_to_[symbol];
    }
  }
  for (const std::uint32_t symbol : touched_) moved_to_[symbol] = 0;
}

/// Numbers the symbols that are left anew, in the order of their first code points.
inline void regex_symbols::number() {
  std::vector<std::uint32_t> renumbered(count_, (std::numeric_limits<std::uint32_t>::max)());
  std::uint32_t count = 0;
  for (std::uint32_t& symbol : numbers_) {
    if (renumbered[symbol] == (std::numeric_limits<std::uint32_t>::max)()) renumbered[symbol] = count++;
    symbol = renumbered[symbol];
  }
  count_ = count;
}

inline void regex_symbols::build_tables() {
  const auto interval_of = [this](std::uint32_t c) {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), c);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
  };
  for (std::uint32_t c = 0; c < 0x80; ++c) ascii_[c] = static_cast<cell>(numbers_[interval_of(c)]);
  rest_ = static_cast<cell>(numbers_.back());
  uniform_ = true;
  for (std::size_t i = interval_of(0x80); i < numbers_.size(); ++i)
    uniform_ = uniform_ && numbers_[i] == rest_;
  if (uniform_) return;

  constexpr std::uint32_t none = (std::numeric_limits<std::uint32_t>::max)();
  const auto symbol_if_uniform = [&](std::uint32_t first, std::uint32_t size) {
    const std::size_t i = interval_of(first);
    return i + 1 == starts_.size() || starts_[i + 1] >= first + size ? numbers_[i] : none;
  };
  std::vector<std::uint32_t> uniform_middle(count_, none), uniform_leaf(count_, none);
  const auto add_leaf = [&](std::uint32_t first) {
    const std::uint32_t one = symbol_if_uniform(first, 64);
    if (one != none && uniform_leaf[one] != none) return static_cast<cell>(uniform_leaf[one]);
    const std::size_t number = leaf_.size() / 64;
    if (one != none) uniform_leaf[one] = static_cast<std::uint32_t>(number);
    std::size_t interval = interval_of(first);
    for (std::uint32_t c = first; c < first + 64; ++c) {
      if (interval + 1 < starts_.size() && starts_[interval + 1] <= c) ++interval;
      leaf_.push_back(static_cast<cell>(numbers_[interval]));
    }
    return static_cast<cell>(number);
  };
  for (std::uint32_t first = 0; first <= last_code_point; first += 4096) {
    const std::uint32_t one = symbol_if_uniform(first, 4096);
    if (one != none && uniform_middle[one] != none) {
      top_.push_back(static_cast<cell>(uniform_middle[one]));
      continue;
    }
    const std::size_t number = middle_.size() / 64;
    if (one != none) uniform_middle[one] = static_cast<std::uint32_t>(number);
    top_.push_back(static_cast<cell>(number));
    for (std::uint32_t c = first; c < first + 4096; c += 64) middle_.push_back(add_leaf(c));
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
