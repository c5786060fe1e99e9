// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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

inline constexpr std::int64_t table_format_version = 1;

namespace detail {

struct state_name {
  row_state flag;
  std::string_view name;
};
inline constexpr state_name state_names[] = {{row_state::empty_hypothesis, "empty_hypothesis"},
                                             {row_state::no_reference, "no_reference"},
                                             {row_state::missing, "missing"},
                                             {row_state::counted_as_empty, "counted_as_empty"}};

/// The first text of the table that is not UTF-8 and so has no place in the file.
inline std::optional<std::string_view> find_unwritable(const table& rows) {
  const auto bad = [](std::string_view text) { return !text::is_valid_utf8(text); };
  for (const std::string& id : rows.ids()) {
    if (bad(id)) return "an id";
  }
  for (const std::string& cluster : rows.clusters()) {
    if (bad(cluster)) return "a cluster";
  }
  for (const key_column& key : rows.keys()) {
    if (bad(key.name) || std::any_of(key.values.begin(), key.values.end(), bad)) return "a key";
  }
  for (const table::column& c : rows.columns()) {
    if (bad(c.info.name) || bad(c.info.signature)) return "the name of a metric";
    for (const sparse_counts& counts : c.named) {
      for (std::size_t k = 0; k < counts.size(); ++k) {
        if (bad(counts[k].name)) return "the name of a count";
      }
    }
  }
  return std::nullopt;
}

inline void write_table_header(json::writer& out, const table& rows) {
  out.begin_object().member("format", "evalpp-table").member("format_version", table_format_version);
  out.member("library", EVALPP_VERSION_STRING).member("rows", rows.rows());
  out.key("columns").begin_array();
  for (const table::column& c : rows.columns()) {
    out.begin_object().member("name", c.info.name).member("signature", c.info.signature);
    out.member("unit", to_string(c.info.unit)).member("higher_is_better", c.info.higher_is_better);
    if (c.info.sparse) {
      out.member("sparse", true);
    } else {
      out.member("lanes", c.info.lanes);
    }
    out.end_object();
  }
  out.end_array().key("keys").begin_array();
  for (const key_column& key : rows.keys()) out.value(key.name);
  out.end_array();
  if (!rows.clusters().empty()) out.member("clusters", true);
  if (!rows.weights().empty()) out.member("weights", true);
  out.end_object().line();
}

inline void write_table_row(json::writer& out, const table& rows, std::size_t i) {
  out.begin_object().member("id", rows.ids()[i]);
  const row_state state = rows.states()[i];
  if (state != row_state::scored) {
    out.key("state").begin_array();
    for (const state_name& s : state_names) {
      if (has(state, s.flag)) out.value(s.name);
    }
    out.end_array();
  }
  if (!rows.clusters().empty()) out.member("cluster", rows.clusters()[i]);
  if (!rows.weights().empty()) out.member("weight", rows.weights()[i]);
  if (!rows.keys().empty()) {
    out.key("keys").begin_array();
    for (const key_column& key : rows.keys()) out.value(key.values[i]);
    out.end_array();
  }
  out.key("columns").begin_array();
  for (std::size_t c = 0; c < rows.columns().size(); ++c) {
    if (rows.columns()[c].info.sparse) {
      const sparse_counts& counts = rows.named(c, i);
      out.begin_object();
      for (std::size_t k = 0; k < counts.size(); ++k) out.member(counts[k].name, counts[k].count);
      out.end_object();
    } else {
      out.begin_array();
      for (const std::int64_t lane : rows.row(c, i)) out.value(lane);
      out.end_array();
    }
  }
  out.end_array().end_object().line();
}

/// Builds a table line by line. Nothing in the file makes it reserve memory that the file does not fill.
class table_reader {
 public:
  status header(json::value line) {
    if (line["format"].as_string() != "evalpp-table") {
      return evalpp::error{.code = error_code::syntax,
                           .message = "this is no evalpp table",
                           .fix = "its first line must say \"format\":\"evalpp-table\""};
    }
    const auto version = line["format_version"].as_int64();
    if (!version || *version < 1) return wrong("\"format_version\" must be a number from 1");
    if (*version > table_format_version) {
      return evalpp::error{.code = error_code::version,
                           .message = "the table has format version " + std::to_string(*version) +
                                      ", this library reads versions up to " +
                                      std::to_string(table_format_version),
                           .fix = "read it with a newer evalpp"};
    }
    const auto count = line["rows"].as_int64();
    if (!count || *count < 0) return wrong("\"rows\" must be a number from 0");
    expected_ = static_cast<std::uint64_t>(*count);
    std::vector<column_info> columns;
    if (!line["columns"].is_array()) return wrong("\"columns\" must be a list");
    for (const json::value c : line["columns"].items()) {
      const auto name = c["name"].as_string();
      const auto signature = c["signature"].as_string();
      const auto unit = c["unit"].as_string();
      const auto direction = c["higher_is_better"].as_bool();
      const auto lanes = c["lanes"].as_int64();
      const bool sparse = c["sparse"].as_bool().value_or(false);
      const bool percent = unit == to_string(scale::percent);
      if (!name || !signature || !direction || (!percent && unit != to_string(scale::fraction)) ||
          (!sparse && (!lanes || *lanes < 0))) {
        return wrong("a column must have name, signature, unit, higher_is_better and lanes or sparse");
      }
      columns.push_back({std::string(*name), std::string(*signature),
                         percent ? scale::percent : scale::fraction, *direction, sparse,
                         sparse ? 0 : static_cast<std::size_t>(*lanes)});
    }
    for (const json::value key : line["keys"].items()) {
      if (!key.is_string()) return wrong("\"keys\" must be a list of names");
      keys_.push_back({std::string(*key.as_string()), {}});
    }
    has_clusters_ = line["clusters"].as_bool().value_or(false);
    has_weights_ = line["weights"].as_bool().value_or(false);
    table_ = table(std::move(columns));
    return std::monostate{};
  }

