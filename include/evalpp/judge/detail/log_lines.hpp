// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/judge/detail/append_file.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// A line of a file that grows by lines of JSON objects.
struct log_line {
  std::size_t number;  ///< from 1
  json::value object;  ///< absent when the line is no JSON object
};

/// How such a file ends.
struct log_end {
  std::size_t whole = 0;                ///< bytes up to the end of the last whole line
  bool without_newline = false;         ///< the last whole line lacks its LF and nothing else
  bool torn = false;                    ///< behind it stands the beginning of another
  std::size_t lines = 0;                ///< all of them
  std::size_t replaced_surrogates = 0;  ///< a model's half character does not cost the line
};

/// Calls `use(log_line)`, which yields a status, for each line that is not blank, and stops when that fails.
/// The beginning of a line at the end, where a process died or is writing, is left out; but the first line is
/// not.
template <class Use>
status each_log_line(std::string_view text, log_end& end, Use&& use) {
  json::parser parser({.surrogates = json::lone_surrogates::replace});
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    const bool last = newline == std::string_view::npos;
    const std::string_view line = text.substr(at, last ? newline : newline - at);
    at = last ? text.size() : newline + 1;
    ++end.lines;
    const auto parsed = parser.parse(line);
    const bool good = parsed && parsed->is_object();
    if (!good && last && end.lines > 1) {
      end.torn = true;
      break;
    }
    if (good) end.replaced_surrogates += parser.report().replaced_surrogates;
    if (good || end.lines == 1 || line.find_first_not_of(" \t\r") != std::string_view::npos) {
      if (auto used = use(log_line{end.lines, good ? *parsed : json::value{}}); !used) return used;
    }
    end.whole = at;
    end.without_newline = last;
  }
  return std::monostate{};
}

/// Makes the file end with a whole line, so that another can follow.
inline status mend(append_file& file, const log_end& end) {
  if (end.torn) return file.cut(end.whole);
  if (end.without_newline) return file.append("\n");
  return std::monostate{};
}

/// An error of a line of a file.
inline evalpp::error at_line(evalpp::error e, const std::string& file, std::size_t line) {
  e.file = file;
  e.line = line;
  e.column = 0;
  return e;
}

/// Reads the first line of a file that says what it is.
inline status require_format(json::value head, std::string_view format, std::int64_t newest,
                             const char* what) {
  if (head["format"].as_string() != format)
    return evalpp::error{.code = error_code::syntax,
                         .message = std::string("this is no ") + what + ", or its first line is cut",
                         .fix = "its first line must say \"format\":\"" + std::string(format) + '"'};
  const auto version = head["format_version"].as_int64();
  if (!version || *version < 1)
    return evalpp::error{.code = error_code::wrong_type,
                         .message = "\"format_version\" must be a number from 1"};
  if (*version > newest)
    return evalpp::error{.code = error_code::version,
                         .message = std::string("the ") + what + " has format version " +
                                    std::to_string(*version) + ", this library reads versions up to " +
                                    std::to_string(newest),
                         .fix = "read it with a newer evalpp"};
  return std::monostate{};
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
