// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/async_client.hpp>
#include <evalpp/judge/client.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// An answer in one choice, as most of them are.
inline completion answer_of(std::string text) {
  completion answer;
  answer.choices.push_back({.text = std::move(text)});
  return answer;
}

/// A call that failed.
inline completion failure_of(call_error error, int status = 0, std::string message = {}) {
  completion answer;
  answer.error = error;
  answer.status = status;
  answer.message = std::move(message);
  return answer;
}

/// What a scripted client does with a call.
struct scripted_answer {
  judge::completion completion;
  double latency = 0;  ///< seconds until it is there; infinity: never, unless it is canceled
};

/// A client for tests that says what it is told to, on a clock of the test. It is both a `client` and an
/// `async_client`. Simulated latency moves the clock and takes no time. Calls that finish at the same moment
/// finish in the order of their start. O(log n) per call with n in flight.
class scripted_client final : public client, public async_client {
 public:
  /// A function of the request and of how many calls came before it.
  using script = std::function<scripted_answer(const request& asked, std::size_t call)>;

  scripted_client(virtual_clock& time, script answers) : time_(&time), script_(std::move(answers)) {}

  /// One answer after another; when they are used up, calls fail with `invalid_request`.
  scripted_client(virtual_clock& time, std::vector<scripted_answer> answers)
      : scripted_client(time, [list = std::move(answers)](const request&, std::size_t call) {
          if (call < list.size()) return list[call];
          return scripted_answer{
              failure_of(call_error::invalid_request, 0, "the script has no more answers")};
        }) {}

  completion complete(const request& asked) override {
    scripted_answer next = script_(asked, calls_++);
    time_->sleep(next.latency);
    next.completion.seconds = next.latency;
    return std::move(next.completion);
  }

  void start(const request& asked, call_ticket ticket) override {
    scripted_answer next = script_(asked, calls_++);
    next.completion.seconds = next.latency;
    const moment due{time_->now() + next.latency, started_++};
    flying_.emplace(due, finished_call{ticket, std::move(next.completion)});
    due_.emplace(ticket, due);
    most_in_flight_ = (std::max)(most_in_flight_, flying_.size());
  }

  void wait(double seconds, std::vector<finished_call>& done) override {
    if (flying_.empty()) return;
    const double until = time_->now() + seconds;
    const double next = (std::min)(flying_.begin()->first.first, until);
    time_->sleep(next - time_->now());
    const double reached = (std::max)(next, time_->now());
    while (!flying_.empty() && flying_.begin()->first.first <= reached) {
      due_.erase(flying_.begin()->second.ticket);
      done.push_back(std::move(flying_.begin()->second));
      flying_.erase(flying_.begin());
    }
  }

  void cancel(call_ticket ticket) override {
    const auto at = due_.find(ticket);
    if (at == due_.end()) return;
    auto call = flying_.extract(at->second);
    call.mapped().completion = failure_of(call_error::canceled);
    call.key().first = time_->now();
    at->second = call.key();
    flying_.insert(std::move(call));
    ++canceled_;
  }

  std::size_t capacity() const override { return capacity_; }
  void set_capacity(std::size_t most) { capacity_ = most; }

  std::size_t calls() const { return calls_; }                    ///< asked so far
  std::size_t in_flight() const { return flying_.size(); }        ///< now
  std::size_t most_in_flight() const { return most_in_flight_; }  ///< at any moment
  std::size_t canceled() const { return canceled_; }

 private:
  using moment = std::pair<double, std::uint64_t>;  // when due, then by the order of the start

  virtual_clock* time_;
  script script_;
  std::map<moment, finished_call> flying_;
  std::unordered_map<call_ticket, moment> due_;
  std::uint64_t started_ = 0;
  std::size_t calls_ = 0, canceled_ = 0, most_in_flight_ = 0;
  std::size_t capacity_ = (std::numeric_limits<std::size_t>::max)();
};

}  // namespace evalpp::inline EVALPP_ABI::judge
