// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/json/detail/format_time.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Appends the date-time of RFC 3339 that means the same instant, in UTC and without zeros at the end of the
/// fraction; so the same for equal instants. False, and nothing is appended, when the text is none.
inline bool append_instant(std::string_view text, std::vector<char>& out) {
  format_cursor whole{text};
  if (!take_date_time(whole) || !whole.done()) return false;
  const auto number = [text](std::size_t at, std::size_t digits) {
    int value = 0;
    for (const char c : text.substr(at, digits)) value = value * 10 + (c - '0');
    return value;
  };
  int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  int minute = number(11, 2) * 60 + number(14, 2);
  const std::string_view seconds = text.substr(17, 2);
  std::string_view fraction = text.substr(19);  // and what is behind it
  const std::size_t zone = fraction.find_first_of("Zz+-");
  if (fraction[zone] == '+' || fraction[zone] == '-') {
    const std::size_t at = 19 + zone;
    const int offset = number(at + 1, 2) * 60 + number(at + 4, 2);
    minute += text[at] == '+' ? -offset : offset;
  }
  fraction = fraction.substr(0, zone);
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  if (fraction == ".") fraction = {};

  constexpr int minutes_of_day = 24 * 60;
  if (minute < 0) {
    minute += minutes_of_day;
    if (--day == 0) {
      if (--month == 0) {
        month = 12;
        --year;
      }
      day = days_in_month(year, month);
    }
  } else if (minute >= minutes_of_day) {
    minute -= minutes_of_day;
    if (++day > days_in_month(year, month)) {
      day = 1;
      if (++month > 12) {
        month = 1;
        ++year;
      }
    }
  }
  const auto put = [&out](std::string_view piece) { out.insert(out.end(), piece.begin(), piece.end()); };
  const auto put_number = [&put](int value, std::size_t digits) {
    const std::string shown = std::to_string(value);
    if (shown.size() < digits) put(std::string_view("0000").substr(0, digits - shown.size()));
    put(shown);
  };
  put_number(year, 4);
  put("-");
  put_number(month, 2);
  put("-");
  put_number(day, 2);
  put("T");
  put_number(minute / 60, 2);
  put(":");
  put_number(minute % 60, 2);
  put(":");
  put(seconds);
  put(fraction);
  put("Z");
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
