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
  std::vector<std::uint32_t> tokens;   // the hypothesis without what the reference does not hold
  std::vector<std::uint32_t> row_of;   // by id; row 0 is empty
  std::vector<bool> in_hypothesis;     // by id
  std::vector<std::uint64_t> rows;     // strip_words each
  std::vector<std::uint64_t> carries;  // one bit per token: into this strip, then out of it
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
/// The same with the whole column in four registers. Each 64-bit lane adds by itself; lanes that
/// overflow and lanes that are all ones are 32 bits each, and one more addition of those carries
/// through all lanes at once.
EVALPP_TARGET_AVX512 inline void lcs_strip_avx512(const lcs_strip_scratch& scratch, std::uint64_t* carries,
                                                  strip_column& column) noexcept {
  static_assert(strip_words == 4 * 8);
  const __m512i ones = _mm512_set1_epi64(-1);
  __m512i s0 = _mm512_loadu_si512(column.data());
  __m512i s1 = _mm512_loadu_si512(column.data() + 8);
  __m512i s2 = _mm512_loadu_si512(column.data() + 16);
  __m512i s3 = _mm512_loadu_si512(column.data() + 24);
  for (std::size_t j = 0; j < scratch.tokens.size(); ++j) {
    const std::uint32_t row = scratch.row_of[scratch.tokens[j]];
    const std::uint64_t bit = std::uint64_t{1} << (j % 64);
    const std::uint64_t carry_in = (carries[j / 64] & bit) != 0;
    if (row == 0 && carry_in == 0) continue;
    const std::uint64_t* const match = scratch.rows.data() + row * strip_words;
    const __m512i p0 = _mm512_loadu_si512(match);
    const __m512i p1 = _mm512_loadu_si512(match + 8);
    const __m512i p2 = _mm512_loadu_si512(match + 16);
    const __m512i p3 = _mm512_loadu_si512(match + 24);
    const __m512i t0 = _mm512_add_epi64(s0, _mm512_and_si512(s0, p0));
    const __m512i t1 = _mm512_add_epi64(s1, _mm512_and_si512(s1, p1));
    const __m512i t2 = _mm512_add_epi64(s2, _mm512_and_si512(s2, p2));
    const __m512i t3 = _mm512_add_epi64(s3, _mm512_and_si512(s3, p3));
    const auto four = [](__mmask8 a, __mmask8 b, __mmask8 c, __mmask8 d) {
      return std::uint64_t{a} | std::uint64_t{b} << 8 | std::uint64_t{c} << 16 | std::uint64_t{d} << 24;
    };
    const std::uint64_t overflow = four(_mm512_cmplt_epu64_mask(t0, s0), _mm512_cmplt_epu64_mask(t1, s1),
                                        _mm512_cmplt_epu64_mask(t2, s2), _mm512_cmplt_epu64_mask(t3, s3));
    const std::uint64_t full = four(_mm512_cmpeq_epi64_mask(t0, ones), _mm512_cmpeq_epi64_mask(t1, ones),
                                    _mm512_cmpeq_epi64_mask(t2, ones), _mm512_cmpeq_epi64_mask(t3, ones));
    const std::uint64_t in = ((overflow << 1 | carry_in) + full) ^ full;
    // t + 1 where a carry comes in; then, by truth table, t | (s & ~p).
    const __m512i c0 = _mm512_mask_sub_epi64(t0, static_cast<__mmask8>(in), t0, ones);
    const __m512i c1 = _mm512_mask_sub_epi64(t1, static_cast<__mmask8>(in >> 8), t1, ones);
    const __m512i c2 = _mm512_mask_sub_epi64(t2, static_cast<__mmask8>(in >> 16), t2, ones);
    const __m512i c3 = _mm512_mask_sub_epi64(t3, static_cast<__mmask8>(in >> 24), t3, ones);
    s0 = _mm512_ternarylogic_epi64(c0, s0, p0, 0xf4);
    s1 = _mm512_ternarylogic_epi64(c1, s1, p1, 0xf4);
    s2 = _mm512_ternarylogic_epi64(c2, s2, p2, 0xf4);
    s3 = _mm512_ternarylogic_epi64(c3, s3, p3, 0xf4);
    carries[j / 64] = (carries[j / 64] & ~bit) | ((in >> 32 & 1) != 0 ? bit : 0);
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
  scratch.in_hypothesis.assign(std::size_t{vocabulary} + 1, false);
  scratch.tokens.resize(hypothesis.size());
  std::size_t known = 0;
  for (const std::uint32_t id : hypothesis) {
    scratch.in_hypothesis[id] = true;
    scratch.tokens[known] = id;
    known += id != unknown_token;
  }
  scratch.tokens.resize(known);
  scratch.row_of.assign(std::size_t{vocabulary} + 1, false);
  scratch.carries.assign(scratch.tokens.size() / 64 + 1, 0);

  std::size_t length = 0;
  for (constexpr std::size_t width = strip_words * 64; !reference.empty();) {
    const auto strip = reference.first((std::min)(width, reference.size()));
    reference = reference.subspan(strip.size());
    scratch.rows.assign(strip_words, 0);
    std::uint32_t rows = 1;
    for (std::size_t i = 0; i < strip.size(); ++i) {
      if (scratch.in_hypothesis[strip[i]] == 0) continue;
      std::uint32_t& row = scratch.row_of[strip[i]];
      if (row == 0) {
        row = rows++;
        scratch.rows.resize(rows * strip_words, 0);
      }
      scratch.rows[row * strip_words + i / 64] |= std::uint64_t{1} << (i % 64);
    }
    strip_column column;
    column.fill(~std::uint64_t{0});
#if EVALPP_X86_SIMD
    if (cpu_level() >= simd_level::avx512)
      lcs_strip_avx512(scratch, scratch.carries.data(), column);
    else
#endif
      lcs_strip(scratch, scratch.carries.data(), column);
    for (const std::uint64_t word : column) length += static_cast<std::size_t>(std::popcount(~word));
    for (const std::uint32_t id : strip) scratch.row_of[id] = 0;
  }
  return length;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
