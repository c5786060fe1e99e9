// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/fused_program.hpp>

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
struct number_shape {
  const char* end = nullptr;  ///< behind the last digit of the fraction; null: no number begins here
  std::uint32_t whole = 0;
  std::uint32_t fraction = 0;
};

/// Where a string has to be looked at.
struct string_stop {
  const char* at = nullptr;  ///< the first quote, backslash or control character
  bool wide = false;         ///< before it comes a byte that is not ASCII
};

/// Eight bytes, the first one lowest.
EVALPP_ALWAYS_INLINE std::uint64_t load_word(const char* p) noexcept {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, p, 8);
  } else {
    for (int i = 7; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(p[i]);
  }
  return word;
}

EVALPP_ALWAYS_INLINE constexpr std::uint64_t all_bytes(unsigned char c) noexcept {
  return 0x0101010101010101U * c;
}

/// Up to eight digits as a number. No branches: which length comes next cannot be predicted.
EVALPP_ALWAYS_INLINE std::uint64_t read_digits8(const char* p, std::uint32_t count) noexcept {
  if (count == 0) return 0;
  std::uint64_t word = (load_word(p) ^ all_bytes('0')) << (64 - 8 * count);
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

/// Whether the text goes on with the key.
EVALPP_ALWAYS_INLINE bool goes_on_with(const char* p, const fused_key& key) noexcept {
  const unsigned char* const mask =
      counting.bytes + (pattern_size - static_cast<unsigned>(std::bit_width(key.bits)));
  std::uint64_t differ = 0;
  for (std::size_t i = 0; i < pattern_size; i += 8) {
    std::uint64_t text = 0;
    std::uint64_t pattern = 0;
    std::uint64_t counts = 0;
    std::memcpy(&text, p + i, 8);
    std::memcpy(&pattern, key.pattern + i, 8);
    std::memcpy(&counts, mask + i, 8);
    differ |= (text ^ pattern) & counts;
  }
  return differ == 0;
}

EVALPP_ALWAYS_INLINE const char* skip_blanks(const char* p) noexcept {
  for (;;) {
    if (static_cast<unsigned char>(*p) > ' ') return p;
    if (*p == '\n' || *p == '\r' || *p == '\t') {
      ++p;
    } else if (*p != ' ') {
      return p;
    }
    // Indentation.
    for (;;) {
      const std::uint64_t other = load_word(p) ^ all_bytes(' ');
      if (other != 0) {
        p += static_cast<unsigned>(std::countr_zero(other)) / 8;
        break;
      }
      p += 8;
    }
  }
}

/// From behind the opening quote.
EVALPP_ALWAYS_INLINE string_stop find_stop(const char* p) noexcept {
  constexpr std::uint64_t ones = all_bytes(1);
  constexpr std::uint64_t highs = all_bytes(0x80);
  std::uint64_t wide = 0;
  for (;; p += 8) {
    const std::uint64_t word = load_word(p);
    const std::uint64_t quote = word ^ all_bytes('"');
    const std::uint64_t slash = word ^ all_bytes('\\');
    // The lowest byte that is flagged is right; those above it need not be.
    const std::uint64_t stop =
        (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((word - all_bytes(0x20)) & ~word)) & highs;
    if (stop == 0) {
      wide |= word & highs;
      continue;
    }
    wide |= word & highs & (stop ^ (stop - 1)) >> 1;
    return {p + static_cast<unsigned>(std::countr_zero(stop)) / 8, wide != 0};
  }
}

EVALPP_ALWAYS_INLINE std::uint32_t count_digits_from(const char* p) noexcept {
  for (std::uint32_t count = 0;; count += 8) {
    const std::uint64_t word = load_word(p + count) ^ all_bytes('0');
    const std::uint64_t other = ((word + all_bytes(0x76)) | word) & all_bytes(0x80);
    if (other != 0) return count + static_cast<std::uint32_t>(std::countr_zero(other)) / 8;
  }
}

EVALPP_ALWAYS_INLINE number_shape find_number(const char* p) noexcept {
  if (*p == '-') ++p;
  number_shape shape;
  shape.whole = count_digits_from(p);
  if (shape.whole == 0 || (*p == '0' && shape.whole != 1)) return shape;
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

EVALPP_TARGET_AVX2 inline bool goes_on_with(const char* p, const fused_key& key) noexcept {
  const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  const __m256i pattern = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(key.pattern));
  const auto same = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, pattern)));
  return (~same & key.bits) == 0;
}

EVALPP_TARGET_AVX2 inline const char* skip_blanks(const char* p) noexcept {
  if (static_cast<unsigned char>(*p) > ' ') return p;
  // Each blank in the place of its low four bits.
  const __m256i blanks =
      _mm256_setr_epi8(' ', -1, -1, -1, -1, -1, -1, -1, -1, '\t', '\n', -1, -1, '\r', -1, -1,  //
                       ' ', -1, -1, -1, -1, -1, -1, -1, -1, '\t', '\n', -1, -1, '\r', -1, -1);
  for (;; p += 32) {
    const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    const __m256i same = _mm256_cmpeq_epi8(_mm256_shuffle_epi8(blanks, text), text);
    const std::uint32_t other = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(same));
    if (other != 0) return p + std::countr_zero(other);
  }
}

EVALPP_TARGET_AVX2 inline string_stop find_stop(const char* p) noexcept {
  std::uint32_t wide = 0;
  for (;; p += 32) {
    const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    const __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(text, _mm256_set1_epi8(0x1F)), text);
    const __m256i quote = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('"'));
    const __m256i slash = _mm256_cmpeq_epi8(text, _mm256_set1_epi8('\\'));
    const auto stop = static_cast<std::uint32_t>(
        _mm256_movemask_epi8(_mm256_or_si256(control, _mm256_or_si256(quote, slash))));
    const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(text));
    if (stop == 0) {
      wide |= high;
      continue;
    }
    wide |= high & (stop ^ (stop - 1));
    return {p + std::countr_zero(stop), wide != 0};
  }
}

EVALPP_TARGET_AVX2 inline number_shape find_number(const char* p) noexcept {
  // One load gives both ends, unless the number is long.
  const bool minus = *p == '-';
  const char* const first = p + (minus ? 1 : 0);
  const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(first));
  const __m256i digit = _mm256_sub_epi8(text, _mm256_set1_epi8('0'));
  const __m256i same = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
  const std::uint32_t other = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(same));
  const auto whole = static_cast<std::uint32_t>(std::countr_zero(other));
  const std::uint32_t rest = other & (other - 1);
  if (rest == 0) return baseline::find_number(p);
  number_shape shape;
  shape.whole = whole;
  if (whole == 0 || (*first == '0' && whole != 1)) return shape;
  if (first[whole] != '.') {
    shape.end = first + whole;
    return shape;
  }
  const auto end = static_cast<std::uint32_t>(std::countr_zero(rest));
  shape.fraction = end - whole - 1;
  shape.end = shape.fraction != 0 ? first + end : nullptr;
  return shape;
}

}  // namespace avx2
#endif

}  // namespace evalpp::inline EVALPP_ABI::json::detail
