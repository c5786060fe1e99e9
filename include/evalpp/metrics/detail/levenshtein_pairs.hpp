// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/common_affixes.hpp>
#include <evalpp/metrics/detail/levenshtein_lanes.hpp>
#include <evalpp/metrics/edit_distance.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/tokenizer_code_points.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// Which pairs of `levenshtein_distances` are measured eight at a time, and by what: ASCII as bytes, other
// characters as bytes too where a pair has few of them, ids of 32 bits; the rest one by one.
namespace evalpp::inline EVALPP_ABI::detail {

#if EVALPP_X86_SIMD
/// Collects pairs until eight of them have as many words of columns, and measures these at once.
template <class Unit>
class levenshtein_queue {
 public:
  using sequence = std::span<const Unit>;
  using sides = std::pair<std::vector<Unit>, std::vector<Unit>>;

  explicit levenshtein_queue(std::span<std::int64_t> distances) : distances_(distances) {}

  /// Whether the pair fits: the matrix has as many columns as the shorter side has units.
  static bool takes(std::size_t hypothesis, std::size_t reference) {
    return (std::min)(hypothesis, reference) <= levenshtein_lanes::max_columns;
  }
  /// Both sides have to stay where they are until the pair is measured; in `own`, when that is given:
  /// others are left in their place.
  void push(std::size_t index, sequence hypothesis, sequence reference, sides* own = nullptr) {
    // A single word stays one, and its rows cost less than to find where the sides begin to differ.
    if ((std::min)(hypothesis.size(), reference.size()) > 64) {
      const common_affixes common(hypothesis, reference);
      hypothesis = common.inside(hypothesis);
      reference = common.inside(reference);
    }
    if (reference.size() > hypothesis.size()) std::swap(hypothesis, reference);
    const std::size_t words = (std::max)(std::size_t{1}, (reference.size() + 63) / 64);
    waiting& w = waiting_[words - 1];
    if (own != nullptr) std::swap(*own, w.own[w.count]);
    w.pairs[w.count] = {hypothesis, reference};
    w.indices[w.count] = index;
    if (++w.count == lanes) measure(words);
  }
  void finish() {
    for (std::size_t words = 1; words <= waiting_.size(); ++words)
      if (waiting_[words - 1].count > 0) measure(words);
  }

 private:
  static constexpr std::size_t lanes = levenshtein_lanes::lanes;
  struct waiting {
    std::array<levenshtein_lanes::pair<Unit>, lanes> pairs;
    std::array<sides, lanes> own;
    std::array<std::size_t, lanes> indices;
    std::size_t count = 0;
  };

  void measure(std::size_t words) {
    waiting& w = waiting_[words - 1];
    const std::span<const levenshtein_lanes::pair<Unit>> pairs(w.pairs.data(), w.count);
    std::array<std::int64_t, lanes> found;
    measure_with(pairs, words, found.data(), std::make_index_sequence<levenshtein_lanes::max_words>{});
    for (std::size_t p = 0; p < w.count; ++p) distances_[w.indices[p]] = found[p];
    w.count = 0;
  }

  template <std::size_t... Words>
  void measure_with(std::span<const levenshtein_lanes::pair<Unit>> pairs, std::size_t words,
                    std::int64_t* found, std::index_sequence<Words...>) {
    (void)((words == Words + 1 &&
            (levenshtein_lanes::distances<Words + 1>(pairs, matches_.data(), found), true)) ||
           ...);
  }

  std::span<std::int64_t> distances_;
  std::array<waiting, levenshtein_lanes::max_words> waiting_;
  std::vector<std::uint64_t> matches_ = std::vector<std::uint64_t>(levenshtein_lanes::match_words);
};

/// Numbers below 256 for the characters of a pair: ASCII stands for itself, others share what is left.
class byte_alphabet {
 public:
  void clear() { characters_.fill(0); }
  /// False when there are too many.
  bool encode(std::span<const std::uint32_t> characters, std::vector<std::uint8_t>& out) {
    out.resize(characters.size());
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const std::uint32_t character = characters[i];
      std::uint32_t byte = character;
      if (character >= 128) {
        std::uint32_t place = (character * 0x9E3779B1u) >> 25;
        std::size_t probes = 0;
        while (characters_[place] != character && characters_[place] != 0) {
          if (++probes == characters_.size()) return false;
          place = (place + 1) % 128;
        }
        characters_[place] = character;
        byte = 128 + place;
      }
      out[i] = static_cast<std::uint8_t>(byte);
    }
    return true;
  }

 private:
  std::array<std::uint32_t, 128> characters_{};  // 0: free
};
#endif

