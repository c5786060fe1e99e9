// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The rank sums of paired differences.
struct signed_rank_statistic {
  double positive = 0;      ///< the sum of the ranks of positive differences, by size
  double negative = 0;      ///< and of negative ones
  std::uint64_t items = 0;  ///< differences that are not zero
  double z = 0;  ///< (positive - its mean) / its standard deviation, ties counted in; 0 when that is 0
  /// Twice the ranks, ascending: whole numbers, equal ones for differences of equal size.
  std::vector<std::uint64_t> doubled_ranks;
};

/// Wilcoxon's signed rank statistic; differences of zero are left out, as Wilcoxon did.
///
/// Undefined, and then empty, for NaN. Infinities are the greatest. O(n log n). Assumes that
/// differences are independent and, under the hypothesis, symmetric about zero: it tests the
/// middle of their distribution, not the mean. Wilcoxon 1945; scipy's wilcoxon, R's wilcox.test.
inline std::optional<signed_rank_statistic> wilcoxon_signed_rank(std::span<const double> differences) {
  using detail::real, detail::strict;
  if (!detail::none_is_nan(differences)) return std::nullopt;
  std::vector<double> sizes;
  std::vector<bool> positive;
  for (const double d : differences) {
    if (d == 0) continue;
    sizes.push_back(d < 0 ? -d : d);
    positive.push_back(d > 0);
  }
  signed_rank_statistic statistic;
  statistic.items = sizes.size();
  strict of_positive, of_negative, squares;
  std::uint64_t before = 0;
  detail::for_each_tie(sizes, detail::ascending(sizes), [&](std::span<const std::size_t> tie) {
    const std::uint64_t doubled = 2 * before + tie.size() + 1;
    const strict rank = real(doubled) / 2.0;
    for (const std::size_t i : tie) {
      (positive[i] ? of_positive : of_negative) += rank;
      squares += square(rank);
      statistic.doubled_ranks.push_back(doubled);
    }
    before += tie.size();
  });
  statistic.positive = of_positive.value();
  statistic.negative = of_negative.value();
  // Each rank counts with either sign, as by a coin: variance of a rank r is r^2 / 4.
  if (squares > 0.0) statistic.z = ((of_positive - of_negative) / sqrt(squares)).value();
  return statistic;
}

/// The two-sided p of the statistic, exactly: twice the share of all 2^n choices of signs whose
/// smaller rank sum is as small, at most 1. Ties are counted as they are. O(n^3) time and O(n^2)
/// memory, for up to 500 items; beyond, empty: use `z`, which is exact enough there.
inline std::optional<double> wilcoxon_exact_p(const signed_rank_statistic& statistic) {
  using detail::strict;
  const auto& ranks = statistic.doubled_ranks;
  if (ranks.size() > 500) return std::nullopt;
  if (ranks.empty()) return 1.0;
  const auto least = static_cast<std::size_t>(2 * (std::min)(statistic.positive, statistic.negative));
  // chance[s]: that the doubled ranks given a plus sum to s; sums above `least` are of no interest.
  std::vector<strict> chance(least + 1);
  chance[0] = 1.0;
  for (const std::uint64_t rank : ranks) {
    for (std::size_t s = least + 1; s-- > 0;) {
      const strict with = s >= rank ? chance[s - static_cast<std::size_t>(rank)] : strict(0.0);
      chance[s] = (chance[s] + with) / 2.0;
    }
  }
  strict sum;
  for (const strict c : chance) sum += c;
  return (std::min)(2.0 * sum, strict(1.0)).value();
}

/// The two-sided p of the statistic by the normal law, with ties and without continuity correction.
/// Good from about 20 items. scipy's wilcoxon(mode="approx"), R's wilcox.test(correct = FALSE).
inline double wilcoxon_normal_p(const signed_rank_statistic& statistic) noexcept {
  return (2.0 * detail::strict(normal_sf(abs(detail::strict(statistic.z)).value()))).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats
