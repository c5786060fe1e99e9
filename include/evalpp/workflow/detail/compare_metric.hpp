// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/report/score_intervals.hpp>
#include <evalpp/stats/betting.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/interval_method.hpp>
#include <evalpp/stats/mcnemar.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/stats/paired_table.hpp>
#include <evalpp/stats/randomization_test.hpp>
#include <evalpp/stats/resampled_statistics.hpp>
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/score_interval.hpp>
#include <evalpp/stats/two_proportions.hpp>
#include <evalpp/workflow/compare_options.hpp>
#include <evalpp/workflow/comparison.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::workflow::detail {

// The rows of both systems that count for some metrics, in pairs.
struct counted_pairs {
  const table& baseline;
  const table& candidate;
  stats::paired_units units;
  std::vector<bool> in_baseline, in_candidate;  // by row: whether it is in a pair

  // `alone`: for metrics that score rows without a reference; `known`: another candidate's units.
  counted_pairs(const table& a, const table& b, std::span<const stats::row_pair> all, bool alone,
                const stats::paired_units* known)
      : baseline(a), candidate(b), in_baseline(a.rows()), in_candidate(b.rows()) {
    const auto counts = [&](const stats::row_pair& pair) {
      return is_counted(a.states()[pair.baseline], alone) && is_counted(b.states()[pair.candidate], alone);
    };
    units = stats::paired_units_of(a, all, counts, known);
    for (const stats::row_pair& pair : units.pairs)
      in_baseline[pair.baseline] = in_candidate[pair.candidate] = true;
  }

  // Whether a pair is one trial: rows that stand for several, or belong together, are resampled.
  bool independent() const {
    return baseline.clusters().empty() && baseline.weights().empty() && candidate.weights().empty() &&
           units.size() == units.pairs.size();
  }

  // What is drawn from one system's rows alone: by its own clusters, in its own order.
  stats::resampling_units baseline_units() const { return units_of(baseline, in_baseline); }
  stats::resampling_units candidate_units() const { return units_of(candidate, in_candidate); }

 private:
  stats::resampling_units units_of(const table& rows, const std::vector<bool>& in) const {
    const bool first = &rows == &baseline;
    if (baseline.clusters().empty() && rows.clusters().empty()) {
      // Joined rows have one id: where they lie in order their units are those of the pairs, already found.
      stats::resampling_units out{units.keys, {}, units.unit_of};
      for (const stats::row_pair& pair : units.pairs)
        out.rows.push_back(first ? pair.baseline : pair.candidate);
      const auto not_after = [](std::size_t a, std::size_t b) { return b <= a; };
      if (std::adjacent_find(out.rows.begin(), out.rows.end(), not_after) == out.rows.end()) return out;
    }
    return stats::resampling_units_of(rows, [&](std::size_t i) { return in[i]; });
  }
};

// One metric's rows of a baseline and its candidates, and its numbers: the baseline's value, then each
// candidate's and its difference.
struct paired_metric {
  any_scorer scorer;
  std::size_t column;
  stats::paired_rows rows;

  std::size_t count() const noexcept { return 1 + 2 * rows.candidates; }
  double value(std::span<const std::int64_t> lanes) const { return scorer.value(lanes, rows.units.names); }
  void operator()(std::span<const std::int64_t> lanes, std::span<double> found) const {
    found[0] = value(rows.baseline(lanes));
    for (std::size_t c = 0; c < rows.candidates; ++c) {
      found[1 + 2 * c] = value(rows.candidate(lanes, c));
      found[2 + 2 * c] = evalpp::detail::keep(found[1 + 2 * c] - found[0]);
    }
  }
};

