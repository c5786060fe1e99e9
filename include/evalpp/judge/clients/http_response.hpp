// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

// What came over HTTP, as far as a judge's client looks at it.

namespace evalpp::inline EVALPP_ABI::judge {

/// A response as a transport received it.
struct http_response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in any case, values trimmed
  std::string body = {};
  std::int64_t received = 0;  ///< seconds since 1970, UTC; for servers that send no date of their own

  /// The value of the first header of that name, which is given in lower case; empty when there is none.
  std::string_view header(std::string_view name) const {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (const auto& [known, value] : headers)
      if (std::equal(known.begin(), known.end(), name.begin(), name.end(),
                     [&](char a, char b) { return lower(a) == b; }))
        return value;
    return {};
  }
};

namespace detail {

/// A decimal number that is the whole text.
inline std::optional<double> decimal(std::string_view text) {
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes the words of a text one by one, whatever stands between them.
class date_words {
 public:
  explicit date_words(std::string_view text) : rest_(text) {}

  std::string_view next() {
    constexpr std::string_view between = " ,-:";
    rest_.remove_prefix((std::min)(rest_.find_first_not_of(between), rest_.size()));
    const std::string_view word = rest_.substr(0, rest_.find_first_of(between));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
};

inline std::optional<unsigned> small_number(std::string_view word) {
  unsigned number = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (word.empty() || word.size() > 4 || fault != std::errc() || end != word.data() + word.size())
    return std::nullopt;
  return number;
}

/// Days of the Gregorian calendar; month 13 is the next January. Without <chrono>, which costs 5,000 lines.
inline std::int64_t days_since_1970(std::int64_t year, unsigned month, unsigned day) {
  constexpr std::array<int, 12> before = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  year += (month - 1) / 12;
  month = (month - 1) % 12;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const std::int64_t last = year - 1;  // whole years before this one, counted from year 1
  return 365 * last + last / 4 - last / 100 + last / 400 - 719'162 + before[month] +
         (leap && month > 1 ? 1 : 0) + day - 1;
}

}  // namespace detail

/// Seconds since 1970 of a date in one of the three forms of RFC 9110, section 5.6.7:
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
inline std::optional<std::int64_t> parse_http_date(std::string_view text) {
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  detail::date_words words(text);
  words.next();  // the day of the week
  std::string_view first = words.next(), second = words.next();
  const bool asctime = first.size() == 3;
  std::array<std::string_view, 4> rest{};
  for (std::string_view& word : rest) word = words.next();
  if (asctime) {  // month day hour minute second year
    std::swap(first, second);
    std::rotate(rest.begin(), rest.end() - 1, rest.end());
  }
  const std::size_t month = second.size() == 3 ? months.find(second) : std::string_view::npos;
  const auto day = detail::small_number(first);
  auto year = detail::small_number(rest[0]);
  const auto hour = detail::small_number(rest[1]), minute = detail::small_number(rest[2]),
             second_of_minute = detail::small_number(rest[3]);
  if (month == std::string_view::npos || month % 3 != 0 || !day || !year || !hour || !minute ||
      !second_of_minute || *hour > 23 || *minute > 59 || *second_of_minute > 60)
    return std::nullopt;
  if (rest[0].size() == 2) *year += *year < 70 ? 2000U : 1900U;
  const std::int64_t days = detail::days_since_1970(*year, static_cast<unsigned>(month / 3 + 1), *day);
  if (*day == 0 || days >= detail::days_since_1970(*year, static_cast<unsigned>(month / 3 + 2), 1))
    return std::nullopt;  // that month has no such day
  return days * 86'400 + *hour * 3600 + *minute * 60 + *second_of_minute;
}

/// Seconds of a duration as Go writes it and rate limits give it: `12ms`, `6m0s`, `1h2m3.5s`; a plain number
/// is seconds.
inline std::optional<double> parse_duration(std::string_view text) {
  if (const auto seconds = detail::decimal(text)) return seconds;
  double sum = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::size_t digits = text.find_first_not_of("0123456789.");
    if (digits == std::string_view::npos) return std::nullopt;
    const auto number = detail::decimal(text.substr(0, digits));
    const std::string_view tail = text.substr(digits);
    const std::string_view unit = tail.substr(0, tail.find_first_of("0123456789."));
    const double seconds = unit == "h"    ? 3600
                           : unit == "m"  ? 60
                           : unit == "s"  ? 1
                           : unit == "ms" ? 1e-3
                           : unit == "us" ? 1e-6
                                          : -1;
    if (!number || seconds < 0) return std::nullopt;
    sum += *number * seconds;
    text = tail.substr(unit.size());
  }
  return sum;
}

/// Seconds that a server asks to wait before the next call: `retry-after-ms`, else `retry-after` (seconds, or
/// a date, which is compared with the server's own), else when the limits that are used up are reset
/// (`x-ratelimit-reset-requests`, `-tokens`). Values that are not positive, which some send, say nothing.
inline std::optional<double> retry_after_of(const http_response& response) {
  const auto positive = [](std::optional<double> seconds) {
    return seconds && *seconds > 0 && *seconds < 1e9 ? seconds : std::nullopt;
  };
  if (auto milliseconds = positive(detail::decimal(response.header("retry-after-ms"))))
    return *milliseconds / 1000;
  const std::string_view after = response.header("retry-after");
  if (auto seconds = positive(detail::decimal(after))) return seconds;
  if (const auto date = parse_http_date(after)) {
    const std::int64_t now = parse_http_date(response.header("date")).value_or(response.received);
    if (auto seconds = positive(static_cast<double>(*date - now))) return seconds;
  }
  std::optional<double> reset;
  for (const std::string_view of : {"requests", "tokens"}) {
    const std::string name(of);
    const auto seconds = positive(parse_duration(response.header("x-ratelimit-reset-" + name)));
    const std::string_view remaining = response.header("x-ratelimit-remaining-" + name);
    if (seconds && (remaining.empty() || remaining == "0")) reset = (std::max)(reset.value_or(0), *seconds);
  }
  return reset;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
