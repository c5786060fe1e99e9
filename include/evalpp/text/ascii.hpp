// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

// What is asked about ASCII alone. Bytes of other characters are none of these.
namespace evalpp::inline EVALPP_ABI::text {

constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

constexpr bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The 32 characters of Python's `string.punctuation`.
constexpr bool is_ascii_punctuation(char c) noexcept {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// The lower-case form of an ASCII letter, every other byte as it is.
constexpr char lower_ascii(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace evalpp::inline EVALPP_ABI::text
