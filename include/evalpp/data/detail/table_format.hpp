// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/table.hpp>

#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::data {

/// The version of the table files that this library writes; it reads them up to this one.
inline constexpr std::int64_t table_format_version = 1;

}  // namespace evalpp::inline EVALPP_ABI::data

namespace evalpp::inline EVALPP_ABI::data::detail {

struct state_name {
  row_state flag;
  std::string_view name;
};
inline constexpr state_name state_names[] = {{row_state::empty_hypothesis, "empty_hypothesis"},
                                             {row_state::no_reference, "no_reference"},
                                             {row_state::missing, "missing"},
                                             {row_state::counted_as_empty, "counted_as_empty"}};

}  // namespace evalpp::inline EVALPP_ABI::data::detail
