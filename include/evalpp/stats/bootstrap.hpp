// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/leave_one_out.hpp>
#include <evalpp/stats/replicate_sums.hpp>
#include <evalpp/stats/resampled_statistics.hpp>
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

/// How many replicates these options ask for, of so many units.
constexpr std::size_t replicate_count(const resampling_options& options, std::size_t units) noexcept {
  const std::size_t wanted = options.replicates != 0 ? options.replicates : default_replicates(units);
  return (wanted + 255) / 256 * 256;
}

namespace detail {
// Where a replicate, or what is said of replicates, has no value.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
}  // namespace detail

/// What a bootstrap says of one number: all that its intervals are made of.
struct bootstrap_distribution {
  double estimate = 0;             ///< of the data itself
  std::vector<double> replicates;  ///< in ascending order, without those that have no value
  std::size_t invalid = 0;         ///< replicates without a value: nothing was drawn, or it is not finite
  double mid_rank = 0;             ///< the share of replicates below the estimate, see `mid_rank_of`
  double acceleration = 0;         ///< a, from the jackknife; 0 when leaving out one unit changes nothing
  double jackknife_error = 0;      ///< the jackknife's standard error
  double effective_units = detail::no_value;  ///< how many units carry the variance; NaN when unknown
  std::size_t units = 0;                      ///< examples, or clusters, that were drawn from
  std::size_t strata = 1;                     ///< groups of them that were drawn from one by one
  bool blind = false;      ///< a stratum has a single unit, so that its variance cannot be seen
  std::uint64_t seed = 0;  ///< of the draws

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
  /// (sum of d^2)^2 / sum of d^4 over the influences d: how many units carry the variance, about a third of
  /// them when these are normal; NaN when nothing varies.
  double effective_units = detail::no_value;
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
  strict squares = 0, cubes = 0, fourths = 0;
  for (const double v : left_out) {
    const strict d = mean - offset(v);
    squares += d * d;
    cubes += d * d * d;
    fourths += d * d * (d * d);
  }
  const strict third = squares * sqrt(squares);
  return {third > 0 ? (cubes / (6 * third)).value() : 0.0, sqrt(squares * ((n - 1) / n)).value(),
          fourths > 0 ? (squares * squares / fourths).value() : detail::no_value};
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

// What follows from the replicates, in any order, and the jackknife.
inline void finish(bootstrap_distribution& d, const jackknife& left) {
  keep_finite(d.replicates, d.invalid);
  d.mid_rank = mid_rank_of(d.estimate, d.replicates);
  d.acceleration = left.acceleration;
  d.jackknife_error = left.standard_error;
  d.effective_units = left.effective_units;
}

}  // namespace detail

