// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/detail/concurrency_limit.hpp>
#include <evalpp/judge/detail/retry.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/price.hpp>
#include <evalpp/judge/run_options.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge::detail {

using judge_function = std::function<judgement(std::size_t job, const completion& answer)>;

/// Whether a rerun takes this entry for the job's outcome.
inline bool keeps(const journal_entry* entry, bool retry_unscored) {
  return entry != nullptr && entry->settled() && (entry->scored() || !retry_unscored);
}

/// One run, from its first call to its last. O(log n) per call.
class run_loop {
 public:
  /// `abouts` are those of the jobs, as compact JSON.
  run_loop(async_client& client, clock& time, const std::vector<job>& jobs, std::vector<std::string> abouts,
           const judge_function& judge, journal& log, const run_options& options)
      : client_(client),
        time_(time),
        jobs_(jobs),
        abouts_(std::move(abouts)),
        judge_(judge),
        log_(log),
        options_(options),
        begin_(time.now()),
        limit_((std::max)(options.start_concurrency, std::size_t{1}), options.concurrency) {
    totals_.jobs = jobs.size();
    if (options.price) totals_.usd = totals_.usd_at_most = 0;
  }

  run_report run() {
    take_up();
    while (true) {
      heed_stop();
      start_calls();
      if (flights_.empty()) {
        if (over() || !wait_for_start()) break;
        continue;
      }
      done_.clear();
      client_.wait(until_event(), done_);
      const bool used = limit_.used_by(flights_.size());
      for (finished_call& call : done_) finished(call.ticket, std::move(call.completion), used);
      expire();
      tell(false);
    }
    if (!stopped_ && answers_ == 0 && give_ups_ != 0) stop(stop_reason::unreachable, last_failure_);
    tell(true);
    return {stop_, message_, totals_};
  }

 private:
  static constexpr std::size_t none = (std::numeric_limits<std::size_t>::max)();
  static constexpr std::size_t least_waiting = 16;  // that do not keep a run from going on with other jobs
  static constexpr std::size_t give_ups_in_a_row = 3;
  static constexpr double look_at_stop = 0.1;  // seconds

  struct flight {
    std::size_t job;
    usage most;
  };
  struct retry {
    double ready;
    std::uint64_t order;
    std::size_t job;
    bool operator>(const retry& other) const {
      return ready != other.ready ? ready > other.ready : order > other.order;
    }
  };

  // ---- Before: what earlier runs left to do, and which jobs ask the same. ----
  void take_up() {
    next_same_.assign(jobs_.size(), none);
    attempts_.assign(jobs_.size(), 0);
    std::unordered_map<std::string_view, std::size_t> last_of_key;
    for (std::size_t i = 0; i < jobs_.size() && !stopped_; ++i) {
      const job& j = jobs_[i];
      const journal_contents& held = log_.contents();
      if (const journal_entry* own = held.find(j.key, abouts_[i]); keeps(own, options_.retry_unscored)) {
        ++totals_.resumed;
        count(*own);
      } else if (const journal_entry* twin = held.find(j.key); keeps(twin, options_.retry_unscored)) {
        ++totals_.resumed;
        take_over(i, without_call(*twin));
      } else if (const auto [at, first] = last_of_key.try_emplace(j.key, i); first) {
        fresh_.push_back(i);
      } else {
        next_same_[at->second] = i;
        at->second = i;
      }
    }
  }

  // ---- Starting ----
  std::size_t slots() const {
    return (std::max)(std::size_t{1}, (std::min)(limit_.value(), client_.capacity()));
  }
  bool fresh_allowed() const {
    return next_fresh_ < fresh_.size() && retries_.size() < (std::max)(slots(), least_waiting);
  }

