// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// The words of jiwer 4's default transformation: whitespace is stripped, and a space or two or
/// more whitespace characters in a row separate words. Any other single whitespace character, such
/// as a tab or a newline, is part of a word.
struct tokenizer_jiwer_words {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(strip(text));
    const char* const first = out.data();
    const char* const last = first + out.bytes().size();
    std::size_t word = 0;
    for (const char* p = first; p != last;) {
      std::size_t count = 0;
      const char* after = p;
      while (after != last) {
        const std::size_t length = whitespace_length(after, last);
        if (length == 0) break;
        after += length;
        ++count;
      }
      const std::size_t begin = static_cast<std::size_t>(p - first);
      if (count >= 2 || (count == 1 && *p == ' ')) {
        out.push(word, begin);
        word = static_cast<std::size_t>(after - first);
      }
      p = count == 0 ? p + 1 : after;
    }
    if (word != out.bytes().size()) out.push(word, out.bytes().size());
  }
  std::string signature() const { return "jiwer_words"; }

  bool operator==(const tokenizer_jiwer_words&) const = default;
};
static_assert(tokenizer<tokenizer_jiwer_words>);

}  // namespace evalpp::inline EVALPP_ABI::text
