// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/detail/score_interval.hpp>
#include <evalpp/stats/interval_method.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// The interval of every score over the rows of a table. By default
//
//   a proportion                    Wilson's, which resampling cannot match where nearly all are right;
//   the same over clusters          Wilson's with n / design effect and Student's t;
//   a mean, or a ratio of sums      saddlepoint BCa+, which needs no resampling (a ratio with fewer than 10
//                                   units in its denominator is resampled);
//   all else (BLEU, chrF)           BCa with expanded tails of the keyed Poisson bootstrap.
//
// Of fewer than 10 units (items, or clusters) nothing but the intervals of proportions and the betting
// interval is given, from 10 to 29 only with `caution`, but for the two that guarantee their coverage.
// Caution is also advised, and `notes` say why, when |skewness| / sqrt(n) exceeds 0.3, when fewer than 5
// effective units carry the variance, for fewer than 5 right or wrong answers, and for fewer than 10 clusters
// (of fewer than 5 there is no interval). A method that sees no variation has no interval either: it would be
// of width 0. By default a mean whose items all score alike then gets the hedged betting interval, which is
// guaranteed to cover, with caution; ratios, corpus metrics, clusters and weighted rows, whose bounds or
// independence it cannot assume, get none. Sources and formulas are those of the headers that make them
// (proportion.hpp, saddlepoint.hpp, bootstrap_interval.hpp, betting.hpp); all assume that units are
// independent.
namespace evalpp::inline EVALPP_ABI::stats {

/// How the intervals of scores are made.
struct score_interval_options {
  double level = 0.95;
  std::optional<interval_method> method = {};  ///< by default what suits the metric
  resampling_options resampling = {};
};

/// A metric and the column of the table that holds its rows.
struct scored_column {
  any_scorer metric;
  std::size_t column = 0;
};

/// The rows of a system that count, in the units that are drawn.
struct counted_units {
  const table* rows = nullptr;
  const resampling_units* units = nullptr;
};

namespace detail {

// The intervals of one system's metrics, those aside that wait for draws.
class awaited_intervals {
 public:
  template <executor Executor>
  awaited_intervals(const Executor& run_on, const counted_units& of, std::span<const scored_column> columns,
                    const score_interval_options& options)
      : keys_(of.units->keys), made_(columns.size()), resampled_(*of.rows, *of.units, columns.size()) {
    const table& rows = *of.rows;
    const resampling_units& units = *of.units;
    const bool weighted = !rows.weights().empty(), clustered = !units.one_row_each();
    for (std::size_t m = 0; m < columns.size(); ++m) {
      const auto& [metric, column] = columns[m];
      const interval_method method = options.method.value_or(default_method(metric.kind(), weighted));
      score_interval& out = made_[m];
      out = start_interval(method, options.level, units.size(), clustered);
      if (out.ends.status != interval_status::ok) continue;
      if (const auto why = why_unsuitable(method, metric.kind(), clustered, weighted); !why.empty()) {
        refuse(out, interval_status::undefined, why);
        continue;
      }
      if (resamples(method)) {
        draw(m, metric, column);
      } else if (method == interval_method::hall && metric.kind() == value_kind::general) {
        resampled_columns one(rows, units, 1);
        one.add(metric, column);
        finish_hall(leave_out_each(run_on, units.size(), one.all().front()), out);
      } else {
        const unit_terms terms = unit_terms_of(rows, metric, column, units);
        if (!options.method && metric.kind() == value_kind::ratio && rests_on_few(terms.v)) {
          out.method = to_string(interval_method::bca_expanded);
          draw(m, metric, column);
        } else {
          finish_from_terms(terms, units.keys, metric, method, out);
          if (!options.method) bet_on_constant(terms, units.keys, metric, weighted, out);
        }
      }
    }
  }

  std::span<const std::uint64_t> keys() const noexcept { return keys_; }
  /// What is to be drawn; a distribution of each is what `finish` takes.
  std::span<const resampled_statistics> statistics() const noexcept { return resampled_.all(); }
  std::vector<score_interval> finish(std::span<const bootstrap_distribution> found) {
    for (std::size_t k = 0; k < drawn_.size(); ++k) finish_resampled(found[k], made_[drawn_[k]]);
    return std::move(made_);
  }

 private:
  void draw(std::size_t m, const any_scorer& metric, std::size_t column) {
    resampled_.add(metric, column);
    drawn_.push_back(m);
  }

