// SPDX-License-Identifier: MIT
#include "judge_output.hpp"

#include "judge_bias.hpp"
#include "judge_human.hpp"
#include "judge_pairs.hpp"
#include "run_options.hpp"
#include "suggest.hpp"

#include <evalpp/core/reported_score.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/expected_scores.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/judge/verdict_ratings.hpp>
#include <evalpp/judge/verdict_rows.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/score_intervals.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/stream.hpp>

#include <array>
#include <cstddef>
#include <variant>
#include <vector>

namespace cli {

namespace judge = evalpp::judge;

namespace {

namespace stats = evalpp::stats;
using judge::judged_run;

using reason_counts = std::array<std::size_t, judge::unscored_names.size()>;

void write_reasons(evalpp::json::writer& out, const reason_counts& counts) {
  out.key("unscored").begin_object();
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] != 0) out.member(judge::unscored_names[k], counts[k]);
  out.end_object();
}

// ", 2 unscored (refusal)"
std::string reasons_text(const reason_counts& counts) {
  std::string text;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] != 0)
      text += ", " + std::to_string(counts[k]) + " unscored (" + std::string(judge::unscored_names[k]) + ')';
  return text;
}

// How many verdicts came only when they were asked for once more.
std::string reask_text(const judge::run_summary& run) {
  if (run.reasked == 0) return {};
  return std::to_string(run.reasked) + " answers without a verdict were asked for once more, " +
         std::to_string(run.reasked_scored) +
         " came: the scores are conditioned on what the judge could say in that form\n";
}

// How far the samples agree; nothing when each question was asked once.
std::string samples_text(const judge::sample_summary& of) {
  if (of.per_question == 1) return {};
  using evalpp::report::format_value;
  std::string text = "every question was asked " + std::to_string(of.per_question) +
                     " times: " + std::to_string(of.scored) + " answers scored" + reasons_text(of.unscored);
  if (const auto differing = of.share_differing())
    text += "; they differ on " + format_value(100 * *differing, evalpp::scale::percent) +
            " % of the questions, with a standard deviation within a question of " +
            format_value(*of.mean_deviation(), evalpp::scale::fraction) + " on average";
  return text + '\n';
}

// Of a run's verdicts, or of what its judge expects.
template <class Scores>
std::vector<evalpp::reported_score> scores_of(const Scores& of,
                                              const std::optional<stats::score_interval_options>& intervals) {
  if (intervals)
    return evalpp::report::scores_with_intervals(evalpp::threads(), of.metrics, of.rows, *intervals);
  std::vector<evalpp::reported_score> scores;
  for (std::size_t m = 0; m < of.metrics.size(); ++m) scores.push_back(of.metrics[m].score(of.rows, m));
  return scores;
}

evalpp::result<judge::panel_rule> panel_rule_from(const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < judge::panel_rule_names.size(); ++k) {
    if (name == judge::panel_rule_names[k]) return static_cast<judge::panel_rule>(k);
    names.emplace_back(judge::panel_rule_names[k]);
  }
  return evalpp::error{evalpp::error_code::unknown_name, "--panel cannot be \"" + name + '"',
                       suggestion(name, names)};
}

std::string judged_json(const judged_run& run, const judge::panel_run* judges,
                        const judge::expected_scores& expected, const std::string& system,
                        const std::optional<stats::score_interval_options>& intervals,
                        const judge::score_bias& bias, const std::optional<judge::agreement_report>& human) {
  std::string text;
  evalpp::json::writer out(text);
  out.begin_object();
  write_judged_counts(out, run);
  out.key("metrics").begin_array();
  std::vector<evalpp::reported_score> scores = scores_of(run, intervals);
  for (evalpp::reported_score& more : scores_of(expected, intervals)) scores.push_back(std::move(more));
  for (const evalpp::reported_score& score : scores) {
    out.begin_object().member("metric", score.name).member("spec", run.rubric.name).member("system", system);
    evalpp::report::write_score_members(out, score);
    out.end_object();
  }
  out.end_array().key("bias").begin_object();
  write_score_bias(out, run, bias);
  write_judged_bias(out, run);
  out.end_object();
  if (human) write_human(out.key("human"), *human);
  if (judges != nullptr) write_panel(out, *judges, "value");
  write_judged_rest(out, run, run.items - run.rows.rows());
  out.end_object().line();
  return text;
}

std::string judged_text(const judged_run& run, const judge::expected_scores& expected,
                        const std::optional<stats::score_interval_options>& intervals) {
  using evalpp::report::printable;
  std::string text = "rubric " + printable(run.rubric.name) + ", judged by " + printable(run.model) + "\n\n";
  text += evalpp::report::to_text(scores_of(run, intervals));
  if (!expected.metrics.empty()) {
    text += "\nby the probabilities of its tokens, where they are available\n";
    text += evalpp::report::to_text(scores_of(expected, intervals)) + '\n';
  }
  return text + judged_rest(run, run.items - run.rows.rows(), "item", "items");
}

}  // namespace

void write_judged_counts(evalpp::json::writer& out, const judge::run_summary& run) {
  out.member("n", run.items).member("scored", run.scored);
  write_reasons(out, run.unscored);
  out.member("calls", run.calls);
}

void write_judged_bias(evalpp::json::writer& out, const judge::run_summary& run) {
  if (const judge::sample_summary& of = run.samples; of.per_question > 1) {
    out.key("samples").begin_object().member("per_question", of.per_question).member("scored", of.scored);
    write_reasons(out, of.unscored);
    out.member("questions", of.questions).member("share_differing", of.share_differing());
    out.member("mean_sd", of.mean_deviation()).end_object();
  }
  if (run.reasked != 0)
    out.key("reask")
        .begin_object()
        .member("asked", run.reasked)
        .member("scored", run.reasked_scored)
        .end_object();
}

