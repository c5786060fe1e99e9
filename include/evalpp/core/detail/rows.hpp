// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/references.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/table.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

// From examples to rows of the table, and from rows to scores: the loops that `evaluate` and
// `metric_set` share.

namespace evalpp::inline EVALPP_ABI::detail {

template <metric M>
column_info column_of(const M& m) {
  column_info info{
      m.name(), m.signature(), M::unit, M::higher_is_better, !dense_statistics<typename M::statistics>, 0};
  if constexpr (dense_statistics<typename M::statistics>) info.lanes = lane_count<typename M::statistics>;
  return info;
}

template <class S>
void store(table& rows, std::size_t column, std::size_t i, const S& statistics) {
  if constexpr (dense_statistics<S>) {
    const auto values = lanes(statistics);
    std::copy(values.begin(), values.end(), rows.row(column, i).begin());
  } else {
    rows.named(column, i) = statistics;
  }
}

/// The statistics of one row.
template <metric M>
typename M::statistics row_of(const table& rows, std::size_t column, std::size_t i) {
  if constexpr (dense_statistics<typename M::statistics>)
    return from_lanes<typename M::statistics>(rows.row(column, i));
  else
    return rows.named(column, i);
}

/// The statistics of a column summed over the rows that `chosen` accepts.
template <metric M, class Chosen>
typename M::statistics total_of(const M&, const table& rows, std::size_t column, Chosen&& chosen) {
  if constexpr (dense_statistics<typename M::statistics>)
    return from_lanes<typename M::statistics>(rows.sum(column, chosen));
  else
    return rows.sum_named(column, chosen);
}

/// The score over the rows that `chosen` accepts, with the counts of those rows.
template <metric M, class Chosen>
reported_score reported_over(const M& m, const table& rows, std::size_t column, Chosen&& chosen) {
  reported_score out = reported(m, total_of(m, rows, column, chosen));
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    if (!chosen(i)) continue;
    const row_state state = rows.states()[i];
    const bool unanswerable = has(state, row_state::no_reference) && !scores_without_reference<M>;
    out.n_missing += has(state, row_state::missing) || unanswerable;
    if (!is_counted(state, scores_without_reference<M>)) continue;
    ++out.n;
    out.n_empty += has(state, row_state::empty_hypothesis);
  }
  return out;
}

template <class H>
bool is_empty(const H& hypothesis) {
  if constexpr (text_like<H>)
    return std::string_view(hypothesis).empty();
  else
    return std::ranges::size(hypothesis) == 0;
}

/// The one loop over examples: measures every hypothesis against its references and writes the rows, one
/// for each. Counts that differ are an error, thrown or fatal.
/// `Measurer` reads and measures one example at a time; there is one per worker.
template <executor Executor, std::ranges::random_access_range Hypotheses,
          std::ranges::random_access_range References, class Measurer>
void fill_rows(const Executor& run_on, const Hypotheses& hypotheses, const References& references,
               table& rows, std::vector<Measurer>& measurers) {
  using hypothesis = std::ranges::range_value_t<const Hypotheses>;
  using example_references = std::ranges::range_value_t<const References>;
  const auto n = static_cast<std::size_t>(std::ranges::size(hypotheses));
  const auto n_references = static_cast<std::size_t>(std::ranges::size(references));
  if (n != n_references)
    raise_error(
        {error_code::mismatch,
         std::to_string(n) + " hypotheses but references for " + std::to_string(n_references) + " examples",
         "pass the references example by example, one element for each hypothesis"});
  rows.resize(n);
  std::vector<reference_list<example_references, kind_of<hypothesis>>> lists(measurers.size());
  run_on.for_chunks(n, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto at = static_cast<std::ranges::range_difference_t<const Hypotheses>>(i);
      const auto ref_at = static_cast<std::ranges::range_difference_t<const References>>(i);
      // Held by name: a range may make its elements as it is asked for them.
      const hypothesis& hyp = std::ranges::begin(hypotheses)[at];
      const example_references& refs = std::ranges::begin(references)[ref_at];
      const auto items = lists[worker].assign(refs);
      measurers[worker].measure(hyp, items, rows, i);
      rows.states()[i] = (is_empty(hyp) ? row_state::empty_hypothesis : row_state::scored) |
                         (items.empty() ? row_state::no_reference : row_state::scored);
    }
  });
}

}  // namespace evalpp::inline EVALPP_ABI::detail
