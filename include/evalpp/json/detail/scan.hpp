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
//   string_stops(p)  of the next `step` bytes those that plain ASCII in a string cannot be
//   place(mask)      the offset of the first byte in such a mask
//   is_at(mask, n)   is it n? To guess right and go on at once beats waiting for place()
//   begins_with(p, text, n)  are the n bytes at p those of the text, 1 to 32? Reads 32 of both
//   skip_space(p)    the first byte from p on that is no whitespace; with a guess of how many there are
//   number_end(p)    the end of the number at p; nothing when a closer look is needed
namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::size_t padding = 64;

/// A number that ends at `end`, null when the kernel does not know.
struct number_token {
  char* end = nullptr;
  bool whole = false;  ///< neither a fraction nor an exponent
};

namespace baseline {

inline constexpr std::size_t step = 8;
using mask = std::uint64_t;  // the top bit of each byte; above the first one there may be too many

constexpr std::uint64_t each(unsigned byte) { return byte * 0x0101010101010101u; }
/// Zero bytes: the first one is sure.
constexpr mask zeros(std::uint64_t word) { return (word - each(1)) & ~word & each(0x80); }

inline std::size_t place(mask found) { return static_cast<std::size_t>(std::countr_zero(found)) / 8; }
inline bool is_at(mask found, std::size_t n) { return n < step && found << (56 - 8 * n) == mask{1} << 63; }

EVALPP_ALWAYS_INLINE bool begins_with(const char* p, const char* text, std::size_t n) {
  for (; n > 8; n -= 8, p += 8, text += 8) {
    if (load8(p) != load8(text)) return false;
  }
  return n == 0 || (load8(p) ^ load8(text)) << (64 - 8 * n) == 0;
}

EVALPP_ALWAYS_INLINE mask string_stops(const char* p) {
  const std::uint64_t word = load8(p);
  const mask below_space = (word - each(0x20)) & ~word;
  return (zeros(word ^ each('"')) | zeros(word ^ each('\\')) | below_space | word) & each(0x80);
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

EVALPP_ALWAYS_INLINE char* skip_space(char* p, std::uint8_t&) { return skip_space(p); }

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
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool is_at(mask found, std::size_t n) {
  return found << (31 - n) == mask{1} << 31;
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i load(const char* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE mask bits(__m256i bytes) {
  return static_cast<mask>(_mm256_movemask_epi8(bytes));
}

// Constants in memory: the compilers would make them anew each time, in three instructions.
struct alignas(32) constant {
  char bytes[32];
};
constexpr constant all(char c) {
  constant made{};
  for (char& byte : made.bytes) byte = c;
  return made;
}
// Each of the given bytes at the place that its low four bits number, for a shuffle: it gives the byte
// itself for these, and something else for all others.
template <std::size_t N>
constexpr constant by_low_bits(const char (&set)[N]) {
  constant made = all(0);
  made.bytes[0] = made.bytes[16] = 0x7F;  // the zero's own place
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const auto low = static_cast<std::size_t>(static_cast<unsigned char>(set[i]) & 0xFU);
    made.bytes[low] = made.bytes[16 + low] = set[i];
  }
  return made;
}
inline constexpr constant spaces = by_low_bits(" \t\n\r");
inline constexpr constant quoting = by_low_bits("\"\\");
inline constexpr constant first_plain = all(' ');
inline constexpr constant minus = all('-');
inline constexpr constant zero = all('0');
inline constexpr constant point = all('.');
inline constexpr constant ten = all(10);
inline constexpr constant minus_to_nine = all('9' - '-');

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i load(const constant& c) {
  return _mm256_load_si256(reinterpret_cast<const __m256i*>(c.bytes));
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool begins_with(const char* p, const char* text, std::size_t n) {
  return ~bits(_mm256_cmpeq_epi8(load(p), load(text))) << (32 - n) == 0;
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE mask string_stops(const char* p) {
  const __m256i bytes = load(p);
  // Signed: what is below a blank is a control character or beyond ASCII.
  const __m256i special = _mm256_cmpgt_epi8(load(first_plain), bytes);
  return bits(_mm256_or_si256(special, _mm256_cmpeq_epi8(_mm256_shuffle_epi8(load(quoting), bytes), bytes)));
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE char* skip_space(char* p) {
  for (;; p += step) {
    const __m256i bytes = load(p);
    const mask other = ~bits(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(load(spaces), bytes), bytes));
    if (other != 0) return p + place(other);
  }
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE char* skip_space(char* p, std::uint8_t& guess) {
  const __m256i bytes = load(p);
  const mask other = ~bits(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(load(spaces), bytes), bytes));
  if (is_at(other, guess)) return p + guess;
  if (other == 0) return skip_space(p + step);
  guess = static_cast<std::uint8_t>(place(other));
  return p + place(other);
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE number_token number_end(char* p) {
  const __m256i bytes = load(p);
  // The number ends where the bytes from '-' to '9' do. What it is made of is checked beside that.
  const __m256i from_minus = _mm256_sub_epi8(bytes, load(minus));
  const mask within = bits(_mm256_cmpeq_epi8(_mm256_min_epu8(from_minus, load(minus_to_nine)), from_minus));
  const std::size_t end = place(~within);
  const __m256i from_zero = _mm256_sub_epi8(bytes, load(zero));
  const mask no_digit = bits(_mm256_cmpeq_epi8(_mm256_max_epu8(from_zero, load(ten)), from_zero));
  const mask points = bits(_mm256_cmpeq_epi8(bytes, load(point)));
  const mask sign = *p == '-' ? 1 : 0;
  const mask inside = no_digit & ((within ^ (within + 1)) >> 1) & ~sign;  // a point at most
  const mask ends = mask{1} << sign | ((within + 1) & ~within) >> 1;      // where it may not be
  const mask leading_zero = (p[sign] == '0' ? 1U : 0U) & ~(no_digit >> (sign + 1));
  const mask wrong = (inside & (inside - 1)) | (inside & ~points) | (inside & ends) | leading_zero |
                     (end == sign ? 1U : 0U) | (within + 1 == 0 ? 1U : 0U) |
                     ((p[end] | 0x20) == 'e' ? 1U : 0U);
  if (wrong != 0) return {};
  return {p + end, inside == 0};
}

}  // namespace avx2
#endif

}  // namespace evalpp::inline EVALPP_ABI::json::detail
