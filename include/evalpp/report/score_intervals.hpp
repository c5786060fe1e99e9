// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::report {

/// Puts an interval beside the score that it is about.
inline void add_interval(reported_score& score, stats::score_interval made) {
  score.ci = made.ends;
  score.ci_method = made.method;
  score.ci_replicates = made.replicates;
  score.ci_seed = made.seed;
  score.ci_notes = std::move(made.notes);
}

/// The scores of these metrics over the columns of each system's table, by system, one for each metric, with
/// their intervals. What is resampled shares the draws: all metrics, and the systems that were asked the
/// same. Each has the bits that it has alone, for any executor.
template <executor Executor>
std::vector<std::vector<reported_score>> scores_with_intervals(
    const Executor& run_on, std::span<const any_scorer> metrics, std::span<const table* const> systems,
    const stats::score_interval_options& options = {}) {
  std::vector<stats::scored_column> columns;
  for (std::size_t m = 0; m < metrics.size(); ++m) columns.push_back({metrics[m], m});
  auto made = stats::intervals_of(
      run_on, systems, columns, [](std::size_t) { return true; }, options);
  std::vector<std::vector<reported_score>> scores(systems.size());
  for (std::size_t s = 0; s < systems.size(); ++s) {
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      scores[s].push_back(metrics[m].score(*systems[s], m));
      add_interval(scores[s][m], std::move(made[s][m]));
    }
  }
  return scores;
}

/// The same of one system.
template <executor Executor>
std::vector<reported_score> scores_with_intervals(const Executor& run_on, std::span<const any_scorer> metrics,
                                                  const table& rows,
                                                  const stats::score_interval_options& options = {}) {
  const table* const one = &rows;
  return std::move(scores_with_intervals(run_on, metrics, std::span(&one, 1), options).front());
}

/// The scores of a run.
///
///     auto scores = evalpp::report::scores_with_intervals(evalpp::threads(8), run, {.level = 0.99});
template <executor Executor, metric... Ms>
std::vector<reported_score> scores_with_intervals(const Executor& run_on, const evaluation<Ms...>& run,
                                                  const stats::score_interval_options& options = {}) {
  return scores_with_intervals(run_on, scorers_of(run.metrics()), run.rows(), options);
}

}  // namespace evalpp::inline EVALPP_ABI::report
