// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>

namespace evalpp::inline EVALPP_ABI::stats {

/// Watches a stream for a shift of its mean away from `target`, in either direction: Page's CUSUM.
///
///     cusum watch{.target = 0.9, .slack = 0.05, .threshold = 4};
///     if (watch.add(score)) ...
///
/// `rise` is max(0, rise + x - target - slack), `fall` the same downwards. It will raise a false
/// alarm some day: choose the threshold by simulating the stream in control (for 0/1 scores around
/// 0.9, slack 0.05 and threshold 4 give one per about 1,000 items). NaN is not for it: count what
/// failed apart. Assumes items that are independent and, in control, alike. O(1) an item. Page 1954.
struct cusum {
  double target = 0;     ///< the mean in control
  double slack = 0;      ///< half the shift that matters, at least 0
  double threshold = 0;  ///< in units of the items
  double rise = 0;
  double fall = 0;

  /// Takes one item; true while either sum is above the threshold.
  bool add(double x) noexcept {
    using detail::strict;
    const strict shift = strict(x) - target;
    rise = (std::max)(strict(rise) + shift - slack, strict(0.0)).value();
    fall = (std::max)(strict(fall) - shift - slack, strict(0.0)).value();
    return rising() || falling();
  }
  bool rising() const noexcept { return rise > threshold; }
  bool falling() const noexcept { return fall > threshold; }
};

}  // namespace evalpp::inline EVALPP_ABI::stats
