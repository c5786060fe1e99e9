// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/detail/byte_sets.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

#if EVALPP_X86_SIMD
#include <immintrin.h>

// What the block scanners are made of, for instruction sets that not every machine has. The portable
// twins are in byte_sets.hpp and block_scan.hpp.

namespace evalpp::inline EVALPP_ABI::text::detail::avx2 {

EVALPP_TARGET_AVX2 inline std::uint64_t block_mask(__m256i first, __m256i second) noexcept {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(first)) |
         std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(second))} << 32;
}

// The entries of row `Row` of the table, 16 bytes, for those of the bytes that begin with that
// digit; 0 for the others.
template <unsigned Row>
EVALPP_TARGET_AVX2 inline __m256i look_up_row(__m256i bytes, const byte_sets& sets) noexcept {
  const __m128i row = _mm_load_si128(reinterpret_cast<const __m128i*>(sets.of.data() + 16 * Row));
  const __m256i from_row = _mm256_xor_si256(bytes, _mm256_set1_epi8(static_cast<char>(16 * Row)));
  // The shuffle gives 0 where the top bit is set: where the sum is more than 0x7F.
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(row),
                             _mm256_adds_epu8(from_row, _mm256_set1_epi8(0x70)));
}

constexpr bool has_row(const byte_sets& sets, unsigned row) noexcept {
  for (std::size_t i = 0; i < 16; ++i) {
    if (sets.of[16 * row + i] != 0) return true;
  }
  return false;
}

template <const byte_sets& Sets, unsigned Row = 0>
EVALPP_TARGET_AVX2 inline __m256i look_up(__m256i bytes) noexcept {
  if constexpr (Row == 16) {
    return _mm256_setzero_si256();
  } else if constexpr (!has_row(Sets, Row)) {
    return look_up<Sets, Row + 1>(bytes);
  } else {
    return _mm256_or_si256(look_up_row<Row>(bytes, Sets), look_up<Sets, Row + 1>(bytes));
  }
}

template <const byte_sets& Sets>
EVALPP_TARGET_AVX2 inline block_masks classify_block(const char* block) noexcept {
  const __m256i* const halves = reinterpret_cast<const __m256i*>(block);
  const __m256i first = look_up<Sets>(_mm256_loadu_si256(halves));
  const __m256i second = look_up<Sets>(_mm256_loadu_si256(halves + 1));
  block_masks m;
  m.set[0] = block_mask(_mm256_slli_epi16(first, 7), _mm256_slli_epi16(second, 7));
  m.set[1] = block_mask(_mm256_slli_epi16(first, 6), _mm256_slli_epi16(second, 6));
  m.set[2] = block_mask(_mm256_slli_epi16(first, 5), _mm256_slli_epi16(second, 5));
  m.set[3] = block_mask(_mm256_slli_epi16(first, 4), _mm256_slli_epi16(second, 4));
  m.set[4] = block_mask(_mm256_slli_epi16(first, 3), _mm256_slli_epi16(second, 3));
  m.set[5] = block_mask(_mm256_slli_epi16(first, 2), _mm256_slli_epi16(second, 2));
  m.set[6] = block_mask(_mm256_slli_epi16(first, 1), _mm256_slli_epi16(second, 1));
  m.set[7] = block_mask(first, second);
  return m;
}

EVALPP_TARGET_AVX2 inline const char* copy_block_lower(const char* from, char* to,
                                                       std::size_t left) noexcept {
  const char* const read = left >= block_size ? from : copy_block(from, to, left);
  for (std::size_t i = 0; i < block_size; i += 32) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(read + i));
    const __m256i upper = _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('A' - 1)),
                                           _mm256_cmpgt_epi8(_mm256_set1_epi8('Z' + 1), bytes));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i),
                        _mm256_add_epi8(bytes, _mm256_and_si256(upper, _mm256_set1_epi8('a' - 'A'))));
  }
  return read;
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail::avx2

