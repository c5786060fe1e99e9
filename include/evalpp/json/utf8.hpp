// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// One step through bytes that should be UTF-8.
struct utf8_step {
  std::size_t length = 0;  ///< bytes of the sequence, or of its longest valid beginning (at least 1)
  bool valid = false;
};

/// Looks at the sequence that starts at `at` (< text.size()). Overlong forms, surrogates and code
/// points above U+10FFFF are ill-formed (Unicode 15.0 table 3-7).
inline utf8_step utf8_at(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t length = lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  for (std::size_t i = 1; i < length; ++i) {
    if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high) return {i, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

/// The offset of the first ill-formed sequence, or `npos` when all of `text` is UTF-8.
inline std::size_t find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const utf8_step step = utf8_at(text, at);
    if (!step.valid) return at;
    at += step.length;
  }
  return std::string_view::npos;
}

/// Appends a code point that is a Unicode scalar value.
template <class Bytes>
inline void append_utf8(Bytes& out, char32_t code) {
  const auto put = [&out](char32_t bits) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(bits)));
  };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12));
    put(0x80U | ((code >> 6) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | (code >> 18));
    put(0x80U | ((code >> 12) & 0x3FU));
    put(0x80U | ((code >> 6) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
