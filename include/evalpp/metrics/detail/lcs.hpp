// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/match_masks.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/lcs_carry.hpp>
#include <evalpp/metrics/detail/lcs_strip.hpp>
#include <evalpp/metrics/detail/lcs_wave.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

// The longest common subsequence, 64 cells of the table at a time.
//
// A column of the table only ever steps up by 0 or 1, so it fits in one bit per reference position:
// in S a 0 says "the LCS grows by one here". With P the positions that hold the next hypothesis
// token, the next column is (S + (S & P)) | (S & ~P): the addition moves each 0 down to the lowest
// match of its block (Hyyro, "Bit-parallel LCS-length computation revisited", 2004). The length is
// the number of zeros in the end.
namespace evalpp::inline EVALPP_ABI::detail {

/// References of up to 64 * Words tokens, one stored row of bits per token.
template <std::size_t Words>
std::size_t lcs_length_in_rows(std::span<const std::uint32_t> hypothesis, const match_masks& masks) noexcept {
  std::array<std::uint64_t, Words> column;
#if EVALPP_X86_SIMD
  if (Words > 2 && cpu_level() >= simd_level::avx512) {
    lcs_column_wave(hypothesis, masks, column);
  } else
#endif
  {
    column.fill(~std::uint64_t{0});
    for (const std::uint32_t id : hypothesis) {
      std::uint8_t carry = 0;
      lcs_words<Words>(column.data(), masks.row(id), carry);
    }
  }
  std::size_t length = 0;
  for (const std::uint64_t word : column) length += static_cast<std::size_t>(std::popcount(~word));
  return length;
}

using lcs_scratch = lcs_strip_scratch;

/// The length of the longest common subsequence of a hypothesis and an encoded reference over a
/// dictionary of `vocabulary` ids. O(hypothesis * reference / 64) at worst, memory linear.
inline std::size_t lcs_length(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                              std::uint32_t vocabulary, lcs_scratch& scratch) {
  if (!reference.masks.has_rows())
    return lcs_length_in_strips(hypothesis, reference.ids, vocabulary, scratch);
  switch (reference.masks.words()) {
    case 0:
      return 0;
    case 1:
      return lcs_length_in_rows<1>(hypothesis, reference.masks);
    case 2:
      return lcs_length_in_rows<2>(hypothesis, reference.masks);
    case 3:
      return lcs_length_in_rows<3>(hypothesis, reference.masks);
    case 4:
      return lcs_length_in_rows<4>(hypothesis, reference.masks);
    case 5:
      return lcs_length_in_rows<5>(hypothesis, reference.masks);
    case 6:
      return lcs_length_in_rows<6>(hypothesis, reference.masks);
    case 7:
      return lcs_length_in_rows<7>(hypothesis, reference.masks);
    default:
      return lcs_length_in_rows<8>(hypothesis, reference.masks);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail
