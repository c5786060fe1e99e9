// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/price.hpp>
#include <evalpp/judge/request.hpp>
#include <evalpp/judge/unscored.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge {

/// A call to make.
struct job {
  std::string key;         ///< of the request, see `request_key`; jobs with the same key share one call
  std::string about = {};  ///< JSON value for the journal: what the call is for
  judge::request request;
};

/// What a completion says of a job: a verdict, or why there is none.
struct judgement {
  std::string outcome = {};  ///< JSON value; empty when there is no verdict
  std::optional<unscored> reason = {};
  std::string detail = {};
};

/// Why a run ended.
enum class stop_reason : std::uint8_t {
  finished,     ///< every job has an outcome, or a reason for having none
  money,        ///< the next call might have cost more than was left
  time,         ///< the time was up
  tokens,       ///< the next call might have used more tokens than were left
  attempts,     ///< no more calls were allowed
  quota,        ///< the provider has no money or quota left for this key
  unreachable,  ///< the server cannot be reached, or fails call after call
  refused_key,  ///< the key, the model or the path is refused (401, 403, 404)
  canceled,     ///< it was told to stop
  journal,      ///< the journal cannot be written
};

inline constexpr std::array<std::string_view, 10> stop_reason_names = {
    "finished", "money",       "time",        "tokens",   "attempts",
    "quota",    "unreachable", "refused_key", "canceled", "journal"};

inline constexpr std::string_view name_of(stop_reason reason) {
  return stop_reason_names[static_cast<std::size_t>(reason)];
}

/// Where a run stands.
struct run_progress {
  std::size_t jobs = 0;
  std::size_t done = 0;     ///< have an outcome or a reason
  std::size_t resumed = 0;  ///< of these: had it before the run, and cost nothing
  std::size_t scored = 0;   ///< of these: have an outcome
  std::array<std::size_t, unscored_names.size()> unscored = {};  ///< the others by reason, in its order
  std::uint64_t calls = 0;                                       ///< sent in this run, also those that failed
  std::uint64_t failed_calls = 0;                                ///< of these: brought no answer
  std::size_t in_flight = 0;
  std::size_t waiting = 0;  ///< to be tried again later
  std::size_t limit = 0;    ///< calls in flight that the server seems to bear
  judge::usage usage = {};  ///< as the server counts, estimated where it does not
  /// Calls without an answer may have been made all the same: the most that they can have used.
  judge::usage unanswered = {};
  std::optional<double> usd = {};          ///< what `usage` costs; nothing when there is no price
  std::optional<double> usd_at_most = {};  ///< with `unanswered`
  double seconds = 0;
  double jobs_per_second = 0;               ///< over this run
  std::optional<double> seconds_left = {};  ///< at that rate
};

/// How a run is made. The caps are for the whole of one run; the next run on the same journal has its own.
struct run_options {
  std::size_t concurrency = 64;       ///< the most calls in flight
  std::size_t start_concurrency = 8;  ///< to begin with; doubles per round until the server slows it down
  std::uint32_t attempts = 6;         ///< the most calls for one job, per run
  double call_seconds = 600;          ///< a call without an answer by then has failed
  double backoff = 0.5;               ///< seconds before the second attempt; doubles for each later one
  double most_backoff = 60;           ///< seconds
  double most_retry_after = 120;      ///< seconds; a server that asks for more is asked again after these
  double drain_seconds = 10;          ///< that calls in flight get when the run is stopped
  std::optional<std::uint64_t> max_calls = {};
  std::optional<double> max_seconds = {};
  std::optional<std::uint64_t> max_tokens = {};  ///< prompts and completions
  std::optional<double> max_usd = {};            ///< needs a price
  std::optional<judge::price> price = {};        ///< unknown when not given, never free
  bool retry_unscored = false;                   ///< ask again what ended without a verdict in an earlier run
  std::uint64_t seed = 12345;                    ///< of the jitter
  /// Set from a signal's handler or another thread: 1 to stop when the calls in flight have ended, 2 to give
  /// them up.
  const std::atomic<int>* stop = nullptr;
  std::function<void(const run_progress&)> on_progress = {};
  double progress_seconds = 0.5;  ///< between two of them; one more comes at the end
};

/// How a run ended.
struct run_report {
  stop_reason stop = stop_reason::finished;
  std::string message = {};  ///< what the server, the transport or the file system said, where that is why
  run_progress totals = {};
};

/// The options for what comes after a part of a run: its caps less what that part used.
inline run_options remaining(run_options options, const run_progress& used) {
  const auto take = [](auto& cap, auto amount) {
    if (cap) *cap = *cap > amount ? *cap - amount : 0;
  };
  take(options.max_calls, used.calls);
  take(options.max_seconds, used.seconds);
  usage tokens = used.usage;
  add_usage(tokens, used.unanswered);
  take(options.max_tokens, tokens.prompt_tokens + tokens.completion_tokens);
  take(options.max_usd, used.usd_at_most.value_or(0));
  return options;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
