// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/scan.hpp>

#if EVALPP_X86_SIMD
#include <immintrin.h>

// Whether bytes are UTF-8, 32 at a time, by three look-ups in tables of 16: of the two halves of the byte
// before and of the upper half of the byte itself. Each gives the faults that it does not rule out; what all
// three agree upon is one. The way of Keiser and Lemire, "Validating UTF-8 in less than one instruction per
// byte", 2021.

namespace evalpp::inline EVALPP_ABI::json::detail::avx2 {

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i upper_halves(__m256i bytes) {
  return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i look_up(__m128i table, __m256i halves) {
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), halves);
}

/// The faults in the 32 bytes at `p`; the three before them are looked at, too. A character that is cut off
/// at the end is none: it is found with the bytes that follow.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i utf8_faults(const char* p) {
  // The faults of two neighbours.
  constexpr char too_short = 1;    // a lead byte, and no continuation
  constexpr char too_long = 2;     // ASCII, and a continuation
  constexpr char overlong_3 = 4;   // E0 and less than A0
  constexpr char surrogate = 8;    // ED and more than 9F
  constexpr char overlong_2 = 16;  // C0 or C1
  constexpr char too_large = 32;   // F4 and more than 8F, F5 and above
  constexpr char overlong_4 = 64;  // F0 and less than 90; also F5 and above, and less than 90
  constexpr char two_more = -128;  // two continuations: no fault where two or three bytes before ask for them
  constexpr auto whatever = static_cast<char>(too_short | too_long | two_more);  // a lower half says nothing
  const __m256i bytes = load(p);
  const __m256i before = load(p - 1);

  const __m256i by_upper_before = look_up(
      _mm_setr_epi8(too_long, too_long, too_long, too_long, too_long, too_long, too_long, too_long,  //
                    two_more, two_more, two_more, two_more, too_short | overlong_2, too_short,
                    too_short | overlong_3 | surrogate, too_short | too_large | overlong_4),
      upper_halves(before));
  constexpr char five_up = whatever | too_large | overlong_4;
  const __m256i by_lower_before = look_up(
      _mm_setr_epi8(whatever | overlong_3 | overlong_2 | overlong_4, whatever | overlong_2, whatever,
                    whatever, whatever | too_large, five_up, five_up, five_up, five_up, five_up, five_up,
                    five_up, five_up, static_cast<char>(five_up | surrogate), five_up, five_up),
      _mm256_and_si256(before, _mm256_set1_epi8(0x0F)));
  constexpr char follows = static_cast<char>(too_long | overlong_2 | two_more);
  const __m256i by_upper =
      look_up(_mm_setr_epi8(too_short, too_short, too_short, too_short, too_short, too_short, too_short,
                            too_short, static_cast<char>(follows | overlong_3 | overlong_4),
                            static_cast<char>(follows | overlong_3 | too_large),
                            static_cast<char>(follows | surrogate | too_large),
                            static_cast<char>(follows | surrogate | too_large), too_short, too_short,
                            too_short, too_short),
              upper_halves(bytes));
  const __m256i faults = _mm256_and_si256(_mm256_and_si256(by_upper_before, by_lower_before), by_upper);

  // Where E0 and above stand two bytes before, or F0 and above three, a second continuation has to be.
  const __m256i third = _mm256_subs_epu8(load(p - 2), _mm256_set1_epi8(static_cast<char>(0xE0 - 0x80)));
  const __m256i fourth = _mm256_subs_epu8(load(p - 3), _mm256_set1_epi8(static_cast<char>(0xF0 - 0x80)));
  const __m256i expected =
      _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
  return _mm256_xor_si256(expected, faults);
}

/// Whether the 64 bytes at `p` are UTF-8 as far as they go, after the three before them.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool is_utf8_block(const char* p) {
  const __m256i faults = _mm256_or_si256(utf8_faults(p), utf8_faults(p + 32));
  return _mm256_testz_si256(faults, faults) != 0;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail::avx2
#endif
