// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

namespace detail {

// Lower-casing never needs more room: the worst are two bytes that become three.
constexpr std::size_t lowercase_capacity(std::size_t size) noexcept { return size + size / 2 + 1; }

// Lower-cases the ASCII text at the beginning of [first, last) into `out`; returns its length.
inline std::size_t lowercase_ascii_prefix(const char* first, const char* last, char* out) noexcept {
  const char* p = first;
  for (; last - p >= 16 && is_ascii_16(p); p += 16, out += 16) {
    lower_eight(p, out);
    lower_eight(p + 8, out + 8);
  }
  for (; p != last && is_ascii(*p); ++p) *out++ = lower_ascii(*p);
  return static_cast<std::size_t>(p - first);
}

// Which form a capital sigma takes depends on what is around it: the characters that are not
// case-ignorable before and after it. Asked about one sigma after the other, in order, it looks at
// no part of the text more than twice, since a sigma is not case-ignorable.
class sigma_context {
 public:
  explicit sigma_context(std::string_view text) noexcept : at_(text.data()), last_(at_ + text.size()) {}

  // Is the sigma in [begin, end) the last letter of a word of more than one?
  bool is_final(const char* begin, const char* end) noexcept {
    while (at_ != begin) {
      const utf8_step step = decode_utf8(at_, last_);
      if (!is_case_ignorable(step.code_point)) after_cased_ = is_cased(step.code_point);
      at_ += step.length;
    }
    return after_cased_ && !cased_follows(end);
  }

 private:
  bool cased_follows(const char* p) const noexcept {
    while (p != last_) {
      const utf8_step step = decode_utf8(p, last_);
      if (!is_case_ignorable(step.code_point)) return is_cased(step.code_point);
      p += step.length;
    }
    return false;
  }

  const char* at_;  // how far the text before has been looked at
  const char* last_;
  bool after_cased_ = false;  // whether the last character before `at_` that counts is cased
};

// Writes the lower-case form of `text` to `out`, which has room for `lowercase_capacity(size)`
// bytes; returns the length. Linear.
inline std::size_t lowercase_into(std::string_view text, char* out) noexcept {
  constexpr char32_t capital_sigma = 0x3A3;
  constexpr char32_t small_sigma = 0x3C3;
  constexpr char32_t final_sigma = 0x3C2;
  constexpr char32_t capital_i_with_dot = 0x130;
  constexpr char32_t combining_dot_above = 0x307;

  sigma_context context(text);
  const char* p = text.data();
  const char* const last = p + text.size();
  char* const begin = out;
  while (p != last) {
    if (is_ascii(*p)) {
      const std::size_t length = lowercase_ascii_prefix(p, last, out);
      p += length;
      out += length;
      continue;
    }
    const utf8_step step = decode_utf8(p, last);
    const char32_t c = step.code_point;
    const char32_t lower = simple_lower(c);
    if (lower == c) {
      // Malformed bytes too stay what they are.
      for (std::uint32_t i = 0; i < step.length; ++i) *out++ = p[i];
    } else if (c == capital_sigma) {
      out += encode_utf8(context.is_final(p, p + step.length) ? final_sigma : small_sigma, out);
    } else if (c == capital_i_with_dot) {
      out += encode_utf8('i', out);
      out += encode_utf8(combining_dot_above, out);
    } else {
      out += encode_utf8(lower, out);
    }
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
