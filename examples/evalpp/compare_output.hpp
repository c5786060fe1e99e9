// SPDX-License-Identifier: MIT
#pragma once

#include "compare_gates.hpp"
#include "compare_run.hpp"

#include <evalpp/json/write.hpp>
#include <evalpp/workflow/comparison.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// What `--format json` promises: an array, candidates in the order of the command line, within each the
/// metrics in the order of `-m`.
std::string comparison_json(const compared_run& run);
/// The members that one of these objects begins with, from `metric` to `sentence`.
void write_comparison_members(evalpp::json::writer& out, std::string_view metric, std::string_view spec,
                              std::string_view system, const evalpp::workflow::metric_comparison& m);
/// The table for a pull request.
std::string comparison_markdown(const compared_run& run, const std::vector<tried_gate>& gates);
/// A test case for each gate; without gates, for each metric of each candidate.
std::string comparison_junit(const compared_run& run, const std::vector<tried_gate>& gates,
                             bool fail_on_undecided);
/// The table for a terminal, the verdict last.
std::string comparison_terminal(const compared_run& run, const std::vector<tried_gate>& gates, bool colour);

}  // namespace cli
