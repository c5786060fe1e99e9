// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/levenshtein_strip.hpp>
#include <evalpp/metrics/detail/wave_avx512.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#if EVALPP_X86_SIMD
// The rows of levenshtein_strip.hpp as a wave: a word hands on only the horizontal step at its edge.
namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip {

/// The steps of a row in every lane, see `levenshtein_word`.
template <class Register>
struct register_steps {
  Register diagonal, down, across;
};

/// All but one operand of each is there before the sum is: it is what the next row waits for.
template <class Register>
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE register_steps<Register> steps_of(Register equal, Register plus,
                                                                            Register minus) {
  using wave::both, wave::either, wave::logic;
  const Register sum = wave::sum(both(equal, plus), plus);
  const Register reach = either(equal, minus);
  return {logic<0xBE>(sum, plus, reach),                 // (a ^ b) | c
          logic<0xF1>(minus, sum, either(plus, equal)),  // a | ~(b | c)
          logic<0xB0>(plus, sum, reach)};                // a & (~b | c)
}

/// As `run_whole`, but word w of a row is kept `lag * w` rows further down. Every word starts with a row
/// of +1, which stays as it is as long as no match and no step at its edge come in.
template <std::size_t Words>
EVALPP_TARGET_AVX512 void run_wave(state& s, const rows& r, std::uint64_t first_mask,
                                   std::span<const std::uint32_t> hypothesis, std::uint64_t* keep) {
  using lanes = wave::lanes<Words>;
  using wave::both, wave::either, wave::logic;
  constexpr std::size_t behind = wave::lag * (Words - 1);
  std::uint64_t live[Words];
  std::fill_n(live, Words, ~std::uint64_t{0});
  live[0] = first_mask;
  const lanes mask = wave::load<Words>(live);
  lanes ones, zero;
  wave::fill(ones, ~std::uint64_t{0});
  wave::fill(zero, 0);
  lanes plus = wave::load<Words>(s.plus), minus = wave::load<Words>(s.minus);
  // The words below, as the last step and the one before it left them: of these only the top bits count.
  // The first word's left edge rises by one in every row.
  lanes below_plus = wave::up(zero, ones), below_minus = zero, next_plus = below_plus, next_minus = zero;

  wave::steps steps(r.base, r.stride, hypothesis);
  const std::size_t end = hypothesis.size() + behind;
  for (std::size_t from = 0; from < end; from += wave::steps::block) {
    const std::size_t count = (std::min)(wave::steps::block, end - from);
    const std::uint64_t* const* const row = steps.next(from, count);
    for (std::size_t k = 0; k < count; ++k) {
      const lanes equal = either(both(wave::gather<Words>(row + k), mask), wave::top_bit(below_minus));
      const auto [diagonal, down, across] = steps_of(equal, plus, minus);
      const lanes down_in = wave::shift_in(down, below_plus), across_in = wave::shift_in(across, below_minus);
      below_plus = next_plus;
      below_minus = next_minus;
      next_plus = wave::up(down, ones);
      next_minus = wave::up(across, zero);
      const lanes new_plus = logic<0xF1>(across_in, diagonal, down_in);
      const lanes new_minus = both(down_in, diagonal);
      if (from + k < hypothesis.size()) {
        plus = new_plus;
        minus = new_minus;
      } else {  // words that have seen all rows stay
        const std::size_t done = (from + k - hypothesis.size()) / wave::lag + 1;
        const auto at_work = static_cast<__mmask8>(0xFFu << done);
        plus = wave::choose(at_work, new_plus, plus);
        minus = wave::choose(at_work, new_minus, minus);
      }
      if (keep != nullptr) {
        wave::store<Words>(keep, plus);
        wave::store<Words>(keep + Words, minus);
        keep += 2 * Words;
      }
    }
  }
  wave::store<Words>(s.plus, plus);
  wave::store<Words>(s.minus, minus);
}

}  // namespace evalpp::inline EVALPP_ABI::detail::levenshtein_strip
#endif
