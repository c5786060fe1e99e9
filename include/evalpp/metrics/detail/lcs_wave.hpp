// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/match_masks.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/wave_avx512.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#if EVALPP_X86_SIMD
// The recurrence of lcs.hpp as a wave: a word hands on only the carry of its addition.
namespace evalpp::inline EVALPP_ABI::detail {

/// The last column for a reference of up to 64 * Words tokens.
template <std::size_t Words>
EVALPP_TARGET_AVX512 void lcs_column_wave(std::span<const std::uint32_t> hypothesis, const match_masks& masks,
                                          std::array<std::uint64_t, Words>& column) noexcept {
  using lanes = wave::lanes<Words>;
  lanes zero, s;
  wave::fill(zero, 0);
  wave::fill(s, ~std::uint64_t{0});
  // The carries into the words, as the last step and the one before it left them.
  lanes carry = zero, next_carry = zero;
  wave::steps steps(masks.row(0), masks.words(), hypothesis);
  // Words that have seen all tokens stay: without a match or a carry a step changes nothing.
  const std::size_t end = hypothesis.size() + wave::lag * (Words - 1);
  for (std::size_t from = 0; from < end; from += wave::steps::block) {
    const std::size_t count = (std::min)(wave::steps::block, end - from);
    const std::uint64_t* const* const row = steps.next(from, count);
    for (std::size_t k = 0; k < count; ++k) {
      const lanes u = wave::both(s, wave::gather<Words>(row + k));
      const lanes sum = wave::sum(wave::sum(s, u), carry);
      const lanes out =
          wave::logic<0xD4>(s, u, sum);  // the top bit: of two addends, or of one and not the sum
      s = wave::logic<0xBE>(s, u, sum);
      carry = next_carry;
      next_carry = wave::up(wave::top_bit(out), zero);
    }
  }
  wave::store<Words>(column.data(), s);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
#endif
