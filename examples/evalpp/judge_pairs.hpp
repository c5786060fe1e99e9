// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/judge/agreement_report.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/pair_bias.hpp>
#include <evalpp/judge/panel.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <optional>
#include <string>

namespace cli {

/// What `--format json` promises of pairs: the object of a judge's report with `comparison`.
std::string judged_pairs_json(const evalpp::judge::judged_pairs_run& run,
                              const evalpp::judge::panel_pairs_run* judges,
                              const evalpp::stats::score_interval_options& intervals,
                              const evalpp::judge::pair_bias& bias,
                              const std::optional<evalpp::judge::agreement_report>& human);
/// The same for people: the win rate, who won, and the verdict.
std::string judged_pairs_text(const evalpp::judge::judged_pairs_run& run,
                              const evalpp::stats::score_interval_options& intervals,
                              const evalpp::judge::pair_bias& bias,
                              const std::optional<evalpp::judge::agreement_report>& human);

}  // namespace cli
