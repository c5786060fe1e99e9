// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/items.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// Walks the values of two samples, which hold no NaN, from the least to the greatest and calls
/// `at(value, x_up_to, y_up_to)` for each different value: how many items of either sample are at
/// most that, each as often as it counts. O(n log n).
template <class At>
void walk_distributions(std::span<const double> x, std::span<const double> y, const item_weights& x_weight,
                        const item_weights& y_weight, const At& at) {
  const auto x_order = ascending(x), y_order = ascending(y);
  std::size_t i = 0, j = 0;
  std::uint64_t x_up_to = 0, y_up_to = 0;
  while (i < x.size() || j < y.size()) {
    const bool from_x = j == y.size() || (i < x.size() && x[x_order[i]] <= y[y_order[j]]);
    const double value = from_x ? x[x_order[i]] : y[y_order[j]];
    for (; i < x.size() && x[x_order[i]] == value; ++i) x_up_to += x_weight[x_order[i]];
    for (; j < y.size() && y[y_order[j]] == value; ++j) y_up_to += y_weight[y_order[j]];
    at(value, x_up_to, y_up_to);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
