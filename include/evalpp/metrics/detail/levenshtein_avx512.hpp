// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
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
// carries of a register's 64-bit lanes meet in one integer, where a lane that is all ones passes a carry
// on. Each register is a row behind the one before it: a step takes long to come to its end, and so all
// of them run at once.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip {

/// What a register hands on to the next one in the same row: its steps, of which the top ones count, and
/// the carry of its addition.
struct handed_on {
  __m512i plus, minus;
  std::uint64_t carry;
};

/// One row further in one register.
EVALPP_TARGET_AVX512 inline handed_on advance_register(__m512i& plus, __m512i& minus, __m512i equal,
                                                       const handed_on& below) noexcept {
  const __m512i ones = _mm512_set1_epi64(-1);
  const __m512i sum = _mm512_add_epi64(_mm512_and_si512(equal, plus), plus);
  const std::uint64_t generated = _mm512_cmplt_epu64_mask(sum, plus);
  const std::uint64_t passing = _mm512_cmpeq_epi64_mask(sum, ones);
  const std::uint64_t carried = ((generated << 1 | below.carry) + passing) ^ passing;
  const __m512i total = _mm512_mask_sub_epi64(sum, static_cast<__mmask8>(carried), sum, ones);
  const __m512i stepped = _mm512_ternarylogic_epi64(total, plus, equal, 0xBE);  // (a ^ b) | c
  const __m512i zero = _mm512_or_si512(stepped, minus);
  const __m512i down = _mm512_ternarylogic_epi64(minus, stepped, plus, 0xF1);  // a | ~(b | c)
  const __m512i up = _mm512_and_si512(stepped, plus);
  // The maskz form: g++ 12 warns inside the plain one (an undefined operand that is not used).
  const __m512i down_in = _mm512_shldi_epi64(down, _mm512_maskz_alignr_epi64(0xFF, down, below.plus, 7), 1);
  const __m512i up_in = _mm512_shldi_epi64(up, _mm512_maskz_alignr_epi64(0xFF, up, below.minus, 7), 1);
  plus = _mm512_ternarylogic_epi64(up_in, zero, down_in, 0xF1);
  minus = _mm512_and_si512(down_in, zero);
  return {down, up, carried >> 8 & 1};
}

/// The registers of a strip on their way down.
template <std::size_t V>
struct descent {
  __m512i plus[V], minus[V];
  handed_on below[V + 1];  // what comes into each, and what comes out of the last
  const std::uint64_t* match[V];
  std::uint64_t* keep;
  std::size_t words, rows;

  template <std::size_t v>
  __mmask8 lanes() const {
    return static_cast<__mmask8>(v + 1 == V ? 0xFF >> (8 * V - words) : 0xFF);
  }
};

/// One row further in the registers v, v - 1, ... 0: each takes what the one before it left a step ago.
template <std::size_t v, std::size_t V>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE void advance_registers(descent<V>& d, std::size_t step) noexcept {
  const std::size_t row = step - v;
  if (row < d.rows) {  // else it has not begun, or is done
    __m512i equal = _mm512_maskz_loadu_epi64(d.template lanes<v>(), d.match[v] + 8 * v);
    // A step up at the left edge is a match in column 1 too.
    if constexpr (v == 0) equal = _mm512_or_si512(equal, _mm512_maskz_srli_epi64(1, d.below[0].minus, 63));
    d.below[v + 1] = advance_register(d.plus[v], d.minus[v], equal, d.below[v]);
    if (d.keep != nullptr) {
      std::uint64_t* const kept = d.keep + 2 * d.words * row + 8 * v;
      _mm512_mask_storeu_epi64(kept, d.template lanes<v>(), d.plus[v]);
      _mm512_mask_storeu_epi64(kept + d.words, d.template lanes<v>(), d.minus[v]);
    }
  }
  if constexpr (v + 1 < V) d.match[v + 1] = d.match[v];  // in the next step
  if constexpr (v > 0) advance_registers<v - 1>(d, step);
}
template <std::size_t v, std::size_t V>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE void load_registers(descent<V>& d, const state& s) noexcept {
  d.plus[v] = _mm512_maskz_loadu_epi64(d.template lanes<v>(), s.plus + 8 * v);
  d.minus[v] = _mm512_maskz_loadu_epi64(d.template lanes<v>(), s.minus + 8 * v);
  d.match[v] = nullptr;
  d.below[v + 1] = {_mm512_setzero_si512(), _mm512_setzero_si512(), 0};
  if constexpr (v > 0) load_registers<v - 1>(d, s);
}
template <std::size_t v, std::size_t V>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE void store_registers(const descent<V>& d, state& s) noexcept {
  _mm512_mask_storeu_epi64(s.plus + 8 * v, d.template lanes<v>(), d.plus[v]);
  _mm512_mask_storeu_epi64(s.minus + 8 * v, d.template lanes<v>(), d.minus[v]);
  if constexpr (v > 0) store_registers<v - 1>(d, s);
}

/// As `run_edged`, of a strip of up to 512 * V columns, more than 512 * (V - 1); the row above is not
/// written to `keep`.
template <std::size_t V>
EVALPP_TARGET_AVX512 void run_avx512(state& s, std::size_t words, const rows& r, edge at,
                                     std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  constexpr std::size_t last = V - 1;
  descent<V> d;
  d.words = words;
  d.rows = hypothesis.size();
  d.keep = keep;
  load_registers<last>(d, s);
  std::uint64_t left_plus = 0, left_minus = 0, right_plus = 0, right_minus = 0;
  for (std::size_t step = 0; step < hypothesis.size() + last; ++step) {
    if (step < hypothesis.size()) {
      const std::size_t bit = step % 64;
      if (bit == 0) {
        left_plus = at.plus[step / 64];
        left_minus = at.minus[step / 64];
      }
      d.match[0] = r.base + r.slots[hypothesis[step]] * r.stride;
      // Only the top bit of the lane before the first word counts.
      const std::uint64_t step_down = left_plus << (63 - bit), step_up = left_minus << (63 - bit);
      d.below[0] = {_mm512_set1_epi64(static_cast<long long>(step_down)),
                    _mm512_set1_epi64(static_cast<long long>(step_up)), 0};
    }
    advance_registers<last>(d, step);
    if (step < last) continue;
    const std::size_t row = step - last, bit = row % 64;
    right_plus |= std::uint64_t{_mm512_movepi64_mask(d.below[V].plus)} >> 7 << bit;
    right_minus |= std::uint64_t{_mm512_movepi64_mask(d.below[V].minus)} >> 7 << bit;
    if (bit == 63 || row + 1 == hypothesis.size()) {
      at.plus[row / 64] = right_plus;
      at.minus[row / 64] = right_minus;
      right_plus = right_minus = 0;
    }
  }
  store_registers<last>(d, s);
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip
#endif
