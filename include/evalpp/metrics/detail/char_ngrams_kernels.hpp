// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/char_ngrams_index.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

// Clipped n-gram matches of all orders at once, from bit sets of positions.
//
// Let P(i) be the set of positions of the masked text that hold symbol i of the other text. The
// n-grams of the masked text that equal the n-gram ending at i end at the positions
//
//     M_1(i) = P(i),   M_n(i) = P(i) & (M_{n-1}(i-1) << 1).
//
// Equal n-grams have equal sets and different n-grams disjoint ones. Each order keeps the set A_n of
// ends that are still free, and every i takes the lowest element of M_n(i) & A_n, if there is one:
// each n-gram then takes exactly min(occurrences here, occurrences there), and what was taken of A_n
// is the number of matches. Exact, without a table of n-grams and without a hash.
//
// The kernels differ in what they do side by side: the portable one 64 positions, AVX2 the orders
// 1-4 and 5-8, AVX-512 all eight orders. All of them give the same counts.
namespace evalpp::inline EVALPP_ABI::detail {

inline constexpr std::size_t max_ngram_orders = 8;
using ngram_matches = std::array<std::int64_t, max_ngram_orders>;

/// The portable kernel, one order after the other. `sets` holds M_n(i), W words per i.
template <std::size_t W>
void count_ngrams_portable(symbol_rows<W> masks, std::span<const std::uint32_t> text, std::size_t orders,
                           std::vector<std::uint64_t>& sets, ngram_matches& matches) {
  const std::size_t length = text.size();
  if (sets.size() < length * W) sets.resize(length * W);
  std::uint64_t* const ends = sets.data();

  for (std::size_t n = 1; n <= orders && n <= length; ++n) {
    std::array<std::uint64_t, W> free;
    free.fill(~std::uint64_t{0});
    // From the back, so that M_{n-1}(i-1) is still there when M_n(i) takes the place of M_{n-1}(i).
    for (std::size_t i = length; i-- >= n;) {
      const std::uint64_t* const here = masks[text[i]];
      std::uint64_t* const set = ends + i * W;
      std::uint64_t open = 1;  // 1 until an element was taken
      for (std::size_t w = W; w-- > 0;) {
        std::uint64_t m = here[w];
        if (n > 1) {
          const std::uint64_t* const before = set - W;
          m &= before[w] << 1 | (w > 0 ? before[w - 1] >> 63 : 0);
        }
        set[w] = m;
      }
      for (std::size_t w = 0; w < W; ++w) {
        const std::uint64_t x = set[w] & free[w];
        free[w] ^= x & ~(x - open);  // the lowest bit of x, or none when one was taken before
        open &= static_cast<std::uint64_t>(x == 0);
      }
    }
    std::int64_t taken = 0;
    for (std::size_t w = 0; w < W; ++w) taken += std::popcount(~free[w]);
    matches[n - 1] = taken;
    if (taken == 0) return;  // no n-gram, so none that is longer
  }
}

#if EVALPP_X86_SIMD

/// Four orders in a register, 1-4 in `low` and 5-8 in `high`.
template <std::size_t W>
EVALPP_TARGET_AVX2 void count_ngrams_avx2(symbol_rows<W> masks, std::span<const std::uint32_t> text,
                                          ngram_matches& matches) {
  const __m256i ones = _mm256_set1_epi64x(-1);
  const __m256i zero = _mm256_setzero_si256();
  const __m256i first_lane = _mm256_setr_epi64x(-1, 0, 0, 0);
  __m256i low[W], high[W], free_low[W], free_high[W];
  for (std::size_t w = 0; w < W; ++w) {
    low[w] = high[w] = zero;
    free_low[w] = free_high[w] = ones;
  }
  for (const std::uint32_t symbol : text) {
    const std::uint64_t* const row = masks[symbol];
    // Every position may begin an n-gram: before order 1 stands the full set.
    __m256i below_low = first_lane, below_high = zero;
    __m256i open_low = ones, open_high = ones;
    for (std::size_t w = 0; w < W; ++w) {
      const __m256i here = _mm256_set1_epi64x(static_cast<long long>(row[w]));
      // Each order from the one before: lane k becomes what lane k - 1 was.
      const __m256i up_high =
          _mm256_alignr_epi8(high[w], _mm256_permute2x128_si256(low[w], high[w], 0x21), 8);
      const __m256i up_low = _mm256_alignr_epi8(low[w], _mm256_permute2x128_si256(ones, low[w], 0x21), 8);
      low[w] = _mm256_and_si256(
          here, _mm256_or_si256(_mm256_slli_epi64(up_low, 1), _mm256_srli_epi64(below_low, 63)));
      high[w] = _mm256_and_si256(
          here, _mm256_or_si256(_mm256_slli_epi64(up_high, 1), _mm256_srli_epi64(below_high, 63)));
      below_low = up_low;
      below_high = up_high;
      // `open` is -1 until an element was taken: x + -1 borrows up to the lowest bit of x.
      const __m256i x_low = _mm256_and_si256(low[w], free_low[w]);
      const __m256i x_high = _mm256_and_si256(high[w], free_high[w]);
      free_low[w] =
          _mm256_xor_si256(free_low[w], _mm256_andnot_si256(_mm256_add_epi64(x_low, open_low), x_low));
      free_high[w] =
          _mm256_xor_si256(free_high[w], _mm256_andnot_si256(_mm256_add_epi64(x_high, open_high), x_high));
      open_low = _mm256_and_si256(open_low, _mm256_cmpeq_epi64(x_low, zero));
      open_high = _mm256_and_si256(open_high, _mm256_cmpeq_epi64(x_high, zero));
    }
  }
  for (std::size_t w = 0; w < W; ++w) {
    alignas(32) std::uint64_t lanes[max_ngram_orders];
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes), free_low[w]);
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes + 4), free_high[w]);
    for (std::size_t n = 0; n < max_ngram_orders; ++n) matches[n] += _mm_popcnt_u64(~lanes[n]);
  }
}

