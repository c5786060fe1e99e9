// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/rated_units.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// Fleiss' kappa of a `rating_counts` table; units may have different numbers of ratings. With the
/// same two raters for every unit it is Scott's pi.
///
/// Chance agreement: two ratings at random, each category as frequent as over all units. Undefined,
/// and then empty, without a unit with two ratings and where all ratings are of one category. A unit
/// counts as often as `weights` says, once each when there are none.
///
/// O(units x categories). Fleiss 1971, for unequal numbers of ratings and the standard error Gwet
/// 2014 (R and Python packages irrCAC): units are drawn independently from many.
inline std::optional<agreement_estimate> fleiss_kappa(std::span<const std::uint32_t> counts,
                                                      std::size_t categories,
                                                      std::span<const std::uint32_t> weights = {}) {
  const detail::rated_units units(counts, categories, weights);
  const auto shares = detail::category_shares(units);
  detail::strict expected;
  for (const detail::strict share : shares) expected += square(share);
  return detail::chance_corrected_agreement(units, expected, true, [&](std::size_t k) { return shares[k]; });
}

}  // namespace evalpp::inline EVALPP_ABI::stats
