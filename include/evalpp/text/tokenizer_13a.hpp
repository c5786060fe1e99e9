// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/detail/block_scan.hpp>
#include <evalpp/text/detail/replace.hpp>
#include <evalpp/text/detail/separate.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// sacreBLEU's default, the tokenization of NIST's mteval-v13a: ASCII punctuation becomes tokens,
/// except the apostrophe, '.' and ',' between digits, and '-' not after a digit. `<skipped>` and
/// hyphens at the end of a line vanish, the four XML entities are decoded. Equal to sacreBLEU
/// 2.6.0 `TokenizerV13a`.
struct tokenizer_13a {
  void operator()(std::string_view text, token_buffer& out) const {
    if (detail::scan_western(text, out, false)) return;
    out.load(text);
    detail::replace_all(out, "<skipped>", "");
    detail::replace_all(out, "-\n", "");
    detail::decode_entities(out);
    const std::string_view rewritten = out.bytes();
    if (detail::scan_western(rewritten, out, true)) return;
    out.truncate_tokens(0);
    out.close(rewritten.size());
    detail::separate(out, 0, rewritten.size(), true, classify);
  }
  std::string signature() const { return "13a"; }

  bool operator==(const tokenizer_13a&) const = default;

 private:
  static detail::classified classify(const char* p, const char* last) noexcept {
    if (detail::whitespace_byte_of(*p) == detail::whitespace_byte::lead) {
      if (const std::size_t length = detail::wide_whitespace_length(p, last)) {
        return {detail::char_class::space, length};
      }
    }
    return {detail::western_class(*p), 1};
  }
};
static_assert(tokenizer<tokenizer_13a>);

}  // namespace evalpp::inline EVALPP_ABI::text
