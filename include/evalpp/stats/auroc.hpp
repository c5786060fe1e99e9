// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Every statistic here takes a label (0 is negative, all else positive) and a score per item, high
// for positive; other numbers of them raise. An item counts as often as `weights` says, once each
// when there are none; a resample of the items is the same call with other weights.
namespace evalpp::inline EVALPP_ABI::stats {

/// The area under the ROC curve: the chance that a positive item scores higher than a negative one,
/// a tie counted half.
struct auroc_estimate {
  double value = 0;  ///< 0-1, 0.5 for scores that tell nothing
  /// DeLong's variance of `value`; empty with fewer than two items of either class. 0 for perfect
  /// separation, where it is no basis for an interval.
  std::optional<double> variance;
  std::uint64_t positives = 0;
  std::uint64_t negatives = 0;
};

/// The difference of the areas of two scores of the same items.
struct auroc_difference {
  double first = 0;
  double second = 0;
  double difference = 0;    ///< first - second
  double variance = 0;      ///< of the difference; 0 where the scores order alike, then no basis for a test
  double covariance = 0;    ///< of the two areas
  std::optional<double> z;  ///< difference over its standard error; empty when that is 0
};

namespace detail {

/// The pairs of a positive and a negative item in order, tie by tie, from the lowest score.
class ordered_pairs {
 public:
  /// These have equal scores. Returns how many negatives each of the positives outranks.
  strict add(std::uint64_t positives, std::uint64_t negatives) noexcept {
    const strict outranked = real(2 * negatives_ + negatives) / 2.0;
    sum_ += real(positives) * outranked;
    positives_ += positives;
    negatives_ += negatives;
    return outranked;
  }
  std::uint64_t positives() const noexcept { return positives_; }
  std::uint64_t negatives() const noexcept { return negatives_; }
  /// The share of the pairs that are in order; there must be one.
  strict area() const noexcept { return sum_ / (real(positives_) * real(negatives_)); }

 private:
  std::uint64_t positives_ = 0, negatives_ = 0;
  strict sum_;  // over pairs, a whole number of halves
};

/// For each item, the share of the other class that it is on the right side of (ties half), with the
/// means of these shares over either class. Both means are the area under the curve.
struct placement_values {
  std::vector<strict> of_item;
  strict area;
  std::uint64_t positives = 0;
  std::uint64_t negatives = 0;
};

inline std::optional<placement_values> placements(std::span<const std::uint8_t> labels,
                                                  std::span<const double> scores,
                                                  const item_weights& weight) {
  require_pairs(labels.size(), scores.size());
  if (!none_is_nan(scores)) return std::nullopt;
  placement_values found{std::vector<strict>(scores.size()), {}, 0, 0};
  for (std::size_t i = 0; i < labels.size(); ++i)
    (labels[i] != 0 ? found.positives : found.negatives) += weight[i];
  if (found.positives == 0 || found.negatives == 0) return std::nullopt;

  ordered_pairs pairs;
  for_each_tie(scores, ascending(scores), [&](std::span<const std::size_t> tie) {
    std::uint64_t positives = 0, negatives = 0;
    for (const std::size_t i : tie) (labels[i] != 0 ? positives : negatives) += weight[i];
    const strict outranking = real(found.positives - pairs.positives()) - real(positives) / 2.0;
    const strict outranked = pairs.add(positives, negatives);
    for (const std::size_t i : tie)
      found.of_item[i] =
          labels[i] != 0 ? outranked / real(found.negatives) : outranking / real(found.positives);
  });
  found.area = pairs.area();
  return found;
}

/// DeLong's covariance of two areas over the same items, which have two of either class.
inline strict delong_covariance(const placement_values& a, const placement_values& b,
                                std::span<const std::uint8_t> labels, const item_weights& weight) {
  strict positive, negative;
  for (std::size_t i = 0; i < labels.size(); ++i)
    (labels[i] != 0 ? positive : negative) +=
        strict(weight[i]) * ((a.of_item[i] - a.area) * (b.of_item[i] - b.area));
  const auto scaled = [](strict sum, std::uint64_t n) { return sum / (real(n) * real(n - 1)); };
  return scaled(positive, a.positives) + scaled(negative, a.negatives);
}

}  // namespace detail

/// The area under the ROC curve with DeLong's variance.
///
/// Undefined, and then empty, when a class has no item and for a score that is NaN; infinities are
/// the greatest and the least. O(n log n). Hanley and McNeil 1982 (the Mann-Whitney statistic),
/// DeLong, DeLong and Clarke-Pearson 1988, who assume independent items; scikit-learn, R's pROC.
inline std::optional<auroc_estimate> auroc(std::span<const std::uint8_t> labels,
                                           std::span<const double> scores,
                                           std::span<const std::uint32_t> weights = {}) {
  const detail::item_weights weight(weights, labels.size());
  const auto found = detail::placements(labels, scores, weight);
  if (!found) return std::nullopt;
  auroc_estimate estimate{found->area.value(), std::nullopt, found->positives, found->negatives};
  if (found->positives >= 2 && found->negatives >= 2)
    estimate.variance = detail::delong_covariance(*found, *found, labels, weight).value();
  return estimate;
}

/// The area of the same items by many lists of weights: they are sorted once. What a bootstrap of an area is
/// to be made of, in place of `auroc`, whose bits it has:
///
///     weighted_bootstrap(threads, keys, weighted_auroc(labels, scores))
class weighted_auroc {
 public:
  /// O(n log n). Items are fewer than 2^32.
  weighted_auroc(std::span<const std::uint8_t> labels, std::span<const double> scores)
      : defined_(detail::none_is_nan(scores)) {
    detail::require_pairs(labels.size(), scores.size());
    if (!defined_) return;
    items_.reserve(scores.size());
    detail::for_each_tie(scores, detail::ascending(scores), [&](std::span<const std::size_t> tie) {
      for (const std::size_t i : tie)
        items_.push_back({static_cast<std::uint32_t>(i), labels[i] != 0, false});
      items_.back().ends_tie = true;
    });
  }

