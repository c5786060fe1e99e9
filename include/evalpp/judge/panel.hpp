// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/table.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/judged_score.hpp>
#include <evalpp/judge/run_summary.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// Several models judge the same items (PoLL, arXiv 2404.18796): each by itself, and then together by a rule.
// All of their calls are in one journal, and each one's verdicts can be read alone.

namespace evalpp::inline EVALPP_ABI::judge {

/// What a panel's judges say together of one criterion on one item. Judges without a verdict take no part.
enum class panel_rule : std::uint8_t {
  automatic,  ///< the mean of scales, the majority of checklists: PoLL's rules
  mean,
  median,    ///< of an even number the mean of the middle two
  majority,  ///< the most frequent score; the mean of those that are equally frequent
  minimum,
  maximum,
};

/// The names of the rules, in the order of the enumeration.
inline constexpr std::array<std::string_view, 6> panel_rule_names = {"auto",     "mean", "median",
                                                                     "majority", "min",  "max"};

inline constexpr std::string_view name_of(panel_rule rule) {
  return panel_rule_names[static_cast<std::size_t>(rule)];
}

/// The judges of a journal's panel; empty when one model judges.
inline std::vector<std::string> panel_of(const journal_head& head) {
  std::vector<std::string> out;
  const auto listed = json::parse(detail::about_of(head, "panel"));
  if (!listed) return out;
  for (const json::value name : listed->root().items()) out.emplace_back(name.as_string().value_or(""));
  return out;
}

/// The journal as if only that judge of the panel had been asked.
inline journal_contents journal_of_judge(const journal_contents& from, std::string_view model) {
  journal_contents out;
  out.head.secret = from.head.secret;
  for (const auto& [name, value] : from.head.about)
    if (name != "panel") out.head.about.emplace_back(name, name == "model" ? std::string(model) : value);
  for (const journal_entry& e : from.entries) {
    const auto about = json::parse(e.about);
    if (about && about->root()["judge"].as_string() == model) out.add(e);
  }
  return out;
}

/// What a panel says, and each of its judges alone.
template <class Run>
struct basic_panel_run : Run {
  panel_rule rule = panel_rule::automatic;
  std::vector<Run> judges;
  std::size_t incomplete = 0;  ///< scored items, or pairs, that a judge has no verdict on
};
using panel_run = basic_panel_run<judged_run>;
using panel_pairs_run = basic_panel_run<judged_pairs_run>;

namespace detail {

/// The scores of several judges in one, by a rule that is not `automatic`. `scores` is not empty.
inline double together(std::vector<double> scores, panel_rule rule) {
  std::sort(scores.begin(), scores.end());
  const auto mean_of = [](const auto first, const auto last) {
    double sum = 0;
    for (auto at = first; at != last; ++at) sum += *at;
    return sum / static_cast<double>(last - first);
  };
  const std::size_t n = scores.size();
  switch (rule) {
    case panel_rule::automatic:
    case panel_rule::mean:
      return mean_of(scores.begin(), scores.end());
    case panel_rule::median:
      return n % 2 == 1 ? scores[n / 2] : (scores[n / 2 - 1] + scores[n / 2]) / 2;
    case panel_rule::minimum:
      return scores.front();
    case panel_rule::maximum:
      return scores.back();
    case panel_rule::majority:
      break;
  }
  std::vector<double> most;
  std::ptrdiff_t votes = 0;
  for (auto at = scores.begin(); at != scores.end();) {
    const auto end = std::upper_bound(at, scores.end(), *at);
    if (end - at > votes) most.clear();
    votes = (std::max)(votes, end - at);
    if (end - at == votes) most.push_back(*at);
    at = end;
  }
  return mean_of(most.begin(), most.end());
}

/// Adds up what the judges' calls cost and how far their samples agree.
inline void add_summary(run_summary& to, const run_summary& more) {
  to.calls += more.calls;
  add_usage(to.usage, more.usage);
  if (more.usd) to.usd = to.usd.value_or(0) + *more.usd;
  to.reasked += more.reasked;
  to.reasked_scored += more.reasked_scored;
  sample_summary& samples = to.samples;
  samples.per_question = more.samples.per_question;
  samples.scored += more.samples.scored;
  for (std::size_t k = 0; k < samples.unscored.size(); ++k) samples.unscored[k] += more.samples.unscored[k];
  samples.questions += more.samples.questions;
  samples.differing += more.samples.differing;
  samples.deviations += more.samples.deviations;
}

/// Reads each judge's run with `read`, and what they have in common.
template <class Run, class Read>
result<basic_panel_run<Run>> read_judges(const journal_contents& from, panel_rule rule, const Read& read) {
  basic_panel_run<Run> out;
  out.rule = rule;
  for (const std::string& model : panel_of(from.head)) {
    auto one = read(journal_of_judge(from, model));
    if (!one) return std::move(one.error());
    out.judges.push_back(std::move(*one));
    add_summary(out, out.judges.back());
  }
  if (out.judges.empty())
    return error{error_code::mismatch, "the journal is of one judge and no panel", "read it as such"};
  out.rubric = out.judges.front().rubric;
  out.items = out.judges.front().items;
  out.model = std::string(about_of(from.head, "model"));
  return out;
}

/// What a panel's scores are signed with.
inline std::string panel_signature(const journal_head& head, const std::string& rubric, panel_rule rule) {
  return judged_signature(head, rubric) + "|panel:" + std::string(name_of(rule));
}

/// The items that every judge is done with, by the place in the first judge's run, with their places in all
/// of them: an item that one still has to judge is left out.
template <class Run, class IdOf, class Visit>
void each_common(const std::vector<Run>& judges, std::size_t count, const IdOf& id_of, const Visit& visit) {
  std::vector<std::unordered_map<std::string_view, std::size_t>> places(judges.size());
  for (std::size_t j = 1; j < judges.size(); ++j)
    for (std::size_t i = 0; i < judges[j].reasons.size(); ++i) places[j].emplace(id_of(judges[j], i), i);
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t> at = {i};
    for (std::size_t j = 1; j < judges.size(); ++j)
      if (const auto found = places[j].find(id_of(judges[0], i)); found != places[j].end())
        at.push_back(found->second);
    if (at.size() == judges.size()) visit(at);
  }
}

}  // namespace detail

