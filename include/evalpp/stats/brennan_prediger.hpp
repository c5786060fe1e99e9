// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/rated_units.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// Brennan and Prediger's coefficient of a `rating_counts` table: agreement beyond that of raters
/// who choose among the q categories at random, 1 / q.
///
/// Undefined, and then empty, without a unit with two ratings and for fewer than two categories. A
/// unit counts as often as `weights` says, once each when there are none.
///
/// O(units x categories). Brennan and Prediger 1981; standard error as irrCAC: units are drawn
/// independently from many.
inline std::optional<agreement_estimate> brennan_prediger(std::span<const std::uint32_t> counts,
                                                          std::size_t categories,
                                                          std::span<const std::uint32_t> weights = {}) {
  const detail::rated_units units(counts, categories, weights);
  if (categories < 2) return std::nullopt;
  const detail::strict expected = 1.0 / detail::real(categories);
  return detail::chance_corrected_agreement(units, expected, false, [&](std::size_t) { return expected; });
}

}  // namespace evalpp::inline EVALPP_ABI::stats
