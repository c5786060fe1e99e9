// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/detail/judging.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/prompt.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/judge/verdict.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Items judged one by one: from items to the calls of a run, and from an answer to its verdict. What a
// journal of such a run says is read by verdict_rows.hpp.

namespace evalpp::inline EVALPP_ABI::judge {

/// What the journal of this run belongs to: a run with another rubric, model, sampling or other items is
/// refused.
inline journal_head pointwise_head(const rubric& by, std::span<const item> items,
                                   const judge_options& options) {
  evalpp::detail::sha256_hasher data;
  for (const item& i : items) detail::hash_item(data, i.id, i.input, {i.prediction}, i.references);
  return detail::head_of("pointwise", by, rubric_digest(by), options, items.size(), data);
}

/// The calls that judge these items, in their order, one for each sample. `secret` is the journal's. `by` is
/// a rubric without fault.
inline std::vector<job> pointwise_jobs(const rubric& by, std::span<const item> items,
                                       const judge_options& options, std::string_view secret) {
  std::vector<job> jobs;
  jobs.reserve(items.size());
  const std::string schema = verdict_schema(by);
  for (std::size_t row = 0; row < items.size(); ++row) {
    const auto prompt = [&](std::string_view fence) { return pointwise_prompt(by, items[row], fence); };
    // How long the answer is: a report looks whether the judge rewards length.
    const auto length = [&](json::writer& out) {
      out.member("length", text::count_utf8(items[row].prediction).code_points);
    };
    detail::add_jobs(jobs, row, items[row].id, options, secret, schema, prompt, length);
  }
  return jobs;
}

/// Reads the answers of such a run: a verdict, or the reason for having none. Of several choices the first
/// counts.
inline judge_function verdict_judge(const rubric& by) {
  return detail::judge_that_reads(verdict_reader(by), [by](json::writer& out, const verdict& found) {
    write_verdict_members(out, by, found);
  });
}

}  // namespace evalpp::inline EVALPP_ABI::judge
