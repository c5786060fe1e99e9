// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/estimated.hpp>
#include <evalpp/judge/verdict_rows.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/rank_correlation.hpp>
#include <evalpp/stats/score_interval.hpp>
#include <evalpp/stats/weighted_bootstrap.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What a judge of single answers rewards beside their quality, as far as its scores can tell.
struct score_bias {
  /// Items with a score and a known length of the answer; old journals do not tell it.
  std::size_t with_length = 0;
  /// Spearman's, of each metric's score of an item with the length of its answer, in the order of the
  /// metrics; missing where nothing varies. Better answers may well be longer: a correlation is a reason to
  /// look, no proof.
  std::vector<std::optional<estimated>> length;
  counted_share unscored;  ///< items without a score, of those with an outcome; the run says why
};

/// How a run's scores go with the lengths of the answers. `intervals` says how those of the correlations are
/// made; without them nothing is resampled. O(resamples * metrics * items log items).
template <executor Executor>
score_bias score_bias_of(const Executor& run_on, const judged_run& run,
                         const std::optional<stats::score_interval_options>& intervals = {}) {
  score_bias out;
  const std::size_t metrics = run.metrics.size();
  out.length.resize(metrics);
  out.unscored = share_of(run.rows.rows() - run.scored, run.rows.rows(), intervals ? intervals->level : 0.95);
  if (!intervals) out.unscored.share.method = {};
  std::vector<double> lengths;
  std::vector<std::uint64_t> keys;
  std::vector<std::vector<double>> scores(metrics);
  for (std::size_t i = 0; i < run.rows.rows(); ++i) {
    if (run.rows.states()[i] != row_state::scored || !run.lengths[i]) continue;
    lengths.push_back(static_cast<double>(*run.lengths[i]));
    keys.push_back(stats::resampling_key(run.rows.ids()[i]));
    for (std::size_t m = 0; m < metrics; ++m) scores[m].push_back(run.metrics[m].score_row(run.rows, m, i));
  }
  out.with_length = lengths.size();
  if (lengths.empty()) return out;
  const auto values = [&](std::span<const std::uint32_t> weights, std::span<double> found) {
    for (std::size_t m = 0; m < metrics; ++m)
      found[m] = stats::spearman_correlation(lengths, scores[m], weights)
                     .value_or(std::numeric_limits<double>::quiet_NaN());
  };
  if (!intervals) {
    std::vector<double> found(metrics);
    values(std::vector<std::uint32_t>(lengths.size(), 1), found);
    for (std::size_t m = 0; m < metrics; ++m)
      if (!evalpp::detail::is_nan(found[m])) out.length[m] = estimated{found[m], {}, {}};
    return out;
  }
  stats::resampling_options drawn_by = intervals->resampling;
  if (drawn_by.replicates == 0) drawn_by.replicates = bias_replicates;
  const auto drawn = stats::weighted_bootstrap_each(run_on, keys, metrics, values, drawn_by);
  for (std::size_t m = 0; m < metrics; ++m) {
    if (evalpp::detail::is_nan(drawn[m].estimate)) continue;
    const stats::score_interval made = stats::resampled_interval(drawn[m], intervals->level);
    out.length[m] = estimated{drawn[m].estimate, made.ends, made.method};
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
