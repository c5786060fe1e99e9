// SPDX-License-Identifier: MIT
#include "score_output.hpp"

#include <evalpp/detail/fp.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/interval_notes.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/text_table.hpp>
#include <evalpp/version.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace cli {
namespace {

using evalpp::reported_score;
using evalpp::report::format_score;
using evalpp::report::format_value;
using evalpp::report::printable;
using evalpp::report::text_table;
using align = text_table::align;

void write_score(evalpp::json::writer& out, const scored_run& run, const scored_system& system,
                 std::size_t m) {
  const metric_spec& spec = run.metrics[m].spec;
  out.begin_object().member("metric", spec.name).member("spec", spec.text).member("system", system.name);
  evalpp::report::write_score_members(out, system.scores[m]);
  if (!system.published.empty()) {
    const published_figures& f = system.published[m];
    out.key(run.preset).begin_object();
    if (run.preset == "sacrebleu")
      out.member("mean", f.mid).member("ci", f.high - f.mid);  // a half-width, as sacreBLEU says it
    else
      out.member("low", f.low).member("mid", f.mid).member("high", f.high);
    out.end_object();
  }
  if (system.joined_by_position) out.key("notes").begin_array().value("joined by position").end_array();
  if (!run.slices.empty()) {
    out.key("slices").begin_array();
    for (const slice_scores& slice : system.slices) {
      out.begin_object().member("field", slice.field).member("key", slice.key);
      evalpp::report::write_value_members(out, slice.scores[m]);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

std::string scale_of(const reported_score& score) {
  return std::string(to_string(score.unit)) + (score.higher_is_better ? "" : " (lower is better)");
}

// The first system's signature of every metric, and those of the systems where it is another one.
std::vector<std::pair<std::string, std::string>> signatures(const scored_run& run) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    const std::string first = run.systems.front().scores[m].full_signature();
    for (const scored_system& s : run.systems) {
      const bool is_first = &s == &run.systems.front();
      const std::string own = s.scores[m].full_signature();
      if (is_first || own != first)
        lines.emplace_back(run.metrics[m].spec.text + (is_first ? "" : " (" + printable(s.name) + ')'),
                           own + "|version:" + EVALPP_VERSION_STRING);
    }
  }
  return lines;
}

// `first` and `second` columns to the left, then one column per system and, if any, the last one.
text_table system_table(const scored_run& run, std::string first, std::string second,
                        const std::vector<std::string>& last = {}) {
  std::vector<std::string> header{std::move(first), std::move(second)};
  for (const scored_system& s : run.systems) header.push_back(s.name);
  header.insert(header.end(), last.begin(), last.end());
  std::vector<align> columns(header.size(), align::right);
  columns[0] = columns[1] = align::left;
  return {std::move(header), std::move(columns)};
}

text_table score_table(const scored_run& run) {
  text_table lines = system_table(run, "metric", "scale");
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    std::vector<std::string> row{run.metrics[m].spec.text, scale_of(run.systems.front().scores[m])};
    for (const scored_system& s : run.systems) row.push_back(format_score(s.scores[m]));
    lines.add(std::move(row));
  }
  return lines;
}

// The groups of all systems; where these differ in order, the first system's leads.
text_table slice_table(const scored_run& run, const std::string& field) {
  std::vector<std::string_view> keys;
  std::map<std::string_view, std::vector<const slice_scores*>> found;  // per key, by system
  for (std::size_t s = 0; s < run.systems.size(); ++s)
    for (const slice_scores& slice : run.systems[s].slices) {
      if (slice.field != field) continue;
      const auto [at, added] = found.try_emplace(slice.key, run.systems.size(), nullptr);
      if (added) keys.push_back(slice.key);
      at->second[s] = &slice;
    }
  text_table lines = system_table(run, field, "metric", {"n"});
  for (const std::string_view key : keys)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      std::vector<std::string> row{m == 0 ? std::string(key) : "", run.metrics[m].spec.text};
      std::size_t n = 0;
      for (const slice_scores* slice : found[key]) {
        row.push_back(slice == nullptr ? "-" : format_score(slice->scores[m]));
        if (slice != nullptr) n = std::max(n, slice->scores[m].n);
      }
      row.push_back(std::to_string(n));
      lines.add(std::move(row));
    }
  return lines;
}

