// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/detail/rows.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// Walks over the rows of TSV or CSV text. TSV has no quoting at all, so that a lone `"` cannot eat a
/// file; CSV quotes by RFC 4180: a quoted cell may hold commas, line ends and `""` for a quote.
class delimited_reader {
 public:
  delimited_reader(std::string_view text, input_kind kind)
      : delimited_reader(text, kind, kind == input_kind::csv ? ',' : '\t') {}
  /// With another separator: spreadsheets save CSV with semicolons where the comma is a decimal point.
  delimited_reader(std::string_view text, input_kind kind, char separator)
      : text_(text), separator_(separator), quoting_(kind == input_kind::csv) {}

  /// Fetches the cells of the next row; false at the end, or an error without a file.
  result<bool> next(std::vector<std::string>& cells) {
    cells.clear();
    if (at_ >= text_.size()) return false;
    line_ = next_line_;
    for (;;) {
      cells.emplace_back();
      if (auto read = read_cell(cells.back()); !read) return std::move(read.error());
      if (at_ >= text_.size()) return true;
      if (text_[at_++] == separator_) {
        if (at_ < text_.size()) continue;
        cells.emplace_back();  // the file ends with a separator: one more cell, empty
        return true;
      }
      ++next_line_;
      return true;
    }
  }

  std::size_t line() const noexcept { return line_; }  ///< where the row fetched last begins, from 1
  std::size_t carriage_returns() const noexcept { return dropped_; }

 private:
  /// Reads up to the separator or LF that ends the cell, or to the end of the text.
  status read_cell(std::string& cell) {
    if (quoting_ && at_ < text_.size() && text_[at_] == '"') return read_quoted(cell);
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
    cell = text_.substr(begin, at_ - begin);
    if (at_ < text_.size() && text_[at_] == '\n' && !cell.empty() && cell.back() == '\r') {
      cell.pop_back();
      ++dropped_;
    }
    return std::monostate{};
  }

  status read_quoted(std::string& cell) {
    const std::size_t opening = at_++;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') return end_of_quoted();
      }
      if (c == '\n') ++next_line_;
      cell += c;
    }
    return fault(opening, "a quoted cell does not end",
                 "close it with '\"', or write '\"\"' for a quote inside");
  }

  status end_of_quoted() {
    if (at_ >= text_.size() || text_[at_] == separator_ || text_[at_] == '\n') return std::monostate{};
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
      ++at_;
      ++dropped_;
      return std::monostate{};
    }
    return fault(at_, "text follows the closing quote of a cell",
                 "write '\"\"' for a quote inside a quoted cell");
  }

  evalpp::error fault(std::size_t offset, const char* message, const char* fix) const {
    const json::detail::position place = json::detail::locate(text_, offset);
    return {.code = error_code::syntax,
            .message = message,
            .fix = fix,
            .offset = offset,
            .line = place.line,
            .column = place.column};
  }

  std::string_view text_;
  char separator_;
  bool quoting_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  std::size_t dropped_ = 0;
};

/// Reads TSV or CSV with a header row: one system that carries its own references. An empty cell is
/// an empty text, not a missing one.
inline result<dataset> read_delimited(const source_text& source, input_kind kind,
                                      const read_options& options = {}) {
  dataset data;
  data.file = source.file;
  data.system = system_name(source.file);
  delimited_reader reader(source.text, kind);
  std::vector<std::string> header;
  auto more = reader.next(header);
  if (!more) return detail::in_file(std::move(more.error()), source.file);
  if (!*more) {
    return evalpp::error{.code = error_code::missing_field,
                         .message = "the file is empty",
                         .fix = "its first row must name the columns",
                         .file = source.file,
                         .line = 1};
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (header[i] != header[j]) continue;
      return evalpp::error{.code = error_code::duplicate,
                           .message = "the header names the column \"" + header[i] + "\" twice",
                           .fix = "give each column a name of its own",
                           .file = source.file,
                           .line = 1};
    }
  }
  auto builder = detail::make_builder(data, options, header);
  if (!builder) {
    evalpp::error e = detail::in_file(std::move(builder.error()), source.file, 1);
    if (e.code == error_code::missing_field) e.fix += ", or put a row of column names at the top";
    return e;
  }
  std::size_t blank = 0;
  std::vector<std::string> cells;
  std::string object;
  json::parser parser;
  for (;;) {
    more = reader.next(cells);
    if (!more) return detail::in_file(std::move(more.error()), source.file);
    if (!*more) break;
    if (cells.size() == 1 && cells[0].empty() && header.size() > 1) {
      ++blank;
      continue;
    }
    if (cells.size() != header.size()) {
      return evalpp::error{.code = error_code::mismatch,
                           .message = "the row has " + detail::counted(cells.size(), "cell", "cells") +
                                      ", the header " + std::to_string(header.size()),
                           .fix = kind == input_kind::csv
                                      ? "quote cells that contain a comma: \"like, this\""
                                      : "TSV has no quoting: a cell may not contain a tab or a line end",
                           .file = source.file,
                           .line = reader.line()};
    }
    // Through the form that rows have everywhere, so that fields mean the same in every kind of file.
    object.clear();
    json::writer out(object);
    out.begin_object();
    for (std::size_t i = 0; i < cells.size(); ++i) out.member(header[i], cells[i]);
    out.end_object();
    auto row = parser.parse(object);
    if (!row) return detail::in_file(std::move(row.error()), source.file, reader.line());
    if (auto added = builder->add(*row, reader.line()); !added) {
      return detail::in_file(std::move(added.error()), source.file, reader.line());
    }
  }
  detail::note_text(data.notes, source, reader.carriage_returns());
  if (blank != 0)
    data.notes.push_back(source.file + ": passed over " + detail::counted(blank, "blank row", "blank rows"));
  if (auto good = detail::finish(data, kind, builder->choice()); !good) return std::move(good.error());
  return data;
}

}  // namespace evalpp::inline EVALPP_ABI::data
