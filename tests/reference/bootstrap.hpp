// SPDX-License-Identifier: MIT
#pragma once

// The Poisson bootstrap and the jackknife from their definitions: every replicate adds all rows anew, every
// left-out unit too. The oracle of stats/bootstrap.hpp.

#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

/// The value of each replicate in turn; `drawn` tells how many rows it drew.
template <class Value>
std::vector<double> poisson_bootstrap(const evalpp::stats::resampling_rows& rows, Value value,
                                      std::size_t replicates, std::uint64_t seed,
                                      std::vector<std::int64_t>& drawn) {
  const evalpp::stats::poisson_weights weights(seed);
  std::vector<double> values;
  drawn.assign(replicates, 0);
  for (std::size_t b = 0; b < replicates; ++b) {
    std::vector<std::int64_t> sum(rows.lanes);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int64_t w = weights(rows.keys[i], b);
      drawn[b] += w;
      for (std::size_t k = 0; k < rows.lanes; ++k) sum[k] += w * rows.row(i)[k];
    }
    values.push_back(value(sum));
  }
  return values;
}

/// The value of the data without unit i.
template <class Value>
std::vector<double> leave_one_out(const evalpp::stats::resampling_rows& rows, Value value) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::int64_t> sum(rows.lanes);
    for (std::size_t j = 0; j < rows.size(); ++j)
      for (std::size_t k = 0; k < rows.lanes; ++k) sum[k] += j == i ? 0 : rows.row(j)[k];
    values.push_back(value(sum));
  }
  return values;
}

}  // namespace reference
