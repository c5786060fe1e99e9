// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Every statistic here takes an outcome (0 or not) and the probability predicted for it per item;
// other numbers of them raise. Undefined, and then empty, without items and for a probability
// outside 0-1 or NaN. An item counts as often as `weights` says, once each when there are none; a
// resample of the items is the same call with other weights.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {
struct predictions {
  std::span<const std::uint8_t> outcomes;
  std::span<const double> probabilities;
  item_weights weight;
  std::uint64_t total;

  predictions(std::span<const std::uint8_t> y, std::span<const double> p,
              std::span<const std::uint32_t> weights)
      : outcomes(y), probabilities(p), weight(weights, y.size()), total(weight.total()) {
    require_pairs(y.size(), p.size());
  }

  bool defined() const noexcept {
    return total != 0 && none_is_nan(probabilities) &&
           std::all_of(probabilities.begin(), probabilities.end(), [](double p) { return 0 <= p && p <= 1; });
  }

  /// The mean over the items of `term(i)`.
  template <class Term>
  double mean(const Term& term) const {
    strict sum;
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      if (weight[i] != 0) sum += strict(weight[i]) * term(i);
    return (sum / real(total)).value();
  }
};
}  // namespace detail

/// The Brier score: the mean squared difference of probability and outcome, 0 (best) to 1.
/// O(n). Brier 1950; scikit-learn's brier_score_loss.
inline std::optional<double> brier_score(std::span<const std::uint8_t> outcomes,
                                         std::span<const double> probabilities,
                                         std::span<const std::uint32_t> weights = {}) {
  const detail::predictions items(outcomes, probabilities, weights);
  if (!items.defined()) return std::nullopt;
  return items.mean([&](std::size_t i) {
    return square(detail::strict(probabilities[i]) - (outcomes[i] != 0 ? 1.0 : 0.0));
  });
}

/// The logarithmic loss in nats: the mean of minus the logarithm of what was predicted for the
/// outcome, from 0 (best). Probabilities are clipped to [1e-15, 1 - 1e-15], so that one certain
/// error costs 34.5 and not infinity. O(n).
inline std::optional<double> log_loss(std::span<const std::uint8_t> outcomes,
                                      std::span<const double> probabilities,
                                      std::span<const std::uint32_t> weights = {}) {
  using detail::strict;
  const detail::predictions items(outcomes, probabilities, weights);
  if (!items.defined()) return std::nullopt;
  constexpr double least = 1e-15;
  return items.mean([&](std::size_t i) {
    const double p = (std::min)((std::max)(probabilities[i], least), 1 - least);
    return -log(outcomes[i] != 0 ? strict(p) : 1.0 - strict(p));
  });
}

/// How predictions are put into bins.
enum class binning {
  equal_width,  ///< [b / M, (b + 1) / M); 1 is in the last
  equal_mass,   ///< M runs of the sorted predictions whose sizes differ by one at most, the larger first
};

/// The predictions of one bin against what came.
struct reliability_bin {
  std::size_t index = 0;          ///< which bin of those asked for, from 0
  std::uint64_t items = 0;        ///< at least 1
  double mean_prediction = 0;     ///< 0-1
  double observed_frequency = 0;  ///< the share of the items with a positive outcome, 0-1
};

