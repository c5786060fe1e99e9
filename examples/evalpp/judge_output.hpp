// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/expected_scores.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/panel.hpp>
#include <evalpp/judge/run_summary.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace cli {

/// The value of one judge's run on 0-1: of the whole rubric, or the win rate; nothing when nothing was
/// scored.
std::optional<double> value_of(const evalpp::judge::judged_run& run);
std::optional<double> value_of(const evalpp::judge::judged_pairs_run& run);

/// How what a judge found is shown: `--format`, and the options of intervals.
struct judged_report {
  bool json = false;  ///< one object, {"n","scored","unscored","calls","metrics","bias",...}; else for people
  std::optional<evalpp::stats::score_interval_options> intervals;
  std::string human = {};  ///< `--human`: a file of what people say of the same items; empty for none
  bool quiet = false;      ///< `--quiet`: no notes about that file
  std::string candidate_model = {};  ///< who wrote the answers, for self-preference; empty when not said
  std::string baseline_model = {};
  evalpp::judge::panel_rule panel = evalpp::judge::panel_rule::automatic;  ///< `--panel`

  static evalpp::result<judged_report> from(const arguments& args);
  /// An error when what was asked for does not fit a comparison of pairs.
  evalpp::status check_pairs() const;
  /// What a journal says; `system` is whose answers are in it, where it does not say so itself.
  evalpp::result<std::string> text(const evalpp::judge::journal_contents& from,
                                   const std::string& system) const;

 private:
  evalpp::result<std::string> text_of_items(const evalpp::judge::judged_run& run,
                                            const evalpp::judge::panel_run* judges,
                                            const evalpp::judge::expected_scores& expected,
                                            const std::string& system) const;
  evalpp::result<std::string> text_of_pairs(const evalpp::judge::judged_pairs_run& run,
                                            const evalpp::judge::panel_pairs_run* judges) const;
};

/// The members that the object of any run begins with: from `n` to `calls`.
void write_judged_counts(evalpp::json::writer& out, const evalpp::judge::run_summary& run);
/// The member of `bias` that says how the samples differ, when there are several.
void write_judged_bias(evalpp::json::writer& out, const evalpp::judge::run_summary& run);
/// The member `panel` of a run by several judges: the rule, each of them alone, items that one has no verdict
/// on.
template <class Run>
void write_panel(evalpp::json::writer& out, const evalpp::judge::basic_panel_run<Run>& run,
                 const char* unit) {
  out.key("panel").begin_object().member("rule", name_of(run.rule)).key("judges").begin_array();
  for (const Run& one : run.judges) {
    out.begin_object().member("model", one.model).member("scored", one.scored);
    out.member(unit, value_of(one)).end_object();
  }
  out.end_array().member("incomplete", run.incomplete).end_object();
}
/// The same for people, a line for each judge.
template <class Run>
std::string panel_text(const evalpp::judge::basic_panel_run<Run>& run) {
  std::string text =
      "panel of " + std::to_string(run.judges.size()) + " judges, rule " + std::string(name_of(run.rule));
  if (run.incomplete != 0) text += "; " + std::to_string(run.incomplete) + " lack the verdict of some";
  for (const Run& one : run.judges) {
    text += "\n  ";
    text += evalpp::report::printable(one.model);
    text += ": ";
    if (const auto value = value_of(one))
      text += evalpp::report::format_value(*value, evalpp::scale::fraction);
    else
      text += "-";
    text += ", ";
    text += std::to_string(one.scored);
    text += " scored";
  }
  return text + '\n';
}

/// The members that it ends with; `pending` of the items have no outcome yet.
void write_judged_rest(evalpp::json::writer& out, const evalpp::judge::run_summary& run, std::size_t pending);
/// The same for people: how many of what were scored, and what it took.
std::string judged_rest(const evalpp::judge::run_summary& run, std::size_t pending, const std::string& one,
                        const std::string& many);

}  // namespace cli
