// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/distribution_gap.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

// Distances of two samples of real values, in which an item counts as often as its weight says, once
// each when there are none. Undefined, and then empty: a sample without items, a value that is NaN
// or infinite, an overflow. Both are 0 for equal distributions only and biased upwards by chance.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {
/// The integral of `of(F - G)` over the values, F and G the distribution functions of x and y.
template <class Of>
std::optional<double> integrated_gap(std::span<const double> x, std::span<const double> y,
                                     std::span<const std::uint32_t> x_weights,
                                     std::span<const std::uint32_t> y_weights, const Of& of) {
  const item_weights x_weight(x_weights, x.size()), y_weight(y_weights, y.size());
  const std::uint64_t n = x_weight.total(), m = y_weight.total();
  if (n == 0 || m == 0 || !all_finite(x) || !all_finite(y)) return std::nullopt;
  strict sum, gap, last;
  bool first = true;
  walk_distributions(x, y, x_weight, y_weight,
                     [&](double value, std::uint64_t x_up_to, std::uint64_t y_up_to) {
                       if (!first) sum += of(gap) * (value - last);
                       first = false;
                       gap = real(x_up_to) / real(n) - real(y_up_to) / real(m);
                       last = value;
                     });
  return if_finite(sum);
}
}  // namespace detail

/// The Wasserstein-1 (earth mover's) distance, in the units of the values: the area between the two
/// distribution functions, at least the distance of the means. O(n log n). scipy's
/// wasserstein_distance.
inline std::optional<double> wasserstein_distance(std::span<const double> x, std::span<const double> y,
                                                  std::span<const std::uint32_t> x_weights = {},
                                                  std::span<const std::uint32_t> y_weights = {}) {
  return detail::integrated_gap(x, y, x_weights, y_weights, [](detail::strict gap) { return abs(gap); });
}

/// The energy distance, in the root of the units of the values: the root of twice the area under the
/// squared difference of the distribution functions. O(n log n). Szekely 2002; scipy's
/// energy_distance.
inline std::optional<double> energy_distance(std::span<const double> x, std::span<const double> y,
                                             std::span<const std::uint32_t> x_weights = {},
                                             std::span<const std::uint32_t> y_weights = {}) {
  const auto area =
      detail::integrated_gap(x, y, x_weights, y_weights, [](detail::strict gap) { return square(gap); });
  if (!area) return std::nullopt;
  return sqrt(2.0 * detail::strict(*area)).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
