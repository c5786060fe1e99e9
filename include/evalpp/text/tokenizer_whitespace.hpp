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

/// Splits at whitespace, as Python's `str.split()` does. Tokens are not changed.
struct tokenizer_whitespace {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(text);
    for_each_word(out.bytes(), [&](std::size_t begin, std::size_t end) { out.push(begin, end); });
  }
  std::string signature() const { return "whitespace"; }

  bool operator==(const tokenizer_whitespace&) const = default;
};
static_assert(tokenizer<tokenizer_whitespace>);

}  // namespace evalpp::inline EVALPP_ABI::text
