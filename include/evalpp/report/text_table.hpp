// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/report/format.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::report {

/// Cells that are printed in aligned columns, as Markdown, or as CSV (RFC 4180).
class text_table {
 public:
  enum class align { left, right };

  /// The first row, and how its columns are aligned.
  text_table(std::vector<std::string> header, std::vector<align> alignment)
      : rows_{std::move(header)}, alignment_(std::move(alignment)) {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  /// Columns two spaces apart; no trailing blanks; cells are made `printable`.
  std::string plain() const {
    auto cells = rows_;
    for (auto& row : cells)
      for (std::string& cell : row) cell = printable(cell);
    std::vector<std::size_t> widths(alignment_.size());
    for (const auto& row : cells)
      for (std::size_t c = 0; c < row.size(); ++c) widths[c] = (std::max)(widths[c], display_width(row[c]));
    std::string out;
    for (const auto& row : cells) {
      std::string line;
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (c != 0) line += "  ";
        line += padded(row[c], widths[c], alignment_[c]);
      }
      out.append(line, 0, line.find_last_not_of(' ') + 1);
      out += '\n';
    }
    return out;
  }

  std::string markdown() const {
    std::string out;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      out += '|';
      for (const std::string& cell : rows_[r]) out += ' ' + escaped(cell) + " |";
      out += '\n';
      if (r != 0) continue;
      out += '|';
      for (const align a : alignment_) out += a == align::right ? " ---: |" : " --- |";
      out += '\n';
    }
    return out;
  }

  std::string csv() const {
    std::string out;
    for (const auto& row : rows_) {
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (c != 0) out += ',';
        out += quoted(row[c]);
      }
      out += "\r\n";
    }
    return out;
  }

 private:
  static std::string padded(const std::string& cell, std::size_t width, align a) {
    const std::string blanks(width - display_width(cell), ' ');
    return a == align::right ? blanks + cell : cell + blanks;
  }
  static std::string escaped(std::string_view cell) {
    std::string out;
    for (const char c : cell) {
      if (c == '|' || c == '\\') out += '\\';
      if (c == '\n' || c == '\r')
        out += ' ';
      else
        out += c;
    }
    return out;
  }
  static std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) {
      if (c == '"') out += '"';
      out += c;
    }
    return out + '"';
  }

  std::vector<std::vector<std::string>> rows_;
  std::vector<align> alignment_;
};

}  // namespace evalpp::inline EVALPP_ABI::report
