// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// `tokenizer_rouge` for every language, equal to it on ASCII text: lower-case runs of letters and
/// numbers of any script, all else separates them.
///
/// Combining marks and the two joiners (U+200C, U+200D) belong to the word before them and begin
/// none. Scripts that put no spaces between words (Han, Hiragana, Katakana; Thai, Lao, Khmer,
/// Myanmar and others whose lines break only with a dictionary) give a token for each letter with
/// its marks; hangul is written with spaces and gives words. Knows lines, for ROUGE-Lsum.
/// The stemmer is English and touches only words of ASCII letters and digits.
struct tokenizer_rouge_unicode {
  bool stem = false;  ///< reduce ASCII words of more than three letters by the Porter stemmer

  void operator()(std::string_view text, token_buffer& out) const {
    if (is_ascii(text)) return tokenizer_rouge{stem}(text, out);
    out.close(detail::lowercase_into(text, out.open(detail::lowercase_capacity(text.size()))));
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t token = none;
    bool alone = false;  // the token is a letter of a script without spaces
    for_each_code_point(out.bytes(), [&](const utf8_step& step, std::size_t at) {
      const char32_t c = step.code_point;
      if (token != none && extends_word(c)) return;
      const bool inside = is_alphanumeric(c);
      const bool unspaced = inside && is_unspaced(c);
      if (token != none && (!inside || unspaced || alone)) {
        out.push(token, at);
        token = none;
      }
      if (inside && token == none) {
        token = at;
        alone = unspaced;
      }
      if (c == '\n') out.end_line();
    });
    if (token != none) out.push(token, out.bytes().size());
    out.end_line();
    if (stem) detail::stem_tokens(out);
  }
  std::string signature() const { return stem ? "rouge_unicode-stem" : "rouge_unicode"; }

  bool operator==(const tokenizer_rouge_unicode&) const = default;

 private:
  static constexpr bool extends_word(char32_t c) noexcept {
    constexpr char32_t zero_width_non_joiner = 0x200C;
    constexpr char32_t zero_width_joiner = 0x200D;
    return c == zero_width_non_joiner || c == zero_width_joiner || is_mark(c);
  }
};
static_assert(tokenizer<tokenizer_rouge_unicode>);

}  // namespace evalpp::inline EVALPP_ABI::text
