// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/numpy_mean.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/numpy_generator.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/stats/sacrebleu_bootstrap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

// The paired tests of sacreBLEU 2.6.0 (`--paired-bs`, `--paired-ar`), for those who check a published figure.
// They are not what evalpp decides by, because neither has the size that it claims. Simulated under equality,
// nominal 5 %, 1000 replicates or trials (stats/bootstrap.hpp and stats/permutation_test.hpp are the
// defaults):
//
//                                    0/1, 10 % discordant          BLEU
//                                    n = 20   50    100   500      n = 100  400
//     sacreBLEU paired bootstrap     .221   .127   .124   .116      .116   .104
//     centred two-sided bootstrap    .012   .029   .036   .047      .055   .044
//     sacreBLEU randomization (>)    .601   .202   .116   .073      .049   .044
//     randomization, counting >=     .001   .010   .020   .039      .049   .044
//
// The bootstrap compares |difference| less its mean with the observed one: for a large difference that is one
// tail, used as if it were two. The randomization counts only what exceeds the observed difference, which for
// a discrete metric leaves out the many trials that equal it; on BLEU, where ties are rare, it does no harm.
namespace evalpp::inline EVALPP_ABI::stats {

/// How sacreBLEU compares; the defaults are its own.
struct sacrebleu_test_options {
  std::uint64_t seed = 12345;     ///< 0 is a seed like any other; sacreBLEU's tests then run without one
  std::size_t replicates = 1000;  ///< of the bootstrap; for the randomization, of the estimates beside it
  std::size_t trials = 10'000;    ///< of the randomization
};

/// What sacreBLEU prints of a system beside its baseline. The means of the estimates are NumPy's here, and
/// Python's in `sacrebleu_bootstrap`: they may differ in the last place.
struct sacrebleu_comparison {
  double baseline = 0;  ///< the scores, in the metric's unit
  double system = 0;
  double p_value = 1;                    ///< (counted + 1) / (drawn + 1), never 0; NaN where any score is
  sacrebleu_estimate baseline_estimate;  ///< NaN where no replicates were asked for
  sacrebleu_estimate system_estimate;
};

namespace detail {

inline sacrebleu_comparison compare_scores(const sacrebleu_rows& baseline, const sacrebleu_rows& system) {
  sacrebleu_comparison out;
  out.baseline = baseline.exact_value();
  out.system = system.exact_value();
  if (!is_finite(out.baseline) || !is_finite(out.system)) out.p_value = nan;
  return out;
}

template <class Count>
double one_more(Count counted, std::size_t drawn, bool all_finite) noexcept {
  return all_finite ? (real(counted + 1) / real(drawn + 1)).value() : nan;
}

}  // namespace detail

/// sacreBLEU's paired bootstrap, bit for bit: p = (#{d* - mean(d*) > d} + 1) / (replicates + 1), where d is
/// the absolute difference of the scores and d* that of a replicate. Size as above; the bootstrap to decide
/// by is `bootstrap_p`.
///
/// The pairs in the order of the files: this stream knows them by their place. Of none the scores are those
/// of nothing and p is 1. Fewer than 2^32. O(pairs * lanes * replicates).
inline sacrebleu_comparison sacrebleu_paired_bootstrap(const any_scorer& metric, const paired_rows& pairs,
                                                       const sacrebleu_test_options& options = {}) {
  detail::sacrebleu_rows first(metric, pairs.units, 0, pairs.lanes());
  detail::sacrebleu_rows second(metric, pairs.units, pairs.lanes(), pairs.lanes());
  sacrebleu_comparison out = detail::compare_scores(first, second);
  const std::size_t n = options.replicates;
  if (pairs.size() == 0 || n == 0 || detail::is_nan(out.p_value)) return out;

  numpy_generator stream(options.seed);
  std::vector<std::uint32_t> drawn(pairs.size());
  std::vector<double> of_first(n), of_second(n), apart(n);
  for (std::size_t b = 0; b < n; ++b) {
    detail::draw_all(stream, drawn);
    of_first[b] = first.value(drawn);
    of_second[b] = second.value(drawn);
    apart[b] = abs(detail::strict(of_second[b]) - of_first[b]).value();
  }
  const detail::strict observed = abs(detail::strict(out.system) - out.baseline);
  const detail::strict centre = detail::numpy_mean(apart);
  const auto counted = std::count_if(apart.begin(), apart.end(),
                                     [&](double d) { return detail::strict(d) - centre > observed; });
  out.p_value = detail::one_more(counted, n, std::all_of(apart.begin(), apart.end(), detail::is_finite));
  out.baseline_estimate = detail::sacrebleu_estimate_of(std::move(of_first), detail::numpy_mean);
  out.system_estimate = detail::sacrebleu_estimate_of(std::move(of_second), detail::numpy_mean);
  return out;
}

/// sacreBLEU's approximate randomization, bit for bit: each trial gives every row to one of two
/// pseudo-systems by a fair coin, and p = (#{difference > observed} + 1) / (trials + 1), with `>` so that a
/// system against itself is never "by chance". Size as above; the test to decide by is `randomization_test`.
///
/// With `replicates` the estimates follow as `--paired-ar-confidence-n` prints them: the baseline's from a
/// fresh stream, the system's from what the coins have left of theirs; 0 leaves them out. Sums are exact
/// integers, sacreBLEU's are doubles: with several references of uneven number the differences of TER may
/// round differently, which matters where they tie. Pairs as for the bootstrap.
inline sacrebleu_comparison sacrebleu_randomization(const any_scorer& metric, const paired_rows& pairs,
                                                    const sacrebleu_test_options& options = {}) {
  using evalpp::detail::wrapping_product;
  using evalpp::detail::wrapping_sum;
  detail::sacrebleu_rows first(metric, pairs.units, 0, pairs.lanes());
  detail::sacrebleu_rows second(metric, pairs.units, pairs.lanes(), pairs.lanes());
  sacrebleu_comparison out = detail::compare_scores(first, second);
  if (pairs.size() == 0 || detail::is_nan(out.p_value)) return out;

  numpy_generator stream(options.seed);
  numpy_coins coins(stream);
  const std::vector<std::int64_t> total = pairs.units.total();
  const detail::strict observed = abs(detail::strict(out.baseline) - out.system);
  std::size_t counted = 0;
  bool all_finite = true;
  std::vector<std::int64_t> a(pairs.lanes()), b(pairs.lanes());
  for (std::size_t t = 0; t < options.trials; ++t) {
    std::fill(a.begin(), a.end(), 0);
    for (std::size_t i = 0; i < pairs.size(); ++i)
      detail::add_in_turn(a.data(), (coins.next() ? first : second).row(i).data(), a.size());
    for (std::size_t k = 0; k < b.size(); ++k)
      b[k] = wrapping_sum(wrapping_sum(total[k], total[b.size() + k]), wrapping_product(-1, a[k]));
    const detail::strict apart = abs(detail::strict(first.exact_value(a)) - first.exact_value(b));
    all_finite = all_finite && detail::is_finite(apart.value());
    counted += apart > observed;
  }
  out.p_value = detail::one_more(counted, options.trials, all_finite);

  if (options.replicates != 0) {
    std::vector<std::uint32_t> drawn(pairs.size());
    std::vector<double> scores(options.replicates);
    const auto estimate = [&](detail::sacrebleu_rows& rows, numpy_generator& from) {
      for (double& score : scores) {
        detail::draw_all(from, drawn);
        score = rows.value(drawn);
      }
      return detail::sacrebleu_estimate_of(scores, detail::numpy_mean);
    };
    numpy_generator fresh(options.seed);
    out.baseline_estimate = estimate(first, fresh);
    out.system_estimate = estimate(second, stream);
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
