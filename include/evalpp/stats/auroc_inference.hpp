// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/auroc.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

// How sure the area under a ROC curve is, over independent items.
namespace evalpp::inline EVALPP_ABI::stats {

/// The interval of an area by DeLong's variance on the logit scale, so that it stays within 0-1.
///
/// Too few with fewer than two items of a class; degenerate where the variance is 0 or the area 0 or
/// 1; caution with fewer than 20 items of a class: resample, or collect more. Undefined for a level
/// outside 0-1. DeLong, DeLong and Clarke-Pearson 1988, Pepe 2003.
inline interval auroc_interval(const auroc_estimate& area, double level = 0.95) noexcept {
  using detail::strict;
  const double z = normal_two_sided(level);
  if (detail::is_nan(z)) return no_interval(level, interval_status::undefined);
  if (!area.variance) return no_interval(level, interval_status::too_few);
  if (area.value <= 0 || area.value >= 1 || !(*area.variance > 0))
    return {.lo = area.value, .hi = area.value, .level = level, .status = interval_status::degenerate};
  const strict a = area.value;
  const strict centre = log(a / (1.0 - a));
  const strict margin = strict(z) * sqrt(*area.variance) / (a * (1.0 - a));
  const auto back = [](strict logit) { return (1.0 / (1.0 + exp(-logit))).value(); };
  const bool few = area.positives < 20 || area.negatives < 20;
  return {.lo = back(centre - margin),
          .hi = back(centre + margin),
          .level = level,
          .status = few ? interval_status::caution : interval_status::ok};
}

/// The two-sided p of a difference of two areas over the same items, by the normal law. 1 where the
/// scores order alike. As R's pROC roc.test(method = "delong", paired = TRUE).
inline double auroc_difference_p(const auroc_difference& difference) noexcept {
  if (!difference.z) return 1;
  return (2.0 * detail::strict(normal_sf(abs(detail::strict(*difference.z)).value()))).value();
}

/// The two-sided p of scores that order positives and negatives alike (an area of 0.5), by the normal
/// law with the variance that the ties leave, without continuity correction: Mann and Whitney's U.
///
/// Undefined, and then empty, where `auroc` is and when all scores are equal. O(n log n). Mann and
/// Whitney 1947; scipy's mannwhitneyu(method="asymptotic", use_continuity=False).
inline std::optional<double> mann_whitney_p(std::span<const std::uint8_t> labels,
                                            std::span<const double> scores) {
  using detail::real, detail::strict;
  const auto area = auroc(labels, scores);
  if (!area) return std::nullopt;
  strict tied;
  detail::for_each_tie(scores, detail::ascending(scores), [&](std::span<const std::size_t> tie) {
    const strict t = real(tie.size());
    tied += t * (t * t - 1.0);
  });
  const strict positives = real(area->positives), negatives = real(area->negatives), n = real(scores.size());
  const strict variance = (n + 1.0 - tied / (n * (n - 1.0))) / (12.0 * positives * negatives);  // of the area
  if (!(variance > 0.0)) return std::nullopt;
  const strict z = abs(strict(area->value) - 0.5) / sqrt(variance);
  return (2.0 * strict(normal_sf(z.value()))).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
