// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/divergence.hpp>
#include <evalpp/stats/gamma.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

// Whether two samples of independent items over the same bins differ by more than chance. A small p of large
// samples may belong to a drift that nobody minds: alarm on its size too.
namespace evalpp::inline EVALPP_ABI::stats {

/// The p of a chi-square statistic; 1 without degrees of freedom. Good with 5 items and more expected in
/// every bin. Pearson 1900; scipy's chi2_contingency.
inline double chi_square_p(const chi_square_statistic& statistic) noexcept {
  if (statistic.degrees_of_freedom == 0) return 1;
  return chi_square_sf(statistic.value, static_cast<double>(statistic.degrees_of_freedom));
}

/// About the chance that two samples of one source, so large and over so many filled bins, have a
/// population stability index as great: the index over `psi_null_scale` is nearly chi-square with
/// one degree of freedom less than bins. This in place of the limits of 0.1 and 0.25.
///
/// Undefined, and then empty: a sample without items, an index that is negative or NaN. 1 for a single
/// bin, 0 for an infinite index. Good with 5 items and more in every bin. Yurdakul 2018.
inline std::optional<double> psi_p(double index, std::uint64_t reference_items, std::uint64_t current_items,
                                   std::size_t filled_bins) noexcept {
  const auto scale = psi_null_scale(reference_items, current_items);
  if (!scale || detail::is_nan(index) || index < 0) return std::nullopt;
  if (filled_bins < 2) return 1.0;
  if (!detail::is_finite(index)) return 0.0;
  return chi_square_sf((detail::strict(index) / *scale).value(), static_cast<double>(filled_bins - 1));
}

}  // namespace evalpp::inline EVALPP_ABI::stats
