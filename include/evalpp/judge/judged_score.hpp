// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/rubric.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The score half of a rubric. Every value is made of the sums of the scores of its leaves, so that these sums
// are all the statistics there are: exact, and rows like any metric's.

namespace evalpp::inline EVALPP_ABI::judge {

/// What a rubric makes of a sum of verdicts.
struct judged_value {
  double value = 0;       ///< on 0-1; 0 when nothing was scored
  double mean_score = 0;  ///< the same of the scores as they were given: levels, or points

  std::vector<part> parts() const { return {{"mean_score", mean_score}}; }
};

namespace detail {

using evalpp::detail::keep;

/// The name under which verdicts are counted; no criterion is named so.
inline constexpr std::string_view verdicts{};

/// The mean of a leaf's scores: (score - lowest) / (highest - lowest), or the share that met it; and the raw
/// one.
inline judged_value mean_of_leaf(const criterion& c, const sparse_counts& sums) {
  const auto sum = static_cast<double>(sums.count(c.name)), n = static_cast<double>(sums.count(verdicts));
  const double mean = keep(sum / n);
  if (is_checklist_item(c)) return {mean, keep(mean * *c.points)};
  const auto lowest = static_cast<double>(c.scale.front().score);
  const double width = static_cast<double>(c.scale.back().score) - lowest;
  return {keep(keep(sum - keep(lowest * n)) / keep(width * n)), mean};
}

/// The mean of criteria that stand side by side.
inline judged_value mean_of(std::span<const criterion> criteria, const sparse_counts& sums) {
  judged_value total;
  double weights = 0, met = 0, positive = 0, raw_points = 0;
  for (const criterion& c : criteria) {
    const judged_value own = c.parts.empty() ? mean_of_leaf(c, sums) : mean_of(c.parts, sums);
    if (is_checklist_item(c)) {
      met = keep(met + keep(*c.points * own.value));
      raw_points = keep(raw_points + own.mean_score);
      positive = keep(positive + (std::max)(*c.points, 0.0));
    } else {
      total.value = keep(total.value + keep(c.weight * own.value));
      total.mean_score = keep(total.mean_score + keep(c.weight * own.mean_score));
      weights = keep(weights + c.weight);
    }
  }
  if (positive > 0) {
    total.value = keep(total.value + keep(met / positive));
    total.mean_score = keep(total.mean_score + raw_points);
    weights = keep(weights + 1);
  }
  return {keep(total.value / weights), keep(total.mean_score / weights)};
}

}  // namespace detail

/// The metric of one criterion, or of the whole rubric: `score` without `measure`, which a judge does. The
/// statistics are the sums of the scores by the name of the criterion, and the number of verdicts.
///
/// A scale's value is (score - lowest) / (highest - lowest); a checklist's the points met over the positive
/// points (HealthBench), which negative points can bring below 0; a tree's the weighted mean of its parts
/// (PaperBench). Among scales, the items of a checklist count together as one part of weight 1. `Kind` is
/// what the value is: the share met for one item of a checklist, else a mean of the verdicts' own values, or,
/// where one of these may be negative, a ratio of sums. O(leaves * log leaves).
template <value_kind Kind>
class basic_judged_score {
 public:
  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = Kind == value_kind::proportion;
  static constexpr bool is_mean = Kind == value_kind::mean;
  static constexpr bool scores_without_reference = true;

  using statistics = sparse_counts;

  /// `criteria`: one, or all that stand at the top of a rubric.
  basic_judged_score(std::string name, std::string signature, std::vector<criterion> criteria)
      : name_(std::move(name)), signature_(std::move(signature)), criteria_(std::move(criteria)) {}

  std::string name() const { return name_; }
  std::string signature() const { return signature_; }

  judged_value score(const statistics& sums) const {
    if (sums.count(detail::verdicts) == 0) return {};
    if (criteria_.size() == 1 && detail::is_checklist_item(criteria_.front()))
      return detail::mean_of_leaf(criteria_.front(), sums);
    return detail::mean_of(criteria_, sums);
  }
  ratio_of_sums as_ratio(const statistics& sums) const requires(Kind == value_kind::ratio) {
    const auto n = static_cast<double>(sums.count(detail::verdicts));
    return {evalpp::detail::keep(score(sums).value * n), n};
  }

  bool operator==(const basic_judged_score& o) const {
    return name_ == o.name_ && signature_ == o.signature_;
  }

 private:
  std::string name_, signature_;
  std::vector<criterion> criteria_;
};

static_assert(scalar_metric<basic_judged_score<value_kind::mean>>);
static_assert(value_kind_of<basic_judged_score<value_kind::ratio>> == value_kind::ratio);

/// The metrics of a rubric: one for each leaf criterion, `judge:NAME`, then the weighted whole, `judge`. The
/// rubric is one that `fault_of` finds no fault with. `signature` says how it was judged: rubric, model,
/// sampling. `single`: a row is one verdict; else it is the mean of several, and an item of a checklist is
/// met or not no more, but a mean too.
inline std::vector<any_scorer> judged_scores(const rubric& by, const std::string& signature,
                                             bool single = true) {
  std::vector<any_scorer> out;
  bool negative = false;
  const auto add = [&](std::string name, std::vector<criterion> criteria, value_kind kind) {
    if (kind == value_kind::proportion)
      out.emplace_back(
          basic_judged_score<value_kind::proportion>(std::move(name), signature, std::move(criteria)));
    else if (kind == value_kind::mean)
      out.emplace_back(basic_judged_score<value_kind::mean>(std::move(name), signature, std::move(criteria)));
    else
      out.emplace_back(
          basic_judged_score<value_kind::ratio>(std::move(name), signature, std::move(criteria)));
  };
  for (const criterion* c : leaves(by)) {
    add("judge:" + c->name, {*c},
        single && detail::is_checklist_item(*c) ? value_kind::proportion : value_kind::mean);
    negative = negative || c->points.value_or(0) < 0;
  }
  add("judge", by.criteria, negative ? value_kind::ratio : value_kind::mean);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
