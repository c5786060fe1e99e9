// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/stats/shrinkage.hpp>
#include <evalpp/workflow/adjust_p.hpp>
#include <evalpp/workflow/compare_options.hpp>
#include <evalpp/workflow/comparison.hpp>
#include <evalpp/workflow/detail/compare_metric.hpp>
#include <evalpp/workflow/join.hpp>

#include <cstddef>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace workflow {

/// A candidate's rows, and what errors call it.
struct candidate_table {
  const table* rows = nullptr;
  std::string name = {};
};

namespace detail {

// The column of the primary metric: by its name, the first one by default.
inline result<std::size_t> find_primary(const table& rows, const std::string& name) {
  if (name.empty()) return std::size_t{0};
  std::string known;
  for (std::size_t c = 0; c < rows.columns().size(); ++c) {
    const std::string& own = rows.columns()[c].info.name;
    if (own == name || (own == "em" && name == "exact_match")) return c;
    known += (known.empty() ? "" : ", ") + own;
  }
  return error{error_code::unknown_name, "the primary metric \"" + name + "\" was not measured",
               "measured were " + known};
}

inline status check_comparable(const table& baseline, const table& candidate) {
  if (baseline.columns().empty() || baseline.columns().size() != candidate.columns().size())
    return error{error_code::mismatch, "the runs were measured by different metrics",
                 "measure both by the same list of metrics"};
  for (std::size_t c = 0; c < baseline.columns().size(); ++c) {
    const column_info &a = baseline.columns()[c].info, &b = candidate.columns()[c].info;
    if (a == b) continue;
    return error{
        error_code::mismatch,
        "the signatures differ: " + a.name + " " + a.signature + " against " + b.name + " " + b.signature,
        "numbers with different signatures cannot be compared: measure both alike"};
  }
  return std::monostate{};
}

// The pairs of each candidate that share a key of the baseline.
struct key_group {
  std::string value;
  std::vector<std::vector<stats::row_pair>> pairs;  // by candidate; none where it lacks them all
};

// The groups by a key, in the order of first appearance.
inline std::vector<key_group> pairs_by_key(const key_column& key, std::span<const joined_rows> joined) {
  std::vector<key_group> groups;
  std::map<std::string_view, std::size_t> known;
  for (std::size_t c = 0; c < joined.size(); ++c) {
    for (const stats::row_pair& pair : joined[c].pairs) {
      const std::string& value = key.values[pair.baseline];
      const auto [at, added] = known.emplace(value, groups.size());
      if (added) groups.push_back({value, std::vector<std::vector<stats::row_pair>>(joined.size())});
      groups[at->second].pairs[c].push_back(pair);
    }
  }
  return groups;
}

// Sets the p values of the slices of one field beside each other, and pulls their differences together.
inline void adjust_slices(std::vector<slice_comparison>& slices, std::size_t metrics) {
  for (std::size_t m = 0; m < metrics; ++m) {
    std::vector<metric_comparison*> family;
    std::vector<stats::slice_estimate> deltas;
    for (slice_comparison& slice : slices) {
      family.push_back(&slice.metrics[m]);
      deltas.push_back(stats::slice_estimate_of(slice.metrics[m].delta, slice.metrics[m].ci));
    }
    adjust_p(family);
    const stats::shrinkage shrunk = stats::shrink(deltas);
    for (std::size_t k = 0; k < slices.size(); ++k) slices[k].shrunk.push_back(shrunk.slices[k].estimate);
  }
}

// Each candidate's slices by one field.
template <executor Executor>
std::vector<std::vector<slice_comparison>> compare_slices(const Executor& run_on, const table& baseline,
                                                          std::span<const candidate_table> candidates,
                                                          std::span<const joined_rows> joined,
                                                          std::span<const any_scorer> scorers,
                                                          const key_column& key,
                                                          const compare_options& options) {
  std::vector<std::vector<slice_comparison>> out(candidates.size());
  for (const key_group& group : pairs_by_key(key, joined)) {
    std::vector<candidate_pairs> pairs;
    std::vector<std::size_t> whose;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if (group.pairs[c].empty()) continue;
      pairs.push_back({candidates[c].rows, group.pairs[c]});
      whose.push_back(c);
    }
    auto found = compare_metrics(run_on, baseline, pairs, scorers, options);
    for (std::size_t k = 0; k < whose.size(); ++k)
      out[whose[k]].push_back({key.name, group.value, std::move(found[k]), {}});
  }
  for (std::vector<slice_comparison>& slices : out) adjust_slices(slices, scorers.size());
  return out;
}

}  // namespace detail