/// All orders in one register.
template <std::size_t W>
EVALPP_TARGET_AVX512 void count_ngrams_avx512(symbol_rows<W> masks, std::span<const std::uint32_t> text,
                                              ngram_matches& matches) {
  const __m512i ones = _mm512_set1_epi64(-1);
  const __m512i first_lane = _mm512_maskz_set1_epi64(1, -1);
  __m512i sets[W], free[W];
  for (std::size_t w = 0; w < W; ++w) {
    sets[w] = _mm512_setzero_si512();
    free[w] = ones;
  }
  for (const std::uint32_t symbol : text) {
    const std::uint64_t* const row = masks[symbol];
    __m512i below = first_lane;
    __mmask8 open = 0xFF;
    for (std::size_t w = 0; w < W; ++w) {
      // The maskz form: g++ 12 warns inside the plain one (an undefined operand that is not used).
      const __m512i up = _mm512_maskz_alignr_epi64(0xFF, sets[w], ones, 7);
      sets[w] = _mm512_and_si512(_mm512_shldi_epi64(up, below, 1),
                                 _mm512_set1_epi64(static_cast<long long>(row[w])));
      below = up;
      const __m512i x = _mm512_and_si512(sets[w], free[w]);
      const __m512i rest = _mm512_mask_add_epi64(x, open, x, ones);
      free[w] = _mm512_ternarylogic_epi64(free[w], x, rest, 0xB4);  // free ^ (x & ~rest)
      open = _mm512_mask_testn_epi64_mask(open, x, x);
    }
  }
  for (std::size_t w = 0; w < W; ++w) {
    alignas(64) std::uint64_t lanes[max_ngram_orders];
    _mm512_store_si512(lanes, free[w]);
    for (std::size_t n = 0; n < max_ngram_orders; ++n) matches[n] += _mm_popcnt_u64(~lanes[n]);
  }
}

#endif  // EVALPP_X86_SIMD

}  // namespace evalpp::inline EVALPP_ABI::detail
