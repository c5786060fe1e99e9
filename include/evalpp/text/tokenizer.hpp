// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

/// A value that splits a text into tokens. Calling it forgets what the buffer held and fills it;
/// it accepts any bytes and allocates nothing once the buffer has grown. `signature()` names it
/// with its options as metrics print it ("13a"): two tokenizers are equal exactly when their
/// signatures are.
///
/// Malformed UTF-8 has one meaning for all of them, that of utf8.hpp: each maximal part of a
/// sequence that goes wrong counts as one U+FFFD where a tokenizer looks at characters. Its bytes
/// stay in the token as they are, so different bytes remain different tokens. A tokenizer that first
/// deletes something from the text reads what is left afresh.
template <class T>
concept tokenizer = std::regular<T> && requires(const T& tokenize, std::string_view text, token_buffer& out) {
  { tokenize(text, out) } -> std::same_as<void>;
  { tokenize.signature() } -> std::convertible_to<std::string>;
};

}  // namespace evalpp::inline EVALPP_ABI::text