  std::span<const std::uint64_t> keys_;
  std::vector<score_interval> made_;
  std::vector<std::size_t> drawn_;  // which of them
  resampled_columns resampled_;
};

template <class Range>
bool equal_ranges(const Range& a, const Range& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

// Whether two systems' rows are the same examples and count alike.
inline bool same_examples(const table& a, const table& b) {
  return equal_ranges(a.ids(), b.ids()) && equal_ranges(a.clusters(), b.clusters()) &&
         equal_ranges(a.states(), b.states());
}

}  // namespace detail

/// The intervals of several metrics of several systems over these units of their rows, by system. Systems
/// with equal keys in the same order share the draws. See the next function.
template <executor Executor>
std::vector<std::vector<score_interval>> intervals_of(const Executor& run_on,
                                                      std::span<const counted_units> systems,
                                                      std::span<const scored_column> columns,
                                                      const score_interval_options& options = {}) {
  std::vector<detail::awaited_intervals> awaited;
  for (const counted_units& system : systems) awaited.emplace_back(run_on, system, columns, options);
  std::vector<std::vector<score_interval>> out(systems.size());
  std::vector<bool> done(systems.size());
  for (std::size_t first = 0; first < systems.size(); ++first) {
    std::vector<resampled_statistics> drawn;
    std::vector<std::size_t> of;
    for (std::size_t s = first; s < systems.size(); ++s) {
      if (done[s] || !detail::equal_ranges(awaited[s].keys(), awaited[first].keys())) continue;
      const auto own = awaited[s].statistics();
      drawn.insert(drawn.end(), own.begin(), own.end());
      of.push_back(s);
      done[s] = true;
    }
    std::vector<bootstrap_distribution> found;
    if (!drawn.empty()) found = bootstrap_all(run_on, awaited[first].keys(), drawn, options.resampling);
    std::size_t next = 0;
    for (const std::size_t s : of) {
      const std::size_t count = awaited[s].statistics().size();
      out[s] = awaited[s].finish(std::span(found).subspan(next, count));
      next += count;
    }
  }
  return out;
}

/// The intervals of several metrics of several systems, by system, over the rows that `chosen(i)` accepts, in
/// their order. What is resampled shares units and draws: metrics that count the same rows, and systems that
/// were asked the same; each gets the same bits as alone, for any executor. A method that does not suit a
/// metric gives an undefined interval, see `why_unsuitable`.
template <executor Executor, class Chosen>
requires std::predicate<Chosen&, std::size_t> std::vector<std::vector<score_interval>> intervals_of(
    const Executor& run_on, std::span<const table* const> systems, std::span<const scored_column> columns,
    Chosen&& chosen, const score_interval_options& options = {}) {
  std::vector<std::vector<score_interval>> out(systems.size(), std::vector<score_interval>(columns.size()));
  // Where some rows have no reference, metrics that need one count fewer rows.
  bool alike = true;
  for (const table* rows : systems) alike = alike && rows->count(row_state::no_reference) == 0;
  for (const bool without_reference : {false, true}) {
    std::vector<std::size_t> group;
    std::vector<scored_column> own;
    for (std::size_t m = 0; m < columns.size(); ++m) {
      if ((!alike && columns[m].metric.scores_without_reference()) != without_reference) continue;
      group.push_back(m);
      own.push_back(columns[m]);
    }
    if (group.empty()) continue;
    std::vector<resampling_units> units;
    units.reserve(systems.size());  // they are pointed to
    std::vector<counted_units> counted;
    for (const table* rows : systems) {
      if (counted.empty() || !detail::same_examples(*systems.front(), *rows)) {
        const auto counts = [&](std::size_t i) {
          return is_counted(rows->states()[i], without_reference) && chosen(i);
        };
        counted.push_back({rows, &units.emplace_back(resampling_units_of(*rows, counts))});
      } else {
        counted.push_back({rows, counted.front().units});
      }
    }
    auto made = intervals_of(run_on, counted, own, options);
    for (std::size_t s = 0; s < systems.size(); ++s)
      for (std::size_t k = 0; k < group.size(); ++k) out[s][group[k]] = std::move(made[s][k]);
  }
  return out;
}

/// The same of one system.
template <executor Executor, class Chosen>
requires std::predicate<Chosen&, std::size_t> std::vector<score_interval> intervals_of(
    const Executor& run_on, const table& rows, std::span<const scored_column> columns, Chosen&& chosen,
    const score_interval_options& options = {}) {
  const table* const one = &rows;
  return std::move(
      intervals_of(run_on, std::span(&one, 1), columns, std::forward<Chosen>(chosen), options).front());
}

/// The interval of one metric.
template <executor Executor, class Chosen>
score_interval interval_of(const Executor& run_on, const any_scorer& metric, const table& rows,
                           std::size_t column, Chosen&& chosen, const score_interval_options& options = {}) {
  const scored_column one{metric, column};
  return std::move(
      intervals_of(run_on, rows, std::span(&one, 1), std::forward<Chosen>(chosen), options).front());
}

/// The interval of a number that was resampled elsewhere (a difference of systems), by the same rules.
/// `method` is one that resamples; `clustered` when units are clusters.
inline score_interval resampled_interval(const bootstrap_distribution& found, double level = 0.95,
                                         interval_method method = interval_method::bca_expanded,
                                         bool clustered = false) {
  score_interval out = detail::start_interval(method, level, found.units, clustered);
  if (out.ends.status == interval_status::ok) detail::finish_resampled(found, out);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
