// SPDX-License-Identifier: MIT
#include "measured_system.hpp"

#include "progress.hpp"

#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/metrics/multilabel.hpp>
#include <evalpp/parallel/threads.hpp>

#include <algorithm>
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

table measure(const evalpp::metric_set& metrics, const data::dataset& system,
              const measure_options& options) {
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

}  // namespace

std::vector<measured_system> measure_systems(std::vector<chosen_metric>& metrics,
                                             std::vector<data::dataset> systems,
                                             const measure_options& options) {
  const bool all_take_sets = std::all_of(metrics.begin(), metrics.end(),
                                         [](const chosen_metric& m) { return m.for_sets.has_value(); });
  if (all_take_sets && holds_label_sets(systems)) {
    for (chosen_metric& m : metrics) m.metric = *m.for_sets;
    for (data::dataset& system : systems) join_label_sets(system);
  }
  std::vector<evalpp::any_metric> chosen;
  for (const chosen_metric& m : metrics) chosen.push_back(m.metric);
  const evalpp::metric_set set(std::move(chosen));

  std::vector<measured_system> measured;
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
    measured.push_back({system.system, !system.has_ids, std::move(rows)});
    system.records = {};  // the texts have served: only the rows stay in memory
  }
  return measured;
}

}  // namespace cli
