// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::stats {

/// How the interval of a score is made.
struct score_interval_options {
  double level = 0.95;
  std::optional<bootstrap_method> method = {};  ///< by default what suits the metric
  resampling_options resampling = {};
};

/// An interval and how it was made.
struct score_interval {
  interval ends;            ///< in the unit of the metric
  std::string_view method;  ///< `wilson`, `bca+`, ...
};

/// The interval of a metric's score over the rows of its column that `chosen(i)` accepts.
///
/// By default a proportion of independent examples has Wilson's interval, which resampling cannot match
/// where nearly all are right, and everything else the expanded BCa interval of the keyed Poisson
/// bootstrap. Rows of one cluster are drawn together. Of fewer than 10 units nothing is resampled
/// (`too_few`), of fewer than 30 it is with `caution`. The same bits for any executor.
template <executor Executor, class Chosen>
score_interval interval_of(const Executor& run_on, const any_metric& metric, const table& rows,
                           std::size_t column, Chosen&& chosen, const score_interval_options& options = {}) {
  const auto measured = [&](std::size_t i) {
    return is_counted(rows.states()[i], metric.scores_without_reference()) && chosen(i);
  };
  const resampling_rows units = resampling_rows_of(rows, column, measured);
  const auto value = [&](std::span<const std::int64_t> lanes) { return metric.value(lanes, units.names); };
  if (!options.method && metric.is_proportion() && rows.clusters().empty() && rows.weights().empty()) {
    std::int64_t right = 0, n = 0;
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      if (!measured(i)) continue;
      ++n;
      right += metric.score_row(rows, column, i) > 0;
    }
    interval share = wilson_interval(right, n, options.level);
    const double best = metric.info().unit == scale::percent ? 100 : 1;
    share.lo = evalpp::detail::keep(share.lo * best);
    share.hi = evalpp::detail::keep(share.hi * best);
    return {share, "wilson"};
  }
  const bootstrap_method method = options.method.value_or(bootstrap_method::bca_expanded);
  if (units.size() < 10) {
    const auto why = units.size() == 0 ? interval_status::undefined : interval_status::too_few;
    return {no_interval(options.level, why), to_string(method)};
  }
  interval ends =
      bootstrap_interval(bootstrap(run_on, units, value, options.resampling), options.level, method);
  if (units.size() < 30) ends.status = worse(ends.status, interval_status::caution);
  return {ends, to_string(method)};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
