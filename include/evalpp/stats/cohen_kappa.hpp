// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How much two different categories agree: not at all, or the more the closer they are in order.
enum class kappa_weighting {
  unweighted,  ///< 1 when equal, else 0
  linear,      ///< 1 - |i - j| / (K - 1)
  quadratic,   ///< 1 - (i - j)^2 / (K - 1)^2
};

/// Agreement of two raters beyond what their own frequencies give by chance. Standard errors are in
/// units of kappa, for items drawn independently.
struct cohen_kappa_estimate {
  double value = 0;               ///< kappa, 1 for perfect agreement, 0 for chance, at least -1
  double observed_agreement = 0;  ///< 0-1, weighted as asked
  double expected_agreement = 0;  ///< 0-1, of raters with these frequencies and no connection
  double standard_error = 0;      ///< for an interval; 0 where every item agrees alike, then no basis for one
  double null_standard_error = 0;  ///< under kappa = 0, for a test
};

namespace detail {
inline strict kappa_weight(std::size_t i, std::size_t j, std::size_t categories, kappa_weighting weighting) {
  if (i == j) return 1.0;
  if (weighting == kappa_weighting::unweighted) return 0.0;
  const strict distance = real((std::max)(i, j) - (std::min)(i, j)) / real(categories - 1);
  return 1.0 - (weighting == kappa_weighting::linear ? distance : square(distance));
}
}  // namespace detail

/// Cohen's kappa of a `contingency_table` of two raters, plain or weighted.
///
/// Undefined, and then empty, without items and where chance alone gives full agreement (both raters
/// put everything into one category). High agreement on a rare category gives a low kappa (the kappa
/// paradox): report `observed_agreement` and Gwet's AC1 beside it. A table that is not square raises.
///
/// O(K^2) for K categories. Cohen 1960 and 1968; standard errors of Fleiss, Cohen and Everitt 1969,
/// which assume many independent items; scikit-learn's cohen_kappa_score, R's psych::cohen.kappa.
inline std::optional<cohen_kappa_estimate> cohen_kappa(
    std::span<const std::uint64_t> table, std::size_t categories,
    kappa_weighting weighting = kappa_weighting::unweighted) {
  using detail::real, detail::strict;
  if (categories != 0 && table.size() / categories != categories)
    evalpp::detail::raise_invalid("a table of two raters has as many rows as columns");
  if (table.size() != categories * categories)
    evalpp::detail::raise_invalid("a table of two raters has as many rows as columns");

  std::vector<std::uint64_t> row_totals(categories), column_totals(categories);
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < categories; ++i) {
    for (std::size_t j = 0; j < categories; ++j) {
      const std::uint64_t count = table[i * categories + j];
      row_totals[i] += count;
      column_totals[j] += count;
      total += count;
    }
  }
  if (total == 0) return std::nullopt;
  const strict n = real(total);

  strict observed, expected;
  std::vector<strict> row_means(categories),
      column_means(categories);  // of the weights, over the other rater
  for (std::size_t i = 0; i < categories; ++i) {
    for (std::size_t j = 0; j < categories; ++j) {
      const strict w = detail::kappa_weight(i, j, categories, weighting);
      const strict row = real(row_totals[i]) / n, column = real(column_totals[j]) / n;
      observed += w * (real(table[i * categories + j]) / n);
      expected += w * (row * column);
      row_means[i] += w * column;
      column_means[j] += w * row;
    }
  }
  const strict room = 1.0 - expected;
  if (room <= 0.0) return std::nullopt;
  const strict kappa = (observed - expected) / room;

  strict spread, null_spread;
  for (std::size_t i = 0; i < categories; ++i) {
    for (std::size_t j = 0; j < categories; ++j) {
      const strict w = detail::kappa_weight(i, j, categories, weighting);
      const strict means = row_means[i] + column_means[j];
      spread += real(table[i * categories + j]) / n * square(w - means * (1.0 - kappa));
      null_spread += real(row_totals[i]) / n * (real(column_totals[j]) / n) * square(w - means);
    }
  }
  const strict centre = kappa - expected * (1.0 - kappa);
  const auto error = [&](strict variance) {
    return (sqrt(variance > 0.0 ? variance : 0.0) / (room * sqrt(n))).value();
  };
  return cohen_kappa_estimate{kappa.value(), observed.value(), expected.value(),
                              error(spread - square(centre)), error(null_spread - square(expected))};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
