// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/result.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/agreement_report.hpp>
#include <evalpp/judge/human_labels.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

// `--human FILE`: a judge's verdicts against what people say of the same items.
namespace cli {

/// The comparison with the labels of a file; nothing when its name is empty. Notes go to stderr unless
/// `quiet`.
evalpp::result<std::optional<evalpp::judge::agreement_report>> human_report(
    const std::string& file, bool quiet, std::span<const evalpp::judge::item_verdict> verdicts,
    const std::vector<evalpp::judge::rating_scale>& scales,
    const std::optional<evalpp::stats::score_interval_options>& intervals);

/// One object: {"labels","raters","items","not_judged","criteria":[...]}.
void write_human(evalpp::json::writer& out, const evalpp::judge::agreement_report& report);
/// The same for people: a table of the numbers, and how often who said what.
std::string human_text(const evalpp::judge::agreement_report& found);

}  // namespace cli
