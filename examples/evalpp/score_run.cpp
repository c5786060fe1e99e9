// SPDX-License-Identifier: MIT
#include "score_run.hpp"

#include "progress.hpp"

#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/score_intervals.hpp>
#include <evalpp/stats/numpy_random_state.hpp>
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/rouge_bootstrap.hpp>
#include <evalpp/stats/sacrebleu_bootstrap.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {
namespace {

using evalpp::table;

// The scores of each of these tables.
std::vector<std::vector<evalpp::reported_score>> score(const scored_run& run,
                                                       const std::vector<const table*>& tables,
                                                       const score_options& options) {
  std::vector<evalpp::any_scorer> metrics;
  for (const chosen_metric& m : run.metrics) metrics.push_back(m.metric);
  if (options.intervals)
    return evalpp::report::scores_with_intervals(
        with_progress(evalpp::threads(options.threads), options.quiet, "intervals: "), metrics, tables,
        *options.intervals);
  std::vector<std::vector<evalpp::reported_score>> scores(tables.size());
  for (std::size_t t = 0; t < tables.size(); ++t)
    for (std::size_t m = 0; m < metrics.size(); ++m) scores[t].push_back(metrics[m].score(*tables[t], m));
  return scores;
}

// The rows of these numbers alone.
table selected(const table& rows, std::span<const std::size_t> numbers) {
  std::vector<evalpp::column_info> columns;
  for (const table::column& c : rows.columns()) columns.push_back(c.info);
  table out(std::move(columns));
  out.resize(numbers.size());
  if (!rows.clusters().empty()) {
    std::vector<std::string> clusters;
    for (const std::size_t i : numbers) clusters.push_back(rows.clusters()[i]);
    out.set_clusters(std::move(clusters));
  }
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const std::size_t i = numbers[k];
    out.states()[k] = rows.states()[i];
    out.ids()[k] = rows.ids()[i];
    for (std::size_t c = 0; c < rows.columns().size(); ++c) {
      if (rows.columns()[c].info.sparse)
        out.named(c, k) = rows.named(c, i);
      else
        std::copy_n(rows.row(c, i).begin(), rows.row(c, i).size(), out.row(c, k).begin());
    }
  }
  return out;
}

// A group of every system's rows; none where a system lacks it.
struct row_group {
  std::string key;
  std::vector<std::vector<std::size_t>> rows;
};

// The groups by a field, in the order in which they first appear.
std::vector<row_group> groups_by(const std::string& field, const std::vector<scored_system>& systems) {
  std::vector<row_group> groups;
  std::map<std::string_view, std::size_t> known;
  for (std::size_t s = 0; s < systems.size(); ++s) {
    const evalpp::key_column* key = systems[s].rows.find_key(field);
    if (key == nullptr) continue;
    for (std::size_t i = 0; i < key->values.size(); ++i) {
      const auto [at, added] = known.emplace(key->values[i], groups.size());
      if (added) groups.push_back({key->values[i], std::vector<std::vector<std::size_t>>(systems.size())});
      groups[at->second].rows[s].push_back(i);
    }
  }
  return groups;
}

// Scores the groups of all systems' rows. Every row is copied once, however many groups there are.
void add_slices(scored_run& run, const score_options& options) {
  for (const std::string& field : run.slices) {
    for (const row_group& group : groups_by(field, run.systems)) {
      std::vector<table> parts;
      std::vector<scored_system*> whose;
      for (std::size_t s = 0; s < run.systems.size(); ++s) {
        if (group.rows[s].empty()) continue;
        parts.push_back(selected(run.systems[s].rows, group.rows[s]));
        whose.push_back(&run.systems[s]);
      }
      std::vector<const table*> tables;
      for (const table& part : parts) tables.push_back(&part);
      auto scores = score(run, tables, options);
      for (std::size_t k = 0; k < whose.size(); ++k)
        whose[k]->slices.push_back({field, group.key, std::move(scores[k])});
    }
  }
}

}  // namespace

scored_run score_systems(std::vector<chosen_metric> metrics, std::vector<measured_system> systems,
                         const score_options& options) {
  scored_run run;
  run.metrics = std::move(metrics);
  run.slices = options.slices;
  run.intervals = options.intervals;
  for (measured_system& system : systems) run.systems.push_back({std::move(system), {}, {}, {}});
  std::vector<const table*> tables;
  for (const scored_system& system : run.systems) tables.push_back(&system.rows);
  auto scores = score(run, tables, options);
  for (std::size_t s = 0; s < run.systems.size(); ++s) run.systems[s].scores = std::move(scores[s]);
  add_slices(run, options);
  return run;
}

void add_published(scored_run& run, const std::string& preset) {
  namespace stats = evalpp::stats;
  run.preset = preset;
  const auto resampling = run.intervals ? run.intervals->resampling : stats::resampling_options{};
  const std::uint64_t seed = resampling.seed;
  const std::size_t replicates = resampling.replicates != 0 ? resampling.replicates : 1000;
  for (scored_system& system : run.systems) {
    stats::numpy_random_state stream(static_cast<std::uint32_t>(seed));  // one for all metrics of a system
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      const evalpp::any_metric& metric = run.metrics[m].metric;
      const auto counted = [&](std::size_t i) { return is_scored(run, system, m, i); };
      if (preset == "sacrebleu") {
        const auto found =
            stats::sacrebleu_bootstrap(metric, stats::resampling_rows_of(system.rows, m, counted),
                                       {.seed = seed, .replicates = replicates});
        system.published.push_back(
            {found.mean - found.half_width, found.mean, found.mean + found.half_width});
        continue;
      }
      std::vector<double> values;
      for (std::size_t i = 0; i < system.rows.rows(); ++i)
        if (counted(i)) values.push_back(metric.score_row(system.rows, m, i));
      const auto found = stats::rouge_bootstrap(stream, values, 1, replicates).front();
      system.published.push_back({found.low, found.mid, found.high});
    }
  }
}

bool is_scored(const scored_run& run, const scored_system& system, std::size_t m, std::size_t i) {
  return is_counted(system.rows.states()[i], run.metrics[m].metric.scores_without_reference());
}

}  // namespace cli
