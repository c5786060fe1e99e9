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

namespace evalpp::inline EVALPP_ABI::stats {

/// A mean known from a few labels, sharpened by predictions (a judge's scores) for many items.
struct ppi_estimate {
  double value = 0;
  /// Of `value`; empty for a single label. 0 where nothing varies: then no basis for an interval.
  std::optional<double> standard_error;
  double lambda = 0;             ///< how far the predictions were trusted: 0 not at all, 1 wholly
  double best_lambda = 0;        ///< the estimated optimum before it was clipped to 0-1
  std::uint64_t labelled = 0;    ///< items with label and prediction
  std::uint64_t unlabelled = 0;  ///< items with a prediction only
  /// True where intervals by the normal law are known to miss more often than they say: fewer than
  /// 100 labels, or labels of 0 and 1 with fewer than 10 of the rarer. Use t with labelled - 1
  /// degrees of freedom at least.
  bool few_labels = false;
};

struct ppi_options {
  /// How far to trust the predictions; nothing tunes it to the data (PPI++) and clips it to 0-1. 1 is
  /// plain prediction-powered inference, which can be worse than labels alone; 0 is labels alone.
  std::optional<double> lambda = std::nullopt;
  /// Variances are divided by n - 1; with false by n, as ppi_py does.
  bool unbiased_variance = true;
  std::span<const std::uint32_t> label_weights = {};       ///< how often each labelled item counts
  std::span<const std::uint32_t> unlabelled_weights = {};  ///< and each unlabelled one
};

namespace detail {
/// Mean and sums of squares about it of a value per item.
struct weighted_moments {
  strict n, mean, squares;

  template <class Value>
  static weighted_moments of(std::size_t items, const item_weights& weight, const Value& value) {
    weighted_moments m{real(weight.total()), {}, {}};
    for (std::size_t i = 0; i < items; ++i) m.mean += strict(weight[i]) * value(i);
    m.mean /= m.n;
    for (std::size_t i = 0; i < items; ++i) m.squares += strict(weight[i]) * square(value(i) - m.mean);
    return m;
  }
};
}  // namespace detail

/// The mean of labels by prediction-powered inference: the mean prediction of all items, corrected by
/// how predictions and labels differ where both are known.
///
/// `labels[i]` and `predictions[i]` belong to one item (other numbers of them raise);
/// `unlabelled_predictions` are of other items drawn from the same source. Assumes that: items
/// independent, the labelled ones a random sample, the same judge for all. Lambda is
/// cov(label, prediction) / ((1 + n / N) var(prediction)), 0 when predictions do not vary, clipped
/// to 0-1 when tuned; a given lambda is taken as it is. Without unlabelled items it is 0.
/// Undefined, and then empty: no label, a value that is NaN or infinite, an overflow.
///
/// O(n + N). Angelopoulos and others 2023 (PPI) and 2024 (PPI++); Python's ppi_py, which divides 0
/// by 0 for constant predictions and does not clip in its p-value.
inline std::optional<ppi_estimate> ppi_mean(std::span<const double> labels,
                                            std::span<const double> predictions,
                                            std::span<const double> unlabelled_predictions,
                                            const ppi_options& options = {}) {
  using detail::real, detail::strict, detail::weighted_moments;
  detail::require_pairs(labels.size(), predictions.size());
  if (options.lambda && !detail::is_finite(*options.lambda))
    evalpp::detail::raise_invalid("lambda is a finite number");
  const detail::item_weights label_weight(options.label_weights, labels.size());
  const detail::item_weights other_weight(options.unlabelled_weights, unlabelled_predictions.size());
  ppi_estimate estimate;
  estimate.labelled = label_weight.total();
  estimate.unlabelled = other_weight.total();
  if (estimate.labelled == 0 || !detail::all_finite(labels) || !detail::all_finite(predictions) ||
      !detail::all_finite(unlabelled_predictions))
    return std::nullopt;

  const auto label = [&](std::size_t i) { return strict(labels[i]); };
  const auto prediction = [&](std::size_t i) { return strict(predictions[i]); };
  const weighted_moments y = weighted_moments::of(labels.size(), label_weight, label);
  const weighted_moments f = weighted_moments::of(labels.size(), label_weight, prediction);
  const strict n = real(estimate.labelled), others = real(estimate.unlabelled);

  strict lambda;
  weighted_moments g;
  if (estimate.unlabelled != 0) {
    g = weighted_moments::of(unlabelled_predictions.size(), other_weight,
                             [&](std::size_t i) { return strict(unlabelled_predictions[i]); });
    strict together;
    for (std::size_t i = 0; i < labels.size(); ++i)
      together += strict(label_weight[i]) * ((label(i) - y.mean) * (prediction(i) - f.mean));
    const strict all = n + others;
    const strict squares = f.squares + g.squares + square(f.mean - g.mean) * (n * (others / all));
    if (squares > 0.0) lambda = together / n / ((1.0 + n / others) * (squares / (all - 1.0)));
    estimate.best_lambda = lambda.value();
    lambda =
        options.lambda ? strict(*options.lambda) : (std::min)((std::max)(lambda, strict(0.0)), strict(1.0));
  }
  estimate.lambda = lambda.value();

  const weighted_moments rest = weighted_moments::of(
      labels.size(), label_weight, [&](std::size_t i) { return label(i) - lambda * prediction(i); });
  const auto value = detail::if_finite(lambda * g.mean + rest.mean);
  if (!value) return std::nullopt;
  estimate.value = *value;

  const strict lost = options.unbiased_variance ? 1.0 : 0.0;
  const bool others_vary = estimate.unlabelled > 1 || !options.unbiased_variance;
  if (estimate.labelled > 1 && (lambda == 0.0 || others_vary)) {
    strict variance = rest.squares / (n - lost) / n;
    if (!(lambda == 0.0)) variance += square(lambda) * (g.squares / (others - lost) / others);
    estimate.standard_error = detail::if_finite(sqrt(variance));
  }

  std::uint64_t ones = 0;
  bool binary = true;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    binary = binary && (labels[i] == 0 || labels[i] == 1);
    ones += labels[i] == 1 ? label_weight[i] : 0;
  }
  estimate.few_labels =
      estimate.labelled < 100 || (binary && (std::min)(ones, estimate.labelled - ones) < 10);
  return estimate;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
