// SPDX-License-Identifier: MIT
#include "score_run.hpp"

#include "progress.hpp"

#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/multilabel.hpp>
#include <evalpp/parallel/threads.hpp>

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>

namespace cli {
namespace {

namespace data = evalpp::data;
using evalpp::row_state;
using evalpp::table;

// ---- What is measured -----------------------------------------------------------------------------

// Lists of labels, as a prediction or as more than one true label.
bool holds_label_sets(const std::vector<data::dataset>& systems) {
  return std::any_of(systems.begin(), systems.end(), [](const data::dataset& system) {
    return std::any_of(system.records.begin(), system.records.end(), [](const data::record& r) {
      return r.prediction_list.has_value() || (r.reference_list && r.references.size() > 1);
    });
  });
}

std::string joined(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) {
    if (!text.empty()) text += evalpp::label_set_encoder::separator;
    text += label;
  }
  return text;
}

// Every row becomes one text of labels against one text of labels; an empty list is an empty set.
void join_label_sets(data::dataset& system) {
  for (data::record& r : system.records) {
    if (r.prediction_list) r.prediction = joined(*r.prediction_list);
    if (!r.references.empty() || r.reference_list) r.references = {joined(r.references)};
  }
}

// ---- Rows without a prediction --------------------------------------------------------------------

void leave_out(table& rows, std::size_t i) {
  rows.states()[i] = row_state::missing;
  rows.clear_row(i);
}

double best_value(const evalpp::column_info& metric) {
  if (!metric.higher_is_better) return 0;
  return metric.unit == evalpp::scale::percent ? 100 : 1;
}

// The row was measured with an empty prediction. Where silence is right (a question without an
// answer) that would be credit for nothing, and a text that nobody expects is measured in its place.
void count_as_wrong(const evalpp::metric_set& metrics, const data::record& r, table& rows, std::size_t i) {
  static constexpr std::string_view unexpected[] = {"\xEF\xBF\xBF"};  // U+FFFF, which is no character
  const std::span<const std::string> references[] = {r.references};
  table wrong;
  for (std::size_t m = 0; m < metrics.metrics().size(); ++m) {
    const evalpp::any_metric& metric = metrics.metrics()[m];
    if (metric.score_row(rows, m, i) != best_value(metric.info())) continue;
    if (wrong.rows() == 0) wrong = metrics.measure(evalpp::seq, unexpected, references);
    if (metric.info().sparse) {
      rows.named(m, i) = wrong.named(m, 0);
    } else {
      const auto from = std::as_const(wrong).row(m, 0);
      std::copy(from.begin(), from.end(), rows.row(m, i).begin());
    }
  }
  const row_state state = rows.states()[i];
  rows.states()[i] = row_state::missing | row_state::counted_as_empty |
                     (has(state, row_state::no_reference) ? row_state::no_reference : row_state::scored);
}

// ---- Measuring ------------------------------------------------------------------------------------

table measure(const evalpp::metric_set& metrics, const data::dataset& system, const score_options& options) {
  std::vector<std::string_view> hypotheses;
  std::vector<std::span<const std::string>> references;
  hypotheses.reserve(system.size());
  references.reserve(system.size());
  for (const data::record& r : system.records) {
    hypotheses.push_back(r.prediction ? std::string_view(*r.prediction) : std::string_view());
    references.emplace_back(r.references);
  }
  progress meter(system.size(), options.quiet);
  return metrics.measure(observed(evalpp::threads(options.threads), meter), hypotheses, references);
}

// What the file says of the rows beside their texts.
void describe_rows(const data::dataset& system, bool clustered, table& rows) {
  for (std::size_t i = 0; i < system.size(); ++i) rows.ids()[i] = system.records[i].id;
  for (std::size_t k = 0; k < system.slice_names.size(); ++k) {
    evalpp::key_column key{system.slice_names[k], {}};
    for (const data::record& r : system.records) key.values.push_back(r.slices[k]);
    rows.add_key(std::move(key));
  }
  if (!clustered) return;
  std::vector<std::string> clusters;
  for (const data::record& r : system.records) clusters.push_back(r.cluster);
  rows.set_clusters(std::move(clusters));
}

// ---- Scoring --------------------------------------------------------------------------------------

std::vector<evalpp::reported_score> score(const scored_run& run, const table& rows,
                                          const score_options& options) {
  const auto all = [](std::size_t) { return true; };
  std::vector<evalpp::reported_score> scores;
  for (std::size_t m = 0; m < run.metrics.size(); ++m) {
    const evalpp::any_metric& metric = run.metrics[m].metric;
    scores.push_back(metric.score(rows, m));
    if (!options.intervals) continue;
    const auto made = evalpp::stats::interval_of(evalpp::threads(options.threads), metric, rows, m, all,
                                                 *options.intervals);
    scores.back().ci = made.ends;
    scores.back().ci_method = made.method;
  }
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

// Groups in the order in which they first appear. Every row is copied once, however many groups there are.
std::vector<slice_scores> score_slices(const scored_run& run, const table& rows,
                                       const score_options& options) {
  std::vector<slice_scores> slices;
  for (const std::string& field : run.slices) {
    const evalpp::key_column* key = rows.find_key(field);
    if (key == nullptr) continue;
    std::map<std::string_view, std::size_t> known;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < key->values.size(); ++i) {
      const auto [at, added] = known.emplace(key->values[i], groups.size());
      if (added) groups.emplace_back();
      groups[at->second].push_back(i);
    }
    for (const std::vector<std::size_t>& group : groups)
      slices.push_back({field, key->values[group.front()], score(run, selected(rows, group), options)});
  }
  return slices;
}

}  // namespace

void score_systems(scored_run& run, std::vector<data::dataset> systems, const score_options& options) {
  run.intervals = options.intervals;
  const bool all_take_sets = std::all_of(run.metrics.begin(), run.metrics.end(),
                                         [](const chosen_metric& m) { return m.for_sets.has_value(); });
  if (all_take_sets && holds_label_sets(systems)) {
    for (chosen_metric& m : run.metrics) m.metric = *m.for_sets;
    for (data::dataset& system : systems) join_label_sets(system);
  }
  std::vector<evalpp::any_metric> metrics;
  for (const chosen_metric& m : run.metrics) metrics.push_back(m.metric);
  const evalpp::metric_set set(std::move(metrics));

  for (data::dataset& system : systems) {
    table rows = measure(set, system, options);
    for (std::size_t i = 0; i < system.size(); ++i) {
      if (system.records[i].has_prediction()) continue;
      if (options.missing_is_worst)
        count_as_wrong(set, system.records[i], rows, i);
      else
        leave_out(rows, i);
    }
    describe_rows(system, options.clustered, rows);
    scored_system scored{system.system, !system.has_ids, std::move(rows), {}, {}};
    system.records = {};  // the texts have served: only the rows stay in memory
    scored.scores = score(run, scored.rows, options);
    scored.slices = score_slices(run, scored.rows, options);
    run.systems.push_back(std::move(scored));
  }
}

bool is_scored(const scored_run& run, const scored_system& system, std::size_t m, std::size_t i) {
  return is_counted(system.rows.states()[i], run.metrics[m].metric.scores_without_reference());
}

}  // namespace cli