  /// The value of `auroc` with these weights, empty where that is. O(n).
  std::optional<double> operator()(std::span<const std::uint32_t> weights = {}) const {
    if (!defined_) return std::nullopt;
    const detail::item_weights weight(weights, items_.size());
    detail::ordered_pairs pairs;
    std::uint64_t of_class[2] = {0, 0};  // of this tie, so far
    for (const item& one : items_) {
      of_class[one.positive ? 1 : 0] += weight[one.place];
      if (!one.ends_tie) continue;
      pairs.add(of_class[1], of_class[0]);
      of_class[0] = of_class[1] = 0;
    }
    if (pairs.positives() == 0 || pairs.negatives() == 0) return std::nullopt;
    return pairs.area().value();
  }

 private:
  struct item {
    std::uint32_t place;
    bool positive, ends_tie;
  };
  std::vector<item> items_;  // from the lowest score
  bool defined_;
};

/// The difference of the areas under two ROC curves of the same items, by DeLong's paired variance.
///
/// Undefined, and then empty, with fewer than two items of a class and for a score that is NaN.
/// O(n log n). DeLong, DeLong and Clarke-Pearson 1988, for many independent items; R's pROC.
inline std::optional<auroc_difference> compare_auroc(std::span<const std::uint8_t> labels,
                                                     std::span<const double> first_scores,
                                                     std::span<const double> second_scores,
                                                     std::span<const std::uint32_t> weights = {}) {
  using detail::strict;
  const detail::item_weights weight(weights, labels.size());
  const auto first = detail::placements(labels, first_scores, weight);
  const auto second = detail::placements(labels, second_scores, weight);
  if (!first || !second || first->positives < 2 || first->negatives < 2) return std::nullopt;
  const strict difference = first->area - second->area;
  const strict covariance = detail::delong_covariance(*first, *second, labels, weight);
  // The variance of a difference as that of the differences: no cancellation.
  detail::placement_values gap = *first;
  for (std::size_t i = 0; i < labels.size(); ++i) gap.of_item[i] -= second->of_item[i];
  gap.area = difference;
  const strict variance = detail::delong_covariance(gap, gap, labels, weight);
  auroc_difference result{first->area.value(), second->area.value(), difference.value(),
                          variance.value(),    covariance.value(),   std::nullopt};
  if (variance > 0.0) result.z = (difference / sqrt(variance)).value();
  return result;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
