// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/client.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/request.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What the caller calls a request in flight by; no two in flight may share one.
using call_ticket = std::uint64_t;

/// A request that is no longer in flight, with what became of it.
struct finished_call {
  call_ticket ticket = 0;
  judge::completion completion;

  bool operator==(const finished_call&) const = default;
};

/// Something that answers thousands of requests at a time without a thread for each: one thread starts
/// requests and waits for whichever finishes first.
class async_client {
 public:
  async_client() = default;
  async_client(const async_client&) = delete;
  async_client& operator=(const async_client&) = delete;
  virtual ~async_client() = default;

  /// Sends a request, or queues it, and returns without waiting. `asked` need not outlive the call. A request
  /// that cannot even be sent finishes, with its error, like any other.
  virtual void start(const request& asked, call_ticket ticket) = 0;

  /// Waits until something has finished, `seconds` have passed or a signal came, and appends all that has
  /// finished to `done`. Returns at once when nothing is in flight; with 0 seconds it only looks.
  virtual void wait(double seconds, std::vector<finished_call>& done) = 0;

  /// Gives a request up. It still finishes, soon, with `call_error::canceled` or with what came before that.
  /// A ticket that is not in flight is passed over.
  virtual void cancel(call_ticket ticket) = 0;

  /// The most requests that make sense in flight: connections, descriptors, slots.
  virtual std::size_t capacity() const { return (std::numeric_limits<std::size_t>::max)(); }
};

/// Makes an `async_client` of a client: one request after another, inside `wait`, without threads. The client
/// must outlive it.
class one_by_one final : public async_client {
 public:
  explicit one_by_one(client& answers) : client_(&answers) {}

  void start(const request& asked, call_ticket ticket) override { waiting_.push_back({asked, ticket}); }

  /// Answers one request, however long that takes: a client cannot be interrupted.
  void wait(double, std::vector<finished_call>& done) override {
    for (const call_ticket t : canceled_) done.push_back({t, {.error = call_error::canceled}});
    if (canceled_.empty() && !waiting_.empty()) {
      const call next = std::move(waiting_.front());
      waiting_.pop_front();
      done.push_back({next.ticket, client_->complete(next.asked)});
    }
    canceled_.clear();
  }

  void cancel(call_ticket ticket) override {
    const auto at =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const call& c) { return c.ticket == ticket; });
    if (at == waiting_.end()) return;
    waiting_.erase(at);
    canceled_.push_back(ticket);
  }

  std::size_t capacity() const override { return 1; }

 private:
  struct call {
    request asked;
    call_ticket ticket;
  };

  client* client_;
  std::deque<call> waiting_;
  std::vector<call_ticket> canceled_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
