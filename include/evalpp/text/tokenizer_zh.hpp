// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// sacreBLEU's `zh`: Chinese characters and full-width forms are tokens, and the rest is tokenized
/// like `13a` but for entities. Equal to sacreBLEU 2.6.0 `TokenizerZh`, whose set of characters it
/// shares: curly quotes, dashes, arrows and mathematical signs (U+2001-2A6D) are in it, kana,
/// hangul and the supplementary planes are not.
struct tokenizer_zh {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(strip(text));
    detail::separate(out, 0, out.bytes().size(), false, classify);
  }
  std::string signature() const { return "zh"; }

  bool operator==(const tokenizer_zh&) const = default;

 private:
  // The ranges as they take effect there: those of the supplementary planes are compared as
  // strings and reach from U+2001 to U+2A6D instead.
  static constexpr bool stands_alone(char32_t c) noexcept {
    constexpr struct {
      char32_t first, last;
    } ranges[] = {{0x2001, 0x2A6D}, {0x2E80, 0x2FDF}, {0x2FF0, 0x303F}, {0x3100, 0x312F}, {0x31A0, 0x31EF},
                  {0x3200, 0x4DB5}, {0x4E00, 0x9FBB}, {0xF900, 0xFA2D}, {0xFA30, 0xFA6A}, {0xFA70, 0xFAD9},
                  {0xFE10, 0xFE1F}, {0xFE30, 0xFE4F}, {0xFF00, 0xFFEF}};
    for (const auto& range : ranges) {
      if (c <= range.last) return c >= range.first;
    }
    return false;
  }

  static detail::classified classify(const char* p, const char* last) noexcept {
    using detail::char_class;
    if (is_ascii(*p)) return {detail::western_class(*p), 1};
    const utf8_step step = decode_utf8(p, last);
    if (is_whitespace(step.code_point)) return {char_class::space, step.length};
    return {stands_alone(step.code_point) ? char_class::isolated : char_class::other, step.length};
  }
};
static_assert(tokenizer<tokenizer_zh>);

}  // namespace evalpp::inline EVALPP_ABI::text