// How many examples stand behind the numbers, per system, in one line each.
std::vector<std::string> count_lines(const scored_run& run) {
  std::vector<std::string> lines;
  for (const scored_system& s : run.systems) {
    std::string line =
        printable(s.name) + ": " + std::to_string(s.rows.rows()) + (s.rows.rows() == 1 ? " item" : " items");
    const auto add = [&](std::size_t n, const char* what) {
      if (n != 0) line += ", " + std::to_string(n) + ' ' + what;
    };
    add(s.rows.count(evalpp::row_state::empty_hypothesis), "with an empty prediction (counted)");
    const std::size_t as_wrong = s.rows.count(evalpp::row_state::counted_as_empty);
    add(as_wrong, "without a prediction (counted as wrong)");
    add(s.rows.count(evalpp::row_state::missing) - as_wrong, "without a prediction (not counted)");
    add(s.rows.count(evalpp::row_state::no_reference), "without a reference");
    if (s.joined_by_position) line += ", joined by position";
    lines.push_back(std::move(line));
  }
  return lines;
}

// The intervals of whole systems: how they were made, and what is doubtful about them.
std::vector<std::string> interval_lines(const scored_run& run) {
  std::vector<evalpp::report::named_score> made, of_systems;
  for (const scored_system& s : run.systems)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      const reported_score& score = s.scores[m];
      if (score.n == 0) continue;
      made.push_back({run.metrics[m].spec.text, &score});
      of_systems.push_back({run.metrics[m].spec.text + " of " + printable(s.name), &score});
    }
  std::vector<std::string> lines = evalpp::report::interval_doubts(of_systems);
  if (std::string line = evalpp::report::interval_methods_line(made); !line.empty())
    lines.insert(lines.begin(), std::move(line));
  return lines;
}

// What the tool of the preset prints, a line for each system.
std::vector<std::string> published_lines(const scored_run& run) {
  std::vector<std::string> lines;
  for (const scored_system& s : run.systems) {
    std::string line;
    for (std::size_t m = 0; m < s.published.size(); ++m) {
      const published_figures& f = s.published[m];
      const auto show = [&](double v) { return format_value(v, s.scores[m].unit); };
      line += (m == 0 ? "" : ", ") + run.metrics[m].spec.text + ' ';
      line += run.preset == "sacrebleu" ? show(f.mid) + " +/- " + show(f.high - f.mid)
                                        : show(f.mid) + " [" + show(f.low) + ", " + show(f.high) + "]";
    }
    if (!line.empty()) lines.push_back(run.preset + " of " + printable(s.name) + ": " + line);
  }
  return lines;
}

// What stands behind the numbers, a line each.
std::vector<std::string> notes_of(const scored_run& run) {
  std::vector<std::string> lines = count_lines(run);
  for (std::string& line : interval_lines(run)) lines.push_back(std::move(line));
  for (std::string& line : published_lines(run)) lines.push_back(std::move(line));
  return lines;
}

}  // namespace

std::string to_json(const scored_run& run) {
  std::string text;
  evalpp::json::writer out(text);
  out.begin_array();
  for (const scored_system& system : run.systems)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) write_score(out, run, system, m);
  out.end_array().line();
  return text;
}

std::string to_jsonl(const scored_run& run) {
  std::string text;
  evalpp::json::writer out(text);
  for (const scored_system& system : run.systems)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      write_score(out, run, system, m);
      out.line();
    }
  return text;
}

