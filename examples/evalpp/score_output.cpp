// SPDX-License-Identifier: MIT
#include "score_output.hpp"

#include <evalpp/detail/fp.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/text_table.hpp>

#include <algorithm>
#include <map>
#include <string_view>

namespace cli {
namespace {

using evalpp::reported_score;
using evalpp::report::format_value;
using evalpp::report::text_table;
using align = text_table::align;

// The groups of a slice, in the order in which they first appear, with the rows of each.
struct group {
  std::string key;
  std::vector<bool> rows;
};
std::vector<group> groups_of(const scored_system& system, std::string_view field) {
  const evalpp::key_column* key = system.rows.find_key(field);
  std::vector<group> groups;
  if (key == nullptr) return groups;
  std::map<std::string_view, std::size_t> known;
  for (std::size_t i = 0; i < key->values.size(); ++i) {
    const auto [at, added] = known.emplace(key->values[i], groups.size());
    if (added) groups.push_back({key->values[i], std::vector<bool>(system.rows.rows())});
    groups[at->second].rows[i] = true;
  }
  return groups;
}

void write_score(evalpp::json::writer& out, const scored_run& run, const scored_system& system,
                 std::size_t m) {
  const chosen_metric& chosen = run.metrics[m];
  out.begin_object()
      .member("metric", chosen.spec.name)
      .member("spec", chosen.spec.text)
      .member("system", system.data.system);
  evalpp::report::write_score_members(out, chosen.metric.score(system.rows, m));
  if (!run.slices.empty()) {
    out.key("slices").begin_array();
    for (const std::string& field : run.slices)
      for (const group& g : groups_of(system, field)) {
        const reported_score score = chosen.metric.score(system.rows, m, g.rows);
        out.begin_object().member("field", field).member("key", g.key).member("value", score.value);
        out.member("n", score.n)
            .member("n_empty", score.n_empty)
            .member("n_missing", score.n_missing)
            .end_object();
      }
    out.end_array();
  }
  out.end_object();
}

std::string arrow(const reported_score& score) { return score.higher_is_better ? "" : " (lower is better)"; }

// The heading of a metric: as typed, with its scale.
std::vector<std::string> heading(const scored_run& run, std::string first, bool scale) {
  std::vector<std::string> header{std::move(first)};
  if (scale) header.emplace_back("scale");
  for (const scored_system& s : run.systems) header.push_back(s.data.system);
  return header;
}

text_table score_table(const scored_run& run) {
  std::vector<align> columns(run.systems.size() + 2, align::right);
  columns[0] = columns[1] = align::left;
  text_table lines(heading(run, "metric", true), columns);
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    std::vector<std::string> row{run.metrics[m].spec.text};
    for (const scored_system& s : run.systems) {
      const reported_score score = run.metrics[m].metric.score(s.rows, m);
      if (row.size() == 1) row.push_back(std::string(to_string(score.unit)) + arrow(score));
      row.push_back(score.n == 0 ? "-" : format_value(score.value, score.unit));
    }
    lines.add(std::move(row));
  }
  return lines;
}

text_table slice_table(const scored_run& run, const std::string& field) {
  std::vector<std::string> header{field, "metric"};
  for (const scored_system& s : run.systems) header.push_back(s.data.system);
  header.emplace_back("n");
  std::vector<align> columns(header.size(), align::right);
  columns[0] = columns[1] = align::left;
  text_table lines(header, columns);
  // Systems may hold the groups in different orders: the first system's order leads.
  std::vector<std::vector<group>> groups;
  std::vector<std::string> keys;
  for (const scored_system& s : run.systems) {
    groups.push_back(groups_of(s, field));
    for (const group& g : groups.back())
      if (std::find(keys.begin(), keys.end(), g.key) == keys.end()) keys.push_back(g.key);
  }
  for (const std::string& key : keys)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      std::vector<std::string> row{m == 0 ? key : "", run.metrics[m].spec.text};
      std::size_t n = 0;
      for (std::size_t s = 0; s < run.systems.size(); ++s) {
        const auto at =
            std::find_if(groups[s].begin(), groups[s].end(), [&](const group& g) { return g.key == key; });
        if (at == groups[s].end()) {
          row.emplace_back("-");
          continue;
        }
        const reported_score score = run.metrics[m].metric.score(run.systems[s].rows, m, at->rows);
        n = std::max(n, score.n);
        row.push_back(score.n == 0 ? "-" : format_value(score.value, score.unit));
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
    std::string line = s.data.system + ": " + std::to_string(s.rows.rows()) + " items";
    const auto add = [&](std::size_t n, const char* what) {
      if (n != 0) line += ", " + std::to_string(n) + ' ' + what;
    };
    add(s.rows.count(evalpp::row_state::empty_hypothesis), "with an empty prediction (counted)");
    add(s.rows.count(evalpp::row_state::missing), "without a prediction");
    add(s.rows.count(evalpp::row_state::no_reference), "without a reference");
    if (!s.data.has_ids) line += ", joined by position";
    lines.push_back(std::move(line));
  }
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
  std::vector<std::string> header{"system", "metric",           "spec", "slice",   "key",       "value",
                                  "unit",   "higher_is_better", "n",    "n_empty", "n_missing", "signature",
                                  "version"};
  text_table lines(header, std::vector<align>(header.size(), align::left));
  for (const scored_system& system : run.systems)
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      const auto add = [&](const std::string& field, const std::string& key, const reported_score& score) {
        std::string value;
        evalpp::json::writer(value).value(score.value);
        lines.add({system.data.system, run.metrics[m].spec.name, run.metrics[m].spec.text, field, key,
                   value == "null" ? "" : value, std::string(to_string(score.unit)),
                   score.higher_is_better ? "true" : "false", std::to_string(score.n),
                   std::to_string(score.n_empty), std::to_string(score.n_missing), score.full_signature(),
                   EVALPP_VERSION_STRING});
      };
      add("", "", run.metrics[m].metric.score(system.rows, m));
      for (const std::string& field : run.slices)
        for (const group& g : groups_of(system, field))
          add(field, g.key, run.metrics[m].metric.score(system.rows, m, g.rows));
    }
  return lines.csv();
}

