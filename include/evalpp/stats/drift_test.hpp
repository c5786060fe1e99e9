// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/drift_distances.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/sample_splits.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/multinomial_draws.hpp>
#include <evalpp/stats/multiplicity.hpp>
#include <evalpp/stats/quantile.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Whether the outputs of now come from another source than those of a reference, and by how much. A fixed
// limit on a distance alarms on nothing when samples are few (two samples of 100 from one source are 0.1 or
// more apart nine times in ten), and a p-value alone on trifles when they are many. So the distance is
// compared with that of random splits of the pooled sample, and the alarm needs both a small p and a distance
// that is large beyond doubt: the lower end of its interval must exceed the least that matters.
//
// Simulated, log-normal lengths (4, 0.6), default limits with 99 to 199 permutations; alarms by Wasserstein's
// and by Kolmogorov-Smirnov's distance. No drift: 0-5 % and 0-1 % of 400 runs of 50, 100 or 200 against as
// many, none of 200 runs of 1,000. All lengths 2 % greater: none of 20 runs of 50,000, all of which have p <=
// 0.05 by the latter. 20 % greater, distances of about 0.28 and 0.12: 96 % and 14 % of 200 runs of 1,000; 30
// % greater: all and 93 %.
namespace evalpp::inline EVALPP_ABI::stats {

/// What is an alarm, and how chance is measured. An alpha outside (0, 1), a minimum that is negative or NaN,
/// and no permutation raise.
struct drift_options {
  double alpha = 0.05;  ///< the greatest share of false alarms, per test; intervals have the level 1 - alpha
  /// The least effect that matters. All distances here are without a unit, and 0.1 is the limit that
  /// Evidently and NannyML put on Wasserstein's and Jensen-Shannon's. A normal mean must move by 0.1 standard
  /// deviations for 0.1 of Wasserstein's, and by a quarter of one for 0.1 of the others.
  double minimum_effect = 0.1;
  std::uint64_t seed = 12345;
  /// Of the items, and as many resamples for the interval. p is at least 1 / (1 + this): take m / alpha or
  /// more for m tests.
  std::size_t permutations = 999;
};

/// What a test of drift found.
struct drift_result {
  double distance = 0;  ///< of the two samples
  double expected = 0;  ///< its mean over the permutations: what chance alone gives
  double effect = 0;    ///< distance - expected, at least 0; on the low side when there is a drift
  interval ci;          ///< of the sources' distance, see below
  double p = 1;         ///< the share of permutations whose distance is as great; never 0
  std::uint64_t permutations = 0;
  bool exact = false;  ///< the permutations are all there are: p and `expected` are no estimates
  bool large = false;  ///< the lower end of the interval exceeds the minimum
  bool alarm = false;  ///< it is large, and p at most alpha
};

namespace detail {

inline constexpr std::uint64_t most_pooled_items = (std::uint64_t{1} << 31) - 1;
// All splits are looked at when that takes no more visits of a group than this.
inline constexpr std::uint64_t most_visited_groups = 2'000'000;

inline void require_drift_options(const drift_options& options) {
  const auto above = [](double value, double bound) { return !is_nan(value) && value > bound; };
  if (!above(options.alpha, 0) || !(options.alpha < 1))
    evalpp::detail::raise_invalid("alpha is between 0 and 1");
  if (is_nan(options.minimum_effect) || options.minimum_effect < 0)
    evalpp::detail::raise_invalid("the minimum effect is not negative");
  if (options.permutations == 0) evalpp::detail::raise_invalid("a test takes one permutation at least");
}

/// A distance is summed up group by group: `add`, then `finish`, which also starts anew.
template <class Distance>
double distance_of(Distance& sum, std::span<const std::uint32_t> of_reference) {
  for (std::size_t g = 0; g < of_reference.size(); ++g) sum.add(g, of_reference[g]);
  return sum.finish();
}

/// The interval of the sources' distance: both samples are drawn anew, each from itself, and the quantiles of
/// how far the distances exceed the one that was found are taken from it. So what samples add to a distance,
/// which those of samples of samples have twice, is taken off.
template <executor Executor, class Make>
interval distance_interval(const Executor& run_on, const pooled_groups& groups, const Make& make,
                           double found, const drift_options& options) {
  std::vector<std::uint32_t> of_current(groups.items.size());
  for (std::size_t g = 0; g < of_current.size(); ++g)
    of_current[g] = groups.items[g] - groups.of_reference[g];
  const resampled_groups reference(groups.of_reference), current(of_current);
  std::vector<double> distances(options.permutations);
  run_on.for_chunks(distances.size(), [&](std::size_t begin, std::size_t end, std::size_t) {
    pooled_groups drawn = groups;
    std::vector<std::uint32_t> others(of_current.size());
    for (std::size_t i = begin; i < end; ++i) {
      // Another stream than that of the splits.
      multinomial_draws draws(mix64(mix64(~options.seed)), i);
      reference.draw(draws, drawn.of_reference);
      current.draw(draws, others);
      for (std::size_t g = 0; g < others.size(); ++g) drawn.items[g] = drawn.of_reference[g] + others[g];
      auto distance = make(drawn);
      distances[i] = distance_of(distance, drawn.of_reference);
    }
  });
  std::sort(distances.begin(), distances.end());
  const auto end = [&](double share) {
    return (std::max)(strict(found) * 2 - quantile(distances, share, quantile_rule::weibull), strict(0))
        .value();
  };
  const double tail = (strict(options.alpha) / 2).value();
  return {.lo = end((1 - strict(tail)).value()),
          .hi = end(tail),
          .level = (1 - strict(options.alpha)).value(),
          .status = interval_status::ok};
}

/// The test of one distance: `make(groups)` starts to sum it up.
template <executor Executor, class Make>
drift_result calibrated_distance(const Executor& run_on, const pooled_groups& groups, const Make& make,
                                 const drift_options& options) {
  auto distance = make(groups);
  using Distance = decltype(distance);
  drift_result out;
  out.distance = distance_of(distance, groups.of_reference);
  const strict bound = Distance::as_great_as(out.distance);
  const std::uint64_t all = groups.reference + groups.current;
  const std::uint64_t most_splits = most_visited_groups / groups.items.size();
  const std::uint64_t splits = binomial_coefficient(all, groups.reference, most_splits);
  const auto reference = static_cast<std::uint32_t>(groups.reference);
  strict sum;
  std::uint64_t as_great = 0;
  if (splits <= most_splits) {
    for_each_split(groups.items, reference, [&](std::span<const std::uint32_t> split, std::uint64_t ways) {
      const strict here = distance_of(distance, split);
      sum += here * real(ways);
      if (here >= bound) as_great += ways;
    });
    out.exact = true;
    out.permutations = splits;
    out.p = (real(as_great) / real(splits)).value();
  } else {
    std::vector<double> distances(options.permutations);
    run_on.for_chunks(distances.size(), [&](std::size_t begin, std::size_t end, std::size_t) {
      Distance own = distance;
      for (std::size_t i = begin; i < end; ++i) {
        // Another stream than that of a bootstrap with this seed.
        multinomial_draws draws(mix64(~options.seed), i);
        draw_split(draws, groups.items, static_cast<std::uint32_t>(all), reference,
                   [&](std::size_t g, std::uint32_t of_reference) { own.add(g, of_reference); });
        distances[i] = own.finish();
      }
    });
    for (const double here : distances) {
      sum += here;
      as_great += here >= bound.value() ? 1u : 0u;
    }
    out.permutations = distances.size();
    out.p = (real(1 + as_great) / real(1 + out.permutations)).value();
  }
  out.expected = (sum / real(out.permutations)).value();
  out.effect = (std::max)(strict(out.distance) - out.expected, strict(0)).value();
  out.ci = distance_interval(run_on, groups, make, out.distance, options);
  out.large = out.ci.lo > options.minimum_effect;
  out.alarm = out.large && out.p <= options.alpha;
  return out;
}

/// The groups of equal values and what the value of each is; nothing for a sample without items or with
/// NaN, or for too many items.
inline std::optional<pooled_groups> groups_of_values(std::span<const double> reference,
                                                     std::span<const double> current,
                                                     std::vector<double>& values) {
  if (reference.empty() || current.empty() || !none_is_nan(reference) || !none_is_nan(current) ||
      reference.size() > most_pooled_items || current.size() > most_pooled_items - reference.size())
    return std::nullopt;
  std::vector<double> x(reference.begin(), reference.end()), y(current.begin(), current.end());
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  pooled_groups groups;
  groups.reference = x.size();
  groups.current = y.size();
  for (std::size_t i = 0, j = 0; i < x.size() || j < y.size();) {
    const std::size_t first_i = i, first_j = j;
    const double value = j == y.size() || (i < x.size() && x[i] <= y[j]) ? x[i] : y[j];
    while (i < x.size() && x[i] == value) ++i;
    while (j < y.size() && y[j] == value) ++j;
    groups.add(i - first_i, j - first_j);
    values.push_back(value);
  }
  return groups;
}

inline std::optional<pooled_groups> groups_of_counts(std::span<const std::uint64_t> reference,
                                                     std::span<const std::uint64_t> current) {
  if (reference.size() != current.size()) evalpp::detail::raise_invalid("both samples have the same bins");
  pooled_groups groups;
  for (std::size_t i = 0; i < reference.size(); ++i) {
    const std::uint64_t room = most_pooled_items - groups.reference - groups.current;
    if (reference[i] > room || current[i] > room - reference[i]) return std::nullopt;
    groups.reference += reference[i];
    groups.current += current[i];
    if (reference[i] + current[i] != 0) groups.add(reference[i], current[i]);
  }
  if (groups.reference == 0 || groups.current == 0) return std::nullopt;
  return groups;
}

template <class Distance, executor Executor>
std::optional<drift_result> histogram_drift(const Executor& run_on, std::span<const std::uint64_t> reference,
                                            std::span<const std::uint64_t> current,
                                            const drift_options& options) {
  require_drift_options(options);
  const auto groups = groups_of_counts(reference, current);
  if (!groups) return std::nullopt;
  return calibrated_distance(
      run_on, *groups, [](const pooled_groups& g) { return Distance(g); }, options);
}

}  // namespace detail

// For all four: if both samples came from one source, every split of the pooled items into two samples of
// their sizes would be as likely, and p is the share of splits as far apart (counted with >=, rounding
// forgiven). All splits are looked at when they are few (up to 2,000,000 groups of equal items in all:
// samples of 9 and 9); then p is exact. Else as many random ones as asked for, with one added to
// both counts: its size is at most alpha all the same. The interval is the basic bootstrap of both samples,
// not below 0 (Efron and Tibshirani 1993, chapter 13); for few items it is rough. Split, or resample, i
// depends on the seed and i only: the same bits for any executor, and for any order of the items. Assumes
// that items are exchangeable: pass one per cluster when some belong together. Undefined, and then empty: a
// sample without items, more than 2^31 - 1 items. Samples that are constant and equal have p = 1, and so have
// one item against one. Phipson and Smyth 2010; E. Edgington, Randomization Tests, 1980.

/// Drift of a number by the Wasserstein-1 distance over the standard deviation of the pooled sample (n in the
/// denominator): by how many of those the average item has to move. An outlier raises the deviation
/// and hides a drift: use Kolmogorov-Smirnov for heavy tails. NaN and infinite values give nothing.
/// O((n + m) permutations); two times a million items take about a minute for 1,000.
template <executor Executor>
std::optional<drift_result> wasserstein_drift(const Executor& run_on, std::span<const double> reference,
                                              std::span<const double> current,
                                              const drift_options& options = {}) {
  detail::require_drift_options(options);
  if (!detail::all_finite(reference) || !detail::all_finite(current)) return std::nullopt;
  std::vector<double> values;
  const auto groups = detail::groups_of_values(reference, current, values);
  if (!groups) return std::nullopt;
  return detail::calibrated_distance(
      run_on, *groups, [&](const detail::pooled_groups& g) { return detail::pooled_wasserstein(g, values); },
      options);
}

/// Drift of a number by the Kolmogorov-Smirnov distance, 0-1: by how much the share of items above some limit
/// has changed, whichever changed most. Ties are calibrated too, unlike in the usual tables. Infinities are
/// the greatest and the least; NaN gives nothing. O((n + m) permutations).
template <executor Executor>
std::optional<drift_result> kolmogorov_smirnov_drift(const Executor& run_on,
                                                     std::span<const double> reference,
                                                     std::span<const double> current,
                                                     const drift_options& options = {}) {
  detail::require_drift_options(options);
  std::vector<double> values;
  const auto groups = detail::groups_of_values(reference, current, values);
  if (!groups) return std::nullopt;
  return detail::calibrated_distance(
      run_on, *groups, [](const detail::pooled_groups& g) { return detail::pooled_kolmogorov_smirnov(g); },
      options);
}

/// Drift of categories or bins, from the counts of each in both samples (else it raises), by the
/// Jensen-Shannon distance to base 2, 0-1: the root of the divergence in bits, as in NannyML; scipy's and
/// Evidently's, with natural logarithms, are 0.83 of it. The bins must not depend on which sample an item
/// is in. O(permutations * (bins + deviations)), where a bin costs a random number and at most the
/// standard deviation of its count: a millisecond for 100 bins, however many items.
template <executor Executor>
std::optional<drift_result> jensen_shannon_drift(const Executor& run_on,
                                                 std::span<const std::uint64_t> reference,
                                                 std::span<const std::uint64_t> current,
                                                 const drift_options& options = {}) {
  return detail::histogram_drift<detail::pooled_jensen_shannon>(run_on, reference, current, options);
}

/// The same by total variation, 0-1: the share of items that are in another bin than they would be.
template <executor Executor>
std::optional<drift_result> total_variation_drift(const Executor& run_on,
                                                  std::span<const std::uint64_t> reference,
                                                  std::span<const std::uint64_t> current,
                                                  const drift_options& options = {}) {
  return detail::histogram_drift<detail::pooled_total_variation>(run_on, reference, current, options);
}

/// Several metrics or slices at once: sets the alarms anew, from p-values adjusted by Holm's method, which
/// are returned. Then the chance of any false alarm among them is at most alpha, however they depend. p
/// cannot be below 1 / (1 + permutations): with 999 and alpha 0.05 a lone drift among more than 50 raises no
/// alarm. O(m log m).
inline std::vector<double> adjust_drift_alarms(std::span<drift_result> results, double alpha = 0.05) {
  std::vector<double> p;
  for (const drift_result& result : results) p.push_back(result.p);
  std::vector<double> adjusted = holm(p);
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i].alarm = results[i].large && adjusted[i] <= alpha;
  return adjusted;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
