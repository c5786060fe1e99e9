// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <string>

namespace evalpp::inline EVALPP_ABI {

/// What went wrong, as a number that stays the same for ever. New codes go at the end.
enum class error_code : int {
  invalid_argument = 1,  ///< an option or a call that makes no sense
  io = 2,                ///< a file cannot be opened, read or written
  invalid_utf8 = 3,      ///< bytes that are not UTF-8 where text is required
  syntax = 4,            ///< text that does not parse (JSON, CSV, an option list)
  limit = 5,             ///< an explicit limit was hit (depth, size)
  missing_field = 6,     ///< a record lacks a field that is needed
  wrong_type = 7,        ///< a field holds another kind of value than is needed
  mismatch = 8,          ///< two inputs that belong together do not fit (counts, signatures)
  duplicate = 9,         ///< an id or a key appears twice
  unknown_name = 10,     ///< a metric, option or field of that name does not exist
  version = 11,          ///< a file of a format version that this library does not know
};

/// A failure with its place. Lines and columns count from 1, columns in code points; 0 is "not applicable".
struct error {
  error_code code = error_code::invalid_argument;
  std::string message;     ///< what is wrong, and what was found
  std::string fix = {};    ///< what to do about it, a sentence or empty
  std::string file = {};   ///< the file concerned, or empty
  std::size_t offset = 0;  ///< byte offset in the input
  std::size_t line = 0;
  std::size_t column = 0;
};

/// `file:line:column: message; fix`, leaving out what is not known.
inline std::string to_string(const error& e) {
  std::string text;
  if (!e.file.empty()) {
    text += e.file;
    text += ':';
  }
  if (e.line != 0) {
    if (e.file.empty()) text += "line ";
    text += std::to_string(e.line);
    text += ':';
    if (e.column != 0) {
      text += std::to_string(e.column);
      text += ':';
    }
  }
  if (!text.empty()) text += ' ';
  text += e.message;
  if (!e.fix.empty()) {
    text += "; ";
    text += e.fix;
  }
  return text;
}

}  // namespace evalpp::inline EVALPP_ABI