/// The bins of a reliability diagram that hold an item, in order.
///
/// Equal widths put a probability on an edge into the upper bin, by its double: p * M rounded, as
/// floor(p * M). Equal mass keeps the order of equal probabilities, so that they may fall into two
/// bins. 0 bins raise. O(n), equal mass O(n log n).
inline std::optional<std::vector<reliability_bin>> reliability_bins(
    std::span<const std::uint8_t> outcomes, std::span<const double> probabilities, std::size_t bins,
    binning scheme = binning::equal_width, std::span<const std::uint32_t> weights = {}) {
  using detail::real, detail::strict;
  if (bins == 0) evalpp::detail::raise_invalid("calibration needs at least one bin");
  const detail::predictions items(outcomes, probabilities, weights);
  if (!items.defined()) return std::nullopt;

  struct sums {
    std::uint64_t items = 0, positives = 0;
    strict predictions;
  };
  std::vector<sums> sum(scheme == binning::equal_width ? bins : (std::min)(std::uint64_t{bins}, items.total));
  const auto add = [&](std::size_t bin, std::size_t i, std::uint64_t times) {
    sum[bin].items += times;
    sum[bin].positives += outcomes[i] != 0 ? times : 0;
    sum[bin].predictions += real(times) * probabilities[i];
  };
  if (scheme == binning::equal_width) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const strict place = strict(probabilities[i]) * real(bins);
      add((std::min)(static_cast<std::size_t>(place.value()), bins - 1), i, items.weight[i]);
    }
  } else {
    std::size_t bin = 0;
    const auto size_of = [&](std::size_t b) { return items.total / bins + (b < items.total % bins ? 1 : 0); };
    for (const std::size_t i : detail::ascending(probabilities)) {
      for (std::uint64_t left = items.weight[i]; left != 0;) {
        while (sum[bin].items == size_of(bin)) ++bin;
        const std::uint64_t fits = (std::min)(left, size_of(bin) - sum[bin].items);
        add(bin, i, fits);
        left -= fits;
      }
    }
  }

  std::vector<reliability_bin> table;
  for (std::size_t b = 0; b < sum.size(); ++b) {
    if (sum[b].items == 0) continue;
    const strict n = real(sum[b].items);
    table.push_back(
        {b, sum[b].items, (sum[b].predictions / n).value(), (real(sum[b].positives) / n).value()});
  }
  return table;
}

/// The expected calibration error of `reliability_bins`, 0 (best) to 1: the mean over the items of how
/// far the frequency in their bin is from the mean prediction.
///
/// It is biased upwards, the more the fewer the items per bin: a perfectly calibrated model of few
/// hundred items does not get 0. Compare values of the same number of items and bins only.
/// 0 without a bin. Naeini, Cooper and Hauskrecht 2015.
inline double expected_calibration_error(std::span<const reliability_bin> bins) {
  using detail::real, detail::strict;
  strict sum, items;
  for (const reliability_bin& bin : bins) {
    items += real(bin.items);
    sum += real(bin.items) * abs(strict(bin.observed_frequency) - bin.mean_prediction);
  }
  return items == 0.0 ? 0.0 : (sum / items).value();
}

/// The greatest distance of frequency and mean prediction among the bins, 0 (best) to 1. It is
/// governed by the smallest bins. 0 without a bin.
inline double maximum_calibration_error(std::span<const reliability_bin> bins) {
  using detail::strict;
  strict greatest;
  for (const reliability_bin& bin : bins)
    greatest = (std::max)(greatest, abs(strict(bin.observed_frequency) - bin.mean_prediction));
  return greatest.value();
}

/// The Brier score taken apart: it is reliability - resolution + uncertainty.
struct brier_decomposition {
  double reliability = 0;  ///< mean squared distance of prediction and frequency: 0 is calibrated
  double resolution = 0;   ///< variance of the frequencies over predictions: more tells more
  double uncertainty = 0;  ///< variance of the outcome itself: the score of always predicting its frequency
};

/// Murphy's decomposition of the Brier score over groups of equal predictions.
/// With continuous predictions every group holds one item and `resolution` is meaningless: round the
/// predictions first. O(n log n). Murphy 1973.
inline std::optional<brier_decomposition> decompose_brier_score(std::span<const std::uint8_t> outcomes,
                                                                std::span<const double> probabilities,
                                                                std::span<const std::uint32_t> weights = {}) {
  using detail::real, detail::strict;
  const detail::predictions items(outcomes, probabilities, weights);
  if (!items.defined()) return std::nullopt;
  const strict n = real(items.total);
  std::uint64_t positives = 0;
  for (std::size_t i = 0; i < outcomes.size(); ++i) positives += outcomes[i] != 0 ? items.weight[i] : 0;
  const strict base = real(positives) / n;
  strict reliability, resolution;
  detail::for_each_tie(probabilities, detail::ascending(probabilities),
                       [&](std::span<const std::size_t> tie) {
                         std::uint64_t size = 0, positive = 0;
                         for (const std::size_t i : tie) {
                           size += items.weight[i];
                           positive += outcomes[i] != 0 ? items.weight[i] : 0;
                         }
                         if (size == 0) return;
                         const strict frequency = real(positive) / real(size);
                         reliability += real(size) * square(frequency - probabilities[tie.front()]);
                         resolution += real(size) * square(frequency - base);
                       });
  return brier_decomposition{(reliability / n).value(), (resolution / n).value(),
                             (base * (1.0 - base)).value()};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
