// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/text_table.hpp>
#include <evalpp/workflow/comparison.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace workflow {

/// The verdict in capitals, as a sentence begins: `REAL, SIZE OPEN`.
constexpr std::string_view headline(verdict v) noexcept {
  switch (v) {
    case verdict::equivalent:
      return "EQUIVALENT";
    case verdict::worse:
      return "WORSE";
    case verdict::worth_it:
      return "WORTH IT";
    case verdict::real_size_open:
      return "REAL, SIZE OPEN";
    case verdict::real_but_small:
      return "REAL BUT SMALL";
    case verdict::no_worthwhile_gain:
      return "NO WORTHWHILE GAIN";
    case verdict::better:
      return "BETTER";
    case verdict::no_difference:
      return "NO DIFFERENCE";
    case verdict::undecided:
      break;
  }
  return "UNDECIDED";
}

/// A difference with its sign, as wide as its interval allows: `+3.9 [-0.8, +8.6]`.
inline std::string format_delta(const metric_comparison& m) {
  return report::format_difference(m.delta, m.ci, m.baseline.unit);
}

/// The verdict in one sentence: `UNDECIDED: +3.9 [-0.8, +8.6]; about 410 more items would settle it`.
inline std::string sentence(const metric_comparison& m) {
  std::string text = std::string(headline(m.outcome)) + ": " + format_delta(m);
  if (!m.higher_is_better()) text += " (lower is better)";
  const std::string margin = report::format_shortest(m.margin);
  const std::string what =
      std::string(m.units == m.n ? "item" : "cluster") + (m.needed == std::int64_t{1} ? "" : "s");
  const std::string settled =
      m.needed ? "about " + std::to_string(*m.needed) + " more " + what + " would settle it" : "";
  switch (m.outcome) {
    case verdict::equivalent:
      return text + "; the difference is within the bounds of equivalence";
    case verdict::worse:
      return text + "; a regression is shown";
    case verdict::worth_it:
      return text + "; a gain of at least " + margin + " is shown";
    case verdict::real_size_open:
      return text + "; a gain is shown, whether it reaches " + margin + " is open (" +
             (m.needed ? settled : "it sits on the margin: no sensible number of items would settle it") +
             ")";
    case verdict::real_but_small:
      return text + "; a gain is shown, and that it is below " + margin;
    case verdict::no_worthwhile_gain:
      return text + "; a gain of " + margin + " is ruled out";
    case verdict::better:
      return text + "; a gain is shown";
    case verdict::no_difference:
      return text + "; the systems agree on every item";
    case verdict::undecided:
      break;
  }
  if (m.n == 0) return text + "; there is no pair to compare";
  if (!m.ci.usable() && !m.identical) return text + "; too few items for an interval";
  return text + "; " +
         (m.needed ? settled
                   : "the estimate sits on the boundary: no sensible number of items would settle it");
}

/// A p value: two digits, and `<.0001` below what is worth telling apart.
inline std::string format_p(double p) {
  if (evalpp::detail::is_nan(p)) return "-";
  if (p < 0.0001) return "<.0001";
  int decimals = 2;
  for (double scaled = p; scaled < 0.1 && decimals < 4; scaled *= 10) ++decimals;
  const std::string text = report::detail::fixed(p, decimals);
  return text.front() == '0' ? text.substr(1) : text;
}

/// The table of a comparison: a line for each metric with both values, the difference, the p values and
/// who won.
inline report::text_table comparison_table(const std::vector<metric_comparison>& metrics) {
  using align = report::text_table::align;
  report::text_table lines(
      {"metric", "baseline", "candidate", "difference", "p", "W / T / L"},
      {align::left, align::right, align::right, align::right, align::right, align::right});
  for (const metric_comparison& m : metrics) {
    lines.add({m.baseline.name, report::format_score(m.baseline), report::format_score(m.candidate),
               format_delta(m), format_p(m.p()),
               std::to_string(m.wins) + " / " + std::to_string(m.ties) + " / " + std::to_string(m.losses)});
  }
  return lines;
}

/// A comparison as people read it: the table, what was left out, and the verdict last.
inline std::string to_text(const comparison& found) {
  std::string text = comparison_table(found.metrics).plain();
  if (!found.dropped.empty()) text += "left out: " + report::printable(found.dropped) + '\n';
  text += "n = " + std::to_string(found.main().n) + " pairs";
  if (found.main().n_missing != 0) text += ", " + std::to_string(found.main().n_missing) + " left out";
  text += '\n';
  return text + sentence(found.main()) + '\n';
}

/// Prints a comparison, the verdict last.
inline std::ostream& operator<<(std::ostream& out, const comparison& found) { return out << to_text(found); }

}  // namespace workflow

}  // namespace evalpp::inline EVALPP_ABI
