// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/replicate_sums.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How a bootstrap draws.
struct resampling_options {
  std::uint64_t seed = 12345;
  std::size_t replicates = 0;  ///< rounded up to a multiple of 256; 0 takes `default_replicates`
};

/// 10,240 replicates, which place an end of an interval within 0.03 standard errors of where infinitely many
/// would; above 200,000 units fewer, but 1,024 at least: there the standard error itself is small.
constexpr std::size_t default_replicates(std::size_t units) noexcept {
  constexpr std::size_t usual = 10'240, least = 1024, enough = 200'000;
  if (units <= enough) return usual;
  const std::size_t fewer = usual * enough / units / 256 * 256;
  return fewer < least ? least : fewer;
}

/// What a bootstrap says of one number: all that its intervals are made of.
struct bootstrap_distribution {
  double estimate = 0;             ///< of the data itself
  std::vector<double> replicates;  ///< in ascending order, without those that have no value
  std::size_t invalid = 0;         ///< replicates without a value: nothing was drawn, or it is not finite
  double mid_rank = 0;             ///< the share of replicates below the estimate, see `mid_rank_of`
  double acceleration = 0;         ///< a, from the jackknife; 0 when leaving out one unit changes nothing
  double jackknife_error = 0;      ///< the jackknife's standard error
  std::size_t units = 0;           ///< examples, or clusters, that were drawn from

  /// The mean of the replicates; NaN when there are none.
  double mean() const noexcept {
    detail::strict sum = 0;
    for (const double r : replicates) sum += r;
    return (sum / detail::real(replicates.size())).value();
  }
  /// Their standard deviation (n - 1), the bootstrap's standard error; NaN for fewer than two.
  double standard_error() const noexcept {
    const detail::strict centre = mean();
    detail::strict sum = 0;
    for (const double r : replicates) sum += (r - centre) * (r - centre);
    return sqrt(sum / (detail::real(replicates.size()) - 1)).value();
  }
};

/// How much of a distribution lies below the estimate, counting what equals it (within 1e-12) as half below:
/// Efron's bias correction z0 is the normal quantile of this. Without the halves, or with rounding in their
/// place, discrete metrics are badly covered. `replicates` must be sorted; NaN when there are none.
/// O(log replicates).
inline double mid_rank_of(double estimate, std::span<const double> replicates) noexcept {
  const double tolerance = 1e-12 * (std::max)(1.0, std::abs(estimate));
  const auto below = std::lower_bound(replicates.begin(), replicates.end(), estimate - tolerance);
  const auto above = std::upper_bound(below, replicates.end(), estimate + tolerance);
  const auto less = static_cast<double>(below - replicates.begin());
  const auto equal = static_cast<double>(above - below);
  return evalpp::detail::keep((less + equal / 2) / static_cast<double>(replicates.size()));
}

/// What leaving out one unit at a time says.
struct jackknife {
  double acceleration = 0;    ///< a third of the skewness of the influences, over 2 sqrt(n) (Efron 1987)
  double standard_error = 0;  ///< 0 for one unit, NaN for none
};

/// From the values of the data with unit i left out. O(n).
inline jackknife jackknife_of(std::span<const double> left_out) noexcept {
  using detail::strict;
  const strict n = detail::real(left_out.size());
  // As offsets from one of them, so that values which are all equal differ by nothing.
  const auto offset = [&](double v) { return strict(v) - left_out.front(); };
  strict sum = 0;
  for (const double v : left_out) sum += offset(v);
  const strict mean = sum / n;
  strict squares = 0, cubes = 0;
  for (const double v : left_out) {
    const strict d = mean - offset(v);
    squares += d * d;
    cubes += d * d * d;
  }
  const strict third = squares * sqrt(squares);
  return {third > 0 ? (cubes / (6 * third)).value() : 0.0, sqrt(squares * ((n - 1) / n)).value()};
}

namespace detail {

// Sorts replicates and sets aside those that are not finite.
inline void keep_finite(std::vector<double>& values, std::size_t& invalid) {
  const auto end =
      std::remove_if(values.begin(), values.end(), [](double v) { return !evalpp::detail::is_finite(v); });
  invalid = static_cast<std::size_t>(values.end() - end);
  values.erase(end, values.end());
  std::sort(values.begin(), values.end());
}

}  // namespace detail

/// Resamples the rows of one metric: `value(lanes)` is the metric of summed statistics, a pure function that
/// threads may call at once. The same bits for any executor. O(units * lanes * replicates).
template <executor Executor, class Value>
bootstrap_distribution bootstrap(const Executor& run_on, const resampling_rows& rows, const Value& value,
                                 const resampling_options& options = {}) {
  const std::vector<std::int64_t> total = rows.total();
  bootstrap_distribution out;
  out.estimate = value(std::span<const std::int64_t>(total));
  out.units = rows.size();

  const std::size_t replicates =
      options.replicates != 0 ? options.replicates : default_replicates(rows.size());
  replicate_sums sums(rows.lanes, replicates, options.seed);
  sums.add(run_on, rows.keys, rows.values);
  out.replicates.resize(sums.replicates());
  run_on.for_chunks(sums.replicates(), [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::int64_t> row(rows.lanes);
    for (std::size_t b = begin; b < end; ++b) {
      sums.copy_row(b, row.data());
      constexpr double none = std::numeric_limits<double>::quiet_NaN();
      out.replicates[b] = sums.drawn(b) == 0 ? none : value(std::span<const std::int64_t>(row));
    }
  });
  detail::keep_finite(out.replicates, out.invalid);
  out.mid_rank = mid_rank_of(out.estimate, out.replicates);

  std::vector<double> left_out(rows.size());
  run_on.for_chunks(rows.size(), [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::int64_t> rest(rows.lanes);
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t k = 0; k < rows.lanes; ++k)
        rest[k] =
            evalpp::detail::wrapping_sum(total[k], evalpp::detail::wrapping_product(-1, rows.row(i)[k]));
      left_out[i] = value(std::span<const std::int64_t>(rest));
    }
  });
  const jackknife left = jackknife_of(left_out);
  out.acceleration = left.acceleration;
  out.jackknife_error = left.standard_error;
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
