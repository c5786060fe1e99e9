// SPDX-License-Identifier: MIT
#pragma once

#include "measured_system.hpp"
#include "metric_list.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/stats/sacrebleu_test.hpp>
#include <evalpp/workflow/compare_options.hpp>
#include <evalpp/workflow/comparison.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cli {

/// What becomes of a row that only one system has.
enum class join_rule { strict, intersect, worst };

/// What sacreBLEU's own paired tests say of a metric, see stats/sacrebleu_test.hpp.
struct sacrebleu_figures {
  evalpp::stats::sacrebleu_comparison bootstrap, randomization;
};

/// A candidate and what became of it.
struct compared_candidate {
  std::string name;
  evalpp::workflow::comparison found;
  std::vector<sacrebleu_figures> sacrebleu = {};  ///< by metric, when they were asked for
};

/// What `compare` has to say.
struct compared_run {
  std::vector<chosen_metric> metrics;
  std::string baseline;
  bool joined_by_position = false;
  std::vector<compared_candidate> candidates;
  evalpp::workflow::compare_options options;
  std::vector<std::string> notes;  ///< what the join added as wrong
};

/// Examples are joined by id or by position: an error when only one of two files has ids.
evalpp::status require_ids_alike(const evalpp::data::dataset& a, const evalpp::data::dataset& b);

/// Makes the systems comparable before they are measured: under `worst` a row that one side lacks is added to
/// it without a prediction. An error when rows with equal ids do not have equal references.
evalpp::status join_datasets(std::vector<evalpp::data::dataset>& systems, join_rule rule,
                             std::vector<std::string>& notes);

/// Compares every system after the first with the first. p values of several candidates are adjusted. Shows
/// the progress of long work unless `quiet`.
evalpp::result<compared_run> compare_systems(std::vector<chosen_metric> metrics,
                                             const std::vector<measured_system>& systems,
                                             const evalpp::workflow::compare_options& options,
                                             std::size_t threads, bool quiet);

/// Adds what sacreBLEU prints, with its seed, 1000 replicates and 10,000 trials.
void add_sacrebleu(compared_run& run, const std::vector<measured_system>& systems);

}  // namespace cli
