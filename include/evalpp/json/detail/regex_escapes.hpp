// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_properties.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>
#include <evalpp/json/detail/regex_utf8.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The lexical half of the parser: characters, numbers, escapes and names of groups.
class regex_escapes {
 protected:
  regex_escapes(std::string_view pattern, bool strict) : pattern_(pattern), strict_(strict) {}

  bool fail(const char* message, std::size_t offset) {
    fault_.message = message;
    fault_.offset = offset;
    return false;
  }

  bool starts_with(std::string_view text) const { return pattern_.substr(at_, text.size()) == text; }
  bool skip(char c) {
    const bool is = at_ < pattern_.size() && pattern_[at_] == c;
    at_ += is ? 1 : 0;
    return is;
  }

  /// The next code point. Precondition: there is one.
  bool take(std::uint32_t& c) {
    const code_point_step step = decode_code_point(pattern_.data() + at_, pattern_.data() + pattern_.size());
    if (!step.valid) return fail("this is not UTF-8", at_);
    c = step.code_point;
    at_ += step.length;
    return true;
  }

  /// Decimal digits; what is too large for 32 bits is the largest number that is not `unlimited`.
  std::optional<std::uint32_t> number() {
    const std::size_t first = at_;
    std::uint64_t value = 0;
    for (; at_ < pattern_.size() && pattern_[at_] >= '0' && pattern_[at_] <= '9'; ++at_) {
      value = value * 10 + static_cast<std::uint64_t>(pattern_[at_] - '0');
      if (value >= unlimited) value = unlimited - 1;
    }
    if (at_ == first) return std::nullopt;
    return static_cast<std::uint32_t>(value);
  }

