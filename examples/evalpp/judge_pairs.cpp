// SPDX-License-Identifier: MIT
#include "judge_pairs.hpp"

#include "compare_output.hpp"
#include "judge_bias.hpp"
#include "judge_human.hpp"
#include "judge_output.hpp"

#include <evalpp/json/write.hpp>
#include <evalpp/judge/pair_comparison.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/stream.hpp>
#include <evalpp/workflow/comparison.hpp>
#include <evalpp/workflow/comparison_text.hpp>

#include <cstddef>
#include <span>

namespace cli {
namespace {

namespace judge = evalpp::judge;
using evalpp::json::writer;
using evalpp::workflow::metric_comparison;

metric_comparison comparison_of(const judge::judged_pairs_run& run,
                                const evalpp::stats::score_interval_options& intervals) {
  return judge::compare_pairs(evalpp::threads(), run.pairs, run.signature, judge::required_orders::both,
                              {.level = intervals.level, .resampling = intervals.resampling});
}

std::string counted(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + ' ' + (n == 1 ? one : many);
}

}  // namespace

std::string judged_pairs_json(const judge::judged_pairs_run& run, const judge::panel_pairs_run* judges,
                              const evalpp::stats::score_interval_options& intervals,
                              const judge::pair_bias& bias,
                              const std::optional<judge::agreement_report>& human) {
  const metric_comparison found = comparison_of(run, intervals);
  std::string text;
  writer out(text);
  out.begin_object();
  write_judged_counts(out, run);
  out.key("metrics").begin_array().begin_object();
  out.member("metric", found.candidate.name).member("spec", run.rubric.name);
  out.member("system", run.systems.candidate);
  evalpp::report::write_score_members(out, found.candidate);
  out.end_object().end_array().key("comparison").begin_array().begin_object();
  write_comparison_members(out, found.candidate.name, run.rubric.name, run.systems.candidate, found);
  out.member("baseline_system", run.systems.baseline).key("parts");
  evalpp::report::write_parts(out, found.candidate.parts);
  out.end_object().end_array().key("bias").begin_object();
  write_pair_bias(out, bias);
  write_judged_bias(out, run);
  out.end_object();
  if (human) write_human(out.key("human"), *human);
  if (judges != nullptr) write_panel(out, *judges, "win_rate");
  out.member("identical", run.identical);
  write_judged_rest(out, run, run.items - run.pairs.size());
  out.end_object().line();
  return text;
}

std::string judged_pairs_text(const judge::judged_pairs_run& run,
                              const evalpp::stats::score_interval_options& intervals,
                              const judge::pair_bias& bias,
                              const std::optional<judge::agreement_report>& human) {
  using evalpp::report::printable;
  const metric_comparison found = comparison_of(run, intervals);
  const std::string candidate = printable(run.systems.candidate), baseline = printable(run.systems.baseline);
  std::string text = candidate + " against " + baseline + " by the rubric " + printable(run.rubric.name) +
                     ", judged by " + printable(run.model) + "\n\n";
  text += evalpp::report::to_text(std::span(&found.candidate, 1));
  text += candidate + " is preferred in " + std::to_string(found.wins) + " of " +
          counted(found.n, "pair", "pairs") + ", " + baseline + " in " + std::to_string(found.losses) + ", " +
          counted(found.ties, "is a tie", "are ties") + " (half a win each)\n";
  if (run.identical != 0)
    text += counted(run.identical, "tie is", "ties are") + " of identical answers, which were not judged\n";
  if (const std::size_t judged = run.scored - run.identical; judged != 0) {
    const double share = 100.0 * static_cast<double>(run.inconsistent) / static_cast<double>(judged);
    text += counted(run.inconsistent, "tie is", "ties are") +
            " inconsistent, another verdict in the other order: " +
            evalpp::report::format_value(share, evalpp::scale::percent) + " % of those judged\n";
  }
  text += "win rate of " + candidate + " less that of " + baseline + ": " +
          evalpp::workflow::sentence(found) + "\n";
  text += judged_rest(run, run.items - run.pairs.size(), "pair", "pairs");
  text += '\n' + pair_bias_text(bias);
  return human ? text + human_text(*human) : text;
}

}  // namespace cli
