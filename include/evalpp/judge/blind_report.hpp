// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/blind_answers.hpp>
#include <evalpp/judge/blind_key.hpp>
#include <evalpp/judge/estimated.hpp>
#include <evalpp/judge/human_labels.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/fleiss_kappa.hpp>
#include <evalpp/stats/krippendorff_alpha.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/rating_counts.hpp>
#include <evalpp/stats/score_interval.hpp>
#include <evalpp/stats/weighted_bootstrap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How far people agree with each other; 0-1 or the coefficient. What is undefined is missing.
struct rater_agreement {
  std::size_t pairs = 0;           ///< rated by at least two
  std::optional<double> equal;     ///< share of equal verdicts among two of one pair
  std::optional<estimated> alpha;  ///< Krippendorff's, nominal
  std::optional<estimated> fleiss;
};

/// One who has rated.
struct blind_rater {
  std::string name;
  std::size_t answers = 0;   ///< pairs, the repeated ones once
  std::size_t repeated = 0;  ///< pairs rated a second time, with the sides the other way
  std::size_t kept = 0;      ///< of these, with the same verdict

  bool operator==(const blind_rater&) const = default;
};

/// What a blind review has found.
struct blind_report {
  /// A pair each, in the order of the key, then the identical ones: `compare_pairs` with
  /// `required_orders::any` compares the systems by them. Of several people the majority counts, a tie being
  /// half of each; where nobody has answered there is no verdict.
  std::vector<judged_pair> pairs;
  /// One for each answer, with the order in which the person saw the pair: for `position_bias_of`.
  std::vector<judged_pair> single;
  std::size_t rated = 0;    ///< pairs with an answer
  std::size_t unrated = 0;  ///< pairs without one
  std::vector<blind_rater> raters;
  rater_agreement agreement;  ///< when there are several
};

struct blind_report_options {
  double level = 0.95;
  stats::resampling_options resampling = {.replicates = bias_replicates};
};

namespace detail {

inline judged_pair pair_of(const blind_key_entry& entry, std::optional<preference> said) {
  judged_pair out{.id = entry.id};
  (entry.candidate_is_a ? out.candidate_first : out.baseline_first) = said;
  out.baseline_length = entry.baseline_length;
  out.candidate_length = entry.candidate_length;
  return out;
}

/// How many of the pairs that a person rated twice have the same verdict.
inline void count_repeats(const blind_key& key, const blind_answers& answers,
                          std::vector<blind_rater>& raters) {
  std::unordered_map<std::string, preference> first;
  const auto name_of = [&](const blind_answer& a) { return a.rater + '\0' + key.entries[a.entry].id; };
  for (const blind_answer& a : answers.answers) first.try_emplace(name_of(a), a.said);
  for (const blind_answer& a : answers.again) {
    const auto before = first.find(name_of(a));
    if (before == first.end()) continue;  // the first showing has no answer
    const auto who =
        std::find_if(raters.begin(), raters.end(), [&](const auto& r) { return r.name == a.rater; });
    ++who->repeated;
    if (before->second == a.said) ++who->kept;
  }
}

template <executor Executor>
rater_agreement agreement_of_raters(const Executor& run_on, std::span<const std::optional<double>> ratings,
                                    std::size_t raters, std::span<const std::uint64_t> keys,
                                    const blind_report_options& options) {
  rater_agreement out;
  const std::vector<double> categories{0, 1, 2};
  const std::vector<std::uint32_t> counts = stats::rating_counts(ratings, raters, categories);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto row = ratings.subspan(i * raters, raters);
    out.pairs +=
        std::count_if(row.begin(), row.end(), [](const auto& r) { return r.has_value(); }) > 1 ? 1U : 0U;
  }
  if (out.pairs == 0) return out;
  const auto estimate = [&](const auto& value) -> std::optional<estimated> {
    const auto drawn = stats::weighted_bootstrap(run_on, keys, value, options.resampling);
    if (evalpp::detail::is_nan(drawn.estimate)) return std::nullopt;
    const stats::score_interval made = stats::resampled_interval(drawn, options.level);
    return estimated{drawn.estimate, made.ends, made.method};
  };
  using weight_list = std::span<const std::uint32_t>;
  out.alpha = estimate([&](weight_list weights) {
    return stats::krippendorff_alpha(ratings, raters, stats::measurement_level::nominal, weights);
  });
  out.fleiss =
      estimate([&](weight_list weights) { return stats::fleiss_kappa(counts, categories.size(), weights); });
  const auto found = stats::fleiss_kappa(counts, categories.size());
  out.equal = found ? found->observed_agreement : 1.0;  // undefined where all say the same
  return out;
}

}  // namespace detail

/// Joins answers with the key that they were read with. Deterministic. O(answers * resamples).
template <executor Executor>
blind_report blind_report_of(const Executor& run_on, const blind_key& key, const blind_answers& answers,
                             const blind_report_options& options = {}) {
  blind_report out;
  std::unordered_map<std::string_view, std::size_t> pair_of_id, rater_of;
  std::vector<const blind_key_entry*> first_entry;
  for (const blind_key_entry& e : key.entries)
    if (pair_of_id.try_emplace(e.id, first_entry.size()).second) first_entry.push_back(&e);
  for (const blind_answer& a : answers.answers) {
    const auto [at, is_new] = rater_of.try_emplace(a.rater, out.raters.size());
    if (is_new) out.raters.push_back({.name = a.rater});
    ++out.raters[at->second].answers;
  }
  detail::count_repeats(key, answers, out.raters);
  const std::size_t n = first_entry.size();
  std::vector<std::int64_t> balance(n);  // wins of the candidate less its losses
  std::vector<const blind_key_entry*> seen(n, nullptr);
  std::vector<std::size_t> given(n);
  for (const blind_answer& a : answers.answers) {
    const blind_key_entry& e = key.entries[a.entry];
    const std::size_t i = pair_of_id.at(e.id);
    balance[i] += rating_of(a.said) - 1;
    if (seen[i] == nullptr) seen[i] = &e;
    ++given[i];
    out.single.push_back(detail::pair_of(e, a.said));
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::optional<preference> said;
    if (seen[i] != nullptr)
      said = balance[i] > 0 ? preference::candidate : balance[i] < 0 ? preference::baseline : preference::tie;
    out.pairs.push_back(detail::pair_of(seen[i] != nullptr ? *seen[i] : *first_entry[i], said));
    ++(said ? out.rated : out.unrated);
  }
  for (const std::string& id : key.identical) out.pairs.push_back({.id = id, .identical = true});

  // Each pair has as many places as the most that people have said of one: who said it does not matter here.
  const std::size_t most = n == 0 ? 0 : *std::max_element(given.begin(), given.end());
  if (most < 2) return out;
  std::vector<std::optional<double>> ratings(n * most);
  std::vector<std::size_t> filled(n);
  for (const blind_answer& a : answers.answers) {
    const std::size_t i = pair_of_id.at(key.entries[a.entry].id);
    ratings[i * most + filled[i]++] = static_cast<double>(rating_of(a.said));
  }
  std::vector<std::uint64_t> keys;
  keys.reserve(n);
  for (const blind_key_entry* e : first_entry) keys.push_back(stats::resampling_key(e->id));
  out.agreement = detail::agreement_of_raters(run_on, ratings, most, keys, options);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
