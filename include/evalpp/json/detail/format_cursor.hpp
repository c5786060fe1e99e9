// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

// Sets of ASCII characters, named as in the grammars.
enum char_class : std::uint16_t {
  class_digit = 1 << 0,
  class_hex = 1 << 1,
  class_letter = 1 << 2,
  class_scheme = 1 << 3,
  class_reg_name = 1 << 4,    // unreserved, sub-delims
  class_userinfo = 1 << 5,    // reg_name, ':'
  class_segment_nc = 1 << 6,  // reg_name, '@'
  class_path = 1 << 7,        // pchar, '/'
  class_query = 1 << 8,       // pchar, '/', '?'
  class_varchar = 1 << 9,     // of a URI template
  class_literal = 1 << 10,    // of a URI template
  class_atext = 1 << 11,      // of an e-mail address
  class_qtext = 1 << 12,      // of an e-mail address
  class_label = 1 << 13,      // letters, digits, hyphen
  class_alnum = class_digit | class_letter,
};

struct char_classes {
  std::uint16_t of[256] = {};

  constexpr void add(std::string_view chars, unsigned classes) {
    for (const char c : chars) {
      std::uint16_t& entry = of[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint16_t>(entry | classes);
    }
  }
  constexpr void remove(std::string_view chars, unsigned classes) {
    for (const char c : chars) {
      std::uint16_t& entry = of[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint16_t>(entry & ~classes);
    }
  }

  constexpr char_classes() {
    constexpr unsigned reg_name =
        class_reg_name | class_userinfo | class_segment_nc | class_path | class_query;
    constexpr unsigned letters_or_digits =
        reg_name | class_scheme | class_varchar | class_atext | class_qtext | class_label;
    for (char c = '!'; c <= '~'; ++c) add({&c, 1}, class_literal | class_qtext);
    remove("\"<>\\^`{|}%", class_literal);
    remove("\"\\", class_qtext);
    add(" ", class_qtext);
    add("0123456789", class_digit | class_hex | letters_or_digits);
    add("abcdefABCDEF", class_hex);
    add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", class_letter | letters_or_digits);
    add("-._~!$&'()*+,;=", reg_name);
    add(":", class_userinfo | class_path | class_query);
    add("@", class_segment_nc | class_path | class_query);
    add("/", class_path | class_query);
    add("?", class_query);
    add("+-.", class_scheme);
    add("_", class_varchar);
    add("!#$%&'*+-/=?^_`{|}~", class_atext);
    add("-", class_label);
  }
};

inline constexpr char_classes char_class_table;

constexpr bool is_of(char c, unsigned classes) {
  return (char_class_table.of[static_cast<unsigned char>(c)] & classes) != 0;
}

// A place in a text that is being matched. Every `take...` of the formats moves it over one piece of a
// grammar and says whether the piece was there; when it was not, the place is that of the fault.
struct format_cursor {
  std::string_view text;
  std::size_t at = 0;

  constexpr bool done() const { return at == text.size(); }
  /// The next byte, NUL at the end: no grammar that is matched byte by byte contains one.
  constexpr char peek() const { return at < text.size() ? text[at] : '\0'; }
  constexpr bool next_is(unsigned classes) const { return is_of(peek(), classes); }

  constexpr bool take(char c) {
    if (peek() != c || done()) return false;
    ++at;
    return true;
  }
  constexpr bool take_either(char a, char b) { return take(a) || take(b); }
  constexpr bool take(std::string_view piece) {
    if (text.substr(at, piece.size()) != piece) return false;
    at += piece.size();
    return true;
  }
  /// As many bytes of these classes as there are; says how many.
  constexpr std::size_t skip(unsigned classes) {
    const std::size_t from = at;
    while (at < text.size() && is_of(text[at], classes)) ++at;
    return at - from;
  }
  /// For what is wrong only as a whole: the fault is where it begins.
  constexpr bool fail(std::size_t where) {
    at = where;
    return false;
  }
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
