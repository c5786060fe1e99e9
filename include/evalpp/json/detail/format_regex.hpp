// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/format_cursor.hpp>

#if __has_include(<evalpp/json/regex.hpp>)
#include <evalpp/json/regex.hpp>
#endif

namespace evalpp::inline EVALPP_ABI::json::detail {

// A pattern of ECMA-262 with the flag u, all of it or nothing.
inline bool take_regex(format_cursor& c) {
#if __has_include(<evalpp/json/regex.hpp>)
  const auto compiled = regex::compile(c.text, {.annex_b = false});
  if (!compiled) return c.fail(compiled.error().offset);
#endif
  c.at = c.text.size();
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
