// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/brackets.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What stands between the tokens of text that should have been JSON, and what its bare words are.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What lies between two tokens: white space, comments, byte order marks, no-break spaces.
enum class gap : std::uint8_t { nothing, space, comment, odd_space };

/// False for every byte that begins no gap.
constexpr bool may_be_gap(char c) { return c <= ' ' || c == '/' || c == '#' || !text::is_ascii(c); }

/// The kind of gap at `at`, and its end. A comment that nothing closes goes to the end of the text.
inline gap gap_at(std::string_view text, std::size_t at, std::size_t& end) {
  if (at >= text.size() || !may_be_gap(text[at])) return gap::nothing;
  const std::string_view rest = text.substr(at, 3);
  if (is_space(rest[0])) {
    end = skip_space(text, at);
    return gap::space;
  }
  if (rest[0] == '#' || rest.substr(0, 2) == "//") {
    end = (std::min)(text.find_first_of("\r\n", at), text.size());
    return gap::comment;
  }
  if (rest.substr(0, 2) == "/*") {
    const std::size_t close = text.find("*/", at + 2);
    end = close == std::string_view::npos ? text.size() : close + 2;
    return gap::comment;
  }
  if (rest.substr(0, 2) == "\xC2\xA0") {
    end = at + 2;
    return gap::odd_space;
  }
  if (rest == "\xEF\xBB\xBF") {
    end = at + 3;
    return gap::odd_space;
  }
  return gap::nothing;
}

/// The quotes other than `"` that may open a string at `at`, and what closes it; empty for none.
struct quote_pair {
  std::string_view open;
  std::string_view close;
};

inline quote_pair quotes_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  if (text[at] == '\'') return {"'", "'"};
  if (text[at] != '\xE2') return {};
  const std::string_view rest = text.substr(at, 3);
  if (rest == "\xE2\x80\x9C") return {rest, "\xE2\x80\x9D"};  // U+201C, U+201D
  if (rest == "\xE2\x80\x98") return {rest, "\xE2\x80\x99"};  // U+2018, U+2019
  if (rest == "\xE2\x80\x9D" || rest == "\xE2\x80\x99") return {rest, rest};
  return {};
}

/// The end of the identifier at `at`; `at` when there is none.
inline std::size_t skip_identifier(std::string_view text, std::size_t at) {
  for (const std::size_t begin = at; at < text.size();) {
    if (text::is_ascii(text[at])) {
      if (!(at == begin ? is_name_start(text[at]) : is_name_part(text[at]))) return at;
      ++at;
    } else {
      const text::utf8_step step = text::decode_utf8(text.data() + at, text.data() + text.size());
      if (!step.well_formed || !text::is_letter(step.code_point)) return at;
      at += step.length;
    }
  }
  return at;
}

/// The end of the bare word at `at`: a number, a literal, or what should have been a string.
inline std::size_t skip_word(std::string_view text, std::size_t at) {
  std::size_t unused = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_space(c) || c == ',' || c == ':' || c == '"' || c == '\'' || is_opener(c) || is_closer(c)) break;
    if ((c == '/' || c == '#' || !text::is_ascii(c)) && gap_at(text, at, unused) != gap::nothing) break;
  }
  return at;
}

/// A bare word taken for a number.
struct number_shape {
  enum verdict : std::uint8_t {
    plain,      ///< a JSON number
    fixable,    ///< with a plus sign, or without digits before or behind the point
    half,       ///< the beginning of one
    refused,    ///< a leading zero, hexadecimal: what is meant is open
    no_number,  ///< it is none
  };
  verdict is = no_number;
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;  ///< with its `e`

  explicit number_shape(std::string_view word) {
    std::size_t at = 0;
    const auto digits = [&] {
      const std::size_t begin = at;
      while (at < word.size() && text::is_ascii_digit(word[at])) ++at;
      return word.substr(begin, at - begin);
    };
    const auto skip = [&](char a, char b) {
      if (at == word.size() || (word[at] != a && word[at] != b)) return false;
      ++at;
      return true;
    };
    const bool sign = skip('-', '+');
    negative = word.substr(0, 1) == "-";
    whole = digits();
    if (whole == "0" && skip('x', 'X')) {
      if (word.find_first_not_of("0123456789abcdefABCDEF", at) == std::string_view::npos) is = refused;
      return;
    }
    const bool point = skip('.', '.');
    if (point) fraction = digits();
    if (whole.empty() && fraction.empty()) {
      if (at == word.size() && at != 0) is = half;
      return;
    }
    const std::size_t e = at;
    if (skip('e', 'E')) {
      skip('-', '+');
      const bool complete = !digits().empty();
      exponent = word.substr(e, at - e);
      if (!complete) {
        if (at == word.size()) is = half;
        return;
      }
    }
    if (at != word.size()) return;
    if (whole.size() > 1 && whole[0] == '0') {
      is = refused;
    } else {
      is = (sign && !negative) || whole.empty() || (point && fraction.empty()) ? fixable : plain;
    }
  }

  /// As JSON writes it. Only when it is plain or fixable.
  std::string written() const {
    std::string made = negative ? "-" : "";
    made += whole.empty() ? "0" : whole;
    if (!fraction.empty()) made.append(".").append(fraction);
    return made.append(exponent);
  }
};

/// A bare word that stands for a literal.
struct literal_shape {
  enum verdict : std::uint8_t { json, python, non_finite, half, no_literal };
  verdict is = no_literal;
  std::string_view written;  ///< as JSON writes it

  explicit literal_shape(std::string_view word) {
    if (word.empty() || text::is_ascii_digit(word[0])) return;
    constexpr struct {
      std::string_view word;
      verdict is;
      std::string_view written;
    } known[] = {
        {"true", json, "true"},
        {"false", json, "false"},
        {"null", json, "null"},
        {"True", python, "true"},
        {"False", python, "false"},
        {"None", python, "null"},
        {"NaN", non_finite, "null"},
        {"Infinity", non_finite, "null"},
        {"-Infinity", non_finite, "null"},
        {"+Infinity", non_finite, "null"},
        {"undefined", non_finite, "null"},
    };
    for (const auto& each : known) {
      if (word == each.word) {
        is = each.is;
        written = each.written;
        return;
      }
      if (each.word.substr(0, word.size()) == word) is = half;
    }
  }
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