/// Compares rows that are matched already, by each metric: what `compare_tables` does with those that it has
/// joined. `scorers` belong to the columns, which must be alike; no pair is no error and decides nothing.
template <executor Executor>
std::vector<metric_comparison> compare_rows(const Executor& run_on, const table& baseline,
                                            const table& candidate, std::span<const any_scorer> scorers,
                                            std::span<const stats::row_pair> pairs,
                                            const compare_options& options = {}) {
  const detail::candidate_pairs one{&candidate, pairs};
  return std::move(detail::compare_metrics(run_on, baseline, std::span(&one, 1), scorers, options).front());
}

/// Compares the rows of several candidates with those of one baseline, metric by metric: `scorers` belong to
/// the columns. Examples are joined by id; clusters, weights and slices are the baseline's. All must have
/// been measured by metrics of equal signatures; an error names the candidate. One comparison for each
/// candidate, in order.
///
/// Every metric gets both values with intervals, the paired difference with its interval, a centred
/// two-sided bootstrap p, the randomization test, McNemar's mid-p test for independent 0/1 outcomes, wins
/// and losses, and a verdict. p values of the candidates are adjusted together, metric by metric, and so are
/// those of each one's slices: Holm for up to 20, Benjamini-Hochberg beyond (`adjust_p`); the differences of
/// slices are shown shrunk too.
///
/// All candidates that have the baseline's examples share its rows and their draws: the baseline is resampled
/// once. Each gets the bits that it gets alone, for any executor. O(systems * rows * lanes * replicates).
template <executor Executor>
result<std::vector<comparison>> compare_all(const Executor& run_on, const table& baseline,
                                            std::span<const candidate_table> candidates,
                                            std::span<const any_scorer> scorers,
                                            const compare_options& options = {}) {
  const auto primary = detail::find_primary(baseline, options.primary);
  std::vector<joined_rows> joined;
  for (const candidate_table& candidate : candidates) {
    const auto named = [&](error why) {
      if (!candidate.name.empty()) why.message.insert(0, candidate.name + ": ");
      return why;
    };
    if (auto same = detail::check_comparable(baseline, *candidate.rows); !same) return named(same.error());
    auto pairs = join_rows(baseline.ids(), candidate.rows->ids(), options.join);
    if (!pairs) return named(pairs.error());
    joined.push_back(std::move(*pairs));
  }
  if (!primary) return primary.error();

  std::vector<detail::candidate_pairs> all_pairs;
  for (std::size_t c = 0; c < candidates.size(); ++c)
    all_pairs.push_back({candidates[c].rows, joined[c].pairs});
  auto found = detail::compare_metrics(run_on, baseline, all_pairs, scorers, options);
  std::vector<comparison> out(candidates.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    out[c].primary = *primary;
    out[c].dropped = left_out(joined[c], baseline.ids(), candidates[c].rows->ids());
    out[c].metrics = std::move(found[c]);
  }
  for (std::size_t m = 0; m < scorers.size(); ++m) {
    std::vector<metric_comparison*> family;
    for (comparison& one : out) family.push_back(&one.metrics[m]);
    adjust_p(family);
  }
  for (const std::string& field : options.slices) {
    const key_column* const key = baseline.find_key(field);
    if (key == nullptr)
      return error{error_code::unknown_name, "the rows have no key \"" + field + "\" to slice by",
                   "add it to the table before comparing"};
    auto slices = detail::compare_slices(run_on, baseline, candidates, joined, scorers, *key, options);
    for (std::size_t c = 0; c < candidates.size(); ++c)
      out[c].slices.insert(out[c].slices.end(), std::make_move_iterator(slices[c].begin()),
                           std::make_move_iterator(slices[c].end()));
  }
  return out;
}

/// Compares one candidate with its baseline, see `compare_all`.
template <executor Executor>
result<comparison> compare_tables(const Executor& run_on, const table& baseline, const table& candidate,
                                  std::span<const any_scorer> scorers, const compare_options& options = {}) {
  const candidate_table one{&candidate, {}};
  auto found = compare_all(run_on, baseline, std::span(&one, 1), scorers, options);
  if (!found) return std::move(found.error());
  return std::move(found->front());
}

/// Compares two runs of `evaluate` by the metrics that they share, see `compare_tables`. Runs that cannot be
/// compared are an error: thrown, or fatal without exceptions.
///
///     auto verdict = evalpp::compare(baseline, candidate, {.primary = "em", .margin = 5});
///     std::cout << verdict;
template <metric... Ms>
comparison compare(const evaluation<Ms...>& baseline, const evaluation<Ms...>& candidate,
                   const compare_options& options = {}) {
  const std::vector<any_scorer> scorers = scorers_of(baseline.metrics());
  auto found = compare_tables(seq, baseline.rows(), candidate.rows(), scorers, options);
  if (!found) evalpp::detail::raise_error(found.error());
  return std::move(*found);
}

}  // namespace workflow

using workflow::compare;

}  // namespace evalpp::inline EVALPP_ABI
