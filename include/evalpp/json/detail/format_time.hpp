// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>

#include <cstddef>
#include <string_view>

// RFC 3339: section 5.6 (dates and times) and appendix A (durations).
namespace evalpp::inline EVALPP_ABI::json::detail {

// Exactly `count` digits with a value in [low, high].
constexpr bool take_number(format_cursor& c, int count, int low, int high, int& value) {
  const std::size_t from = c.at;
  value = 0;
  for (int i = 0; i < count; ++i, ++c.at) {
    if (!c.next_is(class_digit)) return false;
    value = value * 10 + (c.peek() - '0');
  }
  return (value >= low && value <= high) || c.fail(from);
}

constexpr int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

constexpr bool take_date(format_cursor& c) {
  int year = 0;
  int month = 0;
  int day = 0;
  return take_number(c, 4, 0, 9999, year) && c.take('-') && take_number(c, 2, 1, 12, month) && c.take('-') &&
         take_number(c, 2, 1, days_in_month(year, month), day);
}

// A leap second is the last one of a day in UTC, whatever the day.
constexpr bool take_time(format_cursor& c) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!take_number(c, 2, 0, 23, hour) || !c.take(':')) return false;
  if (!take_number(c, 2, 0, 59, minute) || !c.take(':')) return false;
  const std::size_t seconds = c.at;
  if (!take_number(c, 2, 0, 60, second)) return false;
  if (c.take('.') && c.skip(class_digit) == 0) return false;

  int offset = 0;
  if (!c.take_either('Z', 'z')) {
    const bool east = c.peek() == '+';
    int hours = 0;
    int minutes = 0;
    if (!c.take_either('+', '-') || !take_number(c, 2, 0, 23, hours) || !c.take(':')) return false;
    if (!take_number(c, 2, 0, 59, minutes)) return false;
    offset = (hours * 60 + minutes) * (east ? 1 : -1);
  }
  constexpr int day = 24 * 60;
  const int utc = (hour * 60 + minute - offset + day) % day;
  return second < 60 || utc == day - 1 || c.fail(seconds);
}

constexpr bool take_date_time(format_cursor& c) {
  return take_date(c) && c.take_either('T', 't') && take_time(c);
}

// One or more numbers with units, each unit the one behind the last one's.
constexpr bool take_units(format_cursor& c, std::string_view units) {
  bool first = true;
  std::size_t expected = 0;
  do {
    if (c.skip(class_digit) == 0 || c.done()) return false;
    const std::size_t unit = units.find(c.peek());
    if (unit == std::string_view::npos || (!first && unit != expected)) return false;
    ++c.at;
    expected = unit + 1;
    first = false;
  } while (c.next_is(class_digit));
  return true;
}

constexpr bool take_duration(format_cursor& c) {
  if (!c.take('P')) return false;
  if (c.peek() != 'T') {
    const std::size_t from = c.at;
    if (c.skip(class_digit) != 0 && c.take('W')) return true;
    c.at = from;
    if (!take_units(c, "YMD")) return false;
  }
  return !c.take('T') || take_units(c, "HMS");
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
