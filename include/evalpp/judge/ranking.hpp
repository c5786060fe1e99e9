// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/stats/bradley_terry.hpp>
#include <evalpp/stats/bradley_terry_bootstrap.hpp>
#include <evalpp/stats/elo.hpp>
#include <evalpp/stats/pairwise_wins.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

// Several systems, judged in pairs of two, in one order of merit.

namespace evalpp::inline EVALPP_ABI::judge {

/// A system among those it was judged against.
struct ranked_system {
  std::string name;
  std::size_t pairs = 0;  ///< that it took part in and that have an outcome
  double elo = 0;         ///< its strength as an Elo rating, 1000 on average; NaN where there is none
  interval ci = {};
  double rank = 0;  ///< from 1, the strongest; NaN where there is none
  interval rank_ci = {};
  double first = 0;  ///< the share of the replicates in which no other is stronger
};

/// The systems, the strongest first.
struct ranking {
  std::vector<ranked_system> systems;
  std::size_t pairs = 0;
  std::size_t questions = 0;  ///< different ids: what intervals are resampled by
  bool connected = true;  ///< whether wins and losses join all systems, without which there are no strengths
};

/// Ranks systems by all pairs that several runs judged: Bradley-Terry strengths with intervals resampled by
/// question, ties and flips half a win of both. Systems are the same where their names are. An error for runs
/// by other rubrics or judges, whose preferences mean other things. See `stats::bradley_terry_bootstrap`.
template <executor Executor>
result<ranking> rank_systems(const Executor& run_on, std::span<const judged_pairs_run> runs,
                             double level = 0.95, const stats::resampling_options& resampling = {}) {
  ranking out;
  std::vector<std::string> names;
  const auto number_of = [&](const std::string& name) {
    const auto at = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (at == names.size()) names.push_back(name);
    return static_cast<std::uint32_t>(at);
  };
  std::vector<stats::pairwise_game> games;
  std::vector<std::uint64_t> questions;
  for (const judged_pairs_run& run : runs) {
    if (run.signature != runs.front().signature)
      return error{.code = error_code::mismatch,
                   .message = "the runs differ in how they were judged: " + runs.front().signature +
                              " against " + run.signature,
                   .fix = "rank systems by runs with the same rubric and judge"};
    if (run.systems.baseline == run.systems.candidate)
      return error{.code = error_code::mismatch,
                   .message = "both systems of a run are named \"" + run.systems.baseline + '"',
                   .fix = "give the files of different systems different names"};
    const std::uint32_t candidate = number_of(run.systems.candidate),
                        baseline = number_of(run.systems.baseline);
    for (const judged_pair& pair : run.pairs) {
      if (!pair.scored_in_both_orders()) continue;
      const preference won = *pair.outcome();
      games.push_back({candidate, baseline,
                       won == preference::candidate ? 1.0
                       : won == preference::tie     ? 0.5
                                                    : 0.0});
      questions.push_back(stats::resampling_key(pair.id));
    }
  }
  out.pairs = games.size();
  if (games.empty())
    return error{.code = error_code::invalid_argument,
                 .message = "no pair has an outcome",
                 .fix = "judge some, or see why they have none: evalpp judge report"};
  std::vector<std::uint64_t> distinct = questions;
  std::sort(distinct.begin(), distinct.end());
  out.questions = static_cast<std::size_t>(std::unique(distinct.begin(), distinct.end()) - distinct.begin());

  stats::bradley_terry_options options;
  options.resampling = resampling;
  const stats::resampled_strengths found =
      stats::bradley_terry_bootstrap(run_on, games, questions, names.size(), options);
  out.connected = !found.fit.log_strengths.empty();
  for (std::size_t i = 0; i < names.size(); ++i) {
    ranked_system one{.name = names[i]};
    one.pairs = static_cast<std::size_t>(
        std::count_if(games.begin(), games.end(),
                      [&](const stats::pairwise_game& g) { return g.first == i || g.second == i; }));
    one.elo = out.connected ? stats::elo_scale(found.fit.log_strengths[i])
                            : std::numeric_limits<double>::quiet_NaN();
    one.ci = stats::elo_interval(found.log_strengths[i], level);
    one.rank = found.ranks[i].estimate;
    one.rank_ci = stats::rank_interval(found.ranks[i], level);
    one.first = found.first[i];
    out.systems.push_back(std::move(one));
  }
  if (out.connected)
    std::stable_sort(out.systems.begin(), out.systems.end(),
                     [](const ranked_system& a, const ranked_system& b) { return a.elo > b.elo; });
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
