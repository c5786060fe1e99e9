// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// sacreBLEU's `intl`, the international tokenization of mteval-v14: every symbol is a token, and
/// so is all punctuation that does not stand between numbers; punctuation at the beginning or end
/// of the text has only one side to look at. Equal to sacreBLEU 2.6.0 `TokenizerV14International`
/// with the general categories of Unicode 15.0.
struct tokenizer_intl {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(text);
    detail::separate(out, 0, out.bytes().size(), false, classify);
  }
  std::string signature() const { return "intl"; }

  bool operator==(const tokenizer_intl&) const = default;

 private:
  static constexpr detail::char_class class_of(char32_t c) noexcept {
    using detail::char_class;
    if (is_whitespace(c)) return char_class::space;
    switch (category_group_of(c)) {
      case category_group::number:
        return char_class::digit;
      case category_group::punctuation:
        return char_class::stop;
      case category_group::symbol:
        return char_class::isolated;
      default:
        return char_class::other;
    }
  }
  static constexpr std::array<detail::char_class, 128> ascii_classes() noexcept {
    std::array<detail::char_class, 128> table{};
    for (std::size_t c = 0; c < table.size(); ++c) table[c] = class_of(static_cast<char32_t>(c));
    return table;
  }

  static detail::classified classify(const char* p, const char* last) noexcept {
    static constexpr auto table = ascii_classes();
    if (is_ascii(*p)) return {table[static_cast<unsigned char>(*p)], 1};
    const utf8_step step = decode_utf8(p, last);
    return {class_of(step.code_point), step.length};
  }
};
static_assert(tokenizer<tokenizer_intl>);

}  // namespace evalpp::inline EVALPP_ABI::text
