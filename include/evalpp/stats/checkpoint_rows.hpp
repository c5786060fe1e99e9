// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// Several checkpoints (or any systems one of which is to be chosen) on the same units, side by side: a row
/// holds one unit's statistics under each of them.
struct checkpoint_rows {
  std::vector<std::size_t> offsets{0};  ///< checkpoint k has the lanes from offsets[k] to offsets[k + 1]
  std::vector<std::uint64_t> keys;      ///< one for each unit, see `resampling_key`
  std::vector<std::int64_t> values;     ///< size() * lanes()

  std::size_t checkpoints() const noexcept { return offsets.size() - 1; }
  std::size_t size() const noexcept { return keys.size(); }
  std::size_t lanes() const noexcept { return offsets.back(); }

  /// The part of a row, or of a sum of rows, that belongs to one checkpoint.
  std::span<const std::int64_t> part(std::size_t checkpoint,
                                     std::span<const std::int64_t> row) const noexcept {
    return row.subspan(offsets[checkpoint], offsets[checkpoint + 1] - offsets[checkpoint]);
  }
};

/// Puts the rows of one metric for each checkpoint side by side. Refuses checkpoints whose keys are not the
/// same in the same order: they were not scored on the same examples, or not joined by id before.
/// O(checkpoints * units * lanes).
inline result<checkpoint_rows> checkpoint_rows_of(std::span<const resampling_rows> checkpoints) {
  checkpoint_rows out;
  if (checkpoints.empty()) return out;
  out.keys = checkpoints.front().keys;
  for (std::size_t k = 0; k < checkpoints.size(); ++k) {
    if (checkpoints[k].keys != out.keys)
      return error{error_code::mismatch,
                   "checkpoint " + std::to_string(k) + " was not scored on the examples of checkpoint 0",
                   "score all checkpoints on the same examples, and join them by id"};
    out.offsets.push_back(out.offsets.back() + checkpoints[k].lanes);
  }
  out.values.reserve(out.size() * out.lanes());
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const resampling_rows& one : checkpoints) {
      const std::span<const std::int64_t> row = one.row(i);
      out.values.insert(out.values.end(), row.begin(), row.end());
    }
  return out;
}

/// Checkpoints by the score of each example, and the function that turns their rows into means.
struct checkpoint_scores {
  checkpoint_rows rows;  ///< two lanes for a checkpoint: the sum of its scores, and their number
  int exponent = 0;      ///< scores are counted in units of 2^-exponent

  /// The mean of a checkpoint's scores; NaN without one.
  double operator()(std::size_t, std::span<const std::int64_t> lanes) const noexcept {
    if (lanes[1] <= 0) return detail::nan;
    return std::ldexp((detail::real(lanes[0]) / detail::real(lanes[1])).value(), -exponent);
  }
};

/// From a matrix of scores, checkpoint after checkpoint, each with its examples in the same order; `keys` are
/// those of the examples (see `resampling_key`), by default their numbers. A checkpoint with a score that is
/// not finite has the value NaN: what failed once is not to be chosen. Scores are kept to 2^-61 of the
/// largest possible sum, so that sums are exact in any order; 0/1 scores, and counts, are exact. Refuses a
/// matrix that is not whole, and keys of another number. O(scores).
inline result<checkpoint_scores> checkpoint_scores_of(std::span<const double> scores, std::size_t checkpoints,
                                                      std::vector<std::uint64_t> keys = {}) {
  checkpoint_scores out;
  const std::size_t n = checkpoints == 0 ? 0 : scores.size() / checkpoints;
  if (n * checkpoints != scores.size() || (!keys.empty() && keys.size() != n))
    return error{error_code::mismatch,
                 "scores that are not one for each checkpoint and example cannot be compared",
                 "give every checkpoint a score, or NaN, for every example"};
  double largest = 0;
  for (const double x : scores)
    if (detail::is_finite(x)) largest = (std::max)(largest, std::fabs(x));
  // Sums reach 5 n of the largest score, 5 being the largest weight; they must stay below 2^62.
  int size = 0, room = 3;
  std::frexp(largest, &size);
  for (std::size_t i = n; i > 0; i /= 2) ++room;
  out.exponent = 62 - room - size;

  out.rows.keys = std::move(keys);
  for (std::size_t i = out.rows.keys.size(); i < n; ++i)
    out.rows.keys.push_back(resampling_key(std::to_string(i)));
  const std::size_t lanes = 2 * checkpoints;
  out.rows.values.resize(n * lanes);
  for (std::size_t k = 0; k < checkpoints; ++k) {
    out.rows.offsets.push_back(2 * (k + 1));
    const std::span<const double> own = scores.subspan(k * n, n);
    if (!std::all_of(own.begin(), own.end(), [](double x) { return detail::is_finite(x); })) continue;
    for (std::size_t i = 0; i < n; ++i) {
      const double scaled = std::ldexp(own[i], out.exponent);
      out.rows.values[i * lanes + 2 * k] = static_cast<std::int64_t>(std::nearbyint(scaled));
      out.rows.values[i * lanes + 2 * k + 1] = 1;
    }
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