  void start_calls() {
    blocked_ = stop_reason::finished;
    while (!stopped_ && flights_.size() < slots()) {
      const double now = time_.now();
      if (now < paused_until_) return;
      const bool again = !retries_.empty() && retries_.top().ready <= now;
      if (!again && !fresh_allowed()) return;
      const std::size_t i = again ? retries_.top().job : fresh_[next_fresh_];
      const usage most = most_usage(jobs_[i].request);
      blocked_ = cap_hit_by(most);
      if (blocked_ != stop_reason::finished) return;
      if (again) {
        retries_.pop();
      } else {
        ++next_fresh_;
      }
      ++attempts_[i];
      ++totals_.calls;
      add_usage(reserved_, most);
      flights_.emplace(next_ticket_, flight{i, most});
      deadlines_.emplace_back(now + options_.call_seconds, next_ticket_);
      client_.start(jobs_[i].request, next_ticket_++);
    }
  }

  /// The cap that one more call of that size might break; `finished` for none.
  stop_reason cap_hit_by(const usage& most) const {
    if (options_.max_calls && totals_.calls >= *options_.max_calls) return stop_reason::attempts;
    usage all = totals_.usage;
    add_usage(all, totals_.unanswered);
    add_usage(all, reserved_);
    add_usage(all, most);
    if (options_.max_tokens && (all.prompt_tokens > *options_.max_tokens ||
                                all.completion_tokens > *options_.max_tokens - all.prompt_tokens))
      return stop_reason::tokens;
    if (options_.max_usd && options_.price && cost_of(all, *options_.price) > *options_.max_usd)
      return stop_reason::money;
    return stop_reason::finished;
  }

  // ---- Waiting ----
  bool over() const { return stopped_ || (next_fresh_ == fresh_.size() && retries_.empty()); }

  /// When the next call can start that cannot now.
  double next_start() const {
    constexpr double never = (std::numeric_limits<double>::max)();
    if (stopped_ || blocked_ != stop_reason::finished) return never;
    const double ready = fresh_allowed() ? paused_until_ : retries_.empty() ? never : retries_.top().ready;
    return (std::max)(ready, paused_until_);
  }

  /// With nothing in flight: sleeps until a call can start; false when none ever can.
  bool wait_for_start() {
    if (blocked_ != stop_reason::finished) {
      stop(blocked_, {});
      return false;
    }
    double until = next_start();
    if (options_.max_seconds) until = (std::min)(until, begin_ + *options_.max_seconds);
    double left = until - time_.now();
    if (options_.stop != nullptr) left = (std::min)(left, look_at_stop);
    if (options_.on_progress) left = (std::min)(left, options_.progress_seconds);
    if (left > 0) time_.sleep(left);
    tell(false);
    return true;
  }

  /// With calls in flight: seconds until something is to be done even if none of them ends.
  double until_event() {
    while (!flights_.contains(deadlines_.front().second)) deadlines_.pop_front();
    double until = deadlines_.front().first;
    if (stopped_) until = (std::min)(until, drain_until_);
    if (flights_.size() < slots()) until = (std::min)(until, next_start());
    if (!stopped_ && options_.max_seconds) until = (std::min)(until, begin_ + *options_.max_seconds);
    double left = until - time_.now();
    if (options_.stop != nullptr) left = (std::min)(left, look_at_stop);
    if (options_.on_progress) left = (std::min)(left, options_.progress_seconds);
    return (std::max)(left, 0.0);
  }

  // ---- Ending ----
  void finished(call_ticket ticket, completion answer, bool used) {
    const auto at = flights_.find(ticket);
    if (at == flights_.end()) return;  // given up before
    const flight call = at->second;
    flights_.erase(at);
    subtract(reserved_, call.most);
    journal_entry entry{jobs_[call.job].key, abouts_[call.job]};
    entry.attempt = log_.contents().attempts(entry.key) + 1;
    charge(call, answer, entry);
    if (answer.ok()) {
      ++answers_;
      give_ups_ = 0;
      limit_.answered(ticket, used);
      judgement said = judge_(call.job, answer);
      entry.outcome = std::move(said.outcome);
      entry.reason = said.reason;
      entry.detail = std::move(said.detail);
      if (!entry.scored() && !entry.reason) entry.reason = unscored::malformed;
      if (entry.scored()) entry.reason.reset();
      entry.completion = std::move(answer);
      return conclude(call.job, std::move(entry));
    }
    ++totals_.failed_calls;
    failed(ticket, call.job, std::move(answer), std::move(entry));
  }

