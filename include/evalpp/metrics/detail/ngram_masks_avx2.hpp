// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/ngram_masks.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

#if EVALPP_X86_SIMD
namespace evalpp::inline EVALPP_ABI::detail {

/// The matches of orders 1 to 4 of one hypothesis against up to four references of up to 64 tokens, as
/// `match_in_one_word` finds them, each reference in its lane. `rows`: the masks of each; a reference may
/// stand twice, which clips as one does.
EVALPP_TARGET_AVX2 inline void match_four_references(std::span<const std::uint32_t> hypothesis,
                                                     const std::array<const std::uint64_t*, 4>& rows,
                                                     ngram_totals& totals) noexcept {
  const __m256i none = _mm256_setzero_si256();
  __m256i ending[4] = {none, none, none, none};
  __m256i free[4];
  for (__m256i& each : free) each = _mm256_set1_epi64x(-1);
  std::int64_t found[4] = {};
  for (const std::uint32_t id : hypothesis) {
    const __m256i here =
        _mm256_set_epi64x(static_cast<long long>(rows[3][id]), static_cast<long long>(rows[2][id]),
                          static_cast<long long>(rows[1][id]), static_cast<long long>(rows[0][id]));
    for (std::size_t n = 3; n > 0; --n)
      ending[n] = _mm256_and_si256(here, _mm256_slli_epi64(ending[n - 1], 1));
    ending[0] = here;
    for (std::size_t n = 0; n < 4; ++n) {
      const __m256i open = _mm256_and_si256(ending[n], free[n]);
      free[n] = _mm256_xor_si256(free[n], _mm256_and_si256(open, _mm256_sub_epi64(none, open)));
      found[n] += 1 - _mm256_testz_si256(open, open);
    }
  }
  std::copy_n(found, 4, totals.begin());
}

/// Whether the kernel above can count this, and with which rows.
inline bool four_references(std::span<const encoded_reference> references, int last,
                            std::array<const std::uint64_t*, 4>& rows) noexcept {
  if (last != 4 || references.size() > 4 || cpu_level() < simd_level::avx2) return false;
  rows.fill(nullptr);
  std::size_t count = 0;
  for (const encoded_reference& reference : references) {
    if (reference.size() > 64) return false;
    if (reference.size() != 0) rows[count++] = reference.masks.row(0);
  }
  for (std::size_t k = count; k < 4; ++k) rows[k] = rows[0];
  return count != 0;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
#endif