namespace evalpp::inline EVALPP_ABI::text::detail::avx512 {

template <const byte_sets& Sets>
EVALPP_TARGET_AVX512 inline block_masks classify_block(__m512i bytes) noexcept {
  const auto* const table = reinterpret_cast<const __m512i*>(Sets.of.data());
  const __m512i ascii =
      _mm512_permutex2var_epi8(_mm512_load_si512(table), bytes, _mm512_load_si512(table + 1));
  const __m512i other =
      _mm512_permutex2var_epi8(_mm512_load_si512(table + 2), bytes, _mm512_load_si512(table + 3));
  const __m512i entries = _mm512_mask_mov_epi8(ascii, _mm512_movepi8_mask(bytes), other);
  block_masks m;
  m.set[0] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(1));
  m.set[1] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(2));
  m.set[2] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(4));
  m.set[3] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(8));
  m.set[4] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(16));
  m.set[5] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(32));
  m.set[6] = _mm512_test_epi8_mask(entries, _mm512_set1_epi8(64));
  m.set[7] = _mm512_movepi8_mask(entries);
  return m;
}

EVALPP_TARGET_AVX512 inline __m512i load_block(const char* from, std::size_t left) noexcept {
  return left >= block_size ? _mm512_loadu_si512(from) : _mm512_maskz_loadu_epi8(bytes_within(left), from);
}

EVALPP_TARGET_AVX512 inline __m512i copy_block(const char* from, char* to, std::size_t left) noexcept {
  const __m512i bytes = load_block(from, left);
  _mm512_storeu_si512(to, bytes);
  return bytes;
}

EVALPP_TARGET_AVX512 inline __m512i copy_block_lower(const char* from, char* to, std::size_t left) noexcept {
  const __m512i bytes = load_block(from, left);
  const __mmask64 upper =
      _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('A')), _mm512_set1_epi8(26));
  _mm512_storeu_si512(to, _mm512_mask_add_epi8(bytes, upper, bytes, _mm512_set1_epi8('a' - 'A')));
  return bytes;
}

// The numbers 0 to 63.
struct alignas(64) block_offsets {
  std::uint8_t of[block_size];
};
inline constexpr block_offsets offsets = [] {
  block_offsets made{};
  for (std::size_t i = 0; i < block_size; ++i) made.of[i] = static_cast<std::uint8_t>(i);
  return made;
}();

EVALPP_TARGET_AVX512 inline void write_tokens(token_span* out, std::uint64_t begins, std::uint64_t ends,
                                              bool open, std::uint32_t base) noexcept {
  if (open && ends != 0) {
    out[-1].end = base + static_cast<std::uint32_t>(std::countr_zero(ends));
    ends &= ends - 1;
  }
  // Sixteen tokens at a time: the offsets of the bits, begin and end by turns, widened to 32 bits.
  const __m512i all = _mm512_load_si512(&offsets);
  __m512i begin = _mm512_maskz_compress_epi8(begins, all);
  __m512i end = _mm512_maskz_compress_epi8(ends, all);
  const __m512i start = _mm512_set1_epi32(static_cast<int>(base));
  // With a mask of all lanes, because g++ 12 warns of the plain intrinsics' undefined operands.
  constexpr __mmask16 every = 0xFFFF;
  for (int left = std::popcount(begins); left > 0; left -= 16, out += 16) {
    const __m128i b = _mm512_maskz_extracti32x4_epi32(0xF, begin, 0);
    const __m128i e = _mm512_maskz_extracti32x4_epi32(0xF, end, 0);
    _mm512_storeu_si512(out,
                        _mm512_add_epi32(start, _mm512_maskz_cvtepu8_epi32(every, _mm_unpacklo_epi8(b, e))));
    _mm512_storeu_si512(out + 8,
                        _mm512_add_epi32(start, _mm512_maskz_cvtepu8_epi32(every, _mm_unpackhi_epi8(b, e))));
    begin = _mm512_maskz_alignr_epi64(0xFF, begin, begin, 2);
    end = _mm512_maskz_alignr_epi64(0xFF, end, end, 2);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail::avx512

#endif  // EVALPP_X86_SIMD
