// SPDX-License-Identifier: MIT
#include "compare_gates.hpp"

#include "console.hpp"
#include "suggest.hpp"

#include <evalpp/core/error.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/workflow/comparison_text.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;
using evalpp::report::format_shortest;
namespace workflow = evalpp::workflow;
using workflow::gate_outcome;
using workflow::metric_comparison;

// The one-sided bounds of the candidate's value; NaN where there are none.
std::pair<double, double> bounds_of(const metric_comparison& m) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!m.candidate_bounds.usable()) return {none, none};
  return {m.candidate_bounds.lo, m.candidate_bounds.hi};
}

std::string bar_sentence(const metric_comparison& m, double min, gate_outcome outcome) {
  const auto show = [&](double v) { return evalpp::report::format_value(v, m.candidate.unit); };
  const auto [lower, upper] = bounds_of(m);
  std::string text = show(m.candidate.value);
  if (!evalpp::detail::is_nan(lower))
    text += outcome == gate_outcome::fail ? ", one-sided upper bound " + show(upper)
                                          : ", one-sided lower bound " + show(lower);
  const char* const word = outcome == gate_outcome::pass   ? " is shown"
                           : outcome == gate_outcome::fail ? " is missed"
                                                           : " is not shown";
  return text + ": the bar of " + format_shortest(min) + word;
}

std::string regression_sentence(const metric_comparison& m, double allowed, gate_outcome outcome) {
  const char* const word = outcome == gate_outcome::pass   ? " is ruled out"
                           : outcome == gate_outcome::fail ? " is not ruled out, and a loss is shown"
                                                           : " is not ruled out";
  return workflow::format_delta(m) + ": a loss of more than " + format_shortest(allowed) + word;
}

// A loss that is allowed, in the unit of the metric.
double in_unit(const metric_comparison& m, double points) {
  return m.candidate.unit == evalpp::scale::percent ? points : evalpp::detail::keep(points / 100);
}

bool parse_points(const std::string& text, double& value) {
  return parse_number(text, value) && evalpp::detail::is_finite(value);
}

}  // namespace

evalpp::result<gate_options> gates_from(const arguments& args) {
  gate_options gates;
  gates.margin = args.given("--margin");
  gates.fail_on_undecided = args.given("--fail-on-undecided");
  if (args.given("--max-regression")) {
    const std::string text = args.value("--max-regression");
    double points = 0;
    if (!parse_points(text, points) || !(points >= 0))
      return error{error_code::invalid_argument, "--max-regression cannot be \"" + text + "\"",
                   "give the loss that is allowed, in points of a 0-100 scale, 0 or more"};
    gates.max_regression = points;
  }
  for (const std::string& text : args.values("--min")) {
    const std::size_t equals = text.rfind('=');
    const std::string name = equals == std::string::npos ? "" : text.substr(0, equals);
    double value = 0;
    if (!parse_points(equals == std::string::npos ? text : text.substr(equals + 1), value) ||
        (equals != std::string::npos && name.empty()))
      return error{error_code::invalid_argument, "--min cannot be \"" + text + "\"",
                   "give a value that the primary metric must reach, or METRIC=VALUE"};
    gates.min_values.emplace_back(name, value);
  }
  return gates;
}

evalpp::result<std::vector<tried_gate>> try_gates(const compared_run& run, const gate_options& options) {
  std::vector<tried_gate> tried;
  for (const compared_candidate& c : run.candidates) {
    const metric_comparison& main = c.found.main();
    const std::string& primary = run.metrics[c.found.primary].spec.text;
    if (options.margin) {
      const gate_outcome outcome = workflow::gains_enough(workflow::verdict_on(main.gain(), main.margin));
      tried.push_back({c.name, primary, primary + " gains " + format_shortest(main.margin), outcome,
                       workflow::sentence(main)});
    }
    if (options.max_regression)
      for (std::size_t m = 0; m < run.metrics.size(); ++m) {
        const metric_comparison& found = c.found.metrics[m];
        const double allowed = in_unit(found, *options.max_regression);
        const gate_outcome outcome = workflow::not_worse_by(found.gain(), allowed, found.identical);
        const std::string& spec = run.metrics[m].spec.text;
        tried.push_back({c.name, spec, spec + " not worse by " + format_shortest(allowed), outcome,
                         regression_sentence(found, allowed, outcome)});
      }
    for (const auto& [name, min] : options.min_values) {
      const std::optional<std::size_t> m = name.empty() ? c.found.primary : find_metric(run.metrics, name);
      if (!m) {
        std::vector<std::string> known;
        for (const chosen_metric& metric : run.metrics) known.push_back(metric.spec.name);
        return error{error_code::unknown_name, "--min names \"" + name + "\", which is not measured",
                     suggestion(name, known)};
      }
      const metric_comparison& found = c.found.metrics[*m];
      const std::string& spec = run.metrics[*m].spec.text;
      if (!found.higher_is_better())
        return error{error_code::invalid_argument,
                     "--min is a floor, and " + spec + " is better the lower it is",
                     "name a metric of which higher is better"};
      const auto [lower, upper] = bounds_of(found);
      const gate_outcome outcome = workflow::reaches(lower, upper, min);
      tried.push_back(
          {c.name, spec, spec + " >= " + format_shortest(min), outcome, bar_sentence(found, min, outcome)});
    }
  }
  return tried;
}

int exit_code_of(const compared_run& run, const std::vector<tried_gate>& gates, const gate_options& options) {
  const auto any = [&](gate_outcome outcome) {
    return std::any_of(gates.begin(), gates.end(), [&](const tried_gate& g) { return g.outcome == outcome; });
  };
  if (any(gate_outcome::fail)) return exit_gate_failed;
  if (!options.fail_on_undecided) return exit_ok;
  const bool open = gates.empty() ? std::any_of(run.candidates.begin(), run.candidates.end(),
                                                [](const compared_candidate& c) {
                                                  return c.found.outcome() == workflow::verdict::undecided;
                                                })
                                  : any(gate_outcome::undecided);
  return open ? exit_undecided : exit_ok;
}

}  // namespace cli
