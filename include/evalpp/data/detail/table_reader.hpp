// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/detail/column_format.hpp>
#include <evalpp/data/detail/table_format.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data::detail {

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
    for (const char* const flag : {"clusters", "weights"}) {
      if (line[flag].exists() && !line[flag].is_bool())
        return wrong("\"clusters\" and \"weights\" must be true or false");
    }
    const auto count = line["rows"].as_int64();
    if (!count || *count < 0) return wrong("\"rows\" must be a number from 0");
    expected_ = static_cast<std::uint64_t>(*count);
    std::vector<column_info> columns;
    if (!line["columns"].is_array()) return wrong("\"columns\" must be a list");
    for (const json::value c : line["columns"].items()) {
      auto info = read_column(c);
      if (!info) return wrong(column_members);
      columns.push_back(std::move(*info));
    }
    const json::value keys = line["keys"];
    if (!is_list_of_strings(keys)) return wrong("\"keys\" must be a list of names");
    const auto key = [&](std::size_t k) { return *keys[k].as_string(); };
    if (find_repeated_name(keys.size(), key)) return wrong("\"keys\" holds a name twice");
    for (std::size_t k = 0; k < keys.size(); ++k) keys_.push_back({std::string(key(k)), {}});
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
    if (ids_.insert(*id) <= i) {
      return evalpp::error{.code = error_code::duplicate,
                           .message = "the id \"" + std::string(*id) + "\" appears twice"};
    }
    if (!is_list_of_strings(line["state"])) return wrong("\"state\" must be a list of words");
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
    if (has_weights_ && (!weight || *weight < 0)) return wrong("\"weight\" must be an integer from 0");
    const json::value keys = line["keys"];
    if (!is_list_of_strings(keys) || keys.size() != keys_.size())
      return wrong("\"keys\" must be a list with a text for each key of the first line");
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

  /// True for what is not there, too.
  static bool is_list_of_strings(json::value list) {
    if (!list.is_array()) return !list.exists();
    const auto items = list.items();
    return std::all_of(items.begin(), items.end(), [](json::value item) { return item.is_string(); });
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
  dictionary<std::string_view> ids_;  // the k-th row has number k, since no id may stand twice
  std::uint64_t expected_ = 0;
  bool has_clusters_ = false;
  bool has_weights_ = false;
  std::vector<std::string> clusters_;
  std::vector<std::int64_t> weights_;
  std::vector<key_column> keys_;
  std::vector<json::member> counts_;
};

}  // namespace evalpp::inline EVALPP_ABI::data::detail
