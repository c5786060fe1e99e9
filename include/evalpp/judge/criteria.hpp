// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/rubric.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How deep criteria may lie in one another.
inline constexpr std::size_t max_rubric_depth = 32;

namespace detail {

inline bool is_group(const criterion& c) { return !c.parts.empty(); }
inline bool is_checklist_item(const criterion& c) { return c.points.has_value(); }

inline void add_leaves(std::span<const criterion> criteria, std::vector<const criterion*>& out) {
  for (const criterion& c : criteria) {
    if (is_group(c))
      add_leaves(c.parts, out);
    else
      out.push_back(&c);
  }
}

/// Whether a leaf's scale has this score; a checklist's scale is 0 and 1.
inline bool has_score(const criterion& leaf, std::int64_t score) {
  if (is_checklist_item(leaf)) return score == 0 || score == 1;
  return leaf.scale.front().score <= score && score <= leaf.scale.back().score;
}

inline error bad_criterion(const criterion& c, const std::string& what, std::string fix) {
  return {error_code::invalid_argument, "the criterion \"" + c.name + "\" " + what, std::move(fix)};
}

inline std::optional<error> fault_of_one(const criterion& c) {
  if (c.name.empty())
    return error{error_code::invalid_argument, "a criterion has no name", "name it: verdicts go by the name"};
  constexpr double heaviest = 1e9;  // sums of them stay finite and exact enough
  if (!evalpp::detail::is_finite(c.weight) || c.weight < 0 || c.weight > heaviest)
    return bad_criterion(c, "has a weight that is negative, huge or no number",
                         "give it a weight of 0 or more");
  const int kinds = int{!c.scale.empty()} + int{c.points.has_value()} + int{!c.parts.empty()};
  if (kinds != 1)
    return bad_criterion(c, kinds == 0 ? "has nothing to be judged by" : "is of several kinds",
                         "give it a scale, or points, or parts");
  if (c.points && (!evalpp::detail::is_finite(*c.points) || *c.points == 0 || *c.points > heaviest ||
                   *c.points < -heaviest))
    return bad_criterion(c, "has points that are 0, huge or no number",
                         "give points for what is wanted, negative ones for what is not");
  if (c.scale.size() == 1)
    return bad_criterion(c, "has a scale of one level", "give it the lowest and the highest level");
  for (std::size_t k = 1; k < c.scale.size(); ++k)
    if (c.scale[k].score <= c.scale[k - 1].score)
      return bad_criterion(c, "has levels that do not ascend", "list them from the lowest to the highest");
  // So that every level and sums over many verdicts are exact as doubles too.
  constexpr std::int64_t most = 1'000'000;
  if (!c.scale.empty() && (c.scale.front().score < -most || c.scale.back().score > most))
    return bad_criterion(c, "has levels beyond a million", "choose smaller numbers");
  return std::nullopt;
}

/// What is wrong with a rubric, and where in its file: a JSON Pointer to the criterion or the example.
struct rubric_fault {
  error what;
  std::string pointer;
};

inline std::optional<rubric_fault> fault_of_all(std::span<const criterion> criteria, std::string_view of,
                                                const std::string& pointer, std::size_t depth) {
  if (depth > max_rubric_depth)
    return rubric_fault{
        {error_code::limit, "criteria lie more than " + std::to_string(max_rubric_depth) + " deep",
         "make the tree flatter"},
        pointer};
  double weights = 0, earned = 0;
  bool items = false;
  for (std::size_t k = 0; k < criteria.size(); ++k) {
    const criterion& c = criteria[k];
    const std::string here = pointer + '/' + std::to_string(k);
    if (auto fault = fault_of_one(c)) return rubric_fault{std::move(*fault), here};
    if (is_checklist_item(c)) {
      items = true;
      earned += (std::max)(*c.points, 0.0);
    } else {
      weights += c.weight;
    }
    if (is_group(c))
      if (auto fault = fault_of_all(c.parts, c.name, here + "/parts", depth + 1)) return fault;
  }
  if (items && !(earned > 0))
    return rubric_fault{
        {error_code::invalid_argument, std::string(of) + ": no item of the checklist has points above 0",
         "give points for what is wanted"},
        pointer};
  if (!items && !(weights > 0))
    return rubric_fault{{error_code::invalid_argument, std::string(of) + ": every weight is 0",
                         "give at least one criterion a weight above 0"},
                        pointer};
  return std::nullopt;
}

/// The way to leaf `leaf`, which counts down on the way; empty when there are fewer.
inline std::string pointer_to_leaf(std::span<const criterion> criteria, const std::string& pointer,
                                   std::size_t& leaf) {
  for (std::size_t k = 0; k < criteria.size(); ++k) {
    std::string here = pointer + '/' + std::to_string(k);
    if (is_group(criteria[k])) {
      if (std::string found = pointer_to_leaf(criteria[k].parts, here + "/parts", leaf); !found.empty())
        return found;
    } else if (leaf-- == 0) {
      return here;
    }
  }
  return {};
}

}  // namespace detail

/// The criteria that are judged, in the order of the rubric: those without parts.
inline std::vector<const criterion*> leaves(const rubric& by) {
  std::vector<const criterion*> out;
  detail::add_leaves(by.criteria, out);
  return out;
}

namespace detail {

inline std::optional<rubric_fault> find_fault(const rubric& by) {
  if (by.criteria.empty())
    return rubric_fault{{error_code::invalid_argument, "the rubric has no criteria", "give it at least one"},
                        {}};
  if (auto fault = fault_of_all(by.criteria, "the rubric", "/criteria", 1)) return fault;
  const std::vector<const criterion*> all = leaves(by);
  if (const auto twice =
          find_repeated_name(all.size(), [&](std::size_t k) -> const std::string& { return all[k]->name; })) {
    std::size_t again = twice->again;
    return rubric_fault{{error_code::duplicate, "two criteria are named \"" + all[again]->name + "\"",
                         "give each a name of its own"},
                        pointer_to_leaf(by.criteria, "/criteria", again)};
  }
  for (std::size_t e = 0; e < by.examples.size(); ++e) {
    const std::vector<std::int64_t>& scores = by.examples[e].scores;
    const std::string which = "worked example " + std::to_string(e + 1);
    const std::string here = "/examples/" + std::to_string(e);
    if (scores.size() != all.size())
      return rubric_fault{{error_code::mismatch,
                           which + " has " + std::to_string(scores.size()) + " scores for " +
                               std::to_string(all.size()) + " criteria",
                           "give one score for each"},
                          here};
    for (std::size_t k = 0; k < all.size(); ++k)
      if (!has_score(*all[k], scores[k]))
        return rubric_fault{{error_code::invalid_argument,
                             which + " has the score " + std::to_string(scores[k]) + " for \"" +
                                 all[k]->name + "\", which its scale does not have",
                             "choose one of the scale"},
                            here};
  }
  return std::nullopt;
}

}  // namespace detail

/// Why a rubric cannot be used; nothing when it can. Names must differ, scales ascend and have two levels,
/// something must count, and the worked examples must have scores that exist. O(size log size).
inline std::optional<error> fault_of(const rubric& by) {
  if (auto fault = detail::find_fault(by)) return std::move(fault->what);
  return std::nullopt;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
