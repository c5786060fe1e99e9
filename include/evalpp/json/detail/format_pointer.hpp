// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>

#include <cstddef>
#include <string_view>

// JSON Pointer (RFC 6901) and Relative JSON Pointer. Between the slashes is any text, NUL too.
namespace evalpp::inline EVALPP_ABI::json::detail {

constexpr bool take_json_pointer(format_cursor& c) {
  if (c.done()) return true;
  if (c.peek() != '/') return false;
  for (;;) {
    const std::size_t tilde = c.text.find('~', c.at);
    if (tilde == std::string_view::npos) break;
    c.at = tilde + 1;
    if (!c.take_either('0', '1')) return c.fail(tilde);
  }
  c.at = c.text.size();
  return true;
}

constexpr bool take_relative_json_pointer(format_cursor& c) {
  if (!c.take('0') && c.skip(class_digit) == 0) return false;
  return c.take('#') || take_json_pointer(c);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
