// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// Why a text is not JSON. The offset that goes with it is that of the first byte that cannot
/// continue any valid text, and the length of the text for `eof`; the exceptions are named below.
enum class fault : std::uint8_t {
  none,
  eof,                      ///< the text ends too early
  bad_token,                ///< no value starts like this
  expected_key,             ///< an object member must start with a string
  expected_colon,           ///< between key and value
  expected_comma_or_close,  ///< after an element or a member
  trailing,                 ///< something follows the document
  bad_number,               ///< a leading zero, a missing digit
  control_in_string,        ///< a byte below 0x20 that must be escaped
  bad_escape,               ///< an unknown escape or a bad hex digit
  lone_surrogate,           ///< half of a surrogate pair; at the backslash of the escape
  bad_utf8,                 ///< at the first byte of the ill-formed sequence
  bom,                      ///< a byte order mark; at 0
  depth,                    ///< nested deeper than the limit; at the bracket
  duplicate_key,            ///< a repeated key, where that is forbidden; at its opening quote
};

/// The name of a fault as it appears in output: "eof", "bad_token", ...
inline std::string_view to_string(fault f) {
  switch (f) {
    case fault::none:
      return "none";
    case fault::eof:
      return "eof";
    case fault::bad_token:
      return "bad_token";
    case fault::expected_key:
      return "expected_key";
    case fault::expected_colon:
      return "expected_colon";
    case fault::expected_comma_or_close:
      return "expected_comma_or_close";
    case fault::trailing:
      return "trailing";
    case fault::bad_number:
      return "bad_number";
    case fault::control_in_string:
      return "control_in_string";
    case fault::bad_escape:
      return "bad_escape";
    case fault::lone_surrogate:
      return "lone_surrogate";
    case fault::bad_utf8:
      return "bad_utf8";
    case fault::bom:
      return "bom";
    case fault::depth:
      return "depth";
    case fault::duplicate_key:
      return "duplicate_key";
  }
  return "none";
}

namespace detail {

inline error_code code_of(fault f) {
  switch (f) {
    case fault::bad_utf8:
      return error_code::invalid_utf8;
    case fault::depth:
      return error_code::limit;
    case fault::duplicate_key:
      return error_code::duplicate;
    default:
      return error_code::syntax;
  }
}

struct position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Line and column of a byte, both from 1. Only LF ends a line; columns count code points (every
/// byte that does not continue a UTF-8 sequence).
inline position locate(std::string_view text, std::size_t offset) {
  position place;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::json
