// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/levenshtein_avx512.hpp>
#include <evalpp/metrics/detail/levenshtein_strip.hpp>
#include <evalpp/metrics/detail/levenshtein_wave.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

// Which kernel runs the rows of a strip. All give the same bits.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip {

// The row above the first, as every kernel leaves it to its caller.
inline std::uint64_t* keep_row(const state& s, std::size_t words, std::uint64_t* keep) {
  if (keep == nullptr) return nullptr;
  keep = std::copy_n(s.plus, words, keep);
  return std::copy_n(s.minus, words, keep);
}

/// How many rows further down a kept row has each of its words.
inline std::size_t kept_lag() noexcept {
#if EVALPP_X86_SIMD
  if (cpu_level() >= simd_level::avx512) return wave::lag;
#endif
  return 0;
}

/// All rows of a strip that is the whole matrix: its left edge rises by one in every row.
/// `first_mask` silences columns of the first word. With `keep`, the row above and every row are
/// written there, plus words and then minus words, every word `kept_lag()` rows below the word before.
inline void run_whole(state& s, std::size_t words, const rows& r, std::uint64_t first_mask,
                      std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  keep = keep_row(s, words, keep);
#if EVALPP_X86_SIMD
  // One word has nothing to wait for.
  if (words > 1 && cpu_level() >= simd_level::avx512) {
    switch (words) {
      case 2:
        return run_wave<2>(s, r, first_mask, hypothesis, keep);
      case 3:
        return run_wave<3>(s, r, first_mask, hypothesis, keep);
      case 4:
        return run_wave<4>(s, r, first_mask, hypothesis, keep);
      case 5:
        return run_wave<5>(s, r, first_mask, hypothesis, keep);
      case 6:
        return run_wave<6>(s, r, first_mask, hypothesis, keep);
      case 7:
        return run_wave<7>(s, r, first_mask, hypothesis, keep);
      default:
        return run_wave<8>(s, r, first_mask, hypothesis, keep);
    }
  }
#endif
  run_whole_portable(s, words, r, first_mask, hypothesis, keep);
}

/// Rows of a strip between two others; the first row's edge is bit 0 of the edge words. With `keep`, the
/// row above and every row are written there, plus words and then minus words.
inline void run_edged(state& s, std::size_t words, const rows& r, edge at,
                      std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  keep = keep_row(s, words, keep);
#if EVALPP_X86_SIMD
  if (cpu_level() >= simd_level::avx512) {
    switch ((words + 7) / 8) {
      case 1:
        return run_avx512<1>(s, words, r, at, hypothesis, keep);
      case 2:
        return run_avx512<2>(s, words, r, at, hypothesis, keep);
      case 3:
        return run_avx512<3>(s, words, r, at, hypothesis, keep);
      default:
        return run_avx512<4>(s, words, r, at, hypothesis, keep);
    }
  }
#endif
  run_edged_portable(s, words, r, at, hypothesis, keep);
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip
