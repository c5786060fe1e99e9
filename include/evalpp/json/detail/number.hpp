// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

// What a JSON number means. Everything here takes text that already follows the grammar
// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, as the parser guarantees.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// `digits` x 10^`exponent` with the sign apart: the exact value, still as text. `digits` runs from
/// the first to the last non-zero digit and may contain the decimal point; empty means zero.
struct decimal {
  bool negative = false;
  std::string_view digits;
  std::int64_t exponent = 0;   ///< of the last digit of `digits`
  std::int64_t magnitude = 0;  ///< of the first digit of `digits`
};

/// Takes a number apart in one pass. Digits of an exponent beyond 10^17 are not read: no text that
/// fits into memory has enough zeros to bring such a number back into any type's range.
inline decimal take_apart(std::string_view text) {
  constexpr std::int64_t cut_off = 100'000'000'000'000'000;
  decimal number;
  std::size_t at = 0;
  if (!text.empty() && text[0] == '-') {
    number.negative = true;
    at = 1;
  }
  constexpr std::size_t none = std::string_view::npos;
  std::size_t first = none;
  std::size_t last = 0;
  std::size_t point = none;
  std::size_t end = at;
  for (; end < text.size() && text[end] != 'e' && text[end] != 'E'; ++end) {
    if (text[end] == '.') {
      point = end;
    } else if (text[end] != '0') {
      if (first == none) first = end;
      last = end;
    }
  }
  std::int64_t written = 0;
  if (end < text.size()) {
    std::size_t digit = end + 1;
    const bool minus = digit < text.size() && text[digit] == '-';
    if (digit < text.size() && (text[digit] == '-' || text[digit] == '+')) ++digit;
    for (; digit < text.size(); ++digit) {
      if (written < cut_off) written = written * 10 + (text[digit] - '0');
    }
    if (minus) written = -written;
  }
  if (first == none) return number;
  if (point == none) point = end;
  // A digit left of the point at distance d has the power d - 1, one right of it at distance d has -d.
  const auto power = [point](std::size_t position) {
    return position < point ? static_cast<std::int64_t>(point - position) - 1
                            : -static_cast<std::int64_t>(position - point);
  };
  number.digits = text.substr(first, last - first + 1);
  number.exponent = written + power(last);
  number.magnitude = written + power(first);
  return number;
}

/// True when the value has no fractional part: `1.0`, `10e-1` and `1e400` are integers.
inline bool is_integral(std::string_view text) { return take_apart(text).exponent >= 0; }

/// The exact integer, or nothing when the value has a fraction or does not fit.
inline std::optional<std::int64_t> to_int64(std::string_view text) {
  const decimal number = take_apart(text);
  if (number.digits.empty()) return 0;
  if (number.exponent < 0 || number.magnitude > 18) return std::nullopt;
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  std::uint64_t value = 0;  // at most 19 digits, so it cannot wrap
  for (const char c : number.digits) {
    if (c != '.') value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  for (std::int64_t i = 0; i < number.exponent; ++i) value *= 10;
  if (number.negative) {
    if (value > most) return std::nullopt;
    return value == most ? (std::numeric_limits<std::int64_t>::min)() : -static_cast<std::int64_t>(value);
  }
  if (value >= most) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

/// The nearest double; beyond its range an infinity or a zero of the right sign.
inline double to_double(std::string_view text) {
  double value = 0.0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc::result_out_of_range) return value;
  // from_chars does not say which end of the range was missed.
  const decimal number = take_apart(text);
  const double extreme = number.magnitude > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  return number.negative ? -extreme : extreme;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
