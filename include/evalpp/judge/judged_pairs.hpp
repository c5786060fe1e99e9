// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/pair_verdict.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/run_summary.hpp>
#include <evalpp/judge/unscored.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What the journal of a pairwise run says. `pair_comparison.hpp` makes a comparison of it.
struct judged_pairs_run : run_summary {
  system_names systems;
  std::string signature;  ///< rubric, model and how the model answers
  /// The pairs that have an outcome or will have none, in the order of the data; those that wait for a
  /// verdict are left out. One that lacks a verdict in either order is unscored, see
  /// `judged_pair::scored_in_both_orders`.
  std::vector<judged_pair> pairs;
  std::vector<std::optional<judge::unscored>> reasons;  ///< why a pair is unscored
  std::size_t identical = 0;                            ///< of the scored pairs: ties nobody was asked about
  std::size_t inconsistent = 0;  ///< of the scored pairs: the orders disagree, which makes a tie
};

namespace detail {

/// The pairs that the head lists, not judged yet.
inline result<std::vector<judged_pair>> listed_pairs(const journal_head& head) {
  const error broken{error_code::syntax, "the journal's first line does not list the pairs",
                     "begin a new journal"};
  const auto listed = json::parse(about_of(head, "pairs"));
  if (!listed || !listed->root().is_array()) return broken;
  std::vector<judged_pair> out;
  for (const json::value from : listed->root().items()) {
    judged_pair pair;
    field_reader fields(from);
    fields.text("item", pair.id);
    const auto baseline = from["lengths"][0].as_int64(), candidate = from["lengths"][1].as_int64();
    if (!fields.wrong().empty() || !baseline || !candidate || *baseline < 0 || *candidate < 0) return broken;
    pair.baseline_length = static_cast<std::size_t>(*baseline);
    pair.candidate_length = static_cast<std::size_t>(*candidate);
    pair.identical = from["identical"].as_bool().value_or(false);
    out.push_back(std::move(pair));
  }
  return out;
}

/// What most of the verdicts prefer; a tie when no preference has more than each other one, and
/// nothing without any.
inline std::optional<preference> majority_of(const std::vector<preference>& said) {
  if (said.empty()) return std::nullopt;
  std::array<std::size_t, 3> votes = {};
  for (const preference p : said) ++votes[static_cast<std::size_t>(p)];
  const auto most = std::max_element(votes.begin(), votes.end());
  if (std::count(votes.begin(), votes.end(), *most) > 1) return preference::tie;
  return static_cast<preference>(most - votes.begin());
}

/// Adds a pair that is done, and counts it; `lacks` is why it has no verdict if it has none.
inline void add_pair(judged_pairs_run& to, judged_pair pair, unscored lacks) {
  const bool scored = pair.scored_in_both_orders();
  to.scored += scored ? 1U : 0U;
  to.identical += pair.identical ? 1U : 0U;
  to.inconsistent += scored && pair.flipped() ? 1U : 0U;
  if (!scored) ++to.unscored[static_cast<std::size_t>(lacks)];
  to.reasons.push_back(scored ? std::optional<unscored>() : lacks);
  to.pairs.push_back(std::move(pair));
}

}  // namespace detail

/// Reads a journal's verdicts into pairs; no network. An error when it is not of a pairwise run. Entries that
/// are for no pair are passed over. A pair without a verdict counts under the reason of the order that lacks
/// it, the baseline's first. Of several samples the majority counts, an even split is a tie, and unscored
/// ones are left out. O(entries).
inline result<judged_pairs_run> judged_pairs_run_of(const journal_contents& from) {
  judged_pairs_run out;
  if (auto head = detail::summarize_head(from.head, "pairwise", out); !head) return std::move(head.error());
  out.systems = {std::string(detail::about_of(from.head, "baseline")),
                 std::string(detail::about_of(from.head, "candidate"))};
  out.signature = detail::judged_signature(from.head, out.rubric.name);
  auto listed = detail::listed_pairs(from.head);
  if (!listed) return std::move(listed.error());
  out.items = listed->size();

  std::vector<std::array<detail::question_entries, 2>> outcomes(out.items);  // by pair and order
  detail::each_outcome(from, out, [&](const detail::call_place& at, const journal_entry& best) {
    if (at.row < out.items && at.item == (*listed)[at.row].id && !(*listed)[at.row].identical)
      outcomes[at.row][static_cast<std::size_t>(at.order)].set(at, best);
  });
  const pair_verdict_reader reader;
  const auto value_of = [](const pair_verdict& v) {
    return v.preferred == preferred_answer::a ? 1.0 : v.preferred == preferred_answer::b ? 0.0 : 0.5;
  };
  for (std::size_t row = 0; row < out.items; ++row) {
    judged_pair& pair = (*listed)[row];
    const auto& both = outcomes[row];
    const auto waits = [&](const detail::question_entries& q) {
      return !q.complete(out.samples.per_question);
    };
    if (!pair.identical && std::any_of(both.begin(), both.end(), waits)) continue;
    std::optional<unscored> lacks;
    for (const pair_order order : {pair_order::baseline_first, pair_order::candidate_first}) {
      const auto said =
          detail::verdicts_of<pair_verdict>(both[static_cast<std::size_t>(order)], reader, value_of, out);
      auto& into = order == pair_order::baseline_first ? pair.baseline_first : pair.candidate_first;
      std::vector<preference> preferred;
      for (const pair_verdict& v : said.found) preferred.push_back(v.in(order));
      into = detail::majority_of(preferred);
      if (!into && !lacks) lacks = said.lacks;
    }
    detail::add_pair(out, std::move(pair), lacks.value_or(unscored::malformed));
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
