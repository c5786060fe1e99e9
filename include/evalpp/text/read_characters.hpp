// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

namespace evalpp::inline EVALPP_ABI::text::detail {

/// Decodes the code point at `p` and steps over it. The common well-formed sequences of two and three
/// bytes are decided here, the rest by `decode_utf8`.
inline std::uint32_t next_code_point(const char*& p, const char* last, bool& well_formed) noexcept {
  const auto byte = [&](std::ptrdiff_t k) -> std::uint32_t { return static_cast<unsigned char>(p[k]); };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return ++p, lead;
  if (last - p >= 3) {
    const std::uint32_t second = byte(1) ^ 0x80, third = byte(2) ^ 0x80;  // below 0x40 when they continue
    if (lead - 0xC2 <= 0xDF - 0xC2 && second < 0x40) {
      p += 2;
      return (lead & 0x1F) << 6 | second;
    }
    const std::uint32_t three = (lead & 0x0F) << 12 | second << 6 | third;
    if (lead - 0xE0 <= 0xEF - 0xE0 && (second | third) < 0x40 && three >= 0x800 &&
        three >> 11 != 0xD800 >> 11) {
      p += 3;
      return three;
    }
  }
  const utf8_step step = decode_utf8(p, last);
  p += step.length;
  well_formed &= step.well_formed;
  return static_cast<std::uint32_t>(step.code_point);
}

/// Decodes the code points that begin in [p, stop), leaving out whitespace unless it is kept;
/// returns where the next one begins. `out` has room for one more than there are.
inline const char* decode_characters(const char* p, const char* stop, const char* last, bool keep_whitespace,
                                     std::uint32_t*& out, bool& well_formed) noexcept {
  while (p < stop) {
    const std::uint32_t c = next_code_point(p, last, well_formed);
    *out = c;  // in any case, so that the common decision is no branch
    out += static_cast<std::ptrdiff_t>(keep_whitespace || !is_whitespace(c));
  }
  return p;
}

/// The same for the ASCII text at the front, eight bytes at a time.
inline const char* decode_ascii(const char* p, const char* last, bool keep_whitespace,
                                std::uint32_t*& out) noexcept {
  for (; last - p >= 8; p += 8) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    if ((word & 0x8080808080808080u) != 0) return p;
    for (std::size_t k = 0; k < 8; ++k) {
      const auto c = static_cast<unsigned char>(p[k]);
      *out = c;
      out += static_cast<std::ptrdiff_t>(keep_whitespace || !is_whitespace(c));
    }
  }
  return p;
}

#if EVALPP_X86_SIMD
// In this file the maskz forms of AVX-512 intrinsics stand where g++ 12 warns inside the plain ones
// (an undefined operand that is not used).

