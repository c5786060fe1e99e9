// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// What a repair may change.
enum class repair_flag : std::uint8_t {
  trailing_comma,  ///< removed
  comment,         ///< `//`, `#` or `/* */` between tokens: removed
  single_quotes,   ///< a string in single quotes: double ones
  smart_quotes,    ///< a string in curly quotes: double ones
  unquoted_key,    ///< an identifier as a key: quoted
  python_literal,  ///< True, False, None: true, false, null
  non_finite,      ///< NaN, Infinity, -Infinity, undefined: null; an option
  raw_control,     ///< a control character in a string: escaped
  bad_escape,      ///< `\d` in a string: `\\d`
  missing_comma,   ///< inserted, where a line break or a key follows a value
  truncated,       ///< the text ends too early: a string is closed, any other value or key that is cut
                   ///< goes with its member; what is open is closed
  number_form,     ///< `.5`, `5.`, `+1`: `0.5`, `5`, `1`
  whitespace,      ///< a byte order mark or a no-break space between tokens: removed
  stringified,     ///< a string that holds an object: the object; an option
  inner_quotes,    ///< a double quote within a string: escaped; an option
};

/// Why a text cannot be repaired: the first thing in it that no rule may mend.
enum class repair_fault : std::uint8_t {
  none,
  empty,             ///< there is no value
  unquoted_value,    ///< a word, a date, 1.2.3, 50%, a function call
  expected_key,      ///< something else stands where a key must
  missing_colon,     ///< behind a key
  missing_value,     ///< `[1,,2]`, `{"a":,`
  missing_comma,     ///< where neither a line break nor a key follows
  mismatched_close,  ///< a closing bracket of the other kind
  inner_quotes,      ///< a quote within a string that is not escaped
  number_form,       ///< 007, 0xFF, `1e`
  non_finite,        ///< NaN and its kind, without the option
  bad_escape,        ///< in a string that is not in double quotes
  bad_utf8,
  lone_surrogate,
  duplicate_key,  ///< told when nothing else is in the way: it takes the whole text to know
  trailing,       ///< something follows the value
  depth,
};

struct repair_options {
  bool non_finite = false;    ///< NaN, Infinity, -Infinity, undefined become null
  bool inner_quotes = false;  ///< a quote that nothing of JSON follows is a character of its string
  bool stringified = false;   ///< a string that holds an object becomes the object
  /// How the text is parsed, before and after.
  parse_options parse = {.max_depth = 1024, .duplicates = duplicate_keys::error};
};

/// One change: what, and where in the original text. `truncated` is where text was dropped from, or
/// the end.
struct repair_change {
  repair_flag flag = repair_flag::trailing_comma;
  std::size_t offset = 0;

  bool operator==(const repair_change&) const = default;
};

struct repair_result {
  std::string text;                    ///< parses strictly; empty when it could not be repaired
  std::vector<repair_change> changes;  ///< in the order of the text; none when the text was JSON
  repair_fault fault = repair_fault::none;
  std::size_t offset = 0;  ///< of the fault, in the original text

  explicit operator bool() const noexcept { return fault == repair_fault::none; }
};

/// The names as they appear in output.
inline std::string_view to_string(repair_flag flag) {
  constexpr std::string_view names[] = {"trailing_comma", "comment",        "single_quotes", "smart_quotes",
                                        "unquoted_key",   "python_literal", "non_finite",    "raw_control",
                                        "bad_escape",     "missing_comma",  "truncated",     "number_form",
                                        "whitespace",     "stringified",    "inner_quotes"};
  return names[static_cast<std::size_t>(flag)];
}
inline std::string_view to_string(repair_fault fault) {
  constexpr std::string_view names[] = {
      "none",          "empty",         "unquoted_value",   "expected_key",   "missing_colon",
      "missing_value", "missing_comma", "mismatched_close", "inner_quotes",   "number_form",
      "non_finite",    "bad_escape",    "bad_utf8",         "lone_surrogate", "duplicate_key",
      "trailing",      "depth"};
  return names[static_cast<std::size_t>(fault)];
}

}  // namespace evalpp::inline EVALPP_ABI::json
