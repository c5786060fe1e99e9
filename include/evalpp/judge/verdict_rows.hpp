// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judged_score.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run_summary.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/judge/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What the journal of a pointwise run says: rows like any metric's, and what is not in them.
struct judged_run : run_summary {
  std::vector<any_scorer> metrics;  ///< see `judged_scores`
  /// A row for each item that has an outcome, in the order of the data; an unscored one is `missing`. Those
  /// without an outcome yet have no row.
  table rows;
  /// The length of each row's answer in code points, where the journal tells it.
  std::vector<std::optional<std::uint64_t>> lengths;
  std::vector<std::optional<judge::unscored>> reasons;  ///< why a row has no verdict
};

/// Reads a journal's verdicts into rows; no network. Of an item that was asked several times the row is the
/// mean of its scored samples, and every item counts alike; one without a scored sample counts under the
/// reason of the first. An error when it is not of a pointwise run. Entries that are for no item are passed
/// over. O(entries log entries).
inline result<judged_run> judged_run_of(const journal_contents& from) {
  judged_run out;
  if (auto head = detail::summarize_head(from.head, "pointwise", out); !head) return std::move(head.error());
  const std::uint32_t samples = out.samples.per_question;
  out.metrics = judged_scores(out.rubric, detail::judged_signature(from.head, out.rubric.name), samples == 1);
  std::vector<column_info> columns;
  for (const any_scorer& m : out.metrics) columns.push_back(m.info());
  out.rows = table(std::move(columns));

  std::map<std::size_t, std::pair<detail::call_place, detail::question_entries>> outcomes;  // by row
  detail::each_outcome(from, out, [&](detail::call_place at, const journal_entry& best) {
    auto& [place, entries] = outcomes[at.row];
    entries.set(at, best);
    place = std::move(at);
  });
  for (auto at = outcomes.begin(); at != outcomes.end();)
    at = at->second.second.complete(samples) ? std::next(at) : outcomes.erase(at);

  const verdict_reader reader(out.rubric);
  const std::vector<const criterion*> all = leaves(out.rubric);
  const auto value_of = [&](const verdict& v) {
    sparse_counts sums;
    sums.add(detail::verdicts, 1);
    for (std::size_t k = 0; k < all.size(); ++k) sums.add(all[k]->name, v.scores[k]);
    return detail::mean_of(out.rubric.criteria, sums).value;
  };
  std::vector<detail::sampled_verdicts<verdict>> said;
  // Every item counts as often as every other, however many of its samples are scored: `whole` times.
  std::int64_t whole = 1;
  for (const auto& [row, outcome] : outcomes) {
    said.push_back(detail::verdicts_of<verdict>(outcome.second, reader, value_of, out));
    if (!said.back().found.empty())
      whole = std::lcm(whole, static_cast<std::int64_t>(said.back().found.size()));
  }

  out.rows.resize(outcomes.size());
  std::size_t i = 0;
  for (auto& [row, outcome] : outcomes) {
    out.rows.ids()[i] = std::move(outcome.first.item);
    out.lengths.push_back(outcome.first.length);
    const auto& found = said[i].found;
    out.reasons.push_back(found.empty() ? said[i].lacks.value_or(unscored::malformed)
                                        : std::optional<judge::unscored>());
    if (out.reasons.back()) {
      ++out.unscored[static_cast<std::size_t>(*out.reasons.back())];
    } else {
      const std::int64_t times = whole / static_cast<std::int64_t>(found.size());
      for (std::size_t c = 0; c < out.metrics.size(); ++c) {
        sparse_counts& row_of = out.rows.named(c, i);
        row_of.add(detail::verdicts, whole);
        for (const verdict& v : found)
          for (std::size_t k = 0; k < all.size(); ++k)
            if (c == k || c == all.size()) row_of.add(all[k]->name, times * v.scores[k]);
      }
      out.rows.states()[i] = row_state::scored;
      ++out.scored;
    }
    ++i;
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
