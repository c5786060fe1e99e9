// SPDX-License-Identifier: MIT
#pragma once

#include "metric_list.hpp"

#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/dataset.hpp>
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

/// A system with its measured rows (column k is metric k) and what they add up to.
struct scored_system {
  std::string name;
  bool joined_by_position = false;
  evalpp::table rows;
  std::vector<evalpp::reported_score> scores;  ///< one per metric
  std::vector<slice_scores> slices;            ///< by field, groups in the order of their first row
};

/// What `score` has to say.
struct scored_run {
  std::vector<chosen_metric> metrics;
  std::vector<scored_system> systems;
  std::vector<std::string> slices;                                 ///< the fields to break scores down by
  std::optional<evalpp::stats::score_interval_options> intervals;  ///< how they were made, if they were
};

/// How a system is measured.
struct score_options {
  std::size_t threads = 0;
  bool missing_is_worst = false;  ///< a row without a prediction counts as wrong; otherwise it is left out
  bool quiet = false;             ///< no progress on stderr
  bool clustered = false;         ///< rows of one cluster are drawn together
  std::optional<evalpp::stats::score_interval_options> intervals = {};  ///< none are made without
};

/// Measures and scores every system, with the scores of every group of `run.slices`. Metrics of
/// labels turn to sets of labels when a row of any system holds a list of them.
void score_systems(scored_run& run, std::vector<evalpp::data::dataset> systems, const score_options& options);

/// Whether row i counts for metric m: it has a prediction or is counted as empty, and has a
/// reference or needs none.
bool is_scored(const scored_run& run, const scored_system& system, std::size_t m, std::size_t i);

}  // namespace cli
