// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

// What statistics over weighted items have in common: their weights, their order, their checks.
namespace evalpp::inline EVALPP_ABI::stats::detail {

/// How often each item counts: one weight per item, or none at all for once each.
class item_weights {
 public:
  item_weights(std::span<const std::uint32_t> weights, std::size_t items) : weights_(weights), items_(items) {
    if (!weights.empty() && weights.size() != items)
      evalpp::detail::raise_invalid("there must be one weight per item, or none at all");
  }

  std::uint32_t operator[](std::size_t i) const noexcept { return weights_.empty() ? 1 : weights_[i]; }

  /// The number of items, each as often as it counts.
  std::uint64_t total() const noexcept {
    if (weights_.empty()) return items_;
    return std::accumulate(weights_.begin(), weights_.end(), std::uint64_t{0});
  }

 private:
  std::span<const std::uint32_t> weights_;
  std::size_t items_;
};

/// Raises unless both have one entry per item.
inline void require_pairs(std::size_t first, std::size_t second) {
  if (first != second) evalpp::detail::raise_invalid("there must be one value of each kind per item");
}

inline bool none_is_nan(std::span<const double> values) noexcept {
  return std::none_of(values.begin(), values.end(), [](double v) { return evalpp::detail::is_nan(v); });
}

inline bool all_finite(std::span<const double> values) noexcept {
  return std::all_of(values.begin(), values.end(), [](double v) { return evalpp::detail::is_finite(v); });
}

/// The places of the values from the least to the greatest; equal ones in the order they came.
inline std::vector<std::size_t> ascending(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

/// Calls `group(first, last)` for each run of equal values in `order`.
template <class Group>
void for_each_tie(std::span<const double> values, std::span<const std::size_t> order, const Group& group) {
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    group(order.subspan(first, last - first));
    first = last;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
