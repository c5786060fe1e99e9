// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/text_table.hpp>

#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace report {

/// Scores as people read them: a line for each, with its signature, and what they were computed from.
inline std::string to_text(std::span<const reported_score> scores) {
  using align = text_table::align;
  text_table lines({"metric", "value", "unit", "signature"},
                   {align::left, align::right, align::left, align::left});
  for (const reported_score& s : scores)
    lines.add({s.name, format_value(s.value, s.unit),
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
  return text;
}

}  // namespace report

/// Prints the scores of a run as a table.
template <metric... Ms>
std::ostream& operator<<(std::ostream& out, const evaluation<Ms...>& run) {
  return out << report::to_text(run.scores());
}

}  // namespace evalpp::inline EVALPP_ABI
