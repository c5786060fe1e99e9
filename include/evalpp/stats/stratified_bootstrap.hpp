// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/detail/add_replicates.hpp>
#include <evalpp/stats/leave_one_out.hpp>
#include <evalpp/stats/multinomial_bootstrap.hpp>
#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/strata.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The bootstrap of data whose strata have fixed sizes. Every replicate has as many units of each stratum as
// the data, so that what the strata differ by is no part of the error: intervals are narrower than those of
// `bootstrap`, and right only if another data set would have the same sizes.
//
// A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application, 1997, section 3.2. The replicates
// of a stratum of n units vary by (n - 1) / n of what they should; of a stratum of one, not at all.
namespace evalpp::inline EVALPP_ABI::stats {

/// The jackknife of several samples: acceleration and standard error from the effects of the units, less the
/// mean effect of their stratum. Over strata of n units, with e the centred effects,
///
///     a = sum e^3 / (6 (sum e^2)^1.5)        se^2 = sum over strata of n / (n - 1) sum e^2
///
/// The acceleration is that of SciPy's `bootstrap` for several samples, up to 1 / n^2. A stratum of one unit
/// adds nothing. O(units).
inline jackknife stratified_jackknife(std::span<const double> effects, const strata& groups) {
  using detail::strict;
  const std::size_t count = groups.size.size();
  std::vector<double> origin(count);  // an effect of each stratum, so that equal ones differ by nothing
  std::vector<strict> mean(count), squares(count);
  for (std::size_t i = effects.size(); i-- > 0;) origin[groups.of[i]] = effects[i];
  for (std::size_t i = 0; i < effects.size(); ++i)
    mean[groups.of[i]] += strict(effects[i]) - origin[groups.of[i]];
  for (std::size_t s = 0; s < count; ++s) mean[s] /= detail::real(groups.size[s]);
  strict all_squares = 0, cubes = 0, variance = 0;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const std::size_t s = groups.of[i];
    const strict e = strict(effects[i]) - origin[s] - mean[s];
    squares[s] += e * e;
    cubes += e * e * e;
  }
  for (std::size_t s = 0; s < count; ++s) {
    all_squares += squares[s];
    const strict n = detail::real(groups.size[s]);
    if (n > 1) variance += squares[s] * (n / (n - 1));
  }
  const strict third = all_squares * sqrt(all_squares);
  return {third > 0 ? (cubes / (6 * third)).value() : 0.0, sqrt(variance).value()};
}

namespace detail {

// The rows, stratum after stratum.
struct stratified_rows {
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> values;
  std::vector<std::size_t> begin;  // where each stratum begins, and the end

  stratified_rows(const resampling_rows& rows, const strata& groups)
      : keys(rows.size()), values(rows.values.size()), begin(groups.size.size() + 1) {
    for (std::size_t s = 0; s < groups.size.size(); ++s) begin[s + 1] = begin[s] + groups.size[s];
    std::vector<std::size_t> next(begin);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t at = next[groups.of[i]]++;
      keys[at] = rows.keys[i];
      std::copy_n(rows.row(i).data(), rows.lanes, values.data() + at * rows.lanes);
    }
  }
};

template <class Value>
bootstrap_distribution begin_stratified(const resampling_rows& rows, const strata& groups, const Value& value,
                                        const resampling_options& options) {
  bootstrap_distribution out = begin_replicates(rows, value, options);
  out.strata = (std::max)(groups.size.size(), std::size_t{1});
  out.blind = std::count(groups.size.begin(), groups.size.end(), 1u) > 0;
  return out;
}

// sum * n / drawn as a whole number and a fraction below 1; exact but for the rounding of the fraction.
struct scaled_sum {
  std::int64_t whole;
  double fraction;
};
inline scaled_sum scaled(std::int64_t sum, std::int64_t n, std::int64_t drawn) noexcept {
  std::int64_t times = sum / drawn, rest = sum % drawn;
  if (rest < 0) {
    --times;
    rest += drawn;
  }
  const std::int64_t product = rest * n;
  return {evalpp::detail::wrapping_sum(evalpp::detail::wrapping_product(times, n), product / drawn),
          (real(product % drawn) / real(drawn)).value()};
}

}  // namespace detail