  /// Groups are numbered over the whole pattern, and whether a name occurs decides what `\k` is: both
  /// are needed before the first backreference.
  void count_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < pattern_.size(); ++i) {
      const char c = pattern_[i];
      if (c == '\\') {
        ++i;
      } else if (in_class) {
        in_class = c != ']';
      } else if (c == '[') {
        in_class = true;
      } else if (c == '(') {
        const std::string_view after = pattern_.substr(i + 1, 3);
        const bool named = after.substr(0, 2) == "?<" && after != "?<=" && after != "?<!";
        if (after.substr(0, 1) != "?" || named) ++group_count_;
        has_names_ = has_names_ || named;
      }
    }
  }

  /// What follows a backslash, as the set of what it matches; inside [...] or outside.
  bool escape(code_point_set& set, bool in_class) {
    const std::size_t backslash = at_ - 1;
    if (at_ == pattern_.size()) return fail("the pattern ends with a backslash", backslash);
    std::uint32_t c = 0;
    if (!take(c)) return false;
    switch (c) {
      case 'd':
        return set = digit_class(), true;
      case 'D':
        return set = digit_class().complement(), true;
      case 'w':
        return set = word_class(), true;
      case 'W':
        return set = word_class().complement(), true;
      case 's':
        return set = space_class(), true;
      case 'S':
        return set = space_class().complement(), true;
      case 'p':
      case 'P':
        if (strict_) return property(set, c == 'P', backslash);
        break;
      default:
        if (!escaped_character(c, in_class, backslash)) return false;
        break;
    }
    set.add(c, c);
    return true;
  }

  /// The name of a group up to and with its '>', escapes resolved.
  bool group_name(std::string& name) {
    const std::size_t offset = at_;
    while (!skip('>')) {
      std::uint32_t c = 0;
      if (at_ == pattern_.size()) return fail("the name of a group ends with '>'", offset);
      const std::size_t here = at_;
      if (!take(c)) return false;
      if (c == '\\') {
        const auto escaped = skip('u') ? unicode_escape(true) : std::nullopt;
        if (!escaped) return fail("the name of a group is an identifier", here);
        c = *escaped;
      }
      if (!in_identifier(c, name.empty())) return fail("the name of a group is an identifier", here);
      text::append_utf8(name, c);
    }
    return !name.empty() || fail("the name of a group is an identifier", offset);
  }

  std::string_view pattern_;
  bool strict_ = true;
  std::size_t at_ = 0;
  std::uint32_t group_count_ = 0;
  bool has_names_ = false;
  regex_fault fault_;

 private:
  /// Replaces the character after a backslash by the one that is meant.
  bool escaped_character(std::uint32_t& c, bool in_class, std::size_t backslash) {
    switch (c) {
      case 't':
        return c = '\t', true;
      case 'n':
        return c = '\n', true;
      case 'v':
        return c = '\v', true;
      case 'f':
        return c = '\f', true;
      case 'r':
        return c = '\r', true;
      case 'c':
        return control(c, in_class, backslash);
      case 'x':
        return hexadecimal(c, backslash);
      case 'u':
        if (const auto code_point = unicode_escape(strict_)) return c = *code_point, true;
        return !strict_ || fail("\\u wants four hexadecimal digits, or {...} up to 10FFFF", backslash);
      case 'b':
        if (in_class) return c = '\b', true;
        break;
      case '-':
        if (in_class) return true;
        break;
      case 'k':
        if (has_names_) return fail("\\k names a group, which a class cannot hold; write k", backslash);
        break;
      default:
        break;
    }
    if (c >= '0' && c <= '9') return octal(c, backslash);
    constexpr std::string_view syntax_characters = "^$\\.*+?()[]{}|/";
    if (!strict_ || (c < 0x80 && syntax_characters.find(static_cast<char>(c)) != std::string_view::npos)) {
      return true;
    }
    return fail("no such escape; a character that means itself takes no backslash", backslash);
  }

  bool control(std::uint32_t& c, bool in_class, std::size_t backslash) {
    const char letter = at_ < pattern_.size() ? pattern_[at_] : '\0';
    const bool alphabetic = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    const bool other = !strict_ && in_class && ((letter >= '0' && letter <= '9') || letter == '_');
    if (alphabetic || other) {
      c = static_cast<std::uint32_t>(letter) % 32;
      ++at_;
      return true;
    }
    if (strict_) return fail("\\c wants a letter", backslash);
    c = '\\';  // which stands for itself, and the c after it too
    --at_;
    return true;
  }

  bool hexadecimal(std::uint32_t& c, std::size_t backslash) {
    const std::size_t before = at_;
    if (const auto value = digits(2)) return c = *value, true;
    at_ = before;
    return !strict_ || fail("\\x wants two hexadecimal digits", backslash);
  }

  /// `\0` and, by Annex B, up to three octal digits below 400; 8 and 9 mean themselves there.
  bool octal(std::uint32_t& c, std::size_t backslash) {
    const auto digit = [this] { return at_ < pattern_.size() ? pattern_[at_] : '\0'; };
    if (strict_) {
      if (c != '0') return fail("a class cannot hold what a group matched", backslash);
      if (digit() >= '0' && digit() <= '9') return fail("no digit may follow \\0; write \\x", backslash);
      return c = 0, true;
    }
    if (c >= '8') return true;
    c -= '0';
    const std::uint32_t largest = 31;  // of what one more digit may follow: 037
    for (int i = 0; i < 2 && c <= largest && digit() >= '0' && digit() <= '7'; ++i) {
      c = c * 8 + static_cast<std::uint32_t>(pattern_[at_++] - '0');
    }
    return true;
  }

  /// Exactly `count` hexadecimal digits.
  std::optional<std::uint32_t> digits(int count) {
    std::uint32_t value = 0;
    for (; count > 0; --count) {
      const auto digit = at_ < pattern_.size() ? hex_digit(pattern_[at_]) : std::nullopt;
      if (!digit) return std::nullopt;
      value = value * 16 + *digit;
      ++at_;
    }
    return value;
  }

  static std::optional<std::uint32_t> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
    return std::nullopt;
  }

  /// What follows `\u`: HHHH, two of them with `\u` between that are a surrogate pair, or {H...}.
  std::optional<std::uint32_t> unicode_escape(bool with_braces) {
    const std::size_t before = at_;
    if (with_braces && skip('{')) {
      std::uint32_t value = 0;
      const std::size_t first = at_;
      for (; !skip('}'); ++at_) {
        const auto digit = at_ < pattern_.size() ? hex_digit(pattern_[at_]) : std::nullopt;
        if (digit) value = value * 16 + *digit;
        if (!digit || value > last_code_point) return at_ = before, std::nullopt;
      }
      if (at_ - first > 1) return value;
      return at_ = before, std::nullopt;
    }
    const auto unit = digits(4);
    if (!unit) return at_ = before, std::nullopt;
    if (*unit >= 0xD800 && *unit < 0xDC00 && starts_with("\\u")) {
      const std::size_t between = at_;
      at_ += 2;
      const auto low = digits(4);
      if (low && *low >= 0xDC00 && *low < 0xE000) {
        return 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
      }
      at_ = between;
    }
    return unit;
  }

  bool property(code_point_set& set, bool negative, std::size_t backslash) {
    const std::size_t close = skip('{') ? pattern_.find('}', at_) : std::string_view::npos;
    if (close == std::string_view::npos) return fail("\\p wants a property in braces", backslash);
    const auto number = find_property(pattern_.substr(at_, close - at_));
    if (!number)
      return fail("there is no such property (names match exactly; scripts are Script=...)", backslash);
    at_ = close + 1;
    set = property_set(*number);
    if (negative) set = set.complement();
    return true;
  }

  bool in_identifier(std::uint32_t c, bool first) {
    if (c < 0x80) {
      const auto lower = c | 0x20U;
      return c == '$' || c == '_' || (lower >= 'a' && lower <= 'z') || (!first && c >= '0' && c <= '9');
    }
    if (!first && (c == 0x200C || c == 0x200D)) return true;
    code_point_set& set = first ? id_start_ : id_continue_;
    if (set.empty()) set = property_set(*find_property(first ? "ID_Start" : "ID_Continue"));
    return set.contains(c);
  }

  code_point_set id_start_, id_continue_;  // read when a name needs them
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
