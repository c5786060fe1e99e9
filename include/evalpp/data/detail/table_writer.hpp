// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/detail/column_format.hpp>
#include <evalpp/data/detail/table_format.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace evalpp::inline EVALPP_ABI::data::detail {

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

/// Refuses a table that `table_reader` would not give back as it is.
inline status require_writable(const table& rows) {
  const std::size_t n = rows.rows();
  const auto odd = [n](std::size_t size) { return size != 0 && size != n; };
  if (odd(rows.clusters().size()) || odd(rows.weights().size()) ||
      std::any_of(rows.keys().begin(), rows.keys().end(),
                  [n](const key_column& k) { return k.values.size() != n; })) {
    return evalpp::error{.code = error_code::mismatch,
                         .message = "clusters, weights and keys must have one value for each of the " +
                                    std::to_string(n) + " rows"};
  }
  const auto weights = rows.weights();
  if (std::any_of(weights.begin(), weights.end(), [](std::int64_t w) { return w < 0; })) {
    return evalpp::error{.code = error_code::invalid_argument,
                         .message = "a weight is negative",
                         .fix = "a weight says how often a row counts"};
  }
  const auto id = [&](std::size_t i) -> const std::string& { return rows.ids()[i]; };
  if (const auto twice = find_repeated_name(n, id)) {
    return evalpp::error{.code = error_code::duplicate,
                         .message = "the id \"" + id(twice->again) + "\" appears twice",
                         .fix = "give every row an id of its own: table::ids()"};
  }
  const auto key = [&](std::size_t k) -> const std::string& { return rows.keys()[k].name; };
  if (const auto twice = find_repeated_name(rows.keys().size(), key)) {
    return evalpp::error{.code = error_code::duplicate,
                         .message = "the key \"" + key(twice->again) + "\" appears twice"};
  }
  if (const auto what = find_unwritable(rows)) {
    return evalpp::error{.code = error_code::invalid_utf8,
                         .message = std::string(*what) + " is not UTF-8",
                         .fix = "a table file holds UTF-8 only"};
  }
  return std::monostate{};
}

inline void write_table_header(json::writer& out, const table& rows) {
  out.begin_object().member("format", "evalpp-table").member("format_version", table_format_version);
  out.member("library", EVALPP_VERSION_STRING).member("rows", rows.rows());
  out.key("columns").begin_array();
  for (const table::column& c : rows.columns()) {
    out.begin_object();
    write_column_members(out, c.info);
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

}  // namespace evalpp::inline EVALPP_ABI::data::detail
