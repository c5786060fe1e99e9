// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

namespace detail {

// Lower-casing never needs more room: the worst are two bytes that become three.
constexpr std::size_t lowercase_capacity(std::size_t size) noexcept { return size + size / 2 + 1; }

// Lower-cases the ASCII text at the beginning of [first, last) into `out`; returns its length.
inline std::size_t lowercase_ascii_prefix(const char* first, const char* last, char* out) noexcept {
  constexpr std::uint64_t top_bits = 0x8080'8080'8080'8080;
  const char* p = first;
  for (; last - p >= 16; p += 16, out += 16) {
    std::uint64_t words[2];
    std::memcpy(words, p, 16);
    if (((words[0] | words[1]) & top_bits) != 0) break;
    lower_eight(p, out);
    lower_eight(p + 8, out + 8);
  }
  for (; p != last && is_ascii(*p); ++p) *out++ = lower_ascii(*p);
  return static_cast<std::size_t>(p - first);
}

// Whether the first character from `p` on that is not case-ignorable is cased.
inline bool cased_follows(const char* p, const char* last) noexcept {
  while (p != last) {
    const utf8_step step = decode_utf8(p, last);
    if (!is_case_ignorable(step.code_point)) return is_cased(step.code_point);
    p += step.length;
  }
  return false;
}

// Writes the lower-case form of `text` to `out`, which has room for `lowercase_capacity(size)`
// bytes; returns the length. Linear: the look-ahead of a sigma ends at the next one.
inline std::size_t lowercase_into(std::string_view text, char* out) noexcept {
  constexpr char32_t capital_sigma = 0x3A3;
  constexpr char32_t small_sigma = 0x3C3;
  constexpr char32_t final_sigma = 0x3C2;
  constexpr char32_t capital_i_with_dot = 0x130;
  constexpr char32_t combining_dot_above = 0x307;

  const char* p = text.data();
  const char* const last = p + text.size();
  char* const begin = out;
  bool after_cased = false;  // whether the last character that is not case-ignorable is cased
  while (p != last) {
    if (is_ascii(*p)) {
      const std::size_t run = lowercase_ascii_prefix(p, last, out);
      p += run;
      out += run;
      for (std::size_t back = 1; back <= run; ++back) {
        const char32_t c = static_cast<unsigned char>(p[-static_cast<std::ptrdiff_t>(back)]);
        if (is_case_ignorable(c)) continue;
        after_cased = is_cased(c);
        break;
      }
      continue;
    }
    const utf8_step step = decode_utf8(p, last);
    const char32_t c = step.code_point;
    const std::uint8_t flags = unicode_flags(c);
    if (c == capital_sigma) {
      out +=
          encode_utf8(after_cased && !cased_follows(p + step.length, last) ? final_sigma : small_sigma, out);
    } else if (c == capital_i_with_dot) {
      out += encode_utf8('i', out);
      out += encode_utf8(combining_dot_above, out);
    } else if (const char32_t lower = simple_lower(c); lower != c) {
      out += encode_utf8(lower, out);
    } else {
      std::memcpy(out, p, step.length);  // malformed bytes too stay what they are
      out += step.length;
    }
    if ((flags & unicode_case_ignorable) == 0) after_cased = (flags & unicode_cased) != 0;
    p += step.length;
  }
  return static_cast<std::size_t>(out - begin);
}

}  // namespace detail

/// Replaces the contents of `out`, another string, by the lower-case form of `text`: Python's
/// `str.lower()`, the full mapping of Unicode with its rule for the sigma at the end of a word.
/// Malformed bytes stay what they are. Allocates only to grow `out`.
inline void to_lower(std::string_view text, std::string& out) {
  out.resize(detail::lowercase_capacity(text.size()));
  out.resize(detail::lowercase_into(text, out.data()));
}

/// `to_lower` as a value.
inline std::string to_lower(std::string_view text) {
  std::string out;
  to_lower(text, out);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::text
