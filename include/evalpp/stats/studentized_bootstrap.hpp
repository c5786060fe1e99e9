// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/leave_one_out.hpp>
#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/quantile.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// What a studentized bootstrap says of one number.
struct studentized_distribution {
  double estimate = 0;
  double standard_error = 0;  ///< the jackknife's, of the data
  std::vector<double> t;      ///< (replicate - estimate) / its standard error, in ascending order
  std::size_t dropped = 0;    ///< replicates that have no value or no error: theirs do not vary
  std::size_t units = 0;
};

/// Resamples the rows of one metric and divides what each replicate is off by its own standard error: the
/// jackknife of the replicate, in which a unit that was drawn twice is left out once. `value` as for
/// `bootstrap`; draws of `multinomial_bootstrap`. 1,024 replicates unless told otherwise, because each costs
/// a value for every unit: O(units * replicates) values. The same bits for any executor.
template <executor Executor, class Value>
studentized_distribution studentized_bootstrap(const Executor& run_on, const resampling_rows& rows,
                                               const Value& value, const resampling_options& options = {}) {
  using detail::strict;
  using evalpp::detail::wrapping_product;
  using evalpp::detail::wrapping_sum;
  studentized_distribution out;
  const std::vector<std::int64_t> total = rows.total();
  const std::size_t n = rows.size();
  out.estimate = value(std::span<const std::int64_t>(total));
  out.standard_error = jackknife_of(leave_one_out(run_on, rows, value)).standard_error;
  out.units = n;
  const std::size_t replicates = options.replicates != 0 ? (options.replicates + 255) / 256 * 256 : 1024;
  out.t.assign(replicates, detail::no_value);

  run_on.for_chunks(replicates, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::int64_t> sum(rows.lanes), rest(rows.lanes);
    std::vector<std::uint32_t> times(n);
    std::vector<double> left_out;
    for (std::size_t b = begin; b < end && n != 0; ++b) {
      multinomial_draws draws(options.seed, b);
      std::fill(times.begin(), times.end(), 0u);
      for (std::size_t i = 0; i < n; ++i) ++times[draws.below(static_cast<std::uint32_t>(n))];
      std::fill(sum.begin(), sum.end(), 0);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t k = 0; times[i] != 0 && k < rows.lanes; ++k)
          sum[k] = wrapping_sum(sum[k], wrapping_product(times[i], rows.row(i)[k]));
      left_out.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (times[i] == 0) continue;
        for (std::size_t k = 0; k < rows.lanes; ++k)
          rest[k] = wrapping_sum(sum[k], wrapping_product(-1, rows.row(i)[k]));
        left_out.insert(left_out.end(), times[i], value(std::span<const std::int64_t>(rest)));
      }
      const strict error = jackknife_of(left_out).standard_error;
      const strict off = value(std::span<const std::int64_t>(sum)) - strict(out.estimate);
      if (detail::is_finite(error.value()) && error > 0) out.t[b] = (off / error).value();
    }
  });
  detail::keep_finite(out.t, out.dropped);
  return out;
}

/// The studentized interval, or bootstrap t: estimate - error * quantile of t, at both tails. As good as the
/// expanded BCa on smooth metrics (.951 and .948 on normal and exponential data at n = 20), wild on rare
/// events (0/1 with 90 % right, n = 20: .598; widths beyond all reason): never a default.
///
/// Status: `undefined` without units, and for a level outside 0..1; `too_few` for one unit, where more than
/// 5 % of the replicates were dropped, and where a tail holds fewer than 5; `degenerate` when the data do not
/// vary; `caution` below 10 units. Assumes independent units. Efron and Tibshirani 1993, section 12.5.
inline interval studentized_interval(const studentized_distribution& d, double level = 0.95) {
  using detail::strict;
  if (!detail::is_level(level) || d.units == 0 || !detail::is_finite(d.estimate))
    return no_interval(level, interval_status::undefined);
  if (d.units < 2) return no_interval(level, interval_status::too_few);
  if (detail::is_zero(d.standard_error))
    return {.lo = d.estimate, .hi = d.estimate, .level = level, .status = interval_status::degenerate};
  const strict tail = (1 - strict(level)) / 2;
  const std::size_t all = d.t.size() + d.dropped;
  if (!detail::is_finite(d.standard_error)) return no_interval(level, interval_status::undefined);
  if (20 * d.dropped > all || detail::real(d.t.size()) * tail < 5)
    return no_interval(level, interval_status::too_few);
  const auto end = [&](strict p) {
    const strict t = quantile(d.t, p.value(), quantile_rule::weibull);
    return (d.estimate - t * d.standard_error).value();
  };
  return {.lo = end(1 - tail),
          .hi = end(tail),
          .level = level,
          .status = d.units < 10 ? interval_status::caution : interval_status::ok};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
