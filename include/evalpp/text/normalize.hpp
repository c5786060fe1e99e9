// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

namespace detail {

// Python's `\w`.
constexpr bool is_word_character(char32_t c) noexcept { return c == U'_' || is_alphanumeric(c); }

inline constexpr std::array<bool, 128> is_ascii_word_byte = [] {
  std::array<bool, 128> table{};
  for (char32_t c = 0; c < 128; ++c) table[c] = is_word_character(c);
  return table;
}();

constexpr bool is_english_article(std::string_view word) noexcept {
  return word == "a" || word == "an" || word == "the";
}

// Lower-cases `text` and deletes ASCII punctuation; `out` has room for `lowercase_capacity(size)`.
inline std::size_t squad_fold(std::string_view text, char* out) noexcept {
  char* const end = out + lowercase_into(text, out);
  return static_cast<std::size_t>(std::remove_if(out, end, is_ascii_punctuation) - out);
}

// Calls `visit(begin, end)` for each word of a folded text. The articles a, an and the, where they
// are whole words of the regular expression `\b(a|an|the)\b`, separate like whitespace.
template <class Visit>
void for_each_squad_word(std::string_view folded, Visit visit) {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t begin = none;  // of what will be visited
  std::size_t word = none;   // of the run of word characters at the end of it
  const auto end_word = [&](std::size_t at) {
    if (word == none) return;
    if (is_english_article(folded.substr(word, at - word))) {
      if (begin != word) visit(begin, word);
      begin = none;
    }
    word = none;
  };
  const char* const first = folded.data();
  const char* const last = first + folded.size();
  std::uint32_t length = 1;
  for (std::size_t at = 0; at != folded.size(); at += length) {
    char32_t c = static_cast<unsigned char>(folded[at]);
    length = 1;
    if (c >= 0x80) {
      const utf8_step step = decode_utf8(first + at, last);
      c = step.code_point;
      length = step.length;
    }
    if (c < 0x80 ? is_ascii_word_byte[c] : is_word_character(c)) {
      if (word == none) word = at;
      if (begin == none) begin = at;
      continue;
    }
    end_word(at);
    if (is_whitespace(c)) {
      if (begin != none) visit(begin, at);
      begin = none;
    } else if (begin == none) {
      begin = at;
    }
  }
  end_word(folded.size());
  if (begin != none) visit(begin, folded.size());
}

}  // namespace detail

/// Replaces the contents of `out`, another string, by SQuAD's `normalize_answer(text)`: lower case,
/// no ASCII punctuation, no English articles, words separated by one space. A letter is whatever
/// Python's `\w` takes for one: in "l’a" the curly quote is none, and the article `a` goes.
inline void squad_normalize(std::string_view text, std::string& out) {
  out.resize(detail::lowercase_capacity(text.size()));
  char* const data = out.data();
  const std::size_t length = detail::squad_fold(text, data);
  std::size_t write = 0;
  // The words move towards the front; the separators that vanish or shrink make room.
  detail::for_each_squad_word({data, length}, [&](std::size_t begin, std::size_t end) {
    if (write != 0) data[write++] = ' ';
    std::memmove(data + write, data + begin, end - begin);
    write += end - begin;
  });
  out.resize(write);
}

/// What to disregard when two texts are compared, all off by default.
struct comparison_options {
  bool ignore_case = false;
  bool ignore_punctuation = false;  ///< the 32 ASCII punctuation characters
  bool ignore_numbers = false;      ///< the 10 ASCII digits

  bool operator==(const comparison_options&) const = default;
};

/// Replaces the contents of `out`, another string, by `text` as Hugging Face's `exact_match`
/// compares it: lower-cased, without punctuation, without digits, as the options say.
inline void normalize_for_comparison(std::string_view text, comparison_options options, std::string& out) {
  if (options.ignore_case) {
    to_lower(text, out);
  } else {
    out.assign(text);
  }
  if (!options.ignore_punctuation && !options.ignore_numbers) return;
  out.erase(std::remove_if(out.begin(), out.end(),
                           [&](char c) {
                             return (options.ignore_punctuation && is_ascii_punctuation(c)) ||
                                    (options.ignore_numbers && is_ascii_digit(c));
                           }),
            out.end());
}

}  // namespace evalpp::inline EVALPP_ABI::text