  status row(json::value line) {
    const std::size_t i = table_.rows();
    if (i >= expected_) return wrong("there are more rows than the first line says");
    const auto id = line["id"].as_string();
    if (!id) return wrong("\"id\" must be a string");
    row_state state = row_state::scored;
    for (const json::value item : line["state"].items()) {
      const auto known = std::find_if(std::begin(state_names), std::end(state_names),
                                      [&](const state_name& s) { return item.as_string() == s.name; });
      if (known == std::end(state_names)) return wrong("\"state\" holds a word that is not known");
      state = state | known->flag;
    }
    const auto cluster = line["cluster"].as_string();
    if (has_clusters_ && !cluster) return wrong("\"cluster\" must be a string");
    const auto weight = line["weight"].as_int64();
    if (has_weights_ && !weight) return wrong("\"weight\" must be an integer");
    const json::value keys = line["keys"];
    if (keys.size() != keys_.size())
      return wrong("\"keys\" must have a value for each key of the first line");
    for (const json::value key : keys.items()) {
      if (!key.is_string()) return wrong("\"keys\" must hold strings");
    }
    const json::value columns = line["columns"];
    if (!columns.is_array() || columns.size() != table_.columns().size()) {
      return wrong("\"columns\" must have a value for each column of the first line");
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (auto fits = check(columns[c], table_.columns()[c].info); !fits) return fits;
    }

    table_.resize(i + 1);
    table_.ids()[i] = *id;
    table_.states()[i] = state;
    if (has_clusters_) clusters_.emplace_back(*cluster);
    if (has_weights_) weights_.push_back(*weight);
    for (std::size_t k = 0; k < keys_.size(); ++k) keys_[k].values.emplace_back(*keys[k].as_string());
    for (std::size_t c = 0; c < columns.size(); ++c) fill(columns[c], c, i);
    return std::monostate{};
  }

  result<table> finish() {
    if (table_.rows() != expected_) {
      return evalpp::error{.code = error_code::mismatch,
                           .message = "the table has " + std::to_string(table_.rows()) + " of " +
                                      std::to_string(expected_) + " rows",
                           .fix = "the file was cut off; write it again"};
    }
    if (!clusters_.empty()) table_.set_clusters(std::move(clusters_));
    if (!weights_.empty()) table_.set_weights(std::move(weights_));
    for (key_column& key : keys_) table_.add_key(std::move(key));
    return std::move(table_);
  }

 private:
  static evalpp::error wrong(const char* message) {
    return {.code = error_code::wrong_type, .message = message};
  }

  static status check(json::value cell, const column_info& info) {
    if (info.sparse) {
      if (!cell.is_object()) return wrong("a sparse column must be an object of counts");
      for (const json::member m : cell.members()) {
        if (!m.value.as_int64()) return wrong("a count must be a 64-bit integer");
      }
    } else {
      if (!cell.is_array() || cell.size() != info.lanes)
        return wrong("a dense column must have as many numbers as lanes");
      for (const json::value lane : cell.items()) {
        if (!lane.as_int64()) return wrong("a lane must be a 64-bit integer");
      }
    }
    return std::monostate{};
  }

  void fill(json::value cell, std::size_t c, std::size_t i) {
    if (table_.columns()[c].info.sparse) {
      // In the order of names, in which adding one is cheap.
      counts_.clear();
      for (const json::member m : cell.members()) counts_.push_back(m);
      std::sort(counts_.begin(), counts_.end(),
                [](const json::member& a, const json::member& b) { return a.key < b.key; });
      for (const json::member& m : counts_) table_.named(c, i).add(m.key, *m.value.as_int64());
    } else {
      const std::span<std::int64_t> lanes = table_.row(c, i);
      for (std::size_t k = 0; k < lanes.size(); ++k) lanes[k] = *cell[k].as_int64();
    }
  }

  table table_;
  std::uint64_t expected_ = 0;
  bool has_clusters_ = false;
  bool has_weights_ = false;
  std::vector<std::string> clusters_;
  std::vector<std::int64_t> weights_;
  std::vector<key_column> keys_;
  std::vector<json::member> counts_;
};

}  // namespace detail

/// The text of a table file. Fails only when the table holds a text that is not UTF-8, or clusters,
/// weights or keys that do not have one value per row.
inline result<std::string> write_table(const table& rows) {
  const std::size_t n = rows.rows();
  const auto odd = [n](std::size_t size) { return size != 0 && size != n; };
  if (odd(rows.clusters().size()) || odd(rows.weights().size()) ||
      std::any_of(rows.keys().begin(), rows.keys().end(),
                  [n](const key_column& k) { return k.values.size() != n; })) {
    return evalpp::error{.code = error_code::mismatch,
                         .message = "clusters, weights and keys must have one value for each of the " +
                                    std::to_string(n) + " rows"};
  }
  if (const auto what = detail::find_unwritable(rows)) {
    return evalpp::error{.code = error_code::invalid_utf8,
                         .message = std::string(*what) + " is not UTF-8",
                         .fix = "a table file holds UTF-8 only"};
  }
  std::string text;
  json::writer out(text);
  detail::write_table_header(out, rows);
  for (std::size_t i = 0; i < n; ++i) detail::write_table_row(out, rows, i);
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
