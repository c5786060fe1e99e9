// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

#if EVALPP_X86_SIMD
namespace evalpp::inline EVALPP_ABI::text::detail {

/// The words of a few sentences, numbered 1.. in order of first appearance, sixteen at a time and by
/// comparing each with all of them: nothing is hashed to a place, nothing probed, and no branch depends on
/// what the words are.
///
/// Compared are 32-bit prints of the words' codes (`token_coding`), and then the code with that of its id: a
/// word whose print is another's makes the list give up, so that what it says is exact. It also gives up when
/// there may be more than `most` words.
class word_list {
 public:
  static constexpr std::size_t most = 256;

  /// Forgets all words and makes room for `tokens` of them.
  void clear(std::size_t tokens) {
    kept_.clear();
    size_ = 0;
    reserve(tokens);
  }
  std::uint32_t size() const noexcept { return size_; }
  /// The word with this id; valid until the list changes.
  std::string_view operator[](std::uint32_t id) const noexcept {
    const code& c = codes_[id];
    if (coding::is_long(c)) return {kept_.data() + long_words_[id].begin, long_words_[id].length};
    return {reinterpret_cast<const char*>(&c), static_cast<std::size_t>(c.high >> 56)};
  }

  /// The ids of a text's tokens, new ones for those that are not known. `ids` has room for them. False when
  /// it gives up: it holds what it held before then.
  EVALPP_TARGET_AVX512 bool insert_all(const token_buffer& tokens, std::uint32_t* ids) {
    if (size_ + tokens.size() > most) return false;
    reserve(tokens.size());
    const std::uint32_t known = size_;
    for (std::size_t i = 0; i < tokens.size(); i += lanes) {
      const batch words = read(tokens, i);
      const __m512i seen = find(words.prints);
      const __mmask16 unseen = _mm512_mask_testn_epi32_mask(words.present, seen, seen);
      const __m512i first = earliest(words.prints);
      const __mmask16 added = _mm512_mask_cmpeq_epi32_mask(unseen, first, counting());
      // A new word is numbered by the new ones before it; those that equal it have its number.
      const __m512i numbers =
          _mm512_maskz_expand_epi32(added, _mm512_add_epi32(counting(), in_all_lanes(size_ + 1)));
      const __m512i found = _mm512_or_si512(seen, _mm512_maskz_permutexvar_epi32(unseen, first, numbers));
      _mm512_mask_storeu_epi32(ids + i, words.present, found);
      append(words, added);
      if (words.lengthy != 0) keep_long(tokens, i, words.lengthy & added, ids);
      if (!holds(words, found, tokens, i, ids)) {
        size_ = known;
        return false;
      }
    }
    return true;
  }

  /// The ids of a text's tokens, `unknown_token` for those that are not known. False when it gives up.
  EVALPP_TARGET_AVX512 bool find_all(const token_buffer& tokens, std::uint32_t* ids) const noexcept {
    for (std::size_t i = 0; i < tokens.size(); i += lanes) {
      const batch words = read(tokens, i);
      const __m512i found = find(words.prints);
      _mm512_mask_storeu_epi32(ids + i, words.present, found);
      if (!holds(words, found, tokens, i, ids)) return false;
    }
    return true;
  }

 private:
  using coding = evalpp::detail::token_coding<std::string_view>;
  using code = evalpp::detail::token_code;
  static constexpr std::size_t lanes = 16;
  static constexpr std::uint32_t steps = 8;
  static constexpr std::uint64_t seed = 0x243f6a8885a308d3u;

  /// Sixteen words, or those that a text has left.
  struct batch {
    __m512i codes[4];  // four to a register
    __m512i prints;    // odd
    __mmask16 present;
    __mmask16 lengthy;  // those whose code does not say all
  };
  struct piece {
    std::size_t begin, length;
  };

  // Ids begin at 1, and behind the last one whole registers are written.
  void reserve(std::size_t more) {
    const std::size_t wanted = size_ + 1 + more;
    if (prints_.size() < wanted + lanes + steps) prints_.resize(wanted + lanes + steps);
    if (codes_.size() < wanted + 4) codes_.resize(wanted + 4);
  }

