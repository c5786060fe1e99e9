// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/byte_sets.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// The fast paths of the tokenizers, 64 bytes at a time. Each finds the tokens of the text that the
// buffer holds exactly as the byte-wise tokenizer does, or gives up and says so where that takes
// more than a glance: the caller then takes the slow path.
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

// The bytes of a block that lie within a text of which `left` bytes remain.
constexpr std::uint64_t bytes_within(std::size_t left) noexcept {
  return left >= block_size ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
}

// Does any of these bytes begin what 13a decodes or deletes? Reads up to 8 bytes behind the block.
inline bool has_markup(const char* block, std::uint64_t candidates) noexcept {
  for (; candidates != 0; candidates &= candidates - 1) {
    const std::string_view here(block + std::countr_zero(candidates), 9);
    for (const std::string_view markup : {"&quot;", "&amp;", "&lt;", "&gt;", "<skipped>"}) {
      if (here.starts_with(markup)) return true;
    }
  }
  return false;
}

// Does any of these bytes begin U+0130 or U+212A, whose lower-case forms begin with ASCII letters?
inline bool has_rouge_special(const char* block, std::uint64_t candidates) noexcept {
  for (; candidates != 0; candidates &= candidates - 1) {
    const std::string_view here(block + std::countr_zero(candidates), 3);
    if (here.starts_with("\xC4\xB0") || here == "\xE2\x84\xAA") return true;
  }
  return false;
}

inline void lower_block(char* block) noexcept {
  for (std::size_t i = 0; i < block_size; i += 8) lower_eight(block + i, block + i);
}

// Forgets the tokens found so far; what a scanner returns that cannot go on.
inline bool give_up(token_buffer& out) noexcept {
  out.truncate_tokens(0);
  return false;
}

// Spans that `write_begins` and `write_ends` may write behind the last one.
inline constexpr std::size_t block_slack = 8;

// Writes the positions of the bits of a mask to `begin` of one span after the other, eight at a
// time: how many tokens a block has is hard to predict, whether it has more than eight is easier.
inline void write_begins(token_span* out, std::uint64_t mask, std::uint32_t base) noexcept {
  while (mask != 0) {
    for (int i = 0; i < 8; ++i) {
      out++->begin = base + static_cast<std::uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
    }
  }
}
inline void write_ends(token_span* out, std::uint64_t mask, std::uint32_t base) noexcept {
  while (mask != 0) {
    for (int i = 0; i < 8; ++i) {
      out++->end = base + static_cast<std::uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
    }
  }
}

// --- the scanners ---

#define EVALPP_BLOCK_TARGET
#include <evalpp/text/detail/block_scan.ipp>
#undef EVALPP_BLOCK_TARGET

}  // namespace evalpp::inline EVALPP_ABI::text::detail
