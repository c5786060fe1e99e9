// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/metrics/detail/levenshtein_wave.hpp>
#include <evalpp/metrics/detail/levenshtein_word.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

#if EVALPP_X86_SIMD
// The edit distances of eight pairs at once, each in the 64-bit lane of a register (Myers 1999, Hyyro
// 2003): nothing goes from lane to lane, and while one word of a row waits the others are at work. What a
// token matches is found by comparing it with the whole reference, without a table or a dictionary.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_lanes {

inline constexpr std::size_t lanes = 8, max_words = 6, max_columns = 64 * max_words;

/// Two sequences of bytes or of 32-bit ids.
template <class Unit>
struct pair {
  std::span<const Unit> hypothesis, reference;
};

/// The memory that `distances` needs for match bits: of 64 rows, by row, word and lane.
inline constexpr std::size_t match_words = 64 * max_words * lanes;

// Functions of their own: g++ 12 keeps the two pointers of their loops in a vector register when they are
// inlined.

/// The reference in registers of 64 bytes.
template <std::size_t Words>
EVALPP_TARGET_AVX512 EVALPP_NOINLINE void match_lane(std::span<const std::uint8_t> reference,
                                                     std::span<const std::uint8_t> rows, std::uint64_t* out) {
  __m512i columns[Words];
  for (std::size_t w = 0; w < Words; ++w) {
    const std::size_t left = reference.size() - (std::min)(reference.size(), 64 * w);
    const __mmask64 there = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    columns[w] = _mm512_maskz_loadu_epi8(there, reference.data() + (left == 0 ? 0 : 64 * w));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const __m512i wanted = _mm512_set1_epi8(static_cast<char>(rows[i]));
    for (std::size_t w = 0; w < Words; ++w)
      out[(i * Words + w) * lanes] = _mm512_cmpeq_epi8_mask(wanted, columns[w]);
  }
}

/// Which of the 16 * Registers columns hold `wanted`. The masks are joined as masks: g++ 12 spills one of
/// 16 bits and reads 64 back when it is widened by a conversion.
template <std::size_t Registers>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE std::uint64_t columns_equal(__m512i wanted,
                                                                      const __m512i* columns) {
  const __mmask16 first = _mm512_cmpeq_epi32_mask(wanted, columns[0]);
  if constexpr (Registers == 1) {
    return _cvtmask16_u32(first);
  } else {
    const __mmask32 half = _mm512_kunpackw(_mm512_cmpeq_epi32_mask(wanted, columns[1]), first);
    if constexpr (Registers == 2) {
      return _cvtmask32_u32(half);
    } else {
      const __mmask32 rest = _mm512_kunpackw(_mm512_cmpeq_epi32_mask(wanted, columns[3]),
                                             _mm512_cmpeq_epi32_mask(wanted, columns[2]));
      return _mm512_kunpackd(rest, half);
    }
  }
}

/// The reference in registers of 16 ids; `Registers` of them for each word.
template <std::size_t Words, std::size_t Registers>
EVALPP_TARGET_AVX512 EVALPP_NOINLINE void match_ids(std::span<const std::uint32_t> reference,
                                                    std::span<const std::uint32_t> rows, std::uint64_t* out) {
  __m512i columns[Words * Registers];
  for (std::size_t k = 0; k < Words * Registers; ++k) {
    const std::size_t left = reference.size() - (std::min)(reference.size(), 16 * k);
    const auto there = static_cast<__mmask16>(left >= 16 ? 0xFFFFu : (1u << left) - 1);
    columns[k] = _mm512_maskz_loadu_epi32(there, reference.data() + (left == 0 ? 0 : 16 * k));
  }
  const std::uint32_t* const ids = rows.data();
  for (std::size_t i = 0, count = rows.size(); i < count; ++i) {
    const __m512i wanted = _mm512_set1_epi32(static_cast<int>(ids[i]));
    for (std::size_t w = 0; w < Words; ++w)
      out[(i * Words + w) * lanes] = columns_equal<Registers>(wanted, columns + w * Registers);
  }
}
template <std::size_t Words>
EVALPP_TARGET_AVX512 void match_lane(std::span<const std::uint32_t> reference,
                                     std::span<const std::uint32_t> rows, std::uint64_t* out) {
  if constexpr (Words == 1) {
    if (reference.size() <= 16) return match_ids<1, 1>(reference, rows, out);
    if (reference.size() <= 32) return match_ids<1, 2>(reference, rows, out);
  }
  match_ids<Words, 4>(reference, rows, out);
}

