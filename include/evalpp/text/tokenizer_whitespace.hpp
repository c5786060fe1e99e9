// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/detail/block_scan.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>

#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// Splits at whitespace, as Python's `str.split()` does. Tokens are not changed.
struct tokenizer_whitespace {
  void operator()(std::string_view text, token_buffer& out) const { detail::scan_words(text, out); }
  std::string signature() const { return "whitespace"; }

  bool operator==(const tokenizer_whitespace&) const = default;
};
static_assert(tokenizer<tokenizer_whitespace>);

}  // namespace evalpp::inline EVALPP_ABI::text
