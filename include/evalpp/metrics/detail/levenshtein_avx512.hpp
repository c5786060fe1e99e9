// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/levenshtein_strip.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

#if EVALPP_X86_SIMD
// The rows of levenshtein_strip.hpp with 512 columns in a register. A row is one long addition: the
// carries of its 64-bit lanes meet in one integer, where a lane that is all ones passes a carry on.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip {

/// As `run_edged`, of a strip of up to 512 * V columns, more than 512 * (V - 1); the row above is not
/// written to `keep`.
template <std::size_t V>
EVALPP_TARGET_AVX512 void run_avx512(state& s, std::size_t words, const rows& r, edge at,
                                     std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  const __m512i ones = _mm512_set1_epi64(-1);
  const auto last_lanes = static_cast<__mmask8>(0xFF >> (8 * V - words));
  __m512i plus[V], minus[V];
  for (std::size_t v = 0; v < V; ++v) {
    const __mmask8 lanes = v + 1 == V ? last_lanes : static_cast<__mmask8>(0xFF);
    plus[v] = _mm512_maskz_loadu_epi64(lanes, s.plus + 8 * v);
    minus[v] = _mm512_maskz_loadu_epi64(lanes, s.minus + 8 * v);
  }
  std::uint64_t left_plus = 0, left_minus = 0, right_plus = 0, right_minus = 0;
  for (std::size_t row = 0; row < hypothesis.size(); ++row) {
    const std::size_t bit = row % 64;
    const std::uint32_t token = hypothesis[row];
    const std::uint64_t* const match = r.base + r.slots[token] * r.stride;
    if (bit == 0) {
      left_plus = at.plus[row / 64];
      left_minus = at.minus[row / 64];
    }
    // Only the top bit of the lane before the first word counts; in_minus is a match in column 1 too.
    const std::uint64_t step_down = left_plus << (63 - bit), step_up = left_minus << (63 - bit);
    __m512i below_plus = _mm512_set1_epi64(static_cast<long long>(step_down));
    __m512i below_minus = _mm512_set1_epi64(static_cast<long long>(step_up));
    const __m512i in_minus = _mm512_maskz_set1_epi64(1, static_cast<long long>(step_up >> 63));

    __m512i equal[V], sum[V];
    std::uint64_t generated = 0, passing = 0;
    for (std::size_t v = 0; v < V; ++v) {
      const __mmask8 lanes = v + 1 == V ? last_lanes : static_cast<__mmask8>(0xFF);
      equal[v] = _mm512_maskz_loadu_epi64(lanes, match + 8 * v);
      if (v == 0) equal[0] = _mm512_or_si512(equal[0], in_minus);
      sum[v] = _mm512_add_epi64(_mm512_and_si512(equal[v], plus[v]), plus[v]);
      generated |= std::uint64_t{_mm512_cmplt_epu64_mask(sum[v], plus[v])} << (8 * v);
      passing |= std::uint64_t{_mm512_cmpeq_epi64_mask(sum[v], ones)} << (8 * v);
    }
    const std::uint64_t carried = ((generated << 1) + passing) ^ passing;

    for (std::size_t v = 0; v < V; ++v) {
      const auto carry = static_cast<__mmask8>(carried >> (8 * v));
      const __m512i total = _mm512_mask_sub_epi64(sum[v], carry, sum[v], ones);
      const __m512i stepped = _mm512_ternarylogic_epi64(total, plus[v], equal[v], 0xBE);  // (a ^ b) | c
      const __m512i zero = _mm512_or_si512(stepped, minus[v]);
      const __m512i down = _mm512_ternarylogic_epi64(minus[v], stepped, plus[v], 0xF1);  // a | ~(b | c)
      const __m512i up = _mm512_and_si512(stepped, plus[v]);
      // The maskz form: g++ 12 warns inside the plain one (an undefined operand that is not used).
      const __m512i down_in =
          _mm512_shldi_epi64(down, _mm512_maskz_alignr_epi64(0xFF, down, below_plus, 7), 1);
      const __m512i up_in = _mm512_shldi_epi64(up, _mm512_maskz_alignr_epi64(0xFF, up, below_minus, 7), 1);
      below_plus = down;
      below_minus = up;
      plus[v] = _mm512_ternarylogic_epi64(up_in, zero, down_in, 0xF1);
      minus[v] = _mm512_and_si512(down_in, zero);
    }

    right_plus |= std::uint64_t{_mm512_movepi64_mask(below_plus)} >> 7 << bit;
    right_minus |= std::uint64_t{_mm512_movepi64_mask(below_minus)} >> 7 << bit;
    if (bit == 63 || row + 1 == hypothesis.size()) {
      at.plus[row / 64] = right_plus;
      at.minus[row / 64] = right_minus;
      right_plus = right_minus = 0;
    }
    if (keep != nullptr) {
      for (std::size_t v = 0; v < V; ++v) {
        const __mmask8 lanes = v + 1 == V ? last_lanes : static_cast<__mmask8>(0xFF);
        _mm512_mask_storeu_epi64(keep + 8 * v, lanes, plus[v]);
        _mm512_mask_storeu_epi64(keep + words + 8 * v, lanes, minus[v]);
      }
      keep += 2 * words;
    }
  }
  for (std::size_t v = 0; v < V; ++v) {
    const __mmask8 lanes = v + 1 == V ? last_lanes : static_cast<__mmask8>(0xFF);
    _mm512_mask_storeu_epi64(s.plus + 8 * v, lanes, plus[v]);
    _mm512_mask_storeu_epi64(s.minus + 8 * v, lanes, minus[v]);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip
#endif