/// Sixteen code points from the characters of a block whose first bytes are at `starts`. `bad` gets
/// the lanes that are overlong, surrogates or too large.
EVALPP_TARGET_AVX512 inline __m512i decode_sixteen_avx512(__m512i bytes, __m128i starts,
                                                          __mmask16& bad) noexcept {
  const __m512i spread = _mm512_set4_epi32(0x0C0C0C0C, 0x08080808, 0x04040404, 0x00000000);
  const __m512i at = _mm512_add_epi8(_mm512_shuffle_epi8(_mm512_maskz_cvtepu8_epi32(0xFFFF, starts), spread),
                                     _mm512_set1_epi32(0x03020100));
  const __m512i v = _mm512_maskz_permutexvar_epi8(~__mmask64{0}, at, bytes);  // four bytes of each
  const __m512i lead = _mm512_and_si512(v, _mm512_set1_epi32(0xFF));
  const __m512i six_bits = _mm512_set1_epi32(0x3F);
  const __m512i second = _mm512_and_si512(_mm512_maskz_srli_epi32(0xFFFF, v, 8), six_bits);
  const __m512i third = _mm512_and_si512(_mm512_maskz_srli_epi32(0xFFFF, v, 16), six_bits);
  const __m512i fourth = _mm512_and_si512(_mm512_maskz_srli_epi32(0xFFFF, v, 24), six_bits);
  const __mmask16 two = _mm512_cmpge_epu32_mask(lead, _mm512_set1_epi32(0xC0));
  const __mmask16 three = _mm512_cmpge_epu32_mask(lead, _mm512_set1_epi32(0xE0));
  const __mmask16 four = _mm512_cmpge_epu32_mask(lead, _mm512_set1_epi32(0xF0));
  // With the lead's marker bits still in place, to be cleared at the end.
  const __m512i of_two = _mm512_or_si512(_mm512_maskz_slli_epi32(0xFFFF, lead, 6), second);
  const __m512i of_three = _mm512_or_si512(_mm512_maskz_slli_epi32(0xFFFF, of_two, 6), third);
  const __m512i of_four = _mm512_or_si512(_mm512_maskz_slli_epi32(0xFFFF, of_three, 6), fourth);
  __m512i c = _mm512_mask_and_epi32(lead, two, of_two, _mm512_set1_epi32(0x7FF));
  c = _mm512_mask_and_epi32(c, three, of_three, _mm512_set1_epi32(0xFFFF));
  c = _mm512_mask_and_epi32(c, four, of_four, _mm512_set1_epi32(0x1FFFFF));
  bad = static_cast<__mmask16>(_mm512_mask_cmplt_epu32_mask(three, c, _mm512_set1_epi32(0x800)) |
                               _mm512_mask_cmpeq_epi32_mask(three,
                                                            _mm512_and_si512(c, _mm512_set1_epi32(0x1FF800)),
                                                            _mm512_set1_epi32(0xD800)) |
                               _mm512_mask_cmplt_epu32_mask(four, c, _mm512_set1_epi32(0x10000)) |
                               _mm512_mask_cmpgt_epu32_mask(four, c, _mm512_set1_epi32(0x10FFFF)));
  return c;
}

/// Which of sixteen code points from U+0080 on are whitespace, see text/whitespace.hpp.
EVALPP_TARGET_AVX512 inline __mmask16 wide_whitespace_avx512(__m512i c) noexcept {
  return static_cast<__mmask16>(
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0x85)) |
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0xA0)) |
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0x1680)) |
      _mm512_cmple_epu32_mask(_mm512_sub_epi32(c, _mm512_set1_epi32(0x2000)), _mm512_set1_epi32(0x0A)) |
      _mm512_cmple_epu32_mask(_mm512_sub_epi32(c, _mm512_set1_epi32(0x2028)), _mm512_set1_epi32(0x01)) |
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0x202F)) |
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0x205F)) |
      _mm512_cmpeq_epi32_mask(c, _mm512_set1_epi32(0x3000)));
}

/// The ASCII whitespace of a block.
EVALPP_TARGET_AVX512 inline __mmask64 ascii_whitespace_avx512(__m512i bytes) noexcept {
  const __m512i from_tab = _mm512_sub_epi8(bytes, _mm512_set1_epi8(0x09));
  const __m512i from_fs = _mm512_sub_epi8(bytes, _mm512_set1_epi8(0x1C));
  return _mm512_cmple_epu8_mask(from_tab, _mm512_set1_epi8(0x0D - 0x09)) |
         _mm512_cmple_epu8_mask(from_fs, _mm512_set1_epi8(0x20 - 0x1C));
}

