// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/block_simd.hpp>
#include <evalpp/text/detail/byte_sets.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// The fast paths of the tokenizers, 64 bytes at a time. Each copies a text into the buffer and finds
// its tokens, exactly those that the regular expressions give, or gives up and says so where that
// takes more than a glance: the caller then takes the slow path.
namespace evalpp::inline EVALPP_ABI::text::detail {

// --- the sets of bytes that the scanners ask about ---

inline constexpr unsigned word_space = 0;
inline constexpr unsigned word_wide = 1;  // may begin whitespace of several bytes
inline constexpr byte_sets word_sets = [] {
  byte_sets sets;
  for (unsigned c = 0; c < 256; ++c) {
    const whitespace_byte kind = whitespace_byte_of(static_cast<char>(c));
    if (kind == whitespace_byte::yes) sets.add_range(word_space, c, c);
    if (kind == whitespace_byte::lead) sets.add_range(word_wide, c, c);
  }
  return sets;
}();

inline constexpr unsigned western_space = word_space;
inline constexpr unsigned western_wide = word_wide;
inline constexpr unsigned western_isolated = 2;
inline constexpr unsigned western_stop = 3;
inline constexpr unsigned western_digit = 4;
inline constexpr unsigned western_dash = 5;
inline constexpr unsigned western_markup = 6;  // may begin an entity or <skipped>
inline constexpr unsigned western_newline = 7;
inline constexpr byte_sets western_sets = [] {
  byte_sets sets = word_sets;
  for (unsigned c = 0; c < 128; ++c) {
    const char_class kind = western_classes[c];
    if (kind == char_class::isolated) sets.add_range(western_isolated, c, c);
    if (kind == char_class::stop) sets.add_range(western_stop, c, c);
    if (kind == char_class::digit) sets.add_range(western_digit, c, c);
    if (kind == char_class::dash) sets.add_range(western_dash, c, c);
  }
  sets.add(western_markup, "&<");
  sets.add(western_newline, "\n");
  return sets;
}();

inline constexpr unsigned rouge_word = 0;
inline constexpr unsigned rouge_newline = 1;
inline constexpr unsigned rouge_special = 2;  // may begin a character whose lower case is ASCII
inline constexpr byte_sets rouge_sets = [] {
  byte_sets sets;
  sets.add_range(rouge_word, 'a', 'z');
  sets.add_range(rouge_word, 'A', 'Z');
  sets.add_range(rouge_word, '0', '9');
  sets.add(rouge_newline, "\n");
  sets.add(rouge_special, "\xC4\xE2");
  return sets;
}();

// --- what they share ---

// Do any of these bytes of the block at `base` begin what 13a decodes or deletes?
inline bool has_markup(std::string_view source, std::size_t base, std::uint64_t candidates) noexcept {
  for (; candidates != 0; candidates &= candidates - 1) {
    const auto here = source.substr(base + static_cast<std::size_t>(std::countr_zero(candidates)));
    for (const std::string_view markup : {"&quot;", "&amp;", "&lt;", "&gt;", "<skipped>"}) {
      if (here.starts_with(markup)) return true;
    }
  }
  return false;
}

// Do any of these bytes of the block at `base` begin U+0130 or U+212A, whose lower-case forms begin
// with ASCII letters?
inline bool has_rouge_special(std::string_view source, std::size_t base, std::uint64_t candidates) noexcept {
  for (; candidates != 0; candidates &= candidates - 1) {
    const auto here = source.substr(base + static_cast<std::size_t>(std::countr_zero(candidates)));
    if (here.starts_with("\xC4\xB0") || here.starts_with("\xE2\x84\xAA")) return true;
  }
  return false;
}

// Spans that `write_tokens` may write behind the last one.
inline constexpr std::size_t block_slack = 16;

// Writes the tokens whose begins and exclusive ends are the bits of the masks; `out` is where the
// first one that begins here goes, and the one before it is open or not. Eight at a time: how many
// tokens a block has is hard to predict, whether it has more than eight is easier.
inline void write_tokens(token_span* out, std::uint64_t begins, std::uint64_t ends, bool open,
                         std::uint32_t base) noexcept {
  token_span* ended = open ? out - 1 : out;
  while (begins != 0) {
    for (int i = 0; i < 8; ++i) {
      out++->begin = base + static_cast<std::uint32_t>(std::countr_zero(begins));
      begins &= begins - 1;
    }
  }
  while (ends != 0) {
    for (int i = 0; i < 8; ++i) {
      ended++->end = base + static_cast<std::uint32_t>(std::countr_zero(ends));
      ends &= ends - 1;
    }
  }
}

// --- the scanners, for each instruction set ---

namespace baseline {
#define EVALPP_BLOCK_TARGET
#include <evalpp/text/detail/block_scan.ipp>
#undef EVALPP_BLOCK_TARGET
}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {
#define EVALPP_BLOCK_TARGET EVALPP_TARGET_AVX2
#include <evalpp/text/detail/block_scan.ipp>
#undef EVALPP_BLOCK_TARGET
}  // namespace avx2

namespace avx512 {
#define EVALPP_BLOCK_TARGET EVALPP_TARGET_AVX512
#include <evalpp/text/detail/block_scan.ipp>
#undef EVALPP_BLOCK_TARGET
}  // namespace avx512
#endif

// Calls the scanner of the machine's instruction set.
#if EVALPP_X86_SIMD
#define EVALPP_BLOCK_CALL(scan, ...)           \
  switch (evalpp::detail::cpu_level()) {       \
    case evalpp::detail::simd_level::avx512:   \
      return avx512::scan(__VA_ARGS__);        \
    case evalpp::detail::simd_level::avx2:     \
      return avx2::scan(__VA_ARGS__);          \
    case evalpp::detail::simd_level::baseline: \
      break;                                   \
  }                                            \
  return baseline::scan(__VA_ARGS__)
#else
#define EVALPP_BLOCK_CALL(scan, ...) return baseline::scan(__VA_ARGS__)
#endif

// Fills the buffer with a copy of the text and the tokens between its whitespace.
inline void scan_words(std::string_view source, token_buffer& out) {
  EVALPP_BLOCK_CALL(scan_words, source, out);
}

// Fills the buffer with a copy of the text, which may be the buffer's own, and the tokens of 13a.
// False when the text must be rewritten first, unless it has been `rewritten`, or when it has
// several stops before a digit; what the buffer holds is of no use then.
inline bool scan_western(std::string_view source, token_buffer& out, bool rewritten) {
  EVALPP_BLOCK_CALL(scan_western, source, out, rewritten);
}

// Fills the buffer with the lower-cased text and the tokens and lines of rouge_score's tokenizer.
// False, and nothing of use, when the text has a character that is not ASCII and whose lower-case
// form begins with a letter that is.
inline bool scan_rouge(std::string_view source, token_buffer& out) {
  EVALPP_BLOCK_CALL(scan_rouge, source, out);
}

#undef EVALPP_BLOCK_CALL

}  // namespace evalpp::inline EVALPP_ABI::text::detail