// Wins, losses and flips, pair by pair; and the 2 x 2 table of outcomes that are right or wrong.
inline stats::paired_table count_pairs(const any_scorer& scorer, std::size_t column, const counted_pairs& of,
                                       std::size_t most_flips, metric_comparison& out) {
  stats::paired_table right;
  const bool binary = scorer.is_proportion();
  const double sign = out.higher_is_better() ? 1 : -1;
  for (const stats::row_pair& pair : of.units.pairs) {
    const double a = scorer.score_row(of.baseline, column, pair.baseline);
    const double b = scorer.score_row(of.candidate, column, pair.candidate);
    const double gain = evalpp::detail::keep(sign * evalpp::detail::keep(b - a));
    const double tolerance = 1e-12 * (std::max)(1.0, std::abs(a));
    const bool won = gain > tolerance, lost = gain < -tolerance;
    ++(won ? out.wins : lost ? out.losses : out.ties);
    if (!binary) continue;
    ++(a > 0 ? (b > 0 ? right.both : right.first_only) : (b > 0 ? right.second_only : right.neither));
    std::vector<std::string>& flips = won ? out.newly_right : out.newly_wrong;
    if ((won || lost) && flips.size() < most_flips) flips.push_back(of.baseline.ids()[pair.baseline]);
  }
  out.n = of.units.pairs.size();
  return right;
}

// An interval of a share, in the unit of the metric.
inline interval scaled(interval share, double best) {
  share.lo = evalpp::detail::keep(share.lo * best);
  share.hi = evalpp::detail::keep(share.hi * best);
  return share;
}

// The intervals of the values of one system, as `score` shows them, one for each metric: those of the metrics
// that are resampled from `found`, which has the distributions of all numbers of each, this system's at
// `which`.
template <executor Executor>
std::vector<stats::score_interval> value_intervals(const Executor& run_on, const table& rows,
                                                   std::span<const paired_metric> metrics,
                                                   const stats::resampling_units& units,
                                                   std::span<const stats::bootstrap_distribution> found,
                                                   std::size_t which, double level) {
  std::vector<stats::score_interval> out(metrics.size());
  std::vector<std::size_t> analytic;
  std::vector<stats::scored_column> columns;
  for (std::size_t k = 0; k < metrics.size(); ++k) {
    const any_scorer& scorer = metrics[k].scorer;
    if (resamples(stats::default_method(scorer.kind(), !rows.weights().empty()))) {
      out[k] = stats::resampled_interval(found[k * metrics[k].count() + which], level,
                                         stats::interval_method::bca_expanded, !rows.clusters().empty());
    } else {
      analytic.push_back(k);
      columns.push_back({scorer, metrics[k].column});
    }
  }
  const stats::counted_units counted{&rows, &units};
  auto made =
      std::move(stats::intervals_of(run_on, std::span(&counted, 1), columns, {.level = level}).front());
  for (std::size_t a = 0; a < analytic.size(); ++a) out[analytic[a]] = std::move(made[a]);
  return out;
}

// The interval of the difference of two shares, from the pairs' outcomes.
inline interval share_difference(const stats::paired_table& right, double best, double level) {
  // The candidate comes first: the difference is its share less the baseline's.
  const stats::paired_table turned{right.both, right.second_only, right.first_only, right.neither};
  return scaled(stats::newcombe_paired_interval(turned, level), best);
}

// Where all pairs of bounded scores differ alike, what looks at how they vary sees no error. Bets on the
// differences, from -best to best, still say something, as `score` has it of scores that are all alike: they
// are guaranteed to cover, with a doubt.
inline void bet_on_constant_difference(const any_scorer& scorer, const counted_pairs& of, double best,
                                       metric_comparison& out) {
  if (out.ci.status != interval_status::degenerate || scorer.kind() != value_kind::mean || !of.independent())
    return;
  const double share = evalpp::detail::keep(evalpp::detail::keep(out.delta / best) + 1) / 2;
  const auto difference = [&](double x) {
    return evalpp::detail::keep(evalpp::detail::keep(2 * x - 1) * best);
  };
  const std::vector<double> shares(out.n, (std::clamp)(share, 0.0, 1.0));
  interval bets = stats::betting_interval(shares, out.ci.level);
  if (bets.status != interval_status::ok || !(bets.lo <= bets.hi)) return;
  bets.lo = difference(bets.lo);
  bets.hi = difference(bets.hi);
  bets.status = interval_status::caution;
  out.ci = bets;
  out.ci_method = to_string(stats::interval_method::betting);
}

