// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/expected_level.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judged_score.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run_summary.hpp>
#include <evalpp/judge/verdict.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// The mean of the levels that a judge expects on one criterion, see `expected_level`; on 0-1 like the plain
/// one. Levels are added up as multiples of 2^-20, so that sums are exact.
class expected_score {
 public:
  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;
  static constexpr bool scores_without_reference = true;
  static constexpr std::int64_t grid = std::int64_t{1} << 20;

  struct statistics {
    std::int64_t sum;  ///< of the levels, in `1 / grid`
    std::int64_t items;
  };

  /// `of` is a criterion with a scale; `signature` says how it was judged.
  expected_score(criterion of, std::string signature)
      : of_(std::move(of)), signature_(std::move(signature)) {}

  std::string name() const { return "judge:" + of_.name + ":expected"; }
  std::string signature() const { return signature_; }

  judged_value score(const statistics& s) const {
    if (s.items == 0) return {};
    using evalpp::detail::keep;
    const auto lowest = static_cast<double>(of_.scale.front().score);
    const double width = static_cast<double>(of_.scale.back().score) - lowest;
    const double mean =
        keep(static_cast<double>(s.sum) / keep(static_cast<double>(s.items) * static_cast<double>(grid)));
    return {keep((mean - lowest) / width), mean};
  }

  bool operator==(const expected_score& o) const { return name() == o.name() && signature_ == o.signature_; }

 private:
  criterion of_;
  std::string signature_;
};

static_assert(scalar_metric<expected_score> && dense_statistics<expected_score::statistics>);

/// What a judge expects of each item, beside what it said: a metric for each criterion with a scale, and rows
/// of the items that have a verdict. An item without token probabilities for all of them is `missing`.
struct expected_scores {
  std::vector<any_scorer> metrics;
  table rows;
};

/// Reads the expected levels from a journal of items judged one by one; no metric when its run asked for no
/// log probabilities. Of an item that was asked several times the mean over the samples counts. No network.
inline result<expected_scores> expected_scores_of(const journal_contents& from) {
  expected_scores out;
  run_summary run;
  if (auto head = detail::summarize_head(from.head, "pointwise", run); !head) return std::move(head.error());
  const auto sampling = json::parse(detail::about_of(from.head, "sampling"));
  if (!sampling || sampling->root()["top_logprobs"].as_int64().value_or(0) < 1) return out;

  const std::vector<const criterion*> all = leaves(run.rubric);
  std::vector<std::size_t> scales;  // which of the leaves
  std::vector<column_info> columns;
  const std::string signature = detail::judged_signature(from.head, run.rubric.name) + "|expected:logprobs";
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k]->scale.empty()) continue;
    scales.push_back(k);
    columns.push_back(out.metrics.emplace_back(expected_score(*all[k], signature)).info());
  }
  out.rows = table(std::move(columns));

  // An entry that took another's answer has none of its own: the answer is that of the key.
  std::unordered_map<std::string_view, const choice*> answers;
  for (const journal_entry& e : from.entries)
    if (!e.completion.choices.empty()) answers[e.key] = &e.completion.choices.front();

  const verdict_reader reader(run.rubric);
  struct item_levels {
    std::string id;
    std::map<std::uint32_t, std::vector<std::optional<double>>> samples;  // a level for each scale
  };
  std::map<std::size_t, item_levels> items;  // by row
  detail::each_outcome(from, run, [&](detail::call_place at, const journal_entry& best) {
    if (!best.scored()) return;
    item_levels& item = items[at.row];
    item.id = std::move(at.item);
    std::vector<std::optional<double>> levels(scales.size());
    const auto answer = answers.find(best.key);
    const auto parsed = json::parse(best.outcome);
    if (parsed && answer != answers.end())
      if (const reading said = reader.read_object(parsed->root()))
        for (std::size_t k = 0; k < scales.size(); ++k)
          levels[k] = expected_level(*answer->second, *all[scales[k]], said.value->scores[scales[k]]);
    item.samples[at.sample] = std::move(levels);
  });

  out.rows.resize(items.size());
  std::size_t i = 0;
  for (auto& [row, item] : items) {
    out.rows.ids()[i] = std::move(item.id);
    const bool whole = std::all_of(item.samples.begin(), item.samples.end(), [](const auto& s) {
      return std::all_of(s.second.begin(), s.second.end(),
                         [](const auto& level) { return level.has_value(); });
    });
    for (std::size_t k = 0; whole && k < scales.size(); ++k) {
      double sum = 0;
      for (const auto& [sample, levels] : item.samples) sum += *levels[k];
      const double mean = sum / static_cast<double>(item.samples.size());
      const auto lanes = out.rows.row(k, i);
      lanes[0] = std::llround(mean * static_cast<double>(expected_score::grid));
      lanes[1] = 1;
    }
    if (whole) out.rows.states()[i] = row_state::scored;
    ++i;
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
