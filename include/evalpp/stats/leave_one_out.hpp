// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/resampled_statistics.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

// What one unit means to a metric of sums: the jackknife, without adding the rows anew for every unit.
// Quenouille 1956, Tukey 1958. O(units * lanes), and a value for each unit.
namespace evalpp::inline EVALPP_ABI::stats {

/// The numbers of all units, and those without each unit in turn: without[k][i] is number k without unit i.
struct left_out_values {
  std::vector<double> estimates;
  std::vector<std::vector<double>> without;
};

namespace detail {

// The numbers of all units, and those of the data with each unit counted `times` more than once.
template <executor Executor>
left_out_values values_with_each(const Executor& run_on, std::size_t units,
                                 const resampled_statistics& statistics, std::int64_t times) {
  using evalpp::detail::wrapping_product;
  using evalpp::detail::wrapping_sum;
  const std::size_t lanes = statistics.lanes(), count = statistics.count();
  const std::int64_t* const rows = statistics.rows().data();
  const std::vector<std::int64_t> total = column_sums(statistics.rows(), lanes);
  left_out_values out{std::vector<double>(count), {count, std::vector<double>(units)}};
  statistics.values(total, out.estimates);
  run_on.for_chunks(units, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::int64_t> sum(lanes);
    std::vector<double> found(count);
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t k = 0; k < lanes; ++k)
        sum[k] = wrapping_sum(total[k], wrapping_product(times, rows[i * lanes + k]));
      statistics.values(sum, found);
      for (std::size_t k = 0; k < count; ++k) out.without[k][i] = found[k];
    }
  });
  return out;
}

// The same of one number.
template <executor Executor, class Value>
std::vector<double> values_with_each(const Executor& run_on, const resampling_rows& rows, const Value& value,
                                     std::int64_t times) {
  const auto only = [&](std::span<const std::int64_t> lanes, std::span<double> out) {
    out[0] = value(lanes);
  };
  const resampled_statistics one(rows.values, rows.lanes, 1, only);
  return std::move(values_with_each(run_on, rows.size(), one, times).without.front());
}

}  // namespace detail

/// Leaves out each unit in turn, and looks at several numbers. O(units * lanes), and the values of as many
/// sums.
template <executor Executor>
left_out_values leave_out_each(const Executor& run_on, std::size_t units,
                               const resampled_statistics& statistics) {
  return detail::values_with_each(run_on, units, statistics, -1);
}

/// The value of the data with each unit left out in turn. `value(lanes)` is the metric of summed statistics,
/// a pure function that threads may call at once. Of one unit that is the value of nothing.
template <executor Executor, class Value>
std::vector<double> leave_one_out(const Executor& run_on, const resampling_rows& rows, const Value& value) {
  return detail::values_with_each(run_on, rows, value, -1);
}

/// The influence of each unit, from the values without it: (n - 1) (mean - value without i). They add up to
/// 0; their mean square over n - 1 is the square of the jackknife's standard error. Of a mean they are x -
/// mean. Equal values give 0 exactly. `hall_interval` makes an interval of them, whatever the metric. O(n).
inline std::vector<double> influence_of(std::span<const double> left_out) {
  using detail::strict;
  std::vector<double> out(left_out.begin(), left_out.end());
  if (out.empty()) return out;
  const strict n = detail::real(out.size());
  // As offsets from one of them, as `jackknife_of` has it.
  const strict origin = left_out.front();
  strict sum = 0;
  for (double& v : out) {
    v = (strict(v) - origin).value();
    sum += v;
  }
  const strict mean = sum / n;
  for (double& v : out) v = ((n - 1) * (mean - v)).value();
  return out;
}

/// The effect of each unit on the value: half of what it changes between being left out and being counted
/// twice. The derivative of the metric along the unit's row, with an error that falls as 1 / n^2.
template <executor Executor, class Value>
std::vector<double> unit_effects(const Executor& run_on, const resampling_rows& rows, const Value& value) {
  std::vector<double> twice = detail::values_with_each(run_on, rows, value, 1);
  const std::vector<double> without = leave_one_out(run_on, rows, value);
  for (std::size_t i = 0; i < twice.size(); ++i)
    twice[i] = ((detail::strict(twice[i]) - without[i]) * 0.5).value();
  return twice;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