/// The textbook bootstrap within strata: each gives as many units as it has. Exact, for strata of any size,
/// and so the one to take where there are strata. Everything else as `multinomial_bootstrap`; `groups` are
/// those of the same units.
template <executor Executor, class Value>
bootstrap_distribution multinomial_bootstrap(const Executor& run_on, const resampling_rows& rows,
                                             const strata& groups, const Value& value,
                                             const resampling_options& options = {}) {
  bootstrap_distribution out = detail::begin_stratified(rows, groups, value, options);
  const detail::stratified_rows sorted(rows, groups);
  const auto each = [&](detail::multinomial_block& block) {
    for (std::size_t s = 0; s < groups.size.size(); ++s)
      block.add(sorted.values.data() + sorted.begin[s] * rows.lanes, groups.size[s]);
  };
  detail::draw_replicates(run_on, out, options.seed, rows.lanes, each, value);
  detail::finish(out, stratified_jackknife(unit_effects(run_on, rows, value), groups));
  return out;
}

/// The keyed Poisson bootstrap within strata, for what has to be paired by key: a replicate's sum over a
/// stratum is scaled by its units over the units drawn. The scaled sums of all strata are added exactly and
/// rounded to whole numbers once, a rounding of at most half a count: nothing beside the error of counts in
/// the hundreds, noticeable for a few dozen examples of 0 or 1.
///
/// A stratum of n units draws none with probability e^-n, and then the replicate has no value; below 20 units
/// in a stratum scaling is rough too: take `multinomial_bootstrap`. Fewer than 2^29 units. The same bits for
/// any executor. O(units * lanes * replicates).
template <executor Executor, class Value>
bootstrap_distribution bootstrap(const Executor& run_on, const resampling_rows& rows, const strata& groups,
                                 const Value& value, const resampling_options& options = {}) {
  constexpr std::size_t size = poisson_weights::block_size;
  static_assert(chunk_size == size, "one chunk of work is one block");
  bootstrap_distribution out = detail::begin_stratified(rows, groups, value, options);
  const detail::stratified_rows sorted(rows, groups);
  const poisson_weights weights(options.seed);
  const std::size_t lanes = rows.lanes;
  run_on.for_chunks(out.replicates.size(), [&](std::size_t first, std::size_t, std::size_t) {
    std::vector<std::uint64_t> sums((lanes + 1) * size);
    std::vector<std::int64_t> whole(lanes * size);
    std::vector<detail::strict> fraction(lanes * size);
    std::vector<bool> drawn_from_all(size, rows.size() != 0);
    for (std::size_t s = 0; s < groups.size.size(); ++s) {
      const std::size_t at = sorted.begin[s], n = groups.size[s];
      std::fill(sums.begin(), sums.end(), 0);
      detail::add_rows(weights, first / size, n, sorted.keys.data() + at, sorted.values.data() + at * lanes,
                       lanes, sums.data());
      for (std::size_t b = 0; b < size; ++b) {
        const auto drawn = static_cast<std::int64_t>(sums[lanes * size + b]);
        if (drawn == 0) drawn_from_all[b] = false;
        for (std::size_t k = 0; k < lanes && drawn != 0; ++k) {
          const detail::scaled_sum share = detail::scaled(static_cast<std::int64_t>(sums[k * size + b]),
                                                          static_cast<std::int64_t>(n), drawn);
          std::int64_t& into = whole[k * size + b];
          into = evalpp::detail::wrapping_sum(into, share.whole);
          fraction[k * size + b] += share.fraction;
        }
      }
    }
    std::vector<std::int64_t> sum(lanes);
    for (std::size_t b = 0; b < size; ++b) {
      if (!drawn_from_all[b]) continue;
      for (std::size_t k = 0; k < lanes; ++k) {
        const detail::strict rest = fraction[k * size + b] + (0.5 + 1e-9);  // halves up, however they add up
        sum[k] = evalpp::detail::wrapping_sum(whole[k * size + b], static_cast<std::int64_t>(rest.value()));
      }
      out.replicates[first + b] = value(std::span<const std::int64_t>(sum));
    }
  });
  detail::finish(out, stratified_jackknife(unit_effects(run_on, rows, value), groups));
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