// The effect size, the verdict and what would settle it, from all that is known.
inline void decide(const compare_options& options, double points, metric_comparison& out) {
  using evalpp::detail::keep;
  if (out.standard_error > 0)
    out.effect_size = keep(out.delta / keep(out.standard_error * std::sqrt(static_cast<double>(out.units))));
  out.margin = keep(options.margin / points);
  std::optional<double> equivalence;
  if (options.equivalence) equivalence = keep(*options.equivalence / points);
  out.outcome = verdict_on(out.gain(), out.margin, equivalence);
  const double gain = out.higher_is_better() ? out.delta : -out.delta;
  out.needed =
      items_needed(out.outcome, gain, out.gain(), out.standard_error, out.units, out.margin, options.level);
}

// The intervals of one metric's values: the candidate's also at the level of its one-sided bounds.
struct intervals_of_values {
  stats::score_interval baseline, candidate, candidate_bounds;
};

// What is known of one candidate by one metric, once it is resampled: `found` are its value and difference.
template <executor Executor>
metric_comparison compare_metric(const Executor& run_on, const paired_metric& metric, const counted_pairs& of,
                                 std::size_t candidate, std::span<const stats::bootstrap_distribution> found,
                                 intervals_of_values values, const compare_options& options) {
  const any_scorer& scorer = metric.scorer;
  const stats::bootstrap_distribution& difference = found[1];
  metric_comparison out;
  out.baseline = scorer.score(of.baseline, metric.column, of.in_baseline);
  out.candidate = scorer.score(of.candidate, metric.column, of.in_candidate);
  const bool percent = out.baseline.unit == scale::percent;
  const stats::paired_table right = count_pairs(scorer, metric.column, of, options.most_flips, out);
  const bool none = out.n == 0;
  const bool binary = scorer.is_proportion() && of.independent() && !none;
  out.units = metric.rows.size();
  if (!none) out.delta = difference.estimate;
  out.standard_error = difference.jackknife_error;

  const auto value = [&](std::span<const std::int64_t> lanes) { return metric.value(lanes); };
  out.randomization = stats::randomization_test(run_on, metric.rows, value, options.resampling, candidate);
  out.identical = !none && out.randomization.differing == 0;
  if (!none) out.p_bootstrap = stats::bootstrap_p(difference);
  if (binary) out.p_mcnemar = stats::mcnemar(right).p;

  report::add_interval(out.baseline, std::move(values.baseline));
  report::add_interval(out.candidate, std::move(values.candidate));
  out.candidate_bounds = values.candidate_bounds.ends;
  out.ci_method = binary ? "newcombe-paired" : "bca+";
  const double best = percent ? 100 : 1;
  if (out.identical) {  // no margin of error, whatever a method for other systems would say
    out.ci = no_interval(options.level, interval_status::degenerate);
  } else if (binary) {
    out.ci = share_difference(right, best, options.level);
  } else {
    out.ci = stats::resampled_interval(difference, options.level, stats::interval_method::bca_expanded,
                                       !of.baseline.clusters().empty())
                 .ends;
    bet_on_constant_difference(scorer, of, best, out);
  }
  decide(options, percent ? 1 : 100, out);
  return out;
}

// A candidate, and its pairs with the baseline's rows.
struct candidate_pairs {
  const table* rows = nullptr;
  std::span<const stats::row_pair> pairs;
};