/// Reads a panel's verdicts on items judged one by one. An item counts when at least one judge has a verdict
/// on it; else under the first judge's reason. Scores are added up as multiples of 2^-20. O(judges *
/// entries).
inline result<panel_run> panel_run_of(const journal_contents& from, panel_rule rule = panel_rule::automatic) {
  constexpr std::int64_t grid = std::int64_t{1} << 20;
  auto read = detail::read_judges<judged_run>(
      from, rule, [](const journal_contents& alone) { return judged_run_of(alone); });
  if (!read) return std::move(read.error());
  panel_run& out = *read;
  out.metrics = judged_scores(out.rubric, detail::panel_signature(from.head, out.rubric.name, rule), false);
  std::vector<column_info> columns;
  for (const any_scorer& m : out.metrics) columns.push_back(m.info());
  out.rows = table(std::move(columns));
  const std::vector<const criterion*> all = leaves(out.rubric);

  std::vector<std::vector<std::size_t>> common;
  detail::each_common(
      out.judges, out.judges[0].reasons.size(),
      [](const judged_run& run, std::size_t i) { return std::string_view(run.rows.ids()[i]); },
      [&](const std::vector<std::size_t>& at) { common.push_back(at); });
  out.rows.resize(common.size());
  for (std::size_t i = 0; i < common.size(); ++i) {
    const judged_run& first = out.judges[0];
    out.rows.ids()[i] = first.rows.ids()[common[i][0]];
    out.lengths.push_back(first.lengths[common[i][0]]);
    std::vector<const sparse_counts*> verdicts;
    for (std::size_t j = 0; j < out.judges.size(); ++j)
      if (!out.judges[j].reasons[common[i][j]])
        verdicts.push_back(&out.judges[j].rows.named(all.size(), common[i][j]));
    if (verdicts.empty()) {
      out.reasons.push_back(first.reasons[common[i][0]]);
      ++out.unscored[static_cast<std::size_t>(*out.reasons.back())];
      continue;
    }
    out.reasons.emplace_back();
    out.incomplete += verdicts.size() < out.judges.size() ? 1U : 0U;
    for (std::size_t k = 0; k < all.size(); ++k) {
      std::vector<double> scores;
      for (const sparse_counts* const sums : verdicts)
        scores.push_back(static_cast<double>(sums->count(all[k]->name)) /
                         static_cast<double>(sums->count(detail::verdicts)));
      const panel_rule own = rule != panel_rule::automatic        ? rule
                             : detail::is_checklist_item(*all[k]) ? panel_rule::majority
                                                                  : panel_rule::mean;
      const std::int64_t score =
          std::llround(detail::together(std::move(scores), own) * static_cast<double>(grid));
      for (const std::size_t c : {k, all.size()}) out.rows.named(c, i).add(all[k]->name, score);
    }
    for (std::size_t c = 0; c < out.metrics.size(); ++c) out.rows.named(c, i).add(detail::verdicts, grid);
    out.rows.states()[i] = row_state::scored;
    ++out.scored;
  }
  return read;
}

/// Reads a panel's verdicts on pairs: within each order the majority of the judges, a tie when no preference
/// has more than each other one. A pair counts when at least one judge has a verdict on it in each order.
/// O(judges * entries).
inline result<panel_pairs_run> panel_pairs_run_of(const journal_contents& from) {
  auto read = detail::read_judges<judged_pairs_run>(
      from, panel_rule::majority, [](const journal_contents& alone) { return judged_pairs_run_of(alone); });
  if (!read) return std::move(read.error());
  panel_pairs_run& out = *read;
  out.systems = out.judges[0].systems;
  out.signature = detail::panel_signature(from.head, out.rubric.name, out.rule);
  detail::each_common(
      out.judges, out.judges[0].pairs.size(),
      [](const judged_pairs_run& run, std::size_t i) { return std::string_view(run.pairs[i].id); },
      [&](const std::vector<std::size_t>& at) {
        judged_pair pair = out.judges[0].pairs[at[0]];
        bool whole = true;
        for (auto order : {&judged_pair::baseline_first, &judged_pair::candidate_first}) {
          std::vector<preference> said;
          for (std::size_t j = 0; j < out.judges.size(); ++j)
            if (const auto& one = out.judges[j].pairs[at[j]].*order) said.push_back(*one);
          whole = whole && said.size() == out.judges.size();
          pair.*order = detail::majority_of(said);
        }
        const bool scored = pair.scored_in_both_orders();
        out.incomplete += scored && !pair.identical && !whole ? 1U : 0U;
        unscored lacks = unscored::malformed;
        for (std::size_t j = out.judges.size(); j-- > 0;)
          lacks = out.judges[j].reasons[at[j]].value_or(lacks);
        detail::add_pair(out, std::move(pair), lacks);
      });
  return read;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
