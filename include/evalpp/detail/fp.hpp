// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <bit>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// Hands a double back unchanged, and keeps the compiler from fusing or reordering across it.
///
/// Both g++ and clang contract `a * b + c` into one rounding wherever the target has FMA, which
/// changes the last bits of a score with the compiler's flags. Every product, quotient and sum of
/// a finaliser passes through here: same bits at -O2, -O2 -mfma and -O3 -march=native -ffast-math.
inline double keep(double x) noexcept {
#if defined(__GNUC__) && (defined(__x86_64__) || (defined(__i386__) && defined(__SSE2_MATH__)))
  asm volatile("" : "+x"(x));
  return x;
#elif defined(__GNUC__) && defined(__aarch64__)
  asm volatile("" : "+w"(x));
  return x;
#else
  volatile double kept = x;
  return kept;
#endif
}

/// True for NaN, judged by its bits: `x != x` is false for NaN under -ffast-math.
constexpr bool is_nan(double x) noexcept {
  return (std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffffu) > 0x7ff0000000000000u;
}

/// True for everything but NaN and the infinities, judged by its bits.
constexpr bool is_finite(double x) noexcept {
  return (std::bit_cast<std::uint64_t>(x) & 0x7ff0000000000000u) != 0x7ff0000000000000u;
}

/// True for 0 and -0, judged by the bits.
constexpr bool is_zero(double x) noexcept {
  return (std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffffu) == 0;
}

/// A double rounded to single precision; -ffast-math leaves out a mere cast there and back.
inline double single(double x) noexcept {
  const volatile float rounded = static_cast<float>(x);
  return static_cast<double>(rounded);
}

/// The count that a float holds; what no count can be is cut to 2^62 either way, NaN to 0.
inline std::int64_t whole(float x) noexcept {
  if ((std::bit_cast<std::uint32_t>(x) & 0x7fffffffu) > 0x7f800000u) return 0;
  constexpr float most = 0x1p62f;
  return static_cast<std::int64_t>(x < -most ? -most : x > most ? most : x);
}

/// `numerator / denominator` of two counts, rounded once.
inline double ratio(std::int64_t numerator, std::int64_t denominator) noexcept {
  return keep(static_cast<double>(numerator) / keep(static_cast<double>(denominator)));
}

/// The same in single precision, of counts that have it. Rounding the double is rounding once (Figueroa
/// 1995).
inline double single_ratio(std::int64_t numerator, std::int64_t denominator) noexcept {
  return single(ratio(numerator, denominator));
}

}  // namespace evalpp::inline EVALPP_ABI::detail
