// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#if EVALPP_X86_SIMD
#include <immintrin.h>
#endif

namespace evalpp::inline EVALPP_ABI::detail {

/// Decodes the code points that begin in [p, stop), leaving out whitespace unless it is kept;
/// returns where the next one begins. `out` has room for one more than there are.
inline const char* decode_characters(const char* p, const char* stop, const char* last, bool keep_whitespace,
                                     std::uint32_t*& out, bool& well_formed) noexcept {
  while (p < stop) {
    const text::utf8_step step = text::decode_utf8(p, last);
    p += step.length;
    well_formed &= step.well_formed;
    // Written in any case, so that the common decision is no branch.
    *out = static_cast<std::uint32_t>(step.code_point);
    out += static_cast<std::ptrdiff_t>(keep_whitespace || !text::is_whitespace(step.code_point));
  }
  return p;
}

#if EVALPP_X86_SIMD
/// The same for the blocks of 64 bytes at the front that are ASCII, and one that is not.
EVALPP_TARGET_AVX512 inline const char* decode_ascii_avx512(const char* p, const char* last,
                                                            bool keep_whitespace,
                                                            std::uint32_t*& out) noexcept {
  while (p != last) {
    const auto size = static_cast<std::size_t>(last - p);
    const __mmask64 there =
        size >= 64 ? ~__mmask64{0} : _bzhi_u64(~std::uint64_t{0}, static_cast<unsigned>(size));
    const __m512i bytes = _mm512_maskz_loadu_epi8(there, p);
    if (_mm512_movepi8_mask(bytes) != 0) return p;
    __mmask64 kept = there;
    if (!keep_whitespace) {
      const __m512i from_tab = _mm512_sub_epi8(bytes, _mm512_set1_epi8(0x09));
      const __m512i from_fs = _mm512_sub_epi8(bytes, _mm512_set1_epi8(0x1C));
      kept = _mm512_mask_cmp_epu8_mask(kept, from_tab, _mm512_set1_epi8(0x0D - 0x09), _MM_CMPINT_NLE);
      kept = _mm512_mask_cmp_epu8_mask(kept, from_fs, _mm512_set1_epi8(0x20 - 0x1C), _MM_CMPINT_NLE);
    }
    const __m512i packed = _mm512_maskz_compress_epi8(kept, bytes);
    // The maskz form: g++ 12 warns inside the plain one (an undefined operand that is not used).
    alignas(64) char compact[64];
    _mm512_store_si512(compact, packed);
    for (std::size_t k = 0; k < 64; k += 16)
      _mm512_storeu_si512(
          out + k,
          _mm512_maskz_cvtepu8_epi32(0xFFFF, _mm_load_si128(reinterpret_cast<const __m128i*>(compact + k))));
    out += _mm_popcnt_u64(kept);
    p += std::min<std::size_t>(size, 64);
  }
  return p;
}
#endif

/// The same eight bytes at a time, as far as they are ASCII.
inline const char* decode_ascii_portable(const char* p, const char* last, bool keep_whitespace,
                                         std::uint32_t*& out) noexcept {
  for (; last - p >= 8; p += 8) {
    std::uint64_t word;
    std::memcpy(&word, p, 8);
    if ((word & 0x8080808080808080u) != 0) return p;
    for (std::size_t k = 0; k < 8; ++k) {
      const auto c = static_cast<unsigned char>(p[k]);
      *out = c;
      out += static_cast<std::ptrdiff_t>(keep_whitespace || !text::is_whitespace(c));
    }
  }
  return p;
}

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
    if (cpu_level() == simd_level::avx512)
      p = decode_ascii_avx512(p, last, keep_whitespace, end);
    else
#endif
      p = decode_ascii_portable(p, last, keep_whitespace, end);
    const char* const stop = p + std::min<std::ptrdiff_t>(last - p, block);
    p = decode_characters(p, stop, last, keep_whitespace, end, well_formed);
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
  return well_formed;
}

/// True for the 32 characters of Python's `string.punctuation`.
constexpr bool is_ascii_punctuation(char c) noexcept {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// Calls `visit(word)` for the words of chrF++: what lies between whitespace, with one punctuation
/// mark split off, the last character if it is one, else the first. `(hi)` is `(hi` and `)`.
template <class Visit>
void for_each_chrf_word(std::string_view text, Visit visit) {
  text::for_each_word(text, [&](std::size_t begin, std::size_t end) {
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t split = word.size() == 1                     ? 1
                              : is_ascii_punctuation(word.back())  ? word.size() - 1
                              : is_ascii_punctuation(word.front()) ? 1
                                                                   : word.size();
    visit(word.substr(0, split));
    if (split != word.size()) visit(word.substr(split));
  });
}

/// A text as chrF sees it: its characters as code points, and its words as ids of a dictionary.
struct character_text {
  std::span<const std::uint32_t> characters = {};
  std::span<const std::uint32_t> words = {};
};

/// The references of one example as characters and words.
class character_references {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  character_text operator[](std::size_t r) const noexcept {
    return {references_[r].characters, references_[r].words};
  }

 private:
  friend struct character_encoder;
  struct reference {
    std::vector<std::uint32_t> characters, words;
  };
  std::vector<reference> references_;  // kept when there are fewer, for their memory
  std::size_t size_ = 0;
  dictionary<std::string_view> dictionary_;
};

/// The encoder of chrF. Words are only read when they are asked for.
struct character_encoder {
  letter_case casing = letter_case::as_is;
  bool keep_whitespace = false;
  bool with_words = false;

  struct scratch {
    std::vector<std::uint32_t> characters, words;
    std::string lowered, repaired;
  };
  template <class Kind>
  struct prepared : character_references {
    static_assert(std::same_as<Kind, text_kind>, "chrF reads text: tokens have no characters");
    scratch buffers;  // reused by the next prepare
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.size_ = references.size();
    if (out.references_.size() < out.size_) out.references_.resize(out.size_);
    if (with_words) out.dictionary_.clear(0);
    for (std::size_t r = 0; r < references.size(); ++r) {
      character_references::reference& into = out.references_[r];
      into.words.clear();
      const std::string_view text = read(references[r], into.characters, out.buffers);
      if (with_words)
        for_each_chrf_word(
            text, [&](std::string_view word) { into.words.push_back(out.dictionary_.insert(word)); });
    }
  }

  character_text encode(std::string_view hypothesis, const prepared<text_kind>& references,
                        scratch& s) const {
    s.words.clear();
    const std::string_view text = read(hypothesis, s.characters, s);
    if (with_words)
      for_each_chrf_word(
          text, [&](std::string_view word) { s.words.push_back(references.dictionary_.find(word)); });
    return {s.characters, s.words};
  }

  bool operator==(const character_encoder&) const = default;

 private:
  // Fills `characters` and returns the text to take the words from, where malformed bytes have been
  // replaced as well: two words are equal when their characters are.
  std::string_view read(std::string_view text, std::vector<std::uint32_t>& characters, scratch& s) const {
    if (casing == letter_case::lower) {
      text::to_lower(text, s.lowered);
      text = s.lowered;
    }
    if (!read_characters(text, keep_whitespace, characters) && with_words) {
      s.repaired.clear();
      text::for_each_code_point(text, [&](const text::utf8_step& step, std::size_t) {
        text::append_utf8(s.repaired, step.code_point);
      });
      text = s.repaired;
    }
    return text;
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
