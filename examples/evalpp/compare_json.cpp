// SPDX-License-Identifier: MIT
#include "compare_output.hpp"

#include <evalpp/json/write.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/version.hpp>
#include <evalpp/workflow/comparison_text.hpp>

#include <string_view>

namespace cli {
namespace {

using evalpp::json::writer;
using evalpp::report::write_interval;
namespace workflow = evalpp::workflow;
using workflow::metric_comparison;

void write_value(writer& out, std::string_view name, const evalpp::reported_score& score) {
  out.key(name);
  if (score.n == 0)
    out.value(nullptr);
  else
    out.value(score.value);  // null when it is no number
}

void write_ids(writer& out, std::string_view name, const std::vector<std::string>& ids) {
  out.key(name).begin_array();
  for (const std::string& id : ids) out.value(id);
  out.end_array();
}

// From `baseline` to `losses`: what a comparison and a slice of it have in common.
void write_numbers(writer& out, const metric_comparison& m) {
  write_value(out, "baseline", m.baseline);
  write_value(out, "candidate", m.candidate);
  out.key("delta").value(m.delta);
  write_interval(out, "ci", m.ci, m.ci_method);
  out.key("p").begin_object().member("bootstrap", m.p_bootstrap);
  out.member("randomization", m.randomization.p).member("mcnemar", m.p_mcnemar);
  out.end_object();
  out.member("n", m.n).member("wins", m.wins).member("ties", m.ties).member("losses", m.losses);
}

void write_adjusted(writer& out, const metric_comparison& m) {
  if (!m.p_adjusted) return;
  out.key("p_adjusted").begin_object().member("method", m.p_adjustment).member("value", *m.p_adjusted);
  out.end_object();
}

void write_estimate(writer& out, std::string_view name, const evalpp::stats::sacrebleu_estimate& e) {
  out.key(name).begin_object().member("mean", e.mean).member("ci", e.half_width).end_object();
}

// As sacreBLEU prints them: `ci` is a half-width around the mean.
void write_sacrebleu(writer& out, const sacrebleu_figures& f) {
  out.key("sacrebleu").begin_object().key("bs").begin_object().member("p_value", f.bootstrap.p_value);
  write_estimate(out, "baseline", f.bootstrap.baseline_estimate);
  write_estimate(out, "candidate", f.bootstrap.system_estimate);
  out.end_object().key("ar").begin_object().member("p_value", f.randomization.p_value).end_object();
  out.end_object();
}

void write_comparison(writer& out, const compared_run& run, const compared_candidate& c, std::size_t k) {
  const metric_comparison& m = c.found.metrics[k];
  const metric_spec& spec = run.metrics[k].spec;
  out.begin_object();
  write_comparison_members(out, spec.name, spec.text, c.name, m);

  out.member("baseline_system", run.baseline).member("primary", k == c.found.primary);
  write_interval(out, "baseline_ci", *m.baseline.ci, m.baseline.ci_method);
  write_interval(out, "candidate_ci", *m.candidate.ci, m.candidate.ci_method);
  write_adjusted(out, m);
  out.member("effect_size", m.effect_size).member("units", m.units).member("n_missing", m.n_missing);
  if (run.metrics[k].metric.is_proportion()) {
    out.key("flips").begin_object();
    write_ids(out, "newly_right", m.newly_right);
    write_ids(out, "newly_wrong", m.newly_wrong);
    out.end_object();
  }
  out.member("signature", m.baseline.full_signature()).member("version", EVALPP_VERSION_STRING);
  if (!c.sacrebleu.empty()) write_sacrebleu(out, c.sacrebleu[k]);
  std::vector<std::string> notes(run.notes);
  if (run.joined_by_position) notes.emplace_back("joined by position");
  if (!c.found.dropped.empty()) notes.push_back("left out: " + c.found.dropped);
  if (!notes.empty()) write_ids(out, "notes", notes);
  if (!run.options.slices.empty()) {
    out.key("slices").begin_array();
    for (const workflow::slice_comparison& slice : c.found.slices) {
      const metric_comparison& part = slice.metrics[k];
      out.begin_object().member("field", slice.field).member("key", slice.key);
      write_numbers(out, part);
      write_adjusted(out, part);
      out.member("delta_shrunk", slice.shrunk[k]).member("verdict", to_string(part.outcome)).end_object();
    }
    out.end_array();
  }
  out.end_object();
}

}  // namespace

void write_comparison_members(writer& out, std::string_view metric, std::string_view spec,
                              std::string_view system, const metric_comparison& m) {
  out.member("metric", metric).member("spec", spec);
  out.member("unit", to_string(m.baseline.unit)).member("higher_is_better", m.higher_is_better());
  out.member("system", system);
  write_numbers(out, m);
  out.member("margin", m.margin).member("verdict", to_string(m.outcome)).member("needed", m.needed);
  out.member("sentence", workflow::sentence(m));
}

std::string comparison_json(const compared_run& run) {
  std::string text;
  writer out(text);
  out.begin_array();
  for (const compared_candidate& c : run.candidates)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) write_comparison(out, run, c, m);
  out.end_array().line();
  return text;
}

}  // namespace cli
