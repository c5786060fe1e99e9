// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/utf8.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

// Where JSON may stand in other text: brackets and what closes them, without knowing the grammar.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Eight bytes at once, to step over what is of no interest. The questions give a mask with the top
/// bit of every byte that answers yes; behind the first of them it may have false ones.
class eight_bytes {
 public:
  explicit eight_bytes(const char* from) { std::memcpy(&word_, from, 8); }

  std::uint64_t equal_to(char c) const { return zeros(word_ ^ each(static_cast<unsigned char>(c))); }
  /// `[` and `{` differ in one bit.
  std::uint64_t openers() const { return zeros((word_ | each(0x20)) ^ each('{')); }
  std::uint64_t control_or_non_ascii() const { return ((word_ - each(0x20)) | word_) & each(0x80); }

  /// How many of the bytes at `from` come before the first one in the mask, which is not 0.
  static std::size_t before(std::uint64_t mask) {
    if constexpr (std::endian::native == std::endian::little) {
      return static_cast<std::size_t>(std::countr_zero(mask)) / 8;
    } else {
      return 0;  // the caller's loop over bytes finds it
    }
  }

 private:
  static constexpr std::uint64_t each(std::uint64_t byte) { return byte * 0x0101'0101'0101'0101; }
  static constexpr std::uint64_t zeros(std::uint64_t x) { return (x - each(1)) & ~x & each(0x80); }

  std::uint64_t word_ = 0;
};

/// The first offset from `at` on where `mask(eight_bytes)` may say yes, or one less than 8 bytes from `end`.
template <class Mask>
std::size_t skip_eights(std::string_view text, std::size_t at, std::size_t end, Mask mask) {
  for (; at + 8 <= end; at += 8) {
    if (const std::uint64_t found = mask(eight_bytes(text.data() + at)); found != 0) {
      return at + eight_bytes::before(found);
    }
  }
  return at;
}

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
constexpr bool is_opener(char c) { return c == '{' || c == '['; }
constexpr bool is_closer(char c) { return c == '}' || c == ']'; }
/// `}` for `{`, `]` for `[`.
constexpr char closer_of(char opener) { return static_cast<char>(opener + 2); }
constexpr bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
constexpr bool is_name_part(char c) { return is_name_start(c) || text::is_ascii_digit(c); }

inline std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

inline std::size_t skip_name(std::string_view text, std::size_t at) {
  while (at < text.size() && is_name_part(text[at])) ++at;
  return at;
}

/// The offset of the first opening bracket from `at` on, `end` when there is none.
inline std::size_t find_opener(std::string_view text, std::size_t at, std::size_t end) {
  at = skip_eights(text, at, end, [](eight_bytes next) { return next.openers(); });
  while (at < end && !is_opener(text[at])) ++at;
  return at;
}

/// The offset behind the quote that closes the string whose opening quote stands at `at`, or `end`.
inline std::size_t skip_string(std::string_view text, std::size_t at, std::size_t end) {
  for (++at; at < end; ++at) {
    at =
        skip_eights(text, at, end, [](eight_bytes next) { return next.equal_to('"') | next.equal_to('\\'); });
    while (at < end && text[at] != '"' && text[at] != '\\') ++at;
    if (at < end && text[at++] == '"') return at;
  }
  return end;
}

/// Finds what closes a bracket. Quotes count, backslashes inside them too; a closer that does not
/// fit the innermost open bracket counts as text. Keeps its memory; 8 bytes for each open bracket.
class bracket_matcher {
 public:
  /// The offset behind the closer of the bracket at `at`, or npos when none comes before `end`.
  std::size_t match(std::string_view text, std::size_t at, std::size_t end) {
    open_.clear();
    while (at < end) {
      const char c = text[at];
      if (c == '"') {
        at = skip_string(text, at, end);
        continue;
      }
      if (is_opener(c)) {
        open_.push_back(at);
      } else if (is_closer(c) && closer_of(text[open_.back()]) == c) {
        open_.pop_back();
        if (open_.empty()) return at + 1;
      }
      ++at;
    }
    return std::string_view::npos;
  }

  /// After a search in vain: every bracket that it met and that nothing closes, ascending.
  const std::vector<std::size_t>& unclosed() const { return open_; }

 private:
  std::vector<std::size_t> open_;
};

/// Whether what follows an opening bracket makes it the beginning of JSON that was cut off: a quote,
/// a closer, `name:`, a value. `at` is the offset behind the bracket.
inline bool looks_like_json(std::string_view text, std::size_t at) {
  at = skip_space(text, at);
  if (at == text.size()) return false;
  const std::string_view rest = text.substr(at);
  const char c = rest[0];
  if (c == '"' || c == '\'' || is_opener(c) || is_closer(c) || text::is_ascii_digit(c)) return true;
  if (c == '-') return rest.size() > 1 && text::is_ascii_digit(rest[1]);
  if (rest.substr(0, 2) == "\xE2\x80") {  // curly quotes
    return rest.size() > 2 && rest[2] >= '\x98' && rest[2] <= '\x9F';
  }
  if (!is_name_start(c)) return false;
  const std::size_t end = skip_name(text, at);
  const std::string_view name = text.substr(at, end - at);
  for (const std::string_view literal : {"true", "false", "null", "True", "False", "None"}) {
    if (name == literal) return true;
  }
  const std::size_t next = skip_space(text, end);
  return next < text.size() && text[next] == ':';
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
