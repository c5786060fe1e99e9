// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/run_options.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// Whether the same call may succeed later.
inline constexpr bool worth_retrying(call_error error) {
  switch (error) {
    case call_error::timeout:
    case call_error::connection:
    case call_error::rate_limited:
    case call_error::overloaded:
    case call_error::server:
    case call_error::bad_response:
    case call_error::canceled:  // by the transport, when the run did not ask for it
      return true;
    case call_error::none:
    case call_error::quota:
    case call_error::unauthorized:
    case call_error::not_found:
    case call_error::invalid_request:
      return false;
  }
  return false;
}

/// Whether a call that failed like this may have been made, and billed, all the same.
inline constexpr bool may_have_cost(call_error error) {
  return error == call_error::timeout || error == call_error::canceled || error == call_error::bad_response;
}

/// The seconds that a server asks to wait, capped; nothing for the zeros and negative numbers that some send.
inline std::optional<double> asked_wait(const completion& failed, const run_options& options) {
  if (!failed.retry_after || !(*failed.retry_after > 0)) return std::nullopt;
  return (std::min)(*failed.retry_after, options.most_retry_after);
}

/// Seconds until the next attempt after `attempt` failed: exponential with a cap, the upper half of it by
/// lot, and never sooner than the server asks. The lot depends on the seed, the job and the attempt only.
inline double retry_delay(const completion& failed, std::string_view key, std::uint32_t attempt,
                          const run_options& options) {
  double delay = options.backoff;
  for (std::uint32_t i = 1; i < attempt && delay < options.most_backoff; ++i) delay *= 2;
  delay = (std::min)(delay, options.most_backoff);
  const std::uint64_t word =
      stats::mix64(stats::mix64(options.seed ^ stats::resampling_key(key)) + attempt * 0x9e3779b97f4a7c15u);
  const double lot = static_cast<double>(word >> 11) * 0x1p-53;
  delay *= 0.5 + 0.5 * lot;
  if (const auto asked = asked_wait(failed, options)) delay = (std::max)(delay, *asked * (1 + 0.1 * lot));
  return delay;
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
