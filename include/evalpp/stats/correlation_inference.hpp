// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/rank_correlation.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Whether a correlation of n independent items could be chance, and how large it may be.
namespace evalpp::inline EVALPP_ABI::stats {

/// The two-sided p of a Pearson or Spearman correlation, under none: by t with n - 2 degrees of
/// freedom. Exact for Pearson's of normal data; for Spearman's good from about 10 items.
///
/// Undefined, and then empty: fewer than 3 items, a correlation that is NaN or outside -1 to 1.
/// Student 1908, Kendall and Stuart 1973; scipy's pearsonr and spearmanr.
inline std::optional<double> correlation_p(double correlation, std::uint64_t items) noexcept {
  using detail::real, detail::strict;
  if (items < 3 || detail::is_nan(correlation) || correlation < -1 || correlation > 1) return std::nullopt;
  const strict r = abs(strict(correlation));
  if (r == 1.0) return 0.0;
  const strict df = real(items - 2);
  const strict t = r * sqrt(df / ((1.0 - r) * (1.0 + r)));
  return (2.0 * strict(student_t_sf(t.value(), df.value()))).value();
}

namespace detail {
/// Fisher's transform: on its scale a correlation is nearly normal with this variance.
inline interval fisher_interval(double correlation, strict variance, double level) noexcept {
  const double z = normal_two_sided(level);
  if (is_nan(correlation) || correlation < -1 || correlation > 1 || is_nan(z))
    return no_interval(level, interval_status::undefined);
  if (!(variance > 0.0)) return no_interval(level, interval_status::too_few);
  if (correlation == 1 || correlation == -1)
    return {.lo = correlation, .hi = correlation, .level = level, .status = interval_status::degenerate};
  const strict centre = keep(std::atanh(keep(correlation)));
  const strict margin = strict(z) * sqrt(variance);
  const auto back = [](strict x) { return keep(std::tanh(keep(x.value()))); };
  return {.lo = back(centre - margin),
          .hi = back(centre + margin),
          .level = level,
          .status = interval_status::ok};
}

/// `numerator / (items - lost)`, or 0 when that is too few.
inline strict fisher_variance(strict numerator, std::uint64_t items, std::uint64_t lost) noexcept {
  return items > lost ? numerator / real(items - lost) : strict(0.0);
}
}  // namespace detail

/// The interval of a Pearson correlation by Fisher's transform, variance 1 / (n - 3).
///
/// Too few below 4 items; undefined for a correlation that is NaN or outside -1 to 1; degenerate for
/// 1 and -1. Assumes data near bivariate normal: for others resample. Fisher 1921; R's cor.test.
inline interval pearson_interval(double correlation, std::uint64_t items, double level = 0.95) noexcept {
  return detail::fisher_interval(correlation, detail::fisher_variance(1.0, items, 3), level);
}

/// The interval of a Spearman correlation, variance (1 + r^2 / 2) / (n - 3). Bonett and Wright 2000.
/// As `pearson_interval`, without the assumption; hardly any ties.
inline interval spearman_interval(double correlation, std::uint64_t items, double level = 0.95) noexcept {
  const detail::strict numerator = 1.0 + square(detail::strict(correlation)) / 2.0;
  return detail::fisher_interval(correlation, detail::fisher_variance(numerator, items, 3), level);
}

/// The interval of Kendall's tau, variance 0.437 / (n - 4), for tau up to about 0.8. Fieller, Hartley
/// and Pearson 1957. Too few below 5 items; else as `spearman_interval`.
inline interval kendall_interval(double tau, std::uint64_t items, double level = 0.95) noexcept {
  return detail::fisher_interval(tau, detail::fisher_variance(0.437, items, 4), level);
}

/// The two-sided p of Kendall's tau under no association, exactly: the share of all orders with as
/// few concordant, or as few discordant, pairs.
///
/// For data without ties: undefined, and then empty, with any, and above 100 items, where the normal law is
/// as good. O(n^4) time for n items, no term subtracted. Kendall 1938; scipy's kendalltau(method="exact").
inline std::optional<double> kendall_exact_p(const kendall_tau& tau, std::uint64_t items) {
  using detail::real, detail::strict;
  const std::uint64_t pairs = tau.concordant + tau.discordant;
  if (items < 2 || items > 100 || pairs != detail::pairs_of(items)) return std::nullopt;
  const auto least = static_cast<std::size_t>((std::min)(tau.concordant, tau.discordant));
  // chance[d]: that the items so far are in an order with d discordant pairs; the next adds 0 to k.
  std::vector<strict> chance(least + 1);
  chance[0] = 1.0;
  for (std::uint64_t k = 1; k < items; ++k) {
    for (std::size_t d = least + 1; d-- > 0;) {
      strict sum;
      for (std::size_t added = 0; added <= (std::min)(static_cast<std::size_t>(k), d); ++added)
        sum += chance[d - added];
      chance[d] = sum / real(k + 1);
    }
  }
  strict below;
  for (const strict c : chance) below += c;
  return (std::min)(2.0 * below, strict(1.0)).value();
}

/// The two-sided p of Kendall's tau under no association, by the normal law with the variance that
/// the ties leave. Good from about 10 items; the only one for data with ties.
///
/// Undefined, and then empty, where `kendall_tau_b` is. O(n log n). Kendall 1970; scipy's
/// kendalltau(method="asymptotic"), R's cor.test(exact = FALSE).
inline std::optional<double> kendall_normal_p(std::span<const double> x, std::span<const double> y) {
  using detail::real, detail::strict;
  const auto tau = kendall_tau_b(x, y);
  if (!tau) return std::nullopt;
  struct sums {
    strict pairs, triples, variance;  // t (t - 1), t (t - 1) (t - 2), t (t - 1) (2 t + 5) over tied groups
  };
  const auto over_ties = [](std::span<const double> values) {
    sums s;
    detail::for_each_tie(values, detail::ascending(values), [&](std::span<const std::size_t> tie) {
      const strict t = real(tie.size());
      s.pairs += t * (t - 1.0);
      s.triples += t * (t - 1.0) * (t - 2.0);
      s.variance += t * (t - 1.0) * (2.0 * t + 5.0);
    });
    return s;
  };
  const sums of_x = over_ties(x), of_y = over_ties(y);
  const strict n = real(x.size());
  strict variance = (n * (n - 1.0) * (2.0 * n + 5.0) - of_x.variance - of_y.variance) / 18.0 +
                    of_x.pairs * of_y.pairs / (2.0 * n * (n - 1.0));
  if (x.size() > 2) variance += of_x.triples * of_y.triples / (9.0 * n * (n - 1.0) * (n - 2.0));
  const strict excess = real(tau->concordant) - real(tau->discordant);
  return (2.0 * strict(normal_sf((abs(excess) / sqrt(variance)).value()))).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
