// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/replicate_sketch.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/detail/column_format.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data {

/// The version of the sketch files that this library writes; it reads them up to this one.
inline constexpr std::int64_t sketch_format_version = 1;

}  // namespace evalpp::inline EVALPP_ABI::data

namespace evalpp::inline EVALPP_ABI::data::detail {

/// How the replicates were drawn: the only way there is, so far.
inline constexpr std::string_view sketch_weights = "poisson-256";

/// Builds a sketch line by line. Nothing in the file makes it reserve memory that the file does not fill.
class sketch_reader {
 public:
  status header(json::value line) {
    if (line["format"].as_string() != "evalpp-replicates")
      return evalpp::error{.code = error_code::syntax,
                           .message = "this is no evalpp sketch of replicates",
                           .fix = "its first line must say \"format\":\"evalpp-replicates\""};
    const auto version = line["format_version"].as_int64();
    if (!version || *version < 1) return wrong("\"format_version\" must be a number from 1");
    if (*version > sketch_format_version)
      return evalpp::error{.code = error_code::version,
                           .message = "the sketch has format version " + std::to_string(*version) +
                                      ", this library reads versions up to " +
                                      std::to_string(sketch_format_version),
                           .fix = "read it with a newer evalpp"};
    if (line["weights"].as_string() != sketch_weights)
      return wrong("\"weights\" must be \"poisson-256\": other draws cannot be paired with this library's");
    if (!read_number(line["seed"], sketch_.seed)) return wrong("\"seed\" must be a number in quotes");
    const auto replicates = line["replicates"].as_int64();
    if (!replicates || *replicates < 0) return wrong("\"replicates\" must be a number from 0");
    expected_ = static_cast<std::uint64_t>(*replicates);
    if (!line["columns"].is_array()) return wrong("\"columns\" must be a list");
    for (const json::value c : line["columns"].items()) {
      auto info = read_column(c);
      if (!info) return wrong(column_members);
      replicate_sketch::column column{std::move(*info), {}, 0, 0, {}, {}, {}};
      if (column.info.sparse) {
        if (!c["names"].is_array()) return wrong("a sparse column must have the names of its lanes");
        for (const json::value name : c["names"].items()) {
          if (!name.is_string()) return wrong("the name of a lane must be a text");
          column.names.emplace_back(*name.as_string());
        }
      }
      if (!read_number(c["units"], column.units) || !read_number(c["unit_digest"], column.unit_digest))
        return wrong("\"units\" and \"unit_digest\" must be numbers in quotes");
      const std::size_t lanes = column.info.sparse ? column.names.size() : column.info.lanes;
      if (!append(c["total"], lanes, column.total))
        return wrong("\"total\" must have a 64-bit integer for each lane");
      sketch_.columns.push_back(std::move(column));
    }
    return std::monostate{};
  }

  status replicate(json::value line) {
    if (sketch_.replicates >= expected_) return wrong("there are more replicates than the first line says");
    const json::value drawn = line["drawn"], columns = line["columns"];
    const std::size_t n = sketch_.columns.size();
    if (!drawn.is_array() || !columns.is_array() || drawn.size() != n || columns.size() != n)
      return wrong("\"drawn\" and \"columns\" must have a value for each column of the first line");
    for (std::size_t c = 0; c < n; ++c) {
      replicate_sketch::column& column = sketch_.columns[c];
      const auto count = drawn[c].as_int64();
      if (!count || !append(columns[c], column.total.size(), column.sums))
        return wrong("a replicate must have a 64-bit integer for each lane");
      column.drawn.push_back(*count);
    }
    ++sketch_.replicates;
    return std::monostate{};
  }

  result<replicate_sketch> finish() {
    if (sketch_.replicates != expected_)
      return evalpp::error{.code = error_code::mismatch,
                           .message = "the sketch has " + std::to_string(sketch_.replicates) + " of " +
                                      std::to_string(expected_) + " replicates",
                           .fix = "the file was cut off; write it again"};
    return std::move(sketch_);
  }

 private:
  static evalpp::error wrong(const char* message) {
    return {.code = error_code::wrong_type, .message = message};
  }
  static bool read_number(json::value quoted, std::uint64_t& out) {
    const auto text = quoted.as_string();
    if (!text || text->empty()) return false;
    const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), out);
    return fault == std::errc() && end == text->data() + text->size();
  }
  static bool append(json::value list, std::size_t lanes, std::vector<std::int64_t>& out) {
    if (!list.is_array() || list.size() != lanes) return false;
    const auto items = list.items();
    if (!std::all_of(items.begin(), items.end(), [](json::value v) { return v.as_int64().has_value(); }))
      return false;
    for (const json::value v : items) out.push_back(*v.as_int64());
    return true;
  }

  replicate_sketch sketch_;
  std::uint64_t expected_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::data::detail
