// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/interval_notes.hpp>
#include <evalpp/report/score_intervals.hpp>
#include <evalpp/report/text_table.hpp>

#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace report {

/// Scores as people read them: a line for each, with its interval where there is one and its signature, and
/// what they were computed from.
inline std::string to_text(std::span<const reported_score> scores) {
  using align = text_table::align;
  std::string value = "value";
  std::vector<named_score> named;
  for (const reported_score& s : scores) {
    named.push_back({s.name, &s});
    if (s.ci && value == "value") value += " [" + format_level(s.ci->level) + " interval]";
  }
  text_table lines({"metric", value, "unit", "signature"},
                   {align::left, align::right, align::left, align::left});
  for (const reported_score& s : scores)
    lines.add({s.name, format_score(s),
               std::string(to_string(s.unit)) + (s.higher_is_better ? "" : " (lower is better)"),
               s.full_signature()});
  std::string text = lines.plain();
  if (!scores.empty()) {
    const reported_score& first = scores.front();
    text += "n = " + std::to_string(first.n);
    if (first.n_empty != 0) text += ", " + std::to_string(first.n_empty) + " with an empty hypothesis";
    if (first.n_missing != 0) text += ", " + std::to_string(first.n_missing) + " missing (not scored)";
    text += '\n';
  }
  if (std::string made = interval_methods_line(named); !made.empty()) text += made + '\n';
  for (const std::string& line : interval_doubts(named)) text += line + '\n';
  return text;
}

}  // namespace report

/// Prints the scores of a run as a table, each with its 95 % interval. Resamples in the calling thread where
/// a metric's interval takes that: about a second for 100,000 examples of BLEU.
/// `report::to_text(run.scores())` prints the values alone, `report::scores_with_intervals` takes other
/// levels and more threads.
template <metric... Ms>
std::ostream& operator<<(std::ostream& out, const evaluation<Ms...>& run) {
  return out << report::to_text(report::scores_with_intervals(seq, run));
}

}  // namespace evalpp::inline EVALPP_ABI
