// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"
#include "compare_run.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/workflow/gate.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cli {

/// The gates that were asked for.
struct gate_options {
  bool margin = false;                                     ///< the primary metric gains the margin
  std::optional<double> max_regression;                    ///< no metric loses more, in points of 0-100
  std::vector<std::pair<std::string, double>> min_values;  ///< by metric, "" for the primary one
  bool fail_on_undecided = false;
};

/// A gate that was tried.
struct tried_gate {
  std::string candidate;
  std::string metric;  ///< as typed
  std::string rule;    ///< `em gains 5`
  evalpp::workflow::gate_outcome outcome;
  std::string sentence;
};

/// `--margin` (given), `--max-regression`, `--min` and `--fail-on-undecided`.
evalpp::result<gate_options> gates_from(const arguments& args);

/// Tries them all, candidate by candidate. An error for a bar of a metric that was not measured, or that is
/// better the lower it is.
evalpp::result<std::vector<tried_gate>> try_gates(const compared_run& run, const gate_options& options);

/// 0, 1 when a gate failed, 4 when one is undecided and that was to fail; a comparison without a gate is
/// undecided when its verdict is.
int exit_code_of(const compared_run& run, const std::vector<tried_gate>& gates, const gate_options& options);

}  // namespace cli
