// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// Watches a stream for a rise of its mean, which need not be known: the Page-Hinkley test. For a fall
/// give it the negated items.
///
/// Sums how far each item is above the mean so far (itself included) and `tolerance`; `value` is how
/// far the sum is above its least. It will raise a false alarm some day: choose the threshold by
/// simulating the stream in control. NaN is not for it: count what failed apart. Assumes items that
/// are independent and, in control, alike. O(1) an item.
/// Page 1954, Hinkley 1971.
struct page_hinkley {
  double tolerance = 0;  ///< the rise that does not matter, at least 0
  double threshold = 0;  ///< in units of the items
  double value = 0;
  double mean = 0;
  std::uint64_t items = 0;

  /// Takes one item; true while `value` is above the threshold.
  bool add(double x) noexcept {
    using detail::real, detail::strict;
    ++items;
    total = (strict(total) + x).value();
    mean = (strict(total) / real(items)).value();
    sum = (strict(sum) + (strict(x) - mean - tolerance)).value();
    least = items == 1 ? sum : (std::min)(least, sum);
    value = (strict(sum) - least).value();
    return rising();
  }
  bool rising() const noexcept { return value > threshold; }

  double total = 0;  ///< of the items
  double sum = 0;
  double least = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
