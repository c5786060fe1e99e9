// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/json/detail/format_internet.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// URI (RFC 3986), IRI (RFC 3987) and URI Template (RFC 6570).
namespace evalpp::inline EVALPP_ABI::json::detail {

// Which code points beyond ASCII stand where unreserved characters do.
enum class beyond_ascii : std::uint8_t { none, ucschar, ucschar_or_iprivate };

constexpr bool is_iprivate(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && (c & 0xFFFF) <= 0xFFFD);
}

constexpr bool is_ucschar(char32_t c) {
  if (c < 0x10000) {
    return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFEF);
  }
  return c < 0xF0000 && (c & 0xFFFF) <= 0xFFFD && !(c >= 0xE0000 && c <= 0xE0FFF);
}

// '%' and two digits, or nothing.
constexpr bool take_triplet(format_cursor& c) {
  if (c.text.size() - c.at < 3 || c.peek() != '%') return false;
  if (!is_of(c.text[c.at + 1], class_hex) || !is_of(c.text[c.at + 2], class_hex)) return false;
  c.at += 3;
  return true;
}

constexpr bool take_beyond_ascii(format_cursor& c, beyond_ascii allowed) {
  if (allowed == beyond_ascii::none || c.done() || text::is_ascii(c.peek())) return false;
  const auto step = text::decode_utf8(c.text.data() + c.at, c.text.data() + c.text.size());
  const bool fits = is_ucschar(step.code_point) ||
                    (allowed == beyond_ascii::ucschar_or_iprivate && is_iprivate(step.code_point));
  if (!step.well_formed || !fits) return false;
  c.at += step.length;
  return true;
}

// Characters of the classes, triplets and what is allowed beyond ASCII, as many as there are.
constexpr std::size_t skip_encoded(format_cursor& c, unsigned classes, beyond_ascii allowed) {
  const std::size_t from = c.at;
  do {
    c.skip(classes);
  } while (take_triplet(c) || take_beyond_ascii(c, allowed));
  return c.at - from;
}

constexpr bool take_scheme(format_cursor& c) {
  if (!c.next_is(class_letter)) return false;
  c.skip(class_scheme);
  return c.take(':');
}

constexpr bool take_ip_literal(format_cursor& c) {
  if (c.take_either('v', 'V')) {
    if (c.skip(class_hex) == 0 || !c.take('.') || c.skip(class_userinfo) == 0) return false;
  } else if (!take_ipv6(c)) {
    return false;
  }
  return c.take(']');
}

constexpr bool take_authority(format_cursor& c, beyond_ascii allowed) {
  const std::size_t from = c.at;
  skip_encoded(c, class_userinfo, allowed);
  if (!c.take('@')) c.at = from;
  if (c.take('[')) {
    if (!take_ip_literal(c)) return false;
  } else {
    skip_encoded(c, class_reg_name, allowed);
  }
  if (c.take(':')) c.skip(class_digit);
  return true;
}

constexpr bool take_uri(format_cursor& c, bool international, bool reference) {
  const beyond_ascii allowed = international ? beyond_ascii::ucschar : beyond_ascii::none;
  const std::size_t from = c.at;
  const bool relative = !take_scheme(c);
  if (relative && !reference) return false;
  if (relative) c.at = from;
  if (c.take("//")) {
    if (!take_authority(c, allowed)) return false;
    if (c.peek() == '/') skip_encoded(c, class_path, allowed);
  } else {
    // A colon in the first segment would have made it a scheme.
    if (relative) {
      skip_encoded(c, class_segment_nc, allowed);
      if (c.peek() == ':') return false;
    }
    skip_encoded(c, class_path, allowed);
  }
  if (c.take('?')) {
    skip_encoded(c, class_query, international ? beyond_ascii::ucschar_or_iprivate : beyond_ascii::none);
  }
  if (c.take('#')) skip_encoded(c, class_query, allowed);
  return true;
}

// A variable with its modifier: `name`, `name:30`, `name*`.
constexpr bool take_varspec(format_cursor& c) {
  do {
    if (skip_encoded(c, class_varchar, beyond_ascii::none) == 0) return false;
  } while (c.take('.'));
  if (c.take('*')) return true;
  if (!c.take(':')) return true;
  if (c.peek() == '0') return false;
  const std::size_t from = c.at;
  while (c.at < from + 4 && c.next_is(class_digit)) ++c.at;
  return c.at > from;
}

constexpr bool take_uri_template(format_cursor& c) {
  for (;;) {
    skip_encoded(c, class_literal, beyond_ascii::ucschar_or_iprivate);
    if (!c.take('{')) return true;
    constexpr std::string_view operators = "+#./;?&=,!@|";
    if (!c.done() && operators.find(c.peek()) != std::string_view::npos) ++c.at;
    do {
      if (!take_varspec(c)) return false;
    } while (c.take(','));
    if (!c.take('}')) return false;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
