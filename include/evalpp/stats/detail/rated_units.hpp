// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// Agreement of any number of raters beyond chance, some ratings perhaps missing.
struct agreement_estimate {
  double value = 0;               ///< the coefficient: 1 for perfect agreement, 0 for chance
  double observed_agreement = 0;  ///< mean over the units with at least two ratings, 0-1
  double expected_agreement = 0;  ///< by chance, 0-1
  /// In units of `value`, over units drawn independently; empty for a single unit. 0 where all units
  /// agree alike: then it is no basis for an interval.
  std::optional<double> standard_error;
  std::uint64_t rated_units = 0;     ///< units with a rating, as often as they count
  std::uint64_t pairable_units = 0;  ///< units with at least two ratings
};

namespace detail {

// Fleiss' kappa, Gwet's AC1 and Brennan and Prediger's coefficient differ in the chance agreement
// only: here is what they share. `counts` is a `rating_counts` table.
struct rated_units {
  std::span<const std::uint32_t> counts;
  std::size_t categories;
  item_weights weight;

  rated_units(std::span<const std::uint32_t> ratings, std::size_t category_count,
              std::span<const std::uint32_t> weights)
      : counts(ratings),
        categories(category_count),
        weight(weights, category_count == 0 ? 0 : ratings.size() / category_count) {
    if (categories == 0 ? !counts.empty() : counts.size() % categories != 0)
      evalpp::detail::raise_invalid("every unit has one count per category");
  }

  std::size_t size() const noexcept { return categories == 0 ? 0 : counts.size() / categories; }
  std::span<const std::uint32_t> unit(std::size_t i) const noexcept {
    return counts.subspan(i * categories, categories);
  }
};

inline std::uint64_t ratings_of(std::span<const std::uint32_t> unit) noexcept {
  std::uint64_t sum = 0;
  for (const std::uint32_t count : unit) sum += count;
  return sum;
}

/// The share of pairs of ratings of one unit that agree; it has at least two ratings.
inline strict agreeing_pairs(std::span<const std::uint32_t> unit) noexcept {
  strict pairs;
  for (const std::uint32_t count : unit)
    if (count != 0) pairs += strict(count) * strict(count - 1);
  const std::uint64_t m = ratings_of(unit);
  return pairs / (real(m) * real(m - 1));
}

/// The mean share of each category, over the units with a rating; all 0 without one.
inline std::vector<strict> category_shares(const rated_units& units) {
  std::vector<strict> shares(units.categories);
  std::uint64_t rated = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint64_t m = ratings_of(units.unit(i));
    if (m == 0 || units.weight[i] == 0) continue;
    rated += units.weight[i];
    for (std::size_t k = 0; k < units.categories; ++k)
      shares[k] += strict(units.weight[i]) * (strict(units.unit(i)[k]) / real(m));
  }
  if (rated == 0) return shares;
  for (strict& share : shares) share /= real(rated);
  return shares;
}

/// The coefficient whose chance agreement is the mean of `chance_of(k)` over the ratings in
/// category k, and which moves with the shares of the categories when `estimated`.
/// Standard error: Gwet's linearization, by the values of the units (irrCAC).
template <class ChanceOf>
std::optional<agreement_estimate> chance_corrected_agreement(const rated_units& units, strict expected,
                                                             bool estimated, const ChanceOf& chance_of) {
  agreement_estimate estimate;
  strict observed;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint64_t m = ratings_of(units.unit(i));
    if (m >= 1) estimate.rated_units += units.weight[i];
    if (m < 2) continue;
    estimate.pairable_units += units.weight[i];
    observed += strict(units.weight[i]) * agreeing_pairs(units.unit(i));
  }
  const strict room = 1.0 - expected;
  if (estimate.pairable_units == 0 || room <= 0.0) return std::nullopt;
  const strict n = real(estimate.rated_units);
  const strict pairable = real(estimate.pairable_units);
  observed /= pairable;
  const strict value = (observed - expected) / room;
  estimate.observed_agreement = observed.value();
  estimate.expected_agreement = expected.value();
  estimate.value = value.value();

  if (estimate.rated_units < 2) return estimate;
  strict squares;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint64_t m = ratings_of(units.unit(i));
    if (m == 0 || units.weight[i] == 0) continue;
    strict of_unit = 0.0;
    if (m >= 2) of_unit = n / pairable * ((agreeing_pairs(units.unit(i)) - expected) / room);
    if (estimated) {
      strict chance;
      for (std::size_t k = 0; k < units.categories; ++k)
        chance += chance_of(k) * (strict(units.unit(i)[k]) / real(m));
      of_unit -= 2.0 * (1.0 - value) * ((chance - expected) / room);
    }
    squares += strict(units.weight[i]) * square(of_unit - value);
  }
  estimate.standard_error = sqrt(squares / (n * (n - 1.0))).value();
  return estimate;
}

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI::stats
