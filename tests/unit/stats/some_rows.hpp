// SPDX-License-Identifier: MIT
#pragma once

// Rows of two lanes and their ratio, for the tests of what resamples them.

#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace some {

// Without a value where the denominator is 0.
constexpr auto ratio = [](std::span<const std::int64_t> lanes) {
  if (lanes[1] == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
};

inline void add(evalpp::stats::resampling_rows& rows, std::int64_t first, std::int64_t second) {
  rows.lanes = 2;
  rows.keys.push_back(evalpp::stats::resampling_key(std::to_string(rows.size())));
  rows.values.push_back(first);
  rows.values.push_back(second);
}

// Denominators of 1 to 20, numerators up to these.
inline evalpp::stats::resampling_rows ratios(std::size_t n) {
  evalpp::stats::resampling_rows rows;
  rows.lanes = 2;
  for (std::size_t i = 0; i < n; ++i) {
    const auto whole = static_cast<std::int64_t>(evalpp::stats::mix64(i) % 20 + 1);
    add(rows, static_cast<std::int64_t>(evalpp::stats::mix64(i + 1000) % 1000) * whole / 1000, whole);
  }
  return rows;
}

// Values of 0 to 999, each counted once.
inline evalpp::stats::resampling_rows values(std::size_t n) {
  evalpp::stats::resampling_rows rows;
  rows.lanes = 2;
  for (std::size_t i = 0; i < n; ++i) add(rows, static_cast<std::int64_t>(evalpp::stats::mix64(i) % 1000), 1);
  return rows;
}

}  // namespace some
