// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <cstring>
#include <string_view>

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

namespace detail {

// Whether the sixteen bytes from `p` on are ASCII.
inline bool is_ascii_16(const char* p) noexcept {
  std::uint64_t words[2];
  std::memcpy(words, p, 16);
  return ((words[0] | words[1]) & 0x8080'8080'8080'8080) == 0;
}

// The first byte from `p` on that is not ASCII, or `last`.
inline const char* skip_ascii(const char* p, const char* last) noexcept {
  while (last - p >= 16 && is_ascii_16(p)) p += 16;
  while (p != last && is_ascii(*p)) ++p;
  return p;
}

// `lower_ascii` on the eight bytes from `from` on, written to `to`. In each byte that is ASCII the
// top bit of a sum says whether the byte is at least some letter; the two sums differ in A to Z.
inline void lower_eight(const char* from, char* to) noexcept {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  std::uint64_t word;
  std::memcpy(&word, from, 8);
  const std::uint64_t low = word & (each * 0x7F);
  const std::uint64_t from_a = low + each * (0x80 - 'A');
  const std::uint64_t behind_z = low + each * (0x7F - 'Z');
  word |= ((from_a ^ behind_z) & ~word & (each * 0x80)) >> 2;
  std::memcpy(to, &word, 8);
}

}  // namespace detail

/// Whether all bytes of the text are ASCII.
inline bool is_ascii(std::string_view text) noexcept {
  const char* const last = text.data() + text.size();
  return detail::skip_ascii(text.data(), last) == last;
}

}  // namespace evalpp::inline EVALPP_ABI::text
