// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How many raters put each unit into each category, as agreement coefficients of many raters read
/// it: entry `unit * categories.size() + k`.
///
/// `ratings` holds `raters` entries per unit, unit after unit; nothing is a rating that is missing.
/// A rating that is none of the categories raises, as does a unit that is cut short.
/// O(ratings x categories).
inline std::vector<std::uint32_t> rating_counts(std::span<const std::optional<double>> ratings,
                                                std::size_t raters, std::span<const double> categories) {
  if (raters == 0 ? !ratings.empty() : ratings.size() % raters != 0)
    evalpp::detail::raise_invalid("every unit has one rating per rater, or a missing one");
  const std::size_t units = raters == 0 ? 0 : ratings.size() / raters;
  std::vector<std::uint32_t> counts(units * categories.size());
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    if (!ratings[i]) continue;
    const auto found = std::find(categories.begin(), categories.end(), *ratings[i]);
    if (found == categories.end() || evalpp::detail::is_nan(*ratings[i]))
      evalpp::detail::raise_invalid("a rating is none of the categories");
    ++counts[i / raters * categories.size() + static_cast<std::size_t>(found - categories.begin())];
  }
  return counts;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
