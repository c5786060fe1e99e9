// SPDX-License-Identifier: MIT
#pragma once

// The bootstrap t from its definition: every replicate is a sample of its own, listed row by row, with a
// jackknife that adds it anew without each of them. The oracle of stats/studentized_bootstrap.hpp.

#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

template <class Value>
double jackknife_error(const evalpp::stats::resampling_rows& rows, const std::vector<std::size_t>& sample,
                       Value value) {
  std::vector<double> without;
  double mean = 0;
  for (std::size_t left = 0; left < sample.size(); ++left) {
    std::vector<std::int64_t> sum(rows.lanes);
    for (std::size_t i = 0; i < sample.size(); ++i)
      for (std::size_t k = 0; k < rows.lanes; ++k) sum[k] += i == left ? 0 : rows.row(sample[i])[k];
    without.push_back(value(sum));
    mean += without.back() / static_cast<double>(sample.size());
  }
  double squares = 0;
  for (const double v : without) squares += (v - mean) * (v - mean);
  return std::sqrt(squares * static_cast<double>(sample.size() - 1) / static_cast<double>(sample.size()));
}

/// (replicate - estimate) / error for each replicate in turn.
template <class Value>
std::vector<double> studentized(const evalpp::stats::resampling_rows& rows, Value value,
                                std::size_t replicates, std::uint64_t seed) {
  std::vector<double> out;
  const double estimate = value(rows.total());
  for (std::size_t b = 0; b < replicates; ++b) {
    evalpp::stats::multinomial_draws draws(seed, b);
    std::vector<std::size_t> sample;
    std::vector<std::int64_t> sum(rows.lanes);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      sample.push_back(draws.below(static_cast<std::uint32_t>(rows.size())));
      for (std::size_t k = 0; k < rows.lanes; ++k) sum[k] += rows.row(sample.back())[k];
    }
    out.push_back((value(sum) - estimate) / jackknife_error(rows, sample, value));
  }
  return out;
}

}  // namespace reference
