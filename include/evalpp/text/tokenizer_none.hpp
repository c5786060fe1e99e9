// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// sacreBLEU's `none`, for text that is tokenized already: splits at whitespace and nothing else.
/// The same tokens as `tokenizer_whitespace`, under sacreBLEU's name.
struct tokenizer_none {
  void operator()(std::string_view text, token_buffer& out) const { tokenizer_whitespace{}(text, out); }
  std::string signature() const { return "none"; }

  bool operator==(const tokenizer_none&) const = default;
};
static_assert(tokenizer<tokenizer_none>);

}  // namespace evalpp::inline EVALPP_ABI::text
