// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <evalpp/core/token_ids.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/lcs_carry.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

// LCS length for references too long to keep a row of bits for every token: in strips of 2,048
// positions. Only a carry goes from one strip to the next, one bit per hypothesis token, so strips
// run one after the other, each with rows for the tokens that both texts hold.
namespace evalpp::inline EVALPP_ABI::detail {

inline constexpr std::size_t strip_words = 32;
using strip_column = std::array<std::uint64_t, strip_words>;

struct lcs_strip_scratch {
  std::vector<std::uint32_t> tokens;        // the hypothesis without what the reference does not hold
  std::vector<std::uint32_t> row_of;        // by id; row 0 is empty
  std::vector<std::uint8_t> in_hypothesis;  // by id
  std::vector<std::uint64_t> rows;          // strip_words each
  std::vector<std::uint64_t> carries;       // one bit per token: into this strip, then out of it
};

/// One strip and all tokens; `carries` come in and go out.
inline void lcs_strip(const lcs_strip_scratch& scratch, std::uint64_t* carries,
                      strip_column& column) noexcept {
  strip_column s = column;
  for (std::size_t j = 0; j < scratch.tokens.size(); ++j) {
    const std::uint32_t row = scratch.row_of[scratch.tokens[j]];
    const std::uint64_t bit = std::uint64_t{1} << (j % 64);
    std::uint8_t carry = (carries[j / 64] & bit) != 0;
    if (row == 0 && carry == 0) continue;
    const std::uint64_t* const match = scratch.rows.data() + row * strip_words;
    lcs_words<strip_words>(s.data(), match, carry);
    carries[j / 64] = (carries[j / 64] & ~bit) | (carry != 0 ? bit : 0);
  }
  column = s;
}

#if EVALPP_X86_SIMD
/// One step of eight words, in a register; returns the carry out. Each 64-bit lane adds by itself; the
/// lanes that overflow and those that are all ones are 8 bits each, and one more addition of these takes
/// the carries through all lanes.
EVALPP_TARGET_AVX512 inline std::uint64_t lcs_eight_words(__m512i& s, const std::uint64_t* match,
                                                          std::uint64_t carry) noexcept {
  const __m512i ones = _mm512_set1_epi64(-1);
  const __m512i p = _mm512_loadu_si512(match);
  const __m512i t = _mm512_add_epi64(s, _mm512_and_si512(s, p));
  const std::uint64_t overflow = _mm512_cmplt_epu64_mask(t, s), full = _mm512_cmpeq_epi64_mask(t, ones);
  const std::uint64_t in = ((overflow << 1 | carry) + full) ^ full;
  // t + 1 where a carry comes in; then, by truth table, t | (s & ~p).
  s = _mm512_ternarylogic_epi64(_mm512_mask_sub_epi64(t, static_cast<__mmask8>(in), t, ones), s, p, 0xf4);
  return in >> 8 & 1;
}

/// The same with the column in four registers, each a token behind the one before it: a step takes long to
/// come to its end, and so four of them run at once.
EVALPP_TARGET_AVX512 inline void lcs_strip_avx512(const lcs_strip_scratch& scratch, std::uint64_t* carries,
                                                  strip_column& column) noexcept {
  static_assert(strip_words == 4 * 8);
  __m512i s0 = _mm512_loadu_si512(column.data());
  __m512i s1 = _mm512_loadu_si512(column.data() + 8);
  __m512i s2 = _mm512_loadu_si512(column.data() + 16);
  __m512i s3 = _mm512_loadu_si512(column.data() + 24);
  const std::uint64_t* const rows = scratch.rows.data();
  const std::uint64_t *match1 = rows, *match2 = rows, *match3 = rows;
  std::uint64_t carry1 = 0, carry2 = 0, carry3 = 0;
  std::size_t j1 = 0, j2 = 0, j3 = 0;
  const std::size_t tokens = scratch.tokens.size();
  for (std::size_t j0 = 0; j0 < tokens + 3; ++j0) {
    const std::uint32_t row = j0 < tokens ? scratch.row_of[scratch.tokens[j0]] : 0;
    const std::uint64_t carry0 = j0 < tokens ? carries[j0 / 64] >> (j0 % 64) & 1 : 0;
    if (row == 0 && carry0 == 0 && j0 < tokens) continue;
    const std::uint64_t* const match0 = rows + row * strip_words;
    const std::uint64_t out = lcs_eight_words(s3, match3 + 24, carry3);
    carry3 = lcs_eight_words(s2, match2 + 16, carry2);
    carry2 = lcs_eight_words(s1, match1 + 8, carry1);
    carry1 = lcs_eight_words(s0, match0, carry0);
    carries[j3 / 64] = (carries[j3 / 64] & ~(std::uint64_t{1} << (j3 % 64))) | out << (j3 % 64);
    match3 = match2, match2 = match1, match1 = match0;
    j3 = j2, j2 = j1, j1 = j0;
  }
  _mm512_storeu_si512(column.data(), s0);
  _mm512_storeu_si512(column.data() + 8, s1);
  _mm512_storeu_si512(column.data() + 16, s2);
  _mm512_storeu_si512(column.data() + 24, s3);
}
#endif

/// O(hypothesis * reference / 64) time; memory is linear in both and the vocabulary.
inline std::size_t lcs_length_in_strips(std::span<const std::uint32_t> hypothesis,
                                        std::span<const std::uint32_t> reference, std::uint32_t vocabulary,
                                        lcs_strip_scratch& scratch) {
  scratch.in_hypothesis.assign(std::size_t{vocabulary} + 1, 0);
  scratch.tokens.resize(hypothesis.size());
  std::uint8_t* const in_hypothesis = scratch.in_hypothesis.data();
  std::uint32_t* const tokens = scratch.tokens.data();
  std::size_t known = 0;
  for (const std::uint32_t id : hypothesis) {
    in_hypothesis[id] = 1;
    tokens[known] = id;
    known += id != unknown_token;
  }
  scratch.tokens.resize(known);
  scratch.row_of.assign(std::size_t{vocabulary} + 1, 0);
  std::uint32_t* const row_of = scratch.row_of.data();
  scratch.carries.assign(scratch.tokens.size() / 64 + 1, 0);

  std::size_t length = 0;
  for (constexpr std::size_t width = strip_words * 64; !reference.empty();) {
    const auto strip = reference.first((std::min)(width, reference.size()));
    reference = reference.subspan(strip.size());
    std::uint32_t rows = 1;
    for (const std::uint32_t id : strip) {
      const bool first = row_of[id] == 0 && in_hypothesis[id] != 0;
      row_of[id] = first ? rows : row_of[id];
      rows += first;
    }
    scratch.rows.assign(rows * strip_words, 0);
    std::uint64_t* const row = scratch.rows.data();
    for (std::size_t i = 0; i < strip.size(); ++i)  // what the hypothesis lacks goes to row 0, to be cleared
      row[row_of[strip[i]] * strip_words + i / 64] |= std::uint64_t{1} << (i % 64);
    std::fill_n(row, strip_words, std::uint64_t{0});
    strip_column column;
    column.fill(~std::uint64_t{0});
#if EVALPP_X86_SIMD
    if (cpu_level() >= simd_level::avx512)
      lcs_strip_avx512(scratch, scratch.carries.data(), column);
    else
#endif
      lcs_strip(scratch, scratch.carries.data(), column);
    for (const std::uint64_t word : column) length += static_cast<std::size_t>(std::popcount(~word));
    for (const std::uint32_t id : strip) row_of[id] = 0;
  }
  return length;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
