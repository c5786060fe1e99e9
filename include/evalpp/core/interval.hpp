// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace evalpp::inline EVALPP_ABI {

/// How far an interval can be trusted.
enum class interval_status : std::uint8_t {
  ok,
  caution,     ///< its assumptions are strained: few units, heavy skew, rare events
  degenerate,  ///< the data does not vary, so that resampling says nothing: no certainty
  too_few,     ///< there are too few units to give one
  undefined,   ///< there is nothing to give one for
};

constexpr std::string_view to_string(interval_status status) noexcept {
  switch (status) {
    case interval_status::ok:
      return "ok";
    case interval_status::caution:
      return "caution";
    case interval_status::degenerate:
      return "degenerate";
    case interval_status::too_few:
      return "too_few";
    case interval_status::undefined:
      break;
  }
  return "undefined";
}

/// A confidence interval for a number, in the number's unit.
struct interval {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  double level = 0.95;           ///< the share of such intervals that hold the true value
  std::string_view method = "";  ///< how it was made: `wilson`, `bca+`; a literal
  interval_status status = interval_status::undefined;

  /// Whether there are ends to show.
  constexpr bool exists() const noexcept {
    return status == interval_status::ok || status == interval_status::caution;
  }

  bool operator==(const interval&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI
