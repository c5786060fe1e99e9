// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// `a + b + carry` in a chain of words; `carry` becomes the carry out.
inline std::uint64_t add_with_carry(std::uint64_t a, std::uint64_t b, std::uint8_t& carry) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  unsigned long long sum;
  carry = __builtin_ia32_addcarryx_u64(carry, a, b, &sum);
  return sum;
#else
  const std::uint64_t partial = a + b;
  const std::uint64_t sum = partial + carry;
  carry = static_cast<std::uint8_t>((partial < a) | (sum < partial));
  return sum;
#endif
}

/// One step of the recurrence of lcs.hpp on `Words` words, by fours: the sums of four come first,
/// one after the other, so that the carry can stay in the processor's flag.
template <std::size_t Words>
void lcs_words(std::uint64_t* column, const std::uint64_t* match, std::uint8_t& carry) noexcept {
  constexpr std::size_t fours = Words - Words % 4;
  for (std::size_t w = 0; w < fours; w += 4) {
    const std::uint64_t s0 = column[w], s1 = column[w + 1], s2 = column[w + 2], s3 = column[w + 3];
    const std::uint64_t u0 = s0 & match[w], u1 = s1 & match[w + 1];
    const std::uint64_t u2 = s2 & match[w + 2], u3 = s3 & match[w + 3];
    const std::uint64_t t0 = add_with_carry(s0, u0, carry);
    const std::uint64_t t1 = add_with_carry(s1, u1, carry);
    const std::uint64_t t2 = add_with_carry(s2, u2, carry);
    const std::uint64_t t3 = add_with_carry(s3, u3, carry);
    column[w] = t0 | (s0 ^ u0);
    column[w + 1] = t1 | (s1 ^ u1);
    column[w + 2] = t2 | (s2 ^ u2);
    column[w + 3] = t3 | (s3 ^ u3);
  }
  for (std::size_t w = fours; w < Words; ++w) {
    const std::uint64_t s = column[w];
    const std::uint64_t u = s & match[w];
    column[w] = add_with_carry(s, u, carry) | (s ^ u);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail
