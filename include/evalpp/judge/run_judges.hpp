// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/price.hpp>
#include <evalpp/judge/reask.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_options.hpp>

#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What one judge is asked, and what it costs.
struct judge_calls {
  judge_options who;
  std::vector<job> jobs;
  std::optional<judge::price> price = {};  ///< unknown when not given
};

/// What a run of these judges on this journal would ask and cost; sends nothing. Unknown when one price is.
inline run_forecast forecast(std::span<const judge_calls> judges, const journal_contents& held,
                             run_options options = {}) {
  run_forecast sum;
  sum.usd = 0;
  for (const judge_calls& one : judges) {
    options.price = one.price;
    const run_forecast more = forecast(one.jobs, held, options);
    sum.jobs += more.jobs;
    sum.calls += more.calls;
    sum.prompt_tokens += more.prompt_tokens;
    sum.completion_tokens_max += more.completion_tokens_max;
    sum.usd = sum.usd && more.usd ? std::optional(*sum.usd + *more.usd) : std::nullopt;
  }
  return sum;
}

/// Makes the calls of a run's judges, one judge after the other: of one, or of a panel. A judge is asked once
/// more where `who.reask` says so. The caps are for all of them together; the report is that of the part that
/// ended the run, and its totals count that part alone. See `run`.
inline result<run_report> run_judges(async_client& client, clock& time, std::span<const judge_calls> judges,
                                     const judge_function& read, journal& log, run_options options) {
  run_report last;
  for (const judge_calls& one : judges) {
    options.price = one.price;
    auto ended = one.who.reask ? run_and_reask(client, time, one.jobs, read, log, options, one.who.base_url)
                               : run(client, time, one.jobs, read, log, options);
    if (!ended || ended->stop != stop_reason::finished) return ended;
    last = std::move(*ended);
    options = remaining(std::move(options), last.totals);
  }
  return last;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
