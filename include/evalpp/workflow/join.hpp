// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/stats/paired_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::workflow {

/// What becomes of an example that only one of two systems has.
enum class join_policy {
  strict,     ///< it is an error
  intersect,  ///< it is left out, and named
};

/// Two systems' examples, matched.
struct joined_rows {
  std::vector<stats::row_pair> pairs;      ///< in the order of the baseline
  std::vector<std::size_t> only_baseline;  ///< row numbers, in order
  std::vector<std::size_t> only_candidate;

  bool complete() const noexcept { return only_baseline.empty() && only_candidate.empty(); }
};

/// Matches examples by id. An id that occurs several times, as over epochs, is matched in order: the first
/// with the first. O(ids) expected, whatever they are.
inline joined_rows join_by_id(std::span<const std::string> baseline, std::span<const std::string> candidate) {
  joined_rows out;
  if (std::equal(baseline.begin(), baseline.end(), candidate.begin(), candidate.end())) {
    for (std::size_t i = 0; i < baseline.size(); ++i) out.pairs.push_back({i, i});
    return out;
  }
  // The next unmatched row of each id of the candidate, and for each row the one after it of the same id.
  constexpr auto none = static_cast<std::size_t>(-1);
  dictionary<std::string_view> known;
  known.clear(candidate.size());
  std::vector<std::size_t> next, after(candidate.size(), none);
  for (std::size_t i = candidate.size(); i-- > 0;) {
    const std::size_t id = known.insert(std::string_view(candidate[i])) - 1;
    if (id == next.size())
      next.push_back(i);
    else
      after[i] = std::exchange(next[id], i);
  }
  std::vector<bool> matched(candidate.size());
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    const std::uint32_t id = known.find(std::string_view(baseline[i]));
    if (id == unknown_token || next[id - 1] == none) {
      out.only_baseline.push_back(i);
      continue;
    }
    const std::size_t found = std::exchange(next[id - 1], after[next[id - 1]]);
    matched[found] = true;
    out.pairs.push_back({i, found});
  }
  for (std::size_t i = 0; i < candidate.size(); ++i)
    if (!matched[i]) out.only_candidate.push_back(i);
  return out;
}

namespace detail {

inline std::string some_ids(std::span<const std::string> ids, std::span<const std::size_t> rows) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t k = 0; k < rows.size() && k < most; ++k) text += (k == 0 ? "" : ", ") + ids[rows[k]];
  return rows.size() > most ? text + ", ..." : text;
}

inline std::string only_in(const char* which, std::span<const std::string> ids,
                           std::span<const std::size_t> rows) {
  if (rows.empty()) return {};
  return std::to_string(rows.size()) + (rows.size() == 1 ? " id is" : " ids are") + " only in the " + which +
         " (" + some_ids(ids, rows) + ")";
}

}  // namespace detail

/// What a join left out, in words: "2 ids are only in the baseline (7, 9)"; empty when nothing.
inline std::string left_out(const joined_rows& joined, std::span<const std::string> baseline,
                            std::span<const std::string> candidate) {
  const std::string first = detail::only_in("baseline", baseline, joined.only_baseline);
  const std::string second = detail::only_in("candidate", candidate, joined.only_candidate);
  return first + (first.empty() || second.empty() ? "" : ", ") + second;
}

/// Matches examples by id under a policy. An error when an id has no partner (`strict`) and when none has.
inline result<joined_rows> join_rows(std::span<const std::string> baseline,
                                     std::span<const std::string> candidate,
                                     join_policy policy = join_policy::strict) {
  joined_rows joined = join_by_id(baseline, candidate);
  if (joined.pairs.empty())
    return error{error_code::mismatch, "the systems have no example in common",
                 "examples are joined by id: do both sides have the same ids?"};
  if (policy == join_policy::strict && !joined.complete())
    return error{error_code::mismatch,
                 "the systems were not asked the same: " + left_out(joined, baseline, candidate),
                 "give both the same examples, or compare what they share (join intersect)"};
  return joined;
}

}  // namespace evalpp::inline EVALPP_ABI::workflow