std::string to_markdown(const scored_run& run) {
  std::string text = score_table(run).markdown();
  for (const std::string& field : run.slices) text += '\n' + slice_table(run, field).markdown();
  text += '\n';
  for (const std::string& line : count_lines(run)) text += "- " + line + '\n';
  for (std::size_t m = 0; m < run.metrics.size(); ++m)
    text += "- " + run.metrics[m].spec.text + ": `" +
            run.metrics[m].metric.score(run.systems.front().rows, m).full_signature() +
            "|version:" + EVALPP_VERSION_STRING + "`\n";
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
  for (const std::string& line : count_lines(run)) text += line + '\n';
  text_table signatures({"", ""}, {align::left, align::left});
  for (std::size_t m = 0; m < run.metrics.size(); ++m)
    signatures.add(
        {run.metrics[m].spec.text, run.metrics[m].metric.score(run.systems.front().rows, m).full_signature() +
                                       "|version:" + EVALPP_VERSION_STRING});
  return text + dim + signatures.plain().substr(1) + off;
}

std::string per_example_jsonl(const scored_run& run) {
  std::string text;
  evalpp::json::writer out(text);
  for (const scored_system& system : run.systems)
    for (std::size_t i = 0; i < system.rows.rows(); ++i) {
      out.begin_object().member("id", system.rows.ids()[i]).member("system", system.data.system);
      out.key("scores").begin_object();
      for (std::size_t m = 0; m < run.metrics.size(); ++m) {
        out.key(run.metrics[m].spec.text);
        const evalpp::row_state state = system.rows.states()[i];
        const bool skipped =
            (has(state, evalpp::row_state::missing) && !has(state, evalpp::row_state::counted_as_empty)) ||
            (has(state, evalpp::row_state::no_reference) &&
             !run.metrics[m].metric.scores_without_reference());
        if (skipped)
          out.value(nullptr);
        else
          out.value(run.metrics[m].metric.score_row(system.rows, m, i));
      }
      out.end_object().end_object().line();
    }
  return text;
}

}  // namespace cli
