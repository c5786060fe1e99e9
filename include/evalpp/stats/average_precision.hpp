// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// Average precision, 0-1: the precision at each threshold on the score, weighted by how much recall
/// rises there. Equal scores are one threshold; there is no interpolation.
///
/// `labels` holds 0 for a negative item and anything else for a positive one, `scores` are high for
/// positive; other numbers of them raise. Scores that tell nothing give the share of positives, on
/// average over orders. Undefined, and then empty, without a positive item and for a score that is
/// NaN. An item counts as often as `weights` says, once each when there are none.
///
/// O(n log n). scikit-learn's average_precision_score.
inline std::optional<double> average_precision(std::span<const std::uint8_t> labels,
                                               std::span<const double> scores,
                                               std::span<const std::uint32_t> weights = {}) {
  using detail::real, detail::strict;
  detail::require_pairs(labels.size(), scores.size());
  const detail::item_weights weight(weights, labels.size());
  if (!detail::none_is_nan(scores)) return std::nullopt;
  std::uint64_t all_positives = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) all_positives += labels[i] != 0 ? weight[i] : 0;
  if (all_positives == 0) return std::nullopt;

  auto order = detail::ascending(scores);
  std::reverse(order.begin(), order.end());
  std::uint64_t positives = 0, selected = 0;
  strict sum;
  detail::for_each_tie(scores, order, [&](std::span<const std::size_t> tie) {
    std::uint64_t gained = 0;
    for (const std::size_t i : tie) {
      selected += weight[i];
      gained += labels[i] != 0 ? weight[i] : 0;
    }
    if (gained == 0) return;
    positives += gained;
    sum += real(gained) * (real(positives) / real(selected));
  });
  return (sum / real(all_positives)).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
