// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace evalpp::inline EVALPP_ABI::judge {

/// Which of two answers is better.
enum class preference : std::uint8_t { baseline, candidate, tie };

/// What a judge, a panel or a person said of two answers to one question. A judge is asked in both orders,
/// because many prefer the answer that they see first; a person sees one of them.
struct judged_pair {
  std::string id;
  std::optional<preference> baseline_first = {};   ///< said when the baseline's answer stood first
  std::optional<preference> candidate_first = {};  ///< said when the candidate's answer stood first
  bool identical = false;           ///< the answers are the same bytes: a tie nobody was asked about
  std::size_t baseline_length = 0;  ///< characters (code points) of the answers
  std::size_t candidate_length = 0;

  /// The pair counts only when every order it was to be asked in has a verdict.
  bool scored_in_both_orders() const { return identical || (baseline_first && candidate_first); }

  /// The verdict over both orders: what both say, and a tie where they differ (MT-Bench's conservative rule).
  /// With one order it is that order's; nothing without any.
  std::optional<preference> outcome() const {
    if (identical) return preference::tie;
    if (baseline_first && candidate_first)
      return *baseline_first == *candidate_first ? *baseline_first : preference::tie;
    return baseline_first ? baseline_first : candidate_first;
  }

  /// Whether the two orders disagree.
  bool flipped() const { return baseline_first && candidate_first && *baseline_first != *candidate_first; }

  bool operator==(const judged_pair&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
