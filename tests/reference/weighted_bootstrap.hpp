// SPDX-License-Identifier: MIT
#pragma once

// The bootstrap and the jackknife of any statistic from their definition: items that are drawn twice are
// there twice. The oracle of stats/weighted_bootstrap.hpp.

#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace reference {

/// The value of each replicate in turn, NaN where nothing was drawn. `value(items)` is the statistic of the
/// items with these numbers.
template <class Value>
std::vector<double> copied_bootstrap(std::span<const std::uint64_t> keys, Value value, std::size_t replicates,
                                     std::uint64_t seed) {
  const evalpp::stats::poisson_weights weights(seed);
  std::vector<double> values;
  for (std::size_t b = 0; b < replicates; ++b) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < keys.size(); ++i)
      for (int w = weights(keys[i], b); w > 0; --w) items.push_back(i);
    values.push_back(items.empty() ? std::numeric_limits<double>::quiet_NaN() : value(items));
  }
  return values;
}

/// The value without each key in turn, by first appearance.
template <class Value>
std::vector<double> copied_jackknife(std::span<const std::uint64_t> keys, Value value) {
  std::vector<double> values;
  for (std::size_t u = 0; u < keys.size(); ++u) {
    const auto key = keys.begin() + static_cast<std::ptrdiff_t>(u);
    if (std::find(keys.begin(), key, *key) != key) continue;
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (keys[i] != *key) rest.push_back(i);
    values.push_back(value(rest));
  }
  return values;
}

/// The parts of `data` that belong to these items, `width` entries each.
template <class T>
std::vector<T> copies_of(const std::vector<T>& data, std::span<const std::size_t> items,
                         std::size_t width = 1) {
  std::vector<T> out;
  for (const std::size_t i : items)
    for (std::size_t k = 0; k < width; ++k) out.push_back(data[i * width + k]);
  return out;
}

}  // namespace reference
