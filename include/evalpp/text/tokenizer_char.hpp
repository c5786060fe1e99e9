// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// sacreBLEU's `char`: each code point that is not whitespace is a token. Equal to sacreBLEU 2.6.0
/// `TokenizerChar`.
struct tokenizer_char {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(text);
    for_each_code_point(out.bytes(), [&](const utf8_step& step, std::size_t at) {
      if (!is_whitespace(step.code_point)) out.push(at, at + step.length);
    });
  }
  std::string signature() const { return "char"; }

  bool operator==(const tokenizer_char&) const = default;
};
static_assert(tokenizer<tokenizer_char>);

}  // namespace evalpp::inline EVALPP_ABI::text
