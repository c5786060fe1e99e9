// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/stats/randomization_test.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::workflow {

/// A candidate against its baseline by one metric, over the examples that both have. Differences are
/// candidate minus baseline in the unit of the metric, whether higher is better or lower.
struct metric_comparison {
  reported_score baseline, candidate;  ///< each with its own interval
  interval
      candidate_bounds;  ///< each end is a one-sided bound of the candidate's value at the level asked for
  double delta = std::numeric_limits<double>::quiet_NaN();
  interval ci;                 ///< of delta, from the pairs
  std::string_view ci_method;  ///< `newcombe-paired`, `bca+`; a literal
  double standard_error = 0;   ///< of delta, by the jackknife

  double p_bootstrap = 1;                     ///< see `stats::bootstrap_p`
  stats::randomization_result randomization;  ///< see `stats::randomization_test`
  std::optional<double> p_mcnemar;            ///< mid-p; of independent 0/1 outcomes only
  std::optional<double> p_adjusted;           ///< of `p()`, when several comparisons were made at once
  std::string_view p_adjustment;              ///< `holm`, `bh`; a literal

  double effect_size = 0;  ///< Cohen's d_z: delta over the standard deviation of one unit's influence on it

  std::size_t n = 0;          ///< pairs
  std::size_t n_missing = 0;  ///< pairs left out: a side has no prediction, or there is no reference
  std::size_t units = 0;      ///< pairs, or clusters of them
  std::size_t wins = 0;       ///< pairs where the candidate alone is better
  std::size_t ties = 0;
  std::size_t losses = 0;
  bool identical = false;                ///< the systems' statistics are equal on every pair
  std::vector<std::string> newly_right;  ///< ids of flips, by metrics that are 0/1; the first ones
  std::vector<std::string> newly_wrong;

  double margin = 0;  ///< in the unit of the metric
  verdict outcome = verdict::undecided;
  std::optional<std::int64_t> needed;  ///< how many more units would settle what is open, see `items_needed`

  bool higher_is_better() const noexcept { return baseline.higher_is_better; }
  /// The p to report when one is wanted: McNemar's where it applies, else the randomization test's.
  double p() const noexcept { return p_mcnemar.value_or(randomization.p); }
  /// The interval of the gain; NaN where there is none. Of systems that agree everywhere it is 0, and where
  /// they differ everywhere by the same, and not by chance (the randomization test says so), it is that.
  gain_interval gain() const noexcept {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (identical) return {0, 0};
    if (ci.usable()) return gain_of(ci.lo, ci.hi, higher_is_better());
    if (ci.status == interval_status::degenerate && randomization.p <= 1 - ci.level)
      return gain_of(delta, delta, higher_is_better());
    return {none, none};
  }
};

/// A comparison over the examples that share a key, one for each metric.
struct slice_comparison {
  std::string field, key;
  std::vector<metric_comparison> metrics;
  /// By metric: delta pulled towards the mean of all slices of the field, most where little was measured;
  /// what a repetition would show of the luckiest slice. See `stats::shrink`.
  std::vector<double> shrunk;
};

/// What `compare` found.
struct comparison {
  std::vector<metric_comparison> metrics;
  std::size_t primary = 0;  ///< the metric that decides; the others are exploratory
  std::vector<slice_comparison> slices;
  std::string dropped;  ///< in words, what the join left out; empty when nothing

  const metric_comparison& main() const { return metrics[primary]; }
  /// The verdict on the primary metric.
  verdict outcome() const { return main().outcome; }
};

}  // namespace evalpp::inline EVALPP_ABI::workflow
