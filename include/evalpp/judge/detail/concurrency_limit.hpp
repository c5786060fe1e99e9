// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// How many calls a server bears at a time, found out as TCP finds its window: one more for each success
/// until the first refusal (which doubles the limit per round), one more per round later, 0.7 times as many
/// on a refusal. Calls are numbered in the order of their start. What became of calls that were started
/// before the last cut tells of the old limit, so there is at most one cut per round. Growth needs calls that
/// used the limit.
class concurrency_limit {
 public:
  concurrency_limit(std::size_t start, std::size_t most)
      : most_(static_cast<double>(most)), limit_((std::min)(static_cast<double>(start), most_)) {}

  std::size_t value() const { return static_cast<std::size_t>(limit_); }

  /// Whether this many calls in flight use the limit.
  bool used_by(std::size_t in_flight) const {
    return static_cast<double>(in_flight) >= 0.8 * static_cast<double>(value());
  }

  /// Call `number` has an answer; `used` says whether the limit was when it came.
  void answered(std::uint64_t number, bool used) {
    if (number < window_ || !used) return;
    limit_ = (std::min)(most_, limit_ + (slow_start_ ? 1 : 1 / limit_));
  }

  /// Call `number` was refused for its rate; the next to start is `next`.
  void refused(std::uint64_t number, std::uint64_t next) {
    if (number < window_) return;
    window_ = next;
    slow_start_ = false;
    limit_ = (std::max)(1.0, 0.7 * limit_);
  }

 private:
  double most_, limit_;
  std::uint64_t window_ = 0;
  bool slow_start_ = true;
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
