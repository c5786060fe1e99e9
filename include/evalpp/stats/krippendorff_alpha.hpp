// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// What the values of a rating mean, and with it how far two of them are apart.
enum class measurement_level {
  nominal,   ///< names: equal or not
  ordinal,   ///< ranks: by how many ratings lie between, half of each end counted
  interval,  ///< differences: (a - b)^2
  ratio,     ///< shares of a whole, none negative: ((a - b) / (a + b))^2
};

struct krippendorff_alpha_estimate {
  double value = 0;                  ///< 1 for perfect agreement, 0 for chance
  double observed_disagreement = 0;  ///< mean squared distance of two ratings of one unit
  double expected_disagreement = 0;  ///< of any two ratings
  std::uint64_t units = 0;           ///< those with at least two ratings, as often as they count
  std::uint64_t ratings = 0;         ///< the ratings in them
};

namespace detail {

// Sum over all ordered pairs of distinct ratings of their squared distance, for ratings given as
// (value, how often).
struct counted_value {
  strict value;
  std::uint64_t count = 0;
};

inline strict squared_distances(std::span<const counted_value> ratings, measurement_level level) {
  strict total;
  if (level == measurement_level::ratio) {
    for (std::size_t i = 0; i < ratings.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const strict sum = ratings[i].value + ratings[j].value;
        if (sum == 0.0) continue;
        total += 2.0 * real(ratings[i].count) * real(ratings[j].count) *
                 square((ratings[i].value - ratings[j].value) / sum);
      }
    return total;
  }
  strict n;
  for (const counted_value& rating : ratings) n += real(rating.count);
  if (level == measurement_level::nominal) {
    for (const counted_value& rating : ratings) total += real(rating.count) * (n - real(rating.count));
    return total;
  }
  if (n == 0.0) return total;
  strict mean;
  for (const counted_value& rating : ratings) mean += real(rating.count) * (rating.value / n);
  for (const counted_value& rating : ratings) total += real(rating.count) * square(rating.value - mean);
  return 2.0 * n * total;
}

}  // namespace detail

/// Krippendorff's alpha: agreement of any number of raters, any of whose ratings may be missing.
///
/// `ratings` holds `raters` entries per unit, unit after unit; nothing is a rating that is missing,
/// and a unit with fewer than two ratings has no say. Undefined, and then empty: without two ratings
/// of one unit, when all ratings are equal (nothing varies, so nothing can be agreed upon), for a
/// rating that is NaN or infinite, and for a negative one at the ratio level. A unit counts as often
/// as `weights` says, once each when there are none. A unit that is cut short raises.
///
/// O(N log N) for N ratings; at the ratio level O(V^2) besides for V different values.
/// Krippendorff 2004 and 2011; the Python package krippendorff. No standard error: resample units.
inline std::optional<krippendorff_alpha_estimate> krippendorff_alpha(
    std::span<const std::optional<double>> ratings, std::size_t raters, measurement_level level,
    std::span<const std::uint32_t> weights = {}) {
  using detail::counted_value, detail::real, detail::strict;
  if (raters == 0 ? !ratings.empty() : ratings.size() % raters != 0)
    evalpp::detail::raise_invalid("every unit has one rating per rater, or a missing one");
  const std::size_t units = raters == 0 ? 0 : ratings.size() / raters;
  const detail::item_weights weight(weights, units);

  std::vector<double> values;  // of the units that count, in their order
  std::vector<std::size_t> unit_of;
  krippendorff_alpha_estimate estimate;
  for (std::size_t u = 0; u < units; ++u) {
    const auto unit = ratings.subspan(u * raters, raters);
    const auto given = std::count_if(unit.begin(), unit.end(), [](const auto& r) { return r.has_value(); });
    if (given < 2 || weight[u] == 0) continue;
    estimate.units += weight[u];
    estimate.ratings += weight[u] * static_cast<std::uint64_t>(given);
    for (const auto& rating : unit) {
      if (!rating) continue;
      if (!detail::is_finite(*rating) || (level == measurement_level::ratio && *rating < 0))
        return std::nullopt;
      values.push_back(*rating);
      unit_of.push_back(u);
    }
  }
  if (values.empty()) return std::nullopt;

  // All ratings by value; a rank in place of the value where only the order counts.
  const auto order = detail::ascending(values);
  std::vector<counted_value> all;
  std::vector<strict> position(values.size());
  std::uint64_t before = 0;
  detail::for_each_tie(values, order, [&](std::span<const std::size_t> tie) {
    counted_value distinct{values[tie.front()], 0};
    for (const std::size_t i : tie) distinct.count += weight[unit_of[i]];
    if (level == measurement_level::ordinal) distinct.value = real(before) + real(distinct.count) / 2.0;
    for (const std::size_t i : tie) position[i] = distinct.value;
    before += distinct.count;
    all.push_back(distinct);
  });
  if (all.size() < 2) return std::nullopt;

  strict observed;
  std::vector<counted_value> of_unit;
  for (std::size_t first = 0; first < values.size();) {
    std::size_t last = first;
    while (last < values.size() && unit_of[last] == unit_of[first]) ++last;
    std::sort(position.begin() + static_cast<std::ptrdiff_t>(first),
              position.begin() + static_cast<std::ptrdiff_t>(last));
    of_unit.clear();
    for (std::size_t i = first; i < last; ++i) {
      if (i == first || !(position[i] == position[i - 1])) of_unit.push_back({position[i], 0});
      ++of_unit.back().count;
    }
    observed +=
        strict(weight[unit_of[first]]) * (detail::squared_distances(of_unit, level) / real(last - first - 1));
    first = last;
  }
  const strict n = real(estimate.ratings);
  observed /= n;
  const strict expected = detail::squared_distances(all, level) / (n * (n - 1.0));
  if (!(expected > 0.0)) return std::nullopt;
  const auto value = detail::if_finite(1.0 - observed / expected);
  if (!value || !detail::is_finite(expected.value())) return std::nullopt;
  estimate.value = *value;
  estimate.observed_disagreement = observed.value();
  estimate.expected_disagreement = expected.value();
  return estimate;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
