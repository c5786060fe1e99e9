// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/detail/judging.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/pair_verdict.hpp>
#include <evalpp/judge/prompt.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Answers of two systems judged in pairs, each pair in both orders: from pairs to the calls of a run, and
// from an answer to its verdict. What a journal of such a run says is read by judged_pairs.hpp.

namespace evalpp::inline EVALPP_ABI::judge {

/// The names of two systems.
struct system_names {
  std::string baseline, candidate;

  bool operator==(const system_names&) const = default;
};

/// What the journal of this run belongs to: a run with another rubric, model, sampling, other systems or
/// other answers is refused. It lists the pairs, so that identical ones and lengths need no entry.
inline journal_head pairwise_head(const rubric& by, std::span<const answer_pair> pairs,
                                  const judge_options& options, const system_names& systems) {
  evalpp::detail::sha256_hasher data;
  std::string listed;
  json::writer out(listed);
  out.begin_array();
  for (const answer_pair& p : pairs) {
    detail::hash_item(data, p.id, p.input, {p.baseline, p.candidate}, p.references);
    out.begin_object();
    detail::write_text(out, "item", p.id);
    if (p.identical()) out.member("identical", true);
    out.key("lengths").begin_array();
    for (const std::string* answer : {&p.baseline, &p.candidate})
      out.value(evalpp::text::count_utf8(*answer).code_points);
    out.end_array().end_object();
  }
  out.end_array();
  journal_head head =
      detail::head_of("pairwise", by, pairwise_rubric_digest(by), options, pairs.size(), data);
  head.about.emplace_back("baseline", systems.baseline);
  head.about.emplace_back("candidate", systems.candidate);
  head.about.emplace_back("pairs", std::move(listed));
  return head;
}

/// The calls that judge these pairs, in their order: two for each whose answers differ, one in each order;
/// none for identical ones. `secret` is the journal's. `by` is a rubric without fault.
inline std::vector<job> pairwise_jobs(const rubric& by, std::span<const answer_pair> pairs,
                                      const judge_options& options, std::string_view secret) {
  std::vector<job> jobs;
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    const answer_pair& p = pairs[row];
    if (p.identical()) continue;
    for (const pair_order order : {pair_order::baseline_first, pair_order::candidate_first}) {
      const auto prompt = [&](std::string_view fence) { return pairwise_prompt(by, p, order, fence); };
      detail::add_jobs(jobs, row, p.id, options, secret, pair_verdict_schema, prompt, [&](json::writer& out) {
        out.member("order", pair_order_names[static_cast<std::size_t>(order)]);
      });
    }
  }
  return jobs;
}

/// Reads the answers of such a run, as `verdict_judge` those of single items.
inline judge_function pair_judge() {
  return detail::judge_that_reads(pair_verdict_reader(), [](json::writer& out, const pair_verdict& found) {
    write_pair_verdict_members(out, found);
  });
}

}  // namespace evalpp::inline EVALPP_ABI::judge