void write_judged_rest(evalpp::json::writer& out, const judge::run_summary& run, std::size_t pending) {
  out.member("pending", pending).member("model", run.model);
  out.key("tokens").begin_object().member("prompt", run.usage.prompt_tokens);
  out.member("completion", run.usage.completion_tokens).end_object().member("usd", run.usd);
}

std::string judged_rest(const judge::run_summary& run, std::size_t pending, const std::string& one,
                        const std::string& many) {
  std::string text = std::to_string(run.items) + ' ' + (run.items == 1 ? one : many) + ": " +
                     std::to_string(run.scored) + " scored";
  text += reasons_text(run.unscored);
  if (pending != 0) text += ", " + std::to_string(pending) + " not judged yet";
  text += '\n' + samples_text(run.samples) + reask_text(run) + std::to_string(run.calls) + " calls, " +
          std::to_string(run.usage.prompt_tokens) + " tokens of prompts and " +
          std::to_string(run.usage.completion_tokens) + " of answers";
  if (run.usd) {
    std::string cost;
    evalpp::json::writer(cost).value(*run.usd);
    text += ", " + cost + " USD";
  }
  return text + '\n';
}

std::optional<double> value_of(const judged_run& run) {
  if (run.scored == 0) return std::nullopt;
  return run.metrics.back().score(run.rows, run.metrics.size() - 1).value;
}

std::optional<double> value_of(const judge::judged_pairs_run& run) {
  double wins = 0, scored = 0;
  for (const judge::judged_pair& pair : run.pairs) {
    if (!pair.scored_in_both_orders()) continue;
    scored += 1;
    wins += *pair.outcome() == judge::preference::candidate ? 1
            : *pair.outcome() == judge::preference::tie     ? 0.5
                                                            : 0;
  }
  return scored > 0 ? std::optional(wins / scored) : std::nullopt;
}

evalpp::result<judged_report> judged_report::from(const arguments& args) {
  const auto json = json_asked(args);
  if (!json) return json.error();
  const auto intervals = intervals_from(args);
  if (!intervals) return intervals.error();
  const auto rule = panel_rule_from(args.value("--panel", "auto"));
  if (!rule) return rule.error();
  return judged_report{*json,
                       *intervals,
                       args.value("--human"),
                       args.given("--quiet"),
                       args.value("--candidate-model"),
                       args.value("--baseline-model"),
                       *rule};
}

evalpp::status judged_report::check_pairs() const {
  if (!intervals)
    return evalpp::error{evalpp::error_code::invalid_argument, "--ci none leaves nothing to decide by",
                         "give a level, such as 0.95"};
  if (intervals->method)
    return evalpp::error{evalpp::error_code::invalid_argument, "a comparison of pairs has no --method",
                         "it has the interval of its kind"};
  return std::monostate{};
}

evalpp::result<std::string> judged_report::text_of_pairs(const judge::judged_pairs_run& run,
                                                         const judge::panel_pairs_run* judges) const {
  const auto people =
      human_report(human, quiet, judge::item_verdicts(run.pairs), judge::preference_scales(), intervals);
  if (!people) return people.error();
  judge::pair_bias_options options{.level = intervals->level};
  options.resampling.seed = intervals->resampling.seed;
  if (intervals->resampling.replicates != 0) options.resampling.replicates = intervals->resampling.replicates;
  options.judge_model = run.model;
  options.candidate_model = candidate_model;
  options.baseline_model = baseline_model;
  const judge::pair_bias bias = judge::pair_bias_of(evalpp::threads(), run.pairs, options);
  return json ? judged_pairs_json(run, judges, *intervals, bias, *people)
              : judged_pairs_text(run, *intervals, bias, *people) +
                    (judges != nullptr ? '\n' + panel_text(*judges) : "");
}

evalpp::result<std::string> judged_report::text_of_items(const judged_run& run,
                                                         const judge::panel_run* judges,
                                                         const judge::expected_scores& expected,
                                                         const std::string& system) const {
  const auto people =
      human_report(human, quiet, judge::item_verdicts(run), judge::rating_scales(run.rubric), intervals);
  if (!people) return people.error();
  const judge::score_bias bias = judge::score_bias_of(evalpp::threads(), run, intervals);
  if (json) return judged_json(run, judges, expected, system, intervals, bias, *people);
  return judged_text(run, expected, intervals) + '\n' + score_bias_text(run, bias) +
         (*people ? human_text(**people) : "") + (judges != nullptr ? '\n' + panel_text(*judges) : "");
}

evalpp::result<std::string> judged_report::text(const judge::journal_contents& from,
                                                const std::string& system) const {
  const bool several = !judge::panel_of(from.head).empty();
  if (judge::is_pairwise(from.head)) {
    if (auto fits = check_pairs(); !fits) return fits.error();
    if (several) {
      const auto run = judge::panel_pairs_run_of(from);
      return run ? text_of_pairs(*run, &*run) : run.error();
    }
    const auto run = judge::judged_pairs_run_of(from);
    return run ? text_of_pairs(*run, nullptr) : run.error();
  }
  if (several) {
    const auto run = judge::panel_run_of(from, panel);
    return run ? text_of_items(*run, &*run, {}, system) : run.error();
  }
  const auto run = judge::judged_run_of(from);
  if (!run) return run.error();
  const auto expected = judge::expected_scores_of(from);
  return expected ? text_of_items(*run, nullptr, *expected, system) : expected.error();
}

}  // namespace cli
