// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/rated_units.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// Gwet's AC1 of a `rating_counts` table: agreement beyond chance that stays high when raters agree
/// on a rare category, where kappa does not.
///
/// Chance agreement: the sum of p (1 - p) / (q - 1) over the q categories, so that q counts: name
/// every category the raters could have chosen. Undefined, and then empty, without a unit with two
/// ratings and for fewer than two categories. A unit counts as often as `weights` says, once each
/// when there are none.
///
/// O(units x categories). Gwet 2008 and 2014 (R and Python packages irrCAC): units are drawn
/// independently from many.
inline std::optional<agreement_estimate> gwet_ac1(std::span<const std::uint32_t> counts,
                                                  std::size_t categories,
                                                  std::span<const std::uint32_t> weights = {}) {
  using detail::real, detail::strict;
  const detail::rated_units units(counts, categories, weights);
  if (categories < 2) return std::nullopt;
  const auto shares = detail::category_shares(units);
  const strict others = real(categories - 1);
  strict expected;
  for (const strict share : shares) expected += share * (1.0 - share) / others;
  return detail::chance_corrected_agreement(units, expected, true,
                                            [&](std::size_t k) { return (1.0 - shares[k]) / others; });
}

}  // namespace evalpp::inline EVALPP_ABI::stats