/// Resamples statistics of several kinds, of one system or of several, over the same units: their weights are
/// drawn once, and replicate b of all numbers is one draw, so that the replicates of a difference are those
/// of its two terms. The distributions of the first one's numbers, then the second one's; each has the same
/// bits as alone, for any executor. O(units * lanes * replicates); of memory 2 kB for each lane and worker
/// and 8 bytes for each replicate, and unit, of a number.
template <executor Executor>
std::vector<bootstrap_distribution> bootstrap_all(const Executor& run_on, std::span<const std::uint64_t> keys,
                                                  std::span<const resampled_statistics> all,
                                                  const resampling_options& options = {}) {
  constexpr std::size_t block_size = poisson_weights::block_size;
  static_assert(chunk_size == block_size, "one chunk of work is one block of replicates");
  std::vector<detail::lane_block> blocks;
  std::size_t lanes = 0, widest = 0, count = 0;
  for (const resampled_statistics& one : all) {
    blocks.emplace_back(one.rows(), one.lanes());
    lanes += one.lanes();
    widest = (std::max)(widest, one.lanes());
    count += one.count();
  }
  const std::size_t replicates = replicate_count(options, keys.size());
  std::vector<bootstrap_distribution> out(count);
  for (bootstrap_distribution& d : out) {
    d.units = keys.size();
    d.seed = options.seed;
    d.replicates.resize(replicates);
  }

  const poisson_weights weights(options.seed);
  run_on.for_chunks(replicates, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<std::uint64_t> sums((lanes + 1) * block_size);
    std::vector<std::int64_t> row(widest);
    std::vector<double> found(count);
    for (; begin < end; begin += block_size) {
      std::fill(sums.begin(), sums.end(), 0);
      detail::add_rows(weights, begin / block_size, keys.size(), keys.data(), blocks, sums.data());
      for (std::size_t b = 0; b < block_size; ++b) {
        const std::uint64_t* lane = sums.data() + b;
        double* number = found.data();
        for (const resampled_statistics& one : all) {
          for (std::size_t k = 0; k < one.lanes(); ++k, lane += block_size)
            row[k] = static_cast<std::int64_t>(*lane);
          one.values(std::span(row.data(), one.lanes()), std::span(number, one.count()));
          number += one.count();
        }
        const bool drawn = *lane != 0;
        for (std::size_t k = 0; k < count; ++k)
          out[k].replicates[begin + b] = drawn ? found[k] : detail::no_value;
      }
    }
  });

  auto next = out.begin();
  for (const resampled_statistics& one : all) {
    const left_out_values left_out = leave_out_each(run_on, keys.size(), one);
    for (std::size_t k = 0; k < one.count(); ++k, ++next) {
      next->estimate = left_out.estimates[k];
      detail::finish(*next, jackknife_of(left_out.without[k]));
    }
  }
  return out;
}

/// Resamples rows and looks at `count` numbers of every replicate, which `values(lanes, out)` writes. See
/// `bootstrap_all`.
template <executor Executor, class Values>
std::vector<bootstrap_distribution> bootstrap_each(const Executor& run_on, const resampling_rows& rows,
                                                   std::size_t count, const Values& values,
                                                   const resampling_options& options = {}) {
  const resampled_statistics one(rows.values, rows.lanes, count, values);
  return bootstrap_all(run_on, rows.keys, std::span(&one, 1), options);
}

/// Resamples the rows of one metric: `value(lanes)` is the metric of summed statistics. See `bootstrap_each`.
template <executor Executor, class Value>
bootstrap_distribution bootstrap(const Executor& run_on, const resampling_rows& rows, const Value& value,
                                 const resampling_options& options = {}) {
  const auto only = [&](std::span<const std::int64_t> lanes, std::span<double> out) {
    out[0] = value(lanes);
  };
  return std::move(bootstrap_each(run_on, rows, 1, only, options).front());
}

/// The two-sided p of the hypothesis that a number is 0, from its bootstrap distribution: the share of
/// replicates that lie as far from the estimate as the estimate lies from 0, so the distribution is centred
/// first. One is added to both counts, so that p is never 0; 1 without replicates or when the estimate is 0,
/// NaN when it is no number. O(log replicates).
///
/// Assumes that the error does not depend on the size of the effect. Simulated size at 5 %: 3.6 to 5.5 % from
/// 100 examples on, 7 % at 20. The uncentred shares that sacreBLEU and HELM print are tails of one side: as
/// two-sided tests at 5 % they reject 10 to 13 % of the time.
inline double bootstrap_p(const bootstrap_distribution& d) noexcept {
  if (!evalpp::detail::is_finite(d.estimate)) return std::numeric_limits<double>::quiet_NaN();
  const double reach = std::abs(d.estimate);
  const double tolerance = 1e-12 * (std::max)(1.0, reach);
  const auto begin = d.replicates.begin(), end = d.replicates.end();
  if (reach <= tolerance) return 1;
  const auto low = std::upper_bound(begin, end, evalpp::detail::keep(d.estimate - reach) + tolerance);
  const auto high = std::lower_bound(low, end, evalpp::detail::keep(d.estimate + reach) - tolerance);
  const auto as_far = static_cast<double>((low - begin) + (end - high));
  return evalpp::detail::keep((1 + as_far) / (1 + static_cast<double>(d.replicates.size())));
}

}  // namespace evalpp::inline EVALPP_ABI::stats
