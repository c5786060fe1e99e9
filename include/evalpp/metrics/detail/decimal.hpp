// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/whitespace.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

// Numbers as people and models write them, found in text and compared by their exact value.
namespace evalpp::inline EVALPP_ABI {

/// Which number of a text is meant.
enum class number_choice {
  last,  ///< a model that explains ends with the result
  first,
  only,  ///< the text is a number and nothing else, but for whitespace around it
};

namespace detail {

/// A decimal number of any length: (-1)^negative * digits * 10^exponent. `digits` neither begins nor
/// ends with a zero, and is empty for the number zero: equal numbers are equal member by member.
struct decimal {
  std::string digits;
  std::int64_t exponent = 0;
  bool negative = false;
  bool found = false;  ///< false: there is no number

  bool operator==(const decimal&) const = default;

  /// The nearest double; infinite beyond their range. `buffer` is memory to be reused.
  double value(std::string& buffer) const {
    if (digits.empty()) return 0;
    char power[24];
    const char* const end = std::to_chars(power, power + sizeof power, exponent).ptr;
    buffer.assign(negative ? "-" : "");
    buffer += digits;
    buffer += 'e';
    buffer.append(power, static_cast<std::size_t>(end - power));
    double result = 0;
    const auto [at, fault] = std::from_chars(buffer.data(), buffer.data() + buffer.size(), result);
    if (fault == std::errc{}) return result;
    if (exponent + static_cast<std::int64_t>(digits.size()) < 0) return 0;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return negative ? -infinity : infinity;
  }
};

/// Where a number stands in a text: its digits with commas, point and exponent, and the sign,
/// currency and percent signs around it.
struct decimal_place {
  std::size_t begin = 0, end = 0;               ///< with what is around
  std::size_t first_digit = 0, last_digit = 0;  ///< without; begins at the point of ".5"
  bool negative = false;
  bool percent = false;

  bool found() const noexcept { return first_digit != last_digit; }
};

/// Reads numbers out of a text, from left to right.
///
/// A number is digits, with commas where they set off thousands (groups of exactly three), a fraction
/// behind a point, an exponent of at most 6 digits; before it a sign (`+`, `-`, U+2212, unless it
/// joins the number to a letter or digit: the last number of "10-20" is 20) and a currency sign (of
/// the dollar, euro, pound and yen), after it a percent sign. Nothing else ends it: "B12" holds 12,
/// "1.2.3" 1.2 and 3.
class decimal_scanner {
 public:
  explicit decimal_scanner(std::string_view text) noexcept : text_(text) {}

  /// The next number; `found()` is false at the end.
  decimal_place next() noexcept {
    while (at_ < text_.size() && !digit(at_)) ++at_;
    if (at_ == text_.size()) return {};
    decimal_place place;
    place.first_digit = at_;
    if (bare_point(at_)) {
      --place.first_digit;
      skip_digits();
    } else {
      skip_integer();
      if (is(at_, '.') && digit(at_ + 1)) {
        ++at_;
        skip_digits();
      }
    }
    skip_exponent();
    place.last_digit = at_;
    extend(place);
    at_ = place.end;
    return place;
  }

 private:
  bool is(std::size_t at, char c) const noexcept { return at < text_.size() && text_[at] == c; }
  bool digit(std::size_t at) const noexcept { return at < text_.size() && text::is_ascii_digit(text_[at]); }
  bool letter_or_digit(std::size_t at) const noexcept {
    const char c = text::lower_ascii(text_[at]);
    return text::is_ascii_digit(c) || (c >= 'a' && c <= 'z');
  }
  // The length of the one of these signs that ends at `end`, or 0.
  template <std::size_t N>
  std::size_t ends_with(std::size_t end, const std::string_view (&signs)[N]) const noexcept {
    for (const std::string_view sign : signs)
      if (text_.substr(0, end).ends_with(sign)) return sign.size();
    return 0;
  }

  // The point of ".5", but not that of "1..5" or "v.5".
  bool bare_point(std::size_t first) const noexcept {
    if (first == 0 || text_[first - 1] != '.') return false;
    return first == 1 || !(letter_or_digit(first - 2) || text_[first - 2] == '.');
  }
  void skip_digits() noexcept {
    while (digit(at_)) ++at_;
  }
  void skip_integer() noexcept {
    const std::size_t first = at_;
    skip_digits();
    if (at_ - first > 3) return;
    while (is(at_, ',') && digit(at_ + 1) && digit(at_ + 2) && digit(at_ + 3) && !digit(at_ + 4)) at_ += 4;
  }
  void skip_exponent() noexcept {
    if (!is(at_, 'e') && !is(at_, 'E')) return;
    std::size_t power = at_ + 1;
    if (is(power, '+') || is(power, '-')) ++power;
    std::size_t end = power;
    while (end - power <= 6 && digit(end)) ++end;
    if (end != power && end - power <= 6) at_ = end;
  }
  // Takes in the signs around the digits.
  void extend(decimal_place& place) const noexcept {
    static constexpr std::string_view currencies[] = {"$", "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5"};
    static constexpr std::string_view minus[] = {"-", "\xE2\x88\x92"};
    static constexpr std::string_view plus[] = {"+"};
    place.begin = place.first_digit - ends_with(place.first_digit, currencies);
    const std::size_t less = ends_with(place.begin, minus);
    const std::size_t sign = less != 0 ? less : ends_with(place.begin, plus);
    const std::size_t before = place.begin - sign;
    if (sign != 0 && (before == 0 || !letter_or_digit(before - 1))) {
      place.negative = less != 0;
      place.begin = before - ends_with(before, currencies);
    }
    place.end = place.last_digit;
    if (is(place.end, '%')) {
      place.percent = true;
      ++place.end;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Where the number that is meant stands. O(text).
inline decimal_place find_decimal(std::string_view text, number_choice choice) noexcept {
  decimal_scanner scanner(text);
  decimal_place found = scanner.next();
  if (choice == number_choice::only) {
    const bool alone = found.found() && text::strip(text.substr(0, found.begin)).empty() &&
                       text::strip(text.substr(found.end)).empty();
    return alone ? found : decimal_place{};
  }
  if (choice == number_choice::last)
    for (decimal_place next = scanner.next(); next.found(); next = scanner.next()) found = next;
  return found;
}

/// Reads the number at `place`, in hundredths when `hundredths` is set and it has a percent sign.
inline void read_decimal(std::string_view text, const decimal_place& place, bool hundredths, decimal& out) {
  out.digits.clear();
  out.exponent = 0;
  out.found = place.found();
  out.negative = place.negative;
  bool fraction = false;
  for (std::size_t at = place.first_digit; at < place.last_digit; ++at) {
    const char c = text[at];
    if (c == 'e' || c == 'E') {
      std::int64_t power = 0;
      const std::size_t sign = text[at + 1] == '+' ? 1 : 0;
      std::from_chars(text.data() + at + 1 + sign, text.data() + place.last_digit, power);
      out.exponent += power;
      break;
    }
    if (c == '.') fraction = true;
    if (!text::is_ascii_digit(c)) continue;
    if (fraction) --out.exponent;
    if (c != '0' || !out.digits.empty()) out.digits += c;
  }
  while (!out.digits.empty() && out.digits.back() == '0') {
    out.digits.pop_back();
    ++out.exponent;
  }
  if (hundredths && place.percent) out.exponent -= 2;
  if (out.digits.empty()) {
    out.exponent = 0;
    out.negative = false;
  }
}

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
