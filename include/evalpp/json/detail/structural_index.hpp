// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/json/detail/scan.hpp>
#include <evalpp/json/detail/storage.hpp>
#include <evalpp/json/detail/utf8_kernel.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if EVALPP_X86_SIMD
#include <immintrin.h>

// Where the tokens of a JSON text are, found 64 bytes at a time without a branch on what they are, so that
// the reader after it never searches. The idea is that of Langdale and Lemire, "Parsing gigabytes of JSON per
// second", 2019; here the index has the quotes that close strings, too, and the backslashes in them.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Of 64 bytes those that are one thing, a bit each.
struct block_bits {
  std::uint64_t quote;
  std::uint64_t backslash;
  std::uint64_t control;    ///< below a blank
  std::uint64_t structure;  ///< one of []{}:,
  std::uint64_t blank;      ///< one of the four whitespaces
  std::uint64_t beyond_ascii;
};

/// What one block of 64 bytes leaves to the next.
struct index_state {
  std::uint64_t in_string = 0;  ///< all ones: the block begins inside a string
  std::uint64_t escaped = 0;    ///< 1: its first byte is escaped
  std::uint64_t scalar = 0;     ///< 1: a number or a literal may go on
  std::uint64_t control = 0;    ///< bits of control characters where none may be
  std::uint64_t cut = 0;        ///< not 0: a character may go on

  /// The tokens: quotes, backslashes that escape, brackets, commas, colons, and where a number or a literal
  /// begins.
  EVALPP_ALWAYS_INLINE std::uint64_t tokens(block_bits block) {
    std::uint64_t escapes = 0;
    if ((block.backslash | escaped) != 0) [[unlikely]] {
      std::uint64_t left = block.backslash & ~escaped;
      while (left != 0) {
        const std::uint64_t one = left & (~left + 1);
        escapes |= one;
        left &= ~(one | one << 1);
      }
      block.quote &= ~(escapes << 1 | escaped);
      escaped = escapes >> 63;
    }
    const std::uint64_t inside = odd_quotes(block.quote) ^ in_string;  // with the quote that opens
    in_string = ~(inside >> 63) + 1;
    control |= block.control & (inside | ~block.blank);
    const std::uint64_t scalars = ~(block.structure | block.blank | inside | block.quote);
    const std::uint64_t begins = scalars & ~(scalars << 1 | scalar);
    scalar = scalars >> 63;
    return block.quote | (escapes & inside) | (block.structure & ~inside) | begins;
  }

 private:
  /// Each bit with an odd number of quotes up to and including it.
  static EVALPP_ALWAYS_INLINE std::uint64_t odd_quotes(std::uint64_t bits) {
    for (int by = 1; by < 64; by *= 2) bits ^= bits << by;
    return bits;
  }
};

/// The tokens of a text by their offsets, ascending. Behind the last one the end of the text stands a few
/// times.
struct structural_index {
  /// Longer texts would need much memory for it.
  static constexpr std::size_t max_size = std::size_t{1} << 22;
  /// Entries behind the last one that may be read or written.
  static constexpr std::size_t slack = 64;

  buffer<std::uint32_t> places;
  std::size_t count = 0;
  bool ascii = true;  ///< nothing beyond it

  void reserve(std::size_t text_size) {
    if (places.size() < text_size + slack) places.resize(text_size + slack);
  }
};

inline constexpr std::size_t block_size = 64;

namespace avx2 {

struct block {
  __m256i low;
  __m256i high;
};

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE block load_block(const char* from) {
  return {load(from), load(from + 32)};
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE block copy_block(const char* from, char* to) {
  const block b = load_block(from);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), b.low);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + 32), b.high);
  return b;
}
/// Of `n` bytes, and zeros behind them.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE block copy_rest(const char* from, std::size_t n, char* to) {
  std::memset(to, 0, block_size);
  std::memcpy(to, from, n);
  return load_block(to);
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::uint64_t bits(__m256i low, __m256i high) {
  return bits(low) | static_cast<std::uint64_t>(bits(high)) << 32;
}
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::uint64_t equal(const block& b, const constant& to) {
  return bits(_mm256_cmpeq_epi8(b.low, load(to)), _mm256_cmpeq_epi8(b.high, load(to)));
}
/// The bytes that stand in `set` at the place of their low four bits; a bracket of either kind when a bit is
/// set.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE __m256i among(__m256i bytes, const constant& set, __m256i as) {
  return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(load(set), bytes), as);
}

inline constexpr constant quotes = all('"');
inline constexpr constant backslashes = all('\\');
inline constexpr constant controls = all(0x1F);
inline constexpr constant structures = by_low_bits("{}:,");

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE block_bits classify(const block& b) {
  const __m256i letter_case = load(first_plain);  // 0x20 makes of [ and ] { and }
  return {equal(b, quotes),
          equal(b, backslashes),
          bits(_mm256_cmpeq_epi8(_mm256_min_epu8(b.low, load(controls)), b.low),
               _mm256_cmpeq_epi8(_mm256_min_epu8(b.high, load(controls)), b.high)),
          bits(among(b.low, structures, _mm256_or_si256(b.low, letter_case)),
               among(b.high, structures, _mm256_or_si256(b.high, letter_case))),
          bits(among(b.low, spaces, b.low), among(b.high, spaces, b.high)),
          bits(b.low, b.high)};
}

