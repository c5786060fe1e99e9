// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// A mean or a ratio of sums, taken apart: what each unit adds to numerator and denominator.
struct unit_terms {
  std::vector<double> u, v;

  std::size_t size() const noexcept { return u.size(); }

  strict ratio() const noexcept {
    strict numerator = 0, denominator = 0;
    for (std::size_t i = 0; i < size(); ++i) {
      numerator += u[i];
      denominator += v[i];
    }
    return numerator / denominator;
  }

  /// The influence of each unit, n (u - r v) / sum v, whose mean has the standard error of the ratio. Empty
  /// when there is no denominator.
  std::vector<double> influence() const {
    strict denominator = 0;
    for (const double w : v) denominator += w;
    if (!(denominator > 0)) return {};
    const strict r = ratio(), scale = real(size()) / denominator;
    std::vector<double> out(size());
    for (std::size_t i = 0; i < size(); ++i) out[i] = ((u[i] - r * v[i]) * scale).value();
    return out;
  }
};

/// Whether a ratio rests on so few units that many replicates would have no denominator (rare positives).
/// What the metric says then, 0, is nothing that the saddlepoint could see: such a ratio is resampled
/// instead.
inline bool rests_on_few(std::span<const double> denominators) noexcept {
  constexpr std::ptrdiff_t least = 10;
  return std::count_if(denominators.begin(), denominators.end(), [](double v) { return v > 0; }) < least;
}

/// The terms of a column over these units, added in the order of the rows.
inline unit_terms unit_terms_of(const table& rows, const any_scorer& metric, std::size_t column,
                                const resampling_units& units) {
  unit_terms out{std::vector<double>(units.size()), std::vector<double>(units.size())};
  for (std::size_t r = 0; r < units.rows.size(); ++r) {
    const std::size_t i = units.rows[r];
    const strict times = rows.weights().empty() ? strict(1) : real(rows.weights()[i]);
    const ratio_of_sums one = metric.term(rows, column, i);
    double &u = out.u[units.unit_of[r]], &v = out.v[units.unit_of[r]];
    u = (u + times * one.numerator).value();
    v = (v + times * one.denominator).value();
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