  void failed(call_ticket ticket, std::size_t i, completion answer, journal_entry entry) {
    const call_error error = answer.error;
    const double now = time_.now();
    if (error == call_error::rate_limited || error == call_error::overloaded) {
      limit_.refused(ticket, next_ticket_);
      if (const auto asked = asked_wait(answer, options_))
        paused_until_ = (std::max)(paused_until_, now + *asked);
    }
    const std::string said = answer.message;
    entry.completion = std::move(answer);
    if (error == call_error::invalid_request) {
      ++answers_;
      give_ups_ = 0;
      entry.reason = unscored::rejected;
      entry.detail = said;
      return conclude(i, std::move(entry));
    }
    if (!worth_retrying(error)) {
      static_cast<void>(write(std::move(entry)));
      return stop(error == call_error::quota ? stop_reason::quota : stop_reason::refused_key, said);
    }
    // After a stop it is the next run that makes the call again.
    if (stopped_ || attempts_[i] < options_.attempts) {
      if (!stopped_)
        retries_.push(
            {now + retry_delay(entry.completion, entry.key, attempts_[i], options_), next_order_++, i});
      static_cast<void>(write(std::move(entry)));
      return;
    }
    entry.reason = error == call_error::timeout ? unscored::timeout : unscored::transport;
    entry.detail = last_failure_ = said;
    conclude(i, std::move(entry));
    // One job that always fails says nothing of the server; several in a row, with none answered in between,
    // do.
    if (++give_ups_ >= give_ups_in_a_row && next_fresh_ < fresh_.size())
      stop(stop_reason::unreachable, last_failure_);
  }

  void expire() {
    while (!deadlines_.empty() && deadlines_.front().first <= time_.now()) {
      const call_ticket ticket = deadlines_.front().second;
      deadlines_.pop_front();
      if (!flights_.contains(ticket)) continue;
      client_.cancel(ticket);
      completion late;
      late.error = call_error::timeout;
      late.seconds = options_.call_seconds;
      late.message = "no answer in time";
      finished(ticket, std::move(late), false);
    }
  }

  /// Looks whether the run is to stop, and gives up what is in flight when its time is over.
  void heed_stop() {
    const int asked = options_.stop == nullptr ? 0 : options_.stop->load(std::memory_order_relaxed);
    const double now = time_.now();
    if (!over() || !flights_.empty()) {
      if (asked != 0) stop(stop_reason::canceled, {});
      if (options_.max_seconds && now >= begin_ + *options_.max_seconds) stop(stop_reason::time, {});
    }
    if (!stopped_ || flights_.empty() || (asked < 2 && now < drain_until_)) return;
    std::vector<call_ticket> left;
    for (const auto& [ticket, call] : flights_) left.push_back(ticket);
    std::sort(left.begin(), left.end());
    for (const call_ticket ticket : left) client_.cancel(ticket);
    done_.clear();
    client_.wait(0, done_);
    for (finished_call& call : done_) finished(call.ticket, std::move(call.completion), false);
    for (const call_ticket ticket : left) {
      completion given_up;
      given_up.error = call_error::canceled;
      finished(ticket, std::move(given_up), false);
    }
  }

  void stop(stop_reason reason, std::string message) {
    if (stopped_) return;
    stopped_ = true;
    stop_ = reason;
    message_ = std::move(message);
    drain_until_ = time_.now() + options_.drain_seconds;
  }

  // ---- Keeping ----
  /// Adds to the journal; false, and the run stops, when that fails.
  bool write(journal_entry entry) {
    const auto written = log_.append(std::move(entry));
    if (!written && stop_ != stop_reason::journal) {
      stopped_ = true;
      stop_ = stop_reason::journal;
      message_ = to_string(written.error());
      drain_until_ = time_.now();
    }
    return written.has_value();
  }