std::string to_csv(const scored_run& run) {
  std::vector<std::string> header{
      "system",  "metric",    "spec",      "slice",   "key",   "value", "unit",     "higher_is_better", "n",
      "n_empty", "n_missing", "signature", "version", "ci_lo", "ci_hi", "ci_level", "ci_method"};
  text_table lines(header, std::vector<align>(header.size(), align::left));
  const auto add = [&](const scored_system& system, const metric_spec& spec, const std::string& field,
                       const std::string& key, const reported_score& score) {
    std::string value;
    if (score.n != 0 && evalpp::detail::is_finite(score.value))
      evalpp::json::writer(value).value(score.value);
    const evalpp::interval* const ci = score.ci && score.ci->usable() ? &*score.ci : nullptr;
    const auto end = [ci](double evalpp::interval::*which) {
      std::string text;
      if (ci != nullptr) evalpp::json::writer(text).value(ci->*which);
      return text;
    };
    lines.add({system.name, spec.name, spec.text, field, key, value, std::string(to_string(score.unit)),
               score.higher_is_better ? "true" : "false", std::to_string(score.n),
               std::to_string(score.n_empty), std::to_string(score.n_missing), score.full_signature(),
               EVALPP_VERSION_STRING, end(&evalpp::interval::lo), end(&evalpp::interval::hi),
               end(&evalpp::interval::level), ci == nullptr ? "" : std::string(score.ci_method)});
  };
  for (const scored_system& system : run.systems)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      add(system, run.metrics[m].spec, "", "", system.scores[m]);
      for (const slice_scores& slice : system.slices)
        add(system, run.metrics[m].spec, slice.field, slice.key, slice.scores[m]);
    }
  return lines.csv();
}

std::string to_markdown(const scored_run& run) {
  std::string text = score_table(run).markdown();
  for (const std::string& field : run.slices) text += '\n' + slice_table(run, field).markdown();
  text += '\n';
  for (const std::string& line : notes_of(run)) text += "- " + line + '\n';
  for (const auto& [what, signature] : signatures(run))
    text.append("- ").append(what).append(": `").append(signature).append("`\n");
  return text;
}

std::string to_terminal(const scored_run& run, bool colour) {
  const std::string bold = colour ? "\x1b[1m" : "", dim = colour ? "\x1b[2m" : "",
                    off = colour ? "\x1b[0m" : "";
  const auto emphasized = [&](const std::string& table) {
    const std::size_t end = table.find('\n');
    return bold + table.substr(0, end) + off + table.substr(end);
  };
  std::string text = emphasized(score_table(run).plain());
  for (const std::string& field : run.slices) text += '\n' + emphasized(slice_table(run, field).plain());
  text += '\n';
  for (const std::string& line : notes_of(run)) text += line + '\n';
  text_table last({"", ""}, {align::left, align::left});
  for (auto& [what, signature] : signatures(run)) last.add({std::move(what), std::move(signature)});
  return text + dim + last.plain().substr(1) + off;
}

std::string per_example_jsonl(const scored_run& run) {
  // A metric that is asked for twice has one key.
  std::vector<std::size_t> metrics;
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    const auto same = [&](std::size_t k) { return run.metrics[k].spec.text == run.metrics[m].spec.text; };
    if (std::none_of(metrics.begin(), metrics.end(), same)) metrics.push_back(m);
  }
  std::string text;
  evalpp::json::writer out(text);
  for (const scored_system& system : run.systems)
    for (std::size_t i = 0; i < system.rows.rows(); ++i) {
      out.begin_object().member("id", system.rows.ids()[i]).member("system", system.name);
      out.key("scores").begin_object();
      for (const std::size_t m : metrics) {
        out.key(run.metrics[m].spec.text);
        if (is_scored(run, system, m, i))
          out.value(run.metrics[m].metric.score_row(system.rows, m, i));
        else
          out.value(nullptr);
      }
      out.end_object().end_object().line();
    }
  return text;
}

}  // namespace cli
