// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/match_masks.hpp>
#include <evalpp/core/token_ids.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

// Clipped n-gram matches from match masks. Let P(i) be the set of reference positions that hold
// hypothesis token i. Then
//
//     M_1(i) = P(i),   M_n(i) = P(i) & (M_{n-1}(i-1) << 1)
//
// is the set of reference positions where the n-gram that ends at i ends. Equal n-grams have equal
// sets and different n-grams disjoint ones, so an occurrence that takes the lowest free position of
// its set (x = M & free; free ^= x & -x) takes one of its own kind: exactly min(count in the
// hypothesis, count in the reference) occurrences find a free one. No table, no hash, no sorting.
namespace evalpp::inline EVALPP_ABI::detail {

inline constexpr int max_ngram_order = 9;

/// Matches of orders 1, 2, ... of one hypothesis.
using ngram_totals = std::array<std::int64_t, max_ngram_order>;

/// For each hypothesis token, bit n-1: the n-gram that ends here found a free position.
using ngram_hits = std::uint16_t;

/// Where a kernel leaves its matches: counts when there is one reference; when there are several, a
/// bit per occurrence, because the k-th occurrence is clipped only if every reference has fewer
/// than k.
struct ngram_sink {
  ngram_totals* totals = nullptr;
  ngram_hits* hits = nullptr;
};

/// The number of set bits; std::popcount is a function call where the target lacks the instruction.
constexpr std::int64_t count_bits(std::uint64_t x) noexcept {
  x -= (x >> 1) & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<std::int64_t>((x * 0x0101010101010101u) >> 56);
}

/// References of up to 64 tokens: every set is one word, every order lives in registers.
template <std::size_t Last, bool Hits>
void match_in_one_word(std::span<const std::uint32_t> hypothesis, const std::uint64_t* rows,
                       ngram_sink out) noexcept {
  std::array<std::uint64_t, Last> ending{};
  std::array<std::uint64_t, Last> free;
  free.fill(~std::uint64_t{0});
  for (std::size_t i = 0; i < hypothesis.size(); ++i) {
    const std::uint64_t here = rows[hypothesis[i]];
    for (std::size_t n = Last - 1; n > 0; --n) ending[n] = here & (ending[n - 1] << 1);
    ending[0] = here;
    unsigned hits = 0;
    for (std::size_t n = 0; n < Last; ++n) {
      const std::uint64_t open = ending[n] & free[n];
      free[n] ^= open & (0 - open);
      if constexpr (Hits) hits |= unsigned{open != 0} << n;
    }
    if constexpr (Hits) out.hits[i] = static_cast<ngram_hits>(out.hits[i] | hits);
  }
  if constexpr (!Hits)
    for (std::size_t n = 0; n < Last; ++n) (*out.totals)[n] = count_bits(~free[n]);
}

/// References of up to 64 * Words tokens. Text seldom matches in long runs, so only the orders that
/// still match are followed: `depth` orders matched at the token before.
template <std::size_t Words, bool Hits>
void match_in_words(std::span<const std::uint32_t> hypothesis, const std::uint64_t* rows, int last,
                    ngram_sink out) noexcept {
  std::uint64_t ending[max_ngram_order][Words];
  std::uint64_t free[max_ngram_order][Words];
  std::fill_n(&free[0][0], static_cast<std::size_t>(last) * Words, ~std::uint64_t{0});

  // Takes the lowest free position of a set; false when there is none.
  const auto take = [&free](std::size_t n, const std::uint64_t* set) {
    for (std::size_t w = 0; w < Words; ++w)
      if (const std::uint64_t open = set[w] & free[n][w]; open != 0) {
        free[n][w] ^= open & (0 - open);
        return true;
      }
    return false;
  };

  std::size_t depth = 0;
  for (std::size_t i = 0; i < hypothesis.size(); ++i) {
    if (hypothesis[i] == unknown_token) {
      depth = 0;
      continue;
    }
    const std::uint64_t* const here = rows + hypothesis[i] * Words;
    std::size_t reached = 0;
    unsigned hits = 0;
    for (std::size_t n = (std::min)(depth, static_cast<std::size_t>(last) - 1); n > 0; --n) {
      std::uint64_t carry = 0, any = 0;
      for (std::size_t w = 0; w < Words; ++w) {
        const std::uint64_t before = ending[n - 1][w];
        ending[n][w] = here[w] & ((before << 1) | carry);
        carry = before >> 63;
        any |= ending[n][w];
      }
      if (any == 0) continue;
      reached = (std::max)(reached, n + 1);
      hits |= unsigned{take(n, ending[n])} << n;
    }
    std::uint64_t any = 0;
    for (std::size_t w = 0; w < Words; ++w) any |= ending[0][w] = here[w];
    if (any != 0) {
      reached = (std::max)(reached, std::size_t{1});
      hits |= unsigned{take(0, here)};
    }
    depth = reached;
    if constexpr (Hits) {
      out.hits[i] = static_cast<ngram_hits>(out.hits[i] | hits);
    } else {
      for (std::size_t n = 0; hits != 0; ++n, hits >>= 1) (*out.totals)[n] += hits & 1;
    }
  }
}

template <bool Hits>
void match_by_masks(std::span<const std::uint32_t> hypothesis, const match_masks& masks, int last,
                    ngram_sink out) noexcept {
  const std::uint64_t* const rows = masks.row(0);
  switch (masks.words()) {
    case 0:
      return;  // an empty reference
    case 1:
      break;
    case 2:
      return match_in_words<2, Hits>(hypothesis, rows, last, out);
    case 3:
      return match_in_words<3, Hits>(hypothesis, rows, last, out);
    case 4:
      return match_in_words<4, Hits>(hypothesis, rows, last, out);
    case 5:
      return match_in_words<5, Hits>(hypothesis, rows, last, out);
    case 6:
      return match_in_words<6, Hits>(hypothesis, rows, last, out);
    case 7:
      return match_in_words<7, Hits>(hypothesis, rows, last, out);
    default:
      return match_in_words<8, Hits>(hypothesis, rows, last, out);
  }
  switch (last) {
    case 1:
      return match_in_one_word<1, Hits>(hypothesis, rows, out);
    case 2:
      return match_in_one_word<2, Hits>(hypothesis, rows, out);
    case 3:
      return match_in_one_word<3, Hits>(hypothesis, rows, out);
    case 4:
      return match_in_one_word<4, Hits>(hypothesis, rows, out);
    case 5:
      return match_in_one_word<5, Hits>(hypothesis, rows, out);
    case 6:
      return match_in_one_word<6, Hits>(hypothesis, rows, out);
    case 7:
      return match_in_one_word<7, Hits>(hypothesis, rows, out);
    case 8:
      return match_in_one_word<8, Hits>(hypothesis, rows, out);
    default:
      return match_in_one_word<9, Hits>(hypothesis, rows, out);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail
