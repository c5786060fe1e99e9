// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Why and where a text was refused.
struct refusal {
  json::fault fault = json::fault::none;
  std::size_t offset = 0;
  const char* expected = "";
  const char* fix = "";
};

/// The refusal as an error: `expected ':' after the key, found '2'`.
inline evalpp::error describe(const refusal& refused, std::string_view text) {
  std::string message = "expected ";
  message += refused.expected;
  message += ", found ";
  if (refused.offset >= text.size()) {
    message += "the end of the text";
  } else {
    const text::utf8_step found = text::decode_utf8(text.data() + refused.offset, text.data() + text.size());
    const auto byte = static_cast<unsigned char>(text[refused.offset]);
    if (found.well_formed && byte >= 0x20 && byte != 0x7F) {
      message += '\'';
      message += text.substr(refused.offset, found.length);
      message += '\'';
    } else {
      static constexpr std::string_view hex = "0123456789ABCDEF";
      message += "byte 0x";
      message += hex[byte >> 4];
      message += hex[byte & 0xFU];
    }
  }
  const position place = locate(text, refused.offset);
  return {.code = code_of(refused.fault),
          .message = std::move(message),
          .fix = refused.fix,
          .offset = refused.offset,
          .line = place.line,
          .column = place.column};
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
