// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/metrics/detail/levenshtein_word.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

// The inner loops of the bit-parallel edit distance: rows of one strip of up to 2,048 columns.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip {

inline constexpr std::size_t max_words = 32;

/// One row of the matrix within the strip: bit i of `plus` (`minus`) says that the cell of column
/// i + 1 is one more (one less) than that of column i.
struct state {
  std::uint64_t plus[max_words];
  std::uint64_t minus[max_words];

  /// The row above the first token: 0, 1, 2, ...
  void start(std::size_t words) {
    std::fill_n(plus, words, ~std::uint64_t{0});
    std::fill_n(minus, words, std::uint64_t{0});
  }
  /// The cell after `columns` columns, minus the cell at the left edge.
  std::int64_t height(std::size_t words, std::size_t columns) const {
    std::int64_t sum = 0;
    for (std::size_t w = 0; w < words; ++w)
      sum += levenshtein_word{plus[w], minus[w]}.height(columns - w * 64);
    return sum;
  }
};

/// Where the match mask of a token lies: by its slot, or by its id itself without slots.
struct rows {
  const std::uint64_t* base;
  std::size_t stride;
  const std::uint32_t* slots;
};

/// The horizontal steps at the strip's edge, a bit per row: read at the left, and overwritten with
/// those at the right.
struct edge {
  std::uint64_t* plus;
  std::uint64_t* minus;
};

/// a + b + carry, and its carry.
inline std::uint64_t add_with_carry(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) {
  const std::uint64_t partial = a + b;
  const std::uint64_t sum = partial + carry;
  carry = static_cast<std::uint64_t>(partial < a) | static_cast<std::uint64_t>(sum < partial);
  return sum;
}

/// One row further. `in_plus`, `in_minus` (0 or 1): the horizontal step at the left edge; on return
/// that at the right edge. The words act as one long integer, so one carry chain links them.
template <class Words>
inline void advance(std::uint64_t* plus, std::uint64_t* minus, const std::uint64_t* match,
                    std::uint64_t first_mask, Words words, std::uint64_t& in_plus, std::uint64_t& in_minus) {
  std::uint64_t carry = 0, shifted_plus = in_plus, shifted_minus = in_minus;
  for (std::size_t w = 0; w < words; ++w) {
    const std::uint64_t vp = plus[w], vn = minus[w];
    const std::uint64_t equal = w == 0 ? (match[0] & first_mask) | in_minus : match[w];
    const std::uint64_t diagonal = (add_with_carry(equal & vp, vp, carry) ^ vp) | equal | vn;
    const std::uint64_t hp = vn | ~(diagonal | vp);
    const std::uint64_t hn = diagonal & vp;
    const std::uint64_t hp_in = hp << 1 | shifted_plus, hn_in = hn << 1 | shifted_minus;
    shifted_plus = hp >> 63;
    shifted_minus = hn >> 63;
    plus[w] = hn_in | ~(diagonal | hp_in);
    minus[w] = hp_in & diagonal;
  }
  in_plus = shifted_plus;
  in_minus = shifted_minus;
}

/// All rows of a strip of one word that is the whole matrix.
EVALPP_ALWAYS_INLINE void run_word(state& s, const rows& r, std::uint64_t mask,
                                   std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  levenshtein_word row{s.plus[0], s.minus[0]};
  for (const std::uint32_t token : hypothesis) {
    row.advance(r.base[token * r.stride] & mask);
    if (keep != nullptr) {
      *keep++ = row.plus;
      *keep++ = row.minus;
    }
  }
  s.plus[0] = row.plus;
  s.minus[0] = row.minus;
}

template <std::size_t Words>
inline void run_whole_n(state& s, const rows& r, std::uint64_t first_mask,
                        std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  std::uint64_t plus[Words], minus[Words];
  std::copy_n(s.plus, Words, plus);
  std::copy_n(s.minus, Words, minus);
  constexpr std::integral_constant<std::size_t, Words> words;
  for (const std::uint32_t token : hypothesis) {
    std::uint64_t in_plus = 1, in_minus = 0;
    advance(plus, minus, r.base + token * r.stride, first_mask, words, in_plus, in_minus);
    if (keep != nullptr) {
      std::copy_n(plus, Words, keep);
      std::copy_n(minus, Words, keep + Words);
      keep += 2 * Words;
    }
  }
  std::copy_n(plus, Words, s.plus);
  std::copy_n(minus, Words, s.minus);
}

inline void run_whole_portable(state& s, std::size_t words, const rows& r, std::uint64_t first_mask,
                               std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  switch (words) {
    case 1:
      return run_word(s, r, first_mask, hypothesis, keep);
    case 2:
      return run_whole_n<2>(s, r, first_mask, hypothesis, keep);
    case 3:
      return run_whole_n<3>(s, r, first_mask, hypothesis, keep);
    case 4:
      return run_whole_n<4>(s, r, first_mask, hypothesis, keep);
    case 5:
      return run_whole_n<5>(s, r, first_mask, hypothesis, keep);
    case 6:
      return run_whole_n<6>(s, r, first_mask, hypothesis, keep);
    case 7:
      return run_whole_n<7>(s, r, first_mask, hypothesis, keep);
    case 8:
      return run_whole_n<8>(s, r, first_mask, hypothesis, keep);
    default:
      return;  // match_masks keep no rows beyond 512 columns
  }
}

inline void run_edged_portable(state& s, std::size_t words, const rows& r, edge at,
                               std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  for (std::size_t row = 0; row < hypothesis.size(); row += 64, ++at.plus, ++at.minus) {
    const std::size_t rows_here = std::min<std::size_t>(64, hypothesis.size() - row);
    const std::uint64_t left_plus = *at.plus, left_minus = *at.minus;
    std::uint64_t right_plus = 0, right_minus = 0;
    for (std::size_t k = 0; k < rows_here; ++k) {
      std::uint64_t step_plus = left_plus >> k & 1, step_minus = left_minus >> k & 1;
      const std::uint64_t* match = r.base + r.slots[hypothesis[row + k]] * r.stride;
      advance(s.plus, s.minus, match, ~std::uint64_t{0}, words, step_plus, step_minus);
      right_plus |= step_plus << k;
      right_minus |= step_minus << k;
      if (keep != nullptr) {
        keep = std::copy_n(s.plus, words, keep);
        keep = std::copy_n(s.minus, words, keep);
      }
    }
    *at.plus = right_plus;
    *at.minus = right_minus;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip
