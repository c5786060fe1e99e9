// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/replicate_sketch.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/replicate_sums.hpp>
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// Intervals from saved replicates. Without rows there is no acceleration: they are corrected for bias and
// have tails as wide as Student's t asks for (BC+), which is within a point of BCa+ for smooth metrics of 50
// examples and more. Units are assumed to be independent. Efron 1987 for the bias, Hesterberg 2015 for the
// tails.
namespace evalpp::inline EVALPP_ABI::stats {

/// The sketch of these columns over the rows that `chosen(i)` accepts. The same bits for any executor and any
/// order of the rows. O(units * lanes * replicates).
///
///     auto sketch = stats::replicate_sketch_of(evalpp::seq, run.rows(), columns, all);
///     evalpp::data::save_sketch(sketch, "baseline.replicates.jsonl");
template <executor Executor, class Chosen>
replicate_sketch replicate_sketch_of(const Executor& run_on, const table& rows,
                                     std::span<const scored_column> columns, Chosen&& chosen,
                                     const resampling_options& options = {}) {
  replicate_sketch out;
  out.seed = options.seed;
  for (const auto& [metric, column] : columns) {
    const bool alone = metric.scores_without_reference();
    const resampling_units units = resampling_units_of(
        rows, [&](std::size_t i) { return is_counted(rows.states()[i], alone) && chosen(i); });
    resampling_rows lanes = resampling_rows_of(rows, column, units);
    // All columns have the replicates of the first one.
    const std::size_t asked = out.replicates != 0       ? out.replicates
                              : options.replicates != 0 ? options.replicates
                                                        : default_replicates(units.size());
    replicate_sums sums(lanes.lanes, asked, options.seed);
    sums.add(run_on, lanes.keys, lanes.values);
    out.replicates = sums.replicates();
    replicate_sketch::column kept{
        rows.columns()[column].info, std::move(lanes.names), units.size(), 0, lanes.total(), {}, {}};
    for (const std::uint64_t key : units.keys) kept.unit_digest += mix64(key);
    kept.sums.resize(out.replicates * lanes.lanes);
    for (std::size_t b = 0; b < out.replicates; ++b) {
      kept.drawn.push_back(sums.drawn(b));
      sums.copy_row(b, kept.sums.data() + b * lanes.lanes);
    }
    out.columns.push_back(std::move(kept));
  }
  return out;
}

/// Adds the sketch of other units of the same run (another rank's, another day's). Refuses sketches of other
/// metrics, seeds or numbers of replicates, and sparse columns that count other names; and then changes
/// nothing. No unit may be in both.
inline status merge(replicate_sketch& into, const replicate_sketch& other) {
  bool fits = into.seed == other.seed && into.replicates == other.replicates &&
              into.columns.size() == other.columns.size();
  for (std::size_t c = 0; fits && c < into.columns.size(); ++c)
    fits = into.columns[c].info == other.columns[c].info && into.columns[c].names == other.columns[c].names;
  if (!fits)
    return error{error_code::mismatch, "sketches of other metrics or other draws cannot be merged",
                 "make both with the same metrics and options"};
  const auto add = [](std::vector<std::int64_t>& sums, const std::vector<std::int64_t>& more) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = evalpp::detail::wrapping_sum(sums[i], more[i]);
  };
  for (std::size_t c = 0; c < into.columns.size(); ++c) {
    replicate_sketch::column& a = into.columns[c];
    const replicate_sketch::column& b = other.columns[c];
    a.units += b.units;
    a.unit_digest += b.unit_digest;
    add(a.total, b.total);
    add(a.drawn, b.drawn);
    add(a.sums, b.sums);
  }
  return std::monostate{};
}

/// The distribution of a metric's value that a sketch holds; no acceleration, no jackknife (0).
inline bootstrap_distribution sketch_distribution(const replicate_sketch& sketch, std::size_t column,
                                                  const any_scorer& metric) {
  const replicate_sketch::column& of = sketch.columns[column];
  bootstrap_distribution out;
  out.estimate = metric.value(of.total, of.names);
  out.units = static_cast<std::size_t>(of.units);
  out.seed = sketch.seed;
  out.effective_units = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t b = 0; b < sketch.replicates; ++b)
    out.replicates.push_back(of.drawn[b] == 0 ? std::numeric_limits<double>::quiet_NaN()
                                              : metric.value(of.replicate(b), of.names));
  return out;
}

namespace detail {

inline score_interval interval_of_sketch(bootstrap_distribution d, double level) {
  keep_finite(d.replicates, d.invalid);
  d.mid_rank = mid_rank_of(d.estimate, d.replicates);
  score_interval out = resampled_interval(d, level);
  out.method = "bc+";
  out.skew_ratio = std::numeric_limits<double>::quiet_NaN();  // of which replicates know nothing
  return out;
}

}  // namespace detail

/// The interval of a value whose rows are gone.
inline score_interval sketch_interval(const replicate_sketch& sketch, std::size_t column,
                                      const any_scorer& metric, double level = 0.95) {
  return detail::interval_of_sketch(sketch_distribution(sketch, column, metric), level);
}

/// A difference of two runs, and its interval.
struct sketch_difference {
  double baseline = 0, candidate = 0;
  double delta = 0;  ///< candidate less baseline
  score_interval ci;
};

/// The paired difference of two runs over the same examples, in the column that is theirs. Refuses runs of
/// another metric or signature, of other draws, and of other examples (by the digest of their ids).
inline result<sketch_difference> paired_sketch_interval(const replicate_sketch& baseline,
                                                        const replicate_sketch& candidate, std::size_t column,
                                                        const any_scorer& metric, double level = 0.95) {
  if (column >= baseline.columns.size() || column >= candidate.columns.size())
    return error{error_code::invalid_argument, "a sketch has no column " + std::to_string(column)};
  const replicate_sketch::column &a = baseline.columns[column], &b = candidate.columns[column];
  if (a.info != b.info || a.info != metric.info())
    return error{error_code::mismatch,
                 "the runs were measured by different metrics: " + a.info.name + ' ' + a.info.signature +
                     " against " + b.info.name + ' ' + b.info.signature,
                 "measure both alike"};
  if (baseline.seed != candidate.seed || baseline.replicates != candidate.replicates)
    return error{error_code::mismatch, "the runs were resampled by other draws",
                 "make both sketches with the same seed and number of replicates"};
  if (a.units != b.units || a.unit_digest != b.unit_digest)
    return error{error_code::mismatch, "the runs are not over the same examples",
                 "a paired difference takes the same ids, " + std::to_string(a.units) + " and " +
                     std::to_string(b.units) + " here"};
  bootstrap_distribution d = sketch_distribution(candidate, column, metric);
  const bootstrap_distribution from = sketch_distribution(baseline, column, metric);
  sketch_difference out{from.estimate, d.estimate, 0, {}};
  d.estimate = evalpp::detail::keep(d.estimate - from.estimate);
  for (std::size_t k = 0; k < d.replicates.size(); ++k)
    d.replicates[k] = evalpp::detail::keep(d.replicates[k] - from.replicates[k]);
  out.delta = d.estimate;
  out.ci = detail::interval_of_sketch(std::move(d), level);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
