// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>

#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// The whole text, as it is, is one token: texts are equal when their bytes are. An empty text has no
/// token, as with every tokenizer.
struct tokenizer_verbatim {
  void operator()(std::string_view text, token_buffer& out) const {
    out.load(text);
    if (!text.empty()) out.push(0, text.size());
  }
  std::string signature() const { return "verbatim"; }

  bool operator==(const tokenizer_verbatim&) const = default;
};
static_assert(tokenizer<tokenizer_verbatim>);

}  // namespace evalpp::inline EVALPP_ABI::text
