// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/root.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/power.hpp>

#include <algorithm>

// The sizes of power.hpp, asked the other way round: what n examples find, and how often. The same normal
// approximations; NaN for input that makes no sense.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// P(Z < gap / spread), also where nothing spreads.
inline double power_at(strict gap, strict spread) noexcept {
  if (spread <= 0) return gap > 0 ? 1 : 0;
  return normal_cdf((gap / spread).value());
}

}  // namespace detail

/// The power of McNemar's test with n items, when the first system alone is right on a share `first_only` of
/// the items and the second alone on `second_only`. R. J. Connor 1987.
inline double mcnemar_power(double n, double first_only, double second_only, double alpha = 0.05) noexcept {
  using detail::strict;
  if (!detail::is_open_unit(alpha) || !detail::is_finite(n) || n < 0 || !detail::is_share(first_only) ||
      !detail::is_share(second_only) || first_only + second_only > 1)
    return detail::nan;
  const strict d = abs(strict(first_only) - second_only);
  const strict psi = strict(first_only) + second_only;
  const strict z = -normal_quantile((strict(alpha) * 0.5).value());
  return detail::power_at(d * sqrt(strict(n)) - z * sqrt(psi), sqrt((std::max)(strict(0), psi - d * d)));
}

/// The smallest difference of two systems' shares that McNemar's test finds in n items with that power, when
/// they differ on a share `discordant` of the items. Infinite when not even a difference on which all
/// discordant items agree would be found, and where n is too small for the approximation.
inline double mcnemar_detectable_difference(double n, double discordant,
                                            const test_design& design = {}) noexcept {
  using detail::strict;
  if (!detail::is_design(design) || !detail::is_finite(n) || n < 0 || !detail::is_share(discordant))
    return detail::nan;
  const auto z = detail::scores(design);
  const strict room = strict(n) + z.power * z.power - z.alpha * z.alpha;
  if (room < 0) return detail::infinity;
  const strict d = sqrt(strict(discordant)) * (z.alpha * sqrt(strict(n)) + z.power * sqrt(room)) /
                   (strict(n) + z.power * z.power);
  return d > 0 && d <= discordant ? d.value() : detail::infinity;
}

/// The power of the test of two independent proportions with n examples in each group, R's power.prop.test.
inline double two_proportion_power(double n, double p1, double p2, double alpha = 0.05) noexcept {
  using detail::strict;
  if (!detail::is_open_unit(alpha) || !detail::is_finite(n) || n < 0 || !detail::is_share(p1) ||
      !detail::is_share(p2))
    return detail::nan;
  const strict mean = (strict(p1) + p2) * 0.5;
  const strict z = -normal_quantile((strict(alpha) * 0.5).value());
  return detail::power_at(abs(strict(p1) - p2) * sqrt(strict(n)) - z * sqrt(mean * (1 - mean) * 2),
                          sqrt(strict(p1) * (1 - strict(p1)) + strict(p2) * (1 - strict(p2))));
}

/// The smallest gain over a proportion p that n examples in each group find with that power; infinite when
/// not even a gain to 1 would be found.
inline double two_proportion_detectable_difference(double n, double p,
                                                   const test_design& design = {}) noexcept {
  using detail::strict;
  if (!detail::is_design(design) || !detail::is_finite(n) || n < 0 || !detail::is_share(p))
    return detail::nan;
  const auto z = detail::scores(design);
  const auto missing = [&](strict d) {
    const strict p2 = (std::min)(strict(1), p + d);
    const strict mean = (p + p2) * 0.5;
    return z.alpha * sqrt(mean * (1 - mean) * 2) +
           z.power * sqrt(strict(p) * (1 - strict(p)) + p2 * (1 - p2)) - d * sqrt(strict(n));
  };
  const strict most = 1 - strict(p);
  if (most <= 0 || missing(most) > 0) return detail::infinity;
  return detail::bracketed_root(missing, 0, most).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
