// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/detail/format_cursor.hpp>
#include <evalpp/json/regex.hpp>

namespace evalpp::inline EVALPP_ABI::json::detail {

// A pattern of ECMA-262 with the flag u, all of it or nothing. One that only asks for more than our engine
// gives (64 KiB, too many states) has no fault that is known.
inline bool take_regex(format_cursor& c) {
  const auto compiled = regex::compile(c.text, {.annex_b = false});
  if (!compiled && compiled.error().code != error_code::limit) return c.fail(compiled.error().offset);
  c.at = c.text.size();
  return true;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