/// A row of each lane's matrix: the signs of its steps, see `levenshtein_word`.
template <std::size_t Words>
struct row {
  __m512i plus[Words], minus[Words];
};

/// One row further in the words w, w + 1, ... of the lanes `at_work`. `below_down`, `below_across`: the
/// steps of the word before, of which the top bits come in.
template <std::size_t w, bool All, std::size_t Words>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE void advance(row<Words>& r, const std::uint64_t* match,
                                                       __mmask8 at_work, __m512i below_down,
                                                       __m512i below_across) {
  const __m512i plus = r.plus[w], minus = r.minus[w];
  __m512i equal = _mm512_loadu_si512(match + lanes * w);
  if constexpr (w > 0) equal = _mm512_or_si512(equal, _mm512_maskz_srli_epi64(0xFF, below_across, 63));
  const auto [diagonal, down, across] = levenshtein_strip::steps_of(equal, plus, minus);
  const __m512i down_in = _mm512_shldi_epi64(down, below_down, 1);
  const __m512i across_in = _mm512_shldi_epi64(across, below_across, 1);
  const __m512i new_plus = _mm512_ternarylogic_epi64(across_in, diagonal, down_in, 0xF1);
  const __m512i new_minus = _mm512_and_si512(down_in, diagonal);
  r.plus[w] = All ? new_plus : _mm512_mask_mov_epi64(plus, at_work, new_plus);
  r.minus[w] = All ? new_minus : _mm512_mask_mov_epi64(minus, at_work, new_minus);
  if constexpr (w + 1 < Words) advance<w + 1, All>(r, match, at_work, down, across);
}

/// The distances of up to eight pairs, whose references have up to 64 * Words tokens. O(longest
/// hypothesis * Words), whatever the pairs hold.
template <std::size_t Words, class Unit>
EVALPP_TARGET_AVX512 void distances(std::span<const pair<Unit>> pairs, std::uint64_t* matches,
                                    std::int64_t* out) {
  std::size_t shortest = pairs[0].hypothesis.size(), longest = 0;
  std::uint64_t lengths[lanes] = {};
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    lengths[p] = pairs[p].hypothesis.size();
    shortest = (std::min)(shortest, pairs[p].hypothesis.size());
    longest = (std::max)(longest, pairs[p].hypothesis.size());
  }
  const __m512i all_rows = _mm512_loadu_si512(lengths);
  // The left edge rises by one in every row; nothing goes across it.
  const __m512i edge_down = _mm512_set1_epi64(-1), edge_across = _mm512_setzero_si512();
  row<Words> r;
  for (std::size_t w = 0; w < Words; ++w) {
    r.plus[w] = edge_down;
    r.minus[w] = edge_across;
  }
  for (std::size_t from = 0; from < longest; from += 64) {
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const auto hypothesis = pairs[p].hypothesis;
      if (from < hypothesis.size())
        match_lane<Words>(pairs[p].reference,
                          hypothesis.subspan(from, std::min<std::size_t>(64, hypothesis.size() - from)),
                          matches + p);
    }
    const std::size_t end = std::min<std::size_t>(from + 64, longest);
    std::size_t i = from;
    for (const std::size_t common = (std::min)(end, shortest); i < common; ++i)
      advance<0, true>(r, matches + (i - from) * Words * lanes, 0xFF, edge_down, edge_across);
    for (; i < end; ++i) {
      const __mmask8 at_work =
          _mm512_cmpgt_epu64_mask(all_rows, _mm512_set1_epi64(static_cast<long long>(i)));
      advance<0, false>(r, matches + (i - from) * Words * lanes, at_work, edge_down, edge_across);
    }
  }
  std::uint64_t plus[Words][lanes], minus[Words][lanes];
  for (std::size_t w = 0; w < Words; ++w) {
    _mm512_storeu_si512(plus[w], r.plus[w]);
    _mm512_storeu_si512(minus[w], r.minus[w]);
  }
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const std::size_t columns = pairs[p].reference.size();
    auto distance = static_cast<std::int64_t>(pairs[p].hypothesis.size());
    for (std::size_t w = 0; w < Words && 64 * w < columns; ++w)
      distance += levenshtein_word{plus[w][p], minus[w][p]}.height(columns - 64 * w);
    out[p] = distance;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_lanes
#endif
