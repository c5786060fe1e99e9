// SPDX-License-Identifier: MIT
#pragma once

#include "score_run.hpp"

#include <string>

namespace cli {

/// What `--format json` promises: an array, systems in the order of the command
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

/// `{"id":"7","system":"hyp","scores":{"rouge1:stem":0.53}}`, a line per system and example; null
/// where a metric does not count the example.
std::string per_example_jsonl(const scored_run& run);

}  // namespace cli
