// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/client.hpp>
#include <evalpp/judge/clients/server_address.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/judge/price.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_judges.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How a `runner` works; what is not said here has the defaults of `run_options` and `judge_options`.
struct runner_options {
  std::optional<std::size_t> concurrency = {};  ///< the most calls in flight; else `how` says it
  std::string journal = {};                     ///< a file; empty to keep nothing
  std::optional<double> budget_usd = {};        ///< the most that a run may cost; see `how.price`
  judge_options who = {};
  run_options how = {};
};

/// Judges by one rubric with one client:
///
///     judge::runner judge{client, rubric, {.concurrency = 64, .journal = "judge.jsonl", .budget_usd = 5}};
///     auto verdicts = judge.compare(baseline, candidate);   // result<judged_pairs_run>
///
/// Everything is kept in the journal as it happens: a second call asks only what has no outcome yet. A run
/// that stops early (money, time, a server that is gone) is no error: `report()` says so, the verdicts so far
/// are returned. Errors are a rubric with a fault, items that do not fit, a journal of another run, a refused
/// key. Without a price, a model in this process (no `who.base_url`) or on this machine costs nothing.
class runner {
 public:
  template <std::derived_from<async_client> Client>
  runner(Client& answers, rubric by, runner_options options = {})
      : client_(&answers), rubric_(std::move(by)), options_(std::move(options)) {}

  /// With a plain client calls are made one by one.
  template <std::derived_from<client> Client>
  requires(!std::derived_from<Client, async_client>)
      runner(Client& answers, rubric by, runner_options options = {})
      : owned_(std::make_unique<one_by_one>(answers)),
        client_(owned_.get()),
        rubric_(std::move(by)),
        options_(std::move(options)) {}

  /// Judges answers one by one.
  result<judged_run> score(std::span<const item> items) {
    if (auto good = check_rubric(); !good) return std::move(good.error());
    auto log = open(pointwise_head(rubric_, items, options_.who));
    if (!log) return std::move(log.error());
    auto jobs = pointwise_jobs(rubric_, items, options_.who, log->head().secret);
    if (auto ran = make_calls(std::move(jobs), verdict_judge(rubric_), *log); !ran)
      return std::move(ran.error());
    return judged_run_of(log->contents());
  }

  /// Judges a candidate's answers against its baseline's, joined by id, each pair in both orders.
  result<judged_pairs_run> compare(std::span<const item> baseline, std::span<const item> candidate,
                                   const system_names& names = {"baseline", "candidate"}) {
    if (auto good = check_rubric(); !good) return std::move(good.error());
    auto matched = match_answers(baseline, candidate);
    if (!matched) return std::move(matched.error());
    auto log = open(pairwise_head(rubric_, matched->pairs, options_.who, names));
    if (!log) return std::move(log.error());
    auto jobs = pairwise_jobs(rubric_, matched->pairs, options_.who, log->head().secret);
    if (auto ran = make_calls(std::move(jobs), pair_judge(), *log); !ran) return std::move(ran.error());
    return judged_pairs_run_of(log->contents());
  }

  /// How the last run ended.
  const run_report& report() const { return report_; }

 private:
  status check_rubric() const {
    if (const auto fault = fault_of(rubric_)) return *fault;
    return std::monostate{};
  }

  result<judge::journal> open(journal_head head) const {
    if (options_.journal.empty()) return judge::journal::in_memory(std::move(head));
    return judge::journal::open(options_.journal, std::move(head));
  }

  status make_calls(std::vector<job> jobs, const judge_function& read, judge::journal& log) {
    run_options how = options_.how;
    if (options_.concurrency) how.concurrency = *options_.concurrency;
    if (options_.budget_usd) how.max_usd = options_.budget_usd;
    judge_calls calls{options_.who, std::move(jobs), how.price};
    const std::string& url = options_.who.base_url;
    if (!calls.price && (url.empty() || is_loopback(url))) calls.price = price{};
    steady_clock time;
    auto ended = run_judges(*client_, time, std::span(&calls, 1), read, log, how);
    if (!ended) return std::move(ended.error());
    report_ = std::move(*ended);
    if (report_.stop == stop_reason::journal || report_.stop == stop_reason::refused_key)
      return evalpp::error{
          .code = report_.stop == stop_reason::journal ? error_code::io : error_code::invalid_argument,
          .message = report_.message,
          .fix = "what was judged so far is in the journal"};
    return std::monostate{};
  }

  std::unique_ptr<one_by_one> owned_;
  async_client* client_;
  rubric rubric_;
  runner_options options_;
  run_report report_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
