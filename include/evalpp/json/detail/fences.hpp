// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

// Fenced code blocks of Markdown (CommonMark section 4.5), as language models write them.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The opening of a block: at least three backticks or tildes with only blanks before them on a line.
struct fence {
  std::size_t begin = std::string_view::npos;  ///< of the run
  std::size_t length = 0;                      ///< of the run
  char mark = '`';
  std::size_t content = 0;  ///< where the next line begins
  bool named_json = false;  ///< the info string says so
  bool unnamed = false;     ///< there is none

  explicit operator bool() const { return begin != std::string_view::npos; }
};

/// Where a block ends: its last byte, and what follows the closing run. Both are the size of the
/// text when nothing closes it.
struct fence_end {
  std::size_t content;
  std::size_t behind;
};

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

inline std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

inline std::size_t run_end(std::string_view text, std::size_t at) {
  return (std::min)(text.find_first_not_of(text[at], at), text.size());
}

inline bool names_json(std::string_view info) {
  for (const std::string_view name : {"json", "jsonc", "json5", "application/json"}) {
    if (info.size() == name.size() && std::equal(info.begin(), info.end(), name.begin(),
                                                 [](char a, char b) { return text::lower_ascii(a) == b; })) {
      return true;
    }
  }
  return false;
}

/// The first block that opens at `at` or behind. A line begins at 0 and behind every line feed.
inline fence find_fence(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (at == 0 || text[at - 1] == '\n') {
      const std::size_t begin = skip_blanks(text, at);
      if (begin < text.size() && (text[begin] == '`' || text[begin] == '~')) {
        fence found{.begin = begin, .length = run_end(text, begin) - begin, .mark = text[begin]};
        const std::size_t line_end = (std::min)(text.find('\n', begin), text.size());
        const std::size_t info_begin = skip_blanks(text, begin + found.length);
        const std::string_view info = text.substr(info_begin, line_end - info_begin);
        found.content = (std::min)(line_end + 1, text.size());
        found.named_json = names_json(info.substr(0, info.find_first_of(" \t\r")));
        found.unnamed = info.empty();
        // Backticks behind backticks are code within the line.
        const bool inline_code = found.mark == '`' && info.find('`') != std::string_view::npos;
        if (found.length >= 3 && !inline_code) return found;
      }
    }
    at = text.find('\n', at);
    if (at != std::string_view::npos) ++at;
  }
  return {};
}

/// Where the block ends: at the first run from `from` on that is as long as the opening one and fills
/// its line. A `lenient` search takes one at the beginning or the end of a line too, or one that is the
/// first thing behind `from`: models write `{"a":1}` and the closing run on one line.
inline fence_end close_fence(std::string_view text, const fence& open, std::size_t from, bool lenient) {
  const std::size_t first = (std::min)(text.find_first_not_of(" \t\r\n", from), text.size());
  for (std::size_t at = text.find(open.mark, from); at != std::string_view::npos;) {
    const std::size_t end = run_end(text, at);
    if (end - at >= open.length) {
      std::size_t before = at;
      while (before > open.content && is_blank(text[before - 1])) --before;
      const bool begins_line = before == open.content || text[before - 1] == '\n';
      const std::size_t after = skip_blanks(text, end);
      const bool ends_line = after == text.size() || text[after] == '\n';
      if ((begins_line && ends_line) || (lenient && (begins_line || ends_line || at == first))) {
        return {at, end};
      }
    }
    at = text.find(open.mark, end);
  }
  return {text.size(), text.size()};
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
