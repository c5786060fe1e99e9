// SPDX-License-Identifier: MIT
#pragma once

#include "metric_list.hpp"

#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/data/dataset.hpp>

#include <string>
#include <vector>

namespace cli {

/// A system with its examples and their measured rows; column k is metric k.
struct scored_system {
  evalpp::data::dataset data;
  evalpp::table rows;
};

/// What `score` has to say.
struct scored_run {
  std::vector<chosen_metric> metrics;
  std::vector<scored_system> systems;
  std::vector<std::string> slices;  ///< the fields to break scores down by
};

/// The contract of spec `score ... --format json`: an array, systems in the order of the command
/// line, within each the metrics in the order of `-m`.
std::string to_json(const scored_run& run);
/// The same objects, one a line.
std::string to_jsonl(const scored_run& run);
/// One line per system, metric and slice.
std::string to_csv(const scored_run& run);
/// The table for a pull request.
std::string to_markdown(const scored_run& run);
/// The table for a terminal.
std::string to_terminal(const scored_run& run, bool colour);

/// `{"id":"7","system":"hyp","scores":{"rouge1:stem":0.53}}`, a line per system and example.
std::string per_example_jsonl(const scored_run& run);

}  // namespace cli
