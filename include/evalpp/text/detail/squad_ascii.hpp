// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// SQuAD's normalisation of ASCII text in one pass without a branch: short answers have a word every
// few bytes, and a branch that is taken once a word is mispredicted as often.
namespace evalpp::inline EVALPP_ABI::text::detail {

inline constexpr unsigned char squad_deleted = 0;
inline constexpr unsigned char squad_space = ' ';
inline constexpr unsigned char squad_unknown = 0xFF;

// What becomes of a byte: its lower-case form, nothing when it is punctuation, a space. Control
// characters that are no whitespace are neither letters nor separators: rare, and left to the general
// code, as are bytes that are not ASCII.
inline constexpr std::array<unsigned char, 256> squad_bytes = [] {
  std::array<unsigned char, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    const char lower = lower_ascii(byte);
    if (is_ascii_punctuation(byte))
      table[c] = squad_deleted;
    else if (is_ascii_digit(byte) || (lower >= 'a' && lower <= 'z'))
      table[c] = static_cast<unsigned char>(lower);
    else
      table[c] = is_ascii(byte) && is_whitespace(c) ? squad_space : squad_unknown;
  }
  return table;
}();

// Whether the word [word, word + length) is a, an or the. Reads up to 3 bytes.
inline bool is_article_word(const char* word, std::size_t length) noexcept {
  const bool a = word[0] == 'a';
  const bool an = a & (word[1] == 'n');
  const bool the = (word[0] == 't') & (word[1] == 'h') & (word[2] == 'e');
  return (a & (length == 1)) | (an & (length == 2)) | (the & (length == 3));
}

// Finds the words of `normalize_answer(text)`, or returns false where the text is more than ASCII.
inline bool scan_squad_ascii(std::string_view text, token_buffer& out) {
  char* const bytes = out.open(text.size());
  token_span* const spans = out.reserve_tokens(text.size() / 2 + 2);
  std::size_t write = 0, begin = 0, words = 0;
  unsigned seen = 0;
  for (const char c : text) {
    const unsigned byte = squad_bytes[static_cast<unsigned char>(c)];
    seen |= byte;
    bytes[write] = static_cast<char>(byte);
    const bool space = byte == squad_space;
    spans[words] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(write)};
    words += static_cast<std::size_t>(space & (write != begin));
    write += static_cast<std::size_t>(byte != squad_deleted);
    begin = space ? write : begin;
  }
  spans[words] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(write)};
  words += static_cast<std::size_t>(write != begin);
  out.close(write);
  if ((seen & 0x80) != 0) return false;

  std::size_t kept = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const token_span word = spans[i];
    spans[kept] = word;
    kept += static_cast<std::size_t>(!is_article_word(bytes + word.begin, word.end - word.begin));
  }
  out.commit_tokens(kept);
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail
