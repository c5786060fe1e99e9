// SPDX-License-Identifier: MIT
#include "compare_output.hpp"

#include <evalpp/report/format.hpp>
#include <evalpp/report/interval_notes.hpp>
#include <evalpp/report/text_table.hpp>
#include <evalpp/stats/shrinkage.hpp>
#include <evalpp/version.hpp>
#include <evalpp/workflow/comparison_text.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace cli {
namespace {

using evalpp::report::format_score;
using evalpp::report::format_shortest;
using evalpp::report::format_value;
using evalpp::report::printable;
using evalpp::report::text_table;
namespace workflow = evalpp::workflow;
using workflow::metric_comparison;
using align = text_table::align;

std::string p_of(const metric_comparison& m) {
  return workflow::format_p(m.p()) + (m.p_adjusted ? " (" + workflow::format_p(*m.p_adjusted) + ")" : "");
}

std::string results_of(const metric_comparison& m) {
  return std::to_string(m.wins) + " / " + std::to_string(m.ties) + " / " + std::to_string(m.losses);
}

text_table metric_table(const compared_run& run, const compared_candidate& c) {
  const bool adjusted = run.candidates.size() > 1;
  text_table lines(
      {"metric", "scale", run.baseline, c.name, "difference", adjusted ? "p (adjusted)" : "p", "W / T / L"},
      {align::left, align::left, align::right, align::right, align::right, align::right, align::right});
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    const metric_comparison& found = c.found.metrics[m];
    lines.add(
        {run.metrics[m].spec.text,
         std::string(to_string(found.baseline.unit)) + (found.higher_is_better() ? "" : " (lower is better)"),
         format_score(found.baseline), format_score(found.candidate), workflow::format_delta(found),
         p_of(found), results_of(found)});
  }
  return lines;
}

// A shrunk difference, with as many decimals as the raw one has.
std::string shrunk_of(const workflow::slice_comparison& slice, std::size_t metric) {
  const metric_comparison& m = slice.metrics[metric];
  const std::string text = evalpp::report::format_difference(slice.shrunk[metric], m.ci, m.baseline.unit);
  return text.substr(0, text.find(' '));
}

text_table slice_table(const compared_run& run, const compared_candidate& c, const std::string& field) {
  text_table lines(
      {field, "n", run.baseline, c.name, "difference", "shrunk", "p (adjusted)", "W / T / L", ""},
      {align::left, align::right, align::right, align::right, align::right, align::right, align::right,
       align::right, align::left});
  for (const workflow::slice_comparison& slice : c.found.slices) {
    if (slice.field != field) continue;
    const metric_comparison& m = slice.metrics[c.found.primary];
    const auto verdict = workflow::verdict_on(m.gain());
    const bool significant = m.p_adjusted.value_or(m.p()) <= 1 - run.options.level;
    const double widest = m.baseline.unit == evalpp::scale::percent
                              ? evalpp::stats::widest_readable_slice
                              : evalpp::stats::widest_readable_slice / 100;
    const char* mark = evalpp::stats::is_too_wide(m.ci, widest) ? "too few items" : "";
    if (significant && verdict == workflow::verdict::worse) mark = "worse";
    if (significant && verdict == workflow::verdict::better) mark = "better";
    lines.add({slice.key, std::to_string(m.n), format_score(m.baseline), format_score(m.candidate),
               workflow::format_delta(m), shrunk_of(slice, c.found.primary), p_of(m), results_of(m), mark});
  }
  return lines;
}

// What sacreBLEU prints of these systems: mean and half-width, and both of its p values.
text_table sacrebleu_table(const compared_run& run, const compared_candidate& c) {
  text_table lines({"sacreBLEU", run.baseline, c.name, "p (paired-bs)", "p (paired-ar)"},
                   {align::left, align::right, align::right, align::right, align::right});
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    const sacrebleu_figures& f = c.sacrebleu[m];
    const auto unit = c.found.metrics[m].baseline.unit;
    const auto show = [&](const evalpp::stats::sacrebleu_estimate& e) {
      return format_value(e.mean, unit) + " +/- " + format_value(e.half_width, unit);
    };
    lines.add({run.metrics[m].spec.text, show(f.bootstrap.baseline_estimate),
               show(f.bootstrap.system_estimate), evalpp::report::detail::fixed(f.bootstrap.p_value, 4),
               evalpp::report::detail::fixed(f.randomization.p_value, 4)});
  }
  return lines;
}

// How many slices differ, once their p values are adjusted.
std::string slice_line(const compared_run& run, const compared_candidate& c, const std::string& field) {
  std::size_t up = 0, down = 0, worse = 0, better = 0;
  std::string_view method = "holm";
  for (const workflow::slice_comparison& slice : c.found.slices) {
    if (slice.field != field) continue;
    const metric_comparison& m = slice.metrics[c.found.primary];
    const double gain = m.higher_is_better() ? m.delta : -m.delta;
    up += gain > 0;
    down += gain < 0;
    const bool significant = m.p_adjusted.value_or(m.p()) <= 1 - run.options.level;
    worse += significant && gain < 0;
    better += significant && gain > 0;
    if (m.p_adjusted) method = m.p_adjustment;
  }
  std::string line = field + ": " + std::to_string(up) + " up (" + std::to_string(better) +
                     " significant), " + std::to_string(down) + " down (" + std::to_string(worse) +
                     " significant), " + (method == "bh" ? "Benjamini-Hochberg" : "Holm");
  if (better + worse == 0) line += "; no slice is told apart";
  return line;
}

std::string heading(const compared_run& run, const compared_candidate& c) {
  const metric_comparison& m = c.found.main();
  std::string text = printable(c.name) + " against " + printable(run.baseline) + ": " + std::to_string(m.n) +
                     (m.n == 1 ? " pair" : " pairs") +
                     (run.joined_by_position ? ", joined by position" : ", joined by id");
  if (m.units != m.n) text += ", " + std::to_string(m.units) + (m.units == 1 ? " cluster" : " clusters");
  if (run.metrics.size() > 1) text += ", primary: " + run.metrics[c.found.primary].spec.text;
  if (m.margin > 0) text += ", margin " + format_shortest(m.margin);
  return text;
}

std::string some(const std::vector<std::string>& ids, std::size_t all) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + printable(id);
  return ids.size() < all ? text + ", ..." : text;
}

// What stands behind the numbers of a candidate, a line each.
std::vector<std::string> notes_of(const compared_run& run, const compared_candidate& c) {
  std::vector<std::string> lines;
  if (!c.found.dropped.empty()) lines.push_back("left out: " + printable(c.found.dropped));
  for (const std::string& text : run.notes) lines.push_back(printable(text));
  for (const std::string& field : run.options.slices) lines.push_back(slice_line(run, c, field));
  const metric_comparison& main = c.found.main();
  if (main.n_missing != 0)
    lines.push_back("left out: " + std::to_string(main.n_missing) +
                    (main.n_missing == 1 ? " pair" : " pairs") +
                    " without a prediction on one side, or without a reference");
  if (!main.newly_right.empty())
    lines.push_back("newly right (" + std::to_string(main.wins) + "): " + some(main.newly_right, main.wins));
  if (!main.newly_wrong.empty())
    lines.push_back("newly wrong (" + std::to_string(main.losses) +
                    "): " + some(main.newly_wrong, main.losses));
  bool caution = false, none = false;
  for (const metric_comparison& m : c.found.metrics) {
    caution = caution || m.ci.status == evalpp::interval_status::caution;
    none = none || (!m.ci.usable() && !m.identical);
  }
  if (caution) lines.emplace_back("[caution] few items, few flips or strong skew: an interval is rough");
  if (none) lines.emplace_back("[no interval] too few items, or all differ alike");
  return lines;
}

std::string method_line(const compared_run& run) {
  const auto& first = run.candidates.front().found;
  bool mcnemar = false, randomization = false;
  std::uint64_t trials = 0;
  for (const metric_comparison& m : first.metrics) {
    (m.p_mcnemar ? mcnemar : randomization) = true;
    trials = std::max(trials, m.randomization.exact ? 0 : m.randomization.trials);
  }
  std::string line =
      "[" + evalpp::report::format_level(run.options.level) + " intervals, of differences from the pairs] p:";
  if (mcnemar) line += std::string(" McNemar's mid-p") + (randomization ? " for 0/1 metrics," : "");
  if (randomization) line += " approximate randomization";
  if (randomization && trials != 0)
    line +=
        " (" + std::to_string(trials) + " trials, seed " + std::to_string(run.options.resampling.seed) + ")";
  if (run.candidates.size() > 1) line += "; adjusted over candidates: Holm";
  return line;
}

std::vector<std::pair<std::string, std::string>> signatures(const compared_run& run) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (std::size_t m = 0; m < run.metrics.size(); ++m)
    lines.emplace_back(run.metrics[m].spec.text,
                       run.candidates.front().found.metrics[m].baseline.full_signature() +
                           "|version:" + EVALPP_VERSION_STRING);
  return lines;
}

// Text that stays text in Markdown: no markup, no tags, no mention of anybody.
std::string in_markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '@')
      out += "&#64;";
    else if (c == '*' || c == '_' || c == '`' || c == '\\' || c == '|')
      out.append({'\\', c});
    else
      out += c;
  }
  return out;
}

std::string gate_line(const compared_run& run, const tried_gate& gate) {
  std::string outcome(to_string(gate.outcome));
  std::transform(outcome.begin(), outcome.end(), outcome.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return outcome + "  " + (run.candidates.size() > 1 ? printable(gate.candidate) + ": " : "") +
         printable(gate.rule);
}

std::string verdict_line(const compared_run& run, const compared_candidate& c) {
  return "verdict" + (run.metrics.size() > 1 ? " on " + run.metrics[c.found.primary].spec.text : "") + ": " +
         workflow::sentence(c.found.main());
}

}  // namespace

std::string comparison_terminal(const compared_run& run, const std::vector<tried_gate>& gates, bool colour) {
  const std::string bold = colour ? "\x1b[1m" : "", dim = colour ? "\x1b[2m" : "",
                    off = colour ? "\x1b[0m" : "";
  const auto emphasized = [&](const std::string& table) {
    const std::size_t end = table.find('\n');
    return bold + table.substr(0, end) + off + table.substr(end);
  };
  std::string text;
  for (const compared_candidate& c : run.candidates) {
    text.append(heading(run, c)).append("\n\n").append(emphasized(metric_table(run, c).plain()));
    for (const std::string& field : run.options.slices)
      text += '\n' + emphasized(slice_table(run, c, field).plain());
    if (!c.sacrebleu.empty()) text += '\n' + emphasized(sacrebleu_table(run, c).plain());
    text += '\n';
    for (const std::string& line : notes_of(run, c)) text += line + '\n';
    text.append(bold).append(verdict_line(run, c)).append(off).append("\n\n");
  }
  for (const tried_gate& gate : gates) text += gate_line(run, gate) + '\n';
  if (!gates.empty()) text += '\n';
  text.append(dim).append(method_line(run)).append("\n");
  text_table last({"", ""}, {align::left, align::left});
  for (auto& [what, signature] : signatures(run)) last.add({std::move(what), std::move(signature)});
  return text + last.plain().substr(1) + off;
}

std::string comparison_markdown(const compared_run& run, const std::vector<tried_gate>& gates) {
  std::string text;
  for (const compared_candidate& c : run.candidates) {
    text += "**" + in_markdown(verdict_line(run, c)) + "**\n\n" + in_markdown(heading(run, c)) + "\n\n" +
            metric_table(run, c).markdown();
    for (const std::string& field : run.options.slices)
      text += "\n<details><summary>by " + in_markdown(field) + "</summary>\n\n" +
              slice_table(run, c, field).markdown() + "\n</details>\n";
    if (!c.sacrebleu.empty()) text += '\n' + sacrebleu_table(run, c).markdown();
    text += '\n';
    for (const std::string& line : notes_of(run, c)) text += "- " + in_markdown(line) + '\n';
  }
  for (const tried_gate& gate : gates) text += "- " + in_markdown(gate_line(run, gate)) + '\n';
  text += "- " + in_markdown(method_line(run)) + '\n';
  for (const auto& [what, signature] : signatures(run))
    text.append("- ").append(what).append(": `").append(signature).append("`\n");
  return text;
}

}  // namespace cli
