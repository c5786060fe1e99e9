// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/scan.hpp>
#include <evalpp/json/detail/storage.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

// The steps of a scanner over JSON text, for each instruction set. Behind the text lie 64 zero bytes: a load
// may run into them, and as a zero byte is no token and in no string, nothing asks for the end of the text.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The digits of a number, counted: `-12.50e3` has a whole part of 2 and a fraction of 2.
struct number_extent {
  const char* end = nullptr;  ///< behind the last digit of the fraction; null: no number begins here
  std::uint32_t whole = 0;
  std::uint32_t fraction = 0;
};

EVALPP_ALWAYS_INLINE constexpr std::uint64_t all_bytes(unsigned char c) noexcept {
  return 0x0101010101010101U * c;
}

/// Up to eight digits as a number. No branches: which length comes next cannot be predicted.
EVALPP_ALWAYS_INLINE std::uint64_t read_digits8(const char* p, std::uint32_t count) noexcept {
  if (count == 0) return 0;
  std::uint64_t word = (load8(p) ^ all_bytes('0')) << (64 - 8 * count);
  word = word * 10 + (word >> 8);
  return (((word & 0x000000FF000000FFU) * 0x000F424000000064U) +
          (((word >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U)) >>
         32;
}

/// Up to 18.
EVALPP_ALWAYS_INLINE std::uint64_t read_digits(const char* p, std::uint32_t count) noexcept {
  std::uint64_t value = 0;
  for (; count > 8; count -= 8, p += 8) value = value * 100'000'000 + read_digits8(p, 8);
  constexpr std::uint64_t powers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
  return value * powers[count] + read_digits8(p, count);
}

namespace baseline {

struct byte_window {
  unsigned char bytes[2 * pattern_size];
};
/// From `pattern_size - n` on: n bytes that count, and others that do not.
inline constexpr byte_window counting = [] {
  byte_window made{};
  for (std::size_t i = 0; i < pattern_size; ++i) made.bytes[i] = 0xFF;
  return made;
}();

/// Whether the text goes on with the first bytes of a key, one for each bit.
EVALPP_ALWAYS_INLINE bool goes_on_with(const char* p, const char* key, std::uint32_t bits) noexcept {
  const unsigned char* const counts =
      counting.bytes + (pattern_size - static_cast<unsigned>(std::bit_width(bits)));
  std::uint64_t differ = 0;
  for (std::size_t i = 0; i < pattern_size; i += 8) {
    std::uint64_t text = 0;
    std::uint64_t pattern = 0;
    std::uint64_t counted = 0;
    std::memcpy(&text, p + i, 8);
    std::memcpy(&pattern, key + i, 8);
    std::memcpy(&counted, counts + i, 8);
    differ |= (text ^ pattern) & counted;
  }
  return differ == 0;
}

/// The first byte that is no blank.
EVALPP_ALWAYS_INLINE const char* skip_run(const char* p) noexcept {
  for (;;) {
    // Indentation.
    std::uint64_t other = load8(p) ^ all_bytes(' ');
    for (; other == 0; other = load8(p) ^ all_bytes(' ')) p += 8;
    p += static_cast<unsigned>(std::countr_zero(other)) / 8;
    if (*p != '\n' && *p != '\r' && *p != '\t') return p;
    ++p;
  }
}

/// Whether a line feed and exactly so many blanks come next. Taking a guess is faster than counting: what
/// follows need not wait for it.
EVALPP_ALWAYS_INLINE bool is_line(const char* p, std::uint32_t indent) noexcept {
  if (*p != '\n' || indent > 16) return false;
  const std::uint64_t first = load8(p + 1) ^ all_bytes(' ');
  if (indent < 8) return (first & ((std::uint64_t{1} << (8 * indent)) - 1)) == 0 && p[indent + 1] != ' ';
  const std::uint64_t second =
      (load8(p + 9) ^ all_bytes(' ')) & ((indent == 16 ? 0 : std::uint64_t{1} << (8 * (indent - 8))) - 1);
  return (first | second) == 0 && p[indent + 1] != ' ';
}

/// The first quote, backslash, control character or byte beyond ASCII. By `string_stops` the whole reader
/// takes 6 % longer here.
EVALPP_ALWAYS_INLINE const char* find_stop(const char* p) noexcept {
  constexpr std::uint64_t ones = all_bytes(1);
  for (;; p += 8) {
    const std::uint64_t word = load8(p);
    const std::uint64_t quote = word ^ all_bytes('"');
    const std::uint64_t slash = word ^ all_bytes('\\');
    // The lowest byte that is flagged is right; those above it need not be.
    const std::uint64_t stop =
        (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((word - all_bytes(0x20)) & ~word) | word) &
        all_bytes(0x80);
    if (stop != 0) return p + static_cast<unsigned>(std::countr_zero(stop)) / 8;
  }
}

EVALPP_ALWAYS_INLINE std::uint32_t count_digits_from(const char* p) noexcept {
  for (std::uint32_t count = 0;; count += 8) {
    const std::uint64_t word = load8(p + count) ^ all_bytes('0');
    const std::uint64_t other = ((word + all_bytes(0x76)) | word) & all_bytes(0x80);
    if (other != 0) return count + static_cast<std::uint32_t>(std::countr_zero(other)) / 8;
  }
}

EVALPP_ALWAYS_INLINE number_extent find_number(const char* p) noexcept {
  p += *p == '-' ? 1 : 0;
  number_extent shape;
  shape.whole = count_digits_from(p);
  const bool zero = *p == '0';
  if (((shape.whole == 0) | (zero & (shape.whole != 1))) != 0) return shape;
  shape.end = p + shape.whole;
  if (*shape.end == '.') {
    shape.fraction = count_digits_from(shape.end + 1);
    shape.end = shape.fraction != 0 ? shape.end + 1 + shape.fraction : nullptr;
  }
  return shape;
}

}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool goes_on_with(const char* p, const char* key,
                                                          std::uint32_t bits) noexcept {
  return (~avx2::bits(_mm256_cmpeq_epi8(load(p), load(key))) & bits) == 0;
}

/// Of well-formed UTF-8: the bytes that continue none.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::size_t count_code_points(const char* p,
                                                                      std::size_t size) noexcept {
  std::size_t count = 0;
  for (std::size_t at = 0; at < size; at += 32) {
    const std::uint32_t begin = avx2::bits(_mm256_cmpgt_epi8(load(p + at), _mm256_set1_epi8(-65)));
    const std::size_t left = size - at;
    count += static_cast<unsigned>(std::popcount(left < 32 ? begin & ((1U << left) - 1) : begin));
  }
  return count;
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE const char* find_stop(const char* p) noexcept {
  for (;; p += step) {
    if (const mask stops = string_stops(p); stops != 0) return p + place(stops);
  }
}

/// One load gives both ends, unless the number is long.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE number_extent find_number(const char* p) noexcept {
  const __m256i digit = _mm256_sub_epi8(load(p), _mm256_set1_epi8('0'));
  const std::uint32_t other =
      ~avx2::bits(_mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit));
  const std::uint32_t sign = other & 1;
  const std::uint32_t ends = other & ~1U;
  const std::uint32_t rest = ends & (ends - 1);
  if (rest == 0) return baseline::find_number(p);
  const auto first_end = static_cast<std::uint32_t>(std::countr_zero(ends));
  number_extent shape;
  shape.whole = first_end - sign;
  // No branches: half of all numbers between -1 and 1 would take each of them.
  const bool no_sign = *p != '-';
  const bool leading_zero = p[sign] == '0';
  if (((shape.whole == 0) | ((sign != 0) & no_sign) | (leading_zero & (shape.whole != 1))) != 0) return shape;
  if (p[first_end] != '.') {
    shape.end = p + first_end;
    return shape;
  }
  const auto second_end = static_cast<std::uint32_t>(std::countr_zero(rest));
  shape.fraction = second_end - first_end - 1;
  shape.end = shape.fraction != 0 ? p + second_end : nullptr;
  return shape;
}

}  // namespace avx2
#endif

}  // namespace evalpp::inline EVALPP_ABI::json::detail
