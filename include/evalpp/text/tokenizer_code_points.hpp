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

/// Each code point is a token, spaces too: what a character error rate counts. With `strip`, as
/// jiwer 4 does it, whitespace at either end of the text is left out first.
struct tokenizer_code_points {
  bool strip = true;

  void operator()(std::string_view text, token_buffer& out) const {
    out.load(strip ? text::strip(text) : text);
    for_each_code_point(out.bytes(),
                        [&](const utf8_step& step, std::size_t at) { out.push(at, at + step.length); });
  }
  std::string signature() const { return strip ? "code_points" : "code_points-unstripped"; }

  bool operator==(const tokenizer_code_points&) const = default;
};
static_assert(tokenizer<tokenizer_code_points>);

}  // namespace evalpp::inline EVALPP_ABI::text