// Compares candidates whose pairs are drawn alike: every metric's rows, of the baseline and of all of them,
// are added up once.
template <executor Executor>
void compare_alike(const Executor& run_on, std::span<const counted_pairs* const> of,
                   std::span<const any_scorer> scorers, std::span<const std::size_t> columns,
                   const compare_options& options, std::span<std::vector<metric_comparison>* const> out) {
  const table& baseline = of.front()->baseline;
  std::vector<stats::paired_candidate> candidates;
  for (const counted_pairs* one : of) candidates.push_back({&one->candidate, &one->units});
  std::vector<paired_metric> metrics;
  std::vector<stats::resampled_statistics> drawn;
  metrics.reserve(columns.size());  // they are pointed to
  for (const std::size_t c : columns) {
    metrics.push_back({scorers[c], c, stats::paired_rows_of(baseline, candidates, c)});
    const paired_metric& made = metrics.back();
    drawn.emplace_back(made.rows.units.values, made.rows.units.lanes, made.count(), made);
  }
  const auto found = stats::bootstrap_all(run_on, of.front()->units.keys, drawn, options.resampling);

  const auto of_baseline =
      value_intervals(run_on, baseline, metrics, of.front()->baseline_units(), found, 0, options.level);
  // Two one-sided bounds at a level are the interval at the level that leaves as much on each side.
  const double two_sided = evalpp::detail::keep(1 - evalpp::detail::keep(2 * (1 - options.level)));
  for (std::size_t c = 0; c < of.size(); ++c) {
    const std::size_t which = 1 + 2 * c;
    const table& rows = of[c]->candidate;
    const stats::resampling_units units = of[c]->candidate_units();
    const auto own = value_intervals(run_on, rows, metrics, units, found, which, options.level);
    const auto bounds = value_intervals(run_on, rows, metrics, units, found, which, two_sided);
    for (std::size_t k = 0; k < metrics.size(); ++k)
      (*out[c])[metrics[k].column] = compare_metric(
          run_on, metrics[k], *of[c], c, std::span(found).subspan(k * metrics[k].count() + which, 2),
          {of_baseline[k], own[k], bounds[k]}, options);
  }
}

// Compares all candidates by all metrics. All systems and their differences, by every metric that counts the
// same pairs, come from the same draws; each candidate and metric has the bits that it has alone.
template <executor Executor>
std::vector<std::vector<metric_comparison>> compare_metrics(const Executor& run_on, const table& baseline,
                                                            std::span<const candidate_pairs> candidates,
                                                            std::span<const any_scorer> scorers,
                                                            const compare_options& options) {
  std::vector<std::vector<metric_comparison>> out(candidates.size(),
                                                  std::vector<metric_comparison>(scorers.size()));
  // Where some rows have no reference, metrics that need one count fewer pairs.
  bool alike = baseline.count(row_state::no_reference) == 0;
  for (const candidate_pairs& one : candidates)
    alike = alike && one.rows->count(row_state::no_reference) == 0;
  for (const bool alone : {false, true}) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < scorers.size(); ++c)
      if ((!alike && scorers[c].scores_without_reference()) == alone) columns.push_back(c);
    if (columns.empty()) continue;
    std::vector<counted_pairs> counted;
    counted.reserve(candidates.size());  // they are pointed to
    for (const candidate_pairs& one : candidates)
      counted.emplace_back(baseline, *one.rows, one.pairs, alone,
                           counted.empty() ? nullptr : &counted.front().units);
    std::vector<bool> done(candidates.size());
    for (std::size_t first = 0; first < candidates.size(); ++first) {
      std::vector<const counted_pairs*> of;
      std::vector<std::vector<metric_comparison>*> into;
      for (std::size_t c = first; c < candidates.size(); ++c) {
        if (done[c] || !counted[c].units.drawn_like(counted[first].units)) continue;
        done[c] = true;
        of.push_back(&counted[c]);
        into.push_back(&out[c]);
      }
      if (!of.empty()) compare_alike(run_on, of, scorers, columns, options, into);
    }
    for (std::size_t c = 0; c < candidates.size(); ++c)
      for (const std::size_t column : columns)
        out[c][column].n_missing = candidates[c].pairs.size() - counted[c].units.pairs.size();
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::workflow::detail