/// Measures pair after pair: eight at a time where the machine can and they are short, else one by one.
template <class Kind>
class levenshtein_pairs {
 public:
  using metric =
      std::conditional_t<std::same_as<Kind, text_kind>, levenshtein_similarity, ids::levenshtein_similarity>;

#if EVALPP_X86_SIMD
  explicit levenshtein_pairs(std::span<std::int64_t> distances)
      : distances_(distances), bytes_(distances), ids_(distances) {}
#else
  explicit levenshtein_pairs(std::span<std::int64_t> distances) : distances_(distances) {}
#endif

  /// `Stays`: what the sides view stays where it is until `finish`.
  template <bool Stays, class Hypothesis, class Reference>
  void add(std::size_t index, const Hypothesis& hypothesis, const Reference& reference) {
    if (!queue<Stays>(index, hypothesis, reference)) {
      prepare<Kind>(metric{}, reference, gold_);
      distances_[index] = evalpp::measure(metric{}, hypothesis, gold_, buffers_).distance;
    }
  }
  void finish() {
#if EVALPP_X86_SIMD
    bytes_.finish();
    ids_.finish();
#endif
  }

 private:
#if EVALPP_X86_SIMD
  template <bool Stays>
  bool queue(std::size_t index, std::string_view hypothesis, std::string_view reference) {
    if (!eight_at_once_) return false;
    if (Stays && text::is_ascii(hypothesis) && text::is_ascii(reference)) {
      if (!bytes_.takes(hypothesis.size(), reference.size())) return false;
      const auto bytes = [](std::string_view text) {
        return std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
      };
      bytes_.push(index, bytes(hypothesis), bytes(reference));
      return true;
    }
    text::read_code_points(hypothesis, sides_.first);
    text::read_code_points(reference, sides_.second);
    if (!bytes_.takes(sides_.first.size(), sides_.second.size())) return false;
    alphabet_.clear();
    if (!alphabet_.encode(sides_.first, byte_sides_.first) ||
        !alphabet_.encode(sides_.second, byte_sides_.second))
      return push_sides(index);
    bytes_.push(index, byte_sides_.first, byte_sides_.second, &byte_sides_);
    return true;
  }
  template <bool Stays, token_range Hypothesis, token_range Reference>
  bool queue(std::size_t index, const Hypothesis& hypothesis, const Reference& reference) {
    if constexpr (std::same_as<Kind, tokens_kind<std::uint64_t>>) {
      if (!eight_at_once_ || !ids_.takes(std::ranges::size(hypothesis), std::ranges::size(reference)))
        return false;
      if constexpr (Stays && are_words<Hypothesis> && are_words<Reference>) {
        ids_.push(index, {std::ranges::data(hypothesis), std::ranges::size(hypothesis)},
                  {std::ranges::data(reference), std::ranges::size(reference)});
        return true;
      } else {
        return copy(hypothesis, sides_.first) && copy(reference, sides_.second) && push_sides(index);
      }
    } else {
      return false;
    }
  }

  template <class Range>
  static constexpr bool are_words = std::ranges::contiguous_range<const Range>&&
      std::same_as<std::ranges::range_value_t<const Range>, std::uint32_t>;

  /// False when an id needs more than 32 bits.
  template <class Range>
  static bool copy(const Range& ids, std::vector<std::uint32_t>& out) {
    out.clear();
    std::uint64_t all = 0;
    for (const auto id : ids) {
      const auto wide = static_cast<std::uint64_t>(id);
      all |= wide;
      out.push_back(static_cast<std::uint32_t>(wide));
    }
    return all <= (std::numeric_limits<std::uint32_t>::max)();
  }
  bool push_sides(std::size_t index) {
    if (!ids_.takes(sides_.first.size(), sides_.second.size())) return false;
    ids_.push(index, sides_.first, sides_.second, &sides_);
    return true;
  }
#else
  template <bool Stays, class Hypothesis, class Reference>
  static bool queue(std::size_t, const Hypothesis&, const Reference&) {
    return false;
  }
#endif

  std::span<std::int64_t> distances_;
  prepared<metric, Kind> gold_;
  scratch<metric, Kind> buffers_;
#if EVALPP_X86_SIMD
  bool eight_at_once_ = cpu_level() >= simd_level::avx512;
  levenshtein_queue<std::uint8_t> bytes_;
  levenshtein_queue<std::uint32_t> ids_;
  byte_alphabet alphabet_;
  levenshtein_queue<std::uint8_t>::sides byte_sides_;
  levenshtein_queue<std::uint32_t>::sides sides_;
#endif
};

// Whether an element outlives the moment in which the range hands it out, or what it views does.
template <class Range>
inline constexpr bool elements_stay =
    std::is_lvalue_reference_v<std::ranges::range_reference_t<const Range>> ||
    std::ranges::borrowed_range<std::ranges::range_value_t<const Range>>;

}  // namespace evalpp::inline EVALPP_ABI::detail
