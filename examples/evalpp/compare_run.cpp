// SPDX-License-Identifier: MIT
#include "compare_run.hpp"

#include "progress.hpp"

#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/workflow/compare.hpp>
#include <evalpp/workflow/join.hpp>

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;
namespace data = evalpp::data;
namespace workflow = evalpp::workflow;

std::vector<std::string> ids_of(const data::dataset& system) {
  std::vector<std::string> ids;
  for (const data::record& r : system.records) ids.push_back(r.id);
  return ids;
}

// The same example must be asked of both.
evalpp::status check_references(const data::dataset& baseline, const data::dataset& candidate,
                                const workflow::joined_rows& joined) {
  for (const auto& pair : joined.pairs) {
    const data::record &a = baseline.records[pair.baseline], &b = candidate.records[pair.candidate];
    if (a.references == b.references) continue;
    return error{.code = error_code::mismatch,
                 .message = "example " + a.id + " has other references than in " + baseline.file +
                            (a.line != 0 ? ":" + std::to_string(a.line) : ""),
                 .fix = baseline.has_ids
                            ? "an id must stand for the same example in every file"
                            : "row k of every file must be the same example; ids would tell (--id FIELD)",
                 .file = candidate.file,
                 .line = b.line};
  }
  return std::monostate{};
}

// Rows of `from` that `to` lacks, without a prediction.
void add_missing(const data::dataset& from, std::span<const std::size_t> rows, data::dataset& to,
                 std::vector<std::string>& notes) {
  if (rows.empty()) return;
  for (const std::size_t i : rows) {
    data::record r = from.records[i];
    r.prediction.reset();
    r.prediction_list.reset();
    r.line = 0;
    to.records.push_back(std::move(r));
  }
  notes.push_back(to.file + ": " + std::to_string(rows.size()) +
                  (rows.size() == 1 ? " row of " : " rows of ") + from.file +
                  " that it lacks count as wrong");
}

}  // namespace

evalpp::status require_ids_alike(const data::dataset& a, const data::dataset& b) {
  if (a.has_ids == b.has_ids) return std::monostate{};
  const data::dataset &with = a.has_ids ? a : b, &without = a.has_ids ? b : a;
  return error{error_code::mismatch, "its rows have no ids, those of " + with.file + " do",
               "name the field with --id, or leave the ids out of both", without.file, 1};
}

evalpp::status join_datasets(std::vector<data::dataset>& systems, join_rule rule,
                             std::vector<std::string>& notes) {
  data::dataset& baseline = systems.front();
  for (std::size_t s = 1; s < systems.size(); ++s)
    if (auto alike = require_ids_alike(baseline, systems[s]); !alike) return alike;
  // The baseline first gets what any candidate has, so that all are asked the same.
  for (std::size_t s = 1; s < systems.size(); ++s) {
    const auto joined = workflow::join_by_id(ids_of(baseline), ids_of(systems[s]));
    if (auto same = check_references(baseline, systems[s], joined); !same) return same;
    if (rule == join_rule::worst) add_missing(systems[s], joined.only_candidate, baseline, notes);
  }
  if (rule != join_rule::worst) return std::monostate{};
  for (std::size_t s = 1; s < systems.size(); ++s) {
    const auto joined = workflow::join_by_id(ids_of(baseline), ids_of(systems[s]));
    add_missing(baseline, joined.only_baseline, systems[s], notes);
  }
  return std::monostate{};
}

evalpp::result<compared_run> compare_systems(std::vector<chosen_metric> metrics,
                                             const std::vector<measured_system>& systems,
                                             const workflow::compare_options& options, std::size_t threads,
                                             bool quiet) {
  std::vector<evalpp::any_scorer> scorers;
  for (const chosen_metric& m : metrics) scorers.push_back(m.metric);
  compared_run run;
  run.metrics = std::move(metrics);
  run.baseline = systems.front().name;
  run.joined_by_position = systems.front().joined_by_position;
  run.options = options;
  std::vector<workflow::candidate_table> candidates;
  for (std::size_t s = 1; s < systems.size(); ++s)
    candidates.push_back({&systems[s].rows, run.baseline + " and " + systems[s].name});
  auto found = workflow::compare_all(with_progress(evalpp::threads(threads), quiet, "comparison: "),
                                     systems.front().rows, candidates, scorers, options);
  if (!found) return std::move(found.error());
  for (std::size_t s = 1; s < systems.size(); ++s)
    run.candidates.push_back({systems[s].name, std::move((*found)[s - 1]), {}});
  return run;
}

void add_sacrebleu(compared_run& run, const std::vector<measured_system>& systems) {
  namespace stats = evalpp::stats;
  const evalpp::table& baseline = systems.front().rows;
  for (std::size_t c = 0; c < run.candidates.size(); ++c) {
    const evalpp::table& candidate = systems[c + 1].rows;
    const auto joined = workflow::join_by_id(baseline.ids(), candidate.ids());
    for (std::size_t m = 0; m < run.metrics.size(); ++m) {
      const evalpp::any_scorer& metric = run.metrics[m].metric;
      const bool alone = metric.scores_without_reference();
      const stats::paired_rows pairs =
          stats::paired_rows_of(baseline, candidate, m, joined.pairs, [&](const stats::row_pair& pair) {
            return is_counted(baseline.states()[pair.baseline], alone) &&
                   is_counted(candidate.states()[pair.candidate], alone);
          });
      run.candidates[c].sacrebleu.push_back(
          {stats::sacrebleu_paired_bootstrap(metric, pairs), stats::sacrebleu_randomization(metric, pairs)});
    }
  }
}

}  // namespace cli
