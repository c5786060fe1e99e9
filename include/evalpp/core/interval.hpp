// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <limits>
#include <string_view>

namespace evalpp::inline EVALPP_ABI {

/// What an interval is worth. The order is from best to worst.
enum class interval_status {
  ok,
  caution,     ///< has endpoints; its coverage is in doubt for this data (few events, few clusters, skew)
  degenerate,  ///< the data do not vary, so the method sees no error: endpoints coincide and are no margin of
               ///< error
  too_few,     ///< too little data for the method: endpoints, if there are any, are no margin of error
  undefined,   ///< no value at all (no data, NaN, a level outside 0..1): no endpoints
};

/// `ok`, `caution`, `degenerate`, `too_few`, `undefined`; part of file formats.
constexpr std::string_view to_string(interval_status worth) noexcept {
  switch (worth) {
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

/// The worse of two.
constexpr interval_status worse(interval_status a, interval_status b) noexcept { return a < b ? b : a; }

/// A confidence interval: its endpoints, in the unit of what it is about, and what they are worth.
/// The default is the interval of nothing: undefined, with NaN for endpoints.
struct interval {
  double lo = std::numeric_limits<double>::quiet_NaN();
  double hi = std::numeric_limits<double>::quiet_NaN();
  double level = 0.95;  ///< nominal coverage, above 0 and below 1
  interval_status status = interval_status::undefined;

  /// True when the endpoints may be shown as a margin of error. A degenerate interval is not: never print it
  /// as plus or minus 0.
  constexpr bool usable() const noexcept { return status <= interval_status::caution; }

  /// True when the interval has endpoints, both numbers (infinite ones included), and the value lies within
  /// them or on one. Never true of NaN.
  constexpr bool contains(double value) const noexcept {
    return !detail::is_nan(lo) && !detail::is_nan(hi) && !detail::is_nan(value) && lo <= value && value <= hi;
  }
};

/// The interval that cannot be given, with the reason.
constexpr interval no_interval(double level, interval_status why) noexcept {
  interval none;
  none.level = level;
  none.status = why;
  return none;
}

}  // namespace evalpp::inline EVALPP_ABI
