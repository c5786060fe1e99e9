// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The non-decreasing function of x that is closest to y in weighted squares, at each x: a judge's
/// scores recalibrated to what they turned out to mean. Items of equal x get equal values.
///
/// One y and one weight per x, no weights for 1 each; other numbers of them raise. Undefined, and
/// then empty: a value that is NaN or infinite, a negative weight, an overflow. Items of weight 0
/// pull nothing and get the value that the others leave them: that of the nearest lower x, else of
/// the nearest higher one, 0 when nothing weighs. O(n log n), pool adjacent violators (Ayer and
/// others 1955); scikit-learn's IsotonicRegression.
inline std::optional<std::vector<double>> isotonic_fit(std::span<const double> x, std::span<const double> y,
                                                       std::span<const double> weights = {}) {
  using detail::strict;
  detail::require_pairs(x.size(), y.size());
  if (!weights.empty()) detail::require_pairs(x.size(), weights.size());
  if (!detail::all_finite(x) || !detail::all_finite(y) || !detail::all_finite(weights)) return std::nullopt;
  if (std::any_of(weights.begin(), weights.end(), [](double w) { return w < 0; })) return std::nullopt;

  struct block {
    std::size_t first;  // in `order`
    strict weight;
    strict mean;
  };
  const auto order = detail::ascending(x);
  std::vector<block> blocks;
  std::size_t at = 0;
  detail::for_each_tie(x, order, [&](std::span<const std::size_t> tie) {
    block pooled{at, {}, {}};
    at += tie.size();
    strict sum;
    for (const std::size_t i : tie) {
      const strict w = weights.empty() ? 1.0 : weights[i];
      pooled.weight += w;
      sum += w * y[i];
    }
    if (pooled.weight == 0.0) {
      if (blocks.empty()) blocks.push_back(pooled);  // stays until something weighs
      return;
    }
    pooled.mean = sum / pooled.weight;
    while (!blocks.empty() && (blocks.back().weight == 0.0 || blocks.back().mean >= pooled.mean)) {
      const block& last = blocks.back();
      const strict both = last.weight + pooled.weight;
      pooled.mean = (last.mean * (last.weight / both)) + pooled.mean * (pooled.weight / both);
      pooled.weight = both;
      pooled.first = last.first;
      blocks.pop_back();
    }
    blocks.push_back(pooled);
  });

  std::vector<double> fit(x.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t last = b + 1 < blocks.size() ? blocks[b + 1].first : order.size();
    if (!detail::is_finite(blocks[b].mean.value())) return std::nullopt;
    for (std::size_t i = blocks[b].first; i < last; ++i) fit[order[i]] = blocks[b].mean.value();
  }
  return fit;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
