// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/detail/length_model.hpp>
#include <evalpp/judge/estimated.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/rank_correlation.hpp>
#include <evalpp/stats/score_interval.hpp>
#include <evalpp/stats/weighted_bootstrap.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a judge of pairs prefers beside the better answer: the one that stands first, the longer one, its own.
namespace evalpp::inline EVALPP_ABI::judge {

/// Does the judge prefer a place? 1/2 of the decided calls without a bias.
struct position_bias {
  /// Of the calls that prefer one answer, those that prefer the one that stood first; the calls of an id
  /// are one cluster.
  counted_share first;
  /// Of the pairs asked in both orders, those in which the orders differ.
  counted_share inconsistent;
  std::uint64_t first_flips = 0;   ///< of these: the first answer in both orders
  std::uint64_t second_flips = 0;  ///< the second in both
  std::uint64_t tie_flips = 0;     ///< a tie in one of them
};

/// Why there is no length-controlled win rate.
enum class length_control : std::uint8_t {
  available,
  too_few_pairs,  ///< fewer than `least_length_pairs` with a verdict
  equal_lengths,  ///< the answers of every pair are as long as each other, or nobody knows the lengths
};

inline constexpr std::size_t least_length_pairs = 10;

constexpr std::string_view to_string(length_control which) noexcept {
  return which == length_control::available       ? "available"
         : which == length_control::too_few_pairs ? "too_few_pairs"
                                                  : "equal_lengths";
}

/// Does the judge prefer the longer answer?
struct length_bias {
  /// Of the decided pairs with answers of different length, those that the longer one won.
  counted_share longer_won;
  /// Spearman's, of the outcome with the candidate's length less the baseline's; identical answers left out.
  std::optional<estimated> correlation;
  /// The candidate's win rate had both answers been equally long, 0-1; see `length_controlled`.
  std::optional<estimated> win_rate;
  length_control why = length_control::available;
  double raw_win_rate = std::numeric_limits<double>::quiet_NaN();  ///< of the same pairs
};

/// How often the judge prefers answers of its own family of models.
struct self_preference {
  preference own = preference::candidate;  ///< the system of the judge's family
  estimated win_rate;                      ///< of its answers, ties half, 0-1
};

struct pair_bias {
  position_bias position;
  length_bias length;
  std::optional<self_preference> self;  ///< when exactly one system is of the judge's family
};

struct pair_bias_options {
  double level = 0.95;
  bool intervals = true;  ///< without them nothing is resampled
  stats::resampling_options resampling = {.replicates = bias_replicates};
  bool one_order_is_enough = false;  ///< a person sees a pair once; a judge's pair needs both orders
  std::string judge_model = {};      ///< names, for self-preference; see `model_family`
  std::string candidate_model = {};
  std::string baseline_model = {};
};

/// The family of a model by its name: what stands behind the last slash, up to the first character that is
/// no letter, in lower case. `openai/gpt-4o-mini` is of `gpt`, `Claude-3.5` of `claude`, `o1-preview` of `o`.
inline std::string model_family(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string family;
  for (const char c : name) {
    const bool upper = 'A' <= c && c <= 'Z';
    if (!upper && !('a' <= c && c <= 'z')) break;
    family += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return family;
}

/// Which system the judge's family made; nothing when neither did, or both, or a name is missing.
inline std::optional<preference> own_system(const pair_bias_options& of) {
  const std::string family = model_family(of.judge_model);
  if (family.empty()) return std::nullopt;
  const bool candidate = model_family(of.candidate_model) == family;
  const bool baseline = model_family(of.baseline_model) == family;
  if (candidate == baseline) return std::nullopt;
  return candidate ? preference::candidate : preference::baseline;
}

/// Bias for a place. Pairs of identical answers, which nobody was asked about, have no part in it.
/// O(pairs log pairs).
inline position_bias position_bias_of(std::span<const judged_pair> pairs, double level = 0.95) {
  position_bias out;
  std::vector<double> first;
  std::vector<std::uint64_t> pair_of;
  std::uint64_t both = 0, flipped = 0;
  for (const judged_pair& p : pairs) {
    const auto add = [&](std::optional<preference> said, preference stood_first) {
      if (!said || *said == preference::tie) return;
      first.push_back(*said == stood_first ? 1.0 : 0.0);
      pair_of.push_back(stats::resampling_key(p.id));
    };
    if (p.identical) continue;
    add(p.baseline_first, preference::baseline);
    add(p.candidate_first, preference::candidate);
    if (!p.baseline_first || !p.candidate_first) continue;
    ++both;
    if (!p.flipped()) continue;
    ++flipped;
    if (*p.baseline_first == preference::tie || *p.candidate_first == preference::tie)
      ++out.tie_flips;
    else if (*p.baseline_first == preference::baseline)
      ++out.first_flips;
    else
      ++out.second_flips;
  }
  out.first = share_of(first, pair_of, level);
  out.inconsistent = share_of(flipped, both, level);
  return out;
}

/// All that can be said of the bias of a judge of pairs. A judge's pairs without a verdict in both orders
/// count for what they have in `position` only. Deterministic. O(resamples * pairs * log pairs).
template <executor Executor>
pair_bias pair_bias_of(const Executor& run_on, std::span<const judged_pair> pairs,
                       const pair_bias_options& options = {}) {
  enum : std::size_t { correlation, controlled, raw, count };
  pair_bias out;
  out.position = position_bias_of(pairs, options.level);

  std::vector<double> outcomes, differences;  // of the pairs with a verdict
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> asked;  // 1, or 0 where the answers are identical
  std::uint64_t decided = 0, longer = 0;
  for (const judged_pair& p : pairs) {
    const auto outcome = p.outcome();
    if (!outcome || (!options.one_order_is_enough && !p.scored_in_both_orders())) continue;
    const double difference =
        static_cast<double>(p.candidate_length) - static_cast<double>(p.baseline_length);
    outcomes.push_back(*outcome == preference::candidate ? 1 : *outcome == preference::tie ? 0.5 : 0);
    differences.push_back(difference);
    keys.push_back(stats::resampling_key(p.id));
    asked.push_back(p.identical ? 0 : 1);
    if (*outcome == preference::tie || p.candidate_length == p.baseline_length) continue;
    ++decided;
    longer += (difference > 0) == (*outcome == preference::candidate) ? 1U : 0U;
  }
  out.length.longer_won = share_of(longer, decided, options.level);

  const detail::length_model model(outcomes, differences);
  const bool enough = outcomes.size() >= least_length_pairs;
  out.length.why = !enough           ? length_control::too_few_pairs
                   : !model.varies() ? length_control::equal_lengths
                                     : length_control::available;
  const auto values = [&](std::span<const std::uint32_t> weights, std::span<double> found) {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<std::uint32_t> of_asked(weights.begin(), weights.end());
    for (std::size_t i = 0; i < asked.size(); ++i) of_asked[i] *= asked[i];
    found[correlation] = stats::spearman_correlation(differences, outcomes, of_asked).value_or(none);
    found[controlled] = out.length.why == length_control::available ? model.at_equal_length(weights) : none;
    double won = 0, all = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      won += weights[i] * outcomes[i];  // halves: exact
      all += weights[i];
    }
    found[raw] = won / all;
  };
  std::vector<std::optional<estimated>> found(count);
  if (!outcomes.empty() && options.intervals) {
    const auto drawn = stats::weighted_bootstrap_each(run_on, keys, count, values, options.resampling);
    for (std::size_t k = 0; k < count; ++k) {
      if (evalpp::detail::is_nan(drawn[k].estimate)) continue;
      const stats::score_interval made = stats::resampled_interval(drawn[k], options.level);
      found[k] = estimated{drawn[k].estimate, made.ends, made.method};
    }
  } else if (!outcomes.empty()) {
    std::vector<double> plain(count);
    values(std::vector<std::uint32_t>(outcomes.size(), 1), plain);
    for (std::size_t k = 0; k < count; ++k)
      if (!evalpp::detail::is_nan(plain[k])) found[k] = estimated{plain[k], {}, {}};
  }
  out.length.correlation = found[correlation];
  out.length.win_rate = found[controlled];
  if (!found[raw]) return out;
  out.length.raw_win_rate = found[raw]->value;
  if (const auto own = own_system(options)) {
    out.self = self_preference{*own, *found[raw]};
    if (*own == preference::baseline) {
      estimated& rate = out.self->win_rate;
      rate.value = 1 - rate.value;
      std::swap(rate.ci.lo, rate.ci.hi);
      rate.ci.lo = 1 - rate.ci.lo;
      rate.ci.hi = 1 - rate.ci.hi;
    }
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