/// For each byte the places of its bits, one byte each.
inline constexpr auto bit_places = [] {
  std::array<std::array<char, 8>, 256> places{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    std::size_t count = 0;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if ((byte >> bit & 1) != 0) places[byte][count++] = static_cast<char>(bit);
    }
  }
  return places;
}();

/// Writes the places of the bits, at most `block_size`, and returns what follows them. Eight at once, whether
/// they are there or not: how many there are is hard to predict.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::uint32_t* write_places(std::uint32_t* out, std::uint32_t base,
                                                                    std::uint64_t tokens) {
  for (std::uint32_t at = 0; at < block_size; at += 8, tokens >>= 8) {
    const auto byte = static_cast<std::size_t>(tokens & 0xFF);
    const __m128i places = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(bit_places[byte].data()));
    _mm256_storeu_si256(
        reinterpret_cast<__m256i*>(out),
        _mm256_add_epi32(_mm256_cvtepu8_epi32(places), _mm256_set1_epi32(static_cast<int>(base + at))));
    out += std::popcount(byte);
  }
  return out;
}

#define EVALPP_JSON_TARGET EVALPP_TARGET_AVX2
#include <evalpp/json/detail/structural_index.ipp>
#undef EVALPP_JSON_TARGET

}  // namespace avx2

// The maskz forms stand where g++ 12 warns inside the plain ones (an undefined operand that is not used).
namespace avx512 {

using block = __m512i;

EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE block copy_block(const char* from, char* to) {
  const block b = _mm512_loadu_si512(from);
  _mm512_storeu_si512(to, b);
  return b;
}
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE block copy_rest(const char* from, std::size_t n, char* to) {
  const block b = _mm512_maskz_loadu_epi8(~std::uint64_t{0} >> (block_size - n), from);
  _mm512_storeu_si512(to, b);
  return b;
}

EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE block all(char c) { return _mm512_set1_epi8(c); }
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE block look_up(const avx2::constant& set, block bytes) {
  const __m128i table = _mm_load_si128(reinterpret_cast<const __m128i*>(set.bytes));
  return _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xFFFF, table), bytes);
}

EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE block_bits classify(block b) {
  return {_mm512_cmpeq_epi8_mask(b, all('"')),
          _mm512_cmpeq_epi8_mask(b, all('\\')),
          _mm512_cmplt_epu8_mask(b, all(' ')),
          _mm512_cmpeq_epi8_mask(look_up(avx2::structures, b), _mm512_or_si512(b, all(' '))),
          _mm512_cmpeq_epi8_mask(look_up(avx2::spaces, b), b),
          _mm512_movepi8_mask(b)};
}

inline constexpr auto zero_to_63 = [] {
  std::array<unsigned char, 64> places{};
  for (std::size_t i = 0; i < 64; ++i) places[i] = static_cast<unsigned char>(i);
  return places;
}();

EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE void write_16(std::uint32_t* out, __m128i places, __m512i base) {
  _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_maskz_cvtepu8_epi32(0xFFFF, places)));
}
EVALPP_TARGET_AVX512 EVALPP_ALWAYS_INLINE std::uint32_t* write_places(std::uint32_t* out, std::uint32_t base,
                                                                      std::uint64_t tokens) {
  const __m512i places = _mm512_maskz_compress_epi8(tokens, _mm512_loadu_si512(zero_to_63.data()));
  const __m512i bases = _mm512_set1_epi32(static_cast<int>(base));
  const int count = std::popcount(tokens);
  // 32 at once, whether they are there or not: how many there are is hard to predict.
  write_16(out, _mm512_maskz_extracti32x4_epi32(0xF, places, 0), bases);
  write_16(out + 16, _mm512_maskz_extracti32x4_epi32(0xF, places, 1), bases);
  if (count > 32) [[unlikely]] {
    write_16(out + 32, _mm512_maskz_extracti32x4_epi32(0xF, places, 2), bases);
    write_16(out + 48, _mm512_maskz_extracti32x4_epi32(0xF, places, 3), bases);
  }
  return out + count;
}

#define EVALPP_JSON_TARGET EVALPP_TARGET_AVX512
#include <evalpp/json/detail/structural_index.ipp>
#undef EVALPP_JSON_TARGET

}  // namespace avx512

/// Copies `text`, of `structural_index::max_size` bytes at most, to `copy`, which is followed by `padding`
/// zeros then, and finds its tokens. False where it is no JSON for certain: strings that do not end, control
/// characters, malformed UTF-8. Needs AVX2.
inline bool index_tokens(std::string_view text, char* copy, structural_index& to) {
  to.reserve(text.size());
  return evalpp::detail::cpu_level() >= evalpp::detail::simd_level::avx512
             ? avx512::index_tokens(text, copy, to)
             : avx2::index_tokens(text, copy, to);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
#endif
