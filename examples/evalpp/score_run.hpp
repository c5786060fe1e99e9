// SPDX-License-Identifier: MIT
#pragma once

#include "measured_system.hpp"
#include "metric_list.hpp"

#include <evalpp/core/reported_score.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// The scores of the rows that share a key, one per metric.
struct slice_scores {
  std::string field, key;
  std::vector<evalpp::reported_score> scores;
};

/// What another tool makes of a metric's rows with its own draws: sacreBLEU's mean and half-width, or
/// rouge_score's quantiles.
struct published_figures {
  double low, mid, high;
};

/// A system, its rows and what they add up to.
struct scored_system : measured_system {
  std::vector<evalpp::reported_score> scores;     ///< one per metric
  std::vector<slice_scores> slices;               ///< by field, groups in the order of their first row
  std::vector<published_figures> published = {};  ///< one per metric, when a preset asks for them
};

/// What `score` has to say.
struct scored_run {
  std::vector<chosen_metric> metrics;
  std::vector<scored_system> systems;
  std::vector<std::string> slices;                                 ///< the fields to break scores down by
  std::optional<evalpp::stats::score_interval_options> intervals;  ///< how they were made, if they were
  std::string preset = {};                                         ///< `sacrebleu`, `rouge_score` or empty
};

/// How systems are scored.
struct score_options {
  std::size_t threads = 0;
  bool quiet = false;               ///< no progress on stderr
  std::vector<std::string> slices;  ///< the fields to break scores down by
  std::optional<evalpp::stats::score_interval_options> intervals = {};  ///< none are made without
};

/// Scores every system, and every group of its rows by `options.slices`.
scored_run score_systems(std::vector<chosen_metric> metrics, std::vector<measured_system> systems,
                         const score_options& options);

/// Adds what sacreBLEU 2.6.0 or rouge_score 0.1.2 prints, by the name of the preset: with the seed and
/// replicates asked for, by default 12345 and 1000.
void add_published(scored_run& run, const std::string& preset);

/// Whether row i counts for metric m: it has a prediction or is counted as empty, and has a
/// reference or needs none.
bool is_scored(const scored_run& run, const scored_system& system, std::size_t m, std::size_t i);

}  // namespace cli
