// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/workflow/join.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// Two answers to one question. All of it is untrusted text.
struct answer_pair {
  std::string id;
  std::vector<turn> input;  ///< the conversation up to the answers
  std::string baseline;
  std::string candidate;
  std::vector<std::string> references = {};

  /// The same bytes: a tie that nobody has to be asked about.
  bool identical() const { return baseline == candidate; }

  bool operator==(const answer_pair&) const = default;
};

/// The answers of two systems, matched.
struct matched_answers {
  std::vector<answer_pair> pairs;  ///< in the order of the baseline
  workflow::joined_rows joined;    ///< which items they are
  std::string dropped;             ///< in words, what the join left out; empty when nothing
};

/// Matches two systems' answers by id. An error when an id has no partner (`strict`), when none has, and when
/// two items of one id are not the same question: their inputs or references differ, and neither has none.
/// O(items) expected.
inline result<matched_answers> match_answers(std::span<const item> baseline, std::span<const item> candidate,
                                             workflow::join_policy policy = workflow::join_policy::strict) {
  const auto ids = [](std::span<const item> of) {
    std::vector<std::string> out;
    out.reserve(of.size());
    for (const item& i : of) out.push_back(i.id);
    return out;
  };
  const std::vector<std::string> first = ids(baseline), second = ids(candidate);
  auto joined = workflow::join_rows(first, second, policy);
  if (!joined) return std::move(joined.error());
  matched_answers out{{}, std::move(*joined), {}};
  out.dropped = workflow::left_out(out.joined, first, second);
  for (const stats::row_pair& at : out.joined.pairs) {
    const item &a = baseline[at.baseline], &b = candidate[at.candidate];
    const auto differ = [](const auto& x, const auto& y) { return !x.empty() && !y.empty() && x != y; };
    if (const bool inputs = differ(a.input, b.input); inputs || differ(a.references, b.references))
      return error{error_code::mismatch,
                   "the item \"" + a.id + "\" has " + (inputs ? "another input" : "other references") +
                       " in the candidate than in the baseline",
                   "an id must stand for the same question in both"};
    out.pairs.push_back({a.id, b.input.empty() ? a.input : b.input, a.prediction, b.prediction,
                         b.references.empty() ? a.references : b.references});
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