  /// The job is done, and so are those that ask the same.
  void conclude(std::size_t i, journal_entry entry) {
    journal_entry shared = without_call(entry);
    if (write(std::move(entry))) count(shared);
    for (std::size_t same = next_same_[i]; same != none; same = next_same_[same]) take_over(same, shared);
  }

  void take_over(std::size_t i, journal_entry entry) {
    entry.about = abouts_[i];
    if (write(entry)) count(entry);
  }

  /// What an entry says, for a job that needs no call of its own.
  static journal_entry without_call(const journal_entry& entry) {
    return {entry.key, entry.about, 0, entry.outcome, entry.reason, entry.detail};
  }

  void count(const journal_entry& entry) {
    ++totals_.done;
    if (entry.scored()) {
      ++totals_.scored;
    } else if (entry.reason) {
      ++totals_.unscored[static_cast<std::size_t>(*entry.reason)];
    }
  }

  void charge(const flight& call, const completion& answer, journal_entry& entry) {
    usage used = answer.usage;
    if (used == usage{} && answer.ok()) {  // a server that does not count
      used.prompt_tokens = call.most.prompt_tokens;
      for (const choice& c : answer.choices) used.completion_tokens += estimate_tokens(c.text);
    }
    add_usage(totals_.usage, used);
    if (used == usage{} && may_have_cost(answer.error)) add_usage(totals_.unanswered, call.most);
    if (!options_.price) return;
    entry.usd = cost_of(used, *options_.price);
    totals_.usd = cost_of(totals_.usage, *options_.price);
    totals_.usd_at_most = *totals_.usd + cost_of(totals_.unanswered, *options_.price);
  }

  static void subtract(usage& sum, const usage& less) {
    sum.prompt_tokens -= less.prompt_tokens;
    sum.completion_tokens -= less.completion_tokens;
  }

  void tell(bool last) {
    const double now = time_.now();
    totals_.seconds = now - begin_;
    totals_.in_flight = flights_.size();
    totals_.waiting = retries_.size();
    totals_.limit = slots();
    const std::size_t here = totals_.done - totals_.resumed;
    totals_.jobs_per_second = totals_.seconds > 0 ? static_cast<double>(here) / totals_.seconds : 0;
    totals_.seconds_left.reset();
    if (totals_.jobs_per_second > 0)
      totals_.seconds_left = static_cast<double>(totals_.jobs - totals_.done) / totals_.jobs_per_second;
    if (!options_.on_progress || (!last && now < next_progress_)) return;
    next_progress_ = now + options_.progress_seconds;
    options_.on_progress(totals_);
  }

  async_client& client_;
  clock& time_;
  const std::vector<job>& jobs_;
  std::vector<std::string> abouts_;
  const judge_function& judge_;
  journal& log_;
  const run_options& options_;

  double begin_;
  concurrency_limit limit_;
  std::vector<std::size_t> fresh_, next_same_;
  std::vector<std::uint32_t> attempts_;  // of each job in this run
  std::size_t next_fresh_ = 0;
  std::priority_queue<retry, std::vector<retry>, std::greater<>> retries_;
  std::unordered_map<call_ticket, flight> flights_;
  std::deque<std::pair<double, call_ticket>> deadlines_;  // of all calls alike, so in the order of the start
  std::vector<finished_call> done_;
  usage reserved_ = {};
  call_ticket next_ticket_ = 0;
  std::uint64_t next_order_ = 0, answers_ = 0;
  std::size_t give_ups_ = 0;
  double paused_until_ = std::numeric_limits<double>::lowest(), drain_until_ = 0, next_progress_ = 0;
  stop_reason blocked_ = stop_reason::finished, stop_ = stop_reason::finished;
  bool stopped_ = false;
  std::string message_, last_failure_;
  run_progress totals_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
