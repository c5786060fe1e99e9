// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/text/ascii.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// UTF-8, from any bytes.
//
// Malformed bytes have one meaning everywhere in evalpp, that of Unicode section 3.9 ("U+FFFD
// substitution of maximal subparts"), the WHATWG encoding standard and Python's
// `bytes.decode(errors="replace")`: the longest beginning of a well-formed sequence that is there,
// or one byte when there is none, is one U+FFFD. Overlong forms, surrogates and values above
// U+10FFFF are malformed.
namespace evalpp::inline EVALPP_ABI::text {

inline constexpr char32_t replacement_character = 0xFFFD;
/// The most bytes a code point takes.
inline constexpr std::size_t max_utf8_length = 4;

/// One decoding step: a code point and the number of bytes it took, 1 to 4.
struct utf8_step {
  char32_t code_point = 0;
  std::uint32_t length = 0;
  bool well_formed = true;  ///< false: `code_point` stands for malformed bytes
};

/// Decodes the code point that begins at `first`. Precondition: first != last.
EVALPP_ALWAYS_INLINE constexpr utf8_step decode_utf8(const char* first, const char* last) noexcept {
  const auto byte = [first](int i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(first[i]));
  };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  const std::ptrdiff_t left = last - first;
  if (lead < 0xC2 || lead > 0xF4 || left < 2) return {replacement_character, 1, false};
  const std::uint32_t second = byte(1);
  if (lead < 0xE0) {
    if ((second & 0xC0) != 0x80) return {replacement_character, 1, false};
    return {static_cast<char32_t>((lead & 0x1F) << 6 | (second & 0x3F)), 2, true};
  }

  // The lead narrows the range of the second byte: no overlong forms, surrogates, or more than 10FFFF.
  const std::uint32_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint32_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return {replacement_character, 1, false};
  if (left < 3 || (byte(2) & 0xC0) != 0x80) return {replacement_character, 2, false};
  const std::uint32_t three = (lead & 0xF) << 12 | (second & 0x3F) << 6 | (byte(2) & 0x3F);
  if (lead < 0xF0) return {static_cast<char32_t>(three), 3, true};
  if (left < 4 || (byte(3) & 0xC0) != 0x80) return {replacement_character, 3, false};
  return {static_cast<char32_t>((three & 0x7FFF) << 6 | (byte(3) & 0x3F)), 4, true};
}

/// Writes `code_point` to `out`, which has room for 4 bytes, and returns the number written.
/// Surrogates and values above U+10FFFF are written as U+FFFD.
constexpr std::size_t encode_utf8(char32_t code_point, char* out) noexcept {
  std::uint32_t c = static_cast<std::uint32_t>(code_point);
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement_character;
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | c >> 6);
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | c >> 12);
    out[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | c >> 18);
  out[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
  out[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

/// `encode_utf8` at the end of a string.
inline void append_utf8(std::string& out, char32_t code_point) {
  char bytes[max_utf8_length];
  out.append(bytes, encode_utf8(code_point, bytes));
}

/// Calls `visit(utf8_step, offset)` for each code point, in order.
template <class Visit>
constexpr void for_each_code_point(std::string_view text, Visit visit) {
  const char* const first = text.data();
  const char* const last = first + text.size();
  for (const char* p = first; p != last;) {
    const utf8_step step = decode_utf8(p, last);
    visit(step, static_cast<std::size_t>(p - first));
    p += step.length;
  }
}

/// The offset of the first malformed sequence, or `std::string_view::npos` when all is UTF-8.
inline std::size_t first_invalid_utf8(std::string_view text) noexcept {
  const char* const first = text.data();
  const char* const last = first + text.size();
  for (const char* p = first; p != last;) {
    if (is_ascii(*p)) {
      p = detail::skip_ascii(p, last);
      continue;
    }
    const utf8_step step = decode_utf8(p, last);
    if (!step.well_formed) return static_cast<std::size_t>(p - first);
    p += step.length;
  }
  return std::string_view::npos;
}

inline bool is_valid_utf8(std::string_view text) noexcept {
  return first_invalid_utf8(text) == std::string_view::npos;
}

/// How many code points a text has, and how many of them stand for malformed bytes.
struct utf8_counts {
  std::size_t code_points = 0;
  std::size_t malformed = 0;

  bool operator==(const utf8_counts&) const = default;
};

constexpr utf8_counts count_utf8(std::string_view text) noexcept {
  utf8_counts counts;
  for_each_code_point(text, [&](const utf8_step& step, std::size_t) {
    ++counts.code_points;
    if (!step.well_formed) ++counts.malformed;
  });
  return counts;
}

/// Replaces the contents of `out` by the code points of `text`; returns how many stand for
/// malformed bytes. Allocates only to grow `out`.
inline std::size_t decode_utf8(std::string_view text, std::vector<char32_t>& out) {
  std::size_t malformed = 0;
  out.clear();
  out.reserve(text.size());
  for_each_code_point(text, [&](const utf8_step& step, std::size_t) {
    out.push_back(step.code_point);
    if (!step.well_formed) ++malformed;
  });
  return malformed;
}

/// The text with U+FFFD in place of what is not UTF-8, one for each longest valid beginning of a character
/// (what browsers do: Unicode 15, section 3.9, "maximal subparts"). O(n).
inline std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_code_point(text, [&](const utf8_step& step, std::size_t at) {
    out += step.well_formed ? text.substr(at, step.length) : std::string_view("\xEF\xBF\xBD");
  });
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::text
