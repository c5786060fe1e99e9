// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/checkpoint_choice.hpp>
#include <evalpp/stats/checkpoint_rows.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The earliest checkpoint that is as good as the best one, as far as one standard error tells.
struct one_standard_error_choice {
  std::vector<double> values;           ///< of each checkpoint, on all examples
  std::vector<double> distance_errors;  ///< standard errors of the distances to the best; NaN without a value
  double best_error = detail::nan;      ///< standard error of the best one's value
  std::optional<std::size_t> best;      ///< the earliest of those with the best value
  std::optional<std::size_t> paired;    ///< the earliest within one error of its own distance to the best
  std::optional<std::size_t> plain;     ///< the earliest within one error of the best one's value
};

/// For those who prefer an earlier checkpoint: less trained, less has been forgotten. The plain rule (Breiman
/// and others 1984) takes the error of the best value; but checkpoints are scored on the same examples and
/// mostly agree, so that the error of a distance, which the paired rule takes, is smaller and the rule gives
/// away less: simulated, of an ideal 76.0 points while training still improves, the best of ten has 74.4 to
/// 75.6 and the plain rule 72.1 to 74.3; the paired one gains 0.5 to 1.3 of that back where checkpoints agree
/// much, and loses 0.3 to 0.4 where they do not.
///
/// Errors by the jackknife over units. `value` and `rows` as for `choose_checkpoint`. A checkpoint whose
/// value is not finite is never taken; nor is another than the best where no error is known (fewer than two
/// units). O(K * lanes * units). The same bits for any executor.
template <executor Executor, class Value>
one_standard_error_choice one_standard_error(const Executor& run_on, const checkpoint_rows& rows,
                                             const Value& value, bool higher_is_better = true) {
  using detail::strict;
  one_standard_error_choice out;
  const std::vector<std::int64_t> total = detail::column_sums(rows.values, rows.lanes());
  detail::values_of(rows, value, total, out.values);
  out.distance_errors.assign(rows.checkpoints(), detail::nan);
  const detail::contest race(out.values, higher_is_better);
  out.best = out.paired = out.plain = race.best(out.values);
  if (!out.best || rows.size() < 2) return out;

  const auto left_out = [&](std::size_t k) {
    std::vector<double> values(rows.size());
    run_on.for_chunks(rows.size(), [&](std::size_t begin, std::size_t end, std::size_t) {
      const std::span<const std::int64_t> all = rows.part(k, total);
      std::vector<std::int64_t> rest(all.size());
      for (std::size_t i = begin; i < end; ++i) {
        const auto row = rows.part(k, std::span(rows.values).subspan(i * rows.lanes(), rows.lanes()));
        for (std::size_t l = 0; l < rest.size(); ++l)
          rest[l] = evalpp::detail::wrapping_sum(all[l], evalpp::detail::wrapping_product(-1, row[l]));
        values[i] = value(k, std::span<const std::int64_t>(rest));
      }
    });
    return values;
  };
  const std::vector<double> best = left_out(*out.best);
  out.best_error = jackknife_of(best).standard_error;
  const auto within = [&](std::size_t k, double error) {
    const strict distance = abs(strict(out.values[*out.best]) - out.values[k]);
    return detail::is_finite(error) && distance <= error;
  };
  for (const std::size_t k : race.candidates) {
    std::vector<double> distances = left_out(k);
    for (std::size_t i = 0; i < distances.size(); ++i)
      distances[i] = (strict(best[i]) - distances[i]).value();
    out.distance_errors[k] = jackknife_of(distances).standard_error;
    if (k < *out.paired && within(k, out.distance_errors[k])) out.paired = k;
    if (k < *out.plain && within(k, out.best_error)) out.plain = k;
  }
  return out;
}

/// The same by a matrix of scores, whose value is the mean.
template <executor Executor>
one_standard_error_choice one_standard_error(const Executor& run_on, const checkpoint_scores& scores,
                                             bool higher_is_better = true) {
  return one_standard_error(run_on, scores.rows, scores, higher_is_better);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
