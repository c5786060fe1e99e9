// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <optional>
#include <string>

// How files describe a column: {"name","signature","unit","higher_is_better", "lanes" or "sparse":true}.
namespace evalpp::inline EVALPP_ABI::data::detail {

inline void write_column_members(json::writer& out, const column_info& info) {
  out.member("name", info.name).member("signature", info.signature);
  out.member("unit", to_string(info.unit)).member("higher_is_better", info.higher_is_better);
  if (info.sparse) {
    out.member("sparse", true);
  } else {
    out.member("lanes", info.lanes);
  }
}

/// Nothing when a member is missing or of another type; `column_members` says what there must be.
inline std::optional<column_info> read_column(json::value c) {
  const auto name = c["name"].as_string();
  const auto signature = c["signature"].as_string();
  const auto unit = c["unit"].as_string();
  const auto direction = c["higher_is_better"].as_bool();
  const auto lanes = c["lanes"].as_int64();
  const bool sparse = c["sparse"].as_bool().value_or(false);
  const bool percent = unit == to_string(scale::percent);
  if (!name || !signature || !direction || (!percent && unit != to_string(scale::fraction)) ||
      (!sparse && (!lanes || *lanes < 0)))
    return std::nullopt;
  return column_info{std::string(*name),
                     std::string(*signature),
                     percent ? scale::percent : scale::fraction,
                     *direction,
                     sparse,
                     sparse ? 0 : static_cast<std::size_t>(*lanes)};
}
inline constexpr const char* column_members =
    "a column must have name, signature, unit, higher_is_better and lanes or sparse";

}  // namespace evalpp::inline EVALPP_ABI::data::detail
