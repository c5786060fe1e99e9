// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

#if EVALPP_X86_SIMD
// Rows of bits in which a word depends on the word before it, and on itself in the row above: the words
// of a row are the lanes of a register that advance as a wave, each `lag` steps behind the one before
// it, so that what goes from lane to lane has that many steps to get there.
namespace evalpp::inline EVALPP_ABI::detail::wave {

/// One step is too few: moving a lane takes about as long as a step.
inline constexpr std::size_t lag = 2;

template <bool Few>
struct lanes_for;
template <>
struct lanes_for<true> {
  using type = __m256i;
};
template <>
struct lanes_for<false> {
  using type = __m512i;
};
template <std::size_t Words>
using lanes = typename lanes_for<(Words <= 4)>::type;

EVALPP_TARGET_AVX512 inline __m128i two_words(const std::uint64_t* first, const std::uint64_t* second) {
  const __m128i low = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(first));
  return _mm_insert_epi64(low, static_cast<long long>(*second), 1);
}

/// Lane w: word w of the row that `lag * w` rows before `row` points at.
template <std::size_t Words, std::size_t From = 0>
EVALPP_TARGET_AVX512 inline __m128i two_lanes(const std::uint64_t* const* row) {
  if constexpr (From + 1 < Words)
    return two_words(*(row - lag * From) + From, *(row - lag * (From + 1)) + From + 1);
  else if constexpr (From < Words)
    return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(*(row - lag * From) + From));
  else
    return _mm_setzero_si128();
}
template <std::size_t Words>
EVALPP_TARGET_AVX512 inline lanes<Words> gather(const std::uint64_t* const* row) {
  const __m256i low = _mm256_set_m128i(two_lanes<Words, 2>(row), two_lanes<Words, 0>(row));
  if constexpr (Words <= 4)
    return low;
  else
    return _mm512_maskz_inserti64x4(0xFF, _mm512_castsi256_si512(low),
                                    _mm256_set_m128i(two_lanes<Words, 6>(row), two_lanes<Words, 4>(row)), 1);
}

// The maskz forms stand where g++ 12 warns inside the plain ones (an undefined operand that is not used).
// The few instructions that both widths need under one name.
EVALPP_TARGET_AVX512 inline void fill(__m256i& v, std::uint64_t x) {
  v = _mm256_set1_epi64x(static_cast<long long>(x));
}
EVALPP_TARGET_AVX512 inline void fill(__m512i& v, std::uint64_t x) {
  v = _mm512_set1_epi64(static_cast<long long>(x));
}
EVALPP_TARGET_AVX512 inline __m256i both(__m256i a, __m256i b) { return _mm256_and_si256(a, b); }
EVALPP_TARGET_AVX512 inline __m512i both(__m512i a, __m512i b) { return _mm512_and_si512(a, b); }
EVALPP_TARGET_AVX512 inline __m256i either(__m256i a, __m256i b) { return _mm256_or_si256(a, b); }
EVALPP_TARGET_AVX512 inline __m512i either(__m512i a, __m512i b) { return _mm512_or_si512(a, b); }
EVALPP_TARGET_AVX512 inline __m256i sum(__m256i a, __m256i b) { return _mm256_add_epi64(a, b); }
EVALPP_TARGET_AVX512 inline __m512i sum(__m512i a, __m512i b) { return _mm512_add_epi64(a, b); }
template <int Table>
EVALPP_TARGET_AVX512 inline __m256i logic(__m256i a, __m256i b, __m256i c) {
  return _mm256_ternarylogic_epi64(a, b, c, Table);
}
template <int Table>
EVALPP_TARGET_AVX512 inline __m512i logic(__m512i a, __m512i b, __m512i c) {
  return _mm512_ternarylogic_epi64(a, b, c, Table);
}
/// The top bit of every lane, as 0 or 1.
EVALPP_TARGET_AVX512 inline __m256i top_bit(__m256i a) { return _mm256_srli_epi64(a, 63); }
EVALPP_TARGET_AVX512 inline __m512i top_bit(__m512i a) { return _mm512_maskz_srli_epi64(0xFF, a, 63); }
/// a << 1, with the top bit of `below` coming in.
EVALPP_TARGET_AVX512 inline __m256i shift_in(__m256i a, __m256i below) {
  return _mm256_shldi_epi64(a, below, 1);
}
EVALPP_TARGET_AVX512 inline __m512i shift_in(__m512i a, __m512i below) {
  return _mm512_shldi_epi64(a, below, 1);
}
/// Every lane moves one up; the first becomes the last of `first`.
EVALPP_TARGET_AVX512 inline __m256i up(__m256i a, __m256i first) {
  return _mm256_maskz_alignr_epi64(0xF, a, first, 3);
}
EVALPP_TARGET_AVX512 inline __m512i up(__m512i a, __m512i first) {
  return _mm512_maskz_alignr_epi64(0xFF, a, first, 7);
}
EVALPP_TARGET_AVX512 inline __m256i choose(__mmask8 k, __m256i yes, __m256i no) {
  return _mm256_mask_mov_epi64(no, k, yes);
}
EVALPP_TARGET_AVX512 inline __m512i choose(__mmask8 k, __m512i yes, __m512i no) {
  return _mm512_mask_mov_epi64(no, k, yes);
}
template <std::size_t Words>
inline constexpr auto all_lanes = static_cast<__mmask8>((1u << Words) - 1);
template <std::size_t Words>
EVALPP_TARGET_AVX512 inline lanes<Words> load(const std::uint64_t* from) {
  if constexpr (Words <= 4)
    return _mm256_maskz_loadu_epi64(all_lanes<Words>, from);
  else
    return _mm512_maskz_loadu_epi64(all_lanes<Words>, from);
}
template <std::size_t Words>
EVALPP_TARGET_AVX512 inline void store(std::uint64_t* to, lanes<Words> v) {
  if constexpr (Words <= 4)
    _mm256_mask_storeu_epi64(to, all_lanes<Words>, v);
  else
    _mm512_mask_storeu_epi64(to, all_lanes<Words>, v);
}

/// Where the rows of a wave lie, a block of steps at a time: that of token t at base + tokens[t] * stride;
/// before the first token and after the last one row 0, which is empty.
class steps {
 public:
  static constexpr std::size_t block = 128;

  steps(const std::uint64_t* base, std::size_t stride, std::span<const std::uint32_t> tokens)
      : base_(base), stride_(stride), tokens_(tokens) {
    rows_.fill(base);
  }

  /// The rows of the steps from `from` on, the next block; those that lanes behind need come before them.
  const std::uint64_t* const* next(std::size_t from, std::size_t count) {
    std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(block), before, rows_.begin());
    const std::size_t there = (std::min)(count, tokens_.size() - (std::min)(from, tokens_.size()));
    for (std::size_t k = 0; k < there; ++k) rows_[before + k] = base_ + tokens_[from + k] * stride_;
    for (std::size_t k = there; k < count; ++k) rows_[before + k] = base_;
    return rows_.data() + before;
  }

 private:
  static constexpr std::size_t before = 8 * lag;
  const std::uint64_t* base_;
  std::size_t stride_;
  std::span<const std::uint32_t> tokens_;
  std::array<const std::uint64_t*, before + block> rows_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail::wave
#endif
