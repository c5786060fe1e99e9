// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>

// Addresses: IPv4 (RFC 2673 section 3.2), IPv6 (RFC 4291 section 2.2), e-mail (RFC 5321 section 4.1.2, RFC
// 6531) and UUID (RFC 4122).
namespace evalpp::inline EVALPP_ABI::json::detail {

// Four decimals below 256 without leading zeros.
constexpr bool take_ipv4(format_cursor& c) {
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && !c.take('.')) return false;
    const std::size_t from = c.at;
    if (!c.next_is(class_digit)) return false;
    int value = 0;
    for (; c.next_is(class_digit); ++c.at) {
      value = value * 10 + (c.peek() - '0');
      if (c.at > from && (value > 255 || c.text[from] == '0')) return false;
    }
  }
  return true;
}

// Eight groups of up to four digits, the last two perhaps as IPv4; one "::" stands for at least one. Ends
// behind as much as can belong to it.
constexpr bool take_ipv6(format_cursor& c) {
  bool gap = c.take("::");
  if (gap && !c.next_is(class_hex)) return true;
  for (int groups = 0;;) {
    const std::size_t from = c.at;
    if (!c.next_is(class_hex)) return false;
    while (c.at < from + 4 && c.next_is(class_hex)) ++c.at;
    if (c.peek() == '.' && (gap ? groups <= 5 : groups == 6)) {
      c.at = from;
      return take_ipv4(c);
    }
    ++groups;
    if (groups == (gap ? 7 : 8)) return true;
    if (!c.take(':')) return gap;
    if (c.peek() != ':') continue;
    if (gap) return false;
    gap = true;
    ++c.at;
    if (groups == 7 || !c.next_is(class_hex)) return true;
  }
}

/// The most octets of an e-mail address before its '@'.
inline constexpr std::size_t max_local_part = 64;

// Beyond ASCII, everything is allowed in what RFC 6531 extends.
constexpr std::size_t skip_text(format_cursor& c, unsigned classes, bool international) {
  const std::size_t from = c.at;
  while (!c.done() && (c.next_is(classes) || (international && !text::is_ascii(c.peek())))) ++c.at;
  return c.at - from;
}

constexpr bool take_local_part(format_cursor& c, bool international) {
  if (c.take('"')) {
    for (;;) {
      skip_text(c, class_qtext, international);
      if (c.take('"')) return true;
      if (!c.take('\\') || c.peek() < ' ' || c.peek() > '~') return false;
      ++c.at;
    }
  }
  do {
    if (skip_text(c, class_atext, international) == 0) return false;
  } while (c.take('.'));
  return true;
}

constexpr bool take_mail_domain(format_cursor& c, bool international) {
  if (c.take('[')) {
    const auto lower = [&c](std::size_t i) {
      return c.at + i < c.text.size() ? text::lower_ascii(c.text[c.at + i]) : '\0';
    };
    const bool six =
        lower(0) == 'i' && lower(1) == 'p' && lower(2) == 'v' && lower(3) == '6' && lower(4) == ':';
    if (six) c.at += 5;
    return (six ? take_ipv6(c) : take_ipv4(c)) && c.take(']');
  }
  do {
    if (c.peek() == '-' || skip_text(c, class_label, international) == 0) return false;
    if (c.text[c.at - 1] == '-') return c.fail(c.at - 1);
  } while (c.take('.'));
  return true;
}

constexpr bool take_email(format_cursor& c, bool international) {
  const std::size_t from = c.at;
  if (!take_local_part(c, international)) return false;
  if (c.at - from > max_local_part) return c.fail(from + max_local_part);
  return c.take('@') && take_mail_domain(c, international);
}

constexpr bool take_uuid(format_cursor& c) {
  constexpr int digits[] = {8, 4, 4, 4, 12};
  for (int part = 0; part < 5; ++part) {
    if (part > 0 && !c.take('-')) return false;
    for (int i = 0; i < digits[part]; ++i, ++c.at) {
      if (!c.next_is(class_hex)) return false;
    }
  }
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
