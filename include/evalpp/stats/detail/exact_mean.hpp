// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats::detail {

// A sum of doubles without any rounding, as numbers that do not overlap, in ascending order of magnitude.
// J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997, section 2.4.
class exact_sum {
 public:
  void add(strict x) {
    std::size_t kept = 0;
    for (const strict part : parts_) {
      const strict sum = x + part;
      const strict seen = sum - x;
      const strict lost = (x - (sum - seen)) + (part - seen);
      if (!is_zero(lost.value())) parts_[kept++] = lost;
      x = sum;
    }
    parts_.resize(kept);
    parts_.push_back(x);
  }
  /// Within an ulp.
  strict value() const noexcept {
    strict sum = 0;
    for (const strict part : parts_) sum += part;
    return sum;
  }

 private:
  std::vector<strict> parts_;
};

/// The mean of finite numbers, rounded once, as Python's `statistics.mean` has it: the quotient of rounded
/// numbers, corrected by what the exact sum says is missing. NaN for none. O(n).
inline double exact_mean(std::span<const double> values) {
  if (values.empty()) return nan;
  exact_sum sum;
  for (const double v : values) sum.add(v);
  const strict n = real(values.size());
  const strict mean = sum.value() / n;
  const strict product = mean * n;
  sum.add(-product);
  sum.add(-fma(mean, n, -product));
  return (mean + sum.value() / n).value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
