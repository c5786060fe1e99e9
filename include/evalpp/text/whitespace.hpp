// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Whitespace as Python's `str.split()`, `str.strip()` and `\s` have it: U+0009-000D, 001C-0020,
// 0085, 00A0, 1680, 2000-200A, 2028, 2029, 202F, 205F, 3000. The zero-width ones (200B, 2060,
// FEFF) and U+180E are not whitespace.
namespace evalpp::inline EVALPP_ABI::text {

constexpr bool is_whitespace(char32_t c) noexcept {
  if (c < 0x80) return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20);
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

namespace detail {

// What a byte says about whitespace: it is some, it is none, or it may begin some.
enum class whitespace_byte : std::uint8_t { no, yes, lead };

inline constexpr std::array<whitespace_byte, 256> whitespace_bytes = [] {
  std::array<whitespace_byte, 256> table{};
  for (std::size_t c = 0; c < 0x80; ++c) {
    if (is_whitespace(static_cast<char32_t>(c))) table[c] = whitespace_byte::yes;
  }
  for (const std::size_t lead : {0xC2u, 0xE1u, 0xE2u, 0xE3u}) table[lead] = whitespace_byte::lead;
  return table;
}();

constexpr whitespace_byte whitespace_byte_of(char c) noexcept {
  return whitespace_bytes[static_cast<unsigned char>(c)];
}

// The length of the whitespace character of two or three bytes at `p`, or 0. A lead byte is never
// part of another sequence, so this agrees with decoding, on malformed text too.
constexpr std::size_t wide_whitespace_length(const char* p, const char* last) noexcept {
  const auto at = [&](std::ptrdiff_t i) -> std::uint32_t {
    return last - p > i ? static_cast<unsigned char>(p[i]) : 0;
  };
  const std::uint32_t second = at(1);
  switch (at(0)) {
    case 0xC2:
      return second == 0x85 || second == 0xA0 ? 2 : 0;
    case 0xE1:
      return second == 0x9A && at(2) == 0x80 ? 3 : 0;
    case 0xE2: {
      const std::uint32_t third = at(2);
      if (second == 0x81) return third == 0x9F ? 3 : 0;
      if (second != 0x80) return 0;
      return (third >= 0x80 && third <= 0x8A) || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0;
    }
    case 0xE3:
      return second == 0x80 && at(2) == 0x80 ? 3 : 0;
    default:
      return 0;
  }
}

}  // namespace detail

/// The length in bytes of the whitespace character at `p`, or 0 when there is none.
/// Precondition: p != last.
constexpr std::size_t whitespace_length(const char* p, const char* last) noexcept {
  const detail::whitespace_byte kind = detail::whitespace_byte_of(*p);
  if (kind == detail::whitespace_byte::no) return 0;
  return kind == detail::whitespace_byte::yes ? 1 : detail::wide_whitespace_length(p, last);
}

/// The text without the whitespace at its beginning (Python's `str.lstrip()`).
constexpr std::string_view lstrip(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t length = whitespace_length(text.data(), text.data() + text.size());
    if (length == 0) break;
    text.remove_prefix(length);
  }
  return text;
}

/// The text without the whitespace at its end (Python's `str.rstrip()`).
constexpr std::string_view rstrip(std::string_view text) noexcept {
  while (!text.empty()) {
    const char* const last = text.data() + text.size();
    std::size_t length = 0;
    for (std::size_t n = 1; n <= 3 && n <= text.size() && length == 0; ++n) {
      if (whitespace_length(last - n, last) == n) length = n;
    }
    if (length == 0) break;
    text.remove_suffix(length);
  }
  return text;
}

/// The text without the whitespace at either end (Python's `str.strip()`).
constexpr std::string_view strip(std::string_view text) noexcept { return rstrip(lstrip(text)); }

/// Calls `visit(begin, end)`, offsets in bytes, for each maximal run that is not whitespace: the
/// words of Python's `str.split()`, in order.
template <class Visit>
constexpr void for_each_word(std::string_view text, Visit visit) {
  const char* const first = text.data();
  const char* const last = first + text.size();
  const char* word = nullptr;
  for (const char* p = first; p != last;) {
    const std::size_t length = whitespace_length(p, last);
    if (length == 0) {
      if (word == nullptr) word = p;
      ++p;
      continue;
    }
    if (word != nullptr) visit(static_cast<std::size_t>(word - first), static_cast<std::size_t>(p - first));
    word = nullptr;
    p += length;
  }
  if (word != nullptr) visit(static_cast<std::size_t>(word - first), text.size());
}

}  // namespace evalpp::inline EVALPP_ABI::text
