// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/block_scan.hpp>
#include <evalpp/text/porter_stemmer.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

namespace detail {

constexpr bool is_rouge_character(char c) noexcept { return (c >= 'a' && c <= 'z') || is_ascii_digit(c); }

// rouge_score stems words of more than three letters.
inline void stem_tokens(token_buffer& out) {
  constexpr std::size_t longest_unstemmed = 3;
  for (token_span& token : out.mutable_tokens()) {
    const std::size_t length = token.end - token.begin;
    if (length <= longest_unstemmed) continue;
    const std::size_t stemmed = out.stems()(out.data() + token.begin, length, [](char* word, std::size_t n) {
      return std::all_of(word, word + n, is_rouge_character) ? porter_stem(word, n) : n;
    });
    token.end = token.begin + static_cast<std::uint32_t>(stemmed);
  }
}

}  // namespace detail

/// The tokenizer of rouge_score: lower-case runs of ASCII letters and digits, all else separates
/// them. Letters with accents split words, and text in other scripts has no tokens at all; see
/// `tokenizer_rouge_unicode`. Knows lines, for ROUGE-Lsum. Equal to rouge_score 0.1.2
/// `DefaultTokenizer`.
struct tokenizer_rouge {
  bool stem = false;  ///< reduce words of more than three letters by the Porter stemmer

  void operator()(std::string_view text, token_buffer& out) const {
    if (!detail::scan_rouge(text, out)) tokenize_bytes(text, out);
    if (stem) detail::stem_tokens(out);
  }
  std::string signature() const { return stem ? "rouge-stem" : "rouge"; }

  bool operator==(const tokenizer_rouge&) const = default;

 private:
  // Byte by byte, with the two characters that are not ASCII and have a lower-case form that is,
  // or begins so: the Kelvin sign, and the capital I with a dot, whose dot then separates.
  static void tokenize_bytes(std::string_view text, token_buffer& out) {
    char* const data = out.open(text.size());
    const std::size_t n = text.size();
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t token = none;
    std::size_t write = 0;
    for (std::size_t read = 0; read < n; ++read) {
      char c = lower_ascii(text[read]);
      bool dotted = false;
      if (!is_ascii(c)) {
        const std::string_view rest = text.substr(read);
        if (rest.starts_with("\xE2\x84\xAA")) {
          c = 'k';
          read += 2;
        } else if (rest.starts_with("\xC4\xB0")) {
          c = 'i';
          read += 1;
          dotted = true;
        }
      }
      const bool inside = detail::is_rouge_character(c);
      if (inside && token == none) token = write;
      if (!inside && token != none) {
        out.push(token, write);
        token = none;
      }
      if (c == '\n') out.end_line();
      data[write++] = c;
      if (dotted) {
        out.push(token, write);
        token = none;
        data[write++] = ' ';
      }
    }
    if (token != none) out.push(token, write);
    out.end_line();
    out.close(write);
  }
};
static_assert(tokenizer<tokenizer_rouge>);

}  // namespace evalpp::inline EVALPP_ABI::text
