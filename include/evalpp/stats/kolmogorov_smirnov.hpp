// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/distribution_gap.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The greatest vertical distance of two distribution functions.
struct ks_statistic {
  double value = 0;         ///< D, 0-1
  std::uint64_t steps = 0;  ///< D n m, a whole number
  std::uint64_t n = 0;      ///< items of the first sample, as often as they count
  std::uint64_t m = 0;      ///< and of the second
};

/// The two-sample Kolmogorov-Smirnov statistic.
///
/// An item counts as often as its weight says, once each when there are none. Undefined, and then
/// empty: a sample without items, NaN, or samples whose product exceeds 2^63. Infinities are the
/// greatest and the least. O(n log n). Smirnov 1939; scipy's ks_2samp, R's ks.test.
inline std::optional<ks_statistic> kolmogorov_smirnov(std::span<const double> x, std::span<const double> y,
                                                      std::span<const std::uint32_t> x_weights = {},
                                                      std::span<const std::uint32_t> y_weights = {}) {
  using detail::real, detail::strict;
  const detail::item_weights x_weight(x_weights, x.size()), y_weight(y_weights, y.size());
  ks_statistic statistic{0, 0, x_weight.total(), y_weight.total()};
  if (statistic.n == 0 || statistic.m == 0 || !detail::none_is_nan(x) || !detail::none_is_nan(y))
    return std::nullopt;
  if (statistic.n > (std::uint64_t{1} << 63) / statistic.m) return std::nullopt;
  detail::walk_distributions(
      x, y, x_weight, y_weight, [&](double, std::uint64_t x_up_to, std::uint64_t y_up_to) {
        const std::uint64_t above = x_up_to * statistic.m, below = y_up_to * statistic.n;
        statistic.steps = (std::max)(statistic.steps, above > below ? above - below : below - above);
      });
  statistic.value = (real(statistic.steps) / real(statistic.n * statistic.m)).value();
  return statistic;
}

/// The chance that two samples of independent items of one source are at least as far apart, exactly: the
/// share of the orders of n + m different values whose distance is as great. With ties in the data it is too
/// great rather than too small. O(n m) time, O(min(n, m)) memory, meant for n m up to 10^8 or so; no term is
/// subtracted, so that small chances keep their digits. Hodges 1957.
inline double ks_exact_p(const ks_statistic& statistic) {
  using detail::real, detail::strict;
  const std::uint64_t n = (std::max)(statistic.n, statistic.m), m = (std::min)(statistic.n, statistic.m);
  if (m == 0 || statistic.steps == 0) return 1.0;
  // outside[j]: of the ways to (i, j), i of the n and j of the m smallest values, the share that has been
  // at least as far apart somewhere.
  std::vector<strict> outside(static_cast<std::size_t>(m) + 1);
  for (std::uint64_t i = 0; i <= n; ++i) {
    for (std::uint64_t j = 0; j <= m; ++j) {
      strict& here = outside[static_cast<std::size_t>(j)];
      const std::uint64_t above = i * m, below = j * n;
      if ((above > below ? above - below : below - above) >= statistic.steps) {
        here = 1.0;
      } else if (i + j != 0) {
        const strict from_x = real(i) / real(i + j), from_y = real(j) / real(i + j);
        const strict left = j == 0 ? strict(0.0) : outside[static_cast<std::size_t>(j - 1)];
        here = from_x * here + from_y * left;
      }
    }
  }
  return (std::min)(outside.back(), strict(1.0)).value();
}

/// The same chance by Kolmogorov's limit law (1933), for large samples: 2 sum (-1)^(k-1) exp(-2 k^2 D^2 n m /
/// (n + m)). Not exact in the third digit before some hundred items. O(1). R's ks.test(exact =
/// FALSE); scipy's `asymp` uses another law.
inline double ks_limit_p(const ks_statistic& statistic) {
  using detail::real, detail::strict;
  if (statistic.n == 0 || statistic.m == 0) return 1.0;
  const strict n = real(statistic.n), m = real(statistic.m);
  const strict scaled = square(strict(statistic.value)) * (n * (m / (n + m)));
  if (scaled < 0.04) return 1.0;  // the series, to a double
  strict sum;
  for (int k = 1; k <= 40; ++k) {
    const strict term = exp(-2.0 * strict(k * k) * scaled);
    sum += k % 2 == 1 ? term : -term;
    if (term < 1e-20) break;
  }
  return (std::min)((std::max)(2.0 * sum, strict(0.0)), strict(1.0)).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
