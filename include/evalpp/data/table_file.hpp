// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/detail/table_format.hpp>
#include <evalpp/data/detail/table_reader.hpp>
#include <evalpp/data/detail/table_writer.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// The file of a table, format version 1. JSONL in UTF-8; the first line describes, then comes one line per
// row:
//
//   {"format":"evalpp-table","format_version":1,"library":"0.1.0","rows":2,
//    "columns":[{"name":"bleu","signature":"case:mixed|...","unit":"0-100","higher_is_better":true,"lanes":4},
//               {"name":"classification","signature":"...","unit":"0-1","higher_is_better":true,"sparse":true}],
//    "keys":["domain"],"clusters":true,"weights":true}                                        (on one line)
//   {"id":"t1","state":["empty_hypothesis"],"cluster":"doc 3","weight":2,"keys":["weather"],
//    "columns":[[1,0,5,6],{"cat\u001fdog":1}]}                                                (on one line)
//
// A dense column is the array of its lanes, a sparse one an object of counts; all are 64-bit integers, so
// that a table comes back bit for bit. `state` lists what is special about a row and is left out when nothing
// is; `cluster` and `weight` are there exactly when the header says so. Members that a reader does not know
// are passed over; a change that a reader may not pass over raises `format_version`. Files of every older
// version load for ever.

namespace evalpp::inline EVALPP_ABI::data {

/// The text of a table file. Fails only when the table holds a text that is not UTF-8, an id or a key
/// twice, a negative weight, or clusters, weights or keys that do not have one value per row.
inline result<std::string> write_table(const table& rows) {
  if (auto good = detail::require_writable(rows); !good) return std::move(good.error());
  std::string text;
  json::writer out(text);
  detail::write_table_header(out, rows);
  for (std::size_t i = 0; i < rows.rows(); ++i) detail::write_table_row(out, rows, i);
  return text;
}

/// Reads what `write_table` of this or any older version wrote.
inline result<table> read_table(const source_text& source) {
  detail::table_reader reader;
  std::size_t blank = 0;
  bool first = true;
  line_reader lines(source.text);
  auto read =
      detail::each_row(source, lines, blank, [&](json::value line, std::size_t number, std::string_view) {
        auto taken = first ? reader.header(line) : reader.row(line);
        first = false;
        if (!taken) taken.error() = detail::in_file(std::move(taken.error()), source.file, number, 1);
        return taken;
      });
  if (!read) return std::move(read.error());
  if (first) {
    return evalpp::error{
        .code = error_code::syntax, .message = "the table file is empty", .file = source.file, .line = 1};
  }
  auto finished = reader.finish();
  if (!finished) return detail::in_file(std::move(finished.error()), source.file, lines.number());
  return finished;
}

/// Saves a table: `write_table` into a file.
inline status save_table(const table& rows, const std::string& path) {
  auto text = write_table(rows);
  if (!text) return detail::in_file(std::move(text.error()), path);
  return write_bytes(path, *text);
}

/// Loads a table from a file, "-" for standard input.
inline result<table> load_table(const std::string& path) {
  auto source = read_text(path);
  if (!source) return std::move(source.error());
  return read_table(*source);
}

}  // namespace evalpp::inline EVALPP_ABI::data
