// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/workflow/compare.hpp>
#include <evalpp/workflow/comparison.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Two systems compared by preferences. Each preference is a row of either system, 1 for the better answer,
// 1/2 for each of a tie, 0 for the worse one, so that the intervals, tests and verdicts of any comparison
// apply.

namespace evalpp::inline EVALPP_ABI::judge {

/// How often a system was preferred.
struct win_rate_score {
  double value = 0;  ///< wins, and half the ties, over all pairs; 0 without any
  std::int64_t wins = 0;
  std::int64_t ties = 0;  ///< the inconsistent ones too
  std::int64_t losses = 0;
  std::int64_t inconsistent = 0;  ///< of the ties: the judge said another thing in the other order

  std::vector<part> parts() const {
    return {{"win_rate", value},
            {"wins", wins},
            {"ties", ties},
            {"losses", losses},
            {"inconsistent", inconsistent}};
  }
};

/// The win rate of a system over another, 0-1, a tie for half a win: `score` without `measure`, which a judge
/// or a person does.
class win_rate {
 public:
  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;
  static constexpr bool scores_without_reference = true;

  struct statistics {
    std::int64_t wins, ties, losses, inconsistent;
  };

  /// `signature` says who judged and by what.
  explicit win_rate(std::string signature) : signature_(std::move(signature)) {}

  std::string name() const { return "judge"; }
  std::string signature() const { return signature_; }

  win_rate_score score(const statistics& s) const {
    const auto n = static_cast<double>(s.wins + s.ties + s.losses);
    // Twice the wins is a whole number: one rounding, and the rates of both systems add up to 1.
    const double rate = s.wins + s.ties + s.losses == 0
                            ? 0
                            : evalpp::detail::keep(static_cast<double>(2 * s.wins + s.ties) / (2 * n));
    return {rate, s.wins, s.ties, s.losses, s.inconsistent};
  }

  bool operator==(const win_rate&) const = default;

 private:
  std::string signature_;
};

static_assert(scalar_metric<win_rate> && dense_statistics<win_rate::statistics>);
static_assert(value_kind_of<win_rate> == value_kind::mean);

/// Which pairs have an outcome.
enum class required_orders : std::uint8_t {
  both,  ///< those judged in both orders, and the identical ones: of a judge's
  any,   ///< those judged in at least one: of a person's, who sees one
};

/// Whether a pair counts, and for what; nothing when it does not.
inline std::optional<preference> outcome_of(const judged_pair& pair, required_orders orders) {
  if (orders == required_orders::both && !pair.scored_in_both_orders()) return std::nullopt;
  return pair.outcome();
}

/// Compares the candidate with the baseline by the pairs that have an outcome: `candidate` is its win rate,
/// `baseline` 1 less that, `delta` their difference, wins and losses are the candidate's; the parts of either
/// value are those of `win_rate_score`. Pairs without an outcome are counted in `n_missing` and are part of
/// no number; no pair at all is no error. A pair is one trial: pairs are taken to be independent of each
/// other. `signature` says who judged and by what. See `workflow::compare_tables` for the intervals, the
/// tests and the verdict. O(pairs * replicates).
template <executor Executor>
workflow::metric_comparison compare_pairs(const Executor& run_on, std::span<const judged_pair> pairs,
                                          std::string signature,
                                          required_orders orders = required_orders::both,
                                          const workflow::compare_options& options = {}) {
  const std::vector<any_scorer> scorers{any_scorer(win_rate(std::move(signature)))};
  table baseline({scorers.front().info()});
  baseline.resize(pairs.size());
  table candidate = baseline;
  std::vector<stats::row_pair> all;
  all.reserve(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    all.push_back({i, i});
    baseline.ids()[i] = candidate.ids()[i] = pairs[i].id;
    const std::optional<preference> outcome = outcome_of(pairs[i], orders);
    if (!outcome) continue;
    const win_rate::statistics won{1, 0, 0, 0}, tied{0, 1, 0, pairs[i].flipped() ? 1 : 0}, lost{0, 0, 1, 0};
    const auto fill = [&](table& rows, preference own) {
      const auto row = lanes(*outcome == preference::tie ? tied : *outcome == own ? won : lost);
      std::copy(row.begin(), row.end(), rows.row(0, i).begin());
      rows.states()[i] = row_state::scored;
    };
    fill(baseline, preference::baseline);
    fill(candidate, preference::candidate);
  }
  workflow::metric_comparison found =
      std::move(workflow::compare_rows(run_on, baseline, candidate, scorers, all, options).front());
  found.baseline.n_missing = found.candidate.n_missing = found.n_missing;
  return found;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
