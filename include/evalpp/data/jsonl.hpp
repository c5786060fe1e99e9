// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/detail/rows.hpp>
#include <evalpp/data/fields.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace evalpp::inline EVALPP_ABI::data {

namespace detail {

/// How files of data are parsed: a key that an object has twice is a mistake in the file, and taking
/// one of the values would be luck.
inline constexpr json::parse_options strict_parsing{.duplicates = json::duplicate_keys::error};

/// Fills in what to do about a text that does not parse.
inline evalpp::error with_fix(evalpp::error e, const char* otherwise) {
  if (e.fix.empty()) e.fix = e.code == error_code::duplicate ? "keep one of the two values" : otherwise;
  return e;
}

/// The column, in code points from 1, of the key `name` of the object that is all of `line`, which has been
/// parsed; 1 when the key is missing or was written with escapes.
inline std::size_t column_of_field(std::string_view line, std::string_view name) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const std::size_t begin = at++;
    while (line[at] != '"') at += line[at] == '\\' ? 2U : 1U;
    if (depth != 1 || line.substr(begin + 1, at - begin - 1) != name) continue;
    const std::size_t next = line.find_first_not_of(" \t", at + 1);
    if (next != std::string_view::npos && line[next] == ':') return json::detail::locate(line, begin).column;
  }
  return 1;
}

/// The offset of element `row` of the array that is all of `text`, which has been parsed.
inline std::size_t offset_of_row(std::string_view text, std::size_t row) {
  std::size_t depth = 0;
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ']' || c == '}') --depth;
    if (c == '"') {
      while (text[++at] != '"') at += text[at] == '\\' ? 1U : 0U;
    }
    const bool element_follows = (c == '[' && depth == 0) || (c == ',' && depth == 1 && ++seen <= row);
    if (c == '[' || c == '{') ++depth;
    if (element_follows && seen == row) return text.find_first_not_of(" \t\n\r", at + 1);
  }
  return 0;
}

inline evalpp::error in_file(evalpp::error e, const std::string& file, std::size_t line = 0,
                             std::size_t column = 0) {
  e.file = file;
  if (line != 0) e.line = line;
  if (column != 0) e.column = column;
  return e;
}

/// Calls `use(value, line number, text of the line)` for each row, which yields a status. Blank
/// lines are passed over and counted.
template <class Use>
status each_row(const source_text& source, line_reader& lines, std::size_t& blank, Use&& use) {
  json::parser parser(strict_parsing);
  for (std::string_view line; lines.next(line);) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      ++blank;
      continue;
    }
    auto parsed = parser.parse(line);
    if (!parsed) {
      evalpp::error e = with_fix(std::move(parsed.error()), "every line must be one JSON object");
      e.offset += static_cast<std::size_t>(line.data() - source.text.data());
      const std::size_t column = e.column;
      return in_file(std::move(e), source.file, lines.number(), column);
    }
    if (!parsed->is_object()) {
      return in_file(
          {.code = error_code::wrong_type,
           .message = "a row must be an object, this is " + std::string(json::to_string(parsed->kind())),
           .fix = "write one {\"id\": ..., \"prediction\": ..., \"references\": [...]} a line"},
          source.file, lines.number(), 1);
    }
    if (auto used = use(*parsed, lines.number(), line); !used) return used;
  }
  return std::monostate{};
}

}  // namespace detail

/// Reads a file of one JSON object per line: one system that carries its own references. The text is
/// parsed twice, first to see which fields there are; memory holds the text and the records.
inline result<dataset> read_jsonl(const source_text& source, const read_options& options = {}) {
  dataset data;
  data.file = source.file;
  data.system = system_name(source.file);

  detail::field_collector fields;
  std::size_t blank = 0;
  line_reader first_pass(source.text);
  auto seen = detail::each_row(source, first_pass, blank,
                               [&](json::value row, std::size_t, std::string_view) -> status {
                                 fields.add(row);
                                 return std::monostate{};
                               });
  if (!seen) return std::move(seen.error());
  detail::note_text(data.notes, source, first_pass.carriage_returns());
  if (blank != 0)
    data.notes.push_back(source.file + ": passed over " +
                         detail::counted(blank, "blank line", "blank lines"));

  auto builder = detail::make_builder(data, options, fields.names());
  if (!builder) return detail::in_file(std::move(builder.error()), source.file, 1);
  line_reader second_pass(source.text);
  auto read = detail::each_row(
      source, second_pass, blank, [&](json::value row, std::size_t number, std::string_view line) {
        auto added = builder->add(row, number);
        if (!added) {
          const std::size_t column = detail::column_of_field(line, builder->faulty_field());
          added.error() = detail::in_file(std::move(added.error()), source.file, number, column);
        }
        return added;
      });
  if (!read) return std::move(read.error());
  if (auto good = detail::finish(data, input_kind::jsonl, builder->choice()); !good)
    return std::move(good.error());
  return data;
}

/// Reads rows from one parsed JSON document: an array of objects, as in JSONL.
inline result<dataset> read_json_rows(const source_text& source, json::value rows,
                                      const read_options& options = {}) {
  dataset data;
  data.file = source.file;
  data.system = system_name(source.file);
  detail::note_text(data.notes, source, 0);
  if (!rows.is_array()) {
    return evalpp::error{.code = error_code::wrong_type,
                         .message = "the document must be an array of rows or a SQuAD dataset, this is " +
                                    std::string(json::to_string(rows.kind())),
                         .fix =
                             "write [{\"id\": ..., \"prediction\": ..., \"references\": [...]}, ...]; "
                             "a SQuAD dataset comes before its predictions",
                         .file = source.file,
                         .line = 1,
                         .column = 1};
  }
  const auto row_error = [&](evalpp::error e, std::size_t i) {
    const json::detail::position place =
        json::detail::locate(source.text, detail::offset_of_row(source.text, i));
    e.message = "row " + std::to_string(i) + ": " + e.message;
    return detail::in_file(std::move(e), source.file, place.line, place.column);
  };
  detail::field_collector fields;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].is_object()) {
      return row_error(
          {.code = error_code::wrong_type,
           .message = "a row must be an object, this is " + std::string(json::to_string(rows[i].kind()))},
          i);
    }
    fields.add(rows[i]);
  }
  auto builder = detail::make_builder(data, options, fields.names());
  if (!builder) return detail::in_file(std::move(builder.error()), source.file, 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (auto added = builder->add(rows[i], 0); !added) return row_error(std::move(added.error()), i);
  }
  if (auto good = detail::finish(data, input_kind::json, builder->choice()); !good)
    return std::move(good.error());
  return data;
}

}  // namespace evalpp::inline EVALPP_ABI::data
