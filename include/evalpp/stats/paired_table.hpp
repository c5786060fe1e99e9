// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <initializer_list>

namespace evalpp::inline EVALPP_ABI::stats {

/// Two 0/1 outcomes of the same items, counted.
struct paired_table {
  std::int64_t both = 0;         ///< both right
  std::int64_t first_only = 0;   ///< only the first right
  std::int64_t second_only = 0;  ///< only the second right
  std::int64_t neither = 0;      ///< both wrong

  friend constexpr bool operator==(const paired_table&, const paired_table&) = default;
};

namespace detail {

/// True when no count is negative and their sum is a count too.
constexpr bool is_valid(const paired_table& t) noexcept {
  constexpr std::int64_t most = INT64_MAX / 4;
  for (const std::int64_t count : {t.both, t.first_only, t.second_only, t.neither}) {
    if (count < 0 || count > most) return false;
  }
  return true;
}

constexpr std::int64_t total(const paired_table& t) noexcept {
  return t.both + t.first_only + t.second_only + t.neither;
}

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::stats
