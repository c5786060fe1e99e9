// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/data/file.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// Walks over the lines of a text. Only LF ends a line, and one CR before it is dropped and counted;
/// a text that ends in LF has no further empty line, and a last line without LF counts.
class line_reader {
 public:
  explicit line_reader(std::string_view text) : rest_(text) {}

  /// Fetches the next line; false at the end.
  bool next(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    ++number_;
    if (end != std::string_view::npos && !line.empty() && line.back() == '\r') {
      line.remove_suffix(1);
      ++dropped_;
    }
    return true;
  }

  std::size_t number() const noexcept { return number_; }             ///< of the line fetched last, from 1
  std::size_t carriage_returns() const noexcept { return dropped_; }  ///< dropped so far

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
  std::size_t dropped_ = 0;
};

namespace detail {

inline void note_text(std::vector<std::string>& notes, const source_text& source,
                      std::size_t carriage_returns) {
  if (source.had_byte_order_mark) notes.push_back(source.file + ": dropped a byte order mark");
  if (carriage_returns != 0) {
    notes.push_back(source.file + ": dropped the carriage return at the end of " +
                    std::to_string(carriage_returns) + (carriage_returns == 1 ? " line" : " lines"));
  }
}

}  // namespace detail

/// The lines of a text file; the notes about what was dropped are appended to `notes`.
inline std::vector<std::string> split_lines(const source_text& source, std::vector<std::string>& notes) {
  std::vector<std::string> lines;
  line_reader reader(source.text);
  for (std::string_view line; reader.next(line);) lines.emplace_back(line);
  detail::note_text(notes, source, reader.carriage_returns());
  return lines;
}

}  // namespace evalpp::inline EVALPP_ABI::data
