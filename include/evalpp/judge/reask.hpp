// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/request_key.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/judge/unscored.hpp>

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

// A judge whose answer holds no verdict is asked once more, by option. What it then says is conditioned on
// what it said first, so that these verdicts are counted apart.

namespace evalpp::inline EVALPP_ABI::judge {

/// Whether a judge that gave this for a verdict is worth asking once more: it answered, and badly. Refusals
/// and cut answers are not.
constexpr bool may_reask(unscored reason) noexcept {
  return reason == unscored::malformed || reason == unscored::missing_field || reason == unscored::conflict ||
         reason == unscored::out_of_scale;
}

/// The calls that ask once more, of those jobs that the journal has no verdict for because of how the judge
/// answered: the conversation goes on with that answer and one message that says what is wrong with it. Each
/// is a call of its own, with `"reask":true` in what it is for; `base_url` is that of the run. O(jobs +
/// entries).
inline std::vector<job> reask_jobs(const std::vector<job>& jobs, const journal_contents& held,
                                   std::string_view base_url) {
  // The entry of a job may be one without a call: the answer is in that of another job with the same key.
  std::unordered_map<std::string_view, const journal_entry*> answered;
  for (const journal_entry& e : held.entries)
    if (!e.completion.choices.empty()) answered[e.key] = &e;
  std::vector<job> out;
  for (const job& j : jobs) {
    const journal_entry* const entry = held.find(j.key, j.about);
    if (entry == nullptr || entry->scored() || !entry->reason || !may_reask(*entry->reason)) continue;
    const auto at = answered.find(j.key);
    if (at == answered.end()) continue;
    job again = j;
    again.request.messages.push_back({"assistant", at->second->completion.choices.front().text});
    again.request.messages.push_back(
        {"user",
         "This reply cannot be used: " + entry->detail +
             ". Reply once more with one JSON object and nothing else, by the schema above, and with the "
             "verdict that you stand by."});
    again.key = request_key(again.request, base_url);
    if (!again.about.empty() && again.about.back() == '}') {
      again.about.pop_back();
      again.about += again.about.back() == '{' ? "" : ",";
      again.about += R"("reask":true})";
    }
    out.push_back(std::move(again));
  }
  return out;
}

/// Makes the calls of a run, and then those of `reask_jobs`: see `run`. The caps are for both together; the
/// report is that of the part that ended the run, and its totals count that part alone.
inline result<run_report> run_and_reask(async_client& client, clock& time, const std::vector<job>& jobs,
                                        const judge_function& judge, journal& log, run_options options,
                                        std::string_view base_url) {
  auto ended = run(client, time, jobs, judge, log, options);
  if (!ended || ended->stop != stop_reason::finished) return ended;
  const std::vector<job> again = reask_jobs(jobs, log.contents(), base_url);
  if (again.empty()) return ended;
  return run(client, time, again, judge, log, remaining(std::move(options), ended->totals));
}

}  // namespace evalpp::inline EVALPP_ABI::judge
