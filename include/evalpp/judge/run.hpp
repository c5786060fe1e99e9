// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/detail/run_loop.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/price.hpp>
#include <evalpp/judge/run_options.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What a run would ask and cost.
struct run_forecast {
  std::size_t jobs = 0;
  std::uint64_t calls = 0;          ///< when none fails: jobs that have no outcome and ask different things
  std::uint64_t prompt_tokens = 0;  ///< estimated, see `estimate_tokens`
  std::uint64_t completion_tokens_max = 0;  ///< as many as the requests allow
  std::optional<double> usd = {};           ///< at most, by these numbers; nothing when there is no price

  bool operator==(const run_forecast&) const = default;
};

/// What a run on this journal would ask and cost; sends nothing.
inline run_forecast forecast(const std::vector<job>& jobs, const journal_contents& held,
                             const run_options& options = {}) {
  run_forecast sum;
  sum.jobs = jobs.size();
  std::unordered_map<std::string_view, bool> seen;
  for (const job& j : jobs) {
    if (detail::keeps(held.find(j.key), options.retry_unscored) || !seen.try_emplace(j.key, true).second)
      continue;
    const usage most = most_usage(j.request);
    ++sum.calls;
    sum.prompt_tokens += most.prompt_tokens;
    sum.completion_tokens_max += most.completion_tokens;
  }
  if (options.price) {
    usage all;
    all.prompt_tokens = sum.prompt_tokens;
    all.completion_tokens = sum.completion_tokens_max;
    sum.usd = cost_of(all, *options.price);
  }
  return sum;
}

/// Reads a completion for a job, by its number: a verdict, or the reason for having none. Called once for
/// each answer, never for a call that failed.
using judge_function = detail::judge_function;

/// Makes the calls that have no outcome in the journal yet, many at a time, and writes what comes of each.
/// One thread; what is in the journal when the process dies is not asked again.
///
/// - The number in flight follows the server: it grows while calls succeed and shrinks when the server
/// refuses
///   them for their rate (429, 503, 529), which also pauses the run for as long as the server asks.
/// - Timeouts, broken connections, 5xx and unreadable responses are tried again, up to `options.attempts`
/// times,
///   after growing pauses; then the job is unscored as `timeout` or `transport`, and a rerun tries once more.
///   Other 4xx are `rejected` at once. A refused key or model and a used-up quota stop the run.
/// - A call is started only when the caps hold even if it, and all in flight, use all that they may.
///
/// Fails, before any call, for options that make no sense. The caps and costs of tokens rest on estimates of
/// the prompts until the server has counted them. Time O(log n) per call, memory O(jobs).
inline result<run_report> run(async_client& client, clock& time, const std::vector<job>& jobs,
                              const judge_function& judge, journal& log, const run_options& options = {}) {
  const auto refuse = [](const char* message, const char* fix) {
    return evalpp::error{.code = error_code::invalid_argument, .message = message, .fix = fix};
  };
  if (options.concurrency == 0) return refuse("the concurrency is 0", "allow at least one call in flight");
  if (options.attempts == 0)
    return refuse("no attempts are allowed", "allow at least one attempt for a call");
  if (!(options.call_seconds > 0)) return refuse("a call has no time", "give calls more than 0 seconds");
  if (options.max_usd && !options.price)
    return refuse("a cap on money needs a price", "give the price of the model, in USD per million tokens");
  if (!judge) return refuse("there is no function that reads completions", "give one");
  std::vector<std::string> abouts;
  abouts.reserve(jobs.size());
  for (const job& j : jobs) {
    if (j.key.empty()) return refuse("a job has no key", "give it `request_key`");
    if (auto compact = detail::make_compact(abouts.emplace_back(j.about), "\"about\""); !compact)
      return std::move(compact.error());
  }
  return detail::run_loop(client, time, jobs, std::move(abouts), judge, log, options).run();
}

}  // namespace evalpp::inline EVALPP_ABI::judge
