// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

// Every statistic here takes one x and one y per item (other numbers of them raise) and counts an
// item as often as `weights` says, once each when there are none; a resample of the items is the
// same call with other weights. In all, at most 2^32 - 1 items.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// The mean of finite values, between the least and the greatest of them.
inline strict weighted_mean(std::span<const double> values, const item_weights& weight) {
  const strict n = real(weight.total());
  strict mean;
  for (std::size_t i = 0; i < values.size(); ++i) mean += values[i] * (strict(weight[i]) / n);
  return mean;
}

/// Deviations from the mean, in units of the greatest of them; empty when the values do not vary.
inline std::vector<strict> scaled_deviations(std::span<const double> values, const item_weights& weight) {
  const strict mean = weighted_mean(values, weight);
  std::optional<double> first;
  bool varies = false;
  strict greatest;
  std::vector<strict> deviations(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (weight[i] == 0) continue;
    if (!first) first = values[i];
    varies = varies || values[i] != *first;
    deviations[i] = values[i] - mean;
    greatest = (std::max)(greatest, abs(deviations[i]));
  }
  if (!varies || greatest == 0.0 || !detail::is_finite(greatest.value())) return {};
  for (strict& deviation : deviations) deviation /= greatest;
  return deviations;
}

/// How many pairs can be made of `n`.
constexpr std::uint64_t pairs_of(std::uint64_t n) noexcept {
  return n % 2 == 0 ? n / 2 * (n == 0 ? 0 : n - 1) : (n - 1) / 2 * n;
}

/// Sorts `order[first, last)` by value and gives the number of pairs that changed places.
inline std::uint64_t count_inversions(std::span<const double> values, const item_weights& weight,
                                      std::vector<std::size_t>& order) {
  std::uint64_t inversions = 0;
  std::vector<std::size_t> merged(order.size());
  for (std::size_t width = 1; width < order.size(); width *= 2) {
    for (std::size_t low = 0; low < order.size(); low += 2 * width) {
      const std::size_t middle = (std::min)(low + width, order.size());
      const std::size_t high = (std::min)(low + 2 * width, order.size());
      std::uint64_t left_weight = 0;
      for (std::size_t i = low; i < middle; ++i) left_weight += weight[order[i]];
      std::size_t left = low, right = middle, to = low;
      while (left < middle || right < high) {
        if (right == high || (left < middle && values[order[left]] <= values[order[right]])) {
          left_weight -= weight[order[left]];
          merged[to++] = order[left++];
        } else {
          inversions += left_weight * weight[order[right]];
          merged[to++] = order[right++];
        }
      }
    }
    order.swap(merged);
  }
  return inversions;
}

}  // namespace detail

/// Pearson's correlation of x and y, -1 to 1.
///
/// Undefined, and then empty: fewer than two items, an x or y that does not vary, a value that is
/// NaN or infinite. O(n), in two passes; correlations of values up to the largest doubles neither
/// overflow nor lose their small values.
inline std::optional<double> pearson_correlation(std::span<const double> x, std::span<const double> y,
                                                 std::span<const std::uint32_t> weights = {}) {
  using detail::strict;
  detail::require_pairs(x.size(), y.size());
  const detail::item_weights weight(weights, x.size());
  if (weight.total() == 0 || !detail::all_finite(x) || !detail::all_finite(y)) return std::nullopt;
  const auto dx = detail::scaled_deviations(x, weight), dy = detail::scaled_deviations(y, weight);
  if (dx.empty() || dy.empty()) return std::nullopt;
  strict xy, xx, yy;
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const strict w = weight[i];
    xy += w * (dx[i] * dy[i]);
    xx += w * (dx[i] * dx[i]);
    yy += w * (dy[i] * dy[i]);
  }
  const strict r = xy / (sqrt(xx) * sqrt(yy));
  return (std::min)((std::max)(r, strict(-1.0)), strict(1.0)).value();
}

