// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/storage.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

// The kernels of the parser, for each instruction set: where a stretch of one kind of byte ends. They
// read up to 32 bytes from any place of the text, and none of them passes a zero byte: behind a text
// that is followed by `padding` zeros they need no test for its end.
//
// Twice the same four things:
//   classify(p)    of the next `step` bytes those that are quotes, and those that need a closer look
//   place(mask)    the offset of the first byte in such a mask
//   skip_space(p)  the first byte from p on that is no whitespace
//   number_end(p)  the end of the number at p; nothing when a closer look is needed
namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::size_t padding = 64;

/// The bytes of a step as bits. Only the first of each kind is sure: above it there may be too many.
template <class Mask>
struct string_bytes {
  Mask quotes;
  Mask special;  ///< backslashes, control characters, bytes beyond ASCII
};

/// A number that ends at `end`, null when the kernel does not know.
struct number_token {
  char* end = nullptr;
  bool whole = false;  ///< neither a fraction nor an exponent
};

namespace baseline {

inline constexpr std::size_t step = 8;
using mask = std::uint64_t;  // the top bit of each byte

constexpr std::uint64_t each(unsigned byte) { return byte * 0x0101010101010101u; }
/// Zero bytes: the first one is sure.
constexpr mask zeros(std::uint64_t word) { return (word - each(1)) & ~word & each(0x80); }

inline std::size_t place(mask found) { return static_cast<std::size_t>(std::countr_zero(found)) / 8; }

EVALPP_ALWAYS_INLINE string_bytes<mask> classify(const char* p) {
  const std::uint64_t word = load8(p);
  const mask below_space = (word - each(0x20)) & ~word;
  return {zeros(word ^ each('"')), (zeros(word ^ each('\\')) | below_space | word) & each(0x80)};
}

inline char* skip_space(char* p) {
  while (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r') {
    ++p;
    std::uint64_t other = load8(p) ^ each(' ');
    for (; other == 0; other = load8(p) ^ each(' ')) p += 8;
    p += place(other);
  }
  return p;
}

EVALPP_ALWAYS_INLINE char* digits_end(char* p) {
  for (;; p += 8) {
    const std::uint64_t word = load8(p) ^ each('0');  // digits become 0 to 9
    const std::uint64_t other = ((word + each(0x76)) | word) & each(0x80);
    if (other != 0) return p + place(other);
  }
}

EVALPP_ALWAYS_INLINE number_token number_end(char* p) {
  if (*p == '-') ++p;
  char* const first = p;
  p = digits_end(p);
  if (p == first || (*first == '0' && p != first + 1)) return {};
  const bool whole = *p != '.';
  if (!whole) {
    char* const fraction = ++p;
    p = digits_end(p);
    if (p == fraction) return {};
  }
  if (*p == 'e' || *p == 'E') return {};
  return {p, whole};
}

}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {

inline constexpr std::size_t step = 32;
using mask = std::uint32_t;

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::size_t place(mask found) {
  return static_cast<std::size_t>(std::countr_zero(found));
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i load(const char* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE mask bits(__m256i bytes) {
  return static_cast<mask>(_mm256_movemask_epi8(bytes));
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i equal(__m256i bytes, char c) {
  return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE string_bytes<mask> classify(const char* p) {
  const __m256i bytes = load(p);
  const __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
  return {bits(equal(bytes, '"')),
          bits(_mm256_or_si256(_mm256_or_si256(control, equal(bytes, '\\')), bytes))};
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE char* skip_space(char* p) {
  // A whitespace byte finds itself where its low four bits say; no other byte does.
  const __m256i table = _mm256_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0, ' ', 0, 0,
                                         0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0);
  for (;; p += step) {
    const __m256i bytes = load(p);
    const mask other = ~bits(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(table, bytes), bytes));
    if (other != 0) return p + place(other);
  }
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE number_token number_end(char* p) {
  const __m256i bytes = load(p);
  const __m256i digits = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
  const mask minus = *p == '-' ? 1 : 0;
  const mask others = bits(_mm256_cmpeq_epi8(_mm256_max_epu8(digits, _mm256_set1_epi8(10)), digits)) ^ minus;
  // Both ends from one mask: the first byte that is no digit ends the integer; where that is a point,
  // the second one ends the fraction.
  const mask first = others & (0 - others);
  const mask point = first & bits(equal(bytes, '.'));
  const mask last = others ^ point;
  const std::size_t integer = place(first);
  const std::size_t end = place(last);
  const bool leading_zero = p[minus] == '0' && integer != minus + 1u;
  if (last == 0 || integer == minus || leading_zero || end == integer + 1 || (p[end] | 0x20) == 'e')
    return {};
  return {p + end, point == 0};
}

}  // namespace avx2
#endif

}  // namespace evalpp::inline EVALPP_ABI::json::detail
