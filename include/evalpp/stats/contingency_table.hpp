// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/items.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How often two raters chose each pair of categories: entry `i * categories + j` counts the items
/// that the first put into category i and the second into j.
///
/// Categories are numbered from 0; one that is not below `categories` raises, as do labels of
/// different numbers. An item counts as often as `weights` says, once each when there are none, so
/// that a resample of the items is this call with other weights. O(items + categories^2).
inline std::vector<std::uint64_t> contingency_table(std::span<const std::uint32_t> first,
                                                    std::span<const std::uint32_t> second,
                                                    std::size_t categories,
                                                    std::span<const std::uint32_t> weights = {}) {
  detail::require_pairs(first.size(), second.size());
  const detail::item_weights weight(weights, first.size());
  std::vector<std::uint64_t> table(categories * categories);
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] >= categories || second[i] >= categories)
      evalpp::detail::raise_invalid("a label is not the number of a category");
    table[first[i] * categories + second[i]] += weight[i];
  }
  return table;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