/// The rank of each value, from 1; equal values share the mean of their ranks. A value counts as
/// often as its weight. Values must not be NaN. O(n log n).
inline std::vector<double> midranks(std::span<const double> values,
                                    std::span<const std::uint32_t> weights = {}) {
  const detail::item_weights weight(weights, values.size());
  std::vector<double> ranks(values.size());
  std::uint64_t before = 0;
  detail::for_each_tie(values, detail::ascending(values), [&](std::span<const std::size_t> tie) {
    std::uint64_t equal = 0;
    for (const std::size_t i : tie) equal += weight[i];
    const double rank = static_cast<double>(2 * before + equal + 1) / 2;
    for (const std::size_t i : tie) ranks[i] = rank;
    before += equal;
  });
  return ranks;
}

/// Spearman's rank correlation: Pearson's of the mid-ranks, -1 to 1.
///
/// Undefined, and then empty: fewer than two items, an x or y that does not vary, NaN. Infinities
/// are the greatest and the least. O(n log n). Spearman 1904; scipy.stats.spearmanr.
inline std::optional<double> spearman_correlation(std::span<const double> x, std::span<const double> y,
                                                  std::span<const std::uint32_t> weights = {}) {
  detail::require_pairs(x.size(), y.size());
  if (!detail::none_is_nan(x) || !detail::none_is_nan(y)) return std::nullopt;
  return pearson_correlation(midranks(x, weights), midranks(y, weights), weights);
}

/// Kendall's tau-b and the pairs of items it is made of; the five counts add up to n (n - 1) / 2.
struct kendall_tau {
  double value = 0;               ///< tau-b, -1 to 1
  std::uint64_t concordant = 0;   ///< pairs in the same order by x and y
  std::uint64_t discordant = 0;   ///< pairs in opposite order
  std::uint64_t ties_x_only = 0;  ///< pairs with the same x and different y
  std::uint64_t ties_y_only = 0;  ///< pairs with the same y and different x
  std::uint64_t ties_both = 0;
};

/// Kendall's tau-b: concordant less discordant pairs over the geometric mean of the pairs that differ
/// in x and those that differ in y.
///
/// Undefined, and then empty: fewer than two items, an x or y that does not vary, NaN. Infinities
/// are the greatest and the least. O(n log n). Kendall 1945, algorithm of Knight 1966;
/// scipy.stats.kendalltau, R's cor.test.
inline std::optional<kendall_tau> kendall_tau_b(std::span<const double> x, std::span<const double> y,
                                                std::span<const std::uint32_t> weights = {}) {
  using detail::real, detail::strict;
  detail::require_pairs(x.size(), y.size());
  const detail::item_weights weight(weights, x.size());
  if (!detail::none_is_nan(x) || !detail::none_is_nan(y)) return std::nullopt;

  const auto tied_pairs = [&](std::span<const double> values, std::span<const std::size_t> order) {
    std::uint64_t pairs = 0;
    detail::for_each_tie(values, order, [&](std::span<const std::size_t> tie) {
      std::uint64_t equal = 0;
      for (const std::size_t i : tie) equal += weight[i];
      pairs += detail::pairs_of(equal);
    });
    return pairs;
  };
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return x[a] < x[b] || (x[a] == x[b] && (y[a] < y[b] || (y[a] == y[b] && a < b)));
  });

  std::uint64_t tied_x = 0, tied_both = 0;
  detail::for_each_tie(x, order, [&](std::span<const std::size_t> tie) {
    std::uint64_t equal = 0;
    for (const std::size_t i : tie) equal += weight[i];
    tied_x += detail::pairs_of(equal);
    tied_both += tied_pairs(y, tie);
  });
  kendall_tau tau;
  tau.discordant = detail::count_inversions(y, weight, order);
  const std::uint64_t tied_y = tied_pairs(y, order);
  const std::uint64_t all = detail::pairs_of(weight.total());
  if (all == tied_x || all == tied_y) return std::nullopt;
  tau.ties_both = tied_both;
  tau.ties_x_only = tied_x - tied_both;
  tau.ties_y_only = tied_y - tied_both;
  tau.concordant = all - tied_x - tau.ties_y_only - tau.discordant;
  const strict excess = real(tau.concordant) - real(tau.discordant);
  tau.value = (excess / (sqrt(real(all - tied_x)) * sqrt(real(all - tied_y)))).value();
  return tau;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