/// `decode_characters` for whole blocks of 64 bytes, as long as they are well-formed.
EVALPP_TARGET_AVX512 inline const char* decode_blocks_avx512(const char* p, const char* last,
                                                             bool keep_whitespace,
                                                             std::uint32_t*& out) noexcept {
  alignas(64) char compact[64];
  while (p != last) {
    const std::size_t size = std::min<std::size_t>(static_cast<std::size_t>(last - p), 64);
    const __mmask64 there = _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(size));
    const __m512i bytes = _mm512_maskz_loadu_epi8(there, p);
    const __mmask64 spaces = keep_whitespace ? 0 : ascii_whitespace_avx512(bytes);
    const __mmask64 high = _mm512_movepi8_mask(bytes);
    if (high == 0) {
      const __mmask64 kept = there & ~spaces;
      _mm512_store_si512(compact, _mm512_maskz_compress_epi8(kept, bytes));
      for (std::size_t k = 0; k < 64; k += 16)
        _mm512_storeu_si512(out + k,
                            _mm512_maskz_cvtepu8_epi32(
                                0xFFFF, _mm_load_si128(reinterpret_cast<const __m128i*>(compact + k))));
      out += _mm_popcnt_u64(kept);
      p += size;
      continue;
    }

    const __mmask64 continuing = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(-0x40));
    const __mmask64 leads = high & ~continuing;
    const __mmask64 three =
        _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(-0x20));  // 0xE0: three bytes or four
    const __mmask64 four = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(-0x10));             // 0xF0
    const __mmask64 never = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(-0x0B)) |           // 0xF5-0xFF
                            (leads & _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(-0x3E)));  // 0xC0, 0xC1
    if (never != 0 || continuing != (leads << 1 | three << 2 | four << 3)) return p;
    const __mmask64 cut = (leads & std::uint64_t{1} << 63) | (three & std::uint64_t{3} << 62) |
                          (four & std::uint64_t{7} << 61);  // goes on in the next block
    const __mmask64 whole = there & ~continuing & ~cut & ~spaces;
    const __m512i positions =
        _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43,
                        42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22,
                        21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    _mm512_store_si512(compact, _mm512_maskz_compress_epi8(whole, positions));
    std::uint32_t* end = out;
    const auto count = static_cast<std::size_t>(_mm_popcnt_u64(whole));
    for (std::size_t k = 0; k < count; k += 16) {
      __mmask16 bad;
      const __m512i c =
          decode_sixteen_avx512(bytes, _mm_load_si128(reinterpret_cast<const __m128i*>(compact + k)), bad);
      __mmask16 kept = static_cast<__mmask16>(_bzhi_u32(0xFFFF, static_cast<unsigned>(count - k)));
      if ((bad & kept) != 0) return p;
      if (!keep_whitespace) kept = static_cast<__mmask16>(kept & ~wide_whitespace_avx512(c));
      _mm512_storeu_si512(end, _mm512_maskz_compress_epi32(kept, c));
      end += _mm_popcnt_u32(kept);
    }
    out = end;
    p += cut == 0 ? size : _tzcnt_u64(cut);
  }
  return p;
}
#endif

}  // namespace evalpp::inline EVALPP_ABI::text::detail

namespace evalpp::inline EVALPP_ABI::text {

/// Replaces the contents of `out` by the code points of a text, without its whitespace unless that
/// is kept. Malformed bytes are U+FFFD; returns whether there were none.
inline bool read_characters(std::string_view text, bool keep_whitespace, std::vector<std::uint32_t>& out) {
  constexpr std::size_t block = 64;
  out.resize(text.size() + block);  // blocks are written whole
  const char* p = text.data();
  const char* const last = p + text.size();
  std::uint32_t* end = out.data();
  bool well_formed = true;
  while (p != last) {
#if EVALPP_X86_SIMD
    if (evalpp::detail::cpu_level() == evalpp::detail::simd_level::avx512)
      p = detail::decode_blocks_avx512(p, last, keep_whitespace, end);
    else
#endif
      p = detail::decode_ascii(p, last, keep_whitespace, end);
    const char* const stop = p + std::min<std::ptrdiff_t>(last - p, block);
    p = detail::decode_characters(p, stop, last, keep_whitespace, end, well_formed);
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
  return well_formed;
}

}  // namespace evalpp::inline EVALPP_ABI::text