  EVALPP_TARGET_AVX512 static __m512i in_all_lanes(std::uint32_t number) noexcept {
    return _mm512_set1_epi32(static_cast<int>(number));
  }
  // 0, times, 2 * times, ...
  EVALPP_TARGET_AVX512 static __m512i counting(int times = 1) noexcept {
    return _mm512_mullo_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                              _mm512_set1_epi32(times));
  }
  EVALPP_TARGET_AVX512 static __m128i load(const char* from) noexcept {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  // The 16 bytes at each of four offsets.
  EVALPP_TARGET_AVX512 static __m512i gather(const void* base, const std::uint32_t* offset) noexcept {
    const char* const from = static_cast<const char*>(base);
    const __m256i front =
        _mm256_inserti128_si256(_mm256_castsi128_si256(load(from + offset[0])), load(from + offset[1]), 1);
    const __m256i back =
        _mm256_inserti128_si256(_mm256_castsi128_si256(load(from + offset[2])), load(from + offset[3]), 1);
    return _mm512_maskz_inserti64x4(0xFF, _mm512_castsi256_si512(front), back, 1);
  }
  // Of the bits of four words those of their halves.
  EVALPP_TARGET_AVX512 static __mmask8 halves(unsigned four) noexcept {
    return static_cast<__mmask8>(_pdep_u32(four, 0x55u) * 3);
  }

  EVALPP_TARGET_AVX512 static batch read(const token_buffer& tokens, std::size_t i) noexcept {
    const token_span* const spans = tokens.tokens().data() + i;
    const std::size_t left = tokens.size() - i;
    batch words;
    words.present = static_cast<__mmask16>(left < lanes ? (1u << left) - 1 : 0xFFFFu);
    const __m512i front = _mm512_maskz_loadu_epi64(static_cast<__mmask8>(words.present), spans);
    const __m512i back = _mm512_maskz_loadu_epi64(static_cast<__mmask8>(words.present >> 8), spans + 8);
    const __m512i evens = counting(2), odds = _mm512_add_epi32(evens, in_all_lanes(1));
    const __m512i begins = _mm512_permutex2var_epi32(front, evens, back);
    const __m512i lengths = _mm512_sub_epi32(_mm512_permutex2var_epi32(front, odds, back), begins);
    words.lengthy = _mm512_cmpgt_epu32_mask(lengths, in_all_lanes(coding::longest_short));

    // The bytes of each, and in the last of sixteen their number.
    alignas(64) std::uint32_t begin[lanes];
    _mm512_store_si512(begin, begins);
    const __m512i place = _mm512_maskz_broadcast_i32x4(
        0xFFFF, _mm_set_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    for (int q = 0; q < 4; ++q) {
      const __m512i word = _mm512_set_epi32(3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0);
      const __m512i length = _mm512_shuffle_epi8(
          _mm512_maskz_permutexvar_epi32(0xFFFF, _mm512_add_epi32(word, _mm512_set1_epi32(4 * q)), lengths),
          _mm512_setzero_si512());
      const __m512i bytes = _mm512_maskz_mov_epi8(_mm512_cmplt_epu8_mask(place, length),
                                                  gather(tokens.bytes().data(), begin + 4 * q));
      words.codes[q] = _mm512_mask_mov_epi8(bytes, 0x8000800080008000u, length);
    }
    if (words.lengthy != 0) code_long(tokens, i, words);
    words.prints = prints(words.codes);
    return words;
  }
  EVALPP_TARGET_AVX512 static EVALPP_NOINLINE void code_long(const token_buffer& tokens, std::size_t i,
                                                             batch& words) noexcept {
    alignas(64) code codes[lanes];
    for (std::size_t q = 0; q < 4; ++q) _mm512_store_si512(codes + 4 * q, words.codes[q]);
    for (unsigned left = words.lengthy; left != 0; left &= left - 1) {
      const auto j = static_cast<std::size_t>(std::countr_zero(left));
      codes[j] = coding::code(tokens[i + j], seed);
    }
    for (std::size_t q = 0; q < 4; ++q) words.codes[q] = _mm512_load_si512(codes + 4 * q);
  }

  // The upper halves of low * a + high * b, made odd.
  EVALPP_TARGET_AVX512 static __m512i prints(const __m512i (&codes)[4]) noexcept {
    const __m512i factors =
        _mm512_maskz_broadcast_i64x2(0xFF, _mm_set_epi64x(static_cast<std::int64_t>(0xd6e8feb86659fd93u),
                                                          static_cast<std::int64_t>(0x9e3779b97f4a7c15u)));
    __m512i sums[4];
    for (int q = 0; q < 4; ++q) {
      const __m512i products = _mm512_mullo_epi64(codes[q], factors);
      const __m512i crossed = _mm512_maskz_shuffle_epi32(0xFFFF, products, _MM_PERM_BADC);
      sums[q] = _mm512_add_epi64(products, crossed);
    }
    // Of the eight words in each two; what the indices have above 32 is not looked at.
    const __m512i upper = _mm512_add_epi32(counting(4), in_all_lanes(1));
    const __m512i front = _mm512_permutex2var_epi32(sums[0], upper, sums[1]);
    const __m512i back = _mm512_permutex2var_epi32(sums[2], upper, sums[3]);
    return _mm512_or_si512(_mm512_mask_mov_epi32(front, 0xFF00, back), in_all_lanes(1));
  }

  // For each of sixteen prints the first that equals it. Here and in `find` every other step has a register
  // of its own: one after the other they would take twice as long.
  EVALPP_TARGET_AVX512 static __m512i earliest(__m512i prints) noexcept {
    alignas(64) std::uint32_t print[lanes];
    _mm512_store_si512(print, prints);
    __m512i first[2] = {counting(), counting()};
#pragma GCC unroll 16
    for (std::uint32_t j = lanes; j-- > 0;)
      first[j & 1] = _mm512_mask_mov_epi32(
          first[j & 1], _mm512_cmpeq_epi32_mask(prints, in_all_lanes(print[j])), in_all_lanes(j));
    return _mm512_maskz_min_epu32(0xFFFF, first[0], first[1]);
  }

  // The ids of the words with these prints. Eight at a time: behind the last one stand zeros, which no print
  // is.
  EVALPP_TARGET_AVX512 __m512i find(__m512i prints) const noexcept {
    const __m512i one = in_all_lanes(1);
    const std::uint32_t* const known = prints_.data();
    __m512i id = one;
    __m512i found[4] = {};
    for (std::uint32_t begin = 1; begin <= size_; begin += steps) {
#pragma GCC unroll 8
      for (std::uint32_t j = 0; j < steps; ++j) {
        const __mmask16 equal = _mm512_cmpeq_epi32_mask(prints, in_all_lanes(known[begin + j]));
        found[j & 3] = _mm512_mask_mov_epi32(found[j & 3], equal, id);
        id = _mm512_add_epi32(id, one);
      }
    }
    return _mm512_or_si512(_mm512_or_si512(found[0], found[1]), _mm512_or_si512(found[2], found[3]));
  }

  EVALPP_TARGET_AVX512 void append(const batch& words, __mmask16 added) noexcept {
    _mm512_storeu_si512(&prints_[size_ + 1], _mm512_maskz_compress_epi32(added, words.prints));
    for (int q = 0; q < 4; ++q) {
      const unsigned four = static_cast<unsigned>(added) >> 4 * q & 15u;
      _mm512_storeu_si512(&codes_[size_ + 1], _mm512_maskz_compress_epi64(halves(four), words.codes[q]));
      size_ += static_cast<std::uint32_t>(_mm_popcnt_u32(four));
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&prints_[size_ + 1]), _mm256_setzero_si256());
  }

  // Are the words with ids what these ids say?
  EVALPP_TARGET_AVX512 bool holds(const batch& words, __m512i found, const token_buffer& tokens,
                                  std::size_t i, const std::uint32_t* ids) const noexcept {
    alignas(64) std::uint32_t offset[lanes];
    _mm512_store_si512(offset, _mm512_maskz_slli_epi32(0xFFFF, found, 4));
    const unsigned known = _mm512_test_epi32_mask(found, found);
    __m512i different = _mm512_setzero_si512();
    for (int q = 0; q < 4; ++q)
      different = _mm512_or_si512(
          different, _mm512_maskz_xor_epi64(halves(known >> 4 * q & 15u),
                                            gather(codes_.data(), offset + 4 * q), words.codes[q]));
    if (_mm512_test_epi64_mask(different, different) != 0) return false;
    return words.lengthy == 0 || holds_long(tokens, i, words.lengthy, ids);
  }
  EVALPP_NOINLINE bool holds_long(const token_buffer& tokens, std::size_t i, unsigned lengthy,
                                  const std::uint32_t* ids) const noexcept {
    for (; lengthy != 0; lengthy &= lengthy - 1) {
      const std::size_t j = i + static_cast<std::size_t>(std::countr_zero(lengthy));
      if (ids[j] != unknown_token && (*this)[ids[j]] != tokens[j]) return false;
    }
    return true;
  }
  EVALPP_NOINLINE void keep_long(const token_buffer& tokens, std::size_t i, unsigned added,
                                 const std::uint32_t* ids) {
    long_words_.resize(most + 1);
    for (; added != 0; added &= added - 1) {
      const std::size_t j = i + static_cast<std::size_t>(std::countr_zero(added));
      const std::string_view word = tokens[j];
      long_words_[ids[j]] = {kept_.size(), word.size()};
      kept_.insert(kept_.end(), word.begin(), word.end());
    }
  }

  std::vector<std::uint32_t> prints_;  // by id
  std::vector<code> codes_;            // by id
  std::vector<piece> long_words_;      // by id, where in kept_ a word lies that its code does not tell
  std::vector<char> kept_;
  std::uint32_t size_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::text::detail
#endif
